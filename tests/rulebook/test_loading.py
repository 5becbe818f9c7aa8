"""A slip in a clause is named with its file and line; nothing unknown passes as "no"."""

from __future__ import annotations

import pytest

from guiju.rulebook import Standard, StandardError
from tests.rulebook.words import vocabulary

GOOD = """[[clause]]
id = "a.b"
source = "I.1"
[clause.text]
zh = "条"
en = "clause"
[[clause.rule]]
name = "one"
kind = "timed"
owner = "handler"
opens = { on = "enquiry.received", where = { agreement = true } }
due = { within = "30m" }
met = { on = "reply.sent" }
then = { at = "due", do = "hold.lapse" }
waive = { by = ["gm"] }
"""


def problems(text: str) -> list[tuple[str, int, str]]:
    with pytest.raises(StandardError) as caught:
        Standard.from_toml_texts({"x.toml": text}, vocabulary())
    return [(one.file, one.line, one.message) for one in caught.value.problems]


def test_the_good_one_loads() -> None:
    standard = Standard.from_toml_texts({"x.toml": GOOD}, vocabulary())
    assert standard.subject_kinds == {"enquiry"}
    assert standard.clauses["a.b"].rules[0].waive_by == ("gm",)


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ('on = "enquiry.received"', 'on = "enquiry.recieved"', 11, "enquiry.recieved"),
        ("agreement = true", "agrement = true", 11, "agrement"),
        ('owner = "handler"', 'owner = "hander"', 10, "hander"),
        ('within = "30m"', 'within = "30 parsecs"', 12, "parsecs"),
        ('within = "30m"', 'witin = "30m"', 12, "due needs one of"),
        ('on = "reply.sent"', 'on = "copy.signed"', 13, "does not speak of a enquiry"),
        ("hold.lapse", "hold.lapsed", 14, "hold.lapsed"),
        ('["gm"]', '["gmm"]', 15, "gmm"),
        ("waive =", "wave =", 15, "unknown key 'wave'"),
        ('kind = "timed"', 'kind = "tined"', 9, "tined"),
        ('en = "clause"', 'en = ""', 4, "missing in en"),
        ("agreement = true", "agreement = { least = 3 }", 11, "unknown comparison least"),
    ],
)
def test_a_slip_is_named_with_its_line(old: str, new: str, line: int, word: str) -> None:
    found = problems(GOOD.replace(old, new, 1))
    assert any(name == "x.toml" and place == line and word in message for name, place, message in found), (
        found
    )


def test_unknown_verbs_and_needs() -> None:
    base = GOOD.split("[[clause.rule]]")[0]
    rule = '[[clause.rule]]\nname = "g"\nkind = "gate"\nverb = "booking.confirm"\nneeds = ["nonsense"]\n'
    (_, line, message) = problems(base + rule)[0]
    assert line == 11 and "nonsense" in message
    assert "booking.fly" in problems(base + rule.replace("booking.confirm", "booking.fly"))[0][2]


def test_broken_toml_and_twice_the_same_clause() -> None:
    assert problems("[[clause]]\nid = \n")[0][1] == 2
    assert any("twice" in message for _, _, message in problems(GOOD + GOOD))


def test_one_clause_at_the_top_of_its_file() -> None:
    text = (
        GOOD.replace("[[clause]]\n", "")
        .replace("[clause.text]", "[text]")
        .replace("[[clause.rule]]", "[[rule]]")
    )
    assert "a.b" in Standard.from_toml_texts({"x.toml": text}, vocabulary()).clauses
