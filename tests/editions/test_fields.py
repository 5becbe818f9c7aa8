"""The forms of clauses and cases: sent back as they came they change nothing; every shipped number can be reached."""

from __future__ import annotations

from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from guiju.duties.editions import shipped_texts
from guiju.editions import fields
from guiju.editions.actions.changing import _wanted
from guiju.editions.views.clauses import _units
from guiju.editions.views.common import entered
from guiju.editions.wordings import clauses_of


class Sent(HTMLParser):
    """What a browser sends of a form that nobody touched."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self.select, self.area, self.first, self.chosen = "", "", "", None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {key: value or "" for key, value in attrs}
        if tag == "input" and told.get("type") == "checkbox":
            if "checked" in told:
                self.pairs.append((told["name"], told["value"]))
        elif tag == "input":
            self.pairs.append((told["name"], told.get("value", "")))
        elif tag == "select":
            self.select, self.first, self.chosen = told["name"], "", None
        elif tag == "option":
            self.first = self.first or f"={told['value']}"
            self.chosen = told["value"] if "selected" in told else self.chosen
        elif tag == "textarea":
            self.area = told["name"]
            self.pairs.append((self.area, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.pairs.append((self.select, self.chosen if self.chosen is not None else self.first[1:]))
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.pairs[-1] = (self.area, self.pairs[-1][1] + data)


def untouched(groups: list[fields.Group]) -> dict[str, Any]:
    """What the form makes of itself."""
    sent = Sent()
    for group in groups:
        for one in group.fields:
            sent.feed(render_to_string("editions/_field.html", {"one": one, "units": _units()}))
    post = QueryDict(mutable=True)
    for name, value in sent.pairs:
        post.appendlist(name, value)
    found = entered(SimpleNamespace(POST=post), groups)  # type: ignore[arg-type]
    assert set(found) == set(fields.every(groups)), set(fields.every(groups)) - set(found)
    return _wanted(fields.every(groups), found)


@pytest.mark.parametrize("trade", ["hotel-sales", "dealership-after-sales", "field-service"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_a_form_that_nobody_touched_changes_nothing(trade: str, lang: str) -> None:
    with translation.override(lang):
        for told in clauses_of(shipped_texts(trade)).values():
            assert untouched(fields.of_clause(told)) == {}, told["id"]
            for case in told["case"]:
                assert untouched(fields.of_case(case)) == {}, case["says"]


def test_every_length_and_clock_of_the_hotel_can_be_reached() -> None:
    reached = set()
    for told in clauses_of(shipped_texts()).values():
        reached |= {(one.path.rpartition(".")[2], str(one.value)) for group in fields.of_clause(told) for one in group.fields}
    for wanted in (
        ("within", "30m"), ("within", "15m"), ("by", "18:00"), ("offset", "-1d 18:00"), ("offset", "11:00"), ("starts", "-3h"), ("within", "3 workdays"),
        ("within", "90m"), ("at", "next-day 09:00"),
    ):
        assert wanted in reached, wanted


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("-1d 18:00", {"n": "1", "u": "d", "d": "-", "t": "18:00"}), ("11:00", {"n": "", "u": "m", "d": "+", "t": "11:00"}),
        ("-2h", {"n": "2", "u": "h", "d": "-", "t": ""}), ("0m", {"n": "0", "u": "m", "d": "+", "t": ""}),
    ],
)
def test_an_offset_is_taken_apart(value: str, parts: dict[str, str]) -> None:
    assert fields.Field("x", "x", "offset", value).parts == parts
