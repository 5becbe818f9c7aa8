"""A year on the page: its weeks are added up once for all readers, and its figures are those of the duties, also after one of them changed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from guiju.compliance import reading
from guiju.compliance.actions import count_days
from guiju.compliance.asking import Ask
from guiju.compliance.pages import page
from guiju.compliance.reading import zone_of
from guiju.duties.models import Duty
from tests.cast import TODAY, Cast
from tests.compliance.making import duty, plain, recounted
from tests.enquiries.scene import Scene

YEAR = Ask(date(2025, 12, 1), date(2026, 12, 1))


@pytest.fixture
def busy(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """Two years of duties of two departments, done early or late, waived or missed; the memory empty."""
    cast = scene.cast
    monkeypatch.setattr(reading, "_added", {})
    rng = random.Random(3)
    rows = []
    for days in range(1, 700):
        due = cast.at("10:30", TODAY - timedelta(days=days))
        for department in ("sales", "fnb"):
            met = due + timedelta(minutes=rng.randint(-29, 20)) if rng.random() < 0.9 else None
            secret = ["gm"] if rng.random() < 0.05 else []
            rows.append(duty(
                cast, due, owner_person_id=None, owner_department=department, met_at=met, visible_to=secret,
                clause=rng.choice(["booking.reply-30", "booking.by-1800"]), waived_at=due if rng.random() < 0.03 else None,
            ))
    Duty.objects.bulk_create(rows)
    while count_days(cast.hotel.pk, cast.at("11:00")):
        pass
    yield cast


def shown(cast: Cast, who: str, ask: Ask = YEAR) -> tuple[dict[str, Any], Any]:
    now = cast.at("11:00")
    found = page(cast.actor(who), ask, now, zone_of(cast.hotel.pk))
    return {line.clause.id: plain(line.figure) for line in found.table if line.figure.all}, found


def expected(cast: Cast, who: str, ask: Ask = YEAR) -> dict[str, Any]:
    rows = [one for one in Duty.objects.of(cast.hotel.pk) if not one.visible_to or who == "lu"]
    if who == "can":
        rows = [one for one in rows if one.owner_department == "fnb"]
    return recounted(rows, ask, cast.at("11:00"), zone_of(cast.hotel.pk))


@pytest.mark.parametrize("who", ["lu", "shen", "can"])
def test_the_year_is_what_its_duties_say_the_first_time_and_the_second(busy: Cast, who: str) -> None:
    wanted = expected(busy, who)
    assert len(wanted) == 2
    assert shown(busy, who)[0] == wanted
    assert len(reading._added) > 60  # the weeks of this year and the last
    figures, found = shown(busy, who)
    assert figures == wanted
    assert sum(column["due"] for column in found.days) == found.total.asked
    earlier = expected(busy, who, Ask(date(2024, 12, 1), date(2025, 11, 24) + timedelta(days=1)))
    counts = [one["counts"] for one in earlier.values()]
    asked = sum(one["met"] + one["met_late"] + one["missed"] + one["late"] for one in counts)
    assert found.before == (1000 * sum(one["met"] for one in counts) // asked) / 10


def test_a_duty_of_long_ago_changes_and_the_year_with_it(busy: Cast) -> None:
    """Before its day is counted again, and after."""
    before, _page = shown(busy, "lu")
    old = Duty.objects.filter(due_at__lt=busy.at("09:00", TODAY - timedelta(days=250)), met_at__isnull=True, waived_at=None).order_by("-due_at").first()
    assert old is not None
    Duty.objects.filter(pk=old.pk).update(met_at=old.due_at - timedelta(minutes=7))
    after, _page = shown(busy, "lu")
    assert after != before and after == expected(busy, "lu")
    assert count_days(busy.hotel.pk, busy.at("11:00"))
    assert shown(busy, "lu")[0] == after


def test_the_memory_is_bounded_and_never_told_to_the_wrong_reader(busy: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ADDED", 5)
    for who in ("lu", "can", "lu", "can"):
        assert shown(busy, who)[0] == expected(busy, who)
        assert len(reading._added) <= 5
