"""A copy's link in the department's chat: on a phone it asks for name and PIN, shows this one copy and lets it be signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser

from guiju.house import actions as house
from guiju.house.models import Pin
from guiju.logbook.models import Entry
from guiju.notices.actions import add_robot
from guiju.notices.chat.speaking import speak
from guiju.papers import actions, phone
from guiju.papers.models import Copy, PhoneLink, Receipt
from tests.notices.stand_in import Desk, standing
from tests.papers.scene import GROUP, Scene

DIGITS = "290417"


@pytest.fixture
def clock(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    file = tmp_path / "clock"
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(file))

    def put(moment: datetime) -> None:
        file.write_text(moment.isoformat())

    put(scene.cast.at("10:00"))
    return put


@pytest.fixture
def copy(scene: Scene, clock: Any) -> Copy:
    """F&B's copy of a group schedule; chen signs for F&B and has a PIN."""
    house.set_pin(scene.cast.hotel, pin=DIGITS, by=scene.cast.actor("chen"), now=scene.cast.at("09:00"))
    paper = scene.group(meals=True)
    return scene.copy(paper, "fnb")


def link_to(scene: Scene, copy: Copy, at: str = "10:00") -> str:
    key = phone.make_link(scene.cast.hotel.pk, str(copy.pk), copy.department, scene.cast.at(at))
    assert key is not None
    return phone.path_of(key)


def open_(path: str, name: str = "陈味", pin: str = DIGITS) -> tuple[Browser, Any]:
    browser = Browser()
    return browser, browser.post(path, {"what": "open", "name": name, "pin": pin})


@pytest.fixture
def desk(settings: Any) -> Iterator[Desk]:
    with standing() as one:
        settings.CHAT_ORIGINS = frozenset({one.origin})
        yield one


def test_from_the_chat_to_the_signature(scene: Scene, copy: Copy, desk: Desk, clock: Any) -> None:
    """The reminder in the chat carries the link; on a phone that never signed in: name, PIN, read, sign."""
    cast = scene.cast
    given = {"name": "餐饮群", "vendor": "wecom", "department": "fnb", "late": "once", "soon": "once", "other": "never", "address": desk.address("wecom")}
    add_robot(cast.hotel, given=given, by=cast.actor("guan"), now=cast.at("09:30"))
    actions.remind(copy, by=cast.actor("lin"), now=cast.at("10:00"))
    assert speak(cast.at("10:01")) == 1
    content = desk.taken[0]["markdown"]["content"]
    assert copy.paper.number in content and copy.paper.title not in content and "江南秋色" not in content
    path = content.partition("http://localhost:8000")[2].partition(")")[0]
    assert path.startswith("/c/") and path not in str(list(PhoneLink.objects.values()))
    browser = Browser()
    door = browser.get(path).content.decode()
    assert copy.paper.number in door and "江南秋色" not in door and "陈味" not in door, "before the PIN: the number and nothing else"
    answer = browser.post(path, {"what": "open", "name": "陈味", "pin": DIGITS})
    assert (answer.status_code, answer["Location"]) == (302, path)
    assert "江南秋色" in browser.get(path).content.decode()
    assert browser.post(path, {"what": "sign"}).status_code == 302
    copy.refresh_from_db()
    assert copy.signed_by_id == cast.people["chen"].pk
    receipt = Receipt.objects.get(copy=copy, what="signed")
    assert receipt.how == "phone" and receipt.content_hash == copy.revision.content_hash and "陈味" in browser.get(path).content.decode()
    assert browser.post(path, {"what": "sign"}).status_code == 302 and Receipt.objects.filter(copy=copy, what="signed").count() == 1
    page = cast.sign_in("tang").get(f"/papers/{copy.paper_id}/").content.decode()
    assert "群聊链接" in page


def test_it_opens_this_copy_and_nothing_else(scene: Scene, copy: Copy) -> None:
    """No other page, no other copy, not in another browser; closed, it asks again."""
    path, other = link_to(scene, copy), Copy.objects.exclude(department="fnb").first()
    assert other is not None
    browser, answer = open_(path)
    assert answer.status_code == 302
    for elsewhere in ("/inbox/", "/today/", "/papers/", f"/papers/{copy.paper_id}/", f"/copies/{copy.pk}/sign/", "/me/", f"/papers/{copy.paper_id}/pdf/"):
        assert browser.get(elsewhere).status_code == 302, elsewhere
    assert browser.post(f"/copies/{copy.pk}/sign/").status_code == 302
    copy.refresh_from_db()
    assert copy.signed_at is None
    second = link_to(scene, copy)
    browser.cookies["guiju_copy"]["path"] = "/"  # a browser that would send it everywhere
    assert "name=\"pin\"" in browser.get(second).content.decode(), "another link asks for itself"
    assert "name=\"pin\"" in Browser().get(path).content.decode()
    assert browser.post(path, {"what": "close"}).status_code == 302
    assert "name=\"pin\"" in browser.get(path).content.decode()


