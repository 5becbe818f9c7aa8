"""Agreements from a table: one line a rate; all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from guiju.clients.models import Client
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.rates.actions.agreements import RateGiven, add_agreement
from guiju.rates.models import Agreement
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal


@dataclass(slots=True)
class AgreementGiven:
    """An agreement as a table names it, with the row it begins in."""

    row: int
    client: Client
    number: str
    from_on: date
    until_on: date
    terms: dict[str, Any] = field(default_factory=dict)
    rates: list[RateGiven] = field(default_factory=list)
    rate_rows: list[int] = field(default_factory=list)


@verb("rates.edit")
def import_agreements(hotel: Hotel, *, agreements: Sequence[AgreementGiven], by: Actor, now: datetime) -> list[Agreement]:
    """Conclude all these agreements or none. Raises Invalid naming each row that is wrong.

    A number that is known for the same client and dates is left as it is.
    """
    errors: dict[str, list[str]] = {}
    made: list[Agreement] = []
    known = {row.number: row for row in Agreement.objects.of(hotel.pk).filter(number__in=[one.number for one in agreements])}
    for given in agreements:
        present = known.get(given.number)
        same = present and (present.client_id, present.from_on, present.until_on) == (
            given.client.pk,
            given.from_on,
            given.until_on,
        )
        if same:
            continue
        try:
            made.append(
                add_agreement(
                    given.client,
                    number=given.number,
                    from_on=given.from_on,
                    until_on=given.until_on,
                    rates=given.rates,
                    by=by,
                    now=now,
                    **given.terms,
                )
            )
        except Invalid as wrong:
            _collect(errors, given, wrong)
        except Refusal as refused:
            errors.setdefault(_row(given.row), []).append(refused.message)
    if errors:
        raise Invalid(errors=errors)
    return made


def _collect(errors: dict[str, list[str]], given: AgreementGiven, wrong: Invalid) -> None:
    for name, texts in wrong.errors.items():
        row = given.row
        if name.startswith("rates.") and name[6:].isdecimal():
            row = given.rate_rows[int(name[6:]) - 1]
        errors.setdefault(_row(row), []).extend(texts)


def _row(number: int) -> str:
    return _("row {n}").format(n=number)


def amount_of(value: Any) -> Decimal | None:
    """A cell as an amount, or None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        found = Decimal(str(value).replace(",", "").replace("¥", "").replace("，", "").strip())
    except ArithmeticError:
        return None
    return found if found.is_finite() else None
