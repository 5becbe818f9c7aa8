"""Robots of group chats: set up, changed, tried and ended by whoever keeps the department."""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from guiju.house.actions.standing import own_department, plain
from guiju.house.facts import DEPARTMENTS
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.notices.actions.telling import post_letter
from guiju.notices.chat import line, sealing
from guiju.notices.chat.vendors import VENDORS
from guiju.notices.models import Letter, Robot
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid
from guiju.shelf.ids import uuid7

FIELDS = ("name", "vendor", "department", "lang", "plain", "personal", "late", "soon", "other", "digest_at")
LONGEST = 500


@verb("notices.robots")
def add_robot(hotel: Hotel, *, given: dict[str, Any], by: Actor, now: datetime) -> Robot:
    """Let a robot of a group chat tell a department its notices. Raises Invalid at the field.

    `given` has FIELDS, `address` (with its key, as the vendor shows it) and `secret`; both are sealed and never shown again.
    """
    clean, errors = _clean(given)
    own_department(clean["department"], by)
    pk, address = uuid7(), str(given.get("address") or "").strip()
    errors |= _address_faults(clean["vendor"], address)
    errors |= _name_faults(hotel, clean["name"], None)
    secret = _secret(clean["vendor"], given, errors)
    if errors:
        raise Invalid(errors=errors)
    row = Robot.objects.create(
        id=pk, hotel=hotel, host=line.origin_of(address)[:120], sealed=sealing.seal(pk, address, secret), signed=bool(secret),
        created_at=now, told_until_at=now, digested_at=now, **clean,
    )
    note("robot.added", row, vendor=row.vendor, department=row.department, name=row.name)
    return row


@verb("notices.robots")
def change_robot(robot: Robot, *, given: dict[str, Any], version: int, by: Actor, now: datetime) -> Robot:
    """Change a robot; a new address brings its new secret along, an empty one leaves both. What stopped it is tried again.

    Raises Invalid at the field, Conflict when somebody saved before.
    """
    clean, errors = _clean({name: getattr(robot, name) for name in FIELDS} | given)
    own_department(robot.department, by)
    own_department(clean["department"], by)
    address = str(given.get("address") or "").strip()
    errors |= _name_faults(robot.hotel, clean["name"], robot)
    if address:
        errors |= _address_faults(clean["vendor"], address)
        secret = _secret(clean["vendor"], given, errors)
    elif clean["vendor"] != robot.vendor:
        errors["address"] = [_("Another vendor: its address, please.")]
    elif given.get("secret"):
        errors["address"] = [_("A new secret goes with its address: enter both.")]
    if robot.ended_at is not None:
        errors["name"] = [_("This robot was ended.")]
    if errors:
        raise Invalid(errors=errors)
    changed = sorted(name for name in FIELDS if getattr(robot, name) != clean[name]) + (["address"] if address else [])
    if not changed:
        return robot
    fresh = dict(clean)
    if address:
        fresh |= {"host": line.origin_of(address)[:120], "sealed": sealing.seal(robot.pk, address, secret), "signed": bool(secret)}
    robot.save_from(version, **fresh, **_fresh_start())
    note("robot.changed", robot, vendor=robot.vendor, department=robot.department, name=robot.name, fields=changed)
    return robot


def _fresh_start() -> dict[str, Any]:
    return {"stopped_at": None, "wait_until_at": None, "failures": 0, "last_error": ""}


@verb("notices.robots")
def try_robot(robot: Robot, *, by: Actor, now: datetime) -> Letter:
    """Let the robot say a word, to see that it gets through: through the outbox like everything else, so that no page waits."""
    own_department(robot.department, by)
    if robot.ended_at is not None:
        raise Invalid(errors={"name": [_("This robot was ended.")]})
    Robot.objects.filter(pk=robot.pk).update(**_fresh_start())
    on_its_way = Letter.objects.of(robot.hotel_id).filter(channel="chat", to=str(robot.pk), state=Letter.State.WAITING)
    if on_its_way.update(not_before_at=now):  # what waits is trial enough
        return on_its_way.order_by("created_at")[0]
    with override(robot.lang):
        english = robot.lang.startswith("en")
        title = robot.hotel.name_en if english and robot.hotel.name_en else robot.hotel.name
        text = _("This robot will tell the notices of %(department)s here.") % {"department": _department(robot, english)}
    body = {"title": title, "lines": [{"text": text, "link": "/bell/"}], "more": "", "urgency": "plain"}
    return post_letter(
        robot.hotel_id, key=f"chat-try:{robot.pk}:{now.isoformat()}", to=str(robot.pk), subject=title,
        body=json.dumps(body, ensure_ascii=False), channel="chat", about=robot.subject, undo_seconds=0, by=by, now=now,
    )


