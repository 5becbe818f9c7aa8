"""Whatever the order in which facts become known, the duties are the same."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.rulebook import Status, derive, status
from tests.rulebook.helping import at, calendars, edition, fact
from tests.rulebook.test_semantics import HOLD, REPLY

KINDS = {
    "enquiry.received": {"agreement": True},
    "reply.sent": {"complete": True},
    "reply.bounced": {},
    "client.asked_to_wait": {},
    "client.answered": {},
    "enquiry.withdrawn": {},
}
BOOK = [edition(REPLY), edition(HOLD, at("24 14:00"), "e2")]
CALENDARS = calendars()


@st.composite
def histories(draw):
    found = draw(st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.integers(0, 600)), max_size=9))
    return [fact(kind, at("24 08:00") + timedelta(minutes=minute), **KINDS[kind]) for kind, minute in found]


def known(facts):
    return derive(BOOK, facts, CALENDARS, ("enquiry", "1"), until=at("30 10:00"))


@settings(max_examples=60, deadline=None)
@given(histories(), st.randoms())
def test_any_permutation_gives_the_same(facts, chance):
    shuffled = list(facts)
    chance.shuffle(shuffled)
    assert known(shuffled) == known(facts)


@settings(max_examples=60, deadline=None)
@given(histories(), st.integers(0, 9))
def test_a_prefix_and_then_the_rest_equals_the_whole(facts, cut):
    first = known(facts[:cut])
    whole = known(facts)
    assert known(facts[:cut]) == first
    assert known([*facts[:cut], *facts[cut:], *facts[:cut]]) == whole  # told again: nothing new


@settings(max_examples=60, deadline=None)
@given(histories(), st.integers(0, 900))
def test_a_duty_has_one_status_and_its_keys_are_unique(facts, minute):
    out = known(facts)
    assert len({(duty.clause, duty.rule, duty.occurrence) for duty in out}) == len(out)
    for duty in out:
        assert status(duty, at("24 08:00") + timedelta(minutes=minute)) in Status
        assert duty.opens_at <= duty.starts_at
        assert duty.met_at is None or duty.ended_at is None
