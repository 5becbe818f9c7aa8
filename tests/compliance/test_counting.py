"""Counted days equal the duties they were counted from, whatever was changed, in whatever order, and whenever one looks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.compliance.actions import count_days
from guiju.compliance.asking import Ask
from guiju.compliance.models import Touched
from guiju.compliance.proving import verify
from guiju.duties.models import Duty
from tests.cast import Cast
from tests.compliance.making import counted, duty, person, recounted, seen_by

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 20, 0, 0, tzinfo=ZONE)
ASK = Ask(date(2026, 11, 18), date(2026, 12, 3))
CLAUSES = ("booking.reply-30", "booking.by-1800", "group.meet")
SETTLED = ("lin", "he", "chen", "shen", "lu", "fang", "fu")

minutes = st.integers(min_value=0, max_value=9 * 24 * 60)
maybe = st.none() | minutes
a_duty = st.fixed_dictionaries({
    "clause": st.sampled_from(CLAUSES), "due": minutes, "limit": st.integers(min_value=0, max_value=600), "met": maybe, "ended": maybe,
    "waived": st.none() | st.none() | minutes, "missed": st.none() | st.integers(min_value=0, max_value=3000),
    "owner": st.sampled_from((None, None, "lin", "he", "chen")), "post": st.sampled_from(("", "", "sales_manager", "front_desk_head")),
    "department": st.sampled_from(("sales", "fnb", "front_desk")), "by": st.sampled_from((None, "lin", "fang")),
    "only": st.sampled_from(((), (), (), ("gm",))), "kind": st.sampled_from(("timed", "timed", "cadence", "gate")),
})
a_step = st.one_of(
    st.tuples(st.just("add"), a_duty),
    st.tuples(st.just("change"), st.integers(0, 30), a_duty),
    st.tuples(st.just("waive"), st.integers(0, 30)),
    st.tuples(st.just("drop"), st.integers(0, 30)),
    st.tuples(st.just("count"), minutes),
    st.tuples(st.just("look"), minutes),
)


def at(number: int | None) -> datetime | None:
    return None if number is None else START + timedelta(minutes=number)


def told(cast: Cast, drawn: dict[str, Any]) -> dict[str, Any]:
    due = at(drawn["due"])
    assert due is not None
    return {
        "clause": drawn["clause"], "due_at": due, "starts_at": due - timedelta(minutes=drawn["limit"]), "met_at": at(drawn["met"]),
        "ended_at": at(drawn["ended"]), "waived_at": at(drawn["waived"]), "kind": drawn["kind"], "owner_post": drawn["post"],
        "missed_at": None if drawn["missed"] is None else due + timedelta(minutes=drawn["missed"]),
        "owner_person_id": person(cast, drawn["owner"]), "met_by_id": person(cast, drawn["by"]) if drawn["met"] is not None else None,
        "owner_department": drawn["department"], "visible_to": list(drawn["only"]),
    }


def agree(cast: Cast, now: datetime) -> None:
    """What everybody is shown is what his duties say, counted one by one."""
    duties = list(Duty.objects.all())
    for who in SETTLED:
        assert counted(cast.actor(who), ASK, now) == recounted(seen_by(cast, who, duties), ASK, now, ZONE), who


class Undo(Exception):
    """Ends one example; the hotel stays."""


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(a_step, min_size=4, max_size=25), when=minutes)
def test_figures_equal_the_duties_after_any_history(cast: Cast, steps: list[Any], when: int) -> None:
    try:
        with transaction.atomic():
            _played(cast, steps)
            now = at(when)
            assert now is not None
            agree(cast, now)
            count_days(cast.hotel.pk, now)
            assert not Touched.objects.exists()
            agree(cast, now)
            assert verify(cast.hotel.pk) == []
            raise Undo
    except Undo:
        pass


def _played(cast: Cast, steps: list[Any]) -> None:
    for step in steps:
        rows = list(Duty.objects.order_by("id"))
        if step[0] == "add":
            duty(cast, **told(cast, step[1])).save()
        elif step[0] in ("count", "look"):
            now = at(step[1])
            assert now is not None
            count_days(cast.hotel.pk, now) if step[0] == "count" else agree(cast, now)
        elif rows and step[0] == "change":
            Duty.objects.filter(pk=rows[step[1] % len(rows)].pk).update(**told(cast, step[2]))
        elif rows and step[0] == "waive":
            Duty.objects.filter(pk=rows[step[1] % len(rows)].pk).update(waived_at=START + timedelta(days=4))
        elif rows and step[0] == "drop":
            rows[step[1] % len(rows)].delete()
