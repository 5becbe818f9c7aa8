"""The event order (EO) and the quotation as forms: what stands on them and which departments each field concerns (F16, F13).

CONTENT, as papers.forms describes it:

event_order
    event, name, kind_of_event, client, organiser, phone, seller, banquet_host, days, occasion, agreed,
    functions: [{function, on, time, hall, setup, expected, persons, tables, spare, decoration}],
    menus: [{function, text, count, details}], arrangements: [{part, text, quantity, details, departments}],
    signs: [{text, sort, size, place}], rooms: [{type, from, until, rooms, use}],
    flowers, security, parking, luggage, staff_meals, driver_meals, requests,
    charges: [{text, count, rate, charge}], total, service, deposits, payment, signers, issued_by
event_quotation
    to, attention, event, name, days, lang, valid_until, lines: [{function, text, count, rate, charge}] (text_en),
    net, service, total, deposits, cancellation, remarks, issued_by
"""

from __future__ import annotations

from guiju.papers.forms.fields import ALL, MONEY, Field, Form, Table

HALL = ("fnb", "housekeeping", "security", "front_desk", "bell_desk", "pr", "gm_office", *MONEY)  # all who work around it
SERVING = ("fnb", "housekeeping")
COUNTED = ("fnb", *MONEY)  # how many are served: the kitchen cooks it, the cashier charges it
ROOMS = ("front_desk", "housekeeping")

ORDER = Form(
    "宴会/会议通知单",
    "Event order",
    (
        (
            Field("name", "活动名称", "Event"),
            Field("kind_of_event", "种类", "Kind", HALL),
            Field("client", "主办单位", "Client", ("front_desk", "fnb", "pr", "gm_office", *MONEY)),
            Field("organiser", "组织人", "Organiser", ("front_desk", "fnb", "gm_office", *MONEY)),
            Field("phone", "电话", "Telephone", ("front_desk", "fnb")),
            Field("occasion", "举办原因", "Occasion", ("fnb", "pr", "gm_office")),
            Field("seller", "跟办人", "Followed up by", HALL),
            Field("banquet_host", "宴会跟进人", "Banquet host", ("fnb",)),
            Field("days", "日期", "Day", HALL),
            Field("event", "活动号", "Event no.", ("sales",)),
        ),
        Table(
            "functions",
            "场次",
            "Functions",
            (
                Field("function", "场次", "Function", HALL),
                Field("on", "日期", "Day", HALL),
                Field("time", "时间", "Time", HALL),
                Field("hall", "厅", "Hall", HALL),
                Field("setup", "台型", "Set-up", SERVING),
                Field("persons", "保证人数", "Persons", COUNTED),
                Field("tables", "桌数", "Tables", COUNTED, seldom=True),
                Field("spare", "备桌", "Spare", ("fnb",), seldom=True),
                Field("decoration", "布置", "Room and stage", (*SERVING, "pr"), seldom=True),
            ),
            ("function",),
            "",
            (5, 6, 5, 5, 4, 4, 3, 3, 8),
        ),
        Table(
            "menus",
            "菜单酒水",
            "Menus and drinks",
            (
                Field("text", "菜单", "Menu", ("fnb",)),
                Field("function", "场次", "Function", ("fnb",)),
                Field("count", "数量", "Quantity", ("fnb",)),
                Field("details", "内容", "Dishes", ("fnb",)),
            ),
            ("text", "function"),
            "",
            (5, 4, 4, 14),
        ),
        Table(
            "arrangements",
            "设备及其他",
            "Equipment and other arrangements",
            (
                Field("text", "项目", "What"),
                Field("function", "场次", "Function"),
                Field("count", "数量", "Quantity"),
                Field("details", "说明", "Details", seldom=True),
                Field("department", "承办", "By"),
            ),
            ("text", "function"),
            "",
            (6, 4, 4, 9, 4),
            "department",
        ),
        Table(
            "signs",
            "美工",
            "Signs",
            (
                Field("sort", "项目", "What", ("pr",)),
                Field("text", "文字", "Text", ("pr", "fnb")),
                Field("size", "规格", "Size", ("pr",)),
                Field("place", "位置", "Place", ("pr", "fnb", "bell_desk")),
            ),
            ("sort", "text"),
            "",
            (4, 11, 5, 6),
        ),
        Table(
            "rooms",
            "客房",
            "Rooms",
            (
                Field("type", "房型", "Type", ROOMS),
                Field("from", "入住", "From", ROOMS),
                Field("until", "离店", "Until", ROOMS),
                Field("rooms", "间数", "Rooms", (*ROOMS, *MONEY)),
                Field("use", "用途", "Use", ROOMS),
            ),
            ("type", "from", "use"),
            "",
            (6, 6, 6, 4, 4),
        ),
        (
            Field("flowers", "鲜花", "Flowers", ("housekeeping", "fnb"), True),
            Field("security", "安保", "Security", ("security",), True),
            Field("parking", "停车", "Parking", ("security", "bell_desk"), True),
            Field("luggage", "礼宾", "Luggage and guidance", ("bell_desk", "front_desk"), True),
            Field("staff_meals", "工作餐", "Staff meals", ("fnb",)),
            Field("driver_meals", "司机餐", "Drivers' meals", ("fnb", "security")),
            Field("requests", "特别要求", "Special requests", (*SERVING, "front_desk"), True),
        ),
        Table(
            "charges",
            "费用",
            "Charges",
            (
                Field("text", "项目", "Item", MONEY),
                Field("function", "场次", "Function", MONEY),
                Field("count", "数量", "Quantity", MONEY),
                Field("rate", "单价", "Price", MONEY),
                Field("charge", "金额", "Amount", MONEY),
            ),
            ("text", "function"),
            "",
            (8, 5, 5, 4, 5),
        ),
        (
            Field("service", "服务费", "Service charge", MONEY),
            Field("total", "合计", "Total", MONEY),
            Field("deposits", "订金", "Deposits", MONEY, True),
            Field("payment", "结账方式", "Payment", MONEY),
            Field("signers", "签单人", "Signs the bill", MONEY),
            Field("agreed", "依据", "Agreed by", ("sales",), True),
        ),
    ),
)

