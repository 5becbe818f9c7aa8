from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import Cast
from tests.papers.scene import Scene, dress


@pytest.fixture
def scene(cast: Cast, settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The hotel at 11:00 with its standard in force; its files in a folder of this test."""
    settings.MEDIA_ROOT = str(tmp_path / "files")  # type: ignore[attr-defined]
    clock = tmp_path / "clock"
    clock.write_text(cast.at("11:00").isoformat())
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(clock))
    return dress(cast)
