"""The stage, at 10:00 of the cast's day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.api.scene import Stage, stage
from tests.cast import Cast


@pytest.fixture
def api(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """One row of every kind and programs of two hotels."""
    settings.DATA_DIR = tmp_path
    clock = tmp_path / "clock"
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(clock))
    clock.write_text(cast.at("10:00").isoformat())
    return stage(cast)
