"""The clauses of a standard as their files have them: found, hashed and compared without being compiled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from guiju.duties.models import Edition
from guiju.rulebook import Standard, derived
from guiju.rulebook.loading import parsed, read
from guiju.rulebook.standard import Problem
from guiju.shelf.words import vocabulary

Told = Mapping[str, Any]


@lru_cache(maxsize=32)
def _told(texts: tuple[tuple[str, str], ...]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for _name, text in texts:
        told = parsed(text)
        for table in [told] if "id" in told else told.get("clause", []):
            clause = {**table, "case": list(table.get("case", []))}
            found[str(table.get("id", ""))] = clause
        for case in [] if "id" in told else told.get("case", []):
            found.setdefault(str(case.get("clause", "")), {"case": []})["case"].append({k: v for k, v in case.items() if k != "clause"})
    return found


def clauses_of(texts: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Every clause of the texts as it is written, with its cases: id -> table."""
    return _told(tuple(sorted(texts.items())))


def wording_of(clause: Told) -> str:
    """One hash over what a clause says and asks; its cases and its weight are not what a reader acts by."""
    said = {key: value for key, value in clause.items() if key in ("text", "rule")}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


@lru_cache(maxsize=32)
def _read(texts: tuple[tuple[str, str], ...]) -> tuple[Standard, tuple[Problem, ...]]:
    standard, problems = read(dict(texts), vocabulary(), strict=True)
    return standard, tuple(problems)


def standard_of(texts: Mapping[str, str]) -> tuple[Standard, tuple[Problem, ...]]:
    """The standard that texts make, and everything wrong with them."""
    return _read(tuple(sorted(texts.items())))


@lru_cache(maxsize=32)
def _run(texts: tuple[tuple[str, str], ...]) -> tuple[derived.Outcome, ...]:
    standard, problems = _read(texts)
    return () if problems else tuple(derived.run(standard, case, vocabulary()) for case in standard.cases)


def run_cases(texts: Mapping[str, str], clause: str = "") -> list[derived.Outcome]:
    """All cases of the texts, or those of one clause, run now."""
    return [outcome for outcome in _run(tuple(sorted(texts.items()))) if clause in ("", outcome.case.clause)]


@lru_cache(maxsize=32)
def _worded(texts: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {name: wording_of(told) for name, told in _told(texts).items()}


def wordings_of(texts: Mapping[str, str]) -> dict[str, str]:
    """The hash of the wording of every clause."""
    return _worded(tuple(sorted(texts.items())))


def newest(hotel_id: Any, standard: str = "hotel-sales") -> Edition | None:
    """The edition that was approved last, in force already or from a coming day on."""
    return Edition.objects.of(hotel_id).filter(standard=standard, approved_at__isnull=False).order_by("-number").first()


def changed_clauses(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Ids of the clauses that two wordings have otherwise, in the order of the new one; those that are gone last."""
    before, after = clauses_of(old), clauses_of(new)
    return [name for name in after if before.get(name) != after[name]] + [name for name in before if name not in after]


def unchanged(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether two texts say the same of every clause and of the duties of every post."""
    return not changed_clauses(old, new) and post_duties_of(old) == post_duties_of(new)


def post_duties_of(texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The duties of posts as the texts have them, by their ids."""
    found = [one for text in texts.values() for one in parsed(text).get("post_duty", [])]
    return sorted(found, key=lambda one: str(one.get("id")))
