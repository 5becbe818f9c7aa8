"""Grade and scope of a visit, by the standard's table: who comes and why (reception.grade-by-visitor)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from guiju import rulebook
from guiju.duties.editions import editions_of
from guiju.visitors.models import Visit
from guiju.visitors.words import SCOPES

CLAUSE, RULE = "reception.grade-by-visitor", "grade"
SILENT: Mapping[str, Any] = {"grade": Visit.Grade.C, "scope": ["lobby"], "host": "pr"}  # where the standard says nothing of such guests


def by_table(hotel_id: UUID, *, visitor: str, rank: str, purpose: str, now: datetime) -> dict[str, Any]:
    """What the table gives: grade, scope and who is the host."""
    asked = {"visitor": visitor, "rank": rank, "purpose": purpose}
    found = rulebook.look_up(editions_of(hotel_id), CLAUSE, RULE, asked, now) or SILENT
    grade = str(found.get("grade", SILENT["grade"]))
    scope = [one for one in SCOPES if one in found.get("scope", SILENT["scope"])]
    return {"grade": grade if grade in Visit.Grade.values else str(SILENT["grade"]), "scope": scope, "host": str(found.get("host", SILENT["host"]))}
