"""The fields of each form, in order, with the departments they concern (domain study: F1, F2, F3, F12)."""

from __future__ import annotations

from dataclasses import dataclass

ALL = (
    "front_desk",
    "front_cashier",
    "fnb",
    "housekeeping",
    "security",
    "bell_desk",
    "finance",
    "pr",
    "gm_office",
    "sales",
)
DESK = ("front_desk",)
ROOMS = ("front_desk", "housekeeping")
MONEY = ("front_cashier", "finance")
MEALS = ("fnb",)
BILL = ("fnb", *MONEY)  # how many eat and at what standard: F&B cooks it, the cashier charges it
COMING = ("front_desk", "fnb", "housekeeping", "security", "bell_desk", "pr", "gm_office")
WHO = ("front_desk", "security", "pr", "gm_office")  # whether and why a group is important, and who leads it
NAMED = ("front_desk", *MONEY)


@dataclass(frozen=True, slots=True)
class Field:
    """A field or a column: its key in the content, its labels, whom it concerns, whether it takes the whole width.

    A column that is `seldom` stands on the form only when some row has something in it.
    """

    key: str
    zh: str
    en: str
    departments: tuple[str, ...] = ALL
    wide: bool = False
    seldom: bool = False

    def label(self, lang: str) -> str:
        """Its label in the reader's language."""
        return self.en if lang.startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Table:
    """A list of rows in a form. A row concerns the departments of those of its columns that are filled or changed."""

    key: str
    zh: str
    en: str
    columns: tuple[Field, ...]
    row_key: tuple[str, ...]  # columns that say which row is which when two revisions are compared
    css: str = ""
    widths: tuple[int, ...] = ()  # shares of the paper's width
    own_departments: str = ""  # a key in the row that names its departments instead

    @property
    def departments(self) -> tuple[str, ...]:
        """Everybody whom some column concerns."""
        return tuple(dict.fromkeys(name for column in self.columns for name in column.departments))

    def label(self, lang: str) -> str:
        """Its title in the reader's language."""
        return self.en if lang.startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of paper. `boxes` is the key whose code is ticked at the top: (code, ...)."""

    zh: str
    en: str
    parts: tuple[tuple[Field, ...] | Table, ...]
    boxes: tuple[str, tuple[str, ...]] = ("", ())
    signed: bool = True  # has a line for the receiver's signature

    def label(self, lang: str) -> str:
        """What the form is called in the reader's language."""
        return self.en if lang.startswith("en") else self.zh


def _rooms(prices: tuple[str, ...] = MONEY) -> Table:
    return Table(
        "rooms",
        "用房",
        "Rooms",
        (
            Field("type", "房型", "Type", (*ROOMS, *MONEY)),
            Field("from", "入住", "From", ROOMS),
            Field("until", "离店", "Until", ROOMS),
            Field("rooms", "间数", "Rooms", ROOMS),
            Field("extra_beds", "加床", "Extra beds", ROOMS, seldom=True),
            Field("use", "用途", "Use", (*ROOMS, *MONEY)),
            Field("breakfasts", "早餐份数", "Breakfasts", ("front_desk", *BILL), seldom=True),
            Field("rate", "房价", "Rate", prices),
        ),
        ("type", "from", "use"),
        "rooms",
        (6, 6, 6, 3, 3, 3, 4, 4),
    )


def _meals(*more: Field) -> Table:
    return Table(
        "meals",
        "用餐",
        "Meals",
        (
            Field("on", "日期", "Day", BILL),
            Field("meal", "餐", "Meal", BILL),
            Field("time", "时间", "Time", MEALS),
            Field("place", "地点", "Place", MEALS),
            Field("persons", "人数", "Guests", BILL),
            *more,
            Field("standard", "标准", "Standard", BILL),
            Field("diet", "要求", "Diet", MEALS),
        ),
        ("on", "meal"),
        "meal",
        (6, 3, 4, 5, 3, *(3 for _ in more), 4, 6),
    )


RESERVATION = Form(
    "预订单",
    "Reservation form",
    (
        (
            Field("client", "订房单位", "Company", NAMED),
            Field("agreement", "协议号", "Agreement", MONEY),
            Field("contact", "订房人", "Booked by", DESK),
            Field("phone", "电话", "Telephone", DESK),
            Field("guest", "宾客", "Guest", NAMED),
            Field("nationality", "国籍", "Nationality", DESK),
            Field("persons", "人数", "Persons", ("front_desk", "fnb")),
            Field("booked_on", "落订日期", "Booked on", ("sales",)),
            Field("arrival", "抵店", "Arrival", COMING),
            Field("departure", "离店", "Departure", COMING),
        ),
        _rooms(("front_desk", *MONEY)),
        (
            Field("hold_until", "留房时间", "Hold until", DESK),
            Field("guarantee", "担保", "Guarantee", NAMED),
            Field("payment", "付款方式", "Payment", MONEY),
            Field("total", "合计", "Total", MONEY),
            Field("payer", "公付自付", "Who pays", MONEY, True),
            Field("collection", "代收", "Collection", MONEY, True),
            Field("confidential", "房价保密", "Rate confidential", NAMED),
        ),
        _meals(),
        (Field("requests", "特殊要求", "Requests", ROOMS, True),),
    ),
    ("state", ("new", "changed", "cancelled", "waitlist")),
)

