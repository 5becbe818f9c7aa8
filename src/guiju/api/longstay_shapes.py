"""What programs send and get about long-stay guests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from guiju.api.shapes import Day, Given, Moment, Money, Short, VersionIn, Whole
from guiju.clients.models import Client
from guiju.house.asking import Asked
from guiju.longstay.models import Apartment, Charge, GuestOrder, LongStay

Rent = Annotated[Decimal, Field(gt=0, lt=10_000_000, decimal_places=2)]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Said = Annotated[str, Field(min_length=1, max_length=300)]
Pays = Literal["transfer", "cash", "card", "on_account"]
Unit = Literal["room", "suite", "apartment"]


class LongStayOut(Schema):
    """A contract; send `version` back with a change."""

    id: UUID
    number: str
    version: int
    state: str
    guest: str
    client: UUID | None
    room: str
    unit: str
    from_on: date | None
    until_on: date | None
    rent: str | None
    prepayment: str | None
    deposit: str
    payment: str
    seller: str
    rent_agreed: bool
    credit_checked: bool | None = None
    terms_acknowledged_by: str
    signed: bool
    card_printed: bool
    unpaid_since: date | None
    late: bool
    left_on: date | None
    final_bill: str | None


class LetRoomOut(Schema):
    """A numbered room that is let for months."""

    id: UUID
    version: int
    number: str
    floor: int
    room_type: str
    unit: str
    rent: str
    remarks: str
    closed: bool


class ChargeOut(Schema):
    """What falls due."""

    id: UUID
    kind: str
    due_on: date
    until_on: date | None
    text: str
    amount: str
    paid: str
    paid_on: date | None


class FinanceCaseOut(Schema):
    """Finance asked to act."""

    id: UUID
    unpaid_since: date
    amount: str
    taken: bool
    outcome: str


class GuestOrderOut(Schema):
    """Flowers or fruit for a room."""

    id: UUID
    room: str
    what: str
    occasion: str
    department: str
    needed_at: str
    done: bool
    dropped: bool


class MonthlyListOut(Schema):
    """A monthly list and who has signed for it."""

    id: UUID
    month: str
    guests: int
    paper: UUID | None
    signed: list[str]
    open: list[str]


class WatchOut(Schema):
    """That there is a note, not what it says."""

    id: UUID
    closed: bool


class WatchText(WatchOut):
    """A note as it was opened; that it was is in the logbook."""

    text: str


class LetRoomIn(VersionIn):
    """A numbered room; `room_type` is a code."""

    number: Annotated[str, Field(max_length=10)]
    floor: Annotated[int, Field(ge=0, le=200)]
    room_type: Annotated[str, Field(max_length=12)]
    unit: Unit = "room"
    rent: Rent
    remarks: Annotated[str, Field(max_length=200)] = ""


class LongStayFields(Given):
    """The client card and the terms; what is missing may come later. `client` and `room` are ids."""

    client: UUID | None = None
    guest: Annotated[str, Field(max_length=60)] = ""
    nationality: Annotated[str, Field(max_length=40)] = ""
    companions: Annotated[str, Field(max_length=200)] = ""
    birthday: Annotated[date, Field(ge=date(1910, 1, 1), le=date(2100, 12, 31))] | None = None
    lunar_birthday: bool = False
    habits: Annotated[str, Field(max_length=300)] = ""
    address: Annotated[str, Field(max_length=200)] = ""
    contact: Annotated[str, Field(max_length=60)] = ""
    contact_phone: Annotated[str, Field(max_length=40)] = ""
    use: Literal["living", "office"] = "living"
    payment: Pays | Literal[""] = ""
    requests: Annotated[str, Field(max_length=500)] = ""
    room: UUID | None = None
    from_on: Day | None = None
    until_on: Day | None = None
    rent: Rent | None = None
    prepayment: Money | None = None
    deposit: Money = Decimal(0)


class LongStayIn(LongStayFields):
    """A contract begun, from a request or from nothing."""

    enquiry: UUID | None = None


class LongStayChange(LongStayFields):
    """The fields that are to be different, and the version they start from."""

    version: Whole | None = None


class QuotedIn(Given):
    """A room at a rent."""

    room: UUID
    rent: Rent


class RecommendIn(Given):
    """Rooms recommended on a request for a period."""

    rooms: Annotated[list[QuotedIn], Field(min_length=1, max_length=6)]
    from_on: Day
    until_on: Day


class QuotationIn(Given):
    """How the quotation leaves; without a text the house's own."""

    channel: Literal["mail", "fax", "letter", "call", "wechat"]
    to: Annotated[str, Field(max_length=200)] = ""
    body: Annotated[str, Field(max_length=8000)] = ""
    spoken_to: Annotated[str, Field(max_length=60)] = ""


class CreditCheckIn(Given):
    """What finance found out."""

    nature: Short
    standing: Literal["good", "fair", "poor"]
    found: Said


class TermsToldIn(Given):
    """Who took note of the payment rules."""

    by_whom: Name


