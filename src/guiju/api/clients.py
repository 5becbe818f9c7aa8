"""Clients for programs: files, the people at a client, two files made one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Given, Short, VersionIn, Words
from guiju.clients import actions
from guiju.clients.models import Client, Contact
from guiju.clients.queries import asked_credit, people
from guiju.clients.search import search
from guiju.house.asking import Asked
from guiju.house.models import Person
from guiju.shelf.errors import Invalid

router = Router(tags=["clients"])


class ClientOut(Schema):
    """A client as programs see it; send `version` back with a change."""

    id: UUID
    number: str
    version: int
    kind: str
    name: str
    name_en: str
    short_name: str
    tier: str
    lang: str
    phone: str
    fax: str
    email: str
    address: str
    tax_number: str
    remarks: str
    seller: str | None
    on_account: bool
    credit_limit: str
    credit_used: str
    credit_days: int
    overdue_since_on: date | None
    overdue_amount: str
    merged_into: UUID | None


class ContactOut(Schema):
    """A person at a client."""

    id: UUID
    version: int
    name: str
    title: str
    department: str
    phone: str
    fax: str
    email: str
    remarks: str
    left: bool


class ClientMore(ClientOut):
    """A client with the people there, and the question about its credit that waits for a decision."""

    contacts: list[ContactOut]
    credit_asked: UUID | None


class ClientFields(Given):
    """A client's file; `seller` is a sign-in name."""

    kind: Literal["company", "agency", "ota", "government", "individual"] = "company"
    name_en: Short = ""
    short_name: Annotated[str, Field(max_length=40)] = ""
    tier: Annotated[str, Field(max_length=10)] = ""
    lang: Literal["zh-hans", "en"] = "zh-hans"
    phone: Annotated[str, Field(max_length=40)] = ""
    fax: Annotated[str, Field(max_length=40)] = ""
    email: Annotated[str, Field(max_length=254)] = ""
    address: Annotated[str, Field(max_length=200)] = ""
    tax_number: Annotated[str, Field(max_length=40)] = ""
    seller: Short | None = None
    remarks: Words = ""


