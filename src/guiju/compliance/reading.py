"""The figures of a period, added up from the counted days; what has changed since is counted on the spot, so they are always exact."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, CharField, DateTimeField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from guiju.compliance import counting
from guiju.compliance.asking import Ask, chosen, leads, may_know, own
from guiju.compliance.figures import Day, Figure, Kept, by_clause
from guiju.compliance.models import CountedDay, Tally, Touched
from guiju.duties.models import Duty
from guiju.house.models import Hotel
from guiju.shelf.actor import Actor

Days = dict[date, Day]
Stretch = tuple[date, date]  # [first, last)
MOST_SPANS = 40  # stretches of days asked for one by one; more are read as one stretch
MOST_ADDED = 128  # weeks kept added up: two years and a little
_added: dict[tuple[bytes, frozenset[str] | None, str], Day] = {}  # what days say, which departments, which clause -> their sum


def zone_of(hotel_id: UUID) -> ZoneInfo:
    """The hotel's time zone."""
    return ZoneInfo(Hotel.objects.values_list("zone", flat=True).get(pk=hotel_id))


class Reading:
    """The counted days of a period as one person may see them: three queries, however many duties there are.

    Whole departments are read from the days' totals, single owners from their tallies.
    """

    def __init__(self, actor: Actor, ask: Ask, now: datetime, zone: ZoneInfo) -> None:
        self.actor, self.ask, self.now, self.zone = actor, ask, now, zone
        mine = own(actor, now)
        self.which = chosen(ask) if mine is None else chosen(ask) & mine
        self.departments = self._departments(mine is None)
        self.rest = self._rest(mine is None)
        kept, marked = self._counted()
        self.stale = self._stale(kept, marked)
        self.kept = [row for row in kept if ask.first <= row[0] < ask.last]
        self.secret = {row[0] for row in self.kept if row[4] and row[0] not in self.stale}  # days with duties for named posts only
        self.fresh = self._counted_now() if self.stale else {}

    def _departments(self, everybody: bool) -> frozenset[str] | None:
        """The departments seen as a whole; None: all of them."""
        if self.ask.post or self.ask.person:
            return frozenset()
        if everybody:
            return frozenset({self.ask.department}) if self.ask.department else None
        led = self.actor.departments if leads(self.actor) else frozenset()
        return led & {self.ask.department} if self.ask.department else led

    def _rest(self, everybody: bool) -> Q | None:
        """What is seen besides whole departments, owner by owner; None: nothing."""
        if self.departments is None or (self.departments and (everybody or self.ask.department)):
            return None
        return self.which & ~Q(owner_department__in=self.departments) if self.departments else self.which

    def _counted(self) -> tuple[list[tuple[Any, ...]], list[date]]:
        """The counted days of the period and around it, and the marks of changed days, in one query."""
        near = counting.DAY * counting.SHIFT
        summed = self.departments is None or bool(self.departments)
        columns = ("on", "zone", "since_at", "until_at", "hidden", *(("said",) if summed else ()))
        days = CountedDay.objects.of(self.actor.hotel_id).filter(on__gte=self.ask.first - near, on__lt=self.ask.last + near)
        if summed:
            days = days.annotate(said=Cast("totals", TextField()))
        changed = Touched.objects.filter(hotel_id=self.actor.hotel_id, on__gte=self.ask.first - near, on__lt=self.ask.last + near)
        marks = changed.order_by().values("on").distinct().annotate(
            zone=Value("", CharField()), since_at=Cast(Value(None), DateTimeField()), until_at=Cast(Value(None), DateTimeField()),
            hidden=Value(False, BooleanField()), **({"said": Cast(Value(None), TextField())} if summed else {}),
        )
        rows = list(days.order_by().values_list(*columns).union(marks.values_list(*columns), all=True))
        return [row for row in rows if row[1]], [row[0] for row in rows if not row[1]]

    def _stale(self, kept: list[tuple[Any, ...]], marked: list[date]) -> set[date]:
        """Days on which a duty changed since they were counted, or ran out of time."""
        changed = {on for utc in marked for on in counting.local_days(utc, self.zone)}
        elsewhere = counting.around(row[0] for row in kept if row[1] != str(self.zone))
        over = {
            on for on, _zone, since, until, *_more in kept if (since is not None and self.now < since) or (until is not None and until <= self.now)
        }
        return {on for on in changed | elsewhere | over if self.ask.first <= on < self.ask.last}

    def _counted_now(self) -> dict[date, counting.Counted]:
        """Those days, counted from the duties themselves."""
        stretches = counting.spans(self.stale)
        if len(stretches) > MOST_SPANS:
            stretches = [(stretches[0][0], stretches[-1][1])]
        times = Q()
        for first, last in stretches:
            times |= Q(due_at__gte=counting.midnight(first, self.zone), due_at__lt=counting.midnight(last, self.zone))
        rows = counting.due_between(self.actor.hotel_id, stretches[0][0], stretches[-1][1], self.zone).filter(self.which, times)
        if self.ask.clause:
            rows = rows.filter(clause=self.ask.clause)
        found = counting.count(self._known(rows), self.zone, lambda _on: self.now)
        return {on: counted for on, counted in found.items() if on in self.stale}

    def _known(self, rows: QuerySet[Duty]) -> Iterator[counting.Line]:
        """Without those that only others may know of; their days are remembered, so that no list shows them either."""
        for line in counting.lines(rows):
            if may_know(self.actor, line.visible_to):
                yield line
            else:
                self.secret.add(line.due_at.astimezone(self.zone).date())

    def kept_from(self, ask: Ask) -> list[UUID]:
        """The duties of a period that this person may not know of: nothing is asked where no day has any."""
        days = [on for on in self.secret if ask.first <= on < ask.last]
        if not days:
            return []
        rows = counting.due_between(self.actor.hotel_id, min(days), max(days) + counting.DAY, self.zone).exclude(visible_to=[])
        return [pk for pk, posts in rows.values_list("pk", "visible_to") if not may_know(self.actor, posts)]

    def by_day(self, together: Iterable[Stretch] = ()) -> Days:
        """Each day's figures by clause; those of stretches that are only wanted `together` stand at their first day."""
        days: Days = {}
        if self.departments is None or self.departments:
            said = {row[0]: row[5] for row in self.kept if row[0] not in self.stale}
            for first, last in together:
                self._sum(days, said, first, last)
            for on, text in said.items():
                self._add_totals(days.setdefault(on, {}), text)
        for on, figures in self._tallies():
            self._add(days.setdefault(on, {}), figures)
        for on, counted in self.fresh.items():
            for clauses in counted.owners.values():
                self._add(days.setdefault(on, {}), counting.shown(clauses))
        return days

    def _sum(self, days: Days, said: dict[date, str], first: date, last: date) -> None:
        """The days of a stretch added up; what the same days say word for word is remembered, so that it is always of these days."""
        texts = [said.pop(on) for on in sorted(on for on in said if first <= on < last)]
        if not texts:
            return
        whole = blake2b(digest_size=16)
        for text in texts:
            whole.update(text.encode() + b"\n")
        key = (whole.digest(), self.departments, self.ask.clause)
        found = _added.get(key)
        if found is None:
            parts: list[Day] = [{} for _text in texts]
            for part, text in zip(parts, texts, strict=True):
                self._add_totals(part, text)
            found = {clause: [figure.as_kept()] for clause, figure in by_clause(parts).items()}
            while len(_added) >= MOST_ADDED:
                _added.pop(next(iter(list(_added))), None)  # a copy: other threads take away too
            _added[key] = found
        here = days.setdefault(first, {})
        for clause, kept in found.items():
            here.setdefault(clause, []).extend(kept)

    def _add_totals(self, here: Day, text: str) -> None:
        for department, figures in json.loads(text).items():
            if self.departments is None or department in self.departments:
                self._add(here, figures)

    def by_person(self, clause: str, first: date, last: date) -> dict[UUID, Figure]:
        """Who did what a clause asked for on the days of [first, last), or owes it: counted from the duties of the one clause."""
        rows = counting.due_between(self.actor.hotel_id, first, last, self.zone).filter(self.which, clause=clause)
        found: dict[UUID, Figure] = defaultdict(Figure)
        for counted in counting.count(self._known(rows), self.zone, lambda _on: self.now).values():
            for owner, clauses in counted.owners.items():
                who = owner.met_by or owner.person
                if who is not None:
                    found[who].add(clauses[clause])
        return dict(found)

    def _tallies(self) -> list[tuple[date, dict[str, Kept]]]:
        """(day, figures by clause) of single owners; and, of whole departments, what only named posts may know of."""
        which = self.rest
        if secret := self.secret - self.stale:
            hidden = Q(on__in=secret) & ~Q(visible_to=[])
            if self.departments is None:
                which = hidden
            elif self.departments:
                hidden &= Q(owner_department__in=self.departments)
                which = hidden if which is None else which | hidden
        if which is None or not any(row[0] not in self.stale for row in self.kept):
            return []
        rows = Tally.objects.of(self.actor.hotel_id).filter(which, on__gte=self.ask.first, on__lt=self.ask.last)
        return [
            (on, figures) for on, visible_to, figures in rows.values_list("on", "visible_to", "figures")
            if on not in self.stale and may_know(self.actor, visible_to)
        ]

    def _add(self, here: Day, figures: dict[str, Kept]) -> None:
        for name, kept in figures.items():
            if self.ask.clause in ("", name):
                here.setdefault(name, []).append(kept)


def by_day(actor: Actor, ask: Ask, now: datetime, zone: ZoneInfo) -> Days:
    """Each day's figures by clause, as this person may see them."""
    return Reading(actor, ask, now, zone).by_day()


def between(days: Days, first: date, last: date) -> list[Day]:
    """The days of [first, last)."""
    return [figures for on, figures in days.items() if first <= on < last]


def weeks_until(last: date, weeks: int = 12) -> list[tuple[date, date]]:
    """So many weeks of seven days, the last one ending before `last`, oldest first."""
    step = timedelta(days=7)
    return [(last - step * (number + 1), last - step * number) for number in reversed(range(weeks))]
