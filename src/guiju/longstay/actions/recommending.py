"""The answer to a long-stay request: rooms by floor, kind and period, with their rent, in a quotation (longstay.recommend)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from guiju.enquiries import actions as enquiries
from guiju.enquiries.models import Enquiry, Reply
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.longstay import queries
from guiju.longstay.actions.numbered import MOST_RENT
from guiju.longstay.models import Apartment, Recommendation
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

MOST = 6  # rooms one letter recommends


@verb("longstay.edit")
def recommend(
    enquiry: Enquiry, *, rooms: Sequence[tuple[Apartment, Decimal]], from_on: date, until_on: date, by: Actor, now: datetime
) -> Recommendation:
    """Recommend numbered rooms at a rent for a period; the quotation says exactly these (letter.price-check).

    Raises Invalid for no room, a rent of nothing, a period turned round, a room that is taken on some of the nights.
    """
    if enquiry.kind != "longstay":
        raise Refusal(_("This is no long-stay request."), code="wrong_kind")
    errors: dict[str, list[str]] = {}
    if until_on <= from_on:
        errors["until_on"] = [_("The end must be after the beginning.")]
    if not 1 <= len(rooms) <= MOST:
        errors["rooms"] = [_("Choose between 1 and %(most)s rooms.") % {"most": MOST}]
    if not errors:
        free = {row.pk for row in queries.free_rooms(enquiry.hotel_id, from_on, until_on)}
        for room, rent in rooms:
            if room.pk not in free:
                errors["rooms"] = [_("Room %(number)s is not free for the whole period.") % {"number": room.number}]
            if not 0 < rent < MOST_RENT:
                errors["rooms"] = [_("A rent above zero, please.")]
    if errors:
        raise Invalid(errors=errors)
    row: Recommendation = Recommendation.objects.create(
        hotel_id=enquiry.hotel_id, enquiry=enquiry, by_id=by.person_id, at=now, from_on=from_on, until_on=until_on,
        rooms=[{"room": room.number, "apartment": str(room.pk), "rent": str(rent)} for room, rent in rooms],
    )
    note("longstay.recommended", enquiry, enquiry.client, rooms=len(rooms))
    return row


@verb("longstay.edit")
def letter(
    enquiry: Enquiry, *, channel: str, body: str = "", to: str = "", spoken_to: str = "", by: Actor, now: datetime
) -> Reply:
    """Send the quotation of what was recommended through the house's letters: mail, fax, letter, call. Raises Refusal before that."""
    row = queries.recommendation(enquiry.hotel_id, enquiry.pk)
    if row is None:
        raise Refusal(_("Recommend rooms first."), code="nothing_recommended")
    parts = {"offer": "rooms", "next_step": "contract"}
    if spoken_to:
        parts["spoken_to"] = spoken_to
    return enquiries.send_reply(
        enquiry, kind=Reply.Kind.QUOTATION, channel=channel, body=body.strip() or quotation(enquiry, row, by.name), to=to, parts=parts,
        subject_line=subject_line(enquiry), by=by, now=now,
    )


def subject_line(enquiry: Enquiry) -> str:
    """What the quotation is about, in the client's language."""
    with translation.override("en" if enquiry.lang.startswith("en") else "zh-hans"):
        return _("Our rooms for a long stay, our reference %(number)s") % {"number": enquiry.number}


def quotation(enquiry: Enquiry, row: Recommendation, seller: str) -> str:
    """The quotation in the client's language: rooms, the higher floors first, rent, period, what comes next."""
    english = enquiry.lang.startswith("en")
    with translation.override("en" if english else "zh-hans"):
        found = Apartment.objects.of(enquiry.hotel_id).select_related("room_type").in_bulk([one["apartment"] for one in row.rooms])
        rooms = {str(key): room for key, room in found.items()}
        lines = [
            _("Dear %(who)s,") % {"who": enquiry.contact_name or enquiry.client_name or _("Sir or Madam")},
            _("thank you for asking. For %(from)s to %(until)s we recommend:")
            % {"from": date_format(row.from_on, "DATE_FORMAT"), "until": date_format(row.until_on, "DATE_FORMAT")},
            "",
        ]
        for one in row.rooms:
            room = rooms[one["apartment"]]
            lines.append(
                _("Room %(room)s, floor %(floor)s, %(type)s: RMB %(rent)s a month.")
                % {"room": room.number, "floor": room.floor, "type": room.type_name, "rent": f"{Decimal(one['rent']):,.2f}".removesuffix(".00")}
                + (f" {room.remarks}" if room.remarks else "")
            )
        lines += ["", _("Tell us which room suits you: we then agree the terms and send the contract for signature."), ""]
        hotel = (enquiry.hotel.name_en if english else "") or enquiry.hotel.name
        return "\n".join([*lines, hotel, seller])


def quoted(enquiry: Enquiry) -> set[Decimal]:
    """The rents a quotation of this request may name: those recommended last."""
    row = queries.recommendation(enquiry.hotel_id, enquiry.pk)
    return {Decimal(one["rent"]) for one in row.rooms} if row else set()
