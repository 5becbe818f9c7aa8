"""The menus of the house: what is on them and what a table or a person costs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from guiju.events.actions.steps import Errors, complain
from guiju.events.models import Menu
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.shelf.actor import Actor

CARD = ("name", "name_en", "basis", "price", "dishes", "dishes_en")


@verb("events.menus")
def add_menu(hotel: Hotel, *, card: Mapping[str, Any], by: Actor, now: datetime) -> Menu:
    """Put a menu into the library (`card`: CARD). Raises Invalid at the field."""
    row = Menu(hotel=hotel, **_clean(hotel.pk, card, None))
    row.save(force_insert=True)
    return row


@verb("events.menus")
def change_menu(row: Menu, *, version: int, card: Mapping[str, Any], by: Actor, now: datetime) -> Menu:
    """Change a menu; what was offered with it before keeps its dishes and price. Raises Conflict, Invalid at the field."""
    row.save_from(version, **_clean(row.hotel_id, card, row))
    return row


@verb("events.menus")
def close_menu(row: Menu, *, by: Actor, now: datetime) -> Menu:
    """Take a menu off the offer; where it was offered it stays. Twice changes nothing."""
    if row.is_active:
        row.save_from(row.version, is_active=False)
    return row


def _clean(hotel_id: Any, card: Mapping[str, Any], row: Menu | None) -> dict[str, Any]:
    errors: Errors = {}
    got = {key: card.get(key, getattr(row, key) if row is not None else "") for key in CARD}
    for key in ("name", "name_en"):
        got[key] = " ".join(str(got[key] or "").split())
        if len(got[key]) > 60:
            errors[key] = [_("At most %(most)s characters.") % {"most": 60}]
    others = Menu.objects.of(hotel_id).filter(name=got["name"], is_active=True)
    if not got["name"]:
        errors["name"] = [_("What is the menu called?")]
    elif (others.exclude(pk=row.pk) if row is not None else others).exists():
        errors["name"] = [_("There is a menu with this name.")]
    if got["basis"] not in Menu.Basis.values:
        errors["basis"] = [_("For a table or for a person?")]
    price = got["price"]
    if price in (None, "") or not 0 <= Decimal(str(price)) < 1_000_000:
        errors["price"] = [_("How much?")]
    for key in ("dishes", "dishes_en"):
        got[key] = "\n".join(line.strip() for line in str(got[key] or "").splitlines() if line.strip())
        if len(got[key]) > 3000:
            errors[key] = [_("At most %(most)s characters.") % {"most": 3000}]
    if not got["dishes"]:
        errors["dishes"] = [_("Which dishes? One a line.")]
    complain(errors)
    return got