def test_wrong_digits_lock_after_five_and_say_nothing(scene: Scene, copy: Copy) -> None:
    """The same words for a wrong name and wrong digits; five lock the PIN, also for the right digits."""
    path = link_to(scene, copy)
    words = {open_(path, "没有这个人")[1].content.decode().count("alert"), open_(path, "林一舟")[1].content.decode().count("alert")}
    for _try in range(5):
        _browser, answer = open_(path, pin="999999")
        assert answer.status_code == 422
        words.add(answer.content.decode().count("alert"))
    assert words == {1}
    assert open_(path)[1].status_code == 422 and Pin.objects.get().locked_at is not None
    assert Entry.objects.filter(kind="pin.locked").count() == 1


def test_many_wrong_names_end_the_link(scene: Scene, copy: Copy) -> None:
    path = link_to(scene, copy)
    for n in range(10):
        open_(path, f"名{n}")
    assert Browser().get(path).status_code == 404
    assert open_(link_to(scene, copy))[1].status_code == 302


def test_it_ends_by_itself_and_cannot_be_guessed(scene: Scene, copy: Copy, clock: Any) -> None:
    path = link_to(scene, copy)
    browser, _answer = open_(path)
    clock(scene.cast.at("10:11"))
    assert "name=\"pin\"" in browser.get(path).content.decode(), "after ten minutes it asks again"
    clock(scene.cast.at("22:01"))
    dead = Browser().get(path)
    forged = [Browser().get(bad) for bad in (path[:-2] + "A/", "/c/x/", f"/c/{'A' * 46}/", f"/c/{'é' * 46}/", f"/c/{'A' * 3000}/")]
    assert {one.status_code for one in [dead, *forged]} == {404}
    assert len(forged[0].content) == len(forged[2].content) == len(dead.content), "a forged one tells nothing that an ended one does not"


def test_whoever_left_or_changed_his_mind_is_out_at_once(scene: Scene, copy: Copy) -> None:
    cast = scene.cast
    path = link_to(scene, copy)
    browser, _answer = open_(path)
    house.relieve(cast.hotel, person=cast.people["chen"], post="fnb", by=cast.actor("guan"), now=cast.at("10:00"))
    assert "name=\"pin\"" in browser.get(path).content.decode()
    assert browser.post(path, {"what": "sign"}).status_code == 422
    copy.refresh_from_db()
    assert copy.signed_at is None


def test_only_the_named_receiver_signs_and_only_the_latest_revision(scene: Scene, copy: Copy) -> None:
    cast = scene.cast
    house.set_pin(cast.hotel, pin="731946", by=cast.actor("can"), now=cast.at("09:00"))
    path = link_to(scene, copy)
    browser, answer = open_(path, "can", "731946")
    assert answer.status_code == 302 and "陈味" in browser.get(path).content.decode()
    assert browser.post(path, {"what": "sign"}).status_code == 409
    signer, _answer = open_(path)
    actions.revise(copy.paper, content={**GROUP, "persons": 40}, attrs=scene.attrs(meals=True), **scene.by("tang", "11:00"))
    assert signer.post(path, {"what": "sign"}).status_code == 409
    copy.refresh_from_db()
    assert copy.signed_at is None and copy.superseded_at is not None
    assert phone.make_link(cast.hotel.pk, str(copy.pk), "fnb", cast.at("10:00")) is None


def test_no_link_to_another_departments_copy(scene: Scene, copy: Copy) -> None:
    assert phone.make_link(scene.cast.hotel.pk, str(copy.pk), "housekeeping", scene.cast.at("10:00")) is None


def test_a_real_browser_can_send_its_form(scene: Scene, copy: Copy) -> None:
    """With "no-referrer" a browser sends Origin: null and the door against forged forms shuts: the site's own policy stands."""
    path = link_to(scene, copy)
    browser = Browser(enforce_csrf_checks=True)
    page = browser.get(path)
    assert page["Referrer-Policy"] == "same-origin"
    token = page.content.decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    form = {"what": "open", "name": "陈味", "pin": DIGITS, "csrfmiddlewaretoken": token}
    assert browser.post(path, form, headers={"Origin": "http://testserver"}).status_code == 302
    assert browser.post(path, {**form, "csrfmiddlewaretoken": "x" * 64}).status_code == 403
