"""What compliance shows on other rooms' pages: a clause's figures, and a duty's trail in the logbook."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from guiju.compliance.asking import Ask, period
from guiju.compliance.figures import by_clause
from guiju.compliance.reading import by_day
from guiju.duties import records, saying
from guiju.duties.models import Duty
from guiju.house.asking import Asked
from guiju.logbook.models import EntrySubject
from guiju.rulebook import Clause

SHOWN = 30


def clause(request: Asked, subject: Clause) -> dict[str, Any]:
    """This month of one clause: its duties and how complete its records are."""
    zone = ZoneInfo(request.hotel.zone)
    first, last = period("month", request.now.astimezone(zone).date())
    figure = by_clause(by_day(request.actor, Ask(first, last, clause=subject.id), request.now, zone).values()).get(subject.id)
    written = records.of_period(request.actor, first, last, request.now, only=(subject.id,)).get(subject.id)
    return {"clause": subject, "figure": figure, "written": written if written and written.of else None}


def trail(request: Asked, subject: Duty) -> dict[str, Any]:
    """What the logbook says of a duty: its own entries, and those of its subject from its opening to its end."""
    return {"entries": entries_of(subject)}


def entries_of(duty: Duty) -> list[dict[str, Any]]:
    """The logbook's entries that a duty rests on, oldest first, each with its number in the chain."""
    ends = max(moment for moment in (duty.met_at, duty.ended_at, duty.waived_at, duty.due_at) if moment) + timedelta(minutes=1)
    rows = EntrySubject.objects.filter(hotel_id=duty.hotel_id, kind=duty.subject_kind, subject_id=duty.subject_id)
    rows = rows.filter(entry__at__gte=duty.opens_at - timedelta(minutes=1), entry__at__lte=ends)
    told = rows | EntrySubject.objects.filter(hotel_id=duty.hotel_id, kind="duty", subject_id=str(duty.pk))
    found = told.order_by("entry__at", "entry__seq").values_list("entry__seq", "entry__kind", "entry__at", "entry__by_id", "entry__hash").distinct()
    return [
        {"seq": seq, "kind": kind, "fact": saying.fact(kind), "at": at, "by": by, "hash": hashed}
        for seq, kind, at, by, hashed in found[:SHOWN]
    ]
