"""Notices in group chats: signed as the three vendors want it, each told once, a dead robot waits and is shown, nobody's name leaves."""

from __future__ import annotations

import json
import logging
import socket
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from guiju.notices.actions import add_robot, change_robot, end_robot, tell, try_robot
from guiju.notices.chat import line, speaking
from guiju.notices.chat.speaking import speak
from guiju.notices.chat.vendors import VENDORS, Line, Message, fitted, judge
from guiju.notices.models import Letter, Notice, Robot, Spoken
from guiju.shelf.errors import Conflict, Invalid, NotAllowed
from tests.cast import Cast
from tests.notices.stand_in import KEY, SECRET, Desk, standing

GIVEN = {"name": "餐饮群", "vendor": "wecom", "department": "fnb", "late": "once", "soon": "once", "other": "digest", "digest_at": "08:30", "personal": True}


@pytest.fixture
def desk(settings: Any) -> Iterator[Desk]:
    with standing() as one:
        settings.CHAT_ORIGINS = frozenset({one.origin})
        yield one


def robot(cast: Cast, desk: Desk, **more: Any) -> Robot:
    given = {**GIVEN, **more}
    given.setdefault("address", desk.address(given["vendor"]))
    if VENDORS[given["vendor"]].signs:
        given.setdefault("secret", SECRET)
    return add_robot(cast.hotel, given=given, by=cast.actor("guan"), now=cast.at("09:00"))


def told(cast: Cast, number: str = "G2611007", at: str = "10:00", **more: Any) -> None:
    values = {"text": "Please sign for %(number)s", "values": {"number": number}, "department": "fnb", "urgency": "soon", **more}
    tell(cast.hotel.pk, key=f"t:{number}:{at}:{more.get('person_id', '')}", now=cast.at(at), **values)


def say(cast: Cast, desk: Desk, at: str | datetime = "10:01") -> int:
    moment = cast.at(at) if isinstance(at, str) else at
    desk.now = moment.timestamp()
    return speak(moment)


@pytest.mark.parametrize(
    ("vendor", "kind", "plain"),
    [("wecom", "markdown", False), ("wecom", "text", True), ("dingtalk", "actionCard", False), ("dingtalk", "text", True), ("feishu", "interactive", False), ("feishu", "text", True)],
)
def test_each_vendor_takes_its_signed_message(cast: Cast, desk: Desk, vendor: str, kind: str, plain: bool) -> None:
    """The stand-in reckons the signature by itself: what it takes, the vendor takes."""
    row = robot(cast, desk, vendor=vendor, plain=plain)
    told(cast)
    assert say(cast, desk) == 1
    (said,) = desk.taken
    assert said.get("msgtype", said.get("msg_type")) == kind and "G2611007" in desk.texts and "听涛饭店" in desk.texts
    assert "http://localhost:8000/bell/" in desk.texts
    row.refresh_from_db()
    assert row.sent_at == cast.at("10:01") and not row.last_error and row.failures == 0
    assert say(cast, desk, "10:02") == 0 and len(desk.taken) == 1, "told once"


@pytest.mark.parametrize(
    ("vendor", "more", "code"),
    [
        ("wecom", {"key": "9" * 36}, "93000"), ("dingtalk", {"key": "9" * 36}, "300001"), ("feishu", {"key": "9" * 36}, "19001"),
        ("dingtalk", {"secret": "SECwrong1"}, "310000"), ("feishu", {"secret": "wrongwrong"}, "19021"), ("dingtalk", {"secret": ""}, "310000"),
    ],
)
def test_a_wrong_key_or_secret_stops_the_robot_and_is_shown(cast: Cast, desk: Desk, vendor: str, more: dict[str, str], code: str) -> None:
    """It stands still, with the vendor's own words but not with the key; what it had to tell waits; mended, it goes on by itself."""
    key = more.get("key", KEY)
    row = robot(cast, desk, vendor=vendor, address=desk.address(vendor, key), **({"secret": more["secret"]} if "secret" in more else {}))
    told(cast)
    assert say(cast, desk) == 0 and say(cast, desk, "12:00") == 0 and len(desk.asked) == 1
    row.refresh_from_db()
    assert row.stopped_at and row.last_error.startswith(code) and key not in row.last_error
    assert Letter.objects.get(channel="chat").state == "waiting"
    page = cast.sign_in("guan").get("/house/robots/").content.decode()
    assert code in page and key not in page and "餐饮群" in page
    assert any(words in page for words in ("机器人不存在", "签名、关键词", "签名不符")), "the code in the reader's words"
    assert "餐饮群" in cast.sign_in("guan").get("/bell/").content.decode()
    change_robot(row, given={"address": desk.address(vendor), "secret": "" if vendor == "wecom" else SECRET}, version=row.version, by=cast.actor("guan"), now=cast.at("12:01"))
    assert say(cast, desk, "12:02") == 1 and "G2611007" in desk.texts


