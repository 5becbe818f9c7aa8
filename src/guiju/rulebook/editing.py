"""Changes one value, case or clause in a TOML text and leaves every other line as it was written."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from guiju.rulebook.places import Path, Places

_HEADER = re.compile(r"^\s*\[\[?[^\[\]]+\]\]?\s*(#.*)?$")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_TOP = re.compile(r"^\s*\[\[\s*(clause|case|post_duty)\s*\]\]")
_NEVER = re.compile(r"(?!)")
_CASE = re.compile(r"^\s*\[\[\s*(clause\.case|case)\s*\]\]")


def dump(value: Any) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {dump(one)}" for key, one in value.items()) + " }" if value else "{}"
    if isinstance(value, (list, tuple)):
        inner = ", ".join(dump(one) for one in value)
        return f"[ {inner} ]" if any(isinstance(one, Mapping) for one in value) else f"[{inner}]"
    raise ValueError(f"TOML has no {type(value).__name__}")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def get(told: Any, path: Path) -> Any:
    """The value at a path; None if nothing stands there."""
    for part in path:
        try:
            told = told[part]
        except (KeyError, IndexError, TypeError):
            return None
    return told


def changed(told: Any, path: Path, value: Any) -> Any:
    """A copy with another value at a path; None takes the key away."""
    out = deepcopy(told)
    at = out
    for part in path[:-1]:
        if isinstance(part, str) and part not in at:
            at[part] = {}
        at = at[part]
    last = path[-1]
    if value is None:
        at.pop(last, None) if isinstance(last, str) else at.pop(last)
    elif isinstance(at, list) and last == len(at):
        at.append(value)
    else:
        at[last] = value
    return out


def put(text: str, path: Path, value: Any) -> str:
    """The text with another value at a path (None: the key is taken out). Raises ValueError where it cannot be written."""
    told = tomllib.loads(text)
    try:
        wanted = changed(told, path, value)
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise ValueError(f"there is no such place: {'.'.join(map(str, path))}") from error
    lines = text.split("\n")
    holder, line = _holder(text, lines, path)
    if line and not _HEADER.match(lines[line - 1]):
        new = get(wanted, holder)
        lines = _without(lines, line) if new is None else _rewritten(lines, line, new)
    elif value is not None:
        rest = path[len(holder) :]
        lines = _inserted(lines, line, str(rest[0]), get(wanted, (*holder, rest[0])))
    out = "\n".join(lines)
    if tomllib.loads(out) != wanted:
        raise ValueError(f"{'.'.join(map(str, path))} cannot be written here")
    return out


def _holder(text: str, lines: list[str], path: Path) -> tuple[Path, int]:
    """The longest part of a path that has a line of its own, and that line (0: the top of the file)."""
    known = Places(text).lines
    for length in range(len(path), 0, -1):
        if path[:length] in known:
            return path[:length], known[path[:length]]
    return (), 0


def _span(lines: list[str], line: int) -> int:
    """The last line of the value whose key stands on `line`."""
    for end in range(line, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[line - 1 : end]))
        except tomllib.TOMLDecodeError:
            continue
        return end
    return line


def _rewritten(lines: list[str], line: int, value: Any) -> list[str]:
    end, first = _span(lines, line), lines[line - 1]
    key = first[: first.index("=") + 1]
    return [*lines[: line - 1], f"{key} {dump(value)}{_comment(first) if end == line else ''}", *lines[end:]]


def _comment(line: str) -> str:
    """The remark behind a value on its line."""
    told = tomllib.loads(line)
    for place, sign in enumerate(line):
        if sign == "#":
            try:
                if tomllib.loads(line[:place]) == told:
                    bare = line[:place].rstrip()
                    return line[len(bare) :]
            except tomllib.TOMLDecodeError:
                continue
    return ""


def _without(lines: list[str], line: int) -> list[str]:
    return lines[: line - 1] + lines[_span(lines, line) :]


def _inserted(lines: list[str], line: int, key: str, value: Any) -> list[str]:
    """A new key after the last one of the table whose header stands on `line`."""
    end = line
    for number in range(line, len(lines)):
        if _HEADER.match(lines[number]):
            break
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            end = number + 1
    return [*lines[:end], f"{_key(key)} = {dump(value)}", *lines[end:]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause stands: its file, the path of its table, and its lines [first, last)."""

    file: str
    path: Path
    first: int
    last: int


