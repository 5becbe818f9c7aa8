"""Past bookings of a made-up hotel, for the tests of the replay."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from guiju import rulebook
from guiju.history.replay.running import LONG_AGO
from guiju.history.shapes import Past
from guiju.rulebook import Calendar, Edition
from guiju.rulebook.loading import texts_of
from guiju.shelf.words import vocabulary

HOME = Path(rulebook.__file__).parent.parent / "standards" / "hotel-sales"
FIRST = date(2026, 9, 1)
OFFICE = {day: [["08:30", "12:00"], ["13:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
ROUND = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
NIGHT = {day: [["18:00", "02:00"]] for day in ("tue", "wed", "fri", "sat", "sun")}


def past(row: int, **told: Any) -> Past:
    """One room of a past booking; `booked` and `arrives` are days after 1 September 2026."""
    booked, arrives, nights = told.pop("booked", 0), told.pop("arrives", 10), told.pop("nights", 2)
    plain: dict[str, Any] = {
        "hotel": "Harbour", "row": row, "booked_on": FIRST + timedelta(days=booked), "arrival_on": FIRST + timedelta(days=arrives),
        "departure_on": FIRST + timedelta(days=arrives + nights), "nights": nights, "rooms": 1, "adults": 2, "children": 0, "babies": 0,
        "room_type": "A", "segment": "Direct", "channel": "Direct", "agent": "", "company": "", "customer_type": "Transient", "meal": "BB",
        "country": "CN", "rate": Decimal(400), "deposit": "No Deposit", "status": "stayed", "status_on": None, "group": None, "repeated": False,
        "flags": frozenset(),
    }
    plain.update(told)
    if plain["status"] == "stayed":
        plain["status_on"] = plain["departure_on"]
    elif isinstance(plain["status_on"], int):
        plain["status_on"] = FIRST + timedelta(days=plain["status_on"])
    return Past(**plain)


def calendar(holidays: Any = (), makeup: Any = (), zone: str = "Asia/Shanghai", sales: Any = OFFICE) -> Calendar:
    """One revision for all time."""
    hours = {"sales": sales, "hotel": sales, "front_desk": ROUND, "front_cashier": NIGHT}
    return Calendar(LONG_AGO, zone, hours, dict.fromkeys(holidays, "holiday"), frozenset(makeup), frozenset({2026}))


def shipped() -> Edition:
    """The standard that comes with the product, in force for ever."""
    return Edition("e1", LONG_AGO, rulebook.load_standard(HOME, vocabulary()))


def texts() -> dict[str, str]:
    """Its texts."""
    return dict(texts_of(HOME))


UNTIL = datetime(2027, 6, 1, tzinfo=UTC)
