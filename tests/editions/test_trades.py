"""Three editions ship, and the engine derives duties from each: nothing in the rulebook is of hotels only."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from guiju.duties.editions import shipped_texts
from guiju.rulebook import Edition, Fact, derive
from guiju.rulebook.cases import calendars_of, check_texts
from guiju.rulebook.loading import read
from guiju.shelf.words import vocabulary

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TRADES = {
    "hotel-sales": {("booking.handle-at-once", "enquiry"), ("manual.read", "reading")},
    "dealership-after-sales": {("service.answer-2h", "enquiry"), ("manual.read", "reading")},
    "field-service": {("field.take-15", "enquiry"), ("manual.read", "reading")},
}


@pytest.mark.parametrize("trade", TRADES)
def test_its_cases_hold(trade: str) -> None:
    report = check_texts(shipped_texts(trade), vocabulary())
    assert not report.problems and not report.failures and report.cases_run >= 15
    standard, _none = read(shipped_texts(trade), vocabulary())
    assert len(standard.clauses) >= 5 and all(sum(case.clause == name for case in standard.cases) >= 3 for name in standard.clauses)


@pytest.mark.parametrize("trade", TRADES)
def test_duties_are_derived(trade: str) -> None:
    standard, _none = read(shipped_texts(trade), vocabulary())
    found = set()
    for subject, fact in (
        (("enquiry", "1"), Fact("enquiry.received", AT, (("enquiry", "1"),), {"agreement": True})),
        (("reading", "1"), Fact("standard.to_read", AT, (("reading", "1"),), {"reader": "1", "department": "sales", "unread": 2, "edition": 2})),
    ):
        for duty in derive([Edition("e", AT, standard)], [fact], calendars_of({}), subject, until=AT):
            found.add((duty.clause, subject[0]))
            assert duty.due_at > AT and duty.edition == "e"
    assert TRADES[trade] <= found
