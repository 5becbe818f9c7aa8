from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.cast import TODAY, Cast
from tests.vip.scene import Stage, dress


@pytest.fixture
def stage(cast: Cast, settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The hotel at 10:00 with its standard in force; files in a folder of this test."""
    settings.MEDIA_ROOT = str(tmp_path / "files")  # type: ignore[attr-defined]
    clock = tmp_path / "clock"
    clock.write_text(cast.at("10:00").isoformat())
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(clock))
    return dress(cast)


@pytest.fixture
def at(stage: Stage, tmp_path: Path) -> Callable[..., None]:
    """Move the clock."""

    def put(clock: str, day: date = TODAY) -> None:
        (tmp_path / "clock").write_text(stage.cast.at(clock, day).isoformat())

    return put