GROUP = Form(
    "团体食宿安排表",
    "Group lodging and meals",
    (
        (
            Field("client", "组团社", "Agency", (*NAMED, "pr", "gm_office")),
            Field("group", "团名", "Group"),
            Field("tour_code", "团号", "Tour code", NAMED),
            Field("agreement", "协议号", "Agreement", MONEY),
            Field("persons", "人数", "Guests", ("front_desk", "fnb", "housekeeping", "bell_desk")),
            Field("escorts", "司陪", "Escorts", ("front_desk", "fnb")),
            Field("nationality", "国籍", "Nationality", ("front_desk", "security", "fnb")),
            Field("men", "男宾", "Men", ROOMS),
            Field("women", "女宾", "Women", ROOMS),
            Field("nationalities", "各国人数", "By nationality", ("front_desk", "security"), True),
            Field("important", "重要团队", "Important", WHO),
            Field("reason", "重要理由", "Why important", WHO, True),
            Field("arrival", "抵店", "Arrival", COMING),
            Field("departure", "离店", "Departure", COMING),
            Field("leader", "领队", "Leader", WHO),
            Field("guides", "陪同司机", "Guides, drivers", DESK),
            Field("contact", "订房人", "Booked by", DESK),
            Field("phone", "电话", "Telephone", DESK),
            Field("liaison", "联系人", "Liaison", COMING),
            Field("booked_on", "落订日期", "Booked on", ("sales",)),
        ),
        _rooms(),
        _meals(Field("escorts", "司陪", "Escorts", BILL), Field("style", "形式", "Style", MEALS)),
        (
            Field("free_beds", "免费床位", "Free beds", NAMED),
            Field("payment", "付款方式", "Payment", MONEY),
            Field("payer", "付款约定", "Who pays", MONEY),
            Field("total", "合计", "Total", MONEY),
            Field("wake_up", "叫醒", "Wake-up call", DESK),
            Field("luggage", "行李", "Luggage", ("front_desk", "bell_desk")),
            Field("requests", "特殊要求", "Requests", (*ROOMS, "fnb"), True),
        ),
        Table(
            "services",
            "其他安排",
            "Other arrangements",
            (
                Field("department", "部门", "Department"),
                Field("text", "事项", "What"),
                Field("at", "时间", "When"),
            ),
            ("department", "text"),
            "",
            (3, 12, 6),
            "department",
        ),
        Table(
            "guests",
            "名单",
            "Rooming list",
            (
                Field("name", "姓名", "Name", DESK),
                Field("gender", "性别", "Sex", DESK, seldom=True),
                Field("nationality", "国籍", "Nationality", ("front_desk", "security"), seldom=True),
                Field("type", "房型", "Room type", DESK, seldom=True),
                Field("share", "同住", "Shares", DESK),
                Field("room", "房号", "Room", DESK),
                Field("remarks", "备注", "Remarks", DESK),
            ),
            ("name",),
            "",
            (7, 2, 4, 5, 2, 3, 6),
        ),
    ),
)

NOTICE = Form(
    "更改/取消通知书",
    "Notice of change or cancellation",
    (
        (
            Field("original", "原单号", "Original"),
            Field("original_revision", "原版次", "Its revision"),
            Field("original_on", "原单日期", "Issued on"),
            Field("group", "团名/客名", "Group or guest"),
            Field("client", "单位", "Client"),
            Field("arrival", "抵店", "Arrival"),
            Field("departure", "离店", "Departure"),
        ),
        Table(
            "items",
            "更改项目",
            "What changes",
            (Field("field", "项目", "Item"), Field("old", "原内容", "Was"), Field("new", "现内容", "Is now")),
            ("field",),
            "",
            (5, 8, 8),
            "departments",
        ),
        (
            Field("reason", "原因", "Reason", ALL, True),
            Field("told_by", "对方通知人", "Told by", ("sales",)),
            Field("told_how", "通知方式", "How", ("sales",)),
            Field("told_at", "通知时间", "When", ("sales",)),
            Field("in_time", "规定时限内", "In time", MONEY),
            Field("charge", "取消费", "Charge", MONEY),
        ),
    ),
    ("kind", ("change", "cancel")),
)

LETTER = Form(
    "订房确认书",
    "Confirmation of booking",
    (
        (
            Field("to", "致", "To"),
            Field("attention", "收件人", "Attention"),
            Field("fax", "传真", "Fax"),
            Field("booking", "预订号", "Booking no."),
            Field("guest", "宾客/团名", "Guest or group"),
            Field("tour_code", "团号", "Tour code"),
            Field("arrival", "抵达", "Arrival"),
            Field("departure", "离开", "Departure"),
        ),
        _rooms(ALL),
        (
            Field("meals_text", "用餐", "Meals", ALL, True),
            Field("payment", "付款方式", "Payment"),
            Field("total", "合计", "Total"),
            Field("hold_until", "留房至", "Held until"),
            Field("guarantee", "担保", "Guarantee"),
            Field("cancellation", "取消条款", "Cancellation", ALL, True),
            Field("remarks", "备注", "Remarks", ALL, True),
        ),
    ),
    signed=False,
)

FORMS: dict[str, Form] = {
    "reservation_form": RESERVATION,
    "group_schedule": GROUP,
    "change_notice": NOTICE,
    "confirmation_letter": LETTER,
}
