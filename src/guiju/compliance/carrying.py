"""The lists of this room as tables that a person takes away."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from guiju.shelf.tables import Column


def _minutes(length: timedelta | None) -> int | None:
    return round(length.total_seconds() / 60) if length is not None else None


TABLE = (
    Column(_("Clause"), lambda line: line.clause.id, 26),
    Column(_("Text"), lambda line: line.text, 60),
    Column(_("Due"), lambda line: line.figure.due),
    Column(_("On time"), lambda line: line.figure.met),
    Column(_("Late, done"), lambda line: line.figure.met_late),
    Column(_("Overdue"), lambda line: line.figure.late),
    Column(_("Missed"), lambda line: line.figure.missed),
    Column(_("Waived"), lambda line: line.figure.waived),
    Column(_("Running"), lambda line: line.figure.running),
    Column(_("No longer asked"), lambda line: line.figure.superseded),
    Column(_("Gates waived"), lambda line: line.figure.gates_waived),
    Column(_("On-time rate"), lambda line: line.figure.rate),
    Column(_("Median, minutes"), lambda line: line.figure.median_minutes),
    Column(_("90 % within, minutes"), lambda line: line.figure.ninetieth_minutes),
    Column(_("Limit, minutes"), lambda line: line.figure.limit_minutes),
    Column(_("Median, % of the time"), lambda line: line.figure.median_share),
    Column(_("90 % within, % of the time"), lambda line: line.figure.ninetieth_share),
)
BEHIND = (
    Column(_("Clause"), lambda one: one.duty.clause, 26),
    Column(_("About"), lambda one: one.row.title, 30),
    Column(_("Person"), lambda one: one.who),
    Column(_("Opened"), lambda one: one.duty.opens_at, 18),
    Column(_("Due"), lambda one: one.duty.due_at, 18),
    Column(_("Done"), lambda one: one.duty.met_at, 18),
    Column(_("Result"), lambda one: one.result),
    Column(_("Took, minutes"), lambda one: _minutes(one.took)),
    Column(_("Limit, minutes"), lambda one: _minutes(one.allowed)),
    Column(_("Proof"), lambda one: one.row.proof, 24),
)
GATES = (
    Column(_("Clause"), lambda one: one["clause"], 26),
    Column(_("Step"), lambda one: one["step"], 24),
    Column(_("About"), lambda one: one["title"], 30),
    Column(_("Let pass by"), lambda one: one["who"]),
    Column(_("When"), lambda one: one["at"], 18),
    Column(_("Reason"), lambda one: one["reason"], 40),
)
GAPS = (
    Column(_("Clause"), lambda one: one["clause"], 26),
    Column(_("About"), lambda one: one["title"], 30),
    Column(_("Missing"), lambda one: one["missing"], 60),
)
COVERAGE = (
    Column(_("Clause"), lambda one: one.id, 26),
    Column(_("Text"), lambda one: one.text, 60),
    Column(_("Carried by"), lambda one: one.words, 18),
    Column(_("Record this quarter"), lambda one: one.recorded),
)
