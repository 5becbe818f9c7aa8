"""Counting, peaks, people and differences: small pasts that can be reckoned by hand."""

from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.history.replay import running
from guiju.history.replay.choosing import Chosen
from guiju.history.replay.counting import Cell
from guiju.history.replay.figures import Handling, department_of, peaks
from guiju.history.replay.gathering import Gathered
from guiju.history.replay.profile import BadProfile, Profile, Spread, profile_from, profile_of_toml
from guiju.history.replay.reporting import report
from guiju.history.replay.retelling import stays_of
from guiju.history.replay.staffing import WorkingTime, late, needed
from guiju.shelf.words import vocabulary
from tests.history.replay.pasts import OFFICE, calendar, past, texts


def gathered(rows, profile=None):
    found = Gathered(rows=len(rows), first=min(row.booked_on for row in rows), last=max(row.arrival_on for row in rows))
    for stay in stays_of(rows, profile or Profile()):
        found.by_hotel.setdefault("Harbour", []).append(stay)
    return found


def run(rows, *, handling=None, profile=None, against=None, chosen=None, processes=1, house=None):
    return report(
        chosen or Chosen("shipped:hotel-sales", "hotel-sales", texts()), gathered(rows, profile), house or calendar(),
        handling=handling or Handling(), profile=profile or Profile(), source="test", against=against, processes=processes,
    )


def clause(result, name):
    return next(one for one in result["hotels"][0]["clauses"] if one["clause"] == name)


def test_one_booking_on_account_by_hand():
    """A company books on Tuesday for ten days later: reply, taking in hand, the form, its copy to the front desk."""
    result = run([past(2, segment="Corporate", booked=0, arrives=10)])
    opened = {one["clause"]: one["opened"] for one in result["hotels"][0]["clauses"]}
    assert opened == {"booking.by-1800": 2, "booking.form-on-account": 1, "booking.handle-at-once": 1, "booking.reply-30": 1}
    posts = {one["post"]: one["came"] for one in result["hotels"][0]["posts"]}
    assert posts == {"duty_seller": 1, "front_desk": 1, "handler": 2, "issuer": 1}
    assert clause(result, "booking.reply-30")["usual_minutes"] == 30


def test_a_block_is_one_booking_and_its_rooms_given_up_are_changes():
    rows = [past(row, group=7, segment="Groups", agent="9", arrives=20, meal="FB") for row in range(2, 8)]
    rows += [past(row, group=7, segment="Groups", agent="9", arrives=20, meal="FB", status="cancelled", status_on=9) for row in (8, 9)]
    result = run(rows)
    hotel = result["hotels"][0]
    assert (hotel["rows"], hotel["bookings"], hotel["groups"]) == (8, 1, 1)
    assert clause(result, "group.change-notify")["opened"] == 1
    assert clause(result, "group.meet")["came"] == 1
    assert {one["post"] for one in hotel["posts"]} >= {"liaison", "fnb", "front_cashier"}


def test_a_cancelled_group_is_not_checked_on_arrival():
    rows = [past(row, group=7, segment="Groups", arrives=20, status="cancelled", status_on=3) for row in range(2, 8)]
    check = clause(run(rows), "booking.arrival-check")
    assert (check["opened"], check["fell_away"], check["came"]) == (1, 1, 0)


def test_what_the_dates_show_is_late_and_nothing_else_is():
    """A group booked on its arrival day: the check of the day before was late from the start, whatever the hour."""
    rows = [past(row, group=7, segment="Groups", booked=5, arrives=5) for row in range(2, 8)]
    result = run(rows)
    assert clause(result, "group.pre-arrival")["late"] == {"shown": 1, "in_time": 0, "no_evidence": 0}
    assert clause(result, "booking.handle-at-once")["late"] == {"shown": 0, "in_time": 0, "no_evidence": 1}
    calm = run([past(row, group=7, segment="Groups", booked=0, arrives=20) for row in range(2, 8)])
    assert calm["hotels"][0]["late"]["shown"] == 0


def test_a_no_show_that_was_only_held_is_told():
    hotel = run([past(2, status="no_show", status_on=10), past(3, status="no_show", status_on=10, segment="Corporate")])["hotels"][0]
    assert (hotel["shown"]["no_shows"], hotel["shown"]["no_shows_only_held"]) == (2, 1)


