"""The clauses as other pages name them: short text, search, and titles of single duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from guiju.duties import editions
from guiju.duties.models import Duty
from guiju.rulebook import Clause
from guiju.shelf import clock
from guiju.shelf.actor import Actor


def _text(clause: Clause) -> str:
    return clause.text["en" if (get_language() or "").startswith("en") else "zh"]


def _clauses(hotel_id: UUID) -> dict[str, Clause]:
    edition = editions.in_force(hotel_id, clock.now())  # only for showing: judging is given its moment
    return dict(edition.standard.clauses) if edition else {}


def texts(hotel_id: UUID) -> dict[str, str]:
    """Every clause's own sentence in the reader's language: clause id -> sentence."""
    return {clause_id: _text(clause) for clause_id, clause in _clauses(hotel_id).items()}


def find(actor: Actor, text: str, limit: int) -> Iterator[tuple[str, str]]:
    """Clauses whose id or wording (either language) contains the text: (id, sentence)."""
    sought, given = text.casefold().strip(), 0
    for clause in _clauses(actor.hotel_id).values():
        if sought in f"{clause.id} {clause.text['zh']} {clause.text['en']}".casefold():
            yield clause.id, _text(clause)
            given += 1
            if given >= limit:
                return


def duty_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Duty id -> (its clause, its page)."""
    rows = Duty.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "clause")
    return {str(pk): (clause, reverse("duties:duty", args=[pk])) for pk, clause in rows}
