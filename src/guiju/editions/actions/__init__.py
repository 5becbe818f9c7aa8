"""Verbs of the standard itself: draft, change, propose, approve, return; read and acknowledge."""

from guiju.editions.actions.changing import (
    add_clause,
    change_case,
    change_clause,
    copy_case,
    expect_derived,
    remove_case,
    remove_clause,
    restore_clause,
    rewrite_clause,
)
from guiju.editions.actions.deciding import approve, propose, return_draft, take_back
from guiju.editions.actions.drafting import begin_draft, drop_draft, import_draft, take_in_newer
from guiju.editions.actions.reading import acknowledge

__all__ = [
    "acknowledge", "add_clause", "approve", "begin_draft", "change_case", "change_clause", "copy_case", "drop_draft",
    "expect_derived", "import_draft", "propose", "remove_case", "remove_clause", "restore_clause", "return_draft",
    "rewrite_clause", "take_back", "take_in_newer",
]
