"""What the checklists room puts in the logbook, and what a clause may say about it."""

from guiju.rulebook.vocabulary import AttrType, FactKind

# What a checklist may hang on: a VIP's plan and his meals, a group, an event, a visit, a long-stay contract.
SUBJECTS = ("vip", "vip_meal", "booking", "event", "visit", "contract")
ITEM: dict[str, AttrType] = {
    "item": "text",  # as the clause names it; of a list its element behind a colon: parking:2
    "clause": "text",
    "rule": "text",
    "department": "text",  # whose item it was
    "proof": "text",  # tick | value | photo | signature
}

KINDS = [
    FactKind("item.done", SUBJECTS, ITEM, {}, "清单一项已办", "Item of a checklist done", attested=True),
    FactKind("item.undone", SUBJECTS, {**ITEM, "reason": "text"}, {}, "清单一项撤回", "Item of a checklist withdrawn"),
]
