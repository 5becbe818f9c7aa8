"""The rooms' words, and those of facts whose rooms come later: enough for the fifteen hard clauses."""

from __future__ import annotations

from functools import cache

from guiju.bookings import facts as bookings
from guiju.clients import facts as clients
from guiju.enquiries import facts as enquiries
from guiju.house import facts as house
from guiju.papers import facts as papers
from guiju.rulebook import FactKind, Verb, Vocabulary

LATER = [
    FactKind("vip.planned", ("vip", "booking"), {"grade": "text", "arrival_at": "moment", "cars": "list"}),
    FactKind("vip.graded", ("vip",), {"grade": "text"}),
    FactKind("vip.arrival_told", ("vip",), {"arrival_at": "moment"}),
    FactKind("item.done", ("vip",), {"item": "text", "proof": "text"}),
    FactKind("plan.changed", ("plan",), {"emergency": "yesno"}),
    FactKind("approval.given", ("plan",), {"step": "text"}),
    FactKind("longstay.signed_in", ("longstay",), {"guest": "text"}),
    FactKind("longstay.left", ("longstay",), {}),
    FactKind("list.signed", ("longstay",), {"department": "text", "month": "text"}),
    FactKind("rent.stands", ("rent_account",), {"unpaid_since": "date"}),
    FactKind("finance.asked", ("rent_account",), {"outcome": "text"}),
    FactKind("client.taken_on", ("client",), {"tier": "text", "seller": "text"}),
    FactKind("client.tier_set", ("client",), {"tier": "text"}),
    FactKind("client.dropped", ("client",), {}),
    FactKind("visit.completed", ("client",), {}),
    FactKind("seller.present", ("person",), {"person": "text"}),
    FactKind("seller.absent", ("person",), {}),
    FactKind("diary.handed_in", ("person",), {}),
    FactKind("meeting.held", ("hotel",), {"kind": "text", "attended": "list"}),
    FactKind("handover.signed", ("person",), {"to": "text"}),
    FactKind("leave.approved", ("person",), {"person": "text", "from_at": "moment", "until_at": "moment"}),
    FactKind("stay.ended", ("stay",), {"handler": "text"}),
    FactKind("callback.tried", ("stay",), {"day": "text", "reached": "yesno"}),
    FactKind("figure.measured", ("figure",), {"figure": "text", "value": "number", "count": "number"}),
    FactKind("measure.decided", ("figure",), {}),
]
VERBS = [
    Verb("plan.change", ("approved",), {"emergency": "yesno"}),
    Verb("leave.approve", ("no_conflict", "stand_in_named"), {"days": "number"}),
]


@cache
def vocabulary() -> Vocabulary:
    """Every word the tests use."""
    words = Vocabulary(
        posts=house.POSTS,
        departments=house.DEPARTMENTS,
        roles=house.ROLES,
        effects=["hold.lapse"],
        papers=("reservation_form", "group_schedule", "change_notice", "confirmation_letter"),
        figures=["satisfaction"],
        lists=["uniform"],
    )
    for room in (house, clients, bookings, enquiries, papers):
        words.add(*room.KINDS)
        for verb in getattr(room, "VERBS", ()):
            words.add_verb(verb)
    words.add(*LATER)
    for verb in VERBS:
        words.add_verb(verb)
    return words
