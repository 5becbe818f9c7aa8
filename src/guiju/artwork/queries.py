"""Reading art orders: the list by due time, one with its proofs, what a page is about, what is worth a second look in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.artwork.models import ArtOrder
from guiju.papers.queries import sees_all
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Missing

State = ArtOrder.State
TO_MAKE = (State.ORDERED, State.TAKEN, State.RETURNED, State.APPROVED, State.MADE)  # the art workers' turn
WITH_US = (*TO_MAKE, State.PROOF)
MOST = 200
MOST_EXPORTED = 20_000
VIEWS = ("open", "mine", "standing", "done")


def seen_by(actor: Actor) -> QuerySet[ArtOrder]:
    """The orders this person may see: PR, sales and the GM's office all of them, a department its own."""
    rows = ArtOrder.objects.of(actor.hotel_id)
    return rows if sees_all(actor) else rows.filter(department__in=actor.departments)


def pick(actor: Actor, pk: Any) -> ArtOrder:
    """One order with its people. Raises Missing for one he may not see."""
    rows = ArtOrder.objects.select_related("ordered_by", "worker", "approved_by", "checked_by", "signed_by", "photo", "hotel")
    row: ArtOrder = rows.pick(actor.hotel_id, pk)
    if not sees_all(actor) and row.department not in actor.departments:
        raise Missing("no such art order")
    return row


def standing(now: datetime) -> Q:
    """What hangs or stands somewhere now and has to come down."""
    return Q(state__in=(State.DELIVERED, State.SIGNED), until_at__isnull=False)


def listed(actor: Actor, view: str, now: datetime, *, item: str = "", text: str = "") -> QuerySet[ArtOrder]:
    """The orders of a view, soonest due first; the finished ones latest first."""
    rows = seen_by(actor).select_related("ordered_by", "worker")
    if item in ArtOrder.Item.values:
        rows = rows.filter(item=item)
    if text:
        rows = rows.filter(_said(text) | Q(place__icontains=text))
    if view == "mine":
        mine = Q(worker_id=actor.person_id, state__in=WITH_US)
        asked = Q(department__in=actor.departments, state__in=(State.PROOF, State.DELIVERED))
        return rows.filter(mine | asked).order_by("due_at", "id")
    if view == "standing":
        return rows.filter(standing(now)).order_by("until_at", "id")
    if view == "done":
        over = Q(state__in=(State.DOWN, State.CANCELLED)) | Q(state=State.SIGNED, until_at__isnull=True)
        return rows.filter(over).order_by("-ordered_at", "-id")
    return rows.filter(state__in=(*WITH_US, State.DELIVERED)).order_by("due_at", "id")


def about(hotel_id: UUID, subject: tuple[str, str]) -> list[ArtOrder]:
    """What was ordered for this, in order of when it must be ready: one query."""
    rows = ArtOrder.objects.of(hotel_id).filter(about_kind=subject[0], about_id=str(subject[1]))
    return list(rows.exclude(state=State.CANCELLED).order_by("due_at", "id")[:30])


def titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Art order id -> (number and what it is, page): one query."""
    rows = ArtOrder.objects.of(hotel_id).filter(pk__in=keys_of(ids)).only("number", "item", "title")
    return {str(row.pk): (str(row), reverse("artwork:order", args=[row.pk])) for row in rows}


def briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Art order id -> number and kind of work, without anybody's name."""
    rows = ArtOrder.objects.of(hotel_id).filter(pk__in=keys_of(ids)).only("number", "item")
    return {str(row.pk): f"{row.number} {row.get_item_display()}" for row in rows}


def keys_of(ids: Iterable[str]) -> list[UUID]:
    """Those of the ids that can be rows at all."""
    found = []
    for text in ids:
        try:
            found.append(UUID(str(text)))
        except ValueError:
            continue
    return found


def find(actor: Actor, text: str, limit: int) -> list[tuple[str, str, str, str]]:
    """Art orders by number, occasion or text, newest first."""
    rows = seen_by(actor).filter(_said(text)).order_by("-ordered_at", "-id")
    return [(str(row), str(row.get_state_display()), reverse("artwork:order", args=[row.pk]), "pen") for row in rows[:limit]]


def _said(text: str) -> Q:
    return Q(number__icontains=text) | Q(title__icontains=text) | Q(text_zh__icontains=text) | Q(text_en__icontains=text)


def count(actor: Actor, now: datetime) -> tuple[int, bool]:
    """What waits for me, and whether any of it is late: the art workers' whole list, an ordering department's proofs and deliveries."""
    rows = ArtOrder.objects.of(actor.hotel_id)
    wanted = Q(pk__in=[])
    if actor.may("artwork.make"):
        wanted |= Q(state__in=TO_MAKE)
    wanted |= Q(department__in=actor.departments, state__in=(State.PROOF, State.DELIVERED))
    due = list(rows.filter(wanted).values_list("state", "due_at")[:500])
    return len(due), any(at < now and state != State.DELIVERED for state, at in due)


def seal(order: ArtOrder, now: datetime, *, makes: bool) -> str:
    """The seal of an order in the list: done, free, waiting for somebody else, or by its time."""
    if order.state in (State.SIGNED, State.DOWN):
        return "done"
    if order.state == State.CANCELLED:
        return "free"
    if order.state == State.DELIVERED or (makes and order.state == State.PROOF):
        return "wait"
    if order.due_at < now:
        return "late"
    hours = (order.due_at - now).total_seconds() / 3600
    if hours <= 1:
        return "soon"
    return "due" if timezone.localtime(order.due_at).date() == timezone.localtime(now).date() else "next"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, with the number of its characters (blanks not counted)."""

    text: str
    signs: int


def lines_of(text: str) -> list[Line]:
    """The text line by line, counted, for reading it character by character."""
    return [Line(row, sum(not sign.isspace() for sign in row)) for row in text.split("\n")] if text else []


PAIRS = {"（": "）", "(": ")", "《": "》", "“": "”", "‘": "’", "【": "】", "「": "」", "[": "]"}
FIGURES = re.compile(r"\d+")


def worth_a_look(text_zh: str, text_en: str) -> list[str]:
    """What a proofreader's eye slides over: signs nobody sees, brackets left open, double blanks, figures only in one language."""
    found = []
    for text in (text_zh, text_en):
        hidden = sorted({f"U+{ord(sign):04X}" for sign in text if unicodedata.category(sign) in ("Cf", "Co", "Cn") or sign == "\ufffd"})
        if hidden:
            found.append(_("There are signs in it that nobody sees: %(signs)s.") % {"signs": ", ".join(hidden)})
        for opens, closes in PAIRS.items():
            if text.count(opens) != text.count(closes):
                found.append(_("%(opens)s and %(closes)s do not match.") % {"opens": opens, "closes": closes})
        if "  " in text or "\u3000 " in text:
            found.append(_("Two blanks stand side by side."))
    if re.search(r"[\u4e00-\u9fff][,;:!?]", text_zh):
        found.append(_("A narrow comma or full stop stands among Chinese characters."))
    if text_zh and text_en:
        only = sorted({*FIGURES.findall(text_zh)} ^ {*FIGURES.findall(text_en)}, key=int)
        if only:
            found.append(_("Figures that stand in one language only: %(figures)s.") % {"figures": ", ".join(only)})
    return found


def filters_in(given: Mapping[str, Any]) -> dict[str, str]:
    """The view and filters of the list's address."""
    view = str(given.get("view", ""))
    return {
        "view": view if view in VIEWS else "open", "item": str(given.get("item", ""))[:15], "q": str(given.get("q", "")).strip()[:80],
    }
