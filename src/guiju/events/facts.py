"""What the events room puts in the logbook, and what a clause may say about it."""

from guiju.rulebook.vocabulary import AttrType, FactKind, Verb

# What every fact about an event repeats, so that a rule needs no look-up elsewhere.
EVENT: dict[str, AttrType] = {
    "kind": "text",  # wedding | banquet | conference | tea | reception | birthday | other
    "seller": "text",  # person id: who follows it up
    "persons": "number",  # of all functions that dine or sit together: the largest
    "tables": "number",
    "rooms": "number",
    "arrival_at": "moment",  # the first function begins
    "ends_at": "moment",  # the last is over
    "days_ahead": "number",  # whole days from the fact to the beginning
    "again_on": "date",  # when it may take place again
}
SIZE: dict[str, AttrType] = {"kind": "text", "persons": "number", "tables": "number", "rooms": "number", "large": "yesno", "days_ahead": "number"}

KINDS = [
    FactKind("event.opened", ("event", "enquiry", "client"), EVENT, {}, "活动已立项", "Event opened"),
    FactKind("event.quoted", ("event",), {"number": "number", "total": "number", "valid_until": "date"}, {}, "活动已报价", "Event quoted"),
    FactKind("event.confirmed", ("event", "enquiry", "client"), EVENT, {}, "活动已确定", "Event definite"),
    FactKind("event.changed", ("event",), {**EVENT, "fields": "list"}, {}, "活动已更改", "Event changed"),
    FactKind("event.guaranteed", ("event",), EVENT, {}, "保证人数已定", "Numbers guaranteed"),
    FactKind("event.gm_signed", ("event",), {"accept": "yesno"}, {}, "总经理已签通知单", "General manager signed the order"),
    FactKind("event.cancelled", ("event",), {"reason": "text", "charge": "number"}, {}, "活动已取消", "Event cancelled"),
    FactKind("event.lost", ("event",), {"reason": "text"}, {}, "活动未成", "Event lost"),
    FactKind("event.held", ("event",), EVENT, {}, "活动已举行", "Event took place", attested=True),
    FactKind("event.filed", ("event",), EVENT, {}, "活动档案已交", "Event file handed in"),
    FactKind("event.archived", ("event",), {**EVENT, "place": "text"}, {}, "活动档案已存", "Event file archived"),
    FactKind("event.asked_again", ("event",), {"reason": "text"}, {}, "来年已询问", "Asked about next time", attested=True),
    FactKind("event.repeated", ("event",), {"number": "text"}, {}, "再次举办已立项", "Opened again for next time"),
    FactKind("event.enclosed", ("event",), {"what": "text"}, {}, "附件已存", "Enclosure kept"),
    FactKind("deposit.agreed", ("deposit", "event"), {"amount": "number", "due_at": "moment", "seller": "text"}, {}, "订金已约定", "Deposit agreed"),
    FactKind("deposit.received", ("deposit", "event"), {"amount": "number", "receipt": "text"}, {}, "订金已收", "Deposit received"),
    FactKind("deposit.dropped", ("deposit", "event"), {"reason": "text"}, {}, "订金不再收", "Deposit dropped"),
]
VERBS = [
    Verb("event.confirm", ("halls_held", "agreed"), SIZE, "确定活动", "Make the event definite"),
    Verb("event_order.issue", ("gm_signed", "receivers_named", "definite"), SIZE, "发宴会/会议通知单", "Issue the event order"),
    Verb("event_quotation.issue", ("receivers_named",), SIZE, "发活动报价单", "Issue the quotation"),
]
PAPERS = ("event_order", "event_quotation")
RECORDS = ("event",)
