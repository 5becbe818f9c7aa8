"""The register of papers, and what the QR code on a printed copy opens."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.house.asking import Asked
from guiju.house.doors import page, public
from guiju.house.lists import downloaded
from guiju.papers import queries
from guiju.papers.forms import FORMS
from guiju.papers.models import Copy, Paper
from guiju.shelf.errors import Missing

PAGE = 50
EXPORTED = 20_000


@page("papers.view", methods=("GET",))
def register(request: Asked) -> HttpResponse:
    """All papers this person may see, newest first, with how many have signed; ?export=xlsx or csv."""
    kind, text = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:60]
    kind = kind if kind in FORMS else ""
    rows = queries.register(request.actor, kind=kind, text=text)
    if request.GET.get("export"):
        return _export(request, list(rows[:EXPORTED]))
    before = request.GET.get("before", "")
    if before:
        rows = rows.filter(id__lt=Paper.objects.pick(request.actor.hotel_id, before).pk)
    found = list(rows[: PAGE + 1])
    more, papers = len(found) > PAGE, found[:PAGE]
    signed = queries.progress(papers)
    return render(
        request,
        "papers/register.html",
        {
            "table": [
                {"paper": one, "name": queries.form_name(one.kind), "signed": signed.get(one.pk, (0, 0))}
                for one in papers
            ],
            "more": papers[-1].pk if more else None,
            "kind": kind,
            "q": text,
            "kinds": [(key, queries.form_name(key)) for key in FORMS],
        },
    )


def _export(request: Asked, papers: list[Paper]) -> HttpResponse:
    signed = queries.progress(papers) if len(papers) < 900 else _in_parts(papers)
    columns = [
        (_("No."), "number"),
        (_("Form"), lambda row: queries.form_name(row.kind)),
        (_("About"), "title"),
        (_("Revision"), "latest"),
        (_("Signed for"), lambda row: signed.get(row.pk, (0, 0))[0]),
        (_("To be signed"), lambda row: signed.get(row.pk, (0, 0))[1]),
        (_("Issued"), "created_at"),
        (_("Void since"), "voided_at"),
    ]
    return downloaded(request, papers, columns, "papers")


def _in_parts(papers: list[Paper]) -> dict[Any, tuple[int, int]]:
    found: dict[Any, tuple[int, int]] = {}
    for start in range(0, len(papers), 500):
        found.update(queries.progress(papers[start : start + 500]))
    return found


@public
def latest(request: Asked, token: str) -> HttpResponse:
    """What the QR code on a printed copy opens: number, revision, whether it is the latest, the hotel; nothing else."""
    copy = Copy.objects.select_related("paper", "revision", "hotel").filter(token=token).first()
    if copy is None:
        raise Missing("no such paper")
    actor = getattr(request, "actor", None)
    context = {
        "number": copy.paper.number,
        "revision": copy.revision.number,
        "of_hotel": copy.hotel,
        "is_latest": copy.revision.number == copy.paper.latest and copy.paper.voided_at is None,
        "open_pk": copy.paper_id
        if actor and actor.hotel_id == copy.hotel_id and queries.open_to(actor, [copy.paper_id])
        else None,
    }
    response = render(request, "papers/latest.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response
