"""What staff do with events: open, plan, quote, confirm, guarantee, order, receive deposits, cancel, file, repeat."""

from guiju.events.actions.filing import archive_event, ask_again, enclose, file_event, took_place
from guiju.events.actions.menus import add_menu, change_menu, close_menu
from guiju.events.actions.opening import change_event, lose_event, open_event, repeat_event
from guiju.events.actions.ordering import ask_gm, decided, issue_order, steps_of
from guiju.events.actions.planning import (
    add_function,
    add_line,
    change_function,
    change_line,
    drop_function,
    drop_line,
    release_hall,
    take_hall,
)
from guiju.events.actions.selling import agree_deposit, cancel_event, confirm_event, drop_deposit, guarantee, quote, receive_deposit

__all__ = [
    "add_function", "add_line", "add_menu", "agree_deposit", "archive_event", "ask_again", "ask_gm", "cancel_event", "change_event",
    "change_function", "change_line", "change_menu", "close_menu", "confirm_event", "decided", "drop_deposit", "drop_function", "drop_line",
    "enclose", "file_event", "guarantee", "issue_order", "lose_event", "open_event", "quote", "receive_deposit", "release_hall",
    "repeat_event", "steps_of", "take_hall", "took_place",
]
