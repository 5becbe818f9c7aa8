"""The general manager's monthly letter: once, in the first working time, late rather than never."""

from __future__ import annotations

from datetime import date, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from guiju.compliance import clockwork
from guiju.compliance.letters import open_letter
from guiju.house.models import Person
from guiju.notices.models import Letter, Notice
from guiju.notices.sending import send_due
from guiju.rounds.actions import go_round
from tests.compliance.making import duty
from tests.enquiries.scene import Scene

FIRST = date(2026, 12, 1)  # a Tuesday; the GM's office works from 08:30


@pytest.fixture
def november(scene: Scene) -> Scene:
    """Two on time, one late, one waived in November."""
    cast = scene.cast
    for day, told in ((2, {"met": 20}), (3, {"met": 10}), (4, {"met": 45}), (5, {})):
        due = cast.at("10:30", date(2026, 11, day))
        more: dict[str, Any] = {"met_at": due - timedelta(minutes=30) + timedelta(minutes=told["met"])} if told else {"waived_at": due}
        duty(cast, due, **more).save()
    return scene


def letters(scene: Scene) -> list[Letter]:
    return list(Letter.objects.filter(hotel=scene.cast.hotel, key__startswith="compliance:"))


def test_it_is_opened_once_in_the_first_working_time(november: Scene) -> None:
    cast = november.cast
    for clock, opened in (("00:00", 0), ("08:29", 0), ("08:30", 1), ("08:31", 1), ("17:00", 1)):
        open_letter(cast.hotel.pk, cast.at(clock, FIRST))
        assert len(letters(november)) == opened, clock
    (letter,) = letters(november)
    assert (letter.to, letter.key) == ("lu@tingtao.example", "compliance:2026-11")
    assert "66.6 %" in letter.body and "2 ÷（4 − 1）" in letter.body and "免办 1 件" in letter.body
    assert "/compliance/?from=2026-11-01&until=2026-11-30" in letter.body
    assert Notice.objects.filter(post="gm", key="compliance:2026-11").count() == 1


def test_a_clock_that_starts_late_still_sends_it_once(november: Scene) -> None:
    """The worker was down for nine days; the next month's letter is another one."""
    cast = november.cast
    late = cast.at("11:00", FIRST + timedelta(days=9))
    assert open_letter(cast.hotel.pk, late)
    assert not open_letter(cast.hotel.pk, late + timedelta(days=15))
    assert len(letters(november)) == 1


def test_on_holidays_it_waits_for_the_first_working_day(scene: Scene) -> None:
    """1 to 7 October are holidays: the letter about September comes on the 8th."""
    cast = scene.cast
    duty(cast, cast.at("10:30", date(2026, 9, 9))).save()
    assert not open_letter(cast.hotel.pk, cast.at("12:00", date(2026, 10, 7)))
    assert open_letter(cast.hotel.pk, cast.at("08:30", date(2026, 10, 8)))


@pytest.mark.parametrize("why", ["new hotel", "no address", "nothing due"])
def test_when_there_is_no_letter(november: Scene, why: str) -> None:
    cast = november.cast
    at = cast.at("09:00", FIRST)
    if why == "new hotel":
        type(cast.hotel).objects.update(created_at=cast.at("00:10", FIRST))
    elif why == "no address":
        Person.objects.filter(username="lu").update(email="")
    else:
        at = cast.at("09:00", date(2026, 9, 1))
    assert not open_letter(cast.hotel.pk, at)
    assert not letters(november)


def test_it_leaves_in_the_readers_language(november: Scene, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.EMAIL_URL = tmp_path, ""
    Person.objects.filter(username="lu").update(lang="en")
    at = november.cast.at("09:00", FIRST)
    with transaction.atomic():
        open_letter(november.cast.hotel.pk, at)
    assert send_due(at) == 1
    (path,) = (tmp_path / "outbox").glob("*.eml")
    mail = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    assert "Tingtao Hotel" in mail["Subject"] and "2026-11" in mail["Subject"]
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "on time ÷ (due − waived) = 2 ÷ (4 − 1)" in text
    assert "Clauses below 85 %" in text


def test_a_fault_holds_up_nothing_else(november: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """The days cannot be counted: the letter is opened all the same, and so is whatever else the round has to do."""

    def broken(hotel_id: Any, now: Any) -> int:
        raise ValueError("broken")

    broken.__name__ = "count_days"
    monkeypatch.setattr(clockwork, "count_days", broken)
    go_round(november.cast.at("09:00", FIRST))
    assert len(letters(november)) == 1 and "could not be done: count_days" in caplog.text
