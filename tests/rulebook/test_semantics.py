"""What must hold of clocks, pauses, editions, calendars and late facts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from time import perf_counter

import pytest

from guiju.rulebook import NEVER, Calendars, Edition, Status, acting, derive, distribution, judge, status
from guiju.rulebook.periods import anniversary, from_lunar, lunar_day
from tests.rulebook.helping import at, calendar, calendars, duties, edition, fact, standard

REPLY = """
name = "reply"
kind = "timed"
owner = "handler"
opens = { on = "enquiry.received", where = { agreement = true } }
due = { within = "30m" }
met = { on = "reply.sent", where = { complete = true }, undone_by = ["reply.bounced"] }
pauses = { from = "client.asked_to_wait", to = "client.answered" }
ends = { on = "enquiry.withdrawn" }
escalates = { at = ["50%", "100%"], to = ["handler", "sales_manager"] }
"""
HOLD = """
name = "lapse"
kind = "timed"
owner = "handler"
opens = { on = "booking.held" }
due = { anchor = "hold_until" }
met = { on = "booking.confirmed" }
then = { at = "due", do = "hold.lapse" }
"""


def received(when: str = "24 10:00", **more: object):
    return fact("enquiry.received", at(when), agreement=True, **more)


def test_the_boundary_minute_is_on_time() -> None:
    for minute, stands in (("30", Status.MET), ("31", Status.MET_LATE)):
        (duty,) = duties(REPLY, received(), fact("reply.sent", at(f"24 10:{minute}"), complete=True))
        assert status(duty, at("24 12:00")) is stands


@pytest.mark.parametrize(
    ("now", "stands"),
    [("24 08:00", "planned"), ("24 08:40", "soon"), ("24 09:00", "soon"), ("24 09:01", "late")],
)
def test_status_at_each_moment(now: str, stands: str) -> None:
    (duty,) = duties(REPLY, received("23 20:00"))
    assert duty.starts_at == at("24 08:30") and duty.due_at == at("24 09:00")
    assert status(duty, at(now)).value == stands


def test_nothing_later_is_known_yet() -> None:
    (duty,) = duties(REPLY, received(), fact("reply.sent", at("24 10:20"), complete=True))
    assert status(duty, at("24 10:19")) is Status.SOON


def test_a_pause_stops_the_clock_and_an_open_one_for_good() -> None:
    wait = fact("client.asked_to_wait", at("24 10:20"))
    (duty,) = duties(REPLY, received(), wait)
    assert duty.paused and duty.due_at == NEVER and duty.escalations == ()
    assert status(duty, at("30 10:00")) is Status.OPEN
    (duty,) = duties(REPLY, received(), wait, fact("client.answered", at("24 11:30")))
    assert duty.due_at == at("24 11:40") and not duty.paused


def test_a_pause_is_kept_when_the_rule_changes() -> None:
    facts = [
        received(),
        fact("client.asked_to_wait", at("24 10:20")),
        fact("client.answered", at("24 11:00")),
    ]
    newer = edition(REPLY.replace("30m", "10m"), at("24 10:10"), "e2")
    (duty,) = derive([edition(REPLY), newer], facts, calendars(), ("enquiry", "1"), until=at("30 10:00"))
    assert (duty.edition, duty.due_at) == ("e1", at("24 11:10"))


def test_the_edition_in_force_at_the_opening_and_none_before_the_first() -> None:
    first, second = edition(REPLY, at("24 09:00")), edition(REPLY.replace("30m", "10m"), at("24 11:00"), "e2")
    for when, found in (("24 08:59", None), ("24 10:59", "e1"), ("24 11:00", "e2")):
        out = derive([first, second], [received(when)], calendars(), ("enquiry", "1"), until=at("30 10:00"))
        assert (out[0].edition if out else None) == found


def test_undone_reopens_under_the_original_due_and_ends_supersede() -> None:
    sent = fact("reply.sent", at("24 10:10"), complete=True)
    (duty,) = duties(REPLY, received(), sent, fact("reply.bounced", at("24 10:50")))
    assert duty.met_at is None and duty.due_at == at("24 10:30")
    (duty,) = duties(REPLY, received(), fact("enquiry.withdrawn", at("24 10:20")))
    assert status(duty, at("24 12:00")) is Status.SUPERSEDED
    (duty,) = duties(REPLY, received(), fact("enquiry.withdrawn", at("24 10:40")))
    assert status(duty, at("24 12:00")) is Status.MISSED


def test_no_undoing_once_it_is_superseded() -> None:
    rule = """
