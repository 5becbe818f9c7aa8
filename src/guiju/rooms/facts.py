"""What the rooms room puts in the logbook. Holds and sales of bookings are told by the bookings; the
inventory ledger has every room."""

from guiju.rulebook.vocabulary import FactKind

KINDS = [
    FactKind(
        "sell_limit.set",
        ("room_type",),
        {"from_on": "date", "until_on": "date", "limit": "number", "over": "number"},
        {},
        "销售上限已改",
        "Sell limit set",
    ),
    FactKind(
        "rooms.sold_elsewhere",
        ("room_type",),
        {"source": "text", "reference": "text", "rooms": "number", "night": "date", "until_on": "date"},
        {},
        "他处售房入账",
        "Sold elsewhere",
    ),
    FactKind(
        "rooms.given_back_elsewhere",
        ("hotel",),
        {"source": "text", "reference": "text"},
        {},
        "他处退房入账",
        "Given back elsewhere",
    ),
    FactKind(
        "room_type.added",
        ("room_type",),
        {"code": "text", "physical": "number"},
        {},
        "房型设定",
        "Room type added",
    ),
    FactKind(
        "room_type.changed",
        ("room_type",),
        {"code": "text", "fields": "list"},
        {},
        "房型更改",
        "Room type changed",
    ),
    FactKind(
        "waiting.added",
        ("waiting",),
        {"rooms": "number", "from_on": "date", "until_on": "date"},
        {},
        "列入候补",
        "Put on the waiting list",
    ),
    FactKind(
        "waiting.closed", ("waiting",), {"reason": "text"}, {}, "候补了结", "Taken off the waiting list"
    ),
]
