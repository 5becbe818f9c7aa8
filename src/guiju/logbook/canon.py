"""The canonical form of an entry and its hash: the recipe of docs/operations/logbook.md in code."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

FIRST = "0" * 64


def moment(value: datetime) -> str:
    """A moment as the chain writes it: UTC, microseconds, Z."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(value: Any) -> Any:
    """An attribute as JSON: numbers as text, so that no reader rounds them."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | int | float):
        return str(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    raise TypeError(f"cannot be written in the logbook: {type(value).__name__}")


def canonical(body: Mapping[str, Any]) -> str:
    """JSON with sorted keys, no spaces, non-ASCII kept."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(prev: str, body: str) -> str:
    """SHA-256 of the previous hash (hex) followed by the body, both as UTF-8."""
    return hashlib.sha256(prev.encode() + body.encode()).hexdigest()


def seal(key: bytes, entry_hash: str) -> str:
    """HMAC-SHA-256 of an entry's hash with the installation's key."""
    return hmac.new(key, entry_hash.encode(), hashlib.sha256).hexdigest()
