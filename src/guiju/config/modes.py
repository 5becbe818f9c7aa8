"""demo, test or production; where data lives; the keys that are kept outside the database."""

from __future__ import annotations

import os
import secrets
import sys
from datetime import datetime
from pathlib import Path

MODES = ("demo", "test", "production")


def mode() -> str:
    """The mode of this process: production unless said otherwise. A moved clock is for demo and test only (exit 2)."""
    chosen = os.environ.get("GUIJU_MODE", "production")
    if chosen not in MODES:
        print(f"GUIJU_MODE must be one of {', '.join(MODES)}, not {chosen!r}", file=sys.stderr)
        raise SystemExit(2)
    if chosen == "production" and (os.environ.get("GUIJU_CLOCK") or os.environ.get("GUIJU_CLOCK_FILE")):
        print("a moved clock (GUIJU_CLOCK, GUIJU_CLOCK_FILE) is possible only with GUIJU_MODE=demo or test", file=sys.stderr)
        raise SystemExit(2)
    _clock_can_be_read()
    return chosen


def _clock_can_be_read() -> None:
    """A moved clock that says nothing must not be taken for the machine's: exit 2."""
    start, file = os.environ.get("GUIJU_CLOCK", ""), os.environ.get("GUIJU_CLOCK_FILE", "")
    try:
        if start:
            datetime.fromisoformat(start.strip())
        if file:
            datetime.fromisoformat(Path(file).read_text().strip())
    except (OSError, ValueError) as error:
        print(f"the moved clock cannot be read: {error}", file=sys.stderr)
        raise SystemExit(2) from None


def data_dir() -> Path:
    """Where guiju.sqlite3, files and keys live (GUIJU_DATA; by default ./data)."""
    path = Path(os.environ.get("GUIJU_DATA") or "data").resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def key(name: str, environment: str) -> str:
    """A secret from the environment, else from a file made once in the data folder, readable by its owner only."""
    given = os.environ.get(environment)
    if given:
        return given
    folder = data_dir() / "keys"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / name
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    fresh = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w") as out:
        out.write(fresh)
    return fresh
