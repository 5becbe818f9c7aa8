"""The figures equal an independent recount from the logbook: its entries retold one step after another, by the rulebook alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju import rulebook
from guiju.compliance.actions import count_days
from guiju.compliance.asking import Ask
from guiju.compliance.proving import verify
from guiju.duties import actions, editions
from guiju.duties.models import Duty
from guiju.house.calendars import calendars_of
from guiju.logbook.models import Entry
from guiju.logbook.queries import typed
from guiju.logbook.writing import note, writing
from guiju.rulebook import Fact
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Refusal
from tests.compliance.making import counted, recounted
from tests.enquiries.scene import Scene

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
ASK = Ask(date(2026, 11, 20), date(2026, 12, 15))
LAID_OUT = timedelta(days=45)  # how far ahead duties that repeat are laid out

what = st.one_of(
    st.tuples(st.just("received"), st.booleans(), st.sampled_from(("fit", "group"))),
    st.tuples(st.sampled_from(("taken", "answered", "bounced", "asked_to_wait", "came_back", "withdrawn", "merged")), st.integers(0, 9)),
    st.tuples(st.just("reclassified"), st.integers(0, 9), st.booleans()),
    st.tuples(st.just("sent"), st.integers(0, 9), st.booleans()),
    st.tuples(st.just("waived"), st.integers(0, 9)),
    st.tuples(st.just("edition"), st.sampled_from(("10m", "20m", "2h"))),
    st.tuples(st.just("counted")),
)
story = st.lists(st.tuples(st.integers(1, 900), what), min_size=5, max_size=22)


class Undo(Exception):
    """Ends one example; the hotel stays."""


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=story, later=st.integers(0, 4000))
def test_figures_equal_a_recount_from_the_logbook(scene: Scene, steps: list[Any], later: int) -> None:
    try:
        with transaction.atomic():
            now = START
            for minutes, step in steps:
                now += timedelta(minutes=minutes)
                happens(scene, step, now)
            for moment in (now, now + timedelta(minutes=later)):
                told = list(retold(scene, moment))
                assert counted(scene.cast.actor("lu"), ASK, moment) == recounted(told, ASK, moment, ZONE)
                count_days(scene.cast.hotel.pk, moment)
                assert counted(scene.cast.actor("lu"), ASK, moment) == recounted(told, ASK, moment, ZONE)
                assert verify(scene.cast.hotel.pk) == []
            raise Undo
    except Undo:
        pass


def happens(scene: Scene, step: Any, now: datetime) -> None:
    """One thing, through the logbook's own door (or the verb that people use)."""
    hotel, kind = scene.cast.hotel, step[0]
    if kind == "counted":
        count_days(hotel.pk, now)
    elif kind == "edition":
        texts = dict(editions.shipped_texts())
        name = next(name for name, text in texts.items() if 'due    = { within = "30m"' in text)
        texts[name] = texts[name].replace('due    = { within = "30m"', f'due    = {{ within = "{step[1]}"', 1)
        try:
            actions.adopt(hotel, texts=texts, effective_at=now + timedelta(minutes=30), by=the_clock(hotel.pk, via="cli"), now=now)
        except Refusal:
            return
    elif kind == "waived":
        found = list(Duty.objects.filter(subject_id=str(step[1]), met_at__isnull=True, ended_at__isnull=True, waived_at__isnull=True))
        for duty in [one for one in found if one.clause == "booking.reply-30"][:1]:
            actions.waive(duty, reason="客户同意", by=scene.cast.actor("shen", now=now), now=now)
    else:
        _noted(scene, kind, step, now)


def _noted(scene: Scene, kind: str, step: Any, now: datetime) -> None:
    hotel = scene.cast.hotel
    by = scene.cast.actor("lin", now=now)
    with writing(hotel.pk, by=by, now=now):
        if kind == "received":
            number = Entry.objects.filter(hotel_id=hotel.pk, kind="enquiry.received").count()
            note("enquiry.received", ("enquiry", str(number)), channel="fax", kind=step[2], agreement=step[1], written=True, same_day_arrival=False)
            return
        about = ("enquiry", str(step[1]))
        names = {"taken": "enquiry.taken", "bounced": "reply.bounced", "asked_to_wait": "client.asked_to_wait", "came_back": "client.answered"}
        if kind == "sent" or kind == "answered":
            note("reply.sent", about, kind="quotation", complete=kind == "answered" or step[2], channel="fax", lang="zh-hans")
        elif kind == "reclassified":
            note("enquiry.reclassified", about, channel="fax", kind="fit", agreement=step[2], written=True, same_day_arrival=False)
        elif kind == "taken":
            note("enquiry.taken", about, handler=str(by.person_id))
        elif kind in ("withdrawn", "merged"):
            more: dict[str, Any] = {"reason": "不要了"} if kind == "withdrawn" else {"into": "0"}
            note(f"enquiry.{kind}", about, **more)
        else:
            note(names[kind], about)


def retold(scene: Scene, now: datetime) -> Iterator[SimpleNamespace]:
    """Every duty as the entries of the chain make it, read from what was hashed, a step after another; no row of a duty is looked at."""
    hotel_id = scene.cast.hotel.pk
    bodies = [json.loads(body) for body in Entry.objects.filter(hotel_id=hotel_id).order_by("seq").values_list("body", flat=True)]
    subjects = {tuple(subject) for body in bodies for subject in body["subjects"]}
    known, calendars = editions.editions_of(hotel_id), calendars_of(hotel_id)
    kinds = {kind for edition in known for kind in edition.standard.subject_kinds}
    for subject in sorted(one for one in subjects if one[0] in kinds):
        mine = [body for body in bodies if list(subject) in body["subjects"]]
        facts: list[Fact] = []
        standing: dict[tuple[str, str, str], SimpleNamespace] = {}
        for recorded, step in groupby(mine, key=lambda body: body["recorded_at"]):
            at = datetime.fromisoformat(recorded)
            for body in step:
                facts.append(Fact(
                    kind=body["kind"], at=datetime.fromisoformat(body["at"]), subjects=(subject,), attrs=typed(body["kind"], body["attrs"]),
                    by=body["by"], seq=body["seq"],
                ))
                if body["kind"] == "duty.waived":
                    for (clause, rule, _occurrence), one in standing.items():
                        if (clause, rule) == (body["attrs"]["clause"], body["attrs"]["rule"]) and not (one.met_at or one.ended_at or one.waived_at):
                            one.waived_at = at
            _follow(standing, rulebook.derive(known, facts, calendars, subject, until=at + LAID_OUT), at)
        yield from standing.values()


def _follow(standing: dict[tuple[str, str, str], SimpleNamespace], derived: list[rulebook.DerivedDuty], at: datetime) -> None:
    """What was no longer derived has ended; what is derived stands as it is derived now."""
    found = {(one.clause, one.rule, one.occurrence): one for one in derived}
    for key, one in found.items():
        waived_at = standing[key].waived_at if key in standing else None
        standing[key] = SimpleNamespace(
            clause=one.clause, kind=one.kind, starts_at=one.starts_at, due_at=one.due_at, missed_at=one.missed_at, met_at=one.met_at,
            ended_at=one.ended_at, waived_at=waived_at,
        )
    for key, one_standing in standing.items():
        if key not in found and one_standing.ended_at is None:
            one_standing.ended_at = at
