"""Every point right or marked unsure, never silently wrong; and everyday letters are sure: with texts whose truth is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from guiju.reading import text
from tests.reading.by_hand import AWKWARD, EVERYDAY
from tests.reading.forms import FORMS, HAVE, Filled, fill
from tests.reading.letters import TODAY, WORDS, Letter, plain_letters
from tests.reading.traps import TRAPS, trap_letters

PLAIN, TRAPPED = 600, 1_600


def wrong(fields: Mapping[str, text.Field], truth: Mapping[str, Any]) -> list[str]:
    """The points that are wrong though they look sure, or that are not there at all. "unsure": it must be marked."""
    found = []
    for name, right in truth.items():
        one = fields.get(name)
        if one is None:
            found += [f"{name} dropped"] if right is not None else []
        elif one.sure and (right == "unsure" or one.value != right):
            found.append(f"{name}: {one.value!r}, not {right!r}")
    return found


def read(letter: Letter) -> text.Reading:
    return text.read(letter.text, WORDS, TODAY)


def test_everyday_letters_are_right_and_sure() -> None:
    sure: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for letter in plain_letters(PLAIN, seed=20261126):
        fields = read(letter).fields
        assert not wrong(fields, letter.truth), letter.text
        total.update(list(letter.truth))
        sure.update(name for name in letter.truth if fields[name].sure)
    assert {name: sure[name] / total[name] for name in total if sure[name] < 0.95 * total[name]} == {}
    assert sum(sure.values()) >= 0.95 * sum(total.values())


def test_letters_with_traps_are_never_silently_wrong() -> None:
    for letter in trap_letters(TRAPPED, seed=20261126):
        assert not wrong(read(letter).fields, letter.truth), (letter.trap, letter.text)


def test_every_trap_can_catch() -> None:
    """A reader that is always sure of what it proposes falls into nearly all of them: the traps are real."""
    caught = set()
    for letter in trap_letters(TRAPPED, seed=4):
        fields = read(letter).fields
        for one in fields.values():
            one.doubts.clear()
        if wrong(fields, letter.truth):
            caught.add(letter.trap)
    assert len(caught) >= len(TRAPS) * 3 // 4, sorted({make.__name__ for make in TRAPS} - caught)


def test_changes_and_cancellations_are_told_and_ask_for_a_person() -> None:
    seen: Counter[str] = Counter()
    for letter in trap_letters(TRAPPED, seed=5):
        if letter.about not in ("cancellation", "modification"):
            continue
        reading = read(letter)
        seen[letter.about] += 1
        assert reading.form == letter.about, letter.text
        assert reading.fields["kind"].value == letter.about and not reading.fields["kind"].sure
    assert seen["cancellation"] > 50 and seen["modification"] > 20


def test_letters_by_other_hands() -> None:
    """None silently wrong, and of the everyday ones' points at least nine in ten sure."""
    sure = total = 0
    for words, truth in (*EVERYDAY, *AWKWARD):
        fields = text.read(words, WORDS, TODAY).fields
        assert not wrong(fields, truth), words
        if (words, truth) in EVERYDAY:
            total += len(truth)
            sure += sum(fields[name].sure for name in truth)
    assert sure >= 0.9 * total


def test_everyday_letters_are_no_changes() -> None:
    assert {read(letter).form for letter in plain_letters(PLAIN, seed=6)} == {"request"}


@pytest.mark.skipif(not HAVE, reason="the shared data folder is not beside this checkout")
@pytest.mark.parametrize("name", FORMS)
def test_the_real_form(name: str) -> None:
    filled: Filled = FORMS[name]
    reading = text.read(fill(filled), WORDS, TODAY)
    assert not wrong(reading.fields, filled.truth)
    assert reading.form == filled.about
    assert [point for point in filled.sure if not reading.fields[point].sure] == []


def test_each_reason_quotes_the_words_that_raised_it() -> None:
    for letter in trap_letters(TRAPPED // 4, seed=7):
        page = "".join(letter.text.split())
        for one in read(letter).fields.values():
            for doubt in one.doubts:
                assert doubt.code in ("missing", "kind", "quoted", "unticked", "ticks") or doubt.quote, (doubt, page)
