"""The forms of long-stay guests: contract, notices, reservation form, card, monthly list (domain study: F5)."""

from __future__ import annotations

from guiju.papers.forms.fields import ALL, DESK, MONEY, Field, Form, Table

HOUSE = ("front_desk", "finance", "housekeeping")
ROOM = (*HOUSE, "fnb")

CONTRACT = Form(
    "长住合约",
    "Long-stay contract",
    (
        (
            Field("number_of", "合约号", "Contract no."),
            Field("client", "承租单位", "Company"),
            Field("guest", "住客", "Guest"),
            Field("contact", "联系人", "Contact"),
            Field("address", "联系地址", "Address", ALL, True),
            Field("starts_on", "起租", "From"),
            Field("ends_on", "止租", "Until"),
            Field("room", "房号", "Room no."),
            Field("room_type", "房型", "Room type"),
            Field("rent", "月租", "Rent a month"),
            Field("prepayment", "预付金额", "Prepayment"),
            Field("deposit", "押金", "Deposit"),
            Field("payment", "付款方式", "Payment"),
            Field("pays_on", "交租日", "Rent due", ALL, True),
            Field("requests", "约定事项", "Agreed", ALL, True),
            Field("party", "承租方签字", "For the tenant"),
            Field("house", "酒店签字盖章", "For the hotel"),
        ),
    ),
    signed=False,
)
NOTICE = Form(
    "长住客通知单",
    "Long-stay notice",
    (
        (
            Field("number_of", "合约号", "Contract no.", HOUSE),
            Field("guest", "住客", "Guest", HOUSE),
            Field("client", "单位", "Company", HOUSE),
            Field("companions", "同住", "Lives with", ("front_desk", "housekeeping")),
            Field("starts_on", "抵店", "Arrival", HOUSE),
            Field("ends_on", "离店", "Departure", HOUSE),
            Field("room", "房号", "Room no.", HOUSE),
            Field("room_type", "房类", "Kind of room", HOUSE),
            Field("use", "用途", "Used for", HOUSE),
            Field("habits", "习惯", "Habits", ("housekeeping",)),
            Field("requests", "要求", "Requirements", ("front_desk", "housekeeping"), True),
        ),
    ),
)
BILLING = Form(
    "长住客付款资料",
    "Long-stay billing sheet",
    (
        (
            Field("number_of", "合约号", "Contract no.", MONEY),
            Field("client", "单位", "Company", MONEY),
            Field("guest", "住客", "Guest", MONEY),
            Field("room", "房号", "Room no.", MONEY),
            Field("address", "联系地址", "Address", MONEY, True),
            Field("contact", "联系人", "Contact", MONEY),
            Field("phone", "电话", "Telephone", MONEY),
            Field("payment", "付款方式", "Payment", MONEY),
            Field("pays_on", "交租日", "Rent due", MONEY),
            Field("rent", "月租", "Rent a month", MONEY),
            Field("prepayment", "预付金额", "Prepayment", MONEY),
            Field("deposit", "押金", "Deposit", MONEY),
            Field("starts_on", "起租", "From", MONEY),
            Field("ends_on", "止租", "Until", MONEY),
        ),
    ),
)
RESERVATION = Form(
    "长住预订表",
    "Long-stay reservation form",
    (
        (
            Field("number_of", "合约号", "Contract no.", DESK),
            Field("guest", "住客", "Guest", DESK),
            Field("nationality", "国籍", "Nationality", DESK),
            Field("client", "单位", "Company", DESK),
            Field("starts_on", "抵店", "Arrival", DESK),
            Field("ends_on", "离店", "Departure", DESK),
            Field("room", "房号", "Room no.", DESK),
            Field("room_type", "房型", "Room type", DESK),
            Field("birthday", "生日", "Birthday", DESK),
            Field("payment", "付款方式", "Payment", DESK),
            Field("rent", "月租", "Rent a month", DESK),
            Field("requests", "要求", "Requirements", DESK, True),
        ),
    ),
)
CARD = Form(
    "长住卡",
    "Long-stay card",
    (
        (
            Field("number_of", "合约号", "Contract no."),
            Field("room", "房号", "Room no."),
            Field("client", "单位", "Company"),
            Field("credit", "性质与信誉", "Nature and standing"),
            Field("guest", "住客", "Guest"),
            Field("nationality", "国籍", "Nationality"),
            Field("birthday", "生日", "Birthday"),
            Field("companions", "同住", "Lives with"),
            Field("habits", "民族习惯", "Customs and habits", ALL, True),
            Field("address", "联系地址", "Address", ALL, True),
            Field("contact", "联系人", "Contact"),
            Field("phone", "电话", "Telephone"),
            Field("use", "用途", "Used for"),
            Field("room_type", "房型", "Room type"),
            Field("starts_on", "起租", "From"),
            Field("ends_on", "止租", "Until"),
            Field("rent", "月租", "Rent a month"),
            Field("prepayment", "预付金额", "Prepayment"),
            Field("deposit", "押金", "Deposit"),
            Field("payment", "付款方式", "Payment"),
            Field("requests", "备注", "Remarks", ALL, True),
            Field("seller", "销售员", "Looked after by"),
        ),
    ),
    signed=False,
)
LIST = Form(
    "长住户名单",
    "Long-stay guests of the month",
    (
        (Field("month", "月份", "Month", ROOM), Field("guests_count", "户数", "Guests", ROOM)),
        Table(
            "guests",
            "在住",
            "In the house",
            (
                Field("room", "房号", "Room", ROOM),
                Field("guest", "住客", "Guest", ROOM),
                Field("client", "单位", "Company", ROOM),
                Field("nationality", "国籍", "Nationality", ROOM, seldom=True),
                Field("starts_on", "起租", "From", ROOM),
                Field("ends_on", "止租", "Until", ROOM),
                Field("birthday", "本月生日", "Birthday this month", ROOM, seldom=True),
                Field("remarks", "备注", "Remarks", ROOM, seldom=True),
            ),
            ("room",),
            "",
            (3, 5, 7, 4, 5, 5, 5, 5),
        ),
    ),
)
FORMS: dict[str, Form] = {
    "longstay_contract": CONTRACT,
    "longstay_notice": NOTICE,
    "longstay_billing": BILLING,
    "longstay_reservation": RESERVATION,
    "longstay_card": CARD,
    "longstay_list": LIST,
}
WORDS: dict[str, dict[str, tuple[str, str]]] = {"use": {"living": ("居住", "living"), "office": ("办公", "office")}}
SERIES = "K"
