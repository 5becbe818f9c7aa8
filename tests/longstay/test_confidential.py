"""A confidential note: for every post of the house, either it is named by the clause and sees it, or there is nothing to be seen anywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client as Browser

from guiju.duties.models import Duty
from guiju.house import tokens
from guiju.house.facts import POSTS
from guiju.house.models import Appointment, Person, SignedIn
from guiju.logbook.models import Entry, EntrySubject, PersonalValue
from guiju.longstay import actions
from guiju.longstay.confidential import named_posts
from guiju.longstay.models import LongStay, WatchNote
from guiju.notices.models import Notice
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Missing, NotAllowed
from tests.cast import TODAY
from tests.longstay.scene import House

SECRET = "夜间多人进出"
NAMED = {"sales_manager", "gm", "duty_manager", "housekeeping_head", "housekeeping", "security_head", "security"}


@pytest.fixture
def noted(house: House) -> tuple[House, LongStay, WatchNote]:
    """A guest with a note, whose duty is already late."""
    stay = house.in_force()
    row = actions.note_watch(stay, text=SECRET, **house.step("shen"))
    return house, stay, row


def test_the_clause_names_the_posts(noted: tuple[House, LongStay, WatchNote]) -> None:
    house, _stay, _row = noted
    assert named_posts(house.cast.hotel.pk, house.cast.at("10:00")) == NAMED


def somebody(house: House, *posts: str) -> tuple[Browser, dict[str, str]]:
    """A person in these posts alone: his browser, and the header of his program."""
    cast, name = house.cast, "-".join(posts)[:40]
    person = Person.objects.create(username=f"one-{name}", name=f"某{len(posts)}", password="!")
    Appointment.objects.bulk_create(Appointment(hotel=cast.hotel, person=person, post=post, from_at=cast.hotel.created_at) for post in posts)
    row = SignedIn.objects.create(person=person, hotel=cast.hotel, session_key=f"s-{name[:20]}", created_at=cast.at("08:00"), last_seen_at=cast.at("08:00"))
    browser = Browser(raise_request_exception=False)
    session = browser.session
    session["signed_in"], session["epoch"] = str(row.pk), person.session_epoch
    session.save()
    _token, key = tokens.create(cast.hotel, person=person, name="m", by=the_clock(cast.hotel.pk, via="cli"), now=cast.at("00:01"))
    return browser, {"Authorization": f"Bearer {key}"}


def test_each_post_reads_it_or_finds_a_closed_door(noted: tuple[House, LongStay, WatchNote]) -> None:
    """The whole matrix: every post of the house, by page and by program, reading and writing."""
    house, stay, row = noted
    for post in POSTS:
        browser, program = somebody(house, post)
        page, read = browser.get(f"/longstay/notes/{row.pk}"), browser.get(f"/api/v1/longstay/notes/{row.pk}", headers=program)
        if post in NAMED:
            assert page.status_code == 200 and SECRET in page.content.decode() and page["Cache-Control"] == "no-store", post
            assert read.status_code == 200 and SECRET in read.json()["text"], post
            continue
        asked = browser.get(f"/api/v1/longstay/{stay.pk}/notes", headers=program)
        for answer in (page, read, asked, browser.get(f"/longstay/{stay.pk}/note")):
            assert answer.status_code in (403, 404) and SECRET not in answer.content.decode(), post


def test_whoever_is_not_named_finds_no_trace_anywhere(noted: tuple[House, LongStay, WatchNote], clock: Path) -> None:
    """Somebody in all the other posts at once sees what each of them sees, and more: nothing, on any page, in no list of a program."""
    house, stay, row = noted
    clock.write_text(house.cast.at("13:00").isoformat())  # both notices are late by now: figures and escalations exist
    from guiju.rounds.actions import go_round

    go_round(house.cast.at("13:00"))
    browser, program = somebody(house, *sorted(set(POSTS) - NAMED))
    duties = [str(pk) for pk in Duty.objects.filter(clause="longstay.suspicious").values_list("pk", flat=True)]
    assert len(duties) > 2
    for path in (
        "/today/", f"/longstay/{stay.pk}/", f"/longstay/{stay.pk}/side", f"/longstay/{stay.pk}/rent", "/longstay/?view=all", "/longstay/orders",
        "/search/?q=夜间", "/search/?q=保密", "/bell/", "/compliance/", "/compliance/?clause=longstay.suspicious", "/papers/", f"/clients/{stay.client_id}",
        "/me/calendar/", "/api/v1/duties", "/api/v1/bell", "/api/v1/longstay?view=all", f"/api/v1/longstay/{stay.pk}", "/api/v1/compliance",
    ):
        answer = browser.get(path, headers=program if path.startswith("/api/") else {}, follow=True)
        assert answer.status_code in (200, 403, 404), path
        text = answer.content.decode()
        for trace in (SECRET, str(row.pk), 'id="confidential"', *duties):
            assert trace not in text, (path, trace)
    assert {browser.get(f"/duties/{duty}/").status_code for duty in duties} <= {403, 404}
    opened = house.cast.sign_in("shen")  # the control: where it may be seen these traces are there
    assert 'id="confidential"' in opened.get(f"/longstay/{stay.pk}/side").content.decode()
    assert any(duty in house.cast.sign_in("an").get("/today/").content.decode() for duty in duties)


def test_each_opening_is_written_down(noted: tuple[House, LongStay, WatchNote], clock: Path) -> None:
    """Who and when, on the note and never on the guest."""
    house, stay, row = noted
    browser = house.cast.sign_in("ke")
    for minute in ("10:10", "10:11"):
        clock.write_text(house.cast.at(minute).isoformat())
        assert SECRET in browser.get(f"/longstay/notes/{row.pk}").content.decode()
    opened = Entry.objects.filter(kind="watch.opened")
    assert [str(pk) for pk in opened.values_list("by_id", flat=True)] == [str(house.cast.people["ke"].pk)] * 2
    told = EntrySubject.objects.filter(entry__kind__startswith="watch.").values_list("kind", flat=True)
    assert set(told) == {"watch"}
    assert not EntrySubject.objects.filter(kind="longstay", subject_id=str(stay.pk), entry__kind__startswith="watch.").exists()


def test_its_text_stands_nowhere_in_the_open(noted: tuple[House, LongStay, WatchNote]) -> None:
    """Sealed in its row; in the chain only as a hash, beside it encrypted; in no notice and no duty."""
    _house, _stay, row = noted
    row.refresh_from_db()
    assert SECRET.encode() not in bytes(row.sealed)
    assert not Entry.objects.filter(body__contains=SECRET).exists()
    assert all(SECRET.encode() not in bytes(one.sealed) for one in PersonalValue.objects.all())
    assert not [one for one in Notice.objects.all() if SECRET in str(one.__dict__)]


def test_not_through_a_tablet_and_not_by_a_verb(noted: tuple[House, LongStay, WatchNote]) -> None:
    """A shared tablet opens no note, whoever signs there; a verb refuses a seller."""
    house, stay, row = noted
    from dataclasses import replace

    step = house.step("ke")
    with pytest.raises(Missing):
        actions.open_watch(row, by=replace(step["by"], via="tablet"), now=step["now"])
    with pytest.raises(NotAllowed):
        actions.open_watch(row, **house.step("lin"))
    with pytest.raises(NotAllowed):
        actions.note_watch(stay, text="x", **house.step("lin"))


def test_without_the_clause_nobody_may_know(noted: tuple[House, LongStay, WatchNote], monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition that names nobody closes the note: deny by default."""
    from guiju.longstay import confidential

    house, _stay, row = noted
    monkeypatch.setattr(confidential, "CLAUSE", "longstay.unknown")
    with pytest.raises(Missing):
        actions.open_watch(row, **house.step("shen"))


def test_a_refused_word_shows_no_text(noted: tuple[House, LongStay, WatchNote]) -> None:
    """A post that is refused writes nothing down, so it shows nothing."""
    house, _stay, row = noted
    answer = house.cast.sign_in("ke").post(f"/longstay/notes/{row.pk}", {"what": "observe", "text": ""})
    assert answer.status_code == 422 and not re.search(SECRET, answer.content.decode())


def test_what_was_seen_has_the_hour_of_the_hotel(noted: tuple[House, LongStay, WatchNote]) -> None:
    """Seen at ten in the morning here, it is not written down as two at night."""
    house, _stay, row = noted
    browser = house.cast.sign_in("ke")
    assert browser.post(f"/longstay/notes/{row.pk}", {"what": "observe", "text": "灯整夜亮着"}).status_code == 302
    assert f"{TODAY.isoformat()} 10:00 柯净: 灯整夜亮着" in actions.open_watch(row.__class__.objects.get(pk=row.pk), **house.step("ke"))
