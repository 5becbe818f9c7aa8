"""What clauses ask to be written down of a long stay: the client card, the payment rules, the long-stay card (kind "record")."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guiju.longstay.models import LongStay
from guiju.papers.models import Paper
from guiju.shelf.registry import Record, RecordKind

State = LongStay.State
WORDS: dict[str, Any] = {
    "client": _("Client"), "address": _("Contact address"), "contact": _("Contact"), "contact_phone": _("Contact's telephone"),
    "guest": _("Guest"), "payment": _("Payment"), "terms_told": _("Payment rules explained"), "terms_acknowledged": _("Who took note of them"),
}
CARD_WORDS: dict[str, Any] = {
    "birthday": _("Birthday"), "card_printed": _("Long-stay card"), "reservation_form": _("Reservation form"),
}


def _forms(hotel_id: UUID) -> set[str]:
    """The contracts whose reservation form is out."""
    rows = Paper.objects.of(hotel_id).filter(kind="longstay_reservation", about_kind="longstay", voided_at__isnull=True)
    return set(rows.values_list("about_id", flat=True))


def _file(row: LongStay) -> Record:
    return Record(("longstay", str(row.pk)), {
        "client": row.client_id, "address": row.address, "contact": row.contact, "contact_phone": row.contact_phone, "guest": row.guest,
        "payment": row.payment, "terms_told": row.terms_told_at, "terms_acknowledged": row.terms_acknowledged_by,
        "asked": row.state != State.DRAFT,
    }, row.seller_id, row.state == State.DROPPED)


def _card(row: LongStay, forms: set[str]) -> Record:
    return Record(("longstay_card", str(row.pk)), {
        "birthday": row.birthday, "card_printed": row.card_printed_at, "reservation_form": str(row.pk) in forms or None,
        "signed": row.state in (State.IN_FORCE, State.LEFT),
    }, row.seller_id, row.state == State.DROPPED)


def _period(hotel_id: UUID, from_on: date, until_on: date) -> QuerySet[LongStay]:
    """The contracts beginning in [from, until): one query."""
    rows = LongStay.objects.of(hotel_id).filter(from_on__gte=from_on, from_on__lt=until_on).exclude(state=State.DROPPED)
    return rows.order_by("from_on", "id")  # type: ignore[no-any-return]  # HotelRow's query set is not generic


def _files(hotel_id: UUID, from_on: date, until_on: date) -> Iterator[Record]:
    yield from map(_file, _period(hotel_id, from_on, until_on).iterator(chunk_size=2000))


def _cards(hotel_id: UUID, from_on: date, until_on: date) -> Iterator[Record]:
    forms = _forms(hotel_id)
    for row in _period(hotel_id, from_on, until_on).iterator(chunk_size=2000):
        yield _card(row, forms)


def of_stay(row: LongStay) -> list[Record]:
    """Both records of a contract that has been read already: one query."""
    return [_file(row), _card(row, _forms(row.hotel_id))]


def _found(hotel_id: UUID, key: str) -> LongStay | None:
    try:
        return LongStay.objects.of(hotel_id).filter(pk=UUID(key)).first()  # type: ignore[no-any-return]  # as above
    except ValueError:
        return None


def _one_file(hotel_id: UUID, key: str) -> Record | None:
    row = _found(hotel_id, key)
    return _file(row) if row else None


def _one_card(hotel_id: UUID, key: str) -> Record | None:
    row = _found(hotel_id, key)
    return _card(row, _forms(hotel_id)) if row else None


KINDS = {
    "longstay": RecordKind(_files, _one_file, WORDS, _("Long-stay contracts"), _period),
    "longstay_card": RecordKind(_cards, _one_card, CARD_WORDS, _("Long-stay cards"), _period),
}
