"""What the calendar feeds put in the logbook: that somebody's address was made or ended, never the address."""

from guiju.rulebook.vocabulary import FactKind

KINDS = [
    FactKind("feed.opened", ("person",), {"again": "yesno"}, {}, "日历地址已发", "Calendar address made"),
    FactKind("feed.ended", ("person",), {"why": "text"}, {}, "日历地址已停", "Calendar address ended"),
]