QUOTATION = Form(
    "活动报价单",
    "Quotation",
    (
        (
            Field("to", "致", "To"),
            Field("attention", "收件人", "Attention"),
            Field("name", "活动名称", "Event"),
            Field("event", "活动号", "Reference"),
            Field("days", "日期", "Day"),
            Field("valid_until", "有效期至", "Valid until"),
        ),
        Table(
            "functions",
            "场次",
            "Functions",
            (
                Field("function", "场次", "Function"),
                Field("on", "日期", "Day"),
                Field("time", "时间", "Time"),
                Field("hall", "厅", "Hall"),
                Field("setup", "台型", "Set-up"),
                Field("persons", "人数", "Persons"),
                Field("tables", "桌数", "Tables", seldom=True),
            ),
            ("function",),
            "",
            (5, 6, 5, 5, 4, 3, 3),
        ),
        Table(
            "lines",
            "报价",
            "Our offer",
            (
                Field("text", "项目", "Item"),
                Field("function", "场次", "Function"),
                Field("count", "数量", "Quantity"),
                Field("rate", "单价", "Price"),
                Field("charge", "金额", "Amount"),
            ),
            ("text", "function"),
            "",
            (9, 5, 5, 4, 5),
        ),
        (
            Field("net", "小计", "Subtotal"),
            Field("service", "服务费", "Service charge"),
            Field("total", "合计", "Total"),
            Field("deposits", "订金", "Deposit", ALL, True),
            Field("cancellation", "取消条款", "Cancellation", ALL, True),
            Field("menus", "菜单", "Menus", ALL, True),
            Field("remarks", "备注", "Remarks", ALL, True),
        ),
    ),
    signed=False,
)
