from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bookings.scene import Room, open_room
from tests.cast import Cast
from tests.enquiries.scene import dress


@pytest.fixture
def room(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A dressed hotel at 10:00 of Tuesday 24 November 2026."""
    settings.DATA_DIR = tmp_path
    clock = tmp_path / "clock"
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(clock))
    return open_room(dress(cast), clock)
