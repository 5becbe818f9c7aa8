"""A program is answered in the language it asks for: titles, fields, clauses, OpenTravel's reasons; without a word, in Chinese."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client as Browser

from guiju.shelf.ids import uuid7
from tests.api.scene import Stage

CJK = re.compile(r"[\u3400-\u9fff]")
ZH, EN = "zh-CN,zh;q=0.9,en;q=0.5", "en-GB,en;q=0.8"


def ask(api: Stage, lang: str, method: str, path: str, body: Any = None, who: str = "alle") -> Any:
    api.send(who, "GET", "/me")
    headers = {"Authorization": f"Bearer {api.keys[who]}", "Idempotency-Key": str(uuid7())} | ({"Accept-Language": lang} if lang else {})
    sender = getattr(Browser(raise_request_exception=False), method.lower())
    return sender(f"/api/v1{path}", data=None if method == "GET" else body if isinstance(body, str) else json.dumps(body or {}), content_type="application/json", headers=headers)


def spoken(answer: Any) -> str:
    """Everything of a problem that is meant for people."""
    found = answer.json()
    return " ".join([found["title"], found["detail"], *(line for lines in found.get("errors", {}).values() for line in lines)])


WRONG: list[tuple[str, str, Any, int]] = [
    ("POST", "/clients", {}, 422),
    ("POST", "/clients", {"name": "", "kind": "x", "mispelt": 1}, 422),
    ("POST", "/bookings", {"kind": "group", "name": "x", "persons": "many", "arrival_on": "soon", "departure_on": "2026-13-01"}, 422),
    ("POST", "/me/delegates", {"to": "nobody", "from_at": "2026-11-25T08:00:00+08:00", "until_at": "2026-11-26T08:00:00+08:00"}, 422),
    ("POST", "/house/robots", {"name": "x", "vendor": "wecom", "address": "http://127.0.0.1/"}, 422),
    ("PUT", "/house/departments/sales/hours", {"version": 1, "hours": {"someday": "08:00-18:00"}}, 422),
    ("POST", "/house/settings", {"key": "copies.undo_minutes", "value": "many"}, 422),
    ("GET", "/nowhere", None, 404),
    ("POST", "/clients", "{", 400),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), WRONG, ids=[f"{one[0]} {one[1]} {number}" for number, one in enumerate(WRONG)])
def test_refusals_speak_the_callers_language(api: Stage, method: str, path: str, body: Any, status: int) -> None:
    english, chinese, silent = (ask(api, lang, method, path, body) for lang in (EN, ZH, ""))
    assert {english.status_code, chinese.status_code, silent.status_code} == {status}
    assert not CJK.search(spoken(english)), spoken(english)
    assert CJK.search(chinese.json()["title"]) and spoken(chinese) == spoken(silent)
    for lines in chinese.json().get("errors", {}).values():
        assert all(CJK.search(line) for line in lines), lines
    assert (english["Content-Language"], chinese["Content-Language"]) == ("en", "zh-hans")


def test_no_token_and_no_right_too(api: Stage) -> None:
    for lang, chinese in ((EN, False), (ZH, True)):
        assert bool(CJK.search(spoken(Browser().get("/api/v1/me", headers={"Accept-Language": lang})))) is chinese
        assert bool(CJK.search(spoken(ask(api, lang, "POST", "/rooms/limits", {}, who="chen")))) is chinese


@pytest.mark.parametrize("body", ["<x", "<?xml version='1.0'?><OTA_PingRQ xmlns='http://www.opentravel.org/OTA/2003/05'/>", "<html/>"])
def test_opentravels_reasons_too(api: Stage, body: str) -> None:
    api.send("alle", "GET", "/me")
    told = {}
    for lang in (EN, ZH):
        headers = {"Authorization": f"Bearer {api.keys['alle']}", "Accept-Language": lang}
        answer = Browser().post("/api/v1/enquiries/ota", data=body, content_type="text/xml", headers=headers)
        told[lang] = answer.content.decode()
    reasons = {lang: re.findall(r"<Error [^>]*>([^<]+)<", text)[0] for lang, text in told.items()}
    assert CJK.search(reasons[ZH]) and not CJK.search(reasons[EN]), reasons


def test_a_browsers_choice_is_not_changed_by_its_settings(api: Stage) -> None:
    """Pages: Chinese unless the person chose English, whatever his browser asks for."""
    page = api.cast.sign_in("lin").get("/me/", headers={"Accept-Language": EN})
    assert page["Content-Language"] == "zh-hans"
