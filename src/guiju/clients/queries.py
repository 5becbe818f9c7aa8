"""Reading clients: the list, one file, whether they may book on account, and the proof of the credit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse

from guiju.clients.actions.credit import credit_taken
from guiju.clients.models import Client, Contact, CreditEntry, CreditRequest
from guiju.clients.search import alike, by_ids, search
from guiju.house.models import Person
from guiju.logbook.models import EntrySubject
from guiju.shelf.actor import Actor

__all__ = [
    "Page",
    "alike",
    "credit_open",
    "credit_taken",
    "find",
    "people",
    "search",
    "shown",
    "titles",
    "verify",
]

PAGE = 50


def credit_open(client: Client | None, amount: Decimal) -> bool:
    """Whether the client may book this amount on account: has the right, is not overdue, within the limit.

    The booking gate's need of that name (booking.collect-debts).
    """
    if client is None:
        return False
    return (
        client.on_account and client.overdue_since_on is None and client.merged_into_id is None and client.credit_used + amount <= client.credit_limit
    )


@dataclass(slots=True)
class Page:
    """A page of a list that goes by key: its rows and where the neighbours begin."""

    rows: list[Client]
    next_cursor: str = ""
    previous_cursor: str = ""


def shown(hotel_id: UUID, wanted: Mapping[str, str], on: date) -> QuerySet[Client]:
    """The clients that fit the filters, newest first: kind, tier, agreement (yes, no on this day), account
    (yes, overdue, asked)."""
    rows = Client.objects.of(hotel_id).filter(merged_into__isnull=True)
    if wanted.get("kind") in Client.Kind.values:
        rows = rows.filter(kind=wanted["kind"])
    if wanted.get("tier"):
        rows = rows.filter(tier=wanted["tier"][:10].upper())
    if wanted.get("agreement") in ("yes", "no"):
        bound = Q(pk__in=agreements_on(hotel_id, on).order_by().values("client_id"))
        rows = rows.filter(bound if wanted["agreement"] == "yes" else ~bound)
    if wanted.get("account") == "yes":
        rows = rows.filter(on_account=True)
    elif wanted.get("account") == "overdue":
        rows = rows.filter(overdue_since_on__isnull=False)
    elif wanted.get("account") == "asked":
        asked = CreditRequest.objects.of(hotel_id).filter(decided_at__isnull=True)
        rows = rows.filter(pk__in=asked.values("client_id"))
    return rows.order_by("-created_at", "-id")  # type: ignore[no-any-return]  # HotelRow's query set is not generic


def page_of(rows: QuerySet[Client], after: str = "", before: str = "", size: int = PAGE) -> Page:
    """The rows after (or before) a key, `size` at most; a key that is none begins at the top."""
    mark = _mark(rows, after or before)
    if mark is None or not before:
        if mark is not None:
            rows = rows.filter(_older(mark))
        found = list(rows[: size + 1])
        more = len(found) > size
        found = found[:size]
        return Page(
            found,
            str(found[-1].pk) if more else "",
            str(found[0].pk) if mark is not None and found else "",
        )
    newer = list(rows.filter(_newer(mark)).order_by("created_at", "id")[: size + 1])
    more = len(newer) > size
    found = newer[:size][::-1]
    return Page(found, str(found[-1].pk) if found else "", str(found[0].pk) if more else "")


def _mark(rows: QuerySet[Client], key: str) -> Client | None:
    try:
        return Client.objects.filter(pk=UUID(key)).only("created_at", "id").first() if key else None
    except ValueError:
        return None


def _older(mark: Client) -> Q:
    return Q(created_at__lt=mark.created_at) | Q(created_at=mark.created_at, id__lt=mark.pk)


def _newer(mark: Client) -> Q:
    return Q(created_at__gt=mark.created_at) | Q(created_at=mark.created_at, id__gt=mark.pk)


def tiers(hotel_id: UUID) -> list[str]:
    """The tiers in use, in order."""
    key = Client._meta.pk.get_db_prep_value(hotel_id, connection)
    least = "SELECT MIN(tier) FROM clients_client WHERE hotel_id = %s AND tier > "
    with connection.cursor() as cursor:  # from one to the next by the index: DISTINCT would read every client
        cursor.execute(
            f"WITH RECURSIVE found(tier) AS (SELECT ({least} '') UNION ALL SELECT ({least} found.tier) FROM found WHERE found.tier IS NOT NULL)"
            " SELECT tier FROM found WHERE tier IS NOT NULL",
            [key, key],
        )
        return [row[0] for row in cursor.fetchall()]


def agreements_on(hotel_id: UUID, on: date) -> QuerySet[Any]:
    """Agreements in force on a day. The rates room, which stands above this one, lays them down."""
    kept: Any = Client._meta.get_field("agreements").related_model
    rows = kept.objects.of(hotel_id).filter(from_on__lte=on, until_on__gte=on, ended_at__isnull=True)
    return rows.order_by("until_on")  # type: ignore[no-any-return]  # HotelRow's query set is not generic


def with_agreements(hotel_id: UUID, rows: Iterable[Client], on: date) -> list[Client]:
    """The same clients, each with `agreement` in force on the day or None: one query."""
    listed = list(rows)
    found = {row.client_id: row for row in agreements_on(hotel_id, on).filter(client__in=listed)}
    for row in listed:
        row.agreement = found.get(row.pk)  # type: ignore[attr-defined]  # shown in the list only
    return listed


def history(client: Client, limit: int = 30) -> list[dict[str, Any]]:
    """What happened with this client, newest first: fact kind, when, who."""
    rows = EntrySubject.objects.filter(hotel_id=client.hotel_id, kind="client", subject_id=str(client.pk)).order_by("-entry__seq")
    name = Subquery(Person.objects.filter(pk=OuterRef("entry__by_id")).values("name")[:1])
    found = rows.annotate(who=name).values_list("entry__kind", "entry__at", "who")[:limit]
    return [{"kind": kind, "at": at, "who": who or ""} for kind, at, who in found]


def people(client: Client) -> list[Contact]:
    """The contacts of a client: those still there, then those who left."""
    rows = Contact.objects.of(client.hotel_id).filter(client=client)
    return sorted(rows, key=lambda row: (row.left_at is not None, row.name))


def asked_credit(client: Client) -> CreditRequest | None:
    """What is asked for this client's credit and not decided yet."""
    return (  # type: ignore[no-any-return]  # HotelRow's query set is not generic
        CreditRequest.objects.of(client.hotel_id).filter(client=client, decided_at__isnull=True).first()
    )


