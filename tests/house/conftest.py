"""The clock stands at 10:00 of the cast's day until a test moves it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.cast import Cast


@pytest.fixture
def clock(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Put the clock of the pages somewhere: clock(cast.at("18:00"))."""
    file = tmp_path / "clock"
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(file))

    def put(moment: datetime) -> None:
        file.write_text(moment.isoformat())

    put(cast.at("10:00"))
    return put
