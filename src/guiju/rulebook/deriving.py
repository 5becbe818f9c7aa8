"""From the facts of one subject to its duties: the same facts give the same, in whatever order they came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from guiju.rulebook import cadences, openings
from guiju.rulebook.calendar import Calendars
from guiju.rulebook.clauses import DerivedDuty, Fact
from guiju.rulebook.history import History
from guiju.rulebook.making import Opened
from guiju.rulebook.standard import Edition


def windows(editions: Sequence[Edition]) -> list[tuple[Edition, datetime, datetime | None]]:
    """Each edition with the span in which it is in force, oldest first."""
    ranked = sorted(editions, key=lambda edition: edition.effective_at)
    ends = [edition.effective_at for edition in ranked[1:]]
    return [(one, one.effective_at, end) for one, end in zip(ranked, [*ends, None], strict=True)]


def derive(
    editions: Sequence[Edition],
    facts: Iterable[Fact],
    calendars: Calendars,
    subject: tuple[str, str],
    *,
    until: datetime,
) -> list[DerivedDuty]:
    """All duties of one subject. `facts` is its whole history; `until` is how far cadences are laid out.

    Each opening fact is judged by the edition and the calendar revision in force at its moment; where no
    edition is in force, nothing opens. A later revision of the calendar moves only duties
    that stand open when it begins.
    """
    history = History(facts)
    if not history.facts:
        return []
    found: dict[tuple[str, str], list[Opened]] = {}
    out: list[DerivedDuty] = []
    spans = windows(editions)
    for edition, begins, ends in spans:
        for kind, indexes in history.by_kind.items():
            for bound in edition.standard.opening.get((subject[0], kind), ()):
                for index in indexes:
                    at = history.facts[index].at
                    if at >= begins and (ends is None or at < ends):
                        found.setdefault((bound.clause.id, bound.rule.name), []).append(
                            Opened(index, bound.clause, bound.rule, edition.id)
                        )
    for opened in found.values():
        if len(opened) > 1:
            opened.sort(key=lambda one: one.index)
        out += openings.run(history, opened, calendars)
    out += cadences.run(history, spans, calendars, subject[0], until)
    return out


def acting(owner: str, delegations: Iterable[Mapping[str, Any]], at: datetime) -> str:
    """Who acts for a person at a moment: the one he named for a time, and he himself again after it.

    Each delegation has `person`, `to`, `from_at` and `until_at`, half-open. Chains are followed, no circles.
    """
    rows = list(delegations)
    seen = {owner}
    while True:
        named = [
            row
            for row in rows
            if row["person"] == owner
            and row["from_at"] <= at
            and (row["until_at"] is None or at < row["until_at"])
        ]
        following = str(named[-1]["to"]) if named else owner
        if following in seen:
            return owner if following == owner else following
        seen.add(following)
        owner = following
