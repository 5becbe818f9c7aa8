"""The file of a client: opened, changed, its people, and two files of the same client made one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from guiju.clients.models import Client, Contact, CreditEntry
from guiju.clients.names import initials_of
from guiju.clients.search import index
from guiju.house.models import Hotel, Person
from guiju.house.numbers import next_number
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Conflict, Invalid, Refusal

FIELDS = (
    "kind",
    "name",
    "name_en",
    "short_name",
    "tier",
    "lang",
    "phone",
    "fax",
    "email",
    "address",
    "tax_number",
    "seller",
    "remarks",
)
CONTACT_FIELDS = ("name", "title", "department", "phone", "fax", "email", "remarks")
LANGUAGES = ("zh-hans", "en")


@verb("clients.edit")
def add_client(hotel: Hotel, *, number: str = "", by: Actor, now: datetime, **values: Any) -> Client:
    """Open a file for a client: name and kind, optionally tier, telephone, seller and so on.

    Without a number the next of the series is taken. Raises Invalid at the field, also when
    the very same name has a file already.
    """
    clean = _clean(hotel.pk, values, None)
    if len(number.strip()) > 20:
        raise Invalid(errors={"number": [_("At most %(most)s characters.") % {"most": 20}]})
    try:
        with transaction.atomic():
            client: Client = Client.objects.create(
                hotel=hotel,
                number=number.strip() or _next(hotel.pk, now),
                initials=initials_of(clean["name"]),
                created_at=now,
                **clean,
            )
    except IntegrityError:
        raise Invalid(errors={"number": [_("This number is in use.")]}) from None
    index(client)
    name = {"name": (f"client:{client.pk}", client.name)}
    note("client.added", client, kind=client.kind, tier=client.tier, personal=name)
    return client


@verb("clients.edit")
def edit_client(client: Client, *, version: int, by: Actor, now: datetime, **values: Any) -> Client:
    """Change a client's file. Raises Invalid at the field, Conflict after another save, Refusal if merged."""
    _not_merged(client)
    clean = _clean(client.hotel_id, values, client)
    fields = sorted(name for name, value in clean.items() if value != getattr(client, name))
    if "name" in fields:
        clean["initials"] = initials_of(clean["name"])
    client.save_from(version, **clean)
    index(client)
    if fields:
        seller = str(client.seller_id) if "seller" in fields and client.seller_id else None
        note("client.changed", client, kind=client.kind, tier=client.tier, fields=fields, seller=seller)
    return client


@verb("clients.edit")
def add_contact(client: Client, *, by: Actor, now: datetime, **values: Any) -> Contact:
    """Add a person at the client. Raises Invalid at the field."""
    _not_merged(client)
    clean = _clean_contact(values, None)
    contact: Contact = Contact.objects.create(hotel_id=client.hotel_id, client=client, **clean)
    note("contact.added", client, contact, personal=_who(contact))
    return contact


@verb("clients.edit")
def edit_contact(contact: Contact, *, version: int, by: Actor, now: datetime, **values: Any) -> Contact:
    """Change a person at a client. Raises Invalid at the field, Conflict after another save."""
    clean = _clean_contact(values, contact)
    fields = sorted(name for name, value in clean.items() if value != getattr(contact, name))
    contact.save_from(version, **clean)
    if fields:
        note("contact.changed", contact.client, contact, personal=_who(contact), fields=fields)
    return contact


@verb("clients.edit")
def contact_left(contact: Contact, *, by: Actor, now: datetime) -> Contact:
    """The person is no longer there: kept in the record, no longer offered. Twice changes nothing."""
    gone = Contact.objects.filter(pk=contact.pk, left_at__isnull=True)
    if gone.update(left_at=now, version=F("version") + 1):
        note("contact.left", contact.client, contact)
    contact.refresh_from_db()
    return contact


