"""Gates: before a step, the clauses in force are asked; a refusal names the clause, what is missing and who may waive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from guiju.shelf.errors import GateRefused


def verdict(hotel_id: UUID, verb: str, subject: tuple[str, str], *, attrs: Mapping[str, Any],
            needs: Mapping[str, bool], now: datetime) -> Any:
    """What the clauses say about this step now: `.allowed` and `.refusals`, waivers given for the subject counted in."""
    from guiju.duties import editions  # the editions are read from rows; the judging is pure

    return editions.judge_verb(hotel_id, verb, subject, attrs=attrs, needs=needs, now=now)


def gate(hotel_id: UUID, verb: str, subject: tuple[str, str], *, attrs: Mapping[str, Any],
         needs: Mapping[str, bool], now: datetime) -> None:
    """Raise GateRefused unless every clause about this step is satisfied or waived."""
    said = verdict(hotel_id, verb, subject, attrs=attrs, needs=needs, now=now)
    if not said.allowed:
        raise GateRefused("; ".join(refusal.text for refusal in said.refusals), verdict=said)
