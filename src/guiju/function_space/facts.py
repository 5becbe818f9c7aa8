"""What this room puts in the logbook, and what a clause may say about it."""

from guiju.rulebook.vocabulary import AttrType, FactKind, Verb

# What every fact about a function repeats, so that a rule needs no look-up elsewhere.
FUNCTION: dict[str, AttrType] = {
    "option": "yesno",
    "option_until": "moment",
    "hall": "text",  # its code
    "from_at": "moment",
    "until_at": "moment",
    "persons": "number",
    "style": "text",
    "handler": "text",  # person id
}

KINDS = [
    FactKind("function.held", ("function",), FUNCTION, {}, "场地已订", "Function space held"),
    FactKind("function.confirmed", ("function",), FUNCTION, {}, "场地已确认", "Function confirmed"),
    FactKind("function.moved", ("function",), FUNCTION, {}, "场地改期改厅", "Function moved"),
    FactKind("function.changed", ("function",), {"fields": "list"}, {}, "场地资料更改", "Function changed"),
    FactKind("function.option_extended", ("function",), {"option_until": "moment"}, {}, "意向延期", "Option extended"),
    FactKind("function.released", ("function",), {"reason": "text"}, {}, "场地已退", "Function space released"),
    FactKind("function.lapsed", ("function",), {"late": "yesno"}, {}, "意向过期", "Option lapsed"),
    FactKind("hall.added", ("hall",), {"code": "text", "sections": "number"}, {}, "厅设定", "Hall added"),
    FactKind("hall.changed", ("hall",), {"code": "text", "fields": "list"}, {}, "厅更改", "Hall changed"),
    FactKind("hall.out_of_order", ("function", "hall"), {"from_at": "moment", "until_at": "moment"}, {}, "厅停用", "Hall out of order"),
    FactKind("hall.back_in_order", ("function", "hall"), {}, {}, "厅恢复使用", "Hall back in order"),
    FactKind("hall_waiting.added", ("hall_waiting",), {"hall": "text", "from_at": "moment", "until_at": "moment", "handler": "text"}, {}, "记入场地候补", "Put on the waiting list for a hall"),
    FactKind("hall_waiting.possible", ("hall_waiting",), {"hall": "text", "handler": "text"}, {}, "候补场地空出", "A hall waited for came free"),
    FactKind("hall_waiting.closed", ("hall_waiting",), {"reason": "text"}, {}, "场地候补了结", "Taken off the waiting list for a hall"),
]
VERBS = [Verb("function.hold", ("space_free",), FUNCTION, "排场地", "Take function space")]
EFFECTS = ["function.lapse"]
