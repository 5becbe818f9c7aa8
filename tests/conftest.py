"""One hotel, the same people everywhere, a clock that stands where the test puts it."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("GUIJU_MODE", "test")
os.environ.setdefault("GUIJU_DATA", tempfile.mkdtemp(prefix="guiju-test-"))
os.environ.setdefault("GUIJU_SECRET_KEY", "test-web-key-" + "0" * 40)
os.environ.setdefault("GUIJU_LOGBOOK_KEY", "test-logbook-key-" + "0" * 40)

import pytest

from tests.cast import Cast, build


@pytest.fixture
def cast(db: None) -> Cast:
    """The hotel and its people, at Tuesday 24 November 2026, 10:00 in Shanghai."""
    return build()
