"""Which edition of the standard is in force; each is parsed once per process."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from guiju import rulebook
from guiju.duties.models import Edition, GateWaiver
from guiju.logbook.writing import writing_now
from guiju.rulebook import Standard
from guiju.rulebook.loading import readable
from guiju.shelf.memory import once_a_page
from guiju.shelf.words import vocabulary

log = logging.getLogger("guiju.standard")


def shipped_texts(name: str = "hotel-sales") -> dict[str, str]:
    """The TOML files of a standard that comes with the product."""
    folder = files("guiju.standards").joinpath(name)
    return {
        item.name: item.read_text(encoding="utf-8") for item in sorted(folder.iterdir(), key=lambda item: item.name) if item.name.endswith(".toml")
    }


def digest_of(texts: Mapping[str, str]) -> str:
    """One hash over all texts of an edition."""
    whole = hashlib.sha256()
    for name in sorted(texts):
        whole.update(f"{name}\n{texts[name]}\n".encode())
    return whole.hexdigest()


@lru_cache(maxsize=64)
def _read(digest: str) -> tuple[Standard, tuple[str, ...]]:
    """An approved edition, and the clauses of it that this version of the program cannot read any more (they rest, and are named).

    The digest is of the texts: hotels with the same wording share what was read.
    """
    texts = Edition.objects.filter(digest=digest).values_list("texts", flat=True)[:1].get()
    standard, broken = readable(texts, vocabulary())
    for clause, problems in broken.items():
        log.error("the clause %s of an approved edition cannot be read and rests: %s; adopt a new edition", clause, problems[0].message)
    return standard, tuple(sorted(broken))


def resting(hotel_id: UUID, at: datetime) -> tuple[str, ...]:
    """Clauses of the edition in force that this version cannot read: for /readyz and the start."""
    edition = in_force(hotel_id, at)
    if edition is None:
        return ()
    return _read(Edition.objects.values_list("digest", flat=True).get(pk=edition.id))[1]


@once_a_page
def editions_of(hotel_id: UUID, standard: str = "hotel-sales") -> tuple[rulebook.Edition, ...]:
    """The approved editions of a hotel, oldest first; one small query for a page or a step, the parsing is remembered."""
    step = writing_now()
    if step is None:
        return _approved(hotel_id, standard)
    key = ("editions", hotel_id, standard)
    if key not in step.asked:
        step.asked[key] = _approved(hotel_id, standard)
    found: tuple[rulebook.Edition, ...] = step.asked[key]
    return found


def _approved(hotel_id: UUID, standard: str) -> tuple[rulebook.Edition, ...]:
    rows = (
        Edition.objects.of(hotel_id)
        .filter(standard=standard, approved_at__isnull=False)
        .order_by("effective_at", "number")
        .values_list("pk", "digest", "effective_at")
    )
    return tuple(rulebook.Edition(id=str(pk), effective_at=at, standard=_read(digest)[0]) for pk, digest, at in rows)


def in_force(hotel_id: UUID, at: datetime, standard: str = "hotel-sales") -> rulebook.Edition | None:
    """The edition in force at a moment."""
    current = None
    for edition in editions_of(hotel_id, standard):
        if edition.effective_at <= at:
            current = edition
    return current


def waived(hotel_id: UUID, verb: str, subject: tuple[str, str]) -> frozenset[tuple[str, str]]:
    """(clause, rule) pairs that somebody entitled has waived for this step and subject."""
    return frozenset(
        GateWaiver.objects.of(hotel_id).filter(verb=verb, subject_kind=subject[0], subject_id=str(subject[1])).values_list("clause", "rule")
    )


def judge_verb(
    hotel_id: UUID,
    verb: str,
    subject: tuple[str, str],
    *,
    attrs: Mapping[str, Any],
    needs: Mapping[str, bool],
    now: datetime,
) -> rulebook.Verdict:
    """Judge a step by the edition in force, counting the waivers given for its subject."""
    return rulebook.judge(editions_of(hotel_id), verb, attrs=attrs, needs=needs, at=now, also_waived=waived(hotel_id, verb, subject))
