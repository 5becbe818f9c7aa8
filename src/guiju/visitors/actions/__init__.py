"""What PR does with a visit: draw up, submit, confirm, change, receive, report."""

from guiju.visitors.actions.approving import submit
from guiju.visitors.actions.changing import ask_afterwards, ask_change, change_plan
from guiju.visitors.actions.closing import call_off, receive, report
from guiju.visitors.actions.confirming import acknowledge, confirm
from guiju.visitors.actions.planning import attach, detach, draw, hand_over, redraw

__all__ = [
    "acknowledge", "ask_afterwards", "ask_change", "attach", "call_off", "change_plan", "confirm", "detach", "draw", "hand_over", "receive",
    "redraw", "report", "submit",
]
