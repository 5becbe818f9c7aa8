"""The bell, and the robots that tell notices in group chats."""

from guiju.notices.views.bells import bell

__all__ = ["bell"]
