"""What programs send and get about events."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from guiju.api.shapes import Day, Given, Moment, Money, Short, VersionIn
from guiju.bookings.models import Booking
from guiju.clients.models import Client
from guiju.events import pricing
from guiju.events.models import Deposit, Event, EventFunction, EventLine, Menu
from guiju.events.shape import functions_of, lines_of, priced, sums
from guiju.house.asking import Asked
from guiju.house.models import Person
from guiju.shelf.errors import Invalid

Line200 = Annotated[str, Field(max_length=200)]
Kind = Literal["wedding", "banquet", "conference", "tea", "reception", "birthday", "other"]


class EventCard(Given):
    """What stands on an event's card; clients, bookings and sellers by their ids."""

    name: Short | None = None
    kind: Kind | None = None
    on: Day | None = None
    client: UUID | None = None
    booking: UUID | None = None
    seller: UUID | None = None
    organiser: Short | None = None
    contact: Annotated[str, Field(max_length=80)] | None = None
    phone: Annotated[str, Field(max_length=40)] | None = None
    lang: Literal["zh-hans", "en"] | None = None
    occasion: Line200 | None = None
    requests: Annotated[str, Field(max_length=2000)] | None = None
    banquet_host: Annotated[str, Field(max_length=80)] | None = None
    security: Line200 | None = None
    parking: Line200 | None = None
    luggage: Line200 | None = None
    flowers: Line200 | None = None
    staff_meals: Short | None = None
    driver_meals: Short | None = None
    payment: Short | None = None
    signers: Short | None = None
    service_percent: Annotated[Decimal, Field(ge=0, le=30, decimal_places=1)] | None = None


class EventIn(EventCard):
    """A new event."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    kind: Kind
    on: Day
    enquiry: UUID | None = None


class EventChange(EventCard, VersionIn):
    """What changes on the card."""


class EventFunctionIn(Given):
    """A function; `hall` by its id, empty for none. Set-up and clearing in minutes."""

    name: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    from_at: Moment | None = None
    until_at: Moment | None = None
    hall: UUID | None = None
    setup: Annotated[str, Field(max_length=20)] | None = None
    decoration: Annotated[str, Field(max_length=300)] | None = None
    expected_persons: Annotated[int, Field(ge=0, le=20_000)] | None = None
    expected_tables: Annotated[int, Field(ge=0, le=2_000)] | None = None
    spare_tables: Annotated[int, Field(ge=0, le=200)] | None = None
    setup_minutes: Annotated[int, Field(ge=0, le=2880)] | None = None
    turn_minutes: Annotated[int, Field(ge=0, le=2880)] | None = None


class EventLineIn(Given):
    """A line of the offer; with `menu` its name, dishes, basis and price are taken over unless given."""

    part: Literal["hall", "menu", "drinks", "equipment", "extra"] | None = None
    function: UUID | None = None
    menu: UUID | None = None
    text: Short | None = None
    text_en: Short | None = None
    details: Annotated[str, Field(max_length=3000)] | None = None
    department: Annotated[str, Field(max_length=30)] | None = None
    basis: Literal["table", "person", "piece"] | None = None
    quantity: Annotated[Decimal, Field(ge=0, lt=1_000_000, decimal_places=2)] | None = None
    price: Annotated[Decimal, Field(ge=0, lt=10_000_000, decimal_places=2)] | None = None


class EventHallIn(Given):
    """Until when the hall is an option; without it definite."""

    option_until_at: Moment | None = None


class EventQuoteIn(Given):
    """Until when the offer holds."""

    valid_until_on: Day
    remarks: Annotated[str, Field(max_length=1000)] = ""


class EventAgreedIn(Given):
    """What the client agreed with."""

    agreed_how: Line200


class EventCount(Given):
    """Persons and tables of a function."""

    function: UUID
    persons: Annotated[int, Field(ge=0, le=20_000)]
    tables: Annotated[int, Field(ge=0, le=2_000)] = 0


class EventCountsIn(Given):
    """The numbers of each function."""

    counts: Annotated[list[EventCount], Field(max_length=60)]


class EventUsed(Given):
    """What was used of a line charged by quantity."""

    line: UUID
    quantity: Annotated[Decimal, Field(ge=0, lt=1_000_000, decimal_places=2)]


class EventTookPlaceIn(EventCountsIn):
    """How many came, and what was used."""

    used: Annotated[list[EventUsed], Field(max_length=200)] = []


class EventAskIn(Given):
    """What the general manager should know."""

    text: Annotated[str, Field(max_length=500)] = ""


class EventSignIn(Given):
    """A sign, banner, menu or the like from the art workers."""

    item: Annotated[str, Field(max_length=20)]
    text_zh: Annotated[str, Field(max_length=500)] = ""
    text_en: Annotated[str, Field(max_length=500)] = ""
    size: Annotated[str, Field(max_length=60)] = ""
    material: Annotated[str, Field(max_length=60)] = ""
    place: Short = ""
    quantity: Annotated[int, Field(ge=1, le=999)] = 1
    due_at: Moment | None = None


class DepositIn(Given):
    """A deposit agreed with the client."""

    label: Annotated[str, Field(max_length=60)] = ""
    amount: Money
    due_on: Day


class DepositReceiptIn(Given):
    """What came, with its receipt."""

    amount: Money
    receipt: Annotated[str, Field(max_length=40)]
    how: Annotated[str, Field(max_length=40)] = ""
    on: Day | None = None


class EventCancelIn(VersionIn):
    """Why, who told us, how; `waive_charge`: no charge, for this reason."""

    reason: Line200
    told_by: Annotated[str, Field(max_length=80)]
    told_how: Literal["fax", "mail", "phone", "letter", "wechat", "front_desk", "system"]
    waive_charge: Line200 = ""


class EventFileIn(Given):
    """The event's file."""

    bill_number: Annotated[str, Field(max_length=40)] | None = None
    bill_received: Money | None = None
    occasion: Line200 | None = None
    requests: Annotated[str, Field(max_length=2000)] | None = None
    opinions: Annotated[str, Field(max_length=2000)] | None = None
    problems: Annotated[str, Field(max_length=2000)] | None = None
    rivals: Short | None = None
    again_on: Day | None = None


