"""Many at once for one numbered room, through the API: one winner, whoever asked first; and the control that lets it twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser

from guiju.config.verifying import verify
from guiju.house import tokens
from guiju.logbook import guards
from guiju.longstay import actions
from guiju.longstay.actions import blocking
from guiju.longstay.models import LongStay, NightTaken
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Busy
from tests.cast import build
from tests.longstay.scene import House
from tests.longstay.scene import house as build_house
from tests.proofs.test_small import guarded_again, patiently, together  # noqa: F401  # a fixture

CLIENTS = 6
FROM = date(2026, 12, 1)


@pytest.fixture
def wide(guarded_again: None, transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:  # noqa: F811
    """The hotel in tables that threads see."""
    cast = build()
    (tmp_path / "clock").write_text(cast.at("10:00").isoformat())
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(tmp_path / "clock"))
    yield build_house(cast)
    guards.remove(connection)


def contend(house: House) -> dict[str, int]:
    """Six contracts on one room, their periods overlapping by some nights each; all put up at once."""
    stays = [
        house.ready(guest=f"客 {number}", from_on=FROM + timedelta(days=number * 5), until_on=FROM + timedelta(days=number * 5 + 60))
        for number in range(CLIENTS)
    ]
    by = the_clock(house.cast.hotel.pk, via="cli")
    _row, token = tokens.create(house.cast.hotel, person=house.cast.people["lin"], name="race", by=by, now=house.cast.at("00:01"))

    def attempt(stay: LongStay) -> str:
        def send() -> str:
            answer = Browser().post(
                f"/api/v1/longstay/{stay.pk}/ask", "{}", content_type="application/json",
                headers={"Authorization": f"Bearer {token}", "Idempotency-Key": str(stay.pk)},
            )
            if answer.status_code == 503:
                raise Busy("busy")
            said: dict[str, Any] = json.loads(answer.content)
            return "asked" if answer.status_code == 200 else str(said.get("code"))

        return str(patiently(send))

    return dict(together([lambda stay=stay: attempt(stay) for stay in stays]))  # type: ignore[misc]  # a default keeps the row


def overlaps(stays: list[LongStay]) -> int:
    """Pairs of contracts that have the room in the same night: judged from the periods, not from the nights."""
    pairs = 0
    for number, one in enumerate(stays):
        for other in stays[number + 1 :]:
            assert one.from_on and one.until_on and other.from_on and other.until_on
            pairs += one.from_on < other.until_on and other.from_on < one.until_on
    return pairs


def test_one_room_has_one_contract_a_night(wide: House) -> None:
    """Whoever wins, no two of the winners share a night; the losers are told who has it and hold nothing."""
    answers = contend(wide)
    winners = list(LongStay.objects.filter(state="asked"))
    assert answers.get("asked") == len(winners) >= 1 and answers.get("room_taken") == CLIENTS - len(winners), answers
    assert overlaps(winners) == 0
    assert set(NightTaken.objects.values_list("longstay_id", flat=True)) == {row.pk for row in winners}
    assert verify()[1] == []


def test_the_race_shows_a_house_without_the_guard(wide: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: where the nights are only looked up and not written under the database's guard, the same race lets the room twice."""
    monkeypatch.setattr(blocking, "take_nights", lambda stay, from_on, until_on: None)
    answers = contend(wide)
    winners = list(LongStay.objects.filter(state="asked"))
    assert answers.get("asked") == len(winners) > 1 and overlaps(winners) > 0


def test_a_long_contract_is_blocked_in_a_moment(wide: House) -> None:
    """Two years, 731 nights, both in the room and in the inventory: few statements, well under a second."""
    import time

    stay = wide.ready(from_on=FROM, until_on=FROM + timedelta(days=731))
    began = time.perf_counter()
    actions.ask_approval(stay, **wide.step())
    took = time.perf_counter() - began
    assert NightTaken.objects.count() == 731
    assert took < 3, took
