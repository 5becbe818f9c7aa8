"""Ordering art work, changing the order, cancelling it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from guiju.artwork.actions.steps import BEFORE_DELIVERY, MAKING, about_of, attrs_of, move, refuse_state, require_orderer
from guiju.artwork.models import ArtOrder
from guiju.house.facts import DEPARTMENTS
from guiju.house.models import Hotel
from guiju.house.numbers import next_number
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf import registry
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid

SERIES = "A"
FURTHEST = timedelta(days=800)
LONGEST = {"title": 120, "text_zh": 2000, "text_en": 2000, "size": 60, "material": 60, "place": 120}
WORDLESS = frozenset({"decoration", "photography", "other"})  # these need no text
SEEN_ON_PROOF = ("item", "text_zh", "text_en", "size", "material")  # a change of these needs a new proof
FIELDS = (*LONGEST, "item", "quantity", "from_at", "until_at", "due_at")


@verb("artwork.order")
def order(
    hotel: Hotel, *, about: Any = None, what: str, title: str = "", text_zh: str = "", text_en: str = "", size: str = "", material: str = "",
    quantity: int = 1, place: str = "", from_at: datetime | None = None, until_at: datetime | None = None, due_at: datetime,
    department: str = "", by: Actor, now: datetime,
) -> ArtOrder:
    """Order a piece of art work, for a row (or a pair kind, id) or for nothing in particular. Raises Invalid at each field."""
    card = {
        "item": what, "title": title, "text_zh": text_zh, "text_en": text_en, "size": size, "material": material, "quantity": quantity,
        "place": place, "from_at": from_at, "until_at": until_at, "due_at": due_at,
    }
    values, errors = checked(card, now)
    department = department or next(iter(sorted(by.departments)), "")
    if department not in DEPARTMENTS or not (by.everything or department in by.departments):
        errors["department"] = [_("Order for a department of your own.")]
    pair = about if about is None or isinstance(about, tuple) else about.subject
    if pair is not None and not registry.titles(hotel.pk, [(str(pair[0]), str(pair[1]))]):
        errors["about"] = [_("There is no such thing to order it for.")]
    if errors:
        raise Invalid(errors=errors)
    row = ArtOrder.objects.create(
        hotel=hotel, number=next_number(hotel.pk, SERIES, now=now, zone=hotel.zone), department=department, ordered_by_id=by.person_id,
        ordered_at=now, about_kind=pair[0] if pair else "", about_id=str(pair[1]) if pair else "", **values,
    )
    note("art.ordered", row, about_of(row), **attrs_of(row))
    return row


@verb("artwork.order")
def change(order: ArtOrder, *, card: Mapping[str, Any], version: int, by: Actor, now: datetime) -> ArtOrder:
    """Change an order before it is handed over; another text or size goes back to proof, work already done is done again.

    Raises Invalid at each field, Conflict when somebody saved before, NotAllowed for another department's order.
    """
    require_orderer(order, by)
    if order.state not in BEFORE_DELIVERY:
        refuse_state(order)
    whole = {field: card.get(field, getattr(order, field)) for field in FIELDS}
    values, errors = checked(whole, now, was=order)
    if errors:
        raise Invalid(errors=errors)
    changed = [field for field, value in values.items() if value != getattr(order, field)]
    if not changed:
        return order
    again = [field for field in changed if field in SEEN_ON_PROOF]
    state = order.state
    if again and state not in (ArtOrder.State.ORDERED, ArtOrder.State.TAKEN):
        state = ArtOrder.State.TAKEN
    elif "quantity" in changed and state == ArtOrder.State.MADE:
        state = ArtOrder.State.APPROVED if order.worded else ArtOrder.State.TAKEN
    moved: dict[str, Any] = {"state": state} if state != order.state else {}
    if moved:
        moved |= {"made_at": None, "checked_at": None, "checked_by_id": None}
    if again:
        moved |= {"approved_at": None, "approved_by_id": None, "approved_hash": ""}
    order.save_from(version, **{field: values[field] for field in changed}, **moved)
    note("art.changed", order, about_of(order), fields=changed, **attrs_of(order))
    if moved.get("state") and again:
        note("art.reopened", order, about_of(order), fields=again)
    return order


@verb("artwork.order")
def cancel(order: ArtOrder, *, reason: str, by: Actor, now: datetime) -> ArtOrder:
    """Cancel an order that was not handed over yet, with a reason. Raises Invalid, NotAllowed, Refusal."""
    require_orderer(order, by)
    why = reason.strip()
    if len(why) < 2:
        raise Invalid(errors={"reason": [_("A reason is needed.")]})
    move(order, *BEFORE_DELIVERY, state=ArtOrder.State.CANCELLED, cancelled_at=now, cancelled_reason=why[:300])
    note("art.cancelled", order, about_of(order), reason=why[:300])
    return order


def checked(card: Mapping[str, Any], now: datetime, *, was: ArtOrder | None = None) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """(clean values, what is wrong with each field) of an order's card."""
    errors: dict[str, list[str]] = {}
    values: dict[str, Any] = {name: _clean(str(card.get(name) or ""), "text" in name) for name in LONGEST}
    for name, most in LONGEST.items():
        if len(values[name]) > most:
            errors[name] = [_("At most %(n)s characters.") % {"n": most}]
    values["item"] = str(card.get("item") or "")
    if values["item"] not in ArtOrder.Item.values:
        errors["item"] = [_("What is to be made?")]
    elif not values["text_zh"] and not values["text_en"] and values["item"] not in WORDLESS:
        errors["text_zh"] = [_("What is to stand on it, character by character?")]
    quantity = card.get("quantity")
    values["quantity"] = quantity if isinstance(quantity, int) and 1 <= quantity <= 9999 else 1
    if values["quantity"] != quantity:
        errors["quantity"] = [_("A number from 1 to 9999.")]
    _moments(card, values, errors, now, was)
    return values, errors


def _moments(card: Mapping[str, Any], values: dict[str, Any], errors: dict[str, list[str]], now: datetime, was: ArtOrder | None) -> None:
    for name in ("from_at", "until_at", "due_at"):
        values[name] = card.get(name)
        if values[name] is not None and abs(values[name] - now) > FURTHEST:
            errors[name] = [_("This day is too far away. Is the year right?")]
    due, starts, ends = values["due_at"], values["from_at"], values["until_at"]
    if due is None:
        errors["due_at"] = [_("By when must it be ready?")]
    elif due <= now and (was is None or due != was.due_at):
        errors["due_at"] = [_("This moment is over already.")]
    elif starts is not None and due > starts:
        errors.setdefault("due_at", [_("It must be ready before it is put up.")])
    if ends is not None and ends <= (starts or due or now):
        errors.setdefault("until_at", [_("It ends before it begins.")])


def _clean(text: str, lines: bool) -> str:
    """Line ends of one kind, no blanks at the edges; one line where only one is wanted."""
    rows = [row.strip() for row in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    while rows and not rows[0]:
        rows.pop(0)
    while rows and not rows[-1]:
        rows.pop()
    return "\n".join(rows) if lines else " ".join(row for row in rows if row)


__all__ = ["MAKING", "cancel", "change", "checked", "order"]
