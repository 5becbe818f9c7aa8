"""Whose figures each post sees: his own, his department's, everybody's; in figures, lists, evidence, print and through the API alike."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.compliance.actions import count_days
from guiju.duties.models import Duty
from guiju.house import tokens
from guiju.shelf.actor import the_clock
from tests.cast import PEOPLE, TODAY, Cast
from tests.compliance.making import duty, seen_by
from tests.enquiries.scene import Scene

LISTED = re.compile(r'class="pz" href="/duties/([0-9a-f-]{36})/')


@pytest.fixture
def owed(scene: Scene, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """A duty of everybody's, of each department, of some posts, one done by another than its owner, one for the GM's eyes only."""
    settings.DATA_DIR = tmp_path
    cast = scene.cast
    clock = tmp_path / "clock"
    clock.write_text(cast.at("12:00").isoformat())
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(clock))
    due = cast.at("10:30", TODAY - timedelta(days=1))
    duty(cast, due, owner_person_id=cast.people["wen"].pk, subject_id="wen").save()
    duty(cast, due, owner_person_id=None, subject_id="sales").save()
    duty(cast, due, owner_person_id=None, owner_department="fnb", subject_id="fnb").save()
    duty(cast, due, owner_person_id=None, owner_department="front_desk", owner_post="front_desk_head", subject_id="head").save()
    duty(cast, due, owner_person_id=cast.people["he"].pk, met_by_id=cast.people["fang"].pk, met_at=due, subject_id="stand-in").save()
    duty(cast, due, owner_person_id=None, owner_department="sales", visible_to=["gm", "security_head"], subject_id="secret").save()
    count_days(cast.hotel.pk, cast.at("11:00"))
    duty(cast, cast.at("10:30"), owner_person_id=None, owner_department="fnb", visible_to=["gm"], subject_id="secret today").save()
    return cast


def ask(cast: Cast, who: str, path: str, **query: Any) -> Any:
    from django.test import Client as Browser

    hotel = cast.hotel
    _row, key = tokens.create(
        hotel, person=cast.people[who], name="t", by=the_clock(hotel.pk, via="cli"), now=cast.at("00:01", TODAY - timedelta(days=30))
    )
    return Browser().get(f"/api/v1{path}", query, headers={"Authorization": f"Bearer {key}"})


@pytest.mark.parametrize("who", sorted(set(PEOPLE) - {"guan"}))
def test_each_post_sees_what_is_his_to_see(owed: Cast, who: str) -> None:
    everything = list(Duty.objects.all())
    mine = {str(one.pk) for one in seen_by(owed, who, everything)}
    browser = owed.sign_in(who)
    assert set(LISTED.findall(browser.get("/compliance/list/").content.decode())) == mine
    page = browser.get("/compliance/").context["page"]
    assert page.total.all == len(mine)
    listed = ask(owed, who, "/compliance/list").json()
    assert {one["id"] for one in listed["rows"]} == mine and listed["all"] == len(mine)
    for one in everything:
        status = ask(owed, who, f"/compliance/duties/{one.pk}").status_code
        assert status == (200 if str(one.pk) in mine else 404), one.subject_id


def test_what_each_kind_of_reader_sees_said_once_more(owed: Cast) -> None:
    """A clerk her own and the department's common ones; a head his department; the sales manager all but the secret; the GM all."""
    expected = {
        "wen": {"wen", "sales"}, "lin": {"wen", "sales", "stand-in"}, "fang": {"stand-in"}, "fu": {"head"}, "can": {"fnb"}, "chen": {"fnb"},
        "shen": {"wen", "sales", "fnb", "head", "stand-in"}, "lu": {"wen", "sales", "fnb", "head", "stand-in", "secret", "secret today"},
        "bao": set(), "ke": set(),
    }
    found = {
        who: {one["subject"][1] for one in ask(owed, who, "/compliance/list").json()["rows"]} for who in expected
    }
    assert found == expected


def test_the_administrator_sees_none_and_another_hotel_nothing(owed: Cast) -> None:
    for path in ("/compliance/", "/compliance/list/", "/compliance/gates/", "/compliance/coverage/", "/compliance/print/"):
        assert owed.sign_in("guan").get(path).status_code == 403
    for path in ("", "/summary", "/weeks", "/list", "/gates", "/coverage"):
        assert ask(owed, "guan", f"/compliance{path}").status_code == 403


def test_asking_for_another_person_shows_nothing_of_his(owed: Cast) -> None:
    """The choice narrows what one may see; it opens nothing."""
    he = str(owed.people["he"].pk)
    assert ask(owed, "wen", "/compliance/summary", person=he).json()["due"] == 0
    assert ask(owed, "lu", "/compliance/summary", person=he).json()["due"] == 1
    assert ask(owed, "can", "/compliance/list", department="sales").json() == {"all": 0, "rows": []}


def test_names_of_others_are_for_those_who_lead(owed: Cast) -> None:
    """A clerk is offered no list of people and no table by person; a manager is, in the order of names."""
    clause = "/compliance/?clause=booking.reply-30"
    for who, shown in (("wen", False), ("lin", True), ("lu", True)):
        answer = owed.sign_in(who).get(clause)
        assert ('name="person"' in answer.content.decode()) == shown
        people = answer.context["page"].behind.people
        assert bool(people) == (who != "wen") and people == sorted(people)


@pytest.mark.parametrize(("path", "most"), [
    ("/compliance/", 16), ("/compliance/?clause=booking.reply-30", 22), ("/compliance/list/", 13), ("/compliance/gates/", 9),
    ("/compliance/list/?clause=booking.reply-30&status=late", 13), ("/compliance/coverage/", 18), ("/standard/booking.reply-30/", 12),
])
@pytest.mark.parametrize("who", ["lu", "lin"])
def test_pages_ask_the_database_equally_often_however_much_there_is(owed: Cast, path: str, most: int, who: str) -> None:
    browser = owed.sign_in(who)
    counts = []
    for more in (1, 40):
        for n in range(more):
            duty(owed, owed.at("10:30", TODAY - timedelta(days=n % 20)), subject_id=f"{more}-{n}").save()
        count_days(owed.hotel.pk, owed.at("11:00"))
        duty(owed, owed.at("10:30"), subject_id=f"{more}-fresh").save()
        browser.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(path).status_code == 200
        counts.append(len(seen))
    assert counts[1] <= counts[0] <= most, "\n".join(one["sql"][:190] for one in seen)
