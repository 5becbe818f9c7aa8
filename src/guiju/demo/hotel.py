"""Builds the demo hotel: invented, the same for the same seed, its clocks relative to now."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.db import transaction

from guiju.clients.search import index_all
from guiju.demo import artwork, base, chats, editions, events, function_space, groups, longstay, mail, morning, past, replays, vip, visitors
from guiju.demo.play import everything
from guiju.duties.actions import adopt_shipped
from guiju.house.calendars import content_of
from guiju.house.models import CalendarRevision, Setting
from guiju.logbook.writing import note, writing
from guiju.rounds.actions import go_round
from guiju.shelf.actor import the_clock


def build(*, seed: int, now: datetime) -> base.Stage:
    """Fill an empty database; one transaction, so that an interrupted first start leaves nothing half-made."""
    with transaction.atomic():
        stage = base.house(now, random.Random(seed))
        by = the_clock(stage.hotel.pk, via="cli")
        begun = stage.hotel.created_at
        CalendarRevision.objects.create(
            hotel=stage.hotel, number=1, from_at=begun, content=content_of(stage.hotel.pk, (now.year - 1, now.year, now.year + 1))
        )
        Setting.objects.create(hotel=stage.hotel, key="security.totp_required", value=False)
        adopt_shipped(stage.hotel, effective_at=begun, by=by, now=begun)
        with writing(stage.hotel.pk, by=by, now=begun):
            note("hotel.created", stage.hotel, zone=stage.hotel.zone)
        editions.first_reading(stage)
        editions.second_edition(stage)
        base.rooms_and_rates(stage)
        base.accounts(stage)
        index_all(stage.hotel.pk)
        play = everything(stage)
        function_space.month(play)
        for days in range(30, 0, -1):  # the clock went its rounds too: holds lapsed, reminders were given
            moment = stage.at(stage.today - timedelta(days=days), "18:01")
            play.at(moment, lambda at: go_round(at, name="demo"))
        play.run()
        groups.on_their_way(stage)
        morning.papers_out(stage)
        morning.messages(stage)
        function_space.today(stage)
        events.several(stage)
        artwork.orders(stage)
        vip.received(stage)
        visitors.received(stage)
        longstay.guests(stage)
        past.history(stage)
        chats.set_up(stage)
        mail.mailbox_off(stage)
        mail.wrote_back(stage)
        editions.draft_in_work(stage)
        replays.waiting(stage)
        morning.scanned_fax(stage)
        go_round(now, name="demo")
    return stage
