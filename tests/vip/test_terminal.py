"""Who is expected, at a terminal: `guiju vips`."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from guiju.cli import main
from guiju.vip import actions
from tests.vip.scene import NOTE, Stage


def test_who_is_expected_as_lines_and_as_json(stage: Stage, at: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    """Number, name, grade, when, room, state, how much is left and late; the personal note never."""
    plan = stage.approved()
    actions.write_note(plan.guest, text=NOTE, version=plan.guest.version, **stage.by("shen", "09:30"))
    stage.draft(guest=plan.guest, grade="V3")
    at("15:41")
    assert main(["vips", "--hotel", "tingtao"]) == 0
    shown = capsys.readouterr().out
    assert plan.number in shown and "2026-11-24 16:40" in shown and NOTE[:5] not in shown and len(shown.splitlines()) == 2
    assert main(["vips", "--hotel", "tingtao", "--grade", "V1", "--json"]) == 0
    (line,) = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    assert (line["name"], line["state"], line["late"]) == ("郑怀山", "approved", 7)
    assert main(["vips", "--hotel", "tingtao", "--which", "over"]) == 0 and capsys.readouterr().out == ""
