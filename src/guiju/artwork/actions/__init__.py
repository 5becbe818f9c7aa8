"""What people do with art orders: order, change, cancel; take, show, finish, check, hand over, take down; approve, return, sign for."""

from guiju.artwork.actions.answering import approve_text, refuse, return_proof, sign_for
from guiju.artwork.actions.making import check, deliver, file_photo, finish, show_proof, take, take_down
from guiju.artwork.actions.ordering import cancel, change, order

__all__ = [
    "approve_text", "cancel", "change", "check", "deliver", "file_photo", "finish", "order", "refuse", "return_proof", "show_proof", "sign_for",
    "take", "take_down",
]
