from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from guiju.duties.actions import adopt_shipped
from guiju.shelf.actor import the_clock
from tests.artwork.scene import Studio, hire
from tests.cast import Cast


@pytest.fixture
def studio(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """The hotel with its art workers, Tuesday 24 November 2026, 10:00."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "files")
    clock = tmp_path / "clock"
    clock.write_text(cast.at("10:00").isoformat())
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(clock))
    begun = cast.hotel.created_at
    adopt_shipped(cast.hotel, effective_at=begun, by=the_clock(cast.hotel.pk, via="cli"), now=begun)
    hire(cast)
    return Studio(cast)
