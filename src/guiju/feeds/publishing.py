"""The feed as an iCalendar file: the same as last time while nothing has changed, each change with a higher SEQUENCE."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from guiju.feeds import zones
from guiju.feeds.models import Feed, Item
from guiju.feeds.sources import SOURCES, Event, link
from guiju.house.acting import acting
from guiju.logbook.writing import durably, writing
from guiju.shelf.actor import the_clock

CANCELLED_FOR = timedelta(days=14)  # long enough for every calendar program to have seen it
UID_AT = "@guiju"


def published(feed: Feed, now: datetime) -> bytes:
    """The whole file as it stands now."""
    with override(feed.lang):
        events = _events(feed, now)
        items = _remember(feed, events, now)
        return _file(feed, items, now)


def _events(feed: Feed, now: datetime) -> list[Event]:
    actor = acting(feed.person, feed.hotel, now=now, via="feed")
    found: list[Event] = []
    for key, source in SOURCES.items():
        if key not in feed.without and actor.may(source.permission):
            found += source.events(feed, actor, now)
    return found


def _said(event: Event, feed: Feed) -> dict[str, Any]:
    zone = ZoneInfo(feed.hotel.zone)
    whole = not isinstance(event.starts, datetime)
    starts, ends = (
        (event.starts.isoformat(), event.ends.isoformat()) if whole
        else (_local(event.starts, zone), _local(event.ends, zone))
    )
    minutes = feed.alarm_minutes if event.alarm else 0
    return {"starts": starts, "ends": ends, "days": whole, "summary": event.summary, "text": event.text, "path": event.path, "alarm": minutes}


def _local(moment: Any, zone: ZoneInfo) -> str:
    return str(moment.astimezone(zone).replace(microsecond=0).isoformat())


def _remember(feed: Feed, events: Iterable[Event], now: datetime) -> list[Item]:
    """What is published, with what is new, changed or gone written down in one step: two queries while nothing has."""
    said = {event.uid: _said(event, feed) for event in events}

    def step() -> list[Item]:
        known = {item.uid: item for item in Item.objects.filter(feed=feed)}
        fresh = [Item(hotel_id=feed.hotel_id, feed=feed, uid=uid, said=what, changed_at=now) for uid, what in said.items() if uid not in known]
        changed, dropped = [], []
        for uid, item in known.items():
            if uid in said and (item.said != said[uid] or item.gone_at is not None):
                item.said, item.gone_at, item.sequence, item.changed_at = said[uid], None, item.sequence + 1, now
                changed.append(item)
            elif uid not in said and item.gone_at is None:
                if _over(item, now):  # it has simply passed
                    dropped.append(item)
                else:
                    item.gone_at, item.sequence, item.changed_at = now, item.sequence + 1, now
                    changed.append(item)
            elif uid not in said and item.gone_at is not None and now - item.gone_at > CANCELLED_FOR:
                dropped.append(item)
        if fresh or changed or dropped:
            with writing(feed.hotel_id, by=the_clock(feed.hotel_id), now=now):
                Item.objects.bulk_create(fresh, ignore_conflicts=True)  # two programs that ask at once
                Item.objects.bulk_update(changed, ["said", "gone_at", "sequence", "changed_at"], batch_size=200)
                Item.objects.filter(pk__in=[item.pk for item in dropped]).delete()
        gone = {item.uid for item in dropped}
        return sorted([*fresh, *(item for uid, item in known.items() if uid not in gone)], key=lambda item: (item.said["starts"], item.uid))

    return durably(step)


def _over(item: Item, now: datetime) -> bool:
    ends = item.said["ends"]
    if item.said["days"]:
        return date.fromisoformat(ends) <= now.date()
    return datetime.fromisoformat(ends) <= now


def _file(feed: Feed, items: Iterable[Item], now: datetime) -> bytes:
    zone = ZoneInfo(feed.hotel.zone)
    hotel = feed.hotel.name_en if feed.lang.startswith("en") and feed.hotel.name_en else feed.hotel.name
    calendar = Calendar()
    calendar.add("PRODID", "-//Guiju//feeds//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", _("%(hotel)s: %(name)s") % {"hotel": hotel, "name": feed.person.name})
    calendar.add("X-WR-TIMEZONE", feed.hotel.zone)
    calendar.add("REFRESH-INTERVAL", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    calendar.add_component(zones.component(feed.hotel.zone, now.year - 1))
    for item in items:
        calendar.add_component(_entry(item, zone))
    return calendar.to_ical(sorted=False)


def _entry(item: Item, zone: ZoneInfo) -> Entry:
    said, entry = item.said, Entry()
    entry.add("UID", item.uid + UID_AT)
    entry.add("DTSTAMP", item.changed_at.astimezone(UTC))
    entry.add("LAST-MODIFIED", item.changed_at.astimezone(UTC))
    entry.add("SEQUENCE", item.sequence)
    if said["days"]:
        entry.add("DTSTART", date.fromisoformat(said["starts"]))
        entry.add("DTEND", date.fromisoformat(said["ends"]))
    else:
        entry.add("DTSTART", datetime.fromisoformat(said["starts"]).astimezone(zone))
        entry.add("DTEND", datetime.fromisoformat(said["ends"]).astimezone(zone))
    entry.add("SUMMARY", said["summary"])
    if said["text"]:
        entry.add("DESCRIPTION", said["text"])
    if said["path"]:
        entry.add("URL", link(said["path"]))
    entry.add("STATUS", "CANCELLED" if item.gone_at else "CONFIRMED")
    entry.add("TRANSP", "TRANSPARENT")  # a due time does not make anybody busy
    entry.add("CLASS", "PRIVATE")
    if said["alarm"] and not item.gone_at:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("TRIGGER", -timedelta(minutes=said["alarm"]))
        alarm.add("DESCRIPTION", said["summary"])
        entry.add_component(alarm)
    return entry
