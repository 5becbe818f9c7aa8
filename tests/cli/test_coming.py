"""`guiju events`, `guiju longstay`, `guiju functions`: what is coming and who is here, as lines and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from guiju.cli import main
from tests.cast import TODAY, Cast
from tests.enquiries.scene import dress
from tests.events.wardrobe import DAY, definite
from tests.longstay.scene import house


@pytest.fixture
def hotel(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Cast:
    settings.DATA_DIR = tmp_path
    (tmp_path / "clock").write_text(cast.at("10:00").isoformat())
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(tmp_path / "clock"))
    return cast


def told(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert main([*words, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_events_and_their_halls(hotel: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    dress(hotel)
    definite(hotel)
    (event,) = told(capsys, "events")
    assert (event["on"], event["state"], event["functions"], event["persons"]) == (DAY.isoformat(), "definite", 1, 300)
    assert told(capsys, "events", "--until", TODAY.isoformat()) == [] and told(capsys, "events", "--state", "filed") == []
    (function,) = told(capsys, "functions", "--from", DAY.isoformat())
    assert (function["from"], function["taken_from"]) == (f"{DAY} 18:00", f"{DAY} 16:00")
    assert told(capsys, "functions") == []
    assert main(["events"]) == 0 and event["number"] in capsys.readouterr().out


def test_long_stay_guests(hotel: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    made = house(hotel).draft()
    assert told(capsys, "longstay") == []
    (line,) = told(capsys, "longstay", "--view", "making")
    assert (line["number"], line["room"], line["rent"], line["owed"]) == (made.number, "1206", "18600.00", 0)


@pytest.mark.parametrize("words", [
    ("events", "--from", "gestern"), ("events", "--state", "nothing"), ("functions", "--from", "2026-12-01", "--until", "2026-11-01"),
])
def test_what_makes_no_sense_is_said(hotel: Cast, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words]) == 1 and capsys.readouterr().err.strip()
