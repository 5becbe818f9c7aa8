"""A contract being made: the client card, the agreed rent, the credit check, the payment rules (longstay.credit-first, contact-card)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from guiju.clients.models import Client
from guiju.enquiries.models import Enquiry
from guiju.house.models import Hotel
from guiju.house.numbers import next_number
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.longstay import papers
from guiju.longstay.actions.numbered import MOST_RENT
from guiju.longstay.models import Apartment, CreditCheck, LongStay
from guiju.longstay.terms import about, attrs_of, personal_of
from guiju.papers.models import Paper
from guiju.rooms.lines import MOST_NIGHTS
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

State = LongStay.State
CARD = (
    "client", "guest", "nationality", "companions", "birthday", "lunar_birthday", "habits", "address", "contact", "contact_phone", "use",
    "requests", "payment",
)
TERMS = ("apartment", "from_on", "until_on", "rent", "prepayment", "deposit")
LIVING = (State.DRAFT, State.ASKED, State.IN_FORCE)


@verb("longstay.edit")
def draft(hotel: Hotel, *, enquiry: Enquiry | None = None, by: Actor, now: datetime, **values: Any) -> LongStay:
    """Begin a contract: the client card and what is known of room, period and money; what is missing may come later.

    Raises Invalid at the field.
    """
    clean = _clean(hotel.pk, values, None)
    if enquiry is not None and not clean.get("client"):
        clean["client"] = enquiry.client
    row: LongStay = LongStay.objects.create(
        hotel=hotel, number=next_number(hotel.pk, "KC", now=now, zone=hotel.zone), enquiry=enquiry,
        seller_id=clean.pop("seller_id", None) or by.person_id, created_at=now, **clean,
    )
    note("longstay.drafted", row, enquiry, row.client, personal=personal_of(row), **attrs_of(row))
    return row


@verb("longstay.edit")
def edit(stay: LongStay, *, version: int, by: Actor, now: datetime, **values: Any) -> LongStay:
    """Change the card; room, period and money only while the contract is being made (afterwards: a renewal).

    A changed rent must be agreed again. In force, the papers follow: departments whose fields changed sign again.
    """
    if stay.state not in LIVING:
        raise Refusal(_("This contract is over."), code="wrong_state")
    clean = {key: value for key, value in _clean(stay.hotel_id, values, stay).items() if getattr(stay, key) != value}
    if stay.state != State.DRAFT and set(clean) & set(TERMS):
        text = _("Room, period and money stand in the contract: take it back first, or renew.")
        raise Invalid(errors={name: [text] for name in sorted(set(clean) & set(TERMS))})
    more = {"rent_agreed_at": None} if "rent" in clean else {}
    stay.save_from(version, **clean, **more)
    if clean:
        note("longstay.changed", stay, fields=sorted(clean), personal=personal_of(stay) if "birthday" in clean else None, **attrs_of(stay))
    if clean and stay.state == State.IN_FORCE:
        for kind in papers.AT_SIGNING:
            papers.put_out(stay, kind, now=now)
    return stay


def _clean(hotel_id: Any, values: dict[str, Any], own: LongStay | None) -> dict[str, Any]:
    unknown = set(values) - {*CARD, *TERMS, "seller_id"}
    if unknown:
        raise Invalid(errors={name: [_("There is no such field.")] for name in sorted(unknown)})
    clean: dict[str, Any] = {key: value.strip() if isinstance(value, str) else value for key, value in values.items()}
    errors: dict[str, list[str]] = {}
    if ("guest" in clean and not clean["guest"]) or (own is None and not clean.get("guest")):
        errors["guest"] = [_("Who will live here?")]
    for name, kind in (("client", Client), ("apartment", Apartment)):
        row = clean.get(name)
        if isinstance(row, kind) and row.hotel_id != hotel_id:
            errors[name] = [_("There is no such thing here.")]
    begins = clean.get("from_on", own.from_on if own else None)
    ends = clean.get("until_on", own.until_on if own else None)
    if begins and ends and not 0 < (ends - begins).days <= MOST_NIGHTS:
        errors["until_on"] = [_("Between one and %(most)s nights.") % {"most": MOST_NIGHTS}]
    if clean.get("rent") is not None and not 0 < clean["rent"] < MOST_RENT:
        errors["rent"] = [_("A rent above zero, please.")]
    for name in ("prepayment", "deposit"):
        if clean.get(name) is not None and not 0 <= clean[name] < MOST_RENT * 10:
            errors[name] = [_("Nothing below zero, please.")]
    if clean.get("deposit", Decimal(0)) is None:
        clean["deposit"] = Decimal(0)
    if errors:
        raise Invalid(errors=errors)
    return clean


def _making(stay: LongStay) -> None:
    if stay.state not in (State.DRAFT, State.ASKED):
        raise Refusal(_("This contract is no longer being made."), code="wrong_state")


@verb("longstay.edit")
def agree_rent(stay: LongStay, *, by: Actor, now: datetime) -> LongStay:
    """The rent is agreed with the client (longstay.credit-first). Raises Invalid while none is named."""
    _making(stay)
    if stay.rent is None:
        raise Invalid(errors={"rent": [_("Which rent was agreed?")]})
    if LongStay.objects.filter(pk=stay.pk, rent_agreed_at__isnull=True).update(rent_agreed_at=now):
        note("longstay.rent_agreed", stay, rent=stay.rent)
    stay.refresh_from_db()
    return stay


@verb("longstay.credit")
def check_credit(stay: LongStay, *, nature: str, standing: str, found: str, by: Actor, now: datetime) -> CreditCheck:
    """Finance notes the company's nature and standing, and what that rests on (longstay.credit-first)."""
    _making(stay)
    errors = {}
    if not nature.strip():
        errors["nature"] = [_("What kind of company is it?")]
    if standing not in CreditCheck.Standing.values:
        errors["standing"] = [_("Good, fair or poor.")]
    if not found.strip():
        errors["found"] = [_("What does it rest on?")]
    if errors:
        raise Invalid(errors=errors)
    row: CreditCheck = CreditCheck.objects.create(
        hotel_id=stay.hotel_id, longstay=stay, nature=nature.strip(), standing=standing, found=found.strip(), by_id=by.person_id, at=now
    )
    note("longstay.credit_checked", stay, stay.client, standing=standing)
    return row