def _department(robot: Robot, english: bool) -> str:
    return DEPARTMENTS[robot.department][english] if robot.department in DEPARTMENTS else _("the house")


@verb("notices.robots")
def end_robot(robot: Robot, *, by: Actor, now: datetime) -> None:
    """This robot tells nothing any more; what waits for it stays in the bell. Its address is forgotten."""
    own_department(robot.department, by)
    if Robot.objects.filter(pk=robot.pk, ended_at__isnull=True).update(ended_at=now, sealed=b"", signed=False):
        waiting = Letter.objects.of(robot.hotel_id).filter(channel="chat", to=str(robot.pk), state=Letter.State.WAITING)
        waiting.update(state=Letter.State.STOPPED)
        note("robot.ended", robot, vendor=robot.vendor, department=robot.department, name=robot.name)


def _clean(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    errors: dict[str, list[str]] = {}
    clean: dict[str, Any] = {
        "name": plain(str(given.get("name") or ""), 60), "vendor": str(given.get("vendor") or ""),
        "department": str(given.get("department") or ""), "lang": str(given.get("lang") or "zh-hans"),
        "plain": bool(given.get("plain")), "personal": bool(given.get("personal")),
        "digest_at": _clock(given.get("digest_at"), errors),
    }
    if not clean["name"]:
        errors["name"] = [_("A name to know it by, please.")]
    if clean["vendor"] not in VENDORS:
        errors["vendor"] = [_("WeCom, DingTalk or Feishu?")]
    if clean["department"] and clean["department"] not in DEPARTMENTS:
        errors["department"] = [_("Which department?")]
    if clean["lang"] not in dict(settings.LANGUAGES):
        errors["lang"] = [_("Choose one of the list.")]
    for field in ("late", "soon", "other"):
        clean[field] = str(given.get(field) or Robot.When.NEVER)
        if clean[field] not in Robot.When.values:
            errors[field] = [_("Choose one of the list.")]
    if clean["department"] and errors.get("department"):
        raise Invalid(errors=errors)
    return clean, errors


def _clock(value: Any, errors: dict[str, list[str]]) -> time:
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0, tzinfo=None)
    try:
        return time.fromisoformat(str(value or "08:30")).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        errors["digest_at"] = [_("A time like 18:00, please.")]
        return time(8, 30)


def _name_faults(hotel: Hotel, name: str, robot: Robot | None) -> dict[str, list[str]]:
    others = Robot.objects.of(hotel.pk).filter(name=name, ended_at__isnull=True)
    if robot is not None:
        others = others.exclude(pk=robot.pk)
    return {"name": [_("Another robot has this name.")]} if name and others.exists() else {}


def _address_faults(vendor_key: str, address: str) -> dict[str, list[str]]:
    """The host must be the vendor's own, or one that the installation's operator allowed in its environment."""
    vendor = VENDORS.get(vendor_key)
    if vendor is None:
        return {}
    wanted = f"https://{vendor.hosts[0]}{vendor.path}" + (f"?{vendor.query}=…" if vendor.query else "…")
    if not address or len(address) > LONGEST or not address.isascii() or not line.may_go(address, vendor.hosts):
        return {"address": [_("An address as the vendor shows it: %(wanted)s") % {"wanted": wanted}]}
    if not vendor.right_address(address):
        return {"address": [_("The key is missing in the address: %(wanted)s") % {"wanted": wanted}]}
    return {}


def _secret(vendor_key: str, given: dict[str, Any], errors: dict[str, list[str]]) -> str:
    secret, vendor = str(given.get("secret") or "").strip(), VENDORS.get(vendor_key)
    if secret and vendor is not None and not vendor.signs:
        errors["secret"] = [_("Robots of WeCom have no secret: the key in the address is all.")]
    if (secret and not 8 <= len(secret) <= 200) or not secret.isascii():
        errors["secret"] = [_("The secret as the vendor shows it, please.")]
    return secret
