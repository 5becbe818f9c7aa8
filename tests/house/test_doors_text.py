"""Signs that are no text are refused at every door, on both databases; each request leaves one line in the log."""

from __future__ import annotations

import json
import logging

import pytest

from guiju.config.logs import JsonFormatter
from guiju.house.middleware import address_of
from guiju.house.models import Person

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize("address", ["/search/?q=%00", "/bookings/?q=a%00b", "/papers/?q=%01", "/agreements/?%00=1", "/clients/?q=%1f"])
def test_no_text_in_an_address(cast, address):
    answer = cast.sign_in("shen").get(address)
    assert answer.status_code == 422
    assert "不能作为文字" in answer.content.decode()


def test_no_text_in_a_form_and_nothing_written(cast):
    browser, before = cast.sign_in("shen"), Person.objects.count()
    answer = browser.post("/enquiries/intake/", {"text": "订房\x00", "sender": "x"})
    assert answer.status_code == 422 and "不能作为文字" in answer.content.decode()
    assert Person.objects.count() == before


def test_no_text_in_a_public_address(client, db):
    assert client.get("/p/%00/").status_code == 404


def test_lines_and_tabs_are_text(cast):
    assert cast.sign_in("shen").get("/search/", {"q": "a\tb\r\nc"}).status_code == 200


def test_a_request_leaves_one_line_with_its_number(cast, caplog):
    caplog.set_level(logging.INFO, "guiju.requests")
    answer = cast.sign_in("shen").get("/search/?q=%E9%AD%8F%E5%B2%9A")
    (record,) = [record for record in caplog.records if record.name == "guiju.requests"]
    line = json.loads(JsonFormatter().format(record))
    assert (line["says"], line["status"]) == ("GET /search/", 200) and line["took_ms"] > 0
    assert "魏岚" not in str(line)  # what people look for is not written down
    assert answer["X-Request-ID"]


@pytest.mark.parametrize(("address", "kept"), [("/p/geheim-7/", "/p/<str:token>/"), ("/reset/geheim-7", "/reset/<str:token>")])
def test_the_key_in_an_address_is_not_written_down(client, db, caplog, address, kept):
    caplog.set_level(logging.INFO, "guiju.requests")
    client.get(address)
    said = [record.getMessage() for record in caplog.records if record.name == "guiju.requests"]
    assert said == [f"GET {kept}"]


def test_a_refused_request_carries_its_number_too(cast, caplog):
    answer = cast.sign_in("shen").get("/nothing-here/", headers={"X-Request-ID": "0123456789abcdef"})
    assert answer.status_code == 404
    lines = [json.loads(JsonFormatter().format(record)) for record in caplog.records if record.name == "django.request"]
    assert lines and all(line["request"] == "0123456789abcdef" for line in lines)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_program_that_asks_the_wrong_way_gets_a_problem(client, db, method):
    answer = getattr(client, method)("/api/v1/bookings")
    assert answer.status_code == 405 and answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["code"] == "method_not_allowed" and "GET" in answer["Allow"]


def test_a_program_that_asks_for_nothing_gets_a_problem(client, db):
    answer = client.get("/api/v1/no-such-thing")
    assert answer.status_code == 404 and answer.json()["status"] == 404


@pytest.mark.parametrize(
    ("line", "told", "seen"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"), ("127.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"), ("127.0.0.1", "", "127.0.0.1"), ("198.51.100.7", "6.6.6.6", "198.51.100.7"),
    ],
)
def test_whose_address_counts_behind_a_proxy(rf, settings, line, told, seen):
    """Only what the hotel's own proxies say of a client is believed."""
    settings.TRUSTED_PROXIES = frozenset({"127.0.0.1", "10.0.0.2"})
    headers = {"x-forwarded-for": told} if told else {}
    assert address_of(rf.get("/", REMOTE_ADDR=line, headers=headers)) == seen
