"""What the rates room puts in the logbook."""

from guiju.rulebook.vocabulary import FactKind

_TERM = {"from_on": "date", "until_on": "date", "number": "text"}

KINDS = [
    FactKind("agreement.in_force", ("agreement", "client"), _TERM, {}, "协议生效", "Agreement in force"),
    FactKind(
        "agreement.changed", ("agreement", "client"), {"fields": "list"}, {}, "协议更改", "Agreement changed"
    ),
    FactKind(
        "agreement.renewed",
        ("agreement", "client"),
        {**_TERM, "renews": "text"},
        {},
        "协议续签",
        "Agreement renewed",
    ),
    FactKind(
        "agreement.ended", ("agreement", "client"), {"reason": "text"}, {}, "协议终止", "Agreement ended"
    ),
    FactKind(
        "season.set", ("season",), {"from_on": "date", "until_on": "date"}, {}, "季节设定", "Season set"
    ),
    FactKind(
        "season.removed",
        ("season",),
        {"from_on": "date", "until_on": "date"},
        {},
        "季节撤销",
        "Season removed",
    ),
    FactKind(
        "rack_rate.set",
        ("room_type",),
        {"season": "text", "weekdays": "text", "amount": "number", "was": "number", "breakfasts": "number"},
        {},
        "门市价设定",
        "Rack rate set",
    ),
    FactKind(
        "rack_rate.removed",
        ("room_type",),
        {"season": "text", "weekdays": "text", "was": "number"},
        {},
        "门市价撤销",
        "Rack rate removed",
    ),
    FactKind(
        "void_day.set",
        ("hotel",),
        {"nights": "list", "why": "text"},
        {},
        "协议价不适用日设定",
        "Nights without agreement rates set",
    ),
    FactKind(
        "void_day.removed",
        ("hotel",),
        {"night": "date"},
        {},
        "协议价不适用日撤销",
        "Night without agreement rates removed",
    ),
    FactKind(
        "meal_rate.set",
        ("hotel", "agreement"),
        {
            "meal": "text",
            "standard": "text",
            "amount": "number",
            "escort_amount": "number",
            "per": "text",
            "was": "number",
        },
        {},
        "餐标设定",
        "Meal rate set",
    ),
    FactKind(
        "meal_rate.removed",
        ("hotel", "agreement"),
        {"meal": "text", "standard": "text"},
        {},
        "餐标撤销",
        "Meal rate removed",
    ),
    FactKind(
        "ladder.set",
        ("hotel",),
        {"post": "text", "floor": "number", "was": "number"},
        {},
        "折扣权限设定",
        "Discount authority set",
    ),
    FactKind(
        "rate.asked",
        ("deviation", "booking"),
        {"below": "number", "approver": "text"},
        {},
        "价格请示",
        "Rate deviation asked",
    ),
    FactKind(
        "rate.decided",
        ("deviation", "booking"),
        {"approved": "yesno"},
        {},
        "价格批复",
        "Rate deviation decided",
    ),
]