class EventArchiveIn(Given):
    """Where the file is kept."""

    place: Annotated[str, Field(max_length=80)]


class EventAgainIn(Given):
    """The day it is held next."""

    on: Day


class EventEncloseIn(Given):
    """A file as base64: contract, photo, bill or opinion."""

    what: Literal["contract", "photo", "bill", "opinion"]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    file: Annotated[str, Field(max_length=30_000_000)]
    caption: Short = ""


class MenuIn(Given):
    """A menu of the house; dishes one a line."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    name_en: Annotated[str, Field(max_length=60)] = ""
    basis: Literal["table", "person"]
    price: Annotated[Decimal, Field(ge=0, lt=1_000_000, decimal_places=2)]
    dishes: Annotated[str, Field(max_length=3000)]
    dishes_en: Annotated[str, Field(max_length=3000)] = ""


class MenuChange(VersionIn):
    """What changes of a menu."""

    name: Annotated[str, Field(max_length=60)] | None = None
    name_en: Annotated[str, Field(max_length=60)] | None = None
    basis: Literal["table", "person"] | None = None
    price: Annotated[Decimal, Field(ge=0, lt=1_000_000, decimal_places=2)] | None = None
    dishes: Annotated[str, Field(max_length=3000)] | None = None
    dishes_en: Annotated[str, Field(max_length=3000)] | None = None


class MenuOut(Schema):
    """A menu."""

    id: UUID
    version: int
    name: str
    name_en: str
    basis: str
    price: Decimal
    dishes: str
    dishes_en: str
    is_active: bool


class EventFunctionOut(Schema):
    """A function; `hall_state`: none, free (not held), option, definite."""

    id: UUID
    name: str
    from_at: datetime
    until_at: datetime
    hall: str
    hall_state: str
    setup: str
    decoration: str
    expected_persons: int
    expected_tables: int
    guaranteed_persons: int | None
    guaranteed_tables: int | None
    spare_tables: int
    actual_persons: int | None
    actual_tables: int | None


class EventLineOut(Schema):
    """A line of the offer with what it comes to now."""

    id: UUID
    part: str
    function: UUID | None
    text: str
    text_en: str
    details: str
    department: str
    basis: str
    quantity: Decimal
    price: Decimal | None
    amount: Decimal | None


class DepositOut(Schema):
    """A deposit."""

    id: UUID
    label: str
    amount: Decimal
    due_on: date
    received_on: date | None
    received_amount: Decimal | None
    receipt: str
    dropped: bool


class EventOut(Schema):
    """An event in the list."""

    id: UUID
    version: int
    number: str
    name: str
    kind: str
    state: str
    on: date
    client: str
    seller: str


class EventMore(EventOut):
    """An event with everything; sums are empty for whoever may not see prices."""

    starts_at: datetime | None
    ends_at: datetime | None
    organiser: str
    contact: str
    phone: str
    occasion: str
    requests: str
    guaranteed_at: datetime | None
    gm_signed_at: datetime | None
    again_on: date | None
    archive_place: str
    functions: list[EventFunctionOut]
    lines: list[EventLineOut]
    deposits: list[DepositOut]
    estimated: Decimal | None
    guaranteed: Decimal | None
    charged: Decimal | None


class EventQuotationOut(Schema):
    """A version of the quotation; `paper` is its paper."""

    number: int
    total: Decimal
    valid_until_on: date
    paper: UUID
    revision: int


class EventPartOut(Schema):
    """My department's part of an event."""

    event: UUID
    number: str
    name: str
    on: date
    copy_id: UUID
    signed: bool
    lines: list[dict[str, str]]


