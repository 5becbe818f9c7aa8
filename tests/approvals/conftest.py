"""Something to approve, and what was heard of the decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser

from guiju.approvals import actions
from guiju.approvals.models import Approval
from guiju.house.models import Delegation
from guiju.shelf import registry
from guiju.shelf.ids import uuid7
from tests.cast import Cast

KIND = "sample_plan"


@dataclass
class Desk:
    """The house, its clock, and the decisions that the asking room heard of."""

    cast: Cast
    clock: Path
    heard: list[tuple[str, bool, str]] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    about: tuple[str, str] = field(default_factory=lambda: ("visit", str(uuid7())))

    def at(self, moment: str) -> Any:
        """Move the clock."""
        found = self.cast.at(moment)
        self.clock.write_text(found.isoformat())
        return found

    def by(self, who: str, moment: str = "10:00") -> dict[str, Any]:
        """Who acts, and when."""
        now = self.at(moment)
        return {"by": self.cast.actor(who, now=now), "now": now}

    def ask(self, who: str = "qiao", *steps: str, moment: str = "10:00", **more: Any) -> Approval:
        """Somebody asks."""
        given = {"kind": KIND, "about": self.about, "title": "东嘉集团参观", "steps": steps or ("sales_manager", "gm"), **more}
        return actions.ask(self.cast.hotel, **given, **self.by(who, moment))

    def decide(self, row: Approval, who: str, accept: bool = True, reason: str = "", moment: str = "10:10") -> Approval:
        """Somebody decides."""
        return actions.decide(row, accept=accept, reason=reason, **self.by(who, moment))

    def away(self, who: str, to: str) -> None:
        """While one is away the other acts for him."""
        Delegation.objects.create(
            hotel=self.cast.hotel, person=self.cast.people[who], to=self.cast.people[to], from_at=self.cast.at("08:00"),
            until_at=self.cast.at("08:00") + timedelta(days=1),
        )

    def browser(self, who: str, moment: str = "10:05") -> Browser:
        """A browser signed in as this person."""
        return self.cast.sign_in(who, now=self.at(moment))


@pytest.fixture
def desk(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The house with one kind of thing to approve."""
    clock = tmp_path / "clock"
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(clock))
    found = Desk(cast, clock)

    def decided(about_id: str, *, accepted: bool, approval: Approval, by: Any, now: Any) -> None:
        found.heard.append((about_id, accepted, by.name))

    def withdrawn(about_id: str, *, approval: Approval, by: Any, now: Any) -> None:
        found.back.append(about_id)

    monkeypatch.setitem(registry.approval_kinds, KIND, registry.ApprovalKind(KIND, "接待计划", decided, withdrawn))
    found.at("10:00")
    yield found
