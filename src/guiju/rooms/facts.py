"""What the rooms room puts in the logbook."""

from guiju.rulebook.vocabulary import FactKind

KINDS = [
    FactKind("sell_limit.set", ("room_type",), {"from_on": "date", "until_on": "date", "limit": "number", "over": "number"}, {}, "销售上限已改", "Sell limit set"),
    FactKind("rooms.sold_elsewhere", ("room_type",), {"source": "text", "rooms": "number", "night": "date"}, {}, "他处售房入账", "Sold elsewhere"),
    FactKind("room_type.added", ("room_type",), {"code": "text", "physical": "number"}, {}, "房型设定", "Room type added"),
    FactKind("room_type.changed", ("room_type",), {"code": "text", "fields": "list"}, {}, "房型更改", "Room type changed"),
]
