"""The desk's hotel, with something to sell and requests that come in."""

from __future__ import annotations

import pytest

from tests.cast import build
from tests.enquiries.scene import Scene, dress


@pytest.fixture
def scene(db: None) -> Scene:
    return dress(build())
