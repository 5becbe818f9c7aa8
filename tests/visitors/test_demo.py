"""The demo hotel's visits, in every state, by the real verbs."""

from __future__ import annotations

import random

from guiju.demo import base, visitors
from guiju.duties.actions import adopt_shipped
from guiju.shelf.actor import the_clock
from guiju.visitors.models import Visit, VisitChange
from tests.cast import ZONE


def test_each_kind_of_visit_is_on_its_way(db: None, settings: object, tmp_path: object) -> None:
    from datetime import datetime

    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    now = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)
    stage = base.house(now, random.Random(1))
    adopt_shipped(stage.hotel, effective_at=stage.hotel.created_at, by=the_clock(stage.hotel.pk), now=stage.hotel.created_at)
    visitors.received(stage)
    states = sorted(Visit.objects.values_list("state", flat=True))
    assert states == ["confirmed", "confirmed", "drawn", "received", "reported", "waiting"]
    assert VisitChange.objects.get().is_emergency
