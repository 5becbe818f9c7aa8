"""What the pages of drafts share: the draft itself, its form fields, its version, the way back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.editions.fields import Field, Group, every
from guiju.editions.models import Draft
from guiju.house.asking import Asked
from guiju.shelf.errors import Invalid

LOCAL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")


def draft_of(request: Asked, pk: UUID) -> Draft:
    """The draft of this hotel. Raises Missing."""
    found: Draft = Draft.objects.select_related("base", "hotel").pick(request.actor.hotel_id, pk)
    return found


def version(request: Asked) -> int:
    """The version that the form was made from. Raises Invalid."""
    text = request.POST.get("version", "")
    if not text.isdecimal() or len(text) > 9:
        raise Invalid(errors={"version": [_("Open the page again.")]})
    return int(text)


def step(request: Asked) -> dict[str, Any]:
    """Who, when."""
    return {"by": request.actor, "now": request.now}


def to(name: str, *args: Any) -> HttpResponse:
    """To a page of this room."""
    return HttpResponseRedirect(reverse(f"editions:{name}", args=args))


def entered(request: Asked, groups: list[Group]) -> dict[str, Any]:
    """What the form says of each field, as the verbs take it; a field that was not sent stays as it is."""
    out = {}
    for path, one in every(groups).items():
        value = _entered(request, path, one)
        if value is not None:
            out[path] = value
    return out


def _entered(request: Asked, path: str, one: Field) -> Any:
    asked = request.POST
    if one.kind == "names":
        return asked.getlist(path) if f"{path}:there" in asked else None
    if one.kind == "escalates":
        at, to_ = asked.getlist(f"{path}:at"), asked.getlist(f"{path}:to")
        rows = [(left, right) for left, right in zip(at, to_, strict=False) if left.strip()]
        return {"at": [_share(left) for left, _right in rows], "to": [right for _left, right in rows]} if at else None
    text = asked.get(path)
    if text is None:
        return None
    text = text.strip()
    if one.kind == "length":
        return f"{text}{_spaced(asked.get(f'{path}:u', 'm'))}"
    if one.kind == "offset":
        clock = asked.get(f"{path}:t", "").strip()
        length = f"{'-' if asked.get(f'{path}:d') == '-' else ''}{text}{_spaced(asked.get(f'{path}:u', 'm'))}" if text and text != "0" else ""
        return " ".join(part for part in (length, clock) if part) or "0m"
    return text


def _spaced(unit: str) -> str:
    return f" {unit}" if len(unit) > 1 else unit


def _share(text: str) -> str:
    """75 is 75 %."""
    text = text.strip()
    return f"{text}%" if text.isdecimal() else text


def again(request: Asked, groups: list[Group], errors: Mapping[str, list[str]]) -> None:
    """Put what was entered and what is wrong with it back into the fields."""
    for path, one in every(groups).items():
        value = _entered(request, path, one)
        if value is not None:
            one.value = value
        one.errors = list(errors.get(path, []))
