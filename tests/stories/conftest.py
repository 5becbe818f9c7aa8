"""Stories through HTTP: people and programs of the same hotel, on a clock that the story moves."""

from __future__ import annotations

import json
import re
from collections import Counter
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

DUTY_LINK = re.compile(r"/duties/([0-9a-f-]{36})/")


@dataclass
class Story:
    """The hotel, a clock to move, and hands for each person: `do(who, path, body)` through REST."""

    scene: Scene
    clock: Path
    keys: dict[str, str] = field(default_factory=dict)
    program: Browser = field(default_factory=Browser)

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
        send: Callable[..., Any] = getattr(self.program, method)
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

    def owed(self, who: str, clause: str, rule: str = "") -> list[dict[str, Any]]:
        """What this person owes by a clause, as his program reads his list."""
        return [one for one in self.get(who, "/duties") if one["clause"] == clause and rule in ("", one["rule"])]

    def runs_out(self, who: str, clause: str, rule: str, clock: str, day: date = TODAY) -> None:
        """He owes it until this minute: in time the minute before and at it, late the minute after. Leaves the clock there."""
        due = self.cast.at(clock, day)
        for minutes, status in ((-1, "soon"), (0, "soon"), (1, "late")):
            self.clock.write_text((due + timedelta(minutes=minutes)).isoformat())
            found = {(datetime.fromisoformat(one["due_at"]).astimezone(due.tzinfo), one["status"]) for one in self.owed(who, clause, rule)}
            assert found == {(due, status)}, (clause, rule, found)

    def begins(self, who: str, clause: str, rule: str, clock: str, day: date = TODAY) -> None:
        """Before this minute it is only planned; from it on it is to be done. Leaves the clock there."""
        start = self.cast.at(clock, day)
        for minutes, planned in ((-1, True), (0, False)):
            self.clock.write_text((start + timedelta(minutes=minutes)).isoformat())
            found = {one["status"] == "planned" for one in self.owed(who, clause, rule)}
            assert found == {planned}, (clause, rule)

    def named_in_bell(self, who: str) -> Counter[str]:
        """The clauses his bell speaks of, and how often."""
        return Counter(re.findall(r"(?:booking|group)\.[a-z0-9-]+", " ".join(one["text"] for one in self.get(who, "/bell"))))

    def behind(self, clause: str, rule: str) -> list[dict[str, Any]]:
        """The duties behind a clause's figures, open and done: from the compliance page to each duty."""
        page = self.cast.sign_in("shen").get("/compliance/", {"clause": clause}).content.decode()
        found = [self.get("shen", f"/duties/{pk}") for pk in dict.fromkeys(DUTY_LINK.findall(page))]
        return [one for one in found if one["clause"] == clause and one["rule"] == rule]

    def lasted(self, clause: str, rule: str) -> set[timedelta]:
        """How long each duty of a rule ran from its opening to its due time."""
        return {datetime.fromisoformat(one["due_at"]) - datetime.fromisoformat(one["opens_at"]) for one in self.behind(clause, rule)}

    def copies(self, paper: str) -> dict[str, dict[str, Any]]:
        """Who holds a paper, in the order of the numbered copies."""
        return {copy["department"]: copy for copy in self.get("shen", f"/papers/{paper}")["copies"]}

    def nobody_signs_for(self, department: str, who: str) -> None:
        """The only named receiver of a department signs no longer; `who` keeps that list."""
        for row in self.get(who, "/house/receivers"):
            if row["department"] == department:
                self.do(who, f"/house/receivers/{row['id']}/remove")

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