@verb("clients.edit")
def merge_clients(client: Client, *, into: Client, version: int, by: Actor, now: datetime) -> Client:
    """Make two files of the same client one: contacts and credit in use go to `into`, this file points there.

    Raises Invalid for itself, a merged file or another hotel's; Refusal while this file is overdue or has an
    agreement, or when the other's credit limit cannot carry what is in use here; Conflict after another save.
    """
    _check_merge(client, into)
    rows = Client.objects.select_for_update().filter(pk__in=sorted([client.pk, into.pk], key=str))
    locked = {row.pk: row for row in rows.order_by("pk")}
    used = locked[client.pk].credit_used
    if locked[client.pk].version != version:
        raise Conflict(_("somebody saved this before you"), mine={}, theirs={}, version=locked[client.pk].version)
    if used:
        carried = Client.objects.filter(pk=into.pk, on_account=True, credit_used__lte=F("credit_limit") - used)
        if not carried.update(credit_used=F("credit_used") + used):
            text = _("%(used)s on credit is in use here, and the limit of %(name)s cannot carry it.")
            raise Refusal(text % {"used": used, "name": into.name}, code="credit")
    Contact.objects.of(client.hotel_id).filter(client=client).update(client=into, version=F("version") + 1)
    CreditEntry.objects.of(client.hotel_id).filter(client=client).update(client=into)
    Client.objects.of(client.hotel_id).filter(merged_into=client).update(merged_into=into)
    client.save_from(version, merged_into=into, credit_used=0, on_account=False)
    into.refresh_from_db()
    index(client)
    index(into)
    note("client.merged", client, ("client", str(into.pk)), into=str(into.pk))
    return into


def _check_merge(client: Client, into: Client) -> None:
    _not_merged(client)
    wrong = into.hotel_id != client.hotel_id or into.pk == client.pk or into.merged_into_id is not None
    if wrong:
        raise Invalid(errors={"into": [_("Choose another client that has a file of its own.")]})
    if client.overdue_since_on is not None:
        raise Refusal(_("This account is overdue. Clear it first."), code="overdue")
    if client.agreements.filter(ended_at__isnull=True).exists():
        raise Refusal(
            _("This client has an agreement. End it first, or merge the other way round."),
            code="agreement",
        )


# How it is done


def _next(hotel_id: UUID, now: datetime) -> str:
    """The next number of the series that no imported file has."""
    while True:
        number = next_number(hotel_id, "C", now=now)
        if not Client.objects.of(hotel_id).filter(number=number).exists():
            return number


def _who(contact: Contact) -> dict[str, tuple[str, str]]:
    """Name and telephone, kept under the contact's own key so that they can be erased."""
    key = f"contact:{contact.pk}"
    said = {"name": (key, contact.name), "phone": (key, contact.phone)}
    return {name: pair for name, pair in said.items() if pair[1]}


def _not_merged(client: Client) -> None:
    if client.merged_into_id is not None:
        raise Refusal(_("This client was merged into another."), code="merged")


def _clean(hotel_id: Any, values: Mapping[str, Any], present: Client | None) -> dict[str, Any]:
    clean, errors = _texts(Client, FIELDS, values)
    if not clean.get("name", getattr(present, "name", "")):
        errors["name"] = [_("This is needed.")]
    if "kind" in clean and clean["kind"] not in Client.Kind.values:
        errors["kind"] = [_("Choose the kind of client.")]
    if "lang" in clean and clean["lang"] not in LANGUAGES:
        errors["lang"] = [_("Choose Chinese or English.")]
    if "tier" in clean:
        clean["tier"] = clean["tier"].upper()
    seller = clean.get("seller")
    if seller is not None and not _works_here(hotel_id, seller):
        errors["seller"] = [_("This person does not work here.")]
    if "name" in clean and "name" not in errors:
        same = Client.objects.of(hotel_id).filter(name=clean["name"], merged_into__isnull=True)
        if (present is None or clean["name"] != present.name) and same.exists():
            errors["name"] = [_("There is a file of this name already.")]
    if errors:
        raise Invalid(errors=errors)
    return clean


def _works_here(hotel_id: Any, person: Person) -> bool:
    return person.appointments.filter(hotel_id=hotel_id, until_at__isnull=True).exists()


def _clean_contact(values: Mapping[str, Any], present: Contact | None) -> dict[str, Any]:
    clean, errors = _texts(Contact, CONTACT_FIELDS, values)
    if not clean.get("name", getattr(present, "name", "")):
        errors["name"] = [_("This is needed.")]
    if errors:
        raise Invalid(errors=errors)
    return clean


def _texts(model: Any, names: tuple[str, ...], values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The values by field, texts trimmed and measured; unknown names are errors."""
    clean: dict[str, Any] = {}
    errors: dict[str, list[str]] = {name: [_("There is no such field.")] for name in set(values) - set(names)}
    for name in names:
        if name not in values:
            continue
        value = values[name]
        if name == "seller":
            clean[name] = value
            continue
        clean[name] = str(value or "").strip()
        most = model._meta.get_field(name).max_length or 4000
        if len(clean[name]) > most:
            errors[name] = [_("At most %(most)s characters.") % {"most": most}]
    if clean.get("email"):
        try:
            validate_email(clean["email"])
        except ValidationError:
            errors["email"] = [_("This is no e-mail address.")]
    return clean, errors
