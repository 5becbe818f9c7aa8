"""Static files under a name that changes with their content; no collect step, so the first start stays fast."""

from __future__ import annotations

import hashlib
from functools import cache

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


@cache
def _mark(name: str) -> str:
    path = finders.find(name)
    if not path:
        return ""
    with open(path, "rb") as handle:
        return hashlib.sha256(handle.read()).hexdigest()[:10]


class VersionedStatic(StaticFilesStorage):
    """Adds ?v=<content hash> to every static address."""

    def url(self, name: str | None) -> str:
        base = super().url(name)
        mark = _mark(name or "")
        return f"{base}?v={mark}" if mark else base
