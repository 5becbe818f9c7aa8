"""What items are called, and whose the things are that checklists hang on: other rooms tell it here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

ITEMS: dict[str, Any] = {}  # "vip.room-check/fruit" or "fruit" -> "Fruit in the room"; an item nobody names shows its own id
# kind of subject -> (hotel, ids) -> id -> the person who keeps the plan: he may tick for another department, with a reason
KEEPERS: dict[str, Callable[[UUID, Iterable[str]], Mapping[str, UUID | None]]] = {}
PROOFS: dict[str, Any] = {"tick": "", "value": _("value"), "photo": _("photo"), "signature": _("signature")}


def bare(occurrence: str) -> str:
    """The item of a duty: without the number of a second opening ("parking:2/3" is "parking:2")."""
    head, slash, number = occurrence.rpartition("/")
    return head if slash and number.isdecimal() else occurrence


def name_of(clause: str, item: str) -> str:
    """An item in words; of a list with its element ("Parking space kept: 2")."""
    name, _colon, element = item.partition(":")
    words = ITEMS.get(f"{clause}/{name}") or ITEMS.get(name) or name
    return f"{words}: {element}" if element else str(words)
