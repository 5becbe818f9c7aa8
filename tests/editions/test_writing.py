"""Changing one value leaves every other line; what a case would have to expect makes it hold."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import Any

import pytest

from guiju.duties.editions import shipped_texts
from guiju.rulebook import derived, editing
from guiju.rulebook.cases import run_case
from guiju.rulebook.loading import read
from guiju.rulebook.places import Places
from guiju.shelf.words import vocabulary

TRADES = ("hotel-sales", "dealership-after-sales", "field-service")
FILES = [(trade, name) for trade in TRADES for name in shipped_texts(trade)]
VALUES: list[tuple[tuple[str | int, ...], Any]] = [
    (("text", "zh"), '新的"话"'), (("weight",), 7), (("rule", 0, "owner"), "gm"), (("rule", 0, "due", "within"), "20m"),
    (("rule", 0, "escalates"), None), (("rule", 0, "escalates", "at", 0), "60%"), (("case", 0, "says"), "x"), (("source",), "I.1"),
]


@pytest.mark.parametrize(("trade", "name"), FILES)
def test_a_clause_is_found_and_put_back_as_it_was(trade: str, name: str) -> None:
    text = shipped_texts(trade)[name]
    for told in tomllib.loads(text).get("clause", []):
        place = editing.place_of({name: text}, told["id"])
        assert place is not None
        block = editing.block(text, place)
        assert tomllib.loads(block)["clause"] == [told]
        assert editing.with_block(text, place, block) == text
        gone = tomllib.loads(editing.with_block(text, place, "")).get("clause", [])
        assert [one["id"] for one in gone] == [one["id"] for one in tomllib.loads(text)["clause"] if one["id"] != told["id"]]


@pytest.mark.parametrize(("trade", "name"), FILES)
def test_one_value_changes_and_no_other_line(trade: str, name: str) -> None:
    text = shipped_texts(trade)[name]
    told = tomllib.loads(text)
    for number, clause in enumerate(told.get("clause", [])):
        for path, value in VALUES:
            if editing.get(clause, path[:-1]) is None:
                continue
            found = editing.put(text, ("clause", number, *path), value)
            assert editing.get(tomllib.loads(found), ("clause", number, *path)) == value
            assert abs(found.count("\n") - text.count("\n")) <= 1
            assert len(set(text.split("\n")) - set(found.split("\n"))) <= 1


def test_remarks_stay_where_they_are() -> None:
    text = '[[clause]]\nid = "a.b"\nweight = 2  # heavy\n# before the rule\n[[clause.rule]]\nname = "x"\n'
    assert editing.put(text, ("clause", 0, "weight"), 3) == text.replace("2  #", "3  #")
    assert editing.put(text, ("clause", 0, "source"), "I") == text.replace("# heavy\n", '# heavy\nsource = "I"\n')


def test_a_place_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no such place"):
        editing.put('[[clause]]\nid = "a.b"\n', ("clause", 3, "weight"), 1)


def test_a_case_is_written_once_more_and_taken_out() -> None:
    text = shipped_texts()["1-requests.toml"]
    line = Places(text).lines[("clause", 1, "case", 2)]
    again = editing.with_case_again(text, line, "又一例")
    before, after = (tomllib.loads(one)["clause"][1]["case"] for one in (text, again))
    assert after == [*before[:3], {**before[2], "says": "又一例"}, *before[3:]]
    second = Places(again).lines[("clause", 1, "case", 3)]
    assert tomllib.loads(editing.without_case(again, second)) == tomllib.loads(text)


@pytest.mark.parametrize("trade", TRADES)
def test_all_files_stand_in_one(trade: str) -> None:
    texts = shipped_texts(trade)
    whole, _none = read({"all.toml": editing.one_file(texts)}, vocabulary())
    parts, _none = read(texts, vocabulary())
    assert list(whole.clauses) == list(parts.clauses) and len(whole.cases) == len(parts.cases)
    assert list(whole.post_duties) == list(parts.post_duties)


def test_a_file_of_one_clause_joins_the_others() -> None:
    alone = 'id = "a.b"\nsource = "I"\n[text]\nzh = "条"\nen = "x"\n[[rule]]\nname = "r"\nkind = "table"\ngiven = ["x"]\nrows = []\n'
    told = tomllib.loads(editing.one_file({"a.toml": alone, "b.toml": alone.replace("a.b", "a.c")}))
    assert [one["id"] for one in told["clause"]] == ["a.b", "a.c"] and told["clause"][0]["rule"][0]["name"] == "r"


CHANGES = (
    ('"30m"', '"40m"'), ('"15m"', '"20m"'), ('"18:00"', '"17:00"'), ('"2h"', '"3h"'), ('"11:00"', '"12:00"'), ('"-1d', '"-2d'),
    ('"sales_manager"', '"gm"'), ('"front_cashier"', '"finance"'), ('"handler"', '"liaison"'), ("0.98", "0.95"),
)


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_a_case_that_expects_what_was_derived_holds(old: str, new: str) -> None:
    """Whatever a changed rule does to its cases: the differences are named place by place, and taken over the case holds."""
    failed = 0
    for trade in TRADES:
        rules = re.compile(rf"^(?!says|facts|now|expect|copies|figure|attrs|record)(.*){re.escape(old)}", re.MULTILINE)
        texts = {name: rules.sub(lambda hit: hit[0].replace(old, new), text) for name, text in shipped_texts(trade).items()}
        standard, problems = read(texts, vocabulary())
        assert not problems
        for case in standard.cases:
            outcome = derived.run(standard, case, vocabulary())
            if outcome.holds:
                continue
            failed += 1
            assert outcome.differs and outcome.derived is not None
            again = replace(case, told={**case.told, **outcome.derived})
            assert run_case(standard, again, vocabulary()) is None
    assert failed


def test_what_holds_derives_itself() -> None:
    for trade in TRADES:
        standard, _none = read(shipped_texts(trade), vocabulary())
        for case in standard.cases:
            found = derived.as_derived(standard.clauses[case.clause], case.told, vocabulary())
            assert {key: case.told[key] for key in found} == found, case.says
