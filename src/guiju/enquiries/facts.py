"""What the enquiries room puts in the logbook, and what a clause may say about it."""

from guiju.rulebook.vocabulary import FactKind, Verb

REQUEST = {
    "channel": "text",  # fax | mail | wechat | phone | walk_in | ota | text
    "kind": "text",  # fit | group | series | longstay | function
    "agreement": "yesno",
    "written": "yesno",
    "same_day_arrival": "yesno",
    "arrival_on": "date",
    "handler": "text",
}

KINDS = [
    FactKind("message.received", ("message",), {"channel": "text", "form": "text"}, {"sender": "text"}, "来件", "Message received"),
    FactKind("message.refused", ("message",), {"channel": "text", "code": "text", "form": "text"}, {"sender": "text"}, "来件拒收", "Message refused"),
    FactKind("message.words_read", ("message", "enquiry"), {"pages": "number", "pieces": "number", "unsure": "number"}, {}, "扫描件已读", "Scan read"),
    FactKind("message.words_missing", ("message", "enquiry"), {"tries": "number"}, {}, "扫描件读不出", "Scan could not be read"),
    FactKind("enquiry.received", ("enquiry", "client"), REQUEST, {}, "收到询订", "Enquiry received"),
    FactKind("enquiry.reclassified", ("enquiry", "client"), REQUEST, {}, "询订改判", "Enquiry reclassified"),
    FactKind("enquiry.taken", ("enquiry",), {"handler": "text"}, {}, "已接手", "Taken in hand"),
    FactKind("enquiry.confirmed_fields", ("enquiry",), {"fields": "number"}, {}, "要点已核", "Fields checked"),
    FactKind("enquiry.decided", ("enquiry", "booking"), {"accept": "yesno", "rate": "number", "decided_by": "text"}, {}, "经理已定", "Manager decided"),
    FactKind("enquiry.withdrawn", ("enquiry",), {"reason": "text"}, {}, "询订撤回", "Enquiry withdrawn"),
    FactKind("enquiry.merged", ("enquiry",), {"into": "text"}, {}, "询订并入", "Enquiry merged"),
    FactKind("enquiry.linked", ("enquiry", "booking"), {"about": "text"}, {}, "来件对上了单", "Linked to what it is about"),
    FactKind("client.asked_to_wait", ("enquiry",), {}, {}, "客户要考虑", "Client asked to wait"),
    FactKind("client.answered", ("enquiry",), {}, {}, "客户已回话", "Client answered"),
    FactKind("client.wrote", ("enquiry", "message"), {"channel": "text", "form": "text"}, {}, "客户来信", "Client wrote back"),
    FactKind("message.seen", ("enquiry", "message"), {"left": "number"}, {}, "来信已阅", "Message read"),  # left: of this request, still unread
    FactKind("message.split", ("enquiry", "message"), {"into": "text"}, {}, "来信另立一单", "Message made a request of its own"),
    FactKind("reply.drafted", ("enquiry",), {"kind": "text"}, {}, "答复已拟", "Reply drafted"),
    FactKind(
        "reply.sent",
        ("enquiry", "booking"),
        {"kind": "text", "complete": "yesno", "channel": "text", "lang": "text"},  # confirmation quotation counter_offer regret
        {},
        "答复已发",
        "Reply sent",
    ),
    FactKind("reply.bounced", ("enquiry",), {"channel": "text"}, {}, "答复退回", "Reply bounced"),
]
VERBS = [
    Verb("enquiry.reply", ("complete", "price_verified", "held_or_regret"), {**REQUEST, "reply": "text"}, "发答复", "Send the reply"),
]
