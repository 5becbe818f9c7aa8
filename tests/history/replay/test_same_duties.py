"""The fast way gives the very duties that `derive` gives: each booking alone, holidays and make-up days, night shifts, summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju import rulebook
from guiju.history.replay.counting import LATE, Tally
from guiju.history.replay.profile import Profile
from guiju.history.replay.retelling import Retelling, stays_of, timed
from guiju.history.replay.running import LONG_AGO
from guiju.history.replay.swift import Swift
from guiju.rulebook import Calendars, Edition, Fact, derive
from guiju.rulebook.cases import facts_of
from tests.history.replay.pasts import FIRST, NIGHT, OFFICE, UNTIL, calendar, past, shipped
from tests.rulebook.helping import standard as one_rule
from tests.rulebook.words import vocabulary as hard_words

EDITION = shipped()
HARD = Path(__file__).parents[2] / "rulebook" / "hard"
HARD_STANDARD = rulebook.load_standard(HARD, hard_words())
SPAN = (FIRST - timedelta(days=90), FIRST + timedelta(days=400))
days = st.integers(0, 60).map(lambda number: FIRST + timedelta(days=number))
calendars = st.builds(
    calendar, st.sets(days, max_size=12), st.sets(days, max_size=6), st.sampled_from(["Asia/Shanghai", "Asia/Shanghai", "Europe/Lisbon"]),
    st.sampled_from([OFFICE, NIGHT]),
)


@st.composite
def bookings(draw):
    """A few weeks of bookings; half of them in blocks."""
    out = []
    for row in range(draw(st.integers(1, 25))):
        booked, lead = draw(st.integers(0, 45)), draw(st.sampled_from([0, 0, 1, 2, 7, 30]))
        status = draw(st.sampled_from(["stayed", "cancelled", "no_show"]))
        told = {
            "booked": booked, "arrives": booked + lead, "nights": draw(st.integers(0, 3)), "status": status,
            "segment": draw(st.sampled_from(["Direct", "Corporate", "Groups", "Online TA"])), "meal": draw(st.sampled_from(["BB", "FB"])),
            "deposit": draw(st.sampled_from(["No Deposit", "Non Refund"])), "agent": draw(st.sampled_from(["", "9"])),
            "group": draw(st.sampled_from([None, None, 1, 2])),
        }
        if status != "stayed":
            told["status_on"] = draw(st.integers(booked, booked + lead)) if status == "cancelled" else booked + lead
        if told["group"] is not None:  # the rows of a block have their dates in common
            told |= {"booked": 5 * told["group"], "arrives": 20, "nights": 1, "segment": "Groups"}
            if status != "stayed":
                told["status_on"] = draw(st.integers(5 * told["group"], 20))
        out.append(past(row + 2, **told))
    return out


def told(rows, house, profile):
    stays = list(stays_of(rows, profile))
    timed(stays, profile)
    retelling = Retelling(EDITION, house, profile)
    return [pair for stay in stays for pair in retelling.subjects(stay)]


def ordered(duties):
    return sorted(duties, key=lambda duty: (duty.clause, duty.rule, duty.occurrence))


@settings(max_examples=150, deadline=None)
@given(bookings(), calendars)
def test_every_booking_has_the_duties_that_derive_gives_it(rows, house):
    profile = Profile()
    swift = Swift(EDITION, house, *SPAN, until=UNTIL)
    for subject, facts in told(rows, house, profile):
        plainly = derive([EDITION], facts, Calendars([house]), subject, until=UNTIL)
        assert ordered(swift.duties(subject, facts)) == ordered(plainly)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(HARD_STANDARD.cases) - 1), st.integers(-20, 40)), min_size=1, max_size=12), calendars)
def test_hard_clauses_too_on_whatever_day(picked, house):
    """The facts of the fifteen hard clauses' cases, moved by days: cadences, ages, chains, lists, pauses, lunar birthdays."""
    edition = Edition("hard", LONG_AGO, HARD_STANDARD)
    swift = Swift(edition, house, FIRST - timedelta(days=900), FIRST + timedelta(days=900), until=UNTIL)
    for number, moved in picked:
        case = HARD_STANDARD.cases[number]
        if "facts" not in case.told:
            continue
        by_subject = {}
        for fact in facts_of(case.told, hard_words(), "Asia/Shanghai"):
            at = (fact.at + timedelta(days=moved)).astimezone(UTC)
            attrs = {name: value + timedelta(days=moved) if isinstance(value, date) else value for name, value in fact.attrs.items()}
            for subject in fact.subjects:
                by_subject.setdefault(subject, []).append(Fact(fact.kind, at, fact.subjects, attrs, fact.by, fact.seq))
        for subject, facts in by_subject.items():
            for place, fact in enumerate(facts):
                facts[place] = Fact(fact.kind, fact.at, fact.subjects, fact.attrs, fact.by, place)
            facts.sort(key=lambda fact: (fact.at, fact.seq))
            plainly = derive([edition], facts, Calendars([house]), subject, until=UNTIL)
            assert ordered(swift.duties(subject, facts)) == ordered(plainly), case.says


