"""A person checks the points that were read, corrects them, and says which client it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.clients.models import Client, Contact
from guiju.enquiries import points
from guiju.enquiries.actions.taking import LIVE, attrs_of
from guiju.enquiries.models import Enquiry
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rates import queries as rates
from guiju.rooms import queries as rooms
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal
from guiju.shelf.wording import local

KINDS = ("fit", "group", "series", "longstay", "function")


@verb("enquiries.handle")
def confirm_fields(
    enquiry: Enquiry, *, names: Iterable[str], version: int | None = None, by: Actor, now: datetime
) -> Enquiry:
    """Say that these points are right as read.

    Raises Invalid for an unknown or empty one, Conflict if someone was first.
    """
    _still_open(enquiry)
    fields, done = dict(enquiry.fields), 0
    for name in names:
        if name not in fields:
            raise Invalid(errors={name: [_("There is no such point.")]})
        if fields[name].get("value") in (None, "", {}, []) and points.canonical(name) in points.NEEDED:
            raise Invalid(errors={name: [_("Nothing was read here. Please write it in.")]})
        done += not points.is_settled(fields[name])
        fields[name] = _checked(fields[name], by, now)
    _save(enquiry, version, fields=fields)
    note("enquiry.confirmed_fields", enquiry, fields=done)
    return enquiry


@verb("enquiries.handle")
def correct(
    enquiry: Enquiry, *, values: Mapping[str, str], version: int | None = None, by: Actor, now: datetime
) -> Enquiry:
    """Write points as they really are; each counts as checked. What follows for agreement and kind is noted.

    Raises Invalid at each field that cannot be read, Conflict (409, both values) when somebody saved before.
    """
    _still_open(enquiry)
    types = rooms.types_by_word(enquiry.hotel_id)
    fields, columns, errors = dict(enquiry.fields), {}, {}
    for name, text in values.items():
        try:
            value = points.parse(name, str(text), types)
        except Invalid as wrong:
            errors[name] = next(iter(wrong.errors.values()))
            continue
        fields[name] = _checked({**fields.get(name, {}), "value": points.stored(value)}, by, now)
        column = points.COLUMNS.get(points.canonical(name))
        if column:
            columns[column] = value
    arrival, departure = (
        columns.get(name, getattr(enquiry, name)) for name in ("arrival_on", "departure_on")
    )
    if arrival and departure and departure <= arrival:
        errors["departure"] = [_("Departure must be after arrival.")]
    if errors:
        raise Invalid(errors=errors)
    before = attrs_of(enquiry)
    if enquiry.client is not None and arrival:
        columns["agreement"] = rates.agreement_of(enquiry.client, arrival)
    _save(enquiry, version, fields=fields, **columns)
    note("enquiry.confirmed_fields", enquiry, fields=len(values))
    if attrs_of(enquiry) != before:
        _reclassified(enquiry)
    return enquiry


@verb("enquiries.handle")
def set_client(
    enquiry: Enquiry,
    *,
    client: Client | None,
    contact: Contact | None = None,
    kind: str = "",
    version: int | None = None,
    by: Actor,
    now: datetime,
) -> Enquiry:
    """Say which client asks (and what kind of request it is): agreement and duties are judged again from it.

    Raises Invalid for a kind that does not exist, another hotel's client, or one that was merged away.
    """
    _still_open(enquiry)
    if kind and kind not in KINDS:
        raise Invalid(errors={"kind": [_("Which kind of request?")]})
    if client is not None and (client.hotel_id != enquiry.hotel_id or client.merged_into_id is not None):
        raise Invalid(errors={"client": [_("This client file is not in use.")]})
    on = enquiry.arrival_on or local(enquiry.received_at).date()
    fields = dict(enquiry.fields)
    if client is not None:
        fields["client"] = _checked({**fields.get("client", {}), "value": client.name}, by, now)
    _save(
        enquiry,
        version,
        client=client,
        contact=contact or (enquiry.contact if client == enquiry.client else None),
        agreement=rates.agreement_of(client, on),
        kind=kind or enquiry.kind,
        fields=fields,
        client_name=client.name if client is not None else enquiry.client_name,
        reply_to=enquiry.reply_to or _address(client, enquiry.channel),
    )
    _reclassified(enquiry)
    return enquiry


def _address(client: Client | None, channel: str) -> str:
    if client is None:
        return ""
    return client.fax if channel == "fax" else client.email


def _reclassified(enquiry: Enquiry) -> None:
    client = ("client", str(enquiry.client_id)) if enquiry.client_id else None
    note("enquiry.reclassified", enquiry, client, **attrs_of(enquiry))


def _checked(field: Mapping[str, Any], by: Actor, now: datetime) -> dict[str, Any]:
    return {**field, "confirmed_by": str(by.person_id), "confirmed_at": now.isoformat()}


def _still_open(enquiry: Enquiry) -> None:
    if enquiry.state not in LIVE:
        raise Refusal(
            _("%(number)s is “%(state)s”; this step does not fit.")
            % {"number": enquiry.number, "state": enquiry.get_state_display()},
            code="wrong_state",
            state=enquiry.state,
        )


def _save(enquiry: Enquiry, version: int | None, **changes: Any) -> None:
    enquiry.save_from(version or enquiry.version, **changes)