def test_children_count_the_same_as_one_process():
    rows = [past(row, booked=row % 40, arrives=row % 40 + row % 11, segment=("Direct", "Corporate")[row % 2]) for row in range(2, 1500)]
    one, two = run(rows, processes=1), run(rows, processes=2)
    assert two["machine"]["processes"] >= 2
    assert one["hotels"] == two["hotels"]


def test_a_stopped_replay_says_so():
    rows = [past(row) for row in range(2, 50)]
    plan = running.Plan(texts(), vocabulary(), calendar(), Profile(), Handling(), date(2026, 8, 1), date(2026, 12, 1))
    with pytest.raises(running.Stopped):
        running.run(gathered(rows).by_hotel, plan, processes=1, stop=lambda: True)


def test_a_shorter_time_is_seen_beside_the_edition_in_force():
    written = texts()
    file = next(name for name, text in written.items() if 'id     = "booking.reply-30"' in text)
    before, sign, after = written[file].partition('id     = "booking.reply-30"')
    draft = {**written, file: before + sign + after.replace('within = "30m"', 'within = "20m"', 1)}
    result = run([past(row, segment="Corporate") for row in range(2, 30)], chosen=Chosen("draft:1", "faster", draft),
                 against=Chosen("shipped:hotel-sales", "hotel-sales", written))
    (found,) = result["differences"]["Harbour"]["clauses"]
    assert found["clause"] == "booking.reply-30" and found["usual_minutes"] == [30, 20] and found["came"] == [28, 28]


def test_a_clause_taken_out_opens_nothing_more():
    written = texts()
    draft = {name: text.replace('opens = { on = "enquiry.received" }', 'opens = { on = "enquiry.received", where = { kind = "group" } }')
             for name, text in written.items()}
    result = run([past(2)], chosen=Chosen("draft:1", "less", draft), against=Chosen("shipped:hotel-sales", "hotel-sales", written))
    assert [one["came"] for one in result["differences"]["Harbour"]["clauses"] if one["clause"] == "booking.handle-at-once"] == [[1, 0]]
    assert ["booking.handle-at-once", "not_told"] in [[one["clause"], one["why"]] for one in result["hotels"][0]["silent"]]


# people


def test_people_by_hand():
    """Three duties at once, 10 minutes each, due in 15: one person does one in time, three do all."""
    jobs = [(0, 15, 10)] * 3
    assert [late(jobs, people) for people in (1, 2, 3)] == [2, 1, 0]
    found = needed(jobs, 0.95)
    assert (found.people, found.people_for_all, found.impossible, found.late_with_one) == (3, 3, 0, 2)
    assert needed(jobs, 0.5).people == 2


def test_nobody_begins_before_the_work_has_come():
    """Two people idle since the morning; two duties come together and take longer than they have."""
    assert late([(100, 105, 6), (100, 105, 6)], 2) == 2


def test_first_due_is_done_first():
    assert late([(0, 30, 10), (0, 12, 10)], 1) == 0


def test_what_nobody_can_do_in_time_asks_for_nobody():
    found = needed([(0, 5, 10), (0, 100, 10)], 1.0)
    assert (found.impossible, found.people_for_all) == (1, 1)


def test_only_working_time_counts():
    """17:55 on Friday and 8:35 on Monday are ten working minutes apart."""
    time = WorkingTime(calendar(sales=OFFICE), "sales", date(2026, 9, 1), date(2026, 9, 30))
    friday, monday = ((date(2026, 9, day) - date(2000, 1, 1)).days * 1440 + minute for day, minute in ((4, 17 * 60 + 55), (7, 8 * 60 + 35)))
    assert time.at(monday) - time.at(friday) == 10
    assert time.at(friday + 600) == time.at(friday + 300)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(5, 120)), min_size=1, max_size=60), st.integers(1, 30), st.sampled_from([0.8, 0.95, 1.0]))
def test_the_people_named_are_enough(given_jobs, takes, goal):
    jobs = sorted((comes, comes + given_time, takes) for comes, given_time in given_jobs)
    found = needed(jobs, goal)
    possible = len(jobs) - found.impossible
    assert late(jobs, found.people) - found.impossible <= possible * (1 - goal) + 1e-9
    assert late(jobs, found.people_for_all) == found.impossible


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 600)), min_size=1, max_size=60))
def test_the_most_open_at_once_is_what_counting_minute_by_minute_gives(spans):
    cell = Cell(array("i", [start for start, _ in spans]), array("i", [start + length for start, length in spans]),
                array("i", [start + length for start, length in spans]), len(spans))
    most = max(sum(start <= minute <= start + length for start, length in spans) for minute, _ in spans)
    assert peaks([cell])["open_at_once"]["duties"] == most


