"""The fifteen hard clauses stand as data, and their cases hold."""

from pathlib import Path

import pytest

from guiju import rulebook
from tests.rulebook.words import vocabulary

HARD = Path(__file__).parent / "hard"
FIFTEEN = [
    "booking.reply-30",
    "booking.by-1800",
    "booking.change-notice",
    "booking.hold-until",
    "booking.group-escalate",
    "vip.before-arrival",
    "reception.no-own-changes",
    "longstay.monthly-list",
    "longstay.two-months",
    "client.visit-cadence",
    "archive.diary",
    "meeting.market-monthly",
    "daily.leave",
    "service.callback-100",
    "service.satisfaction-98",
]
STANDARD = rulebook.load_standard(HARD, vocabulary())


@pytest.mark.parametrize("clause", FIFTEEN)
def test_hard_clause(clause: str) -> None:
    cases = [case for case in STANDARD.cases if case.clause == clause]
    assert cases
    assert [said for case in cases if (said := rulebook.run_case(STANDARD, case, vocabulary()))] == []


def test_check_counts_what_it_ran() -> None:
    report = rulebook.check(HARD, vocabulary())
    assert (report.problems, report.failures) == ((), ())
    assert report.cases_run == len(STANDARD.cases) >= 40
