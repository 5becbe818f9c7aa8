"""What a robot has to tell now: its department's notices, by number and without anybody's name, each once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from guiju.house import roster
from guiju.house.facts import DEPARTMENTS, POSTS
from guiju.house.models import Appointment
from guiju.logbook.writing import durably, writing
from guiju.notices.actions.telling import post_letter
from guiju.notices.chat.vendors import LINES
from guiju.notices.models import Letter, Notice, Robot, Spoken
from guiju.shelf import registry
from guiju.shelf.actor import the_clock

LOOK_BACK = timedelta(minutes=10)  # a step that began before the last look may have ended after it
NO_NEWS = timedelta(days=7)  # what is older stays in the bell
AT_MOST = 200
HARMLESS = frozenset({"number", "clause", "share", "rooms", "department", "type", "from_on", "until_on"})
URGENCIES = {"late": "late", "soon": "soon", "plain": "other"}


def gather(robot: Robot, now: datetime) -> Letter | None:
    """The robot's next letter, in one step with the note of what it has told; None when there is nothing to say or nobody to read it."""
    if not _waiting(robot, now).exists():
        if now - robot.told_until_at > LOOK_BACK:
            Robot.objects.filter(pk=robot.pk).update(told_until_at=now)
        return None
    if not _somebody_there(robot, now):
        return None

    def step() -> Letter | None:
        with writing(robot.hotel_id, by=the_clock(robot.hotel_id), now=now):
            held = Robot.objects.select_for_update().select_related("hotel").get(pk=robot.pk)
            on_its_way = Letter.objects.of(held.hotel_id).filter(channel="chat", to=str(held.pk), state__in=("waiting", "sending"))
            if held.ended_at or on_its_way.exists():
                return None
            rows = list(_waiting(held, now).order_by("show_from_at", "id")[:AT_MOST])
            return _letter(held, rows, now) if rows else None

    return durably(step)


def digest_moment(robot: Robot, now: datetime) -> datetime:
    """When the latest digest was due: today at its hour, or yesterday before it."""
    local = now.astimezone(ZoneInfo(robot.hotel.zone))
    moment = local.replace(hour=robot.digest_at.hour, minute=robot.digest_at.minute, second=0, microsecond=0)
    return moment if moment <= local else (moment - timedelta(days=1)).replace(hour=robot.digest_at.hour, minute=robot.digest_at.minute)


def _waiting(robot: Robot, now: datetime) -> QuerySet[Notice]:
    """Notices this robot has still to tell: those at once, and those of the digest when its hour has come."""
    once = [urgency for urgency, field in URGENCIES.items() if getattr(robot, field) == Robot.When.ONCE]
    due = Q(urgency__in=once, show_from_at__gt=max(robot.told_until_at - LOOK_BACK, robot.created_at, now - NO_NEWS))
    if digest_moment(robot, now) > robot.digested_at:
        digest = [urgency for urgency, field in URGENCIES.items() if getattr(robot, field) == Robot.When.DIGEST]
        due |= Q(urgency__in=digest, show_from_at__gt=max(robot.digested_at - LOOK_BACK, robot.created_at, now - NO_NEWS))
    rows = Notice.objects.of(robot.hotel_id).filter(_concerns(robot, now), due, show_from_at__lte=now, chat=True)
    return rows.filter(~Exists(Spoken.objects.filter(robot=robot, notice=OuterRef("pk"))))


def _concerns(robot: Robot, now: datetime) -> Q:
    if not robot.department:
        return Q()
    posts = [post for post, (department, _zh, _en) in POSTS.items() if department == robot.department]
    whom = Q(department=robot.department) | Q(post__in=posts)
    if robot.personal:
        held = Appointment.objects.of(robot.hotel_id).filter(post__in=posts, from_at__lte=now).exclude(until_at__lte=now)
        whom |= Q(person_id__in=held.values("person_id"))
    return whom