def test_an_answer_is_used_again_only_on_a_day_of_the_same_sort():
    """Friday's late request is due on Monday; on the Friday before a holiday it is not."""
    holiday = date(2026, 9, 14)
    house = calendar([holiday])
    swift = Swift(EDITION, house, *SPAN, until=UNTIL)
    due = []
    for friday in (4, 11, 18):
        at = datetime(2026, 9, friday, 9, 55, tzinfo=UTC)  # 17:55 in Shanghai
        facts = [Fact("enquiry.received", at, (("enquiry", "1"),), {"agreement": True, "kind": "fit"})]
        (reply,) = [duty for duty in swift.duties(("enquiry", "1"), facts) if duty.clause == "booking.reply-30"]
        due.append(reply.due_at.astimezone().astimezone(UTC).date())
    assert due == [date(2026, 9, 7), date(2026, 9, 15), date(2026, 9, 21)]
    assert sum(memory.kept for memory in swift.memories.values()) > 0


def test_what_is_counted_is_what_derive_gives():
    rows = [past(row, booked=row % 30, arrives=row % 30 + row % 9, segment=("Direct", "Corporate")[row % 2]) for row in range(2, 400)]
    house, profile = calendar([date(2026, 9, 9)], [date(2026, 9, 12)]), Profile()
    tally = Tally(house)
    swift = Swift(EDITION, house, *SPAN, until=UNTIL, count=tally.counted)
    wanted = {}
    for subject, facts in told(rows, house, profile):
        tally.add(swift.answers(subject, facts))
        for duty in derive([EDITION], facts, Calendars([house]), subject, until=UNTIL):
            key, start, due, close, fell_away, shown = tally.counted(duty)
            wanted.setdefault(key, []).append((start, due, close, fell_away, shown))
    assert set(wanted) == set(tally.cells)
    for key, all_ in wanted.items():
        cell, came = tally.cells[key], sorted(one for one in all_ if not one[3])
        assert sorted(zip(cell.starts, cell.dues, cell.closes, strict=True)) == [one[:3] for one in came]
        assert (cell.opened, cell.late) == (len(all_), sum(one[4] == LATE for one in came))


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Lisbon"])
def test_remembering_is_given_up_where_clocks_change(zone):
    swift = Swift(EDITION, calendar(zone=zone), *SPAN, until=UNTIL)
    assert (swift.offset is None) is (zone == "Europe/Lisbon")


def test_months_are_not_all_of_one_length():
    """Four weeks apart, both on a Tuesday: a month from each is not the same number of days."""
    rule = 'name = "m"\nkind = "timed"\nowner = "handler"\nopens = { on = "enquiry.received" }\ndue = { within = "1 month" }\nmet = { on = "reply.sent" }\n'
    monthly, house = Edition("m", LONG_AGO, one_rule(rule)), calendar()
    swift = Swift(monthly, house, *SPAN, until=UNTIL)
    for number in range(8):
        at = datetime(2026, 9, 1, 2, tzinfo=UTC) + timedelta(days=28 * number)
        facts = [Fact("enquiry.received", at, (("enquiry", "1"),), {})]
        assert swift.duties(("enquiry", "1"), facts) == derive([monthly], facts, Calendars([house]), ("enquiry", "1"), until=UNTIL)
