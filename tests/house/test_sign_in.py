"""Coming in: right, wrong, too often, forced change, second step, sessions that die."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from django.contrib.auth.hashers import get_hasher
from django.test import Client as Browser

from guiju.house import actions, second_step, signing_in
from guiju.house.models import Person, ResetLink, SignedIn, SigninAttempt
from guiju.logbook.models import Entry
from guiju.notices.models import Letter
from guiju.shelf.errors import NotAllowed
from tests.cast import PASSWORD

pytestmark = pytest.mark.usefixtures("clock")


def enter(browser, username, password=PASSWORD, **more):
    return browser.post("/sign-in/", {"username": username, "password": password, **more})


def test_right_password_opens_a_session_and_is_in_the_logbook(cast):
    browser = Browser()
    before = browser.session.session_key
    answer = enter(browser, "LIN ", next="/me/")
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    assert browser.cookies["guiju_session"].value != before
    assert browser.get("/me/").status_code == 200
    row = SignedIn.objects.get(person=cast.people["lin"])
    assert row.session_key == browser.session.session_key
    assert Entry.objects.filter(kind="signin.done", attrs__how="password").exists()


def test_wrong_password_and_unknown_name_look_the_same(cast):
    known, unknown = enter(Browser(), "lin", "wrong wrong wrong"), enter(Browser(), "nobody", "wrong wrong wrong")
    assert known.status_code == unknown.status_code == 422
    strip = lambda page: page.content.decode().replace('value="lin"', "").replace('value="nobody"', "")  # noqa: E731
    assert len(strip(known)) == len(strip(unknown))
    assert Entry.objects.filter(kind="signin.refused").count() == 2
    assert not SignedIn.objects.exists()


def test_a_name_nobody_has_costs_a_password_check_too(cast, monkeypatch):
    hashed = []
    hasher = type(get_hasher())
    encode, verify = hasher.encode, hasher.verify
    monkeypatch.setattr(hasher, "encode", lambda self, raw, salt: hashed.append(raw) or encode(self, raw, salt))
    monkeypatch.setattr(hasher, "verify", lambda self, raw, kept: hashed.append(raw) or verify(self, raw, kept))
    for name in ("lin", "nobody"):
        assert signing_in.check(name, "x", address="1.2.3.4", now=cast.at("10:00")) is None
    assert hashed == ["x", "x"]


def test_ten_failures_close_the_account_for_a_quarter_of_an_hour(cast, clock):
    for _try in range(10):
        assert enter(Browser(), "lin", "wrong wrong wrong").status_code == 422
    refused = enter(Browser(), "lin")
    assert refused.status_code == 429 and refused["Retry-After"]
    for _try in range(10):
        enter(Browser(), "nobody", "wrong wrong wrong")
    assert enter(Browser(), "nobody", "x").status_code == 429  # no enumeration by the lock either
    assert enter(Browser(), "wen").status_code == 302  # the neighbour at the same address comes in
    clock(cast.at("10:16"))
    assert enter(Browser(), "lin").status_code == 302


def test_one_who_tries_many_names_does_not_lock_out_his_office(cast):
    assert enter(Browser(), "wen").status_code == 302
    for number in range(signing_in.ACCOUNTS_PER_ADDRESS):
        enter(Browser(), f"guess{number}", "wrong wrong wrong")
    assert enter(Browser(), "guess-more", "wrong").status_code == 429
    assert enter(Browser(), "lin").status_code == 429  # never came in from here
    assert enter(Browser(), "wen").status_code == 302


def test_next_leads_nowhere_else(cast):
    for target in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        assert enter(Browser(), "wen", next=target)["Location"] == "/"


def test_a_disabled_person_is_out_at_the_next_request(cast):
    browser = cast.sign_in("lin")
    assert browser.get("/me/").status_code == 200
    actions.disable_person(cast.hotel, person=cast.people["lin"], by=cast.actor("guan"), now=cast.at("10:00"))
    assert browser.get("/me/").status_code == 302
    assert enter(Browser(), "lin").status_code == 422


def test_forced_change_at_the_first_sign_in(cast):
    word = actions.reset_password(cast.hotel, person=cast.people["lin"], by=cast.actor("guan"), now=cast.at("10:00"))
    browser = Browser()
    assert enter(browser, "lin", word)["Location"] == "/me/password/"
    assert browser.get("/me/")["Location"] == "/me/password/"
    weak = browser.post("/me/password/", {"old": word, "new": "password", "again": "password"})
    assert weak.status_code == 422
    other = browser.post("/me/password/", {"old": word, "new": "jade mountain road", "again": "jade mountain"})
    assert other.status_code == 422
    good = browser.post("/me/password/", {"old": word, "new": "jade mountain road", "again": "jade mountain road"})
    assert good.status_code == 302
    assert browser.get("/me/").status_code == 200
    assert not Person.objects.get(pk=cast.people["lin"].pk).must_change_password


def test_one_can_sign_out_before_changing(cast):
    word = actions.reset_password(cast.hotel, person=cast.people["lin"], by=cast.actor("guan"), now=cast.at("10:00"))
    browser = Browser()
    enter(browser, "lin", word)
    assert browser.post("/sign-out/")["Location"] == "/sign-in/"
    assert browser.get("/me/")["Location"].startswith("/sign-in/")


def test_changing_the_password_ends_the_other_sessions(cast):
    phone, desk = cast.sign_in("lin"), cast.sign_in("lin")
    answer = desk.post("/me/password/", {"old": PASSWORD, "new": "jade mountain road", "again": "jade mountain road"})
    assert answer.status_code == 302
    assert desk.get("/me/").status_code == 200
    assert phone.get("/me/").status_code == 302


def test_nobody_sets_somebody_elses_password(cast):
    with pytest.raises(NotAllowed):
        actions.set_password(
            cast.hotel, person=cast.people["lu"], password="jade mountain road", by=cast.actor("lin"), now=cast.at("10:00")
        )


def test_a_revoked_session_is_dead_at_the_next_request(cast):
    phone, desk = cast.sign_in("lin"), cast.sign_in("lin")
    row = SignedIn.objects.get(pk=phone.session["signed_in"])
    stranger = cast.sign_in("wen")
    stranger.post("/me/sessions/", {"session": str(row.pk)})
    assert phone.get("/me/").status_code == 200
    assert str(row.pk) in desk.get("/me/sessions/").content.decode()
    desk.post("/me/sessions/", {"session": str(row.pk)})
    assert phone.get("/me/").status_code == 302
    assert desk.get("/me/").status_code == 200
    assert Entry.objects.filter(kind="session.revoked").count() == 1


def test_signing_in_again_ends_the_session_before(cast):
    browser = Browser()
    enter(browser, "wen")
    first = browser.session["signed_in"]
    enter(browser, "wen")
    assert SignedIn.objects.get(pk=first).ended_at is not None
    assert browser.get("/me/").status_code == 200


def test_the_gm_sets_up_the_second_step_and_uses_it(cast, clock):
    browser = Browser()
    answer = enter(browser, "lu")
    assert answer["Location"] == "/sign-in/code/"
    assert browser.get("/me/").status_code == 302  # not in yet
    page = browser.get("/sign-in/code/")
    assert b"data:image/svg+xml" in page.content
    secret = browser.session["pending"]["secret"]
    assert browser.post("/sign-in/code/", {"code": "000000"}).status_code == 422
    code = pyotp.TOTP(secret).at(cast.at("10:00"))
    assert browser.post("/sign-in/code/", {"code": code}).status_code == 302
    assert browser.get("/me/").status_code == 200
    kept = bytes(Person.objects.get(pk=cast.people["lu"].pk).totp_secret)
    assert secret.encode() not in kept

    again = Browser()
    enter(again, "lu")
    assert b"data:image" not in again.get("/sign-in/code/").content
    assert again.post("/sign-in/code/", {"code": code}).status_code == 422  # each code opens once
    clock(cast.at("10:01"))
    assert again.post("/sign-in/code/", {"code": pyotp.TOTP(secret).at(cast.at("10:01"))}).status_code == 302
    assert again.get("/me/").status_code == 200


def test_codes_cannot_be_tried_without_end_nor_after_ten_minutes(cast, clock):
    person = cast.people["lu"]
    secret = second_step.fresh()
    Person.objects.filter(pk=person.pk).update(totp_secret=second_step.seal(person.pk, secret))
    browser = Browser()
    enter(browser, "lu")
    for _try in range(10):
        browser.post("/sign-in/code/", {"code": "000000"})
    browser.post("/sign-in/code/", {"code": pyotp.TOTP(secret).at(cast.at("10:00"))})
    assert browser.get("/me/").status_code == 302
    clock(cast.at("10:20"))
    answer = browser.post("/sign-in/code/", {"code": pyotp.TOTP(secret).at(cast.at("10:20"))})
    assert answer["Location"] == "/sign-in/"


def test_the_second_step_can_be_switched_off_and_is_not_asked_of_others(cast):
    actions.change_setting(
        cast.hotel, key="security.totp_required", value="false", by=cast.actor("guan"), now=cast.at("10:00")
    )
    assert enter(Browser(), "lu")["Location"] == "/"
    assert enter(Browser(), "lin")["Location"] == "/"


def test_a_link_by_mail_works_once(cast, clock, settings):
    settings.PUBLIC_URL = "https://desk.example"
    answers = [Browser().post("/reset/", {"username": name}).content for name in ("lin", "nobody")]
    assert len(set(map(len, answers))) == 1
    letter = Letter.objects.get()
    assert letter.to == "lin@tingtao.example"
    link = letter.body.split("https://desk.example")[1].split()[0]
    assert ResetLink.objects.get().token_hash not in link
    browser = Browser()
    page = browser.get(link)
    assert (page.status_code, page["Referrer-Policy"]) == (200, "same-origin")  # with no-referrer a browser's form comes with Origin: null
    assert browser.post(link, {"new": "short", "again": "short"}).status_code == 422
    assert browser.post(link, {"new": "jade mountain road", "again": "jade mountain road"}).status_code == 302
    assert browser.post(link, {"new": "jade mountain rood", "again": "jade mountain rood"}).status_code == 404
    assert enter(Browser(), "lin", "jade mountain road").status_code == 302
    clock(cast.at("10:01"))
    Browser().post("/reset/", {"username": "lin"})
    assert Letter.objects.count() == 1  # at most one in five minutes


def test_an_old_link_is_dead(cast, clock):
    Browser().post("/reset/", {"username": "lin"})
    link = Letter.objects.get().body.split("localhost:8000")[-1].split()[0]
    clock(cast.at("10:00") + timedelta(minutes=31))
    assert Browser().get(link).status_code == 404


def test_one_tap_sign_in_is_for_the_demo_only(cast, settings, monkeypatch):
    from guiju.shelf import registry

    rows = [{"username": "lin", "name": "林一舟", "name_en": "Lin", "post": "x", "post_en": "Seller", "sees": "今日", "sees_en": "Today"}]
    monkeypatch.setattr(registry, "demo_sign_ins", lambda: rows)
    assert Browser().post("/sign-in/demo/", {"username": "lin"}).status_code == 404
    settings.GUIJU_MODE = "demo"
    browser = Browser()
    assert "今日" in browser.get("/sign-in/").content.decode()
    assert Browser().post("/sign-in/demo/", {"username": "lu"}).status_code == 404
    assert browser.post("/sign-in/demo/", {"username": "lin"}).status_code == 302
    assert browser.get("/me/").status_code == 200


def test_attempts_keep_no_names(cast):
    enter(Browser(), "lin", "wrong wrong wrong")
    assert "lin" not in SigninAttempt.objects.get().account


@pytest.mark.parametrize("name", ["\x00", "lin\x00", "‮nil", "😀" * 60, "' OR 1=1 --", "a" * 100_000])
def test_odd_names_are_only_wrong(cast, name):
    assert enter(Browser(), name, "x\x00y").status_code == 422
    assert enter(Browser(), name, "wrong wrong").status_code == 422
    assert Browser().post("/reset/", {"username": name}).status_code == (422 if "\x00" in name else 200)
