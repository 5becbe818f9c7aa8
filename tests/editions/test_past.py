"""The past is judged by the edition then in force: changing a clause's number changes no past figure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.duties import editions
from guiju.duties.deriving import reconcile
from guiju.duties.models import Duty
from guiju.rulebook import Edition, Fact, Standard, derive, status
from guiju.rulebook.cases import calendars_of
from guiju.rulebook.loading import read
from guiju.shelf.words import vocabulary
from tests.cast import TODAY, ZONE
from tests.editions.conftest import approved
from tests.stories.conftest import Story

STARTS = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
HAPPENS = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 6 * 60),
        st.sampled_from(["enquiry.received", "reply.sent", "enquiry.taken", "client.asked_to_wait", "client.answered", "enquiry.withdrawn", "reply.bounced"]),
    ),
    max_size=14,
)


def standard(minutes: int, quarter: int) -> Standard:
    texts = {
        name: text.replace('within = "30m", calendar = "owner"', f'within = "{minutes}m", calendar = "owner"').replace(
            'within = "15m", calendar = "owner"', f'within = "{quarter}m", calendar = "owner"'
        )
        for name, text in editions.shipped_texts().items()
    }
    found, problems = read(texts, vocabulary())
    assert not problems
    return found


OLD = standard(30, 15)
NEW = {(minutes, quarter): standard(minutes, quarter) for minutes in (5, 20, 45, 240) for quarter in (3, 15, 60)}


def told(happens: list[tuple[int, int, str]]) -> list[Fact]:
    attrs: dict[str, dict[str, Any]] = {"enquiry.received": {"agreement": True}, "reply.sent": {"complete": True}, "enquiry.taken": {"handler": "lin"}}
    return [
        Fact(kind, STARTS + timedelta(minutes=minute), (("enquiry", str(subject)),), attrs.get(kind, {}), "lin", seq)
        for seq, (subject, minute, kind) in enumerate(happens)
    ]


@settings(max_examples=120, deadline=None)
@given(HAPPENS, st.integers(0, 6 * 60), st.sampled_from(sorted(NEW)))
def test_a_later_edition_moves_no_duty_that_was_opened_before_it(happens: list[tuple[int, int, str]], change: int, numbers: tuple[int, int]) -> None:
    """Whatever happened and whenever the number changed: what was opened before keeps due time and judgement, at every later moment."""
    facts, calendars = told(happens), calendars_of({})
    first = Edition("1", STARTS - timedelta(days=1), OLD)
    second = Edition("2", STARTS + timedelta(minutes=change), NEW[numbers])
    for subject in ("0", "1", "2"):
        history = [fact for fact in facts if fact.subjects == (("enquiry", subject),)]
        until = STARTS + timedelta(days=2)
        alone = derive([first], history, calendars, ("enquiry", subject), until=until)
        both = derive([first, second], history, calendars, ("enquiry", subject), until=until)
        before = {(one.clause, one.rule, one.occurrence): one for one in alone if one.opens_at < second.effective_at}
        after = {(one.clause, one.rule, one.occurrence): one for one in both if one.opens_at < second.effective_at}
        assert before.keys() == after.keys()
        for key, one in before.items():
            assert after[key] == one
            for minutes in (0, 17, 61, 500):
                moment = second.effective_at + timedelta(minutes=minutes)
                assert status(after[key], moment) is status(one, moment)
        assert all(one.edition == "2" for one in both if one.opens_at >= second.effective_at)


@pytest.mark.django_db
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 90), min_size=1, max_size=4), st.sampled_from(["5m", "20m", "45m", "3h"]))
def test_no_past_figure_changes(story: Story, minutes: list[int], within: str) -> None:
    """Requests of this morning, some answered, some not: with the new edition the day's figures are what they are without it."""
    assert _lived(story, minutes, within) == _lived(story, minutes, "")


def _lived(story: Story, minutes: list[int], within: str) -> list[dict[str, Any]]:
    """The figures of the day at several of its moments; everything is undone again."""
    with transaction.atomic():
        try:
            return _figures(story, minutes, within)
        finally:
            transaction.set_rollback(True)


def _figures(story: Story, minutes: list[int], within: str) -> list[dict[str, Any]]:
    story.keys.clear()  # tokens of the run before went with it
    story.at("08:00")
    rows = [story.scene.came_in(client=story.scene.client, clock=f"{8 + minute // 60:02d}:{minute % 60:02d}") for minute in minutes]
    story.at("09:40")
    for row in rows[1::2]:
        story.do("lin", f"/enquiries/{row.pk}/take")
    story.at("10:00")
    if within:
        approved(story, {"rule.0.due.within": within}, "2026-11-24T12:00:00+08:00")
    day = {"from_on": TODAY.isoformat(), "until_on": (TODAY + timedelta(days=1)).isoformat()}
    found = []
    for clock in ("11:00", "12:00", "13:30", "19:00"):
        reconcile(story.cast.hotel.pk, [("enquiry", str(row.pk)) for row in rows], now=story.at(clock))
        duties = Duty.objects.filter(clause="booking.reply-30").select_related("edition")
        assert {(duty.edition.number, duty.due_at - duty.opens_at) for duty in duties} == {(1, timedelta(minutes=30))}
        found.append({one["clause"]: one for one in story.get("lu", "/compliance", **day) if one["clause"].startswith("booking.")})
    return found
