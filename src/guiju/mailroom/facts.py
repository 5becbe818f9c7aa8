"""What the mailroom puts in the logbook."""

from guiju.rulebook.vocabulary import FactKind

KINDS = [
    FactKind("mailbox.set_up", ("mailbox",), {"name": "text", "host": "text"}, {}, "邮箱已接入", "Mailbox set up"),
    FactKind("mailbox.changed", ("mailbox",), {"name": "text", "changed": "text"}, {}, "邮箱设置已改", "Mailbox changed"),
    FactKind("mailbox.switched", ("mailbox",), {"name": "text", "on": "yesno"}, {}, "邮箱启停", "Mailbox switched on or off"),
    FactKind("mailbox.closed", ("mailbox",), {"name": "text"}, {}, "邮箱已撤", "Mailbox removed"),
]