name = "sign"
kind = "notice"
owner = "receiver"
opens = { on = "copy.issued" }
due = { by = "18:00" }
met = { on = "copy.signed", undone_by = ["copy.signature_undone"] }
ends = { on = "copy.superseded" }
"""
    facts = [
        fact("copy.issued", at("24 10:00"), department="fnb"),
        fact("copy.signed", at("24 11:00")),
        fact("copy.superseded", at("24 12:00")),
        fact("copy.signature_undone", at("24 13:00")),
    ]
    (duty,) = duties(rule, *facts, subject="copy")
    assert duty.met_at == at("24 11:00") and duty.owner_id == "fnb"


def test_repeated_facts_change_nothing() -> None:
    facts = [received(), fact("reply.sent", at("24 10:20"), complete=True)]
    assert duties(REPLY, *facts) == duties(REPLY, *facts, *facts)


def test_a_missed_duty_is_met_only_by_what_was_in_time() -> None:
    rule = REPLY + 'missed_after = "1h"\n'
    (duty,) = duties(rule, received(), fact("reply.sent", at("24 11:31"), complete=True))
    assert duty.met_at is None and status(duty, at("24 12:00")) is Status.MISSED
    late = fact("reply.sent", at("24 10:25"), complete=True, seq=9)  # entered afterwards
    (duty,) = duties(rule, received(), late)
    assert status(duty, at("24 12:00")) is Status.MET


def test_an_anchor_moves_until_met() -> None:
    held = fact("booking.held", at("24 10:00"), hold_until=at("24 18:00"))
    later = fact("hold.extended", at("24 12:00"), hold_until=at("24 20:00"))
    (duty,) = duties(HOLD, held, later, subject="booking")
    assert duty.due_at == at("24 20:00") and duty.effects == ((at("24 20:00"), "hold.lapse"),)
    (duty,) = duties(HOLD, held, fact("booking.confirmed", at("24 11:00")), later, subject="booking")
    assert duty.due_at == at("24 18:00") and duty.effects == ()


def test_a_later_calendar_revision_moves_open_duties_only() -> None:
    holiday = calendar(date(2026, 11, 25), since=at("24 12:00"))
    both = Calendars([calendar(), holiday])
    (open_one,) = duties(REPLY.replace("30m", "8h"), received("24 15:00"), cal=both)
    assert open_one.due_at == at("26 15:00")
    (late_one,) = duties(REPLY, received("24 10:00"), cal=both)
    assert late_one.due_at == at("24 10:30")


def test_holidays_and_make_up_days() -> None:
    holiday = calendars(date(2026, 11, 24))
    (duty,) = duties(REPLY, received("24 10:00"), cal=holiday)
    assert duty.due_at == at("25 09:00")
    (duty,) = duties(REPLY, received("28 10:00"), cal=calendars(makeup=frozenset({date(2026, 11, 28)})))
    assert duty.due_at == at("28 10:30")


def test_once_opens_afresh_after_it_fell_away_and_each_opens_each_time() -> None:
    again = [received(), fact("enquiry.withdrawn", at("24 10:10")), received("24 11:00")]
    (duty,) = duties(REPLY, *again)
    assert duty.opens_at == at("24 11:00") and duty.ended_at is None
    missed = [received(), fact("enquiry.withdrawn", at("24 10:40")), received("24 11:00")]
    assert [duty.occurrence for duty in duties(REPLY, *missed)] == ["", "/2"]
    each = duties(REPLY + 'occurs = "each"\n', received(), received("24 11:00"))
    assert [duty.occurrence for duty in each] == ["2026-11-24T10:00:00", "2026-11-24T11:00:00"]


def test_an_edition_may_change_between_occurrences_of_a_cadence() -> None:
    rule = """
