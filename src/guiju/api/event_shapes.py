"""What programs send and get about events."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

from guiju.api.shapes import Day, Given, Moment, Money, Short, VersionIn

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
