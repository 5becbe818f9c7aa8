"""The department's shared tablet: enrolled device, name and PIN, only reading and signing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser

from guiju.house import actions, receivers
from guiju.house.acting import on_tablet
from guiju.house.models import Pin, SignedIn, Tablet
from guiju.logbook.models import Entry
from guiju.shelf.errors import Invalid, NotAllowed
from tests.cast import TODAY
from tests.papers.scene import Scene as Papers

pytestmark = pytest.mark.usefixtures("clock")
DIGITS = "290417"


@pytest.fixture
def tablet(cast):
    """A browser enrolled as the F&B tablet; chen has a PIN."""
    browser = cast.sign_in("can")
    answer = browser.post("/house/tablets/", {"department": "fnb", "name": "传菜口"})
    assert answer["Location"] == "/tablet/"
    actions.set_pin(cast.hotel, pin=DIGITS, by=cast.actor("chen"), now=cast.at("09:00"))
    return browser


def test_enrolling_signs_the_head_out_and_offers_the_departments_names(cast, tablet):
    assert tablet.get("/me/").status_code == 302
    page = tablet.get("/tablet/").content.decode()
    assert "陈味" in page and "林一舟" not in page
    assert Tablet.objects.get().token_hash not in str(tablet.cookies)
    assert Entry.objects.filter(kind="tablet.enrolled").exists()


def test_name_and_pin_open_only_reading_and_signing(cast, tablet):
    answer = tablet.post("/tablet/", {"person": str(cast.people["chen"].pk), "pin": DIGITS})
    assert (answer.status_code, answer["Location"]) == (302, "/inbox/")
    assert tablet.get("/inbox/").status_code == 200
    for path in ("/me/", "/me/sessions/", "/me/password/", "/house/people/", "/house/settings/", "/house/tablets/"):
        assert tablet.get(path).status_code == 403, path
    assert tablet.post("/sign-out/")["Location"] == "/tablet/"
    assert tablet.get("/inbox/").status_code == 302


def test_the_actor_at_a_tablet_is_of_that_department_only(cast):
    at = {"now": cast.at("10:00"), "address": "", "device": "d"}
    actions.appoint(cast.hotel, person=cast.people["chen"], post="security", by=cast.actor("guan"), now=cast.at("09:00"))
    actor = on_tablet(cast.people["chen"], cast.hotel, "fnb", **at)
    assert actor.via == "tablet" and actor.departments == {"fnb"} and actor.permissions == {"papers.view", "papers.sign"}
    assert receivers.may_sign(actor, "fnb", TODAY)
    actions.name_receiver(
        cast.hotel, department="security", person=cast.people["chen"], from_on=TODAY, by=cast.actor("bao"), now=cast.at("09:00")
    )
    assert not receivers.may_sign(actor, "security", TODAY)
    assert on_tablet(cast.people["lin"], cast.hotel, "fnb", **at).permissions == frozenset()


def test_only_an_enrolled_device(cast, tablet):
    assert Browser().get("/tablet/").status_code == 403
    answer = Browser().post("/tablet/", {"person": str(cast.people["chen"].pk), "pin": DIGITS})
    assert answer.status_code == 403
    forged = Browser()
    forged.cookies["guiju_tablet"] = "x:y:z"
    assert forged.get("/tablet/").status_code == 403


def test_five_wrong_pins_lock_it_until_a_new_one(cast, tablet):
    chen = str(cast.people["chen"].pk)
    for _try in range(5):
        assert tablet.post("/tablet/", {"person": chen, "pin": "999999"}).status_code == 422
    assert tablet.post("/tablet/", {"person": chen, "pin": DIGITS}).status_code == 422
    assert Pin.objects.get().locked_at is not None
    assert Entry.objects.filter(kind="pin.locked").count() == 1
    own = cast.sign_in("chen")
    assert own.post("/me/pin/", {"pin": "731946", "again": "731946"}).status_code == 302
    assert tablet.post("/tablet/", {"person": chen, "pin": "731946"}).status_code == 302


def test_a_right_pin_forgets_the_failures(cast, tablet):
    chen = str(cast.people["chen"].pk)
    for _round in range(3):
        for _try in range(4):
            tablet.post("/tablet/", {"person": chen, "pin": "999999"})
        assert tablet.post("/tablet/", {"person": chen, "pin": DIGITS}).status_code == 302
        tablet.post("/sign-out/")


def test_nobody_of_another_department_signs_in_here(cast, tablet):
    actions.set_pin(cast.hotel, pin=DIGITS, by=cast.actor("lin"), now=cast.at("09:00"))
    for person in (str(cast.people["lin"].pk), "", "x"):
        assert tablet.post("/tablet/", {"person": person, "pin": DIGITS}).status_code == 422


def test_a_revoked_tablet_is_dead_at_once_and_an_idle_one_asks_again(cast, tablet, clock):
    chen = {"person": str(cast.people["chen"].pk), "pin": DIGITS}
    tablet.post("/tablet/", chen)
    clock(cast.at("10:00") + timedelta(minutes=16))
    assert tablet.get("/inbox/").status_code == 302
    tablet.post("/tablet/", chen)
    assert tablet.get("/inbox/").status_code == 200
    actions.revoke_tablet(Tablet.objects.get(), by=cast.actor("can"), now=cast.at("10:20"))
    assert tablet.get("/inbox/").status_code == 302
    assert tablet.get("/tablet/").status_code == 403
    assert not SignedIn.objects.filter(person=cast.people["chen"], ended_at__isnull=True).exists()


def test_a_tablets_session_does_not_travel_to_another_browser(cast, tablet):
    tablet.post("/tablet/", {"person": str(cast.people["chen"].pk), "pin": DIGITS})
    thief = Browser()
    thief.cookies["guiju_session"] = tablet.cookies["guiju_session"].value
    assert thief.get("/inbox/").status_code == 302


def test_heads_enroll_for_their_own_department(cast):
    with pytest.raises(NotAllowed):
        actions.enroll_tablet(cast.hotel, department="security", name="门岗", by=cast.actor("can"), now=cast.at("09:00"))
    with pytest.raises(Invalid):
        actions.enroll_tablet(cast.hotel, department="fnb", name=" ", by=cast.actor("can"), now=cast.at("09:00"))
    assert cast.sign_in("chen").get("/house/tablets/").status_code == 403


@pytest.mark.parametrize("pin", ["123456", "111111", "654321", "12345", "１２３４５６", "12345a", "121212"])
def test_digits_one_would_guess_are_refused(cast, pin):
    with pytest.raises(Invalid):
        actions.set_pin(cast.hotel, pin=pin, by=cast.actor("chen"), now=cast.at("09:00"))


def test_on_a_tablet_the_page_offers_only_what_opens_there(cast, tablet):
    Papers(cast).reservation("09:10")
    tablet.post("/tablet/", {"person": str(cast.people["chen"].pk), "pin": DIGITS})
    seen, waiting = set(), ["/inbox/"]
    while waiting:
        page = tablet.get(waiting.pop()).content.decode()
        found = {path for path in re.findall(r'(?:href|data-search|data-help|data-counts)="(/[^"#?]*)', page) if not path.startswith("/static/")}
        for path in sorted(found - seen):
            assert tablet.get(path).status_code in (200, 302), path
        waiting += [path for path in found - seen if path.startswith("/papers/") and path.count("/") == 3]
        seen |= found
    assert "/inbox/" in seen and not {"/bell/", "/help/", "/me/", "/search/", "/me/password/", "/me/sessions/"} & seen
