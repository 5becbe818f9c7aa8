"""The pages' clock stands at 10:00 of the cast's day, whatever day it really is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import Cast


@pytest.fixture(autouse=True)
def clock(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "clock"
    file.write_text(cast.at("10:00").isoformat())
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(file))
