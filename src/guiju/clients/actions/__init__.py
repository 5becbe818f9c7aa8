"""What staff do with clients."""

from guiju.clients.actions.credit import (
    clear_overdue,
    give_back_credit,
    mark_overdue,
    record_chase,
    set_credit,
    take_credit,
)

__all__ = [
    "clear_overdue",
    "give_back_credit",
    "mark_overdue",
    "record_chase",
    "set_credit",
    "take_credit",
]
