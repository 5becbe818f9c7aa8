"""The text of a reply in the client's language: confirmation, quotation, counter-offer, regret.

The lines of a confirmation are those of a hotel's fax confirmation: to, date, booking, guest, tour code,
arrival and departure, rooms, rates, meals, payment, remarks, what to note, signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.bookings.models import Booking
from guiju.enquiries.models import Enquiry
from guiju.enquiries.offering import Offer, OfferLine
from guiju.house.models import Hotel
from guiju.rooms.lines import Line

MEALS = {"breakfast": N_("breakfast"), "lunch": N_("lunch"), "dinner": N_("dinner")}
PAYMENTS = {
    "cash": N_("Settled by the guest before departure"),
    "on_account": N_("On your account, by agreement"),
    "transfer": N_("By transfer before arrival; please fax the bank slip"),
    "voucher": N_("By your voucher"),
    "prepaid": N_("Prepaid"),
}
SUBJECTS = {
    "confirmation": N_("Confirmation of your booking"),
    "quotation": N_("Our quotation"),
    "counter_offer": N_("What we can offer you"),
    "regret": N_("About your request"),
}


@dataclass(slots=True)
class Draft:
    """A reply as drafted: text, and the parts that make it complete."""

    kind: str
    lang: str
    subject_line: str
    body: str
    parts: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """As the enquiry keeps it."""
        return {
            "kind": self.kind,
            "lang": self.lang,
            "subject_line": self.subject_line,
            "body": self.body,
            "parts": self.parts,
        }


def compose(
    enquiry: Enquiry,
    *,
    kind: str,
    lang: str,
    offer: Offer,
    booking: Booking | None = None,
    hold_until_at: datetime | None = None,
    alternatives: Sequence[Sequence[Line]] = (),
    reason: str = "",
    seller: str,
    now: datetime,
) -> Draft:
    """Write the reply; the reader may change it before it leaves."""
    with translation.override("en" if lang.startswith("en") else "zh-hans"):
        zone = ZoneInfo(enquiry.hotel.zone)
        hold = _moment(hold_until_at, zone) if hold_until_at else ""
        says = {
            "confirmation": lambda: _confirmation(enquiry, offer, booking, hold),
            "quotation": lambda: _quotation(enquiry, offer, hold),
            "counter_offer": lambda: _counter_offer(alternatives, hold),
            "regret": lambda: _regret(alternatives, reason),
        }[kind]
        lines, parts = says()
        hotel = (enquiry.hotel.name_en if lang.startswith("en") else "") or enquiry.hotel.name
        body = "\n".join(
            [
                *_opening(enquiry, zone),
                "",
                *lines,
                "",
                *_signature(hotel, seller, now.astimezone(zone).date()),
            ]
        )
        subject = _("%(what)s, %(dates)s, our reference %(number)s") % {
            "what": _(SUBJECTS[kind]),
            "dates": _stay(enquiry),
            "number": booking.number if booking else enquiry.number,
        }
    return Draft(kind, lang, subject[:200], body, parts)


def _opening(enquiry: Enquiry, zone: ZoneInfo) -> list[str]:
    who = enquiry.contact_name or enquiry.client_name or _("Sir or Madam")
    thanks = _("Thank you for your request of %(moment)s.") % {"moment": _moment(enquiry.received_at, zone)}
    return [_("Dear %(who)s,") % {"who": who}, thanks]


def _signature(hotel: str, seller: str, on: date) -> list[str]:
    return [_("%(hotel)s, Sales Department") % {"hotel": hotel}, seller, _day(on)]


def _confirmation(
    enquiry: Enquiry, offer: Offer, booking: Booking | None, hold: str
) -> tuple[list[str], dict[str, Any]]:
    lines = [_("We confirm:"), *_facts(enquiry, offer, booking)]
    if booking is not None:
        lines.append(_label(_("Payment"), _(PAYMENTS.get(booking.payment, booking.payment))))
    terms = str((booking.decision if booking else enquiry.decision).get("terms") or "")
    if terms:
        lines.append(_label(_("Terms"), terms))
    lines += ["", _("Please note: prices are in RMB. Rooms are ready from 14:00 and to be left by 12:00.")]
    step = (
        _(
            "Without deposit or guarantee the rooms are kept until %(moment)s; "
                "please confirm in writing before then."
        )
        % {"moment": hold}
        if hold
        else _("For questions please ask the undersigned, naming our reference.")
    )
    return [*lines, step], {"offer": _summary(offer), "next_step": step}


def _quotation(enquiry: Enquiry, offer: Offer, hold: str) -> tuple[list[str], dict[str, Any]]:
    lines = [_("We are pleased to quote:"), *_facts(enquiry, offer, None)]
    terms = str(enquiry.decision.get("terms") or "")
    if terms:
        lines.append(_label(_("Terms"), terms))
    step = (
        _("Please let us know in writing by %(moment)s whether we may book.") % {"moment": hold}
        if hold
        else _("Please let us know in writing whether we may book; no rooms are held until then.")
    )
    return [*lines, "", step], {"offer": _summary(offer), "next_step": step}


def _counter_offer(alternatives: Sequence[Sequence[Line]], hold: str) -> tuple[list[str], dict[str, Any]]:
    offers = [say_lines(lines) for lines in alternatives]
    step = _("Please tell us which of these suits you, so that we can book it.")
    lines = [
        _("What you asked for is not free in full. We can offer instead:"),
        *(f"- {one}" for one in offers),
        "",
        step,
    ]
    return lines, {"alternative": _("; ").join(offers), "next_step": step}


def _regret(alternatives: Sequence[Sequence[Line]], reason: str) -> tuple[list[str], dict[str, Any]]:
    offers = [say_lines(lines) for lines in alternatives]
    lines = [
        _("To our regret we cannot take this booking: %(reason)s") % {"reason": reason}
        if reason
        else _("To our regret we cannot take this booking.")
    ]
    if offers:
        lines += [_("Perhaps this would do:"), *(f"- {one}" for one in offers)]
    return lines, {"reason": reason, "alternative": _("; ").join(offers)}


def _facts(enquiry: Enquiry, offer: Offer, booking: Booking | None) -> list[str]:
    arrival = booking.arrival_on if booking else enquiry.arrival_on
    departure = booking.departure_on if booking else enquiry.departure_on
    lines = []
    if booking is not None:
        lines += [_label(_("Booking"), booking.number), _label(_("Guest or group"), booking.name)]
        if booking.tour_code:
            lines.append(_label(_("Tour code"), booking.tour_code))
    if arrival and departure:
        lines.append(_label(_("Arrival"), _day(arrival)))
        lines.append(_label(_("Departure"), _day(departure)))
    rooms = [line for line in offer.lines if line.room_type is not None]
    for line in rooms:
        lines.append(_label(_("Rooms"), _room_line(line)))
    for line in offer.lines:
        if line.meal is not None:
            lines.append(_label(_("Meals"), _meal_line(line)))
    if offer.free_beds:
        lines.append(_label(_("Free beds"), str(offer.free_beds)))
    if offer.lines:
        lines.append(_label(_("In all"), _rmb(offer.total)))
    return lines


def _room_line(line: OfferLine) -> str:
    assert line.room_type is not None
    rates = _(", ").join(
        _("from %(day)s %(amount)s a night")
        % {"day": _day(date.fromisoformat(night)), "amount": _rmb(Decimal(amount))}
        for night, amount, _basis in line.steps
    )
    text = _("%(type)s × %(rooms)s: %(rates)s") % {
        "type": line.room_type.shown,
        "rooms": line.rooms,
        "rates": rates,
    }
    if line.use != "guest":
        return text
    return text + (_(", breakfast included") if line.breakfasts else _(", without breakfast"))


def _meal_line(line: OfferLine) -> str:
    assert line.meal is not None
    return _("%(day)s %(meal)s, %(persons)s persons, %(amount)s") % {
        "day": _day(line.meal.on),
        "meal": _(MEALS.get(line.meal.meal, line.meal.meal)),
        "persons": line.meal.persons,
        "amount": _rmb(line.total),
    }


def say_lines(lines: Sequence[Line]) -> str:
    """Rooms and nights of an alternative in one line, in the language in force."""
    return _(", ").join(
        _("%(type)s × %(rooms)s, %(from)s to %(until)s")
        % {
            "type": line.room_type.shown,
            "rooms": line.rooms,
            "from": _day(line.from_on),
            "until": _day(line.until_on),
        }
        for line in lines
    )


def _summary(offer: Offer) -> str:
    rooms = [f"{line.room_type.shown} × {line.rooms}" for line in offer.lines if line.room_type is not None]
    return f"{', '.join(rooms)}, {_rmb(offer.total)}" if rooms else ""


def _stay(enquiry: Enquiry) -> str:
    if not (enquiry.arrival_on and enquiry.departure_on):
        return enquiry.client_name or "-"
    return _("%(first)s to %(last)s") % {"first": _day(enquiry.arrival_on), "last": _day(enquiry.departure_on)}


def _label(label: str, text: str) -> str:
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def _rmb(amount: Decimal) -> str:
    value = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return _("RMB %(amount)s") % {"amount": value}


def _day(on: date) -> str:
    return date_format(on, _("j F Y"))


def _moment(at: datetime, zone: ZoneInfo) -> str:
    there = at.astimezone(zone)
    return _("%(clock)s on %(day)s") % {"clock": f"{there:%H:%M}", "day": _day(there.date())}


def letterhead(hotel: Hotel, lang: str) -> str:
    """The house's address and numbers under its name, in the language of the letter."""
    with translation.override(lang):
        parts = [hotel.address, _("Tel. %(number)s") % {"number": hotel.phone} if hotel.phone else "",
                 _("Fax %(number)s") % {"number": hotel.fax} if hotel.fax else "", hotel.email]
        return "  ".join(part for part in parts if part)