class RentIn(Given):
    """Money that came in."""

    amount: Annotated[Decimal, Field(gt=0, lt=100_000_000, decimal_places=2)]
    on: Day
    kind: Literal["rent", "prepayment", "deposit"] = "rent"
    how: Pays = "transfer"
    reference: Annotated[str, Field(max_length=60)] = ""


class ChargeIn(Given):
    """Something else that falls due."""

    amount: Annotated[Decimal, Field(gt=0, lt=100_000_000, decimal_places=2)]
    due_on: Day
    text: Short


class TermsTalkIn(Given):
    """With whom, and what was said."""

    with_whom: Name
    text: Said


class TalkIn(TermsTalkIn):
    """A talk about the account."""

    kind: Literal["finance", "client", "guest"] = "finance"


class RenewalTalkIn(TermsTalkIn):
    """A talk about going on."""

    goes_on: bool


class RenewalIn(Given):
    """Until when and at what rent."""

    until_on: Day
    rent: Rent


class LeaveIn(Given):
    """Moving out."""

    on: Day
    deposit_back: Money = Decimal(0)
    opinion: Annotated[str, Field(max_length=300)] = ""


class OutcomeIn(Given):
    """What came of it."""

    outcome: Said


class GuestOrderIn(Given):
    """Flowers or fruit by a moment."""

    what: Literal["flowers", "fruit"]
    needed_at: Moment
    text: Annotated[str, Field(max_length=200)] = ""


class WatchIn(Given):
    """What was noticed."""

    text: Annotated[str, Field(min_length=1, max_length=2000)]


class SeenIn(Given):
    """What was seen."""

    text: Annotated[str, Field(min_length=1, max_length=500)]


class RecommendedOut(Schema):
    """What was recommended."""

    id: UUID
    rooms: list[str]


class QuotationOut(Schema):
    """The quotation as it was written."""

    reply: UUID
    body: str
    complete: bool


class AskedOut(LongStayOut):
    """A contract with the approval it waits for."""

    approval: UUID


class LongStayPaperOut(Schema):
    """A paper that was made."""

    paper: UUID


class RenewalOut(Schema):
    """A renewal put up for approval."""

    id: UUID
    from_on: date
    until_on: date
    rent: str


def stay_of(request: Asked, pk: UUID) -> LongStay:
    """The contract of that id, with what is told of it."""
    rows = LongStay.objects.select_related("hotel", "apartment__room_type", "client", "seller")
    return rows.pick(request.actor.hotel_id, pk)  # type: ignore[attr-defined,no-any-return]  # HotelRow's query set is not generic


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def brief(row: LongStay) -> dict[str, Any]:
    """A contract as programs read it."""
    return {
        "id": str(row.pk), "number": row.number, "version": row.version, "state": row.state, "guest": row.guest,
        "client": str(row.client_id) if row.client_id else None, "room": row.room, "unit": row.unit, "from_on": day(row.from_on),
        "until_on": day(row.until_on), "rent": _text(row.rent), "prepayment": _text(row.prepayment), "deposit": str(row.deposit),
        "payment": row.payment, "seller": row.seller.username, "rent_agreed": row.rent_agreed_at is not None,
        "terms_acknowledged_by": row.terms_acknowledged_by, "signed": row.signed_at is not None, "card_printed": row.card_printed_at is not None,
        "unpaid_since": day(row.stands_since_on), "late": row.late_since_on is not None, "left_on": day(row.left_on),
        "final_bill": _text(row.final_bill),
    }


def day(on: date | None) -> str | None:
    """A day as text."""
    return on.isoformat() if on else None


def again(request: Asked, row: LongStay) -> dict[str, Any]:
    """The contract as it stands after a step."""
    return brief(stay_of(request, row.pk))


def let_room(row: Apartment) -> dict[str, Any]:
    """A numbered room."""
    return {
        "id": str(row.pk), "version": row.version, "number": row.number, "floor": row.floor, "room_type": row.room_type.code, "unit": row.unit,
        "rent": str(row.rent), "remarks": row.remarks, "closed": row.closed_at is not None,
    }


def charge_out(row: Charge) -> dict[str, Any]:
    """A charge."""
    return {
        "id": str(row.pk), "kind": row.kind, "due_on": day(row.due_on), "until_on": day(row.until_on), "text": row.text, "amount": str(row.amount),
        "paid": str(row.paid), "paid_on": day(row.paid_on),
    }


def order_out(row: GuestOrder) -> dict[str, Any]:
    """An order."""
    return {
        "id": str(row.pk), "room": row.longstay.room, "what": row.what, "occasion": row.occasion, "department": row.department,
        "needed_at": row.needed_at.isoformat(), "done": row.done_at is not None, "dropped": row.dropped_at is not None,
    }


def values_of(request: Asked, data: Given) -> dict[str, Any]:
    """What was sent, with rows for ids."""
    given = data.dict(exclude_unset=True)
    for name in ("version", "enquiry"):
        given.pop(name, None)
    if "client" in given:
        given["client"] = Client.objects.pick(request.actor.hotel_id, given["client"]) if given["client"] else None
    if "room" in given:
        room = given.pop("room")
        given["apartment"] = Apartment.objects.pick(request.actor.hotel_id, room) if room else None
    return given