def test_what_the_clock_does_itself_takes_nobodys_time():
    result = run([past(2)])
    assert "booking.hold-until/lapse" in result["handling"]["of_themselves"]
    handler = next(one for one in result["hotels"][0]["posts"] if one["post"] == "handler")
    assert (handler["came"], handler["people"]["jobs"]) == (1, 0)
    told = run([past(2)], handling=Handling(5, {"booking.hold-until": 3}))
    handler = next(one for one in told["hotels"][0]["posts"] if one["post"] == "handler")
    assert handler["people"]["jobs"] == 1


def test_roles_keep_the_hours_of_sales():
    assert [department_of(post) for post in ("handler", "front_desk_head", "fnb", "sales_manager")] == ["sales", "front_desk", "fnb", "sales"]


# assumptions


def test_a_day_is_spread_in_the_order_of_the_file():
    spread = Spread(((9, 1), (10, 2), (11, 1)))
    minutes = [spread.minute(place, 4) for place in range(4)]
    assert minutes == sorted(minutes) and [minute // 60 for minute in minutes] == [9, 10, 10, 11]
    assert all(minute % 5 == 0 for minute in minutes)


def test_another_profile_changes_the_hours_and_stands_in_the_result():
    rows = [past(row) for row in range(2, 12)]
    result = run(rows, profile=profile_from({"requests": {"15": 1}}))
    duty = next(one for one in result["hotels"][0]["posts"] if one["post"] == "duty_seller")
    assert duty["by_hour"][15] == 10
    assert result["assumptions"]["requests"] == ((15, 1),)


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"requests": {"25": 1}}, "requests"), ({"requests": {"9": 0}}, "requests"), ({"confirm_after": -1}, "confirm_after"),
        ({"hold_until": "25:00"}, "hold_until"), ({"nonsense": 1}, "nonsense"), ({"account_segments": "Corporate"}, "account_segments"),
        ({"requests": {"9": float("inf")}}, "requests"), ({"holidays": "no"}, "holidays"), ({"form_after": True}, "form_after"),
    ],
)
def test_a_bad_profile_is_named_by_its_key(told, key):
    with pytest.raises(BadProfile) as wrong:
        profile_from(told)
    assert list(wrong.value.errors) == [key]


def test_a_profile_that_is_no_toml_says_so():
    with pytest.raises(BadProfile, match="not TOML"):
        profile_of_toml("requests = {")


def test_dates_of_the_history_are_kept():
    """Cancelled on the day it was booked, out of hours: the day stands, the confirmation was quicker."""
    profile = replace(Profile(), requests=((19, 1),))
    rows = [past(2, segment="Corporate", booked=3, arrives=30, status="cancelled", status_on=3)]
    (stay,) = stays_of(rows, profile)
    running.timed([stay], profile)
    from guiju.history.replay.retelling import Retelling
    from tests.history.replay.pasts import shipped

    facts = [fact for _subject, found in Retelling(shipped(), calendar(), profile).subjects(stay) for fact in found]
    cancelled = next(fact for fact in facts if fact.kind == "booking.cancelled")
    assert (cancelled.at + timedelta(hours=8)).date() == rows[0].status_on
    confirmed = next(fact for fact in facts if fact.kind == "booking.confirmed")
    assert confirmed.at < cancelled.at


def test_a_group_still_to_come_is_not_taken_for_cancelled():
    """Its first room was given up; the six others are told as coming and leaving as booked."""
    rows = [past(n, segment="Groups", booked=3, arrives=30, status="cancelled" if n == 2 else "booked", status_on=5 if n == 2 else None) for n in range(2, 9)]
    rows = [replace(row, group=1) for row in rows]
    (stay,) = stays_of(rows, Profile())
    assert (stay.status, stay.rooms, sum(gone for _day, gone in stay.cuts)) == ("booked", 7, 1)
    found = clause(run(rows), "booking.liaison-normal")
    assert found["opened"] == 1 and "booking.cancelled" not in str(stay)


@pytest.mark.parametrize(("segment", "kind"), [("协议公司", "reply"), ("散客", ""), ("Corporate", "reply"), ("Corporates", "")])
def test_who_books_on_account_is_told_by_the_segment(segment, kind):
    opened = {one["clause"] for one in run([past(2, segment=segment)])["hotels"][0]["clauses"]}
    assert ("booking.reply-30" in opened) is (kind == "reply")
