"""The clauses in scope are all there, each with its cases."""

from __future__ import annotations

from pathlib import Path

from guiju import rulebook
from guiju.shelf.words import vocabulary

HOME = Path(rulebook.__file__).parent.parent / "standards" / "hotel-sales"
BOOKING = {
    "written-basis", "handle-at-once", "reply-30", "group-escalate", "hold-until", "form-cash-fit", "form-on-account",
    "form-group", "rate-by-agreement", "copies-group", "copies-meals", "copies-important", "copies-reservation", "by-1800",
    "named-receivers", "arrival-check", "duty-roster", "change-notice", "liaison-named", "liaison-normal",
    "liaison-important", "collect-debts", "no-oversell",
}
GROUP = {"availability-first", "order-details", "change-notify", "pre-arrival", "meet", "luggage-leader"}


def test_every_clause_in_scope_has_three_cases() -> None:
    standard = rulebook.load_standard(HOME, vocabulary())
    wanted = {f"booking.{name}" for name in BOOKING} | {f"group.{name}" for name in GROUP}
    assert wanted <= set(standard.clauses)
    cases: dict[str, int] = {}
    for case in standard.cases:
        cases[case.clause] = cases.get(case.clause, 0) + 1
    few = {name: cases.get(name, 0) for name in wanted if cases.get(name, 0) < 3}
    assert not few, few


def test_all_cases_hold() -> None:
    report = rulebook.check(HOME, vocabulary())
    assert report.problems == [] or not report.problems
    assert not report.failures
    assert report.cases_run >= 3 * (len(BOOKING) + len(GROUP))
