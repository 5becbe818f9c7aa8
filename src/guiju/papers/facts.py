"""What the papers room puts in the logbook, and what a clause may say about it."""

from guiju.rulebook.vocabulary import AttrType, FactKind, Verb

PAPER: dict[str, AttrType] = {
    "paper": "text",  # reservation_form | group_schedule | change_notice | confirmation_letter
    "revision": "number",
    "important": "yesno",
    "meals": "yesno",
    "collection": "yesno",
    "same_day_arrival": "yesno",
    "arrival_at": "moment",
    "days_ahead": "number",  # of an event order: whole days until the event
}
COPY: dict[str, AttrType] = {
    **PAPER,
    "department": "text",  # who receives this copy
    "must_sign": "yesno",  # no: told that nothing changed for them
    "archive": "yesno",  # the issuer's own copy
}

# What a paper may be about: its facts stand in that thing's history too.
ABOUT = ("booking", "vip", "visit", "event", "contract", "art_order")

KINDS = [
    FactKind("paper.issued", ("paper", *ABOUT), PAPER, {}, "单据已出", "Paper issued"),
    FactKind(
        "paper.voided",
        ("paper", *ABOUT),
        {"paper": "text", "reason": "text"},
        {},
        "单据作废",
        "Paper voided",
    ),
    FactKind("copy.issued", ("copy", "paper", *ABOUT), COPY, {}, "联次已出", "Copy issued"),
    FactKind(
        "copy.delivered", ("copy", "paper"), {"department": "text", "how": "text"}, {}, "已送达", "Delivered"
    ),
    FactKind(
        "copy.signed",
        ("copy", "paper", *ABOUT),
        {"department": "text", "signer": "text", "how": "text", "content_hash": "text"},
        {},
        "已签收",
        "Signed for",
    ),
    FactKind(
        "copy.signature_undone",
        ("copy", "paper"),
        {"department": "text"},
        {},
        "签收撤回",
        "Signature withdrawn",
    ),
    FactKind(
        "copy.objected",
        ("copy", "paper", *ABOUT),
        {"department": "text", "reason": "text"},
        {},
        "有疑问",
        "Objected to",
    ),
    FactKind(
        "copy.answered", ("copy", "paper"), {"department": "text"}, {}, "疑问已答", "Objection answered"
    ),
    FactKind(
        "copy.superseded",
        ("copy", "paper"),
        {"department": "text", "by_revision": "number"},
        {},
        "已被新版取代",
        "Superseded",
    ),
    FactKind("copy.reminded", ("copy", "paper"), {"department": "text"}, {}, "已催签", "Reminded"),
]
VERBS = [
    Verb(
        "change_notice.issue",
        ("original_linked", "receivers_named"),
        {"paper": "text", "meals": "yesno"},
        "发更改/取消通知书",
        "Issue the change notice",
    ),
    Verb(
        "copy.sign",
        ("named_receiver", "latest_revision"),
        {"paper": "text", "department": "text"},
        "签收",
        "Sign for a copy",
    ),
]
