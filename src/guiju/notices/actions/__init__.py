"""What the notices do: letters into the outbox, lines into bells, robots of group chats."""

from guiju.notices.actions.robots import add_robot, change_robot, end_robot, try_robot
from guiju.notices.actions.telling import addressed_to, post_letter, see_bell, stop_letter, tell

__all__ = [
    "add_robot", "addressed_to", "change_robot", "end_robot", "post_letter", "see_bell", "stop_letter", "tell", "try_robot",
]
