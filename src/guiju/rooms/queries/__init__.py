"""Reading the rooms: availability, what competes for it, the waiting list, and the proof that the books
agree."""

from guiju.rooms.queries.availability import (
    Matrix,
    Night,
    Row,
    availability,
    lefts,
    lines_from,
    open_types,
    types_by_word,
)
from guiju.rooms.queries.proof import Violation, nights_checked, verify
from guiju.rooms.queries.waiting import could_have, waiting_list
from guiju.rooms.queries.wanting import (
    BeforeAfter,
    Competing,
    alternatives,
    before_after,
    competing,
    others_wanting,
)

__all__ = [
    "BeforeAfter",
    "Competing",
    "Matrix",
    "Night",
    "Row",
    "Violation",
    "alternatives",
    "availability",
    "before_after",
    "competing",
    "could_have",
    "lefts",
    "lines_from",
    "nights_checked",
    "open_types",
    "others_wanting",
    "types_by_word",
    "verify",
    "waiting_list",
]
