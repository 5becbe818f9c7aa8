"""`guiju compliance`: the same figures at a terminal."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from guiju.cli import main
from tests.cast import TODAY
from tests.compliance.making import duty
from tests.enquiries.scene import Scene


def test_figures_at_the_terminal(scene: Scene, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    clock = tmp_path / "clock"
    clock.write_text(scene.cast.at("12:00").isoformat())
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(clock))
    due = scene.cast.at("10:30", TODAY - timedelta(days=1))
    duty(scene.cast, due, met_at=due - timedelta(minutes=10)).save()
    assert main(["compliance", "--json"]) == 0
    (line,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (line["clause"], line["due"], line["met"], line["rate"], line["median_minutes"]) == ("booking.reply-30", 1, 1, 100.0, 20.0)
    assert main(["compliance", "--from", "2026-12-01", "--until", "2026-12-02"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["compliance", "--from", "yesterday"]) == 1
