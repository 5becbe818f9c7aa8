"""What staff do with requests: take in, take in hand, check, decide, book, reply."""

from guiju.enquiries.actions.checking import confirm_fields, correct, set_client
from guiju.enquiries.actions.deciding import book, decide
from guiju.enquiries.actions.drafting import draft_reply, save_draft
from guiju.enquiries.actions.dropping import drop_refused
from guiju.enquiries.actions.hearing import see_message, split_message
from guiju.enquiries.actions.intake import note_call, receive, take_in
from guiju.enquiries.actions.linking import relate
from guiju.enquiries.actions.replying import (
    letter_bounced,
    letter_left,
    log_call,
    log_receipt,
    note_bounce,
    reply_and_hold,
    send_reply,
    take_back,
)
from guiju.enquiries.actions.taking import ask_to_wait, client_answered, hand_over, merge, take, withdraw

__all__ = [
    "ask_to_wait",
    "book",
    "client_answered",
    "confirm_fields",
    "correct",
    "decide",
    "draft_reply",
    "drop_refused",
    "hand_over",
    "letter_bounced",
    "letter_left",
    "log_call",
    "log_receipt",
    "merge",
    "note_bounce",
    "note_call",
    "receive",
    "relate",
    "reply_and_hold",
    "save_draft",
    "see_message",
    "send_reply",
    "set_client",
    "split_message",
    "take",
    "take_back",
    "take_in",
    "withdraw",
]
