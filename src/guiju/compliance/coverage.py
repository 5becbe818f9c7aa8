"""Coverage of the manual: which clauses the data enforce, which rest on somebody's word, which are for training; and which are silent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from guiju.compliance.asking import Ask, period
from guiju.compliance.counting import midnight
from guiju.compliance.figures import by_clause
from guiju.compliance.pages import lang
from guiju.compliance.reading import by_day
from guiju.duties import editions, records
from guiju.duties.models import GateWaiver
from guiju.logbook.models import Entry
from guiju.rulebook import Clause, Rule, Standard
from guiju.rulebook.reading_posts import carriers
from guiju.shelf.actor import the_clock
from guiju.shelf.words import vocabulary

ENFORCED, ATTESTED, TRAINING = "enforced", "attested", "training"
WORDS = {
    ENFORCED: _("enforced by data"), ATTESTED: _("attested by a person"), TRAINING: _("training only"),
}
DUTIES = ("timed", "cadence", "notice", "check", "approval")
# Steps whose fact is not named after them.
TAKEN = {"booking.hold": "booking.held", "enquiry.reply": "reply.sent"}


@dataclass(frozen=True, slots=True)
class Covered:
    """A clause, or a duty of a post: how it is carried, and whether it has left any record this quarter (how many is for the figures).

    `recorded` is None where no record could be expected: training, and what a person does with a page at hand.
    """

    id: str
    text: str
    how: str
    recorded: bool | None
    clause: Clause | None = None  # empty: a duty of a post

    @property
    def words(self) -> Any:
        return WORDS[self.how]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The manual in force and how many of its clauses and duties are carried in which way."""

    all: list[Covered]
    ask: Ask

    @property
    def counts(self) -> dict[str, int]:
        """How many are carried in each way."""
        found = Counter(one.how for one in self.all)
        return {how: found[how] for how in WORDS}

    @property
    def silent(self) -> list[Covered]:
        """What should have left a record this quarter and has none."""
        return [one for one in self.all if one.recorded is False]


def carried(clause: Clause) -> str:
    """How a clause is carried: a gate, a distribution, a complete record, a table or evidence that the work itself leaves enforces it.

    If all it has is somebody saying that it was done, it is attested.
    """
    return ENFORCED if any(_enforces(rule) for rule in clause.rules) else ATTESTED


def _enforces(rule: Rule) -> bool:
    if rule.parts:
        return any(_enforces(part) for part in rule.parts)
    if rule.kind not in DUTIES or any(when == "due" for when, _effect in rule.then):
        return True
    kinds = vocabulary().kinds
    evidence = {kind for met in rule.met for kind in met.trigger.own}
    return any(kind not in kinds or not kinds[kind].attested for kind in evidence)


def of_hotel(hotel_id: UUID, now: datetime, zone: ZoneInfo) -> Coverage:
    """All clauses in force and the duties of the posts, with whether each left something behind this quarter: duties, records, steps."""
    first, last = period("quarter", now.astimezone(zone).date())
    ask, everything = Ask(first, last), the_clock(hotel_id)  # of the hotel, not of people: only whether there is a record is told
    edition = editions.in_force(hotel_id, now)
    clauses = list(edition.standard.clauses.values()) if edition else []
    figures = by_clause(by_day(everything, ask, now, zone).values())
    waivers = GateWaiver.objects.of(hotel_id).filter(at__gte=midnight(first, zone), at__lt=midnight(last, zone))
    gates = set(waivers.values_list("clause", flat=True).distinct())
    steps = _steps(hotel_id, ask, zone)
    recorded = {
        clause.id for clause in clauses
        if ((figure := figures.get(clause.id)) and figure.all) or clause.id in gates
        or any(steps[step] for rule in clause.rules if (step := _step(rule)))
    }
    silent = [clause.id for clause in clauses if clause.id not in recorded]  # only these ask the rooms for what they keep
    recorded |= records.kept(everything, first, last, now, only=silent)
    found = [Covered(one.id, one.text[lang()], carried(one), one.id in recorded, one) for one in clauses]
    return Coverage(found + _of_posts(edition.standard if edition else None, found, steps), ask)


def _of_posts(standard: Standard | None, clauses: list[Covered], steps: Counter[tuple[str, str]]) -> list[Covered]:
    """What the manual gives each post: carried by clauses as these are; by papers and records, by data; by a page alone, by people."""
    by_id, found = {one.id: one for one in clauses}, []
    for duty in standard.post_duties.values() if standard else ():
        by = carriers(standard.post_duties, duty)  # type: ignore[union-attr]  # there is one, or there are no duties
        its = [by_id[name] for name in by.carried.get("clauses", ()) if name in by_id]
        papers = by.carried.get("papers", ())
        recorded = any(one.recorded for one in its) or any(steps["paper.issued", paper] for paper in papers) if its or papers else None
        if by.training or not by.carried:
            how, recorded = TRAINING, None
        elif papers or by.carried.get("records") or any(one.how == ENFORCED for one in its):
            how = ENFORCED
        else:
            how = ATTESTED
        found.append(Covered(duty.id, duty.text.get(lang(), duty.id), how, recorded))
    return found


def _step(rule: Rule) -> tuple[str, str] | None:
    """The step that a gate or a distribution belongs to: (kind of fact, paper or nothing)."""
    if rule.kind == "distributes":
        return "paper.issued", rule.paper
    if rule.kind != "gate":
        return None
    if rule.verb.endswith(".issue"):
        return "paper.issued", rule.verb.partition(".")[0]
    return TAKEN.get(rule.verb) or next((kind for kind in vocabulary().kinds if kind.startswith(rule.verb)), ""), ""


def _steps(hotel_id: UUID, ask: Ask, zone: ZoneInfo) -> Counter[tuple[str, str]]:
    """How often each step was taken this quarter, as the logbook tells."""
    times = {"at__gte": midnight(ask.first, zone), "at__lt": midnight(ask.last, zone)}
    found: Counter[tuple[str, str]] = Counter()
    for kind, number in Entry.objects.filter(hotel_id=hotel_id, **times).values_list("kind").annotate(number=Count("id")).order_by():
        found[kind, ""] = number
    papers = Entry.objects.filter(hotel_id=hotel_id, kind="paper.issued", **times).values_list("attrs__paper").annotate(number=Count("id"))
    for paper, number in papers.order_by():
        found["paper.issued", str(paper)] = number
    return found
