"""`guiju standard check` names the file and line of everything that no hotel can mean."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guiju import rulebook
from guiju.rulebook.cases import check_texts
from guiju.shelf.words import vocabulary
from tests.editions.broken import SOUND, SPOILT


def said(texts: dict[str, str]) -> list[str]:
    report = check_texts(texts, vocabulary())
    return [f"{one.file}:{one.line}: {one.message}" for one in report.problems] + list(report.failures)


def test_the_sound_one_is_sound() -> None:
    assert said(SOUND) == []
    assert check_texts(SOUND, vocabulary()).cases_run == 6


def test_there_are_many_ways_to_spoil_it() -> None:
    assert len(SPOILT) >= 70


def line_of(before: str, after: str, begins: str) -> int:
    """The first line that was changed, or the nth that begins so ("[[clause.case]]#2")."""
    if not begins:
        pairs = zip(before.split("\n"), after.split("\n"), strict=False)
        return next(number for number, (old, new) in enumerate(pairs, start=1) if old != new)
    words, _sep, nth = begins.partition("#")
    return [number for number, line in enumerate(after.split("\n"), start=1) if line.startswith(words)][int(nth or 1) - 1]


@pytest.mark.parametrize(("file", "old", "new", "begins", "word"), SPOILT, ids=[f"{n}-{one[4] or one[2][:12]}" for n, one in enumerate(SPOILT)])
def test_a_slip_is_named_with_file_and_line(file: str, old: str, new: str, begins: str, word: str) -> None:
    assert old in SOUND[file]
    spoilt = SOUND[file].replace(old, new, 1)
    found = said({**SOUND, file: spoilt})
    place = f"{file}:" if begins == "?" else f"{file}:{line_of(SOUND[file], spoilt, begins)}: "
    assert any(one.startswith(place) and word in one for one in found), found


def test_a_clause_without_a_case_is_refused() -> None:
    text = SOUND["b.toml"]
    found = said({**SOUND, "b.toml": text[: text.index("[[clause.case]]")]})
    assert found == ["b.toml:3: nothing shows how the clause 'desk.written' works: it has no case"]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"# ok\n# caf\xe9\n", b"", b"# nothing\n", b"\x00", b"[[" * 5000])
def test_whatever_lies_there_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.toml").write_bytes(content)
    report = rulebook.check(tmp_path, vocabulary())
    assert report.problems and all(one.file == "x.toml" and one.line >= 1 for one in report.problems)
    if content.startswith(b"# ok"):
        assert report.problems[0].line == 2


def test_the_terminal_says_the_same(tmp_path: Path) -> None:
    for name, text in SOUND.items():
        (tmp_path / name).write_text(text.replace('within = "30m"', 'within = "0m"'), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "guiju.cli", "standard", "check", "--dir", str(tmp_path)],
        capture_output=True, text=True, env={**os.environ, "GUIJU_MODE": "test"},
    )
    assert done.returncode == 1 and "a.toml:14: within: no time at all: '0m'" in done.stdout
