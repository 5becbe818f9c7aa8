"""What staff do with clients."""

from guiju.clients.actions.credit import (
    ask_credit,
    clear_overdue,
    decide_credit,
    give_back_credit,
    mark_overdue,
    record_chase,
    take_credit,
)
from guiju.clients.actions.importing import import_clients
from guiju.clients.actions.records import (
    add_client,
    add_contact,
    contact_left,
    edit_client,
    edit_contact,
    merge_clients,
)

__all__ = [
    "add_client",
    "add_contact",
    "ask_credit",
    "clear_overdue",
    "contact_left",
    "decide_credit",
    "edit_client",
    "edit_contact",
    "give_back_credit",
    "import_clients",
    "mark_overdue",
    "merge_clients",
    "record_chase",
    "take_credit",
]