def test_a_dead_robot_waits_and_holds_up_nobody(cast: Cast, desk: Desk) -> None:
    """Down, then back: one message waits, what came meanwhile is told in one go, each once; the other robot never noticed."""
    dead, well = robot(cast, desk, name="坏", address=desk.address("wecom")), robot(cast, desk, name="好", vendor="feishu", department="front_desk")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        gone = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    line.settings.CHAT_ORIGINS |= {gone}
    change_robot(dead, given={"address": f"{gone}/cgi-bin/webhook/send?key={KEY}"}, version=dead.version, by=cast.actor("guan"), now=cast.at("09:01"))
    moment = cast.at("10:01")
    for n in range(6):
        told(cast, f"G{n}", f"10:0{n}")
        told(cast, f"F{n}", f"10:0{n}", department="front_desk")
        say(cast, desk, moment)
        moment += timedelta(minutes=1)
    dead.refresh_from_db()
    assert dead.failures >= 2 and dead.last_error == "no connection" and dead.wait_until_at and not dead.stopped_at
    assert Letter.objects.filter(channel="chat", to=str(dead.pk)).count() == 1, "nothing piles up"
    well.refresh_from_db()
    assert not well.failures and all(f"F{n}" in desk.texts for n in range(6))
    assert not any(f"G{n}" in desk.texts for n in range(6))
    dead.refresh_from_db()
    change_robot(dead, given={"address": desk.address("wecom")}, version=dead.version, by=cast.actor("guan"), now=moment)
    for _ in range(3):
        moment += timedelta(minutes=1)
        say(cast, desk, moment)
    assert [desk.texts.count(f"G{n}") for n in range(6)] == [1] * 6
    assert Spoken.objects.filter(robot=dead).count() == 6


@pytest.mark.parametrize(
    ("mode", "why"), [("slow", "no answer in time"), ("drip", "no answer in time"), ("html", "502"), ("away", "where we do not go"), ("huge", "too long"), ((429, {}, {"Retry-After": "900"}), "429")],
)
def test_slow_down_odd_or_elsewhere_is_not_now(cast: Cast, desk: Desk, monkeypatch: pytest.MonkeyPatch, mode: Any, why: str) -> None:
    """It waits and tries again; it follows nobody elsewhere; a trickle does not hold the line."""
    monkeypatch.setattr(line.post, "__kwdefaults__", {"seconds": 0.6})
    row = robot(cast, desk)
    told(cast)
    desk.mode, begun = mode, time.monotonic()
    assert say(cast, desk) == 0 and time.monotonic() - begun < 2
    row.refresh_from_db()
    assert why in row.last_error and row.wait_until_at and len(desk.asked) == 1
    if why == "429":
        assert row.wait_until_at == cast.at("10:16")
    desk.mode = "ok"
    assert say(cast, desk, row.wait_until_at + timedelta(seconds=2)) == 1 and desk.texts.count("G2611007") == 1


def test_a_refused_message_lies_dead_and_the_next_one_goes(cast: Cast, desk: Desk) -> None:
    """A message the vendor will never take is no reason to be silent."""
    robot(cast, desk)
    told(cast, "G1")
    desk.mode = (200, {"errcode": 40058, "errmsg": "markdown.content exceed max length"})
    assert say(cast, desk) == 0
    desk.mode = "ok"
    told(cast, "G2", "10:02")
    assert say(cast, desk, "10:03") == 1
    assert [one.state for one in Letter.objects.filter(channel="chat").order_by("created_at")] == ["dead", "sent"]


