from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import Cast
from tests.enquiries.scene import Scene, dress


@pytest.fixture
def scene(cast: Cast, settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The hotel at 10:05, rates in force, its outbox a folder of this test."""
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.EMAIL_URL = ""  # type: ignore[attr-defined]
    file = tmp_path / "clock"
    file.write_text(cast.at("10:05").isoformat())
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(file))
    return dress(cast)
