"""The shipped standard of the hotel sales department: complete, in two languages, and its cases hold."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from guiju import rulebook
from guiju.house.facts import POSTS
from guiju.rulebook import Clause, Standard
from guiju.shelf.words import vocabulary

HOME = Path(rulebook.__file__).parent.parent / "standards"
HOTEL = HOME / "hotel-sales"
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)

# id: (where the manual says so, what the clause is)
CLAUSES = {
    "booking.written-basis": ("II.6.1", "gate"),
    "booking.handle-at-once": ("II.6.2", "timed"),
    "booking.reply-30": ("II.6.2.1", "timed"),
    "booking.group-escalate": ("II.6.2.2", "gate"),
    "booking.hold-until": ("II.6.2.3", "gate"),
    "booking.form-cash-fit": ("II.6.3", "record"),
    "booking.form-on-account": ("II.6.3", "record"),
    "booking.form-group": ("II.6.3", "record"),
    "booking.rate-by-agreement": ("II.6.3", "gate"),
    "booking.copies-group": ("II.6.4", "notice"),
    "booking.copies-meals": ("II.6.4", "notice"),
    "booking.copies-important": ("II.6.4", "notice"),
    "booking.copies-reservation": ("II.6.4", "notice"),
    "booking.by-1800": ("II.6.4", "timed"),
    "booking.named-receivers": ("II.6.4", "gate"),
    "booking.arrival-check": ("II.6.5", "timed"),
    "booking.duty-roster": ("II.6.5", "record"),
    "booking.change-notice": ("II.6.6", "timed"),
    "booking.liaison-named": ("II.6.7", "gate"),
    "booking.liaison-normal": ("II.6.7.1", "timed"),
    "booking.liaison-important": ("II.6.7.2", "timed"),
    "booking.collect-debts": ("II.6.8", "timed"),
    "booking.no-oversell": ("implied", "gate"),
    "group.availability-first": ("II.4.1", "gate"),
    "group.order-details": ("II.4.2", "record"),
    "group.change-notify": ("II.4.2", "notice"),
    "group.pre-arrival": ("II.4.2", "timed"),
    "group.meet": ("II.4.3", "timed"),
    "group.luggage-leader": ("II.4.3", "timed"),
}
HAN = re.compile(r"[\u4e00-\u9fff]")


@cache
def standard() -> Standard:
    return rulebook.load_standard(HOTEL, vocabulary())


def told(clause: str) -> list[dict[str, Any]]:
    return [dict(case.told) for case in standard().cases if case.clause == clause]


def statuses(clause: str) -> set[str]:
    return {one.get("status", "") for case in told(clause) for one in case.get("expect", [])}


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_names_its_source_and_speaks_both_languages(clause: str) -> None:
    found: Clause = standard().clauses[clause]
    assert (found.source, found.kind) == CLAUSES[clause]
    assert HAN.search(found.text["zh"]) and found.text["en"].strip() and not HAN.search(found.text["en"])
    assert found.weight > 0 and found.rules


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_has_three_cases_that_say_different_things(clause: str) -> None:
    says = [case.says for case in standard().cases if case.clause == clause]
    assert len(says) >= 3 and len(set(says)) == len(says)
    assert all(HAN.search(one) for one in says)


def test_every_case_holds() -> None:
    report = rulebook.check(HOTEL, vocabulary())
    assert not report.problems and not report.failures
    assert report.cases_run == len(standard().cases) >= 3 * len(CLAUSES)


@pytest.mark.parametrize("clause", [name for name, (_, kind) in CLAUSES.items() if kind == "gate"])
def test_a_gate_is_shown_refusing_allowing_and_waived(clause: str) -> None:
    verdicts = {case["verdict"] for case in told(clause) if "verdict" in case}
    assert verdicts == {"refused", "allowed", "waived"}


def test_only_waivable_gates_are_shown_waived() -> None:
    for case in standard().cases:
        for name in case.told.get("waived", []):
            (rule,) = (rule for rule in standard().clauses[case.clause].rules if rule.name == name)
            assert rule.waive_by, f"{case.clause}/{name}: {case.says}"


@pytest.mark.parametrize("clause", [name for name, (_, kind) in CLAUSES.items() if kind == "timed"])
def test_a_timed_clause_is_shown_in_time_late_on_the_minute_and_not_at_all(clause: str) -> None:
    assert "met" in statuses(clause) and statuses(clause) & {"late", "met_late", "missed"}
    on_the_minute = [
        1
        for case in told(clause)
        for one in case.get("expect", [])
        if "due" in one and one["due"] in [fact["at"] for fact in case["facts"]] and one.get("status") == "met"
    ]
    nothing = [1 for case in told(clause) if case.get("expect") == []]
    assert on_the_minute and (nothing or "superseded" in statuses(clause))


@pytest.mark.parametrize("clause", [name for name, (_, kind) in CLAUSES.items() if kind == "record"])
def test_a_record_is_shown_complete_with_a_gap_and_where_it_is_not_asked(clause: str) -> None:
    assert {case["stands"] for case in told(clause) if "stands" in case} == {"complete", "gap", "not_applicable"}


def test_every_duty_is_escalated_and_may_be_waived_by_a_post() -> None:
    for clause in standard().clauses.values():
        for rule in clause.rules:
            if rule.due is None:
                continue
            lapse = (clause.id, rule.name) in (("booking.hold-until", "lapse"), ("event.function-space", "lapse"))  # end by themselves
            assert len(rule.escalates) >= (2 if lapse else 3), f"{clause.id}/{rule.name}"
            assert lapse or rule.waive_by, f"{clause.id}/{rule.name}"
            assert set(rule.waive_by) <= set(POSTS)


@pytest.mark.parametrize(
    ("paper", "attrs", "signed", "count"),
    [
        ("reservation_form", {}, {"front_desk"}, 2),
        ("reservation_form", {"collection": True}, {"front_desk", "front_cashier"}, 3),
        ("group_schedule", {}, {"front_desk", "front_cashier"}, 3),
        ("group_schedule", {"meals": True}, {"front_desk", "front_cashier", "fnb"}, 4),
        (
            "group_schedule",
            {"important": True},
            {"front_desk", "front_cashier", "gm_office", "pr", "security"},
            6,
        ),
        (
            "group_schedule",
            {"important": True, "meals": True},
            {"front_desk", "front_cashier", "fnb", "gm_office", "pr", "security"},
            7,
        ),
        ("change_notice", {}, {"front_desk", "front_cashier"}, 3),
        ("change_notice", {"meals": True}, {"front_desk", "front_cashier", "fnb"}, 4),
        ("confirmation_letter", {"important": True, "meals": True}, set(), 1),
    ],
)
def test_who_gets_a_copy(paper: str, attrs: dict[str, bool], signed: set[str], count: int) -> None:
    edition = rulebook.Edition("shipped", datetime(2026, 1, 1, tzinfo=UTC), standard())
    base = {"important": False, "meals": False, "collection": False}
    found = rulebook.distribution([edition], paper, {**base, **attrs}, AT)
    assert {item.department for item in found if item.must_sign} == signed
    assert [item.department for item in found if item.archive] == ["sales"]
    assert len(found) == count


SLIPS = [
    ("1-requests.toml", 'within = "30m"', 'within = "31m"', "booking.reply-30"),
    ("1-requests.toml", 'within = "15m"', 'within = "20m"', "booking.handle-at-once"),
    ("1-requests.toml", 'do = "hold.lapse"', None, "booking.hold-until"),
    ("1-requests.toml", '{ on = "booking.confirmed", where = { agreement = true } },', "", "booking.hold-until"),
    ("2-papers.toml", 'by = "18:00"', 'by = "17:00"', "booking.by-1800"),
    ("2-papers.toml", ', undone_by = ["copy.signature_undone"]', "", "booking.by-1800"),
    ("2-papers.toml", 'to    = ["gm_office", "pr", "security"]', 'to    = ["gm_office", "pr"]', "booking.copies-important"),
    ("3-arrival.toml", 'offset = "11:00"', 'offset = "12:00"', "booking.arrival-check"),
    ("3-arrival.toml", 'offset = "-1d 18:00"', 'offset = "-1d 20:00"', "group.pre-arrival"),
    ("3-arrival.toml", 'within = "90m"', 'within = "2h"', "group.luggage-leader"),
]


@pytest.mark.parametrize(("file", "old", "new", "clause"), SLIPS)
def test_the_cases_notice_a_slip_in_the_rule(tmp_path: Path, file: str, old: str, new: str | None, clause: str) -> None:
    """A number or word changed in the rule, and some case of that clause no longer holds."""
    for path in HOTEL.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        if path.name == file:
            assert old in text
            text = text.replace(f'then  = {{ at = "due", {old} }}\n', "") if new is None else text.replace(old, new)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    report = rulebook.check(tmp_path, vocabulary())
    assert not report.problems
    assert any(clause in failure for failure in report.failures)


@pytest.mark.parametrize("name", ["dealership-after-sales", "field-service"])
def test_another_trade_loads_with_the_same_engine(name: str) -> None:
    report = rulebook.check(HOME / name, vocabulary())
    assert not report.problems and not report.failures and report.cases_run >= 6
