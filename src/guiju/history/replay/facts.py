"""What a replay puts in the logbook: that it was asked for, of which wording."""

from guiju.rulebook.vocabulary import FactKind

KINDS = [
    FactKind("replay.asked", ("replay",), {"edition": "text", "against": "text"}, {}, "要求回放", "Replay asked for"),
    FactKind("replay.stopped", ("replay",), {}, {}, "回放停止", "Replay stopped"),
]