def place_of(texts: Mapping[str, str], clause: str) -> Place | None:
    """Where a clause stands in the texts of a standard."""
    for name in sorted(texts):
        text = texts[name]
        told, lines = tomllib.loads(text), text.split("\n")
        if told.get("id") == clause:
            return Place(name, (), 1, _end(lines, 1, _NEVER))
        for number, table in enumerate(told.get("clause", [])):
            if table.get("id") == clause:
                first = Places(text).lines.get(("clause", number))
                return Place(name, ("clause", number), first, _end(lines, first, _TOP)) if first else None
    return None


def _end(lines: list[str], first: int, header: re.Pattern[str]) -> int:
    for number in range(first, len(lines)):
        if header.match(lines[number]):
            return _before_remarks(lines, number + 1)
    last = len(lines)
    while last > first and not lines[last - 1].strip():
        last -= 1
    return last + 1


def _before_remarks(lines: list[str], line: int) -> int:
    """Remarks and blank lines above a header belong to what follows it."""
    while line > 1 and (not lines[line - 2].strip() or lines[line - 2].lstrip().startswith("#")):
        line -= 1
    return line


def block(text: str, place: Place) -> str:
    """The clause as it is written."""
    return "\n".join(text.split("\n")[place.first - 1 : place.last - 1]).strip("\n")


def with_block(text: str, place: Place, new: str) -> str:
    """The text with another wording of the whole clause; empty takes it out."""
    lines = text.split("\n")
    body = new.strip("\n").split("\n") if new.strip() else []
    before, after = lines[: place.first - 1], lines[place.last - 1 :]
    if not body:
        while before and not before[-1].strip():
            before.pop()
    return "\n".join([*before, *body, *after])


def with_clause(text: str, new: str) -> str:
    """The text with one more clause at its end."""
    return text.rstrip("\n") + "\n\n" + new.strip("\n") + "\n"


def case_block(text: str, line: int) -> tuple[int, int] | None:
    """Lines [first, last) of the case whose header stands on `line`; None if it has none of its own."""
    lines = text.split("\n")
    if not 0 < line <= len(lines) or not _CASE.match(lines[line - 1]):
        return None
    return line, _end(lines, line, _HEADER)


def with_case_again(text: str, line: int, says: str) -> str:
    """The case once more below itself, saying something else."""
    span = case_block(text, line)
    if span is None:
        raise ValueError("this case has no table of its own")
    lines = text.split("\n")
    own = "\n".join(lines[span[0] - 1 : span[1] - 1])
    told = tomllib.loads(own)
    head = ("clause", "case", 0) if "clause" in told and isinstance(told["clause"], dict) else ("case", 0)
    again = put(own, (*head, "says"), says)
    return "\n".join([*lines[: span[1] - 1], "", *again.strip("\n").split("\n"), *lines[span[1] - 1 :]])


def without_case(text: str, line: int) -> str:
    """The text without the case whose header stands on `line`."""
    span = case_block(text, line)
    if span is None:
        raise ValueError("this case has no table of its own")
    lines = text.split("\n")
    return "\n".join(lines[: span[0] - 1] + lines[span[1] - 1 :])


def one_file(texts: Mapping[str, str]) -> str:
    """All texts of a standard as one. Raises ValueError where two of them cannot stand together."""
    parts = []
    for name in sorted(texts):
        text = texts[name]
        if "id" in tomllib.loads(text):
            text = _as_tables(text)
        parts.append(f"# ── {name} ──\n\n{text.strip()}\n")
    whole = "\n".join(parts)
    tomllib.loads(whole)
    return whole


def _as_tables(text: str) -> str:
    """A file of one clause at its top, written as [[clause]]."""
    lines = text.split("\n")
    out = []
    for line in lines:
        head = re.match(r"^(\s*)(\[\[?)\s*([^\[\]]+?)\s*(\]\]?)(.*)$", line) if _HEADER.match(line) else None
        out.append(f"{head[1]}{head[2]}clause.{head[3]}{head[4]}{head[5]}" if head else line)
    first = next((n for n, line in enumerate(out) if line.strip() and not line.lstrip().startswith("#")), 0)
    return "\n".join([*out[:first], "[[clause]]", *out[first:]])
