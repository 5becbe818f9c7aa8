"""What staff do for a VIP: plan, have it approved, distribute, receive, see off, keep what he likes."""

from guiju.vip.actions.approving import ask_afterwards, ask_approval, go_ahead
from guiju.vip.actions.changing import change_plan
from guiju.vip.actions.distributing import acknowledge, distribute
from guiju.vip.actions.guests import add_guest, change_guest, write_note
from guiju.vip.actions.planning import draft_plan
from guiju.vip.actions.receiving import arrive, cancel, depart, keep_history

__all__ = [
    "acknowledge", "add_guest", "arrive", "ask_afterwards", "ask_approval", "cancel", "change_guest", "change_plan", "depart", "distribute",
    "draft_plan", "go_ahead", "keep_history", "write_note",
]
