"""What staff do with papers: issue, revise, deliver, sign for, object, undo, remind; and files kept as received."""

from guiju.papers.actions.issuing import issue, issue_change, revise, void
from guiju.papers.actions.signing import (
    answer_objection,
    backfill,
    deliver,
    object_to,
    remind,
    sign_for,
    undo_signature,
)

__all__ = [
    "answer_objection",
    "backfill",
    "deliver",
    "issue",
    "issue_change",
    "object_to",
    "remind",
    "revise",
    "sign_for",
    "undo_signature",
    "void",
]
