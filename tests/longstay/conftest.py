from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.longstay.scene import House
from tests.longstay.scene import house as build_house


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Path:
    """The file that says what time it is."""
    settings.DATA_DIR = tmp_path
    file = tmp_path / "clock"
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(file))
    return file


@pytest.fixture
def house(cast: Cast, clock: Path) -> House:
    """The hotel with long-stay rooms, at 10:00."""
    clock.write_text(cast.at("10:00").isoformat())
    return build_house(cast)
