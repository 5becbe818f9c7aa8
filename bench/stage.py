"""A small hotel for proofs and benches, built in a process of its own: `stage.py build` prints keys for programs as JSON."""

from __future__ import annotations

import json
import os
import random
import sys
from datetime import datetime
from decimal import Decimal
from typing import Any

LAST = "ONE"  # a room type with one room
COMBINED = ("B", "AB", "ABC", "BC")  # halls that all have the section B


def begin() -> None:
    """Django on the database named by the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.config.settings")
    import django

    django.setup()


def hotel(now: datetime, clients: int = 10) -> Any:
    """Tables, one hotel with its people and rooms, the shipped standard, and a type of which there is one room."""
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", interactive=False, verbosity=0)
    from guiju.clients.search import index_all
    from guiju.demo import base
    from guiju.duties.actions import adopt_shipped
    from guiju.house.calendars import content_of
    from guiju.house.models import CalendarRevision, Setting
    from guiju.logbook.writing import note, writing
    from guiju.rates.models import RackRate
    from guiju.rooms.models import RoomType
    from guiju.shelf.actor import the_clock

    with transaction.atomic():
        stage = base.house(now, random.Random(1))
        begun = stage.hotel.created_at
        by = the_clock(stage.hotel.pk, via="cli")
        CalendarRevision.objects.create(
            hotel=stage.hotel, number=1, from_at=begun,
            content=content_of(stage.hotel.pk, (now.year - 1, now.year, now.year + 1)),
        )
        Setting.objects.create(hotel=stage.hotel, key="security.totp_required", value=False)
        adopt_shipped(stage.hotel, effective_at=begun, by=by, now=begun)
        with writing(stage.hotel.pk, by=by, now=begun):
            note("hotel.created", stage.hotel, zone=stage.hotel.zone)
        base.rooms_and_rates(stage)
        base.accounts(stage, clients)
        index_all(stage.hotel.pk)
        one = RoomType.objects.create(hotel=stage.hotel, code=LAST, name="唯一间", name_en="The one", physical=1, beds=2)
        RackRate.objects.bulk_create(
            RackRate(hotel=stage.hotel, room_type=one, season_kind=kind, amount=Decimal(500), breakfasts=2)
            for kind in ("high", "shoulder", "low")
        )
        halls(stage)
    return stage


def halls(stage: Any) -> dict[str, Any]:
    """A ballroom that divides in three, and a meeting room; code -> hall."""
    from guiju.function_space.actions import add_hall
    from guiju.shelf.actor import the_clock

    by, found = the_clock(stage.hotel.pk, via="cli"), {}
    for order, code in enumerate(("A", "B", "C", "AB", "BC", "ABC", "M")):
        parts = [found[part] for part in code] if len(code) > 1 else []
        found[code] = add_hall(
            stage.hotel, code=code, name=f"厅 {code}", capacity={"banquet": 100 * len(code)}, setup_minutes=60, turn_minutes=60, order=order,
            parts=parts, by=by, now=stage.hotel.created_at,
        )
    return found


def key_for(stage: Any, who: str) -> str:
    """A key for a program of this person."""
    from guiju.house import tokens
    from guiju.shelf.actor import the_clock

    by = the_clock(stage.hotel.pk, via="cli")
    return tokens.create(stage.hotel, person=stage.people[who], name="proof", by=by, now=stage.now)[1]


def main() -> int:
    begin()
    from guiju.shelf import clock

    stage = hotel(clock.now())
    print(json.dumps({"token": key_for(stage, "lin"), "today": stage.today.isoformat(), "hotel": str(stage.hotel.pk)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