def card_in(request: Asked, data: EventCard, *, skip: set[str]) -> dict[str, Any]:
    """The card with its rows; raises Invalid for one of another hotel."""
    card = {name: value for name, value in data.dict(exclude=skip, exclude_unset=True).items() if value is not None or name in ("client", "booking")}
    hotel_id = request.actor.hotel_id
    for name, rows in (("client", Client.objects.of(hotel_id)), ("booking", Booking.objects.of(hotel_id)), ("seller", Person.objects.all())):
        if card.get(name) is not None:
            card[name] = rows.filter(pk=card[name]).first()
            if card[name] is None:
                raise Invalid(errors={name: ["unknown"]})
    return card


def short(event: Event) -> dict[str, Any]:
    """An event as the list has it."""
    return {
        "id": str(event.pk), "version": event.version, "number": event.number, "name": event.name, "kind": event.kind, "state": event.state,
        "on": event.on.isoformat(), "client": event.client.name if event.client else event.organiser, "seller": event.seller.name if event.seller else "",
    }


def whole(request: Asked, event: Event) -> dict[str, Any]:
    """An event with everything this reader may see."""
    lines, prices = lines_of(event), request.actor.may("events.prices")
    found = sums(event)
    moments = {name: at.isoformat() if (at := getattr(event, name)) else None for name in ("starts_at", "ends_at", "guaranteed_at", "gm_signed_at")}
    return {
        **short(event), **moments, **{name: getattr(event, name) for name in ("organiser", "contact", "phone", "occasion", "requests", "archive_place")},
        "again_on": event.again_on.isoformat() if event.again_on else None,
        "functions": [function_out(row) for row in functions_of(event)],
        "lines": [line_out(line, one if prices else None) for line, one in zip(lines, priced(event, lines), strict=True)],
        "deposits": [deposit_out(row) for row in event.deposits.order_by("due_on", "id")] if prices else [],
        **{level: str(found[level].total) if prices else None for level in pricing.LEVELS},
    }


def function_out(row: EventFunction) -> dict[str, Any]:
    """A function."""
    diary = row.diary
    plain = ("name", "setup", "decoration", "expected_persons", "expected_tables", "guaranteed_persons", "guaranteed_tables", "spare_tables",
             "actual_persons", "actual_tables")
    held = diary.state if diary is not None and diary.standing else "free"
    return {
        "id": str(row.pk), **{name: getattr(row, name) for name in plain}, "from_at": row.from_at.isoformat(), "until_at": row.until_at.isoformat(),
        "hall": row.hall.name if row.hall else "", "hall_state": held if row.hall_id else "none",
    }


def line_out(row: EventLine, sum_: pricing.Line | None = None) -> dict[str, Any]:
    """A line; its price and amount for whoever may see them."""
    plain = ("part", "text", "text_en", "details", "department", "basis")
    return {
        "id": str(row.pk), **{name: getattr(row, name) for name in plain}, "function": str(row.function_id) if row.function_id else None,
        "quantity": str(row.quantity), "price": str(row.price) if sum_ else None, "amount": str(sum_.amount(pricing.GUARANTEED)) if sum_ else None,
    }


def deposit_out(row: Deposit) -> dict[str, Any]:
    """A deposit."""
    return {
        "id": str(row.pk), "label": row.label, "amount": str(row.amount), "due_on": row.due_on.isoformat(), "receipt": row.receipt,
        "received_on": row.received_on.isoformat() if row.received_on else None, "dropped": row.dropped_at is not None,
        "received_amount": str(row.received_amount) if row.received_amount is not None else None,
    }


def menu_out(row: Menu) -> dict[str, Any]:
    """A menu."""
    plain = ("version", "name", "name_en", "basis", "dishes", "dishes_en", "is_active")
    return {"id": str(row.pk), **{name: getattr(row, name) for name in plain}, "price": str(row.price)}