def test_killed_while_sending_it_is_said_again_not_lost(cast: Cast, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claim, send, then mark: cut off in between, the same letter goes again with the same mark; two workers at once send it once."""
    robot(cast, desk)
    told(cast)

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(speaking, "_after", die)
        with pytest.raises(KeyboardInterrupt):
            say(cast, desk)
    assert say(cast, desk, "10:02") == 0, "another worker leaves it to the one who has it"
    assert say(cast, desk, "10:05") == 1
    marks = {headers["Idempotency-Key"] for _path, headers, _body in desk.asked}
    assert len(desk.taken) == 2 and len(marks) == 1


def test_twenty_a_minute_and_no_more(cast: Cast, desk: Desk) -> None:
    """WeCom and DingTalk take twenty messages a minute: the twenty-first carries what came meanwhile."""
    robot(cast, desk)
    moment = cast.at("10:00")
    for n in range(30):
        told(cast, f"G{n:02d}", "10:00")
        say(cast, desk, moment + timedelta(seconds=n))
    assert len(desk.taken) == 20
    say(cast, desk, moment + timedelta(seconds=61))
    assert len(desk.taken) == 21 and all(desk.texts.count(f"G{n:02d}") == 1 for n in range(30))


def test_only_its_department_only_what_it_wants_and_once_for_all_of_them(cast: Cast, desk: Desk) -> None:
    """The same reminder to a post, a person and the department is one line; other departments' and the unwanted are not told."""
    robot(cast, desk, soon="never")
    common = {"text": "Overdue: %(title)s (%(clause)s)", "values": {"title": "x 王五", "clause": "booking.by-1800", "share": "100%"}, "urgency": "late", "now": cast.at("10:00")}
    tell(cast.hotel.pk, key="a", department="fnb", **common)
    tell(cast.hotel.pk, key="b", post="fnb_head", **common)
    tell(cast.hotel.pk, key="c", person_id=cast.people["chen"].pk, **common)
    told(cast, "S1")
    told(cast, "H1", department="housekeeping", urgency="late")
    say(cast, desk)
    assert desk.texts.count("booking.by-1800") == 1 and "S1" not in desk.texts and "H1" not in desk.texts and "王五" not in desk.texts


def test_no_name_of_a_guest_and_no_rate_leaves_the_house(cast: Cast, desk: Desk) -> None:
    """Numbers, clause, due and link; where a notice speaks of a guest, a client or money, the chat is told that there is something."""
    from guiju.bookings.models import Booking

    robot(cast, desk, department="sales", other="once")
    booking = Booking(hotel=cast.hotel, number="B2611042", name="黎曼 先生")
    secrets = ("黎曼", "东岬港务", "880", "1,920", "要看海的房")
    tell(
        cast.hotel.pk, key="1", department="sales", now=cast.at("10:00"), text="Hold lapsed: %(number)s %(name)s, %(rooms)s rooms are free again",
        values={"number": booking.number, "name": booking.name, "rooms": 2}, brief="Hold lapsed: %(what)s, %(rooms)s rooms are free again",
    )
    tell(cast.hotel.pk, key="2", post="sales_manager", now=cast.at("10:00"), text="A rate waits for your decision: %(asked)s instead of %(looked_up)s", values={"asked": "880", "looked_up": "1,920"}, brief="A rate waits for your decision")
    tell(cast.hotel.pk, key="3", person_id=cast.people["lin"].pk, now=cast.at("10:00"), text="%(department)s has a question about %(number)s: %(reason)s", values={"department": "餐饮部", "number": "G1", "reason": "要看海的房"}, brief="%(department)s has a question about %(number)s")
    tell(cast.hotel.pk, key="4", department="sales", now=cast.at("10:00"), text="Overdue: %(title)s (%(clause)s)", values={"title": "东岬港务", "clause": "booking.collect-debts"}, due_at=cast.at("18:00"))
    tell(cast.hotel.pk, key="5", department="sales", now=cast.at("10:00"), text="Please sign for %(number)s", values={"number": "秘密"}, chat=False)
    assert say(cast, desk) == 1
    assert not [word for word in secrets if word in desk.texts] and "秘密" not in desk.texts
    assert "booking.collect-debts" in desk.texts and "18:00" in desk.texts and "G1" in desk.texts and "2" in desk.texts


def test_the_digest_comes_at_its_hour_and_once(cast: Cast, desk: Desk) -> None:
    """What can wait is told together at 08:30 of the next day, not at once, and not twice."""
    robot(cast, desk)
    told(cast, "P1", "10:00", urgency="plain")
    told(cast, "P2", "17:00", urgency="plain")
    assert say(cast, desk) == 0
    morning = cast.at("08:29") + timedelta(days=1)
    assert say(cast, desk, morning) == 0 and say(cast, desk, morning + timedelta(minutes=2)) == 1
    assert "P1" in desk.texts and "P2" in desk.texts and len(desk.taken) == 1
    assert say(cast, desk, morning + timedelta(hours=3)) == 0


def test_nobody_on_shift_nobody_disturbed(cast: Cast, desk: Desk) -> None:
    """At night, with all of F&B at home, it waits for the first of them, as reminders do; the front desk is told at once."""
    robot(cast, desk)
    robot(cast, desk, name="总台群", department="front_desk")
    told(cast, "N1", "22:00")
    told(cast, "N2", "22:00", department="front_desk")
    say(cast, desk, "22:01")
    assert "N2" in desk.texts and "N1" not in desk.texts
    say(cast, desk, cast.at("08:01") + timedelta(days=1))
    assert "N1" in desk.texts


@pytest.mark.parametrize("vendor", ["wecom", "dingtalk", "feishu"])
@pytest.mark.parametrize("plain", [False, True])
def test_a_long_message_stays_within_the_vendors_limit(vendor: str, plain: bool) -> None:
    """Counted in bytes: Chinese takes three each. What does not fit is counted on the last line by whoever gathered it."""
    lines = tuple(Line("团体食宿安排表 餐饮部 " + "很长的一行" * 40, "https://guiju.example/bell/") for _ in range(20))
    body = fitted(VENDORS[vendor], Message("听涛饭店 · 餐饮部", lines, plain=plain))
    if vendor == "wecom":
        content = (body.get("markdown") or body["text"])["content"]
        assert 0 < len(content.encode()) <= (2048 if plain else 4096)
    else:
        assert len(json.dumps(body, ensure_ascii=False).encode()) <= 20_000


def test_an_unknown_code_is_not_now() -> None:
    """Nothing is lost because a vendor invents a number."""
    assert judge(VENDORS["wecom"], 200, b'{"errcode": 987654, "errmsg": "new"}').fate == "wait"
    for body in (b"", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"errcode": "0x"}', b'{"errcode": null}'):
        assert judge(VENDORS["dingtalk"], 200, body).fate == "wait"
    assert judge(VENDORS["wecom"], 500, b'{"errcode": 0}').fate == "wait"
    assert judge(VENDORS["feishu"], 200, b'{"code": 9499, "msg": "too many request"}').seconds == 60
    assert judge(VENDORS["feishu"], 400, b'{"code": 9499, "msg": "Bad Request"}').fate == "refused"


OUTSIDE = [
    "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=", "https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=",
    "https://qyapi.weixin.qq.com@evil.example/cgi-bin/webhook/send?key=", "https://evil.example/cgi-bin/webhook/send?key=",
    "https://127.0.0.1/cgi-bin/webhook/send?key=", "https://[::1]/cgi-bin/webhook/send?key=", "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=",
    "https://oapi.dingtalk.com/cgi-bin/webhook/send?key=", "file:///etc/passwd?key=", "gopher://qyapi.weixin.qq.com/?key=", "https://qyapi.weixin.qq.com/other?key=",
    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=&x=", "https://qyapi。weixin.qq.com/cgi-bin/webhook/send?key=", "https://qyapi.weixin.qq.com:99999/x?key=",
    "https://169.254.169.254/cgi-bin/webhook/send?key=", " ", "",
]


@pytest.mark.parametrize("address", OUTSIDE)
def test_only_the_vendors_own_hosts(cast: Cast, address: str) -> None:
    """Anything else is refused beside the field; nothing is looked up, nothing is asked."""
    with pytest.raises(Invalid) as wrong:
        add_robot(cast.hotel, given={**GIVEN, "address": address and address + "k" * 20 if "key=&" not in address else address}, by=cast.actor("guan"), now=cast.at("09:00"))
    assert "address" in wrong.value.errors and not Robot.objects.exists()


@pytest.mark.parametrize("found", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1", "100.64.1.1", "0.0.0.0", "fe80::1%eth0", "224.0.0.1", "2002:a00:1::1"])
def test_a_name_that_leads_inside_is_not_followed(cast: Cast, desk: Desk, monkeypatch: pytest.MonkeyPatch, found: str) -> None:
    """The vendor's name, answered by somebody with a private address among others: no connection is made."""
    row = add_robot(cast.hotel, given={**GIVEN, "address": f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"}, by=cast.actor("guan"), now=cast.at("09:00"))
    monkeypatch.setattr(line.socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", (found, 443))])

    def connect(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(line.socket, "create_connection", connect)
    told(cast)
    assert say(cast, desk) == 0
    row.refresh_from_db()
    assert row.last_error == "its name leads to a private address"


def test_the_secret_is_nowhere(cast: Cast, desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in the page, the API, the logbook, the letters, the table in clear, nor in a log line, also when something breaks."""
    from guiju.logbook.models import Entry

    caplog.set_level(logging.DEBUG)
    browser = cast.sign_in("guan")
    answer = browser.post("/house/robots/new/", {**GIVEN, "vendor": "dingtalk", "address": desk.address("dingtalk"), "secret": SECRET, "personal": "on"})
    assert answer.status_code == 302
    row = Robot.objects.get()
    told(cast)
    with monkeypatch.context() as patch:
        patch.setattr(line.http.client.HTTPConnection, "request", lambda *_: (_ for _ in ()).throw(ValueError(f"{desk.address('dingtalk')} {SECRET}")))
        say(cast, desk)
    say(cast, desk, "11:00")
    pages = "".join(browser.get(path).getvalue().decode() for path in ("/house/robots/", f"/house/robots/{row.pk}/", "/house/robots/?export=csv"))
    kept = "".join(str(list(model.objects.values())) for model in (Letter, Notice, Entry)) + bytes(row.sealed).decode("latin1")
    for word in (KEY, SECRET):
        assert word not in pages and word not in kept and word not in caplog.text
    assert "DingTalk" in pages or "钉钉" in pages
    wrong = browser.post("/house/robots/new/", {**GIVEN, "vendor": "dingtalk", "address": desk.address("dingtalk"), "secret": SECRET, "digest_at": "25:99"})
    assert wrong.status_code == 422 and KEY not in wrong.content.decode() and "餐饮群" in wrong.content.decode()


def test_setting_up_trying_changing_and_ending_by_page(cast: Cast, desk: Desk) -> None:
    """The head of F&B does it for F&B only; trying goes through the outbox; ended, it is silent and its address forgotten."""
    head, other, clerk = cast.sign_in("can"), cast.sign_in("ku"), cast.sign_in("chen")
    form = {**GIVEN, "address": desk.address("wecom"), "personal": "on"}
    assert clerk.get("/house/robots/").status_code == 403
    assert other.post("/house/robots/new/", form).status_code == 403
    assert head.post("/house/robots/new/", {**form, "department": ""}).status_code == 403
    assert head.post("/house/robots/new/", form).status_code == 302
    assert head.post("/house/robots/new/", form).status_code == 422, "two of one name"
    row = Robot.objects.get()
    assert other.post("/house/robots/", {"try": str(row.pk)}).status_code == 403
    assert head.post("/house/robots/", {"try": str(row.pk)}).status_code == 302 and not desk.asked, "no page waits for a vendor"
    assert speak(Letter.objects.get(channel="chat").not_before_at) == 1 and "餐饮部" in desk.texts
    page = head.get(f"/house/robots/{row.pk}/").content.decode()
    assert desk.origin in page and KEY not in page
    assert head.post(f"/house/robots/{row.pk}/", {**form, "address": "", "name": "厨房群", "version": "1"}).status_code == 302
    assert head.post(f"/house/robots/{row.pk}/", {**form, "address": "", "name": "别的", "version": "1"}).status_code == 409
    assert head.post("/house/robots/", {"end": str(row.pk)}).status_code == 302
    row.refresh_from_db()
    assert row.ended_at and not bytes(row.sealed) and row.name == "厨房群"
    told(cast)
    assert say(cast, desk) == 0 and head.get(f"/house/robots/{row.pk}/").status_code == 404


def test_who_may_and_conflicts(cast: Cast, desk: Desk) -> None:
    row = robot(cast, desk)
    with pytest.raises(NotAllowed):
        end_robot(row, by=cast.actor("ku"), now=cast.at("10:00"))
    with pytest.raises(NotAllowed):
        try_robot(row, by=cast.actor("wen"), now=cast.at("10:00"))
    with pytest.raises(NotAllowed):
        change_robot(row, given={"department": "housekeeping"}, version=1, by=cast.actor("can"), now=cast.at("10:00"))
    change_robot(row, given={"name": "甲"}, version=1, by=cast.actor("can"), now=cast.at("10:00"))
    with pytest.raises(Conflict):
        change_robot(row, given={"name": "乙"}, version=1, by=cast.actor("can"), now=cast.at("10:00"))
    for secret in ("short", "密钥密钥密钥密钥", "x" * 201):
        with pytest.raises(Invalid) as wrong:
            robot(cast, desk, name="丙", vendor="feishu", secret=secret)
        assert "secret" in wrong.value.errors
    with pytest.raises(Invalid) as wrong:
        change_robot(row, given={"secret": "x"}, version=2, by=cast.actor("can"), now=cast.at("10:00"))
    assert "address" in wrong.value.errors


def test_signed_out_nobody_sees_it() -> None:
    assert Browser().get("/house/robots/").status_code == 302
