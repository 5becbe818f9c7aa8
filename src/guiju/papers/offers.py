"""What the papers room shows on other rooms' pages: titles, counts, search, what waits for others, a booking's papers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.duties.models import Duty
from guiju.house.asking import Asked
from guiju.papers import queries
from guiju.papers.models import Copy, Paper
from guiju.papers.queries import department_name, form_name
from guiju.shelf.actor import Actor


def paper_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Paper id -> (number and title, page): one query."""
    rows = Paper.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "number", "title", "kind")
    return {
        str(pk): (f"{form_name(kind)} {number} {title}", reverse("papers:paper", args=[pk]))
        for pk, number, title, kind in rows
    }


def copy_titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Copy id -> (paper, department; page): one query."""
    rows = (
        Copy.objects.of(hotel_id)
        .filter(pk__in=list(ids))
        .values_list("pk", "department", "paper__number", "paper__title", "paper__kind")
    )
    return {
        str(pk): (
            f"{form_name(kind)} {number} {title} {department_name(department)}",
            reverse("papers:sign", args=[pk]),
        )
        for pk, department, number, title, kind in rows
    }


def paper_briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Paper id -> form and number, without anybody's name."""
    rows = Paper.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "kind", "number")
    return {str(pk): f"{form_name(kind)} {number}" for pk, kind, number in rows}


def copy_briefs(hotel_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """Copy id -> form, number and department, without anybody's name."""
    rows = Copy.objects.of(hotel_id).filter(pk__in=list(ids)).values_list("pk", "paper__kind", "paper__number", "department")
    return {str(pk): f"{form_name(kind)} {number} {department_name(department)}" for pk, kind, number, department in rows}


def to_sign(actor: Actor, now: datetime) -> tuple[int, bool]:
    """How many copies my departments have to sign for, and whether any is late."""
    ids = [str(pk) for pk in queries.open_copies(actor).values_list("pk", flat=True)[:200]]
    late = (
        bool(ids)
        and Duty.objects.of(actor.hotel_id)
        .filter(
            subject_kind="copy",
            subject_id__in=ids,
            owner="receiver",
            met_at__isnull=True,
            ended_at__isnull=True,
            due_at__lt=now,
        )
        .exists()
    )
    return len(ids), late


def find(actor: Actor, text: str, limit: int) -> list[tuple[str, str, str, str]]:
    """Papers by number or title; a department finds its own."""
    return [
        (f"{row.number} {row.title}", form_name(row.kind), reverse("papers:paper", args=[row.pk]), "contract")
        for row in queries.register(actor, text=text)[:limit]
    ]


@dataclass(slots=True)
class Waiting:
    """A paper of mine that waits for departments."""

    verb: str
    title: str
    url: str
    text: str
    clause: str
    duty: Duty | None


def waiting_for_others(actor: Actor, now: datetime) -> list[Waiting]:
    """Papers I issued whose copies are not all signed for, soonest due first."""
    copies = list(
        Copy.objects.of(actor.hotel_id)
        .filter(
            revision__issued_by_id=actor.person_id,
            must_sign=True,
            signed_at__isnull=True,
            superseded_at__isnull=True,
        )
        .select_related("paper")
        .order_by("-issued_at")[:60]
    )
    by_paper: dict[Any, list[queries.Line]] = {}
    for line in queries.lines_of(actor.hotel_id, copies, now) if copies else []:
        by_paper.setdefault(line.copy.paper_id, []).append(line)
    items = []
    for lines in by_paper.values():
        paper = lines[0].copy.paper
        duties = [line.duty for line in lines if line.duty]
        first = min(duties, key=lambda duty: duty.due_at) if duties else None
        items.append(
            Waiting(
                form_name(paper.kind),
                f"{paper.number} {paper.title}",
                reverse("papers:paper", args=[paper.pk]),
                _("Not signed yet: %(who)s")
                % {"who": " ".join(department_name(line.copy.department) for line in lines)},
                first.clause if first else "booking.change-notice" if paper.kind == "change_notice" else "booking.by-1800",
                first,
            )
        )
    return sorted(items, key=lambda item: item.duty.due_at if item.duty else now)[:12]


def of_booking(request: Asked, booking: Any) -> dict[str, Any] | None:
    """The papers of a booking with how many have signed."""
    actor = request.actor  # set by the middleware
    papers = [paper for paper in queries.papers_about(booking.hotel_id, booking.subject) if paper.latest]
    copies: dict[Any, list[Copy]] = {}
    open_to = queries.open_to(actor, [paper.pk for paper in papers])
    if papers:
        for copy in Copy.objects.filter(paper__in=papers, superseded_at__isnull=True).order_by("number"):
            copies.setdefault(copy.paper_id, []).append(copy)
    shown = []
    for paper in papers:
        held = [copy for copy in copies.get(paper.pk, []) if copy.must_sign or copy.carried_from_id]
        missing = [copy for copy in held if copy.must_sign and not copy.signed_at]
        shown.append(
            {
                "paper": paper,
                "may_open": paper.pk in open_to,
                "name": form_name(paper.kind),
                "needed": len(held),
                "signed": len(held) - len(missing),
                "missing": [department_name(copy.department) for copy in missing],
            }
        )
    return {"papers_of": shown} if shown else None
