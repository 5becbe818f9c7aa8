"""One hotel, the same people everywhere, a clock that stands where the test puts it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack

os.environ.setdefault("GUIJU_MODE", "test")
os.environ.setdefault("GUIJU_DATA", tempfile.mkdtemp(prefix="guiju-test-"))
os.environ.setdefault("GUIJU_SECRET_KEY", "test-web-key-" + "0" * 40)
os.environ.setdefault("GUIJU_LOGBOOK_KEY", "test-logbook-key-" + "0" * 40)

import pytest

from tests import prepared
from tests.cast import Cast, build


@pytest.fixture(scope="session")
def _tables_copied() -> Iterator[ExitStack]:
    with ExitStack() as until:
        until.enter_context(prepared.copied())
        yield until


@pytest.fixture(scope="session")
def django_db_setup(_tables_copied: ExitStack, django_db_setup: None) -> None:
    """The test database, its tables copied on SQLite; from here on `migrate` is the real one again."""
    _tables_copied.close()


@pytest.fixture
def cast(db: None) -> Cast:
    """The hotel and its people, at Tuesday 24 November 2026, 10:00 in Shanghai."""
    return build()
