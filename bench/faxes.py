"""How well scans are read: faxes with known answers through the engine and the reader; the table of docs/reading.md.

`python -m bench.faxes [everyday] [hard] [spoilt]`: how many of each (40, 20 and 20). About five seconds of processor time a page.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable

from tests.reading.faxes import Fax, faxes, judged
from tests.reading.letters import TODAY, WORDS

from guiju.reading import engine, scanned
from guiju.reading.scan import Scan

KINDS = ("right", "asked", "marked", "wrong")


def main(everyday: int = 40, hard: int = 20, spoilt: int = 20) -> int:
    """All sets; 1 when any point was wrong and nobody was warned."""
    models = engine.Engine()
    bad = 0
    for name, number, made in (
        ("everyday", everyday, faxes(everyday)), ("hard", hard, faxes(hard, hard=True)), ("spoilt", spoilt, faxes(spoilt, spoilt=True)),
    ):  # fmt: skip
        bad += _told(name, models, made) if number else 0
    return int(bad > 0)


def _told(name: str, models: engine.Engine, made: Iterable[Fax]) -> int:
    layouts: dict[str, Counter[str]] = {}
    points: dict[str, Counter[str]] = {}
    spent, pages = 0.0, 0
    for fax in made:
        began = time.process_time()
        sheet, _grey = engine.read_page(models, fax.page, 1)
        text, part = scanned.append("", Scan(1, [sheet]))
        fields = scanned.read(text, [part], WORDS, TODAY).fields
        spent, pages = spent + time.process_time() - began, pages + 1
        told = bool(sheet.unread) or any(doubt.code == "unread" for one in fields.values() for doubt in one.doubts)
        verdict = judged(fields, fax.truth, told=told)
        for point, kind in verdict.items():
            layouts.setdefault(fax.layout, Counter())[kind] += 1
            points.setdefault(point, Counter())[kind] += 1
            if kind != "right":
                one = fields.get(point)
                said = f"{one.value!r} {one.why}" if one else "nothing"
                print(f"   {fax.name}: {point} {kind}: {said}, it is {fax.truth[point]!r}", file=sys.stderr, flush=True)
    total = sum(layouts.values(), Counter())
    print(f"\n{name}: {pages} pages, {spent / max(1, pages):.1f} s of processor time a page\n")
    print(f"| {'':<12} | points | right and sure | right, asked | wrong, marked | wrong, unmarked |\n|---|---|---|---|---|---|")
    for what, count in [*layouts.items(), *sorted(points.items()), ("all", total)]:
        print(f"| {what:<12} | {sum(count.values())} | " + " | ".join(f"{count[kind]}" for kind in KINDS) + " |")
    return total["wrong"]


if __name__ == "__main__":
    sys.exit(main(*(int(one) for one in sys.argv[1:])))
