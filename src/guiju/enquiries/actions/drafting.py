"""A reply is drafted: from the points, the looked-up price and what is free, in the client's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.bookings.models import Booking
from guiju.enquiries import letters, offering, wanted
from guiju.enquiries.models import Enquiry, Reply
from guiju.enquiries.queries import live_booking
from guiju.house.models import Person
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rates import queries as rates
from guiju.rooms import queries as rooms
from guiju.rooms.models import RoomType
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid

CHANNELS = ("mail", "fax", "letter", "call", "wechat")
MOST_BODY = 20_000


@dataclass(frozen=True, slots=True)
class Known:
    """What a reply is written from."""

    types: list[RoomType]
    booking: Booking | None
    offer: offering.Offer


def signs_as(by: Actor, lang: str) -> str:
    """The writer's name as it stands under a letter: in English his English name, if he has one."""
    english = lang.startswith("en") and Person.objects.filter(pk=by.person_id).values_list("name_en", flat=True).first()
    return english or by.name


@verb("enquiries.reply")
def draft_reply(
    enquiry: Enquiry, *, kind: str, lang: str = "", reason: str = "", by: Actor, now: datetime
) -> dict[str, Any]:
    """Draft a reply in the client's language from points, looked-up price and what is free; it is kept."""
    if kind not in Reply.Kind.values:
        raise Invalid(errors={"kind": [_("Which kind of reply?")]})
    found = known(enquiry, now=now)
    draft = compose(enquiry, found, kind=kind, lang=lang, reason=reason, seller=signs_as(by, lang or enquiry.lang), now=now).as_dict()
    Enquiry.objects.of(enquiry.hotel_id).filter(pk=enquiry.pk).update(draft=draft)
    enquiry.draft = draft
    note("reply.drafted", enquiry, kind=kind)
    return draft


@verb("enquiries.reply")
def save_draft(
    enquiry: Enquiry,
    *,
    kind: str,
    lang: str,
    subject_line: str,
    body: str,
    parts: Mapping[str, Any],
    by: Actor,
    now: datetime,
) -> dict[str, Any]:
    """Keep a reply as it was edited, without sending it."""
    check_kind(kind, "mail")
    draft = letters.Draft(kind, lang, subject_line[:200], body[:MOST_BODY], dict(parts)).as_dict()
    Enquiry.objects.of(enquiry.hotel_id).filter(pk=enquiry.pk).update(draft=draft)
    enquiry.draft = draft
    note("reply.drafted", enquiry, kind=kind)
    return draft


def known(enquiry: Enquiry, *, now: datetime) -> Known:
    """What a reply is written from: room types, the booking there is, and the price looked up now."""
    types = rooms.open_types(enquiry.hotel_id)
    booking = live_booking(enquiry)
    offer = offering.offer_of(enquiry, booking, {row.pk: row for row in types}, now=now)
    return Known(types, booking, offer)


def compose(
    enquiry: Enquiry, of: Known, *, kind: str, lang: str = "", reason: str = "", seller: str, now: datetime
) -> letters.Draft:
    """The reply's text, from what is known; nothing is written."""
    others: list[list[Any]] = []
    if kind in ("regret", "counter_offer"):
        asked = wanted.inventory(wanted.room_lines(enquiry, of.types), of.types)
        found = rooms.alternatives(enquiry.hotel_id, asked) if asked else []
        others = [lines for lines in found if lines != asked]
    hold = of.booking.hold_until_at if of.booking else None
    if of.booking is None and kind in ("confirmation", "quotation") and enquiry.arrival_on:
        hold = rates.hold_until(enquiry.agreement, enquiry.arrival_on, now, enquiry.hotel)
    return letters.compose(
        enquiry,
        kind=kind,
        lang=lang or enquiry.lang,
        offer=of.offer,
        booking=of.booking,
        hold_until_at=hold,
        alternatives=others,
        reason=reason,
        seller=seller,
        now=now,
    )


def check_kind(kind: str, channel: str) -> None:
    """Raise Invalid unless there is such a kind and such a way."""
    errors = {}
    if kind not in Reply.Kind.values:
        errors["kind"] = [_("Which kind of reply?")]
    if channel not in CHANNELS:
        errors["channel"] = [_("By which way?")]
    if errors:
        raise Invalid(errors=errors)
