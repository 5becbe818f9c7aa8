"""What a contract comes to: its months with what each costs, the day a birthday comes round, what its facts say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from guiju.longstay.models import LongStay
from guiju.rulebook.periods import anniversary, lunar_day

CENT = Decimal("0.01")
SOME_YEAR = 2000  # a leap year: 29 February is a day of it


def months(from_on: date, until_on: date, rent: Decimal) -> Iterator[tuple[date, date, Decimal]]:
    """The rent periods of [from, until): (due, until, amount); a month begun at the end is charged by the day.

    A contract from the 31st is due on the last day of shorter months.
    """
    number = 0
    while (due := from_on + relativedelta(months=number)) < until_on:
        number += 1
        whole = from_on + relativedelta(months=number)
        until = min(whole, until_on)
        share = Decimal((until - due).days) / Decimal((whole - due).days)
        yield due, until, (rent * share).quantize(CENT, ROUND_HALF_UP)


def without_year(birthday: date, *, lunar: bool) -> date:
    """A day in the past on which the same birthday fell, which does not tell the year of birth."""
    if not lunar:
        return birthday.replace(year=SOME_YEAR)
    wanted = lunar_day(birthday)
    for year in range(SOME_YEAR, SOME_YEAR - 60, -1):  # a 30th needs a year whose month has 30 days
        found = anniversary(birthday, year, lunar=True)
        if lunar_day(found) == wanted:
            return found
    return birthday


def next_birthday(stay: LongStay, today: date) -> date | None:
    """When the guest's birthday comes round next, today included."""
    if stay.birthday is None:
        return None
    for year in (today.year - 1, today.year, today.year + 1, today.year + 2):
        found = anniversary(stay.birthday, year, lunar=stay.lunar_birthday)
        if found >= today:
            return found
    return None


def attrs_of(stay: LongStay) -> dict[str, Any]:
    """What every fact about this contract carries."""
    return {
        "unit": stay.unit or None,
        "from_on": stay.from_on,
        "until_on": stay.until_on,
        "rent": stay.rent,
        "seller": str(stay.seller_id),
        "birthday": without_year(stay.birthday, lunar=stay.lunar_birthday) if stay.birthday else None,
        "in_force": stay.state == LongStay.State.IN_FORCE,
        "lunar": stay.lunar_birthday,
    }


def personal_of(stay: LongStay) -> dict[str, tuple[str, str]]:
    """The birth date, as the logbook keeps what is personal."""
    return {"birth_date": (about(stay), stay.birthday.isoformat())} if stay.birthday else {}


def about(stay: LongStay) -> str:
    """Whose key personal values of this guest are sealed with."""
    return f"longstay:{stay.pk}"


def moment(stay: LongStay, on: date, clock: str) -> datetime:
    """A clock time of a day in the hotel."""
    return datetime.combine(on, time.fromisoformat(clock), ZoneInfo(stay.hotel.zone))