def find(actor: Actor, text: str, limit: int) -> list[tuple[str, str, str, str]]:
    """For the command palette: (name, number and tier, page, icon)."""
    return [
        (row.name, f"{row.number} {row.tier}".strip(), reverse("clients:client", args=[row.pk]), "client")
        for row in search(actor.hotel_id, text, limit)
    ]


def titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Client id -> (name, page)."""
    rows = by_ids(hotel_id, ids)
    return {str(row.pk): (row.name, reverse("clients:client", args=[row.pk])) for row in rows}


def contact_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Contact id -> (name and client, the client's page)."""
    rows = Contact.objects.of(hotel_id).filter(pk__in=list(ids))
    return {
        str(pk): (f"{name}, {client}", reverse("clients:client", args=[client_id]))
        for pk, name, client_id, client in rows.values_list("pk", "name", "client_id", "client__name")
    }


def verify(hotel_id: UUID) -> list[str]:
    """Clients whose credit in use is not the sum of what was taken and given back, or passes the limit."""
    sums: dict[Any, Decimal] = dict(CreditEntry.objects.of(hotel_id).values_list("client_id").annotate(Sum("amount")).order_by())
    wrong = []
    rows = Client.objects.of(hotel_id).filter(Q(credit_used__gt=0) | Q(pk__in=[pk for pk in sums if sums[pk]]))
    for row in rows.only("number", "credit_used", "credit_limit"):
        taken = sums.get(row.pk, Decimal(0))
        if row.credit_used != taken:
            wrong.append(f"client {row.number}: credit in use {row.credit_used} but the entries say {taken}")
        if row.credit_used > row.credit_limit:
            wrong.append(f"client {row.number}: credit in use {row.credit_used} of {row.credit_limit}")
    return wrong
