"""The lists of this room as tables that a person takes away: Today, the clauses, the figures and what is behind them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.duties.today import Row, Today
from guiju.shelf.tables import Column

MOST = 5_000  # rows of what is behind one clause
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


def _minutes(span: Any) -> int | None:
    return round(span.total_seconds() / 60) if span is not None else None


TABLE = (
    Column(_("Clause"), lambda line: line.clause.id, 26),
    Column(_("Text"), lambda line: line.text, 60),
    Column(_("Due"), lambda line: line.figure.due),
    Column(_("On time"), lambda line: line.figure.met),
    Column(_("Late"), lambda line: line.figure.met_late + line.figure.late),
    Column(_("Missed"), lambda line: line.figure.missed),
    Column(_("Waived"), lambda line: line.figure.waived),
    Column(_("Running"), lambda line: line.figure.running),
    Column(_("Gates waived"), lambda line: line.figure.gates_waived),
    Column(_("On-time rate"), lambda line: line.figure.rate),
    Column(_("Median, minutes"), lambda line: _minutes(line.median)),
    Column(_("Limit, minutes"), lambda line: _minutes(line.limit)),
    Column(_("Records"), lambda line: line.written.of if line.written else None),
    Column(_("Records complete"), lambda line: line.written.complete if line.written else None),
)
BEHIND = (
    Column(_("About"), lambda line: line[0].title, 30),
    Column(_("Person"), lambda line: line[1]),
    Column(_("Due"), lambda line: line[0].duty.due_at, 18),
    Column(_("Done"), lambda line: line[0].duty.met_at, 18),
    Column(_("Result"), lambda line: line[2]),
    Column(_("Took, minutes"), lambda line: _minutes(line[3])),
)