@verb("longstay.edit")
def acknowledge_terms(stay: LongStay, *, by_whom: str, by: Actor, now: datetime) -> LongStay:
    """The payment rules were explained, and somebody of the client's took note of them (longstay.payment-terms)."""
    if stay.state not in LIVING:
        raise Refusal(_("This contract is over."), code="wrong_state")
    if not by_whom.strip():
        raise Invalid(errors={"by_whom": [_("Who took note of them?")]})
    LongStay.objects.filter(pk=stay.pk).update(terms_told_at=now, terms_acknowledged_by=by_whom.strip()[:60])
    stay.refresh_from_db()
    note("longstay.terms_acknowledged", stay, personal={"by_whom": (about(stay), stay.terms_acknowledged_by)})
    return stay


@verb("longstay.edit")
def print_card(stay: LongStay, *, by: Actor, now: datetime) -> Paper:
    """Make the long-stay card, or its next revision (longstay.card). Raises Invalid without a birthday."""
    if stay.birthday is None:
        raise Invalid(errors={"birthday": [_("The card needs the birthday.")]})
    paper = papers.put_out(stay, "longstay_card", now=now)
    if LongStay.objects.filter(pk=stay.pk, card_printed_at__isnull=True).update(card_printed_at=now):
        note("longstay.card_printed", stay)
    stay.refresh_from_db()
    return paper


@verb("longstay.edit")
def drop(stay: LongStay, *, reason: str, by: Actor, now: datetime) -> LongStay:
    """The contract does not come about. Raises Invalid without a reason, Refusal once it waits for approval or is in force."""
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Say why: it goes into the record.")]})
    if not LongStay.objects.filter(pk=stay.pk, state=State.DRAFT).update(state=State.DROPPED, closed_reason=reason.strip()[:300]):
        raise Refusal(_("Only a contract being made can be dropped; take it back first."), code="wrong_state")
    note("longstay.dropped", stay, reason=reason.strip()[:300])
    stay.refresh_from_db()
    return stay
