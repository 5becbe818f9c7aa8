"""Agreements as a table: one line a rate, out and in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from guiju.clients.models import Client
from guiju.clients.sheets import client_by
from guiju.rates.actions.agreements import RateGiven
from guiju.rates.actions.importing import AgreementGiven, amount_of
from guiju.rates.forms import DAYS, SEASONS, WEEKDAYS, weekdays_said
from guiju.rates.models import Agreement, AgreementRate, SeasonKind, Use
from guiju.rooms.models import RoomType
from guiju.rooms.queries import types_by_word
from guiju.shelf.errors import Invalid
from guiju.shelf.tables import Column, Line

HEADS: dict[str, Any] = {
    "number": gettext_lazy("Number"),
    "client": gettext_lazy("Client"),
    "from_on": gettext_lazy("From"),
    "until_on": gettext_lazy("Until"),
    "room_type": gettext_lazy("Room type"),
    "use": gettext_lazy("Use"),
    "season": gettext_lazy("Season"),
    "weekdays": gettext_lazy("Weekdays"),
    "amount": gettext_lazy("Rate"),
    "breakfasts": gettext_lazy("Breakfasts"),
}


def columns() -> list[Column]:
    """The columns of the export; they can be read in again."""
    get: dict[str, Any] = {
        "number": lambda row: row.agreement.number,
        "client": lambda row: row.agreement.client.name,
        "from_on": lambda row: row.agreement.from_on,
        "until_on": lambda row: row.agreement.until_on,
        "room_type": lambda row: row.room_type.name if row.room_type else "",
        "use": lambda row: str(Use(row.use).label) if row.room_type else "",
        "season": lambda row: str(dict(SEASONS).get(row.season_kind, "")) if row.room_type else "",
        "weekdays": lambda row: weekdays_said(row.weekdays) if row.room_type else "",
        "amount": lambda row: row.amount,
        "breakfasts": lambda row: row.breakfasts,
    }
    return [Column(head, get[name], 26 if name == "client" else 14) for name, head in HEADS.items()]


class Bare:
    """An agreement without a rate is one line too."""

    room_type = None
    use = season_kind = weekdays = ""
    amount = breakfasts = None

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement


def rate_lines(hotel_id: UUID, agreements: Iterable[Agreement]) -> Iterator[Any]:
    """Each rate of each agreement: two queries."""
    listed = list(agreements)
    rates: dict[UUID, list[AgreementRate]] = {row.pk: [] for row in listed}
    for rate in AgreementRate.objects.of(hotel_id).filter(agreement__in=listed).select_related("room_type"):
        rates[rate.agreement_id].append(rate)
    for row in listed:
        for rate in rates[row.pk]:
            rate.agreement = row
            yield rate
        if not rates[row.pk]:
            yield Bare(row)


def agreements_from(hotel_id: UUID, lines: list[Line]) -> list[AgreementGiven]:
    """The agreements a table names, neighbours with the same number as one. Raises Invalid naming each row."""
    heads = by_heading()
    rows = [
        (
            line.number,
            {heads[head.strip().casefold()]: cell for head, cell in line.items() if head.strip().casefold() in heads},
        )
        for line in lines
    ]
    needed = {"client", "from_on", "until_on"}
    missing = needed - {name for _number, row in rows for name in row}
    if rows and missing:
        names = ", ".join(sorted(str(HEADS[name]) for name in missing))
        raise Invalid(errors={"file": [_("These columns are missing: %(names)s") % {"names": names}]})
    reader = _Reader(hotel_id, [str(row.get("client") or "") for _number, row in rows])
    for number, row in rows:
        reader.take(number, row)
    if reader.errors:
        raise Invalid(errors=reader.errors)
    return reader.found


class _Reader:
    """Gathers lines into agreements and remembers what is wrong with which row."""

    def __init__(self, hotel_id: UUID, clients: list[str]) -> None:
        self.clients: dict[str, Client] = client_by(hotel_id, clients)
        self.types: dict[str, RoomType] = types_by_word(hotel_id)
        self.found: list[AgreementGiven] = []
        self.errors: dict[str, list[str]] = {}

    def take(self, number: int, row: dict[str, Any]) -> None:
        """One line."""
        wrong = self.errors.setdefault(_("row {n}").format(n=number), [])
        client = self.clients.get(str(row.get("client") or ""))
        first, last = _date(row.get("from_on")), _date(row.get("until_on"))
        if client is None:
            wrong.append(_("There is no client “%(name)s”.") % {"name": row.get("client") or ""})
        if first is None or last is None:
            wrong.append(_("From and until must be dates, e.g. 2027-01-01."))
        rate = self._rate(row, wrong) if row.get("room_type") else None
        if wrong or client is None or first is None or last is None:
            return
        del self.errors[_("row {n}").format(n=number)]
        said = str(row.get("number") or "")
        known = self.found[-1] if self.found else None
        same = known and (known.number, known.client, known.from_on, known.until_on) == (
            said,
            client,
            first,
            last,
        )
        if known is None or not same:
            known = AgreementGiven(number, client, said, first, last)
            self.found.append(known)
        if rate is not None:
            known.rates.append(rate)
            known.rate_rows.append(number)

    def _rate(self, row: dict[str, Any], wrong: list[str]) -> RateGiven | None:
        room_type = self.types.get(str(row["room_type"]).strip().casefold())
        amount = amount_of(row.get("amount"))
        use = _choice(row.get("use"), Use.choices, "fit")
        season = _choice(row.get("season"), [("any", SEASONS[0][1]), *SeasonKind.choices], "any")
        weekdays = _weekdays(row.get("weekdays"))
        breakfasts = amount_of(row.get("breakfasts") or 0)
        if room_type is None:
            wrong.append(_("There is no room type “%(name)s”.") % {"name": row["room_type"]})
        if amount is None:
            wrong.append(_("The rate must be a number."))
        if use is None or season is None or not weekdays or breakfasts is None:
            wrong.append(_("Use, season, weekdays or breakfasts cannot be read."))
        if wrong or room_type is None or amount is None or breakfasts is None or not use or not season:
            return None
        return RateGiven(room_type, amount, use, season, weekdays, int(breakfasts))


def by_heading() -> dict[str, str]:
    """Heading in lower case -> field, in both languages and as the field is called."""
    found = {name: name for name in HEADS}
    for language in ("zh-hans", "en"):
        with override(language):
            found |= {str(head).casefold(): name for name, head in HEADS.items()}
    return found


def _date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value or "").strip().replace("/", "-").replace(".", "-"))
    except ValueError:
        return None


def _choice(said: Any, choices: Iterable[tuple[str, Any]], default: str) -> str | None:
    if said is None:
        return default
    text = str(said).strip().casefold()
    listed = list(choices)
    for language in ("zh-hans", "en"):
        with override(language):
            for value, label in listed:
                if text in (value, str(label).casefold()):
                    return value
    return None


def _weekdays(said: Any) -> str:
    if said is None:
        return "0123456"
    text = str(said).strip()
    whole = _choice(text, WEEKDAYS, "")
    if whole:
        return whole
    names = [_choice(part, [(str(n), day) for n, day in enumerate(DAYS)], "") for part in text.split()]
    return "".join(sorted(name for name in names if name)) if names and all(names) else ""