def _somebody_there(robot: Robot, now: datetime) -> bool:
    """Whether anybody of the department is on shift, as with reminders: nobody's phone rings at night for the morning's work."""
    if not robot.department:
        return True
    people = roster.holders(robot.hotel_id, department=robot.department, at=now)
    people |= roster.stand_ins(robot.hotel_id, people, now)
    return not people or roster.reachable(robot.hotel_id, people, now)[0]


def _letter(robot: Robot, rows: list[Notice], now: datetime) -> Letter:
    digest = any(getattr(robot, URGENCIES[row.urgency]) == Robot.When.DIGEST for row in rows)
    with override(robot.lang):
        kept = _kept(robot, rows, now)
    letter = post_letter(
        robot.hotel_id, key=f"chat:{robot.pk}:{rows[0].pk}", to=str(robot.pk), subject=kept["title"],
        body=json.dumps(kept, ensure_ascii=False), channel="chat", about=("robot", str(robot.pk)), undo_seconds=0,
        by=the_clock(robot.hotel_id), now=now,
    )
    Spoken.objects.bulk_create(Spoken(hotel_id=robot.hotel_id, robot=robot, notice=row, letter=letter) for row in rows)
    if len(rows) < AT_MOST:  # else the rest is told next time
        fresh = {"told_until_at": now} | ({"digested_at": now} if digest or digest_moment(robot, now) > robot.digested_at else {})
        Robot.objects.filter(pk=robot.pk).update(**fresh)
    return letter


def _kept(robot: Robot, rows: list[Notice], now: datetime) -> dict[str, Any]:
    what = _briefs(robot, rows)
    told: dict[str, Notice] = {}
    for row in rows:  # the same reminder to several of them is one line
        told.setdefault(_said(row, what.get((row.about_kind, row.about_id), ""), robot), row)
    first = sorted(told.items(), key=lambda one: ("late", "soon", "plain").index(one[1].urgency))
    lines = [{"text": text, "link": _link(row, robot, now)} for text, row in first[:LINES]]
    rest = len(told) - len(lines)
    english = robot.lang.startswith("en")
    hotel = robot.hotel.name_en if english and robot.hotel.name_en else robot.hotel.name
    department = DEPARTMENTS[robot.department][english] if robot.department in DEPARTMENTS else ""
    title = " · ".join(part for part in (hotel, department, _("%(n)s notices") % {"n": len(told)} if len(told) > 1 else "") if part)
    more = ngettext("and %(n)s more, in the bell", "and %(n)s more, in the bell", rest) % {"n": rest} if rest else ""
    return {"title": title, "lines": lines, "more": more, "urgency": first[0][1].urgency}


def _briefs(robot: Robot, rows: Iterable[Notice]) -> dict[tuple[str, str], str]:
    by_kind: dict[str, list[str]] = {}
    for row in rows:
        if row.about_kind in registry.briefs:
            by_kind.setdefault(row.about_kind, []).append(row.about_id)
    return {(kind, pk): text for kind, ids in by_kind.items() for pk, text in registry.briefs[kind](robot.hotel_id, ids).items()}


def _said(row: Notice, what: str, robot: Robot) -> str:
    """The notice in words that may stand in a chat: numbers, clause and due; other places say only that there is something."""
    what = what or _("something of yours")
    values = {name: value if name in HARMLESS else what for name, value in row.values.items()} | {"what": what}
    text = _(row.brief or row.text) % values
    if row.due_at is None:
        return text
    due = row.due_at.astimezone(ZoneInfo(robot.hotel.zone))
    return _("%(text)s, due %(due)s") % {"text": text, "due": f"{due:%m-%d %H:%M}"}


def _link(row: Notice, robot: Robot, now: datetime) -> str:
    if row.about_kind == "copy" and robot.department and registry.make_phone_link is not None:
        link = registry.make_phone_link(robot.hotel_id, row.about_id, robot.department, now)
        if link is not None:
            return f"phone:{link}"
    return row.url or "/bell/"
