"""Which edition of the standard is in force, loaded once per process and edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID


def judge_verb(hotel_id: UUID, verb: str, subject: tuple[str, str], *, attrs: Mapping[str, Any],
               needs: Mapping[str, bool], now: datetime) -> Any:
    """Judge a verb by the edition in force."""
    raise NotImplementedError
