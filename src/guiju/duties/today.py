"""The Today page: one sentence, the day as a stick of incense, and what is owed in groups by time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from guiju.duties import editions, saying
from guiju.duties.models import Duty
from guiju.duties.queries import SPARE, open_of, owed_by, seen_by
from guiju.rulebook import Standard, Status
from guiju.shelf import registry
from guiju.shelf.actor import Actor

LISTED = 200
DAY_STARTS, DAY_ENDS = 8, 22  # hours shown on the rail
LATE = (Status.LATE.value, Status.MISSED.value)


@dataclass(slots=True)
class Row:
    """One duty as a line: what it is about, its clause, and the one verb."""

    duty: Duty
    title: str
    url: str
    verb: Any
    state: str
    proof: str = ""


@dataclass(slots=True)
class Mark:
    """A point on the day's stick: its place in percent, how many duties, the shape."""

    place: str
    count: int
    state: str
    clock: str


@dataclass(slots=True)
class Today:
    """Everything the page needs."""

    late: list[Row] = field(default_factory=list)
    soon: list[Row] = field(default_factory=list)
    today: list[Row] = field(default_factory=list)
    later: list[Row] = field(default_factory=list)
    waiting: list[Any] = field(default_factory=list)
    done: list[Row] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    dots: list[str] = field(default_factory=list)
    hours: list[tuple[str, str, bool]] = field(default_factory=list)
    now_place: str = "0%"
    now_anchor: str = "middle"
    current: Row | None = None

    @property
    def count(self) -> int:
        return len(self.late) + len(self.soon) + len(self.today)

    @property
    def most_urgent(self) -> Row | None:
        return next(iter(self.soon or self.today), None)


def _place(moment: datetime) -> float:
    local = timezone.localtime(moment)
    hours = local.hour + local.minute / 60
    return min(100.0, max(0.0, (hours - DAY_STARTS) / (DAY_ENDS - DAY_STARTS) * 100))


def state_of(duty: Duty, end_of_day: datetime) -> str:
    """The seal of a duty for its owner."""
    status = getattr(duty, "status", "")
    if status in LATE:
        return "late"
    if status in (Status.MET.value, Status.MET_LATE.value):
        return "done"
    if status in (Status.WAIVED.value, Status.SUPERSEDED.value):
        return "free"
    if status == Status.SOON.value:
        return "soon"
    return "due" if duty.due_at < end_of_day else "next"


def rows_of(hotel_id: Any, duties: list[Duty], end_of_day: datetime, standard: Standard | None = None) -> list[Row]:
    """Duties with the titles, links and proofs of what they are about: one query a kind of subject."""
    titles = registry.titles(hotel_id, {(duty.subject_kind, duty.subject_id) for duty in duties})
    rows = []
    for duty in duties:
        title, url = titles.get((duty.subject_kind, duty.subject_id), (duty.subject_id, ""))
        verb = registry.duty_verbs.get(f"{duty.clause}/{duty.rule}") or registry.duty_verbs.get(duty.clause)
        if url and state_of(duty, end_of_day) not in ("done", "free"):
            url += registry.duty_places.get(f"{duty.clause}/{duty.rule}") or registry.duty_places.get(duty.clause, "")
        rows.append(Row(duty, title, url, verb, state_of(duty, end_of_day), saying.proof(standard, duty)))
    return rows


def _wanted(actor: Actor, now: datetime, everyone: bool) -> Q:
    if everyone:
        return Q(owner_department__in=actor.departments) | Q(owner_post__in=actor.posts) | owed_by(actor, now)
    return owed_by(actor, now)


def today(actor: Actor, now: datetime, *, everyone: bool = False) -> Today:
    """What this person owes now (or his whole department), grouped by time."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    end = start + timedelta(days=1)
    coming = open_of(actor, now, started_by=now + timedelta(days=4), everyone=everyone, first=LISTED + SPARE)
    owed = [duty for duty in seen_by(actor, coming, now, "due_at", LISTED) if _stands(duty, now)]
    done = Duty.objects.of(actor.hotel_id).filter(_wanted(actor, now, everyone), met_at__gte=start, met_at__lte=now)
    finished = seen_by(actor, done, now, "-met_at", 30)
    edition = editions.in_force(actor.hotel_id, now)
    page = Today(waiting=[item for hook in registry.waiting for item in hook(actor, now)])
    for row in rows_of(actor.hotel_id, owed + finished, end, edition.standard if edition else None):
        {"late": page.late, "soon": page.soon, "due": page.today, "next": page.later, "done": page.done}[row.state].append(row)
    page.current = next(iter(page.soon or page.late or page.today), None)
    _draw(page, now, start, end)
    return page


def _stands(duty: Any, now: datetime) -> bool:
    return bool(duty.status != Status.MISSED.value or duty.due_at > now - timedelta(days=30))


def _draw(page: Today, now: datetime, start: datetime, end: datetime) -> None:
    """The day's stick: hours (those beside "now" only where there is room), what is due, what is done."""
    here = _place(now)
    page.now_place, page.now_anchor = f"{here:.2f}%", "start" if here < 5 else "end" if here > 95 else "middle"
    places = [((hour - DAY_STARTS) / (DAY_ENDS - DAY_STARTS) * 100, f"{hour}:00") for hour in range(DAY_STARTS, DAY_ENDS + 1, 2)]
    page.hours = [(f"{place:.2f}%", label if abs(place - here) > 6 else "", abs(place - here) < 16) for place, label in places]
    page.marks = _marks(page, start, end)
    page.dots = [f"{_place(row.duty.met_at):.2f}%" for row in page.done if row.duty.met_at and start <= row.duty.met_at < end]


def _marks(page: Today, start: datetime, end: datetime) -> list[Mark]:
    by_minute: dict[tuple[str, str], int] = {}
    for row in page.late + page.soon + page.today:
        if start <= row.duty.due_at < end:
            key = (timezone.localtime(row.duty.due_at).strftime("%H:%M"), row.state)
            by_minute[key] = by_minute.get(key, 0) + 1
    marks = []
    for (clock, state), count in sorted(by_minute.items()):
        hour, minute = map(int, clock.split(":"))
        place = _place(start.replace(hour=hour, minute=minute))
        if marks and marks[-1].state == state and place - float(marks[-1].place.rstrip("%")) < 2.5:
            marks[-1].count += count
        else:
            marks.append(Mark(f"{place:.2f}%", count, state, clock))
    return marks


def waiting_count(actor: Actor, now: datetime) -> tuple[int, bool]:
    """For the navigation: how many I owe today, and whether any is late."""
    end = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    rows = open_of(actor, now).filter(starts_at__lte=now, due_at__lt=end)
    due = list(rows.values_list("due_at", flat=True)[:500])
    return len(due), any(at < now for at in due)
