"""Signs that are no text are refused at every door, on both databases; each request leaves one line in the log."""

from __future__ import annotations

import json
import logging

import pytest

from guiju.config.logs import JsonFormatter
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


def test_a_refused_request_carries_its_number_too(cast, caplog):
    answer = cast.sign_in("shen").get("/nothing-here/", headers={"X-Request-ID": "0123456789abcdef"})
    assert answer.status_code == 404
    lines = [json.loads(JsonFormatter().format(record)) for record in caplog.records if record.name == "django.request"]
    assert lines and all(line["request"] == "0123456789abcdef" for line in lines)
