"""Files of past bookings of our own, and the worker's part done on the spot."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from guiju.history import actions, files, work
from guiju.history.models import Batch
from tests.cast import Cast

HEADS = "酒店,预订日期,到店日期,离店日期,房数,成人,儿童,房型,细分市场,渠道,旅行社,房价,状态,取消日期"
ROWS = [
    "听涛饭店,2025-01-10,2025-03-01,2025-03-03,1,2,0,豪华,散客,直订,,500.00,离店,",
    "听涛饭店,2025-01-12,2025-03-05,2025-03-06,2,2,0,标准,散客,官网,,388.50,离店,",
    "听涛饭店,2025-02-01,2025-03-10,2025-03-12,1,1,0,标准,商务,直订,,420.00,取消,2025-02-20",
    "听涛饭店,2025-02-10,2025-03-15,2025-03-15,1,0,0,标准,免费,直订,,0,离店,",
    "听涛饭店,2025-02-11,2025-04-02,2025-04-04,1,2,1,标准,散客,直订,,-6.38,未到,",
    "望海楼,2025-02-11,2025-04-02,2025-04-05,1,2,0,标准,团队,旅行社,东岬国旅,300,离店,",
    "望海楼,2025-02-11,2025-04-02,2025-04-05,1,2,0,标准,团队,旅行社,东岬国旅,300,离店,",
    "望海楼,2025-02-11,2025-04-02,2025-04-05,1,2,0,标准,团队,旅行社,东岬国旅,300,离店,",
    "望海楼,2025-02-11,2025-04-02,2025-04-05,1,1,0,单人,团队,旅行社,东岬国旅,260,离店,",
    "望海楼,2025-02-11,2025-04-02,2025-04-05,1,2,0,标准,团队,旅行社,东岬国旅,300,取消,2025-03-20",
]


def table(rows: list[str] = ROWS, heads: str = HEADS) -> bytes:
    """A csv of these rows."""
    return ("\n".join([heads, *rows]) + "\n").encode()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.fixture
def clock(cast: Cast) -> Callable[[], datetime]:
    return lambda: cast.at("10:00")


@pytest.fixture
def received(cast: Cast) -> Callable[..., Batch]:
    """A file received by the sales manager."""

    def take(data: bytes, name: str = "past.csv", who: str = "shen") -> Batch:
        opened = files.open_table(data, name)
        return actions.receive(cast.hotel, data=data, name=name, table=opened, by=cast.actor(who), now=cast.at("10:00"))

    return take


@pytest.fixture
def checked(cast: Cast, received: Callable[..., Batch], clock: Any) -> Callable[..., Batch]:
    """A file whose columns are named as guessed, looked through by the worker."""

    def take(data: bytes, name: str = "past.csv", **options: Any) -> Batch:
        batch = received(data, name)
        actions.name_columns(batch, mapping=batch.mapping, options={**batch.options, **options}, by=cast.actor("shen"), now=cast.at("10:01"))
        assert work.run(batch.pk, clock)
        batch.refresh_from_db()
        return batch

    return take


@pytest.fixture
def applied(cast: Cast, checked: Callable[..., Batch], clock: Any) -> Callable[..., Batch]:
    """A file that is in the history."""

    def take(data: bytes = table(), name: str = "past.csv", **options: Any) -> Batch:
        batch = checked(data, name, **options)
        actions.apply_batch(batch, by=cast.actor("shen"), now=cast.at("10:02"))
        assert work.run(batch.pk, clock)
        batch.refresh_from_db()
        return batch

    return take
