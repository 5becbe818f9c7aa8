"""The bookings room with a hotel to sell, at 10:00 of Tuesday 24 November 2026."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bookings.scene import Room, open_room
from tests.cast import Cast
from tests.enquiries.scene import dress


@pytest.fixture
def room(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """The room, its clock in a file."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.EMAIL_URL = ""
    clock = tmp_path / "clock"
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(clock))
    return open_room(dress(cast), clock)