class ClientIn(ClientFields):
    """A new file; without a number the next of the series is taken."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    number: Annotated[str, Field(max_length=20)] = ""


class ClientsIn(Given):
    """Several new files: all of them or none."""

    clients: Annotated[list[ClientIn], Field(min_length=1, max_length=5000)]


class ClientChange(ClientFields):
    """The fields that are to be different, and the version they start from."""

    version: int | None = None
    name: Annotated[str, Field(max_length=120)] = ""


class ContactIn(VersionIn):
    """A person at a client."""

    name: Annotated[str, Field(max_length=60)] = ""
    title: Annotated[str, Field(max_length=60)] = ""
    department: Annotated[str, Field(max_length=60)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    fax: Annotated[str, Field(max_length=40)] = ""
    email: Annotated[str, Field(max_length=254)] = ""
    remarks: Annotated[str, Field(max_length=200)] = ""


class MergeIn(VersionIn):
    """The file that stays."""

    into: UUID


def as_out(row: Client) -> dict[str, Any]:
    """A client in lists."""
    plain = ("kind", "name", "name_en", "short_name", "tier", "lang", "phone", "fax", "email", "address", "tax_number", "remarks")
    return {
        "id": str(row.pk), "number": row.number, "version": row.version, **{name: getattr(row, name) for name in plain},
        "seller": row.seller.username if row.seller else None, "on_account": row.on_account,
        "credit_limit": str(row.credit_limit), "credit_used": str(row.credit_used), "credit_days": row.credit_days,
        "overdue_since_on": row.overdue_since_on.isoformat() if row.overdue_since_on else None,
        "overdue_amount": str(row.overdue_amount), "merged_into": str(row.merged_into_id) if row.merged_into_id else None,
    }


def contact_out(row: Contact) -> dict[str, Any]:
    """A person at a client as programs see it."""
    plain = ("version", "name", "title", "department", "phone", "fax", "email", "remarks")
    return {"id": str(row.pk), **{name: getattr(row, name) for name in plain}, "left": row.left_at is not None}


def whole(row: Client) -> dict[str, Any]:
    """A client with its people."""
    asked = asked_credit(row)
    return {**as_out(row), "contacts": [contact_out(one) for one in people(row)], "credit_asked": str(asked.pk) if asked else None}


def client_of(request: Asked, pk: UUID) -> Client:
    """The client of this hotel, or 404."""
    row: Client = Client.objects.select_related("seller", "hotel", "merged_into").pick(request.actor.hotel_id, pk)
    return row


def _contact(request: Asked, pk: UUID) -> Contact:
    row: Contact = Contact.objects.select_related("client").pick(request.actor.hotel_id, pk)
    return row


def _values(request: Asked, data: Given) -> dict[str, Any]:
    values = {key: value for key, value in data.dict(exclude_unset=True).items() if key != "version"}
    if "seller" in values:
        values["seller"] = person_named(request, values["seller"], "seller") if values["seller"] else None
    return values


def person_named(request: Asked, username: str, field: str) -> Person:
    """Somebody of this hotel by sign-in name. Raises Invalid at the field."""
    row = Person.objects.filter(username__iexact=username, appointments__hotel=request.hotel).distinct().first()
    if row is None:
        raise Invalid(errors={field: [_("Nobody here signs in with this name.")]})
    return row


@router.get("", response={200: list[ClientOut], **PROBLEMS})
@reads("clients.view")
def find(request: Asked, q: str = Query("", max_length=80), limit: int = Query(50, ge=1, le=200)) -> Any:
    """Clients by part of a name, pinyin initials or number."""
    hotel_id = request.actor.hotel_id
    if q.strip():
        return [as_out(row) for row in search(hotel_id, q, limit)]
    rows = Client.objects.of(hotel_id).filter(merged_into=None).select_related("seller")
    return [as_out(row) for row in rows.order_by("-created_at", "-id")[:limit]]


@router.post("", response={201: ClientMore, **PROBLEMS})
@writes("clients.edit", 201)
def add(request: Asked, data: ClientIn) -> Any:
    """Open a file for a client."""
    return whole(actions.add_client(request.hotel, **_values(request, data), **step_of(request)))


@router.post("/import", response={201: list[ClientOut], **PROBLEMS})
@writes("clients.edit", 201)
def import_clients(request: Asked, data: ClientsIn) -> Any:
    """Open several files, or none when one of them is wrong."""
    rows = [(number, _values(request, one)) for number, one in enumerate(data.clients, 1)]
    return [as_out(row) for row in actions.import_clients(request.hotel, rows=rows, **step_of(request))]


@router.get("/{uuid:pk}", response={200: ClientMore, **PROBLEMS})
@reads("clients.view")
def read(request: Asked, pk: UUID) -> Any:
    """One client with the people there."""
    return whole(client_of(request, pk))


@router.patch("/{uuid:pk}", response={200: ClientMore, **PROBLEMS})
@writes("clients.edit")
def change(request: Asked, pk: UUID, data: ClientChange) -> Any:
    """Change a client's file; 409 with both when somebody saved before."""
    row, version = client_of(request, pk), version_of(request, data.version)
    actions.edit_client(row, version=version, **_values(request, data), **step_of(request))
    return whole(client_of(request, pk))


@router.post("/{uuid:pk}/merge", response={200: ClientMore, **PROBLEMS})
@writes("clients.edit")
def merge(request: Asked, pk: UUID, data: MergeIn) -> Any:
    """Make two files of the same client one: contacts and credit go to the other, which is answered."""
    version = version_of(request, data.version)
    into = actions.merge_clients(client_of(request, pk), into=client_of(request, data.into), version=version, **step_of(request))
    return whole(client_of(request, into.pk))


@router.post("/{uuid:pk}/contacts", response={201: ContactOut, **PROBLEMS})
@writes("clients.edit", 201)
def add_contact(request: Asked, pk: UUID, data: ContactIn) -> Any:
    """Add a person at the client."""
    return contact_out(actions.add_contact(client_of(request, pk), **_values(request, data), **step_of(request)))


@router.patch("/contacts/{uuid:pk}", response={200: ContactOut, **PROBLEMS})
@writes("clients.edit")
def change_contact(request: Asked, pk: UUID, data: ContactIn) -> Any:
    """Change a person at a client."""
    row, version = _contact(request, pk), version_of(request, data.version)
    return contact_out(actions.edit_contact(row, version=version, **_values(request, data), **step_of(request)))


@router.post("/contacts/{uuid:pk}/left", response={200: ContactOut, **PROBLEMS})
@writes("clients.edit")
def contact_left(request: Asked, pk: UUID) -> Any:
    """The person is no longer there."""
    return contact_out(actions.contact_left(_contact(request, pk), **step_of(request)))
