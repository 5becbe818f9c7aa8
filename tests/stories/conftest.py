"""Stories through HTTP: people and programs of the same hotel, on a clock that the story moves."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser

from guiju.duties.models import Duty
from guiju.duties.queries import with_status
from guiju.house import tokens
from guiju.rates.models import MealRate
from guiju.rounds.actions import go_round
from guiju.shelf.actor import the_clock
from guiju.shelf.ids import uuid7
from tests.cast import TODAY, Cast
from tests.enquiries.scene import Scene, dress


@dataclass
class Story:
    """The hotel, a clock to move, and hands for each person: `do(who, path, body)` through REST."""

    scene: Scene
    clock: Path
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def cast(self) -> Cast:
        return self.scene.cast

    def at(self, clock: str, day: date = TODAY) -> datetime:
        """Move the clock to this time of this day."""
        moment = self.cast.at(clock, day)
        self.clock.write_text(moment.isoformat())
        return moment

    def _key(self, who: str) -> str:
        if who not in self.keys:
            hotel = self.cast.hotel
            by = the_clock(hotel.pk, via="cli")
            _row, self.keys[who] = tokens.create(
                hotel, person=self.cast.people[who], name="story", by=by, now=self.cast.at("00:01", TODAY - timedelta(days=30))
            )
        return self.keys[who]

    def do(self, who: str, path: str, body: Any = None, *, expect: int | None = None, method: str = "post", key: str = "") -> Any:
        """One request of this person's program; the answer's JSON. Fails on another status than expected (2xx by default)."""
        send: Callable[..., Any] = getattr(Browser(), method)
        answer = send(
            f"/api/v1{path}",
            data=json.dumps(body or {}) if method != "get" else body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {self._key(who)}", "Idempotency-Key": key or str(uuid7())},
        )
        good = answer.status_code == expect if expect else 200 <= answer.status_code < 300
        assert good, (answer.status_code, answer.content.decode()[:600])
        return json.loads(answer.content) if answer.get("Content-Type", "").startswith("application/") else answer.content

    def get(self, who: str, path: str, **query: Any) -> Any:
        """Read something."""
        return self.do(who, path, query, method="get")

    def refused(self, who: str, path: str, body: Any = None, status: int = 409, method: str = "post") -> Any:
        """A request that must be refused; its problem."""
        return self.do(who, path, body, expect=status, method=method)

    def round(self) -> dict[str, int]:
        """The worker goes its round now."""
        return go_round(datetime.fromisoformat(self.clock.read_text()))

    def duties(self, clause: str, rule: str = "") -> list[Duty]:
        """The duties of a clause with their status now."""
        rows = Duty.objects.filter(clause=clause)
        rows = rows.filter(rule=rule) if rule else rows
        return list(with_status(rows, datetime.fromisoformat(self.clock.read_text())).order_by("opens_at", "due_at"))

    def status(self, clause: str, rule: str = "") -> list[str]:
        return [duty.status for duty in self.duties(clause, rule)]

    def sign_all(self, paper: str, *, only: tuple[str, ...] = ()) -> list[str]:
        """Every department that must sign does; which did."""
        who = {"front_desk": "fang", "front_cashier": "ma", "fnb": "chen", "security": "an", "pr": "qiao", "gm_office": "zong"}
        signed = []
        for copy in self.get("shen", f"/papers/{paper}")["copies"]:
            if copy["must_sign"] and not copy["signed_at"] and (not only or copy["department"] in only):
                self.do(who[copy["department"]], f"/papers/copies/{copy['id']}/sign")
                signed.append(copy["department"])
        return sorted(signed)


@pytest.fixture
def story(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """A dressed hotel at 10:00 of Tuesday 24 November 2026."""
    settings.DATA_DIR = tmp_path
    settings.EMAIL_URL = ""
    clock = tmp_path / "clock"
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(clock))
    scene = dress(cast)
    MealRate.objects.bulk_create(MealRate(hotel=cast.hotel, meal=meal, standard="80", amount=80, escort_amount=30) for meal in ("lunch", "dinner"))
    found = Story(scene, clock)
    found.at("10:00")
    return found
