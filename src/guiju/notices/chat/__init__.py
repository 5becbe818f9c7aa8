"""Notices in group chats: the three vendors' robots, their messages, the line to them, who is told what."""
