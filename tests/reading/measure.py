"""The figures of docs/reading.md: how many letters are read wrong without being marked, and how many points are sure.

Run it from the checkout: `.venv/bin/python -m tests.reading.measure [letters]`.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from guiju.reading import text
from tests.reading.by_hand import AWKWARD, EVERYDAY
from tests.reading.forms import FORMS, HAVE, fill
from tests.reading.letters import TODAY, WORDS, Letter, plain_letters
from tests.reading.test_truth import wrong
from tests.reading.traps import TRAPS, trap_letters

HOSTILE = {"digits": "1" * 20_000, "dates": "12月6日" * 5_000, "signs": "1-" * 10_000, "months": "一月" * 10_000, "people": "3人" * 7_000, "blanks": " " * 20_000}


def told(letters: list[Letter]) -> tuple[int, int, Counter[str], Counter[str]]:
    """(letters silently wrong, points judged, sure points by name, points by name)."""
    bad, sure, total = 0, Counter[str](), Counter[str]()
    for letter in letters:
        fields = text.read(letter.text, WORDS, TODAY).fields
        bad += bool(wrong(fields, letter.truth))
        total.update(list(letter.truth))
        sure.update(name for name in letter.truth if name in fields and fields[name].sure)
    return bad, sum(total.values()), sure, total


def main(number: int) -> None:
    by_hand = [[Letter(words, truth) for words, truth in rows] for rows in (EVERYDAY, AWKWARD)]
    made = (("everyday", list(plain_letters(number, 1))), (f"traps ({len(TRAPS)} kinds)", list(trap_letters(number, 1))))
    for name, letters in (*made, ("everyday, by hand", by_hand[0]), ("awkward, by hand", by_hand[1])):
        bad, points, sure, total = told(letters)
        print(f"{name}: {len(letters)} letters, {points} points, {bad} letters silently wrong, {100 * sum(sure.values()) / points:.1f} % of the points sure")
        if name == "everyday":
            print("   " + ", ".join(f"{one} {100 * sure[one] / total[one]:.1f} %" for one in total))
    if HAVE:
        read = {name: text.read(fill(form), WORDS, TODAY) for name, form in FORMS.items()}
        bad = sum(bool(wrong(read[name].fields, form.truth)) for name, form in FORMS.items())
        kinds = sum(read[name].form == form.about for name, form in FORMS.items())
        print(f"the real form: {len(FORMS)} fillings, {bad} silently wrong, kind told in {kinds}")
    for name, words in HOSTILE.items():
        began = time.process_time()
        text.read(words, WORDS, TODAY)
        print(f"{name}: {len(words):,} characters in {1000 * (time.process_time() - began):.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3_000)
