"""What the standard in force asks of its own on-time rate (manual.score): below it a clause is marked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from guiju.compliance.figures import Figure
from guiju.duties import editions
from guiju.rulebook import Rule, figure_stands

ON_TIME = "on_time"


def aim(hotel_id: UUID, now: datetime) -> Rule | None:
    """The rule that sets the rate in the edition in force; an edition that sets none marks nothing."""
    edition = editions.in_force(hotel_id, now)
    rules = (rule for clause in edition.standard.clauses.values() for rule in clause.rules) if edition else ()
    return next((rule for rule in rules if rule.kind == "view" and rule.figure == ON_TIME), None)


def below(rule: Rule | None, figure: Figure) -> bool:
    """Whether a clause's rate is under it, with enough due to say so."""
    return rule is not None and figure.rate is not None and figure_stands(rule, figure.rate / 100, figure.asked) == "below"


def percent(rule: Rule | None) -> float | None:
    """The rate asked for, in percent."""
    return round(rule.at_least * 100, 1) if rule is not None and rule.at_least is not None else None