name = "report"
kind = "cadence"
owner = "sales_manager"
opens = { on = "hotel.created" }
due = { every = "FREQ=WEEKLY;BYDAY=MO", by = "10:00" }
met = { on = "meeting.held" }
"""
    born = fact("hotel.created", at("2 08:00"))
    newer = edition(rule.replace("10:00", "12:00"), at("12 00:00"), "e2")
    out = derive([edition(rule), newer], [born], calendars(), ("hotel", "1"), until=at("18 00:00"))
    assert [(duty.occurrence, duty.edition) for duty in out] == [
        ("2026-W45", "e1"),
        ("2026-W46", "e1"),
        ("2026-W47", "e2"),
    ]
    assert out[-1].due_at == at("16 12:00")
    assert derive([newer], [born], calendars(), ("hotel", "1"), until=at("13 00:00")) == []


def test_one_fact_fulfils_one_period() -> None:
    rule = """
name = "report"
kind = "cadence"
owner = "sales_manager"
opens = { on = "hotel.created" }
due = { every = "FREQ=DAILY", by = "10:00" }
missed_after = "3d"
met = { on = "meeting.held" }
"""
    out = duties(
        rule,
        fact("hotel.created", at("23 08:00")),
        fact("meeting.held", at("24 09:00")),
        subject="hotel",
        until=at("24 20:00"),
    )
    assert [duty.met_at for duty in out] == [at("24 09:00"), None]


def test_escalations_count_working_time() -> None:
    (duty,) = duties(REPLY, received("23 17:50"))
    assert duty.escalations == ((at("24 08:35"), "handler"), (at("24 08:50"), "sales_manager"))


def test_anniversaries() -> None:
    assert anniversary(date(2000, 2, 29), 2026, lunar=False) == date(2026, 2, 28)
    assert from_lunar(2026, 1, 1) == date(2026, 2, 17)
    assert lunar_day(date(2026, 9, 25)) == (8, 15)
    assert anniversary(date(2026, 9, 25), 2027, lunar=True) == date(2027, 9, 15)


def test_gates_and_copies() -> None:
    gate = 'name = "m"\nkind = "gate"\nverb = "booking.confirm"\nwhere = { kind = "group" }\n'
    gate += 'needs = ["manager_decision"]\n'
    book = [edition(gate)]
    refused = judge(book, "booking.confirm", attrs={"kind": "group"}, needs={}, at=at("24 10:00"))
    assert not refused.allowed and refused.refusals[0].missing == ("manager_decision",)
    assert judge(book, "booking.confirm", attrs={"kind": "fit"}, needs={}, at=at("24 10:00")).allowed
    waived = frozenset({("test.one", "m")})
    assert judge(
        book, "booking.confirm", attrs={"kind": "group"}, needs={}, at=at("24 10:00"), also_waived=waived
    ).allowed
    rule = (
        'name = "c"\nkind = "distributes"\npaper = "group_schedule"\nto = ["front_desk", "front_cashier"]\n'
    )
    rule += 'archive = "sales"\n'
    found = distribution([edition(rule)], "group_schedule", {}, at("24 10:00"))
    assert [(item.department, item.must_sign, item.archive) for item in found] == [
        ("front_desk", True, False),
        ("front_cashier", True, False),
        ("sales", False, True),
    ]


def test_who_acts_for_whom() -> None:
    rows = [{"person": "a", "to": "b", "from_at": at("24 08:00"), "until_at": at("25 08:00")}]
    assert [acting("a", rows, at(when)) for when in ("24 07:59", "24 08:00", "25 08:00")] == ["a", "b", "a"]


def test_thirty_clauses_and_fifteen_facts_take_about_a_millisecond() -> None:
    from guiju.rulebook import Standard

    clauses = [
        next(
            iter(
                standard(
                    HOLD if n % 2 else HOLD.replace("booking.held", "booking.drafted"), f"c.{n}"
                ).clauses.values()
            )
        )
        for n in range(30)
    ]
    whole = [Edition("e", datetime(2000, 1, 1, tzinfo=UTC), Standard.of(clauses))]
    facts = [fact("booking.held", at("24 10:00"), hold_until=at("24 18:00").isoformat())]
    facts += [
        fact("booking.priced", at("24 10:00") + timedelta(minutes=n), total=n, seq=n) for n in range(14)
    ]
    cal = calendars()
    best = min(_timed(whole, facts, cal) for _ in range(20))
    assert best < 0.005


def _timed(whole, facts, cal):
    begun = perf_counter()
    derive(whole, facts, cal, ("booking", "1"), until=at("30 10:00"))
    return perf_counter() - begun
