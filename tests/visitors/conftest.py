"""Visits to look at and change, made by the house's people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser

from guiju.approvals.actions import decide
from guiju.duties.actions import adopt_shipped
from guiju.visitors import actions
from guiju.visitors.models import Visit
from guiju.visitors.shapes import GuestLine, PartLine, Plan, ProgrammeLine
from tests.cast import TODAY, Cast

DAY = TODAY + timedelta(days=6)


@dataclass
class Room:
    """The hotel, its clock, and plans on the way."""

    cast: Cast
    clock: Path

    def at(self, clock: str, day: Any = TODAY) -> datetime:
        """Move the clock."""
        moment = self.cast.at(clock, day)
        self.clock.write_text(moment.isoformat())
        return moment

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.clock.read_text())

    def by(self, who: str = "qiao") -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": self.cast.actor(who, now=self.now), "now": self.now}

    def browser(self, who: str = "qiao") -> Browser:
        """A browser signed in as this person."""
        return self.cast.sign_in(who, now=self.now)

    def plan(self, **more: Any) -> Plan:
        """The city's leaders, everything written."""
        at = self.cast.at("10:00", DAY)
        people = self.cast.people
        given: dict[str, Any] = {
            "organisation": "市文旅局", "visitor": "government", "rank": "bureau", "purpose": "leaders", "persons": 9, "arrival_at": at,
            "host": "陆总", "meeting_point": "大堂正门", "guests": (GuestLine("方为", "局长"),),
            "programme": (ProgrammeLine(at + timedelta(minutes=5), "宴会厅", "情况介绍", "陆总"),),
            "parts": (PartLine(people["fang"].pk, "迎接"), PartLine(people["can"].pk, "介绍")), **more,
        }
        return Plan(**given)

    def drawn(self, **more: Any) -> Visit:
        """A plan being drawn up, with a paper attached."""
        visit = actions.draw(self.cast.hotel, plan=self.plan(**more), **self.by())
        actions.attach(visit, kind="letter", lies_at="公关部档案柜 3", **self.by())
        return visit

    def approved(self, **more: Any) -> Visit:
        """An approved plan."""
        visit = self.drawn(**more)
        asked = actions.submit(visit, **self.by())
        for who in ("gu", "lu") if visit.is_important else ("gu",):
            decide(asked, accept=True, **self.by(who))
        visit.refresh_from_db()
        return visit

    def confirmed(self, **more: Any) -> Visit:
        """A confirmed visit whose plan is out."""
        return actions.confirm(self.approved(**more), **self.by())


@pytest.fixture
def room(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """PR at 10:00 of Tuesday 24 November 2026."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    clock = tmp_path / "clock"
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(clock))
    found = Room(cast, clock)
    found.at("10:00")
    start = cast.at("00:00", TODAY - timedelta(days=300))
    adopt_shipped(cast.hotel, effective_at=start, by=cast.actor("lu"), now=start)
    return found


def fields(**more: Any) -> dict[str, Any]:
    """What the page for a new visit posts."""
    return {
        "organisation": "青岱大学", "visitor": "school", "rank": "staff", "purpose": "study", "persons": "24", "arrival_at": "2026-11-30T10:00",
        "host": "乔安", "guests-0-name": "唐棣", "guests-0-title": "院长", "programme-0-time": "10:10", "programme-0-place": "大堂",
        "programme-0-what": "看大堂", **more,
    }
