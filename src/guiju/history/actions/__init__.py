"""What is done with a file of past bookings: receive, name its columns, put rows right, apply as a whole, undo as a whole."""

from guiju.history.actions.applying import apply_batch, drop_batch, undo_batch
from guiju.history.actions.correcting import correct_row, set_aside, take_back
from guiju.history.actions.receiving import name_columns, receive

__all__ = ["apply_batch", "correct_row", "drop_batch", "name_columns", "receive", "set_aside", "take_back", "undo_batch"]
