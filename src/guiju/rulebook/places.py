"""Where in a TOML text a key stands, so that a slip is named with its line."""

from __future__ import annotations

import re

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-\"'.]+)\s*=")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')

Path = tuple[str | int, ...]


class Places:
    """Line of each table and key; a key inside an inline table is at the line of the key that holds it."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {(): 1}
        counts: dict[Path, int] = {}
        at: Path = ()
        depth, quoted = 0, ""
        for number, line in enumerate(text.splitlines(), start=1):
            if quoted:
                quoted = "" if quoted in line else quoted
                continue
            if depth == 0:
                header, key = _HEADER.match(line), _KEY.match(line)
                if header:
                    at = self._enter(header[2], header[1] == "[[", counts)
                    self._lines.setdefault(at, number)
                elif key:
                    self._lines.setdefault((*at, *(part.strip("\"'") for part in key[1].split("."))), number)
            for mark in ('"""', "'''"):
                if line.count(mark) % 2:
                    quoted = mark
            bare = _STRING.sub("", line).split("#")[0]
            if not _HEADER.match(line) or depth:
                depth = max(0, depth + bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}"))

    def _enter(self, name: str, array: bool, counts: dict[Path, int]) -> Path:
        path: Path = ()
        parts = [part.strip().strip("\"'") for part in name.split(".")]
        for place, part in enumerate(parts):
            path = (*path, part)
            last = place == len(parts) - 1
            if last and array:
                counts[path] = counts.get(path, -1) + 1
            if path in counts:
                path = (*path, counts[path])
        return path

    @property
    def lines(self) -> dict[Path, int]:
        """Every table and key that has a line of its own."""
        return self._lines

    def of(self, path: Path) -> int:
        """The line of a key, or of the nearest thing that holds it."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]
