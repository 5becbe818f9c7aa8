"""Who is expected, at a terminal: `guiju visitors`."""

from __future__ import annotations

import json

import pytest

from guiju.cli import main
from tests.visitors.conftest import DAY, Room


def test_who_is_expected_as_lines_and_as_json(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    room.drawn()
    room.drawn(organisation="青岱大学", visitor="school", rank="staff", purpose="study")
    assert main(["visitors", "--hotel", "tingtao"]) == 0
    shown = capsys.readouterr().out
    assert "J26-0001" in shown and "市文旅局" in shown and DAY.isoformat() in shown
    assert main(["visitors", "--hotel", "tingtao", "--grade", "C", "--json"]) == 0
    (line,) = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    assert (line["organisation"], line["grade"], line["state"]) == ("青岱大学", "C", "drawn")
    assert main(["visitors", "--hotel", "tingtao", "--from", "2026-12-01"]) == 0 and capsys.readouterr().out == ""
    assert main(["visitors", "--hotel", "tingtao", "--state", "nothing", "--from", "gestern"]) == 1
    assert "state" in capsys.readouterr().err
