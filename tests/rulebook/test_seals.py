"""Every status a duty can have has its seal."""

from __future__ import annotations

import pytest

from guiju.desk import seals
from guiju.rulebook.status import Status


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_seal(status: Status) -> None:
    drawn = seals.seal(status.value)
    assert 'class="yin' in drawn and seals.words(seals.STATUS.get(status.value, status.value))[1] in drawn
