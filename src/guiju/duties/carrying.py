"""The lists of this room as tables that a person takes away: Today and the clauses."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.duties.today import Row, Today
from guiju.shelf.tables import Column

GROUPS = (("late", _("overdue")), ("soon", _("soon")), ("today", _("today")), ("later", _("later")), ("done", _("done today")))


def owed(page: Today) -> list[tuple[Any, Row]]:
    """Every line of the page with the group it stands in, in the page's order."""
    return [(words, row) for name, words in GROUPS for row in getattr(page, name)]


OWED = (
    Column(_("Stands"), lambda line: line[0]),
    Column(_("About"), lambda line: line[1].title, 30),
    Column(_("To do"), lambda line: line[1].verb, 20),
    Column(_("Clause"), lambda line: line[1].duty.clause, 24),
    Column(_("Due"), lambda line: line[1].duty.due_at, 18),
    Column(_("Done"), lambda line: line[1].duty.met_at, 18),
    Column(_("Proof"), lambda line: line[1].proof, 24),
)


def clauses(lang: str) -> tuple[Column, ...]:
    """The standard's clauses in the reader's language."""
    return (Column(_("Clause"), lambda clause: clause.id, 26), Column(_("Text"), lambda clause: clause.text[lang], 80))
