"""The file of a VIP: who he is, what he likes, and the note that only named posts read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid
from guiju.vip.models import VipGuest
from guiju.vip.shapes import GUEST

LENGTHS = {"name": 80, "name_en": 80, "position": 80, "organisation": 120, "nationality": 40, "diet": 200, "preferences": 500}
NOTE = 4000


def checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a guest, trimmed. Raises Invalid naming each that is wrong."""
    errors: dict[str, list[str]] = {name: [_("This cannot be changed here.")] for name in fields if name not in GUEST}
    found = {name: str(value or "").strip() for name, value in fields.items() if name in GUEST and (value or name != "lang")}
    for name, value in found.items():
        if name in LENGTHS and len(value) > LENGTHS[name]:
            errors[name] = [_("At most %(n)s characters.") % {"n": LENGTHS[name]}]
    if "name" in found and not found["name"]:
        errors["name"] = [_("What is the guest called?")]
    if found.get("gender", "") not in ("", "m", "f"):
        errors["gender"] = [_("Mr or Ms?")]
    if "lang" in found and found["lang"] not in ("zh-hans", "en"):
        errors["lang"] = [_("Chinese or English?")]
    if errors:
        raise Invalid(errors=errors)
    return found


@verb("vip.edit")
def add_guest(hotel: Hotel, *, fields: Mapping[str, Any], by: Actor, now: datetime) -> VipGuest:
    """Open the file of a VIP. Raises Invalid without a name."""
    if not str(fields.get("name") or "").strip():
        raise Invalid(errors={"name": [_("What is the guest called?")]})
    values = checked(fields)
    row: VipGuest = VipGuest.objects.create(hotel=hotel, created_at=now, **{"lang": "zh-hans", **values})
    note("vip_guest.changed", row, fields=sorted(values))
    return row


@verb("vip.edit")
def change_guest(guest: VipGuest, *, version: int, fields: Mapping[str, Any], by: Actor, now: datetime) -> VipGuest:
    """Change the file: diet, preferences and the like. Raises Conflict when somebody saved it meanwhile."""
    values = checked(fields)
    changed = {name: value for name, value in values.items() if getattr(guest, name) != value}
    guest.save_from(version, **values)
    if changed:
        note("vip_guest.changed", guest, fields=sorted(changed))
    return guest


@verb("vip.notes")
def write_note(guest: VipGuest, *, text: str, version: int, by: Actor, now: datetime) -> VipGuest:
    """Write the personal note; the logbook says that it was written, never what."""
    if len(text) > NOTE:
        raise Invalid(errors={"note": [_("At most %(n)s characters.") % {"n": NOTE}]})
    guest.save_from(version, note=text.strip())
    note("vip_guest.changed", guest, fields=["note"])
    return guest
