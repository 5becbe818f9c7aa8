"""What is done for long-stay guests: rooms recommended, contracts made and approved, rent, orders, lists, notes, moving out."""

from guiju.longstay.actions.approving import ask_approval, decided, take_back, withdrawn
from guiju.longstay.actions.caring import do_order, drop_order, each_round, issue_list, order_birthday, place_order
from guiju.longstay.actions.drafting import (
    acknowledge_terms,
    agree_rent,
    check_credit,
    draft,
    drop,
    edit,
    print_card,
)
from guiju.longstay.actions.leaving import ask_renewal, leave, renewal_decided, renewal_withdrawn, talk_renewal
from guiju.longstay.actions.numbered import add_room, close_room, edit_room, reopen_room
from guiju.longstay.actions.recommending import letter, recommend
from guiju.longstay.actions.renting import add_charge, ask_finance, drop_charge, flag_late, note_outcome, pay, speak, take_case
from guiju.longstay.actions.watching import close_watch, note_watch, observe, open_watch, tell_watch

__all__ = [
    "acknowledge_terms", "add_charge", "add_room", "agree_rent", "ask_approval", "ask_finance", "ask_renewal", "check_credit", "close_room",
    "close_watch", "decided", "do_order", "draft", "drop", "drop_charge", "drop_order", "each_round", "edit", "edit_room", "flag_late", "issue_list",
    "leave", "letter", "note_outcome", "note_watch", "observe", "open_watch", "order_birthday", "pay", "place_order", "print_card", "recommend",
    "renewal_decided", "renewal_withdrawn", "reopen_room", "speak", "take_back", "take_case", "talk_renewal", "tell_watch", "withdrawn",
]
