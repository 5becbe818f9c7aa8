"""What people do with mailboxes: set up, change, switch, try, remove."""

from guiju.mailroom.actions.keeping import ask_to_try, change_mailbox, close_mailbox, look_soon, set_up_mailbox, switch_mailbox

__all__ = ["ask_to_try", "change_mailbox", "close_mailbox", "look_soon", "set_up_mailbox", "switch_mailbox"]
