"""The one clock. Entrances (pages, API, worker, CLI) ask it and pass `now` on; nobody below reads it.

A demo or test process may run on a moved clock: `GUIJU_CLOCK` is a moment that runs on from process
start, `GUIJU_CLOCK_FILE` names a file with a moment that is read again at each look (it stands still
until the file changes). Production refuses both (see `config.modes`).
"""

import os
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

_started = time.monotonic()
_last: dict[str, datetime] = {}


def _parse(text: str) -> datetime:
    moment = datetime.fromisoformat(text.strip())
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def moved() -> bool:
    """Whether this process runs on another clock than the machine's."""
    return bool(os.environ.get("GUIJU_CLOCK") or os.environ.get("GUIJU_CLOCK_FILE"))


def now() -> datetime:
    """The present moment, aware, in UTC."""
    file = os.environ.get("GUIJU_CLOCK_FILE")
    if file:
        with suppress(OSError, ValueError):  # just being written: the moment read last still holds
            _last[file] = _parse(Path(file).read_text())
        if file in _last:
            return _last[file]
    start = os.environ.get("GUIJU_CLOCK")
    if start:
        return _parse(start) + timedelta(seconds=time.monotonic() - _started)
    return datetime.now(UTC)
