"""What a booking's fields, lines and values are called on a page, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.shelf import wording

PAYMENT_NAMES: dict[str, Any] = {
    "cash": gettext_lazy("cash"), "on_account": gettext_lazy("on account"), "transfer": gettext_lazy("transfer"),
    "voucher": gettext_lazy("voucher"), "prepaid": gettext_lazy("prepaid"),
}
USE_NAMES: dict[str, Any] = {
    "guest": gettext_lazy("guests"), "escort": gettext_lazy("drivers, escorts"), "free": gettext_lazy("complimentary"),
    "working": gettext_lazy("working room"), "extra": gettext_lazy("added on arrival, rack rate"),
}
OUTCOME_NAMES: dict[str, Any] = {"as_agreed": gettext_lazy("as agreed"), "changed": gettext_lazy("changed"), "no_answer": gettext_lazy("no answer")}
MEAL_NAMES: dict[str, Any] = {"breakfast": gettext_lazy("breakfast"), "lunch": gettext_lazy("lunch"), "dinner": gettext_lazy("dinner")}
STYLE_NAMES: dict[str, Any] = {"table": gettext_lazy("at tables"), "buffet": gettext_lazy("buffet")}
ESCORT_NAMES: dict[str, Any] = {
    "leader": gettext_lazy("leader"), "national_guide": gettext_lazy("national guide"), "local_guide": gettext_lazy("local guide"),
    "driver": gettext_lazy("driver"),
}
TOLD_NAMES: dict[str, Any] = {
    "fax": gettext_lazy("fax"), "mail": gettext_lazy("e-mail"), "phone": gettext_lazy("telephone"), "letter": gettext_lazy("letter"),
    "wechat": gettext_lazy("WeChat"), "front_desk": gettext_lazy("at the front desk"), "system": gettext_lazy("by a program"),
}
PAYER_NAMES: dict[str, Any] = {
    "client": gettext_lazy("the client"), "guest": gettext_lazy("the guest"), "rooms": gettext_lazy("Rooms paid by"),
    "meals": gettext_lazy("Meals paid by"), "escorts": gettext_lazy("Escorts paid by"), "incidentals": gettext_lazy("Incidentals paid by"),
}
GENDER_NAMES: dict[str, Any] = {"m": gettext_lazy("male"), "f": gettext_lazy("female")}
SERVICE_NAMES: dict[str, Any] = {
    "rooms": gettext_lazy("guest rooms"), "meals": gettext_lazy("meals"), "meal_time": gettext_lazy("meal time"), "tickets": gettext_lazy("tickets"),
    "transfer": gettext_lazy("guest transfer"), "guide": gettext_lazy("guide"), "luggage": gettext_lazy("luggage"),
    "wake_up": gettext_lazy("wake-up call"),
    "meeting": gettext_lazy("meeting room"), "sign": gettext_lazy("welcome sign"), "request": gettext_lazy("request"),
}
PRE_ARRIVAL_NAMES: dict[str, Any] = {
    "rooms": gettext_lazy("Rooms as ordered"), "meals": gettext_lazy("Meals as ordered"), "places": gettext_lazy("Places"),
    "arrival_time": gettext_lazy("Exact arrival"), "transfer": gettext_lazy("Transfer"), "programme": gettext_lazy("Programme"),
}
FIELD_NAMES: dict[str, Any] = {
    "name": gettext_lazy("Group or guest"), "tour_code": gettext_lazy("Tour code"), "nationality": gettext_lazy("Nationality"),
    "persons": gettext_lazy("Guests"), "escorts": gettext_lazy("Drivers and escorts"), "arrival_on": gettext_lazy("Arrival"),
    "arrival_time": gettext_lazy("Arrival time"), "arrival_by": gettext_lazy("Arrives by"), "departure_on": gettext_lazy("Departure"),
    "departure_time": gettext_lazy("Departure time"), "departure_by": gettext_lazy("Leaves by"), "payment": gettext_lazy("Payment"),
    "payer_split": gettext_lazy("Who pays what"), "collection": gettext_lazy("Collection on behalf"),
    "details": gettext_lazy("Wake-up call, luggage"),
    "requests": gettext_lazy("Special requests"), "rate_confidential": gettext_lazy("The rate is confidential"),
    "contact_id": gettext_lazy("Booked by"), "agreement": gettext_lazy("Agreement"),
    "is_important": gettext_lazy("Important"), "important_reason": gettext_lazy("Why important"),
    "rooms": gettext_lazy("Rooms"), "meals": gettext_lazy("Meal plan"), "guests": gettext_lazy("Rooming list"),
    "escort_people": gettext_lazy("Escorts"),
}
SHOWN_DETAILS = ("wake_up", "luggage", "agents")
LONGEST = 12  # lines of a list shown; the rest is counted


def field_name(name: str) -> str:
    """What a field is called."""
    return str(FIELD_NAMES.get(name, name))


def shown(name: str, value: Any, types: Mapping[str, str]) -> list[str]:
    """A value as a change keeps it (shapes.plain), in words: one line for a plain field, one a row for a list.

    `types`: room type key -> its name.
    """
    if name in ("rooms", "meals", "guests", "escort_people"):
        return _cut([_row(name, row, types) for row in value or []])
    if isinstance(value, bool):
        return [_("yes") if value else _("no")]
    if value in (None, "", {}, []):
        return ["–"]
    if name == "payment":
        return [str(PAYMENT_NAMES.get(value, value))]
    if isinstance(value, dict):
        return [_pair(name, key, one) for key, one in value.items() if name != "details" or key in SHOWN_DETAILS] or ["–"]
    if name.endswith("_time"):
        return [str(value)[:5]]
    return [str(value)]


def difference(name: str, old: Any, new: Any, types: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """What was and what is, in words; of a list only the rows that are not in both."""
    if name not in ("rooms", "meals", "guests", "escort_people"):
        return shown(name, old, types), shown(name, new, types)
    before, after = ([_row(name, row, types) for row in value or []] for value in (old, new))
    gone, come = [one for one in before if one not in after], [one for one in after if one not in before]
    return _cut(gone), _cut(come)


def _cut(rows: list[str]) -> list[str]:
    return rows[:LONGEST] + ([_("and %(n)s more") % {"n": len(rows) - LONGEST}] if len(rows) > LONGEST else [])


def _pair(name: str, key: str, value: Any) -> str:
    if name == "payer_split":
        return f"{PAYER_NAMES.get(key, key)} {PAYER_NAMES.get(value, value)}"
    said = {
        "wake_up": _("Wake-up call"), "luggage": _("Luggage down"), "agents": _("The agents travel themselves"),
        "selling_rate": _("Collected from the guest, a night"),
        "due_back": _("Due back to the client, a night"),
    }
    return f"{said.get(key, key)} {(_('yes') if value else _('no')) if isinstance(value, bool) else value}"


def _day(text: Any) -> str:
    """A day kept as 2026-12-06, as people say it."""
    try:
        on = date.fromisoformat(str(text))
    except ValueError:
        return str(text)
    return wording.day(on, on, weekday=False)


def _row(name: str, row: Mapping[str, Any], types: Mapping[str, str]) -> str:
    if name == "rooms":
        kind = types.get(str(row["room_type_id"]), "?")
        use = "" if row.get("use") == "guest" else f" {USE_NAMES.get(str(row.get('use')), '')}"
        return f"{kind} × {row['rooms']}{use} {_day(row['from_on'])} – {_day(row['until_on'])}"
    if name == "meals":
        parts = [
            _day(row["on"]), MEAL_NAMES.get(row["meal"], row["meal"]), str(row.get("time") or "")[:5], row.get("place"),
            str(row["persons"]) + (f" + {row['escorts']}" if row.get("escorts") else ""), row.get("standard"), row.get("diet"),
        ]
        return " ".join(str(part) for part in parts if part)
    if name == "guests":
        parts = [
            row["name"], GENDER_NAMES.get(row.get("gender") or ""), row.get("nationality"), types.get(str(row.get("room_type_id"))),
            row.get("share"), row.get("room_number"), row.get("remarks"),
        ]
        return " ".join(str(part) for part in parts if part)
    return " ".join(str(part) for part in (ESCORT_NAMES.get(row["role"], row["role"]), row.get("name"), row.get("phone")) if part)
