"""Facts, editions and a calendar for the tests of the rulebook."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from guiju.rulebook import Calendar, Calendars, DerivedDuty, Edition, Fact, Standard, derive
from guiju.rulebook.cases import OFFICE, ROUND
from tests.rulebook.words import vocabulary

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    """ "24 10:30" is half past ten, local time, on 24 November 2026."""
    day, _, clock = text.partition(" ")
    hour, minute = clock.split(":")
    return datetime(2026, 11, int(day), int(hour), int(minute), tzinfo=SHANGHAI)


def standard(rule: str, clause: str = "test.one") -> Standard:
    """A standard of one rule."""
    text = f'[[clause]]\nid = "{clause}"\nsource = "-"\ntext = {{ zh = "条", en = "clause" }}\n'
    return Standard.from_toml_texts({"test.toml": text + "[[clause.rule]]\n" + rule}, vocabulary())


def edition(rule: str, effective: datetime = LONG_AGO, name: str = "e1") -> Edition:
    """An edition of one rule."""
    return Edition(name, effective, standard(rule))


def fact(kind: str, when: datetime, *, seq: int = 0, who: str | None = None, **attrs: Any) -> Fact:
    """A fact whose subjects are all called 1."""
    subjects = tuple((name, "1") for name in vocabulary().kinds[kind].subjects)
    return Fact(kind, when, subjects, attrs, who, seq)


def calendars(
    *holidays: date, makeup: frozenset[date] = frozenset(), since: datetime = LONG_AGO
) -> Calendars:
    """Office hours of sales and the hotel; the front desk round the clock."""
    return Calendars([calendar(*holidays, makeup=makeup, since=since)])


def calendar(*holidays: date, makeup: frozenset[date] = frozenset(), since: datetime = LONG_AGO) -> Calendar:
    """One revision."""
    hours = {"sales": OFFICE, "hotel": OFFICE, "front_desk": ROUND}
    return Calendar(
        since, "Asia/Shanghai", hours, dict.fromkeys(holidays, "holiday"), makeup, frozenset({2026})
    )


def duties(
    rule: str,
    *facts: Fact,
    subject: str = "enquiry",
    until: datetime | None = None,
    cal: Calendars | None = None,
) -> list[DerivedDuty]:
    """The duties of one rule."""
    return derive([edition(rule)], facts, cal or calendars(), (subject, "1"), until=until or at("30 23:00"))
