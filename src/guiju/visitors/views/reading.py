"""One visit: its plan, approvals, briefing, changes, papers and report; a paper's file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from guiju.approvals.panels import of as approvals_of
from guiju.duties.queries import duties_of
from guiju.duties.today import rows_of
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.papers.files import read_back
from guiju.shelf.errors import Missing
from guiju.visitors import queries
from guiju.visitors.actions.steps import LIVE, LOCKED, STATES
from guiju.visitors.forms import PaperForm, ReasonForm, ReportForm
from guiju.visitors.words import HOSTS, scope_words

STEP_FORMS = {"attach": PaperForm, "report": ReportForm, "cancel": ReasonForm}
ORDER = (STATES.DRAWN, STATES.WAITING, STATES.APPROVED, STATES.CONFIRMED, STATES.RECEIVED, STATES.REPORTED)


@page("visitors.view", methods=("GET",))
def visit(request: Asked, pk: Any) -> HttpResponse:
    """A visit with everything about it."""
    return visit_page(request, pk)


@page("visitors.view", methods=("GET",))
def side(request: Asked, pk: Any) -> HttpResponse:
    """What the standard asks of a visit, its paper, and what happened: fetched by its page, or a page of its own."""
    actor, now = request.actor, request.now
    found = queries.pick(actor, pk)
    duties = [one for one in duties_of(found.hotel_id, found.subject, now) if not one.visible_to or actor.posts.intersection(one.visible_to)]
    template = "visitors/_side.html" if request.headers.get("HX-Request") else "visitors/side.html"
    return render(request, template, {
        "visit": found, "duties": rows_of(found.hotel_id, duties, now),
        "log": queries.history(found, request.LANGUAGE_CODE == "en") if actor.may("visitors.edit") else [],
    })


def visit_page(request: Asked, pk: Any, *, forms: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """The page; `forms` are steps that were refused, with what was typed."""
    actor, now = request.actor, request.now
    found = queries.pick_shown(actor, pk)
    whole = queries.whole(found, now)
    mine = whole.part_of(actor.person_id)
    asked: dict[str, Any] = dict(approvals_of(request, found.subject) or {})
    may_edit = actor.may("visitors.edit")
    return render(request, "visitors/visit.html", {
        "visit": found, "whole": whole, "scope": scope_words(found.scope), "table_scope": scope_words(found.by_table.get("scope", [])),
        "table_host": HOSTS.get(found.by_table.get("host", ""), ""), "table_grade": found.by_table.get("grade", ""),
        "paper_pk": found.paper_pk if actor.may("papers.view") else None, "mine": mine,  # type: ignore[attr-defined]  # annotated
        "to_brief": mine is not None and mine.asked_at is not None and mine.briefed_at is None and found.state == STATES.CONFIRMED,
        "stages": stages(), "stage": ORDER.index(found.state) if found.state in ORDER else -1,
        "may": {
            "edit": may_edit, "change": may_edit and found.state in (STATES.DRAWN, *LOCKED), "submit": may_edit and found.state == STATES.DRAWN,
            "confirm": actor.may("visitors.confirm") and found.state == STATES.APPROVED, "receive": may_edit and found.state == STATES.CONFIRMED,
            "report": may_edit and found.state == STATES.RECEIVED, "cancel": may_edit and found.state in LIVE,
            "attach": may_edit and found.state in LIVE, "all": actor.may("visitors.all"),
        },
        "forms": {**{what: form(auto_id=f"{what}-%s") for what, form in STEP_FORMS.items()}, **(forms or {})},
        "drawn": found.state == STATES.DRAWN, "waiting": found.state == STATES.WAITING, **asked,
        "decides": any(line.may_decide for line in asked.get("approvals", ())),
    }, status=status)


def stages() -> list[str]:
    """The steps of a visit in the reader's language, in ORDER."""
    return [_("Plan"), _("Submitted"), _("Approved"), _("Confirmed"), _("Guests received"), _("Reported")]


@page("visitors.view", methods=("GET",))
def paper_file(request: Asked, pk: Any) -> HttpResponse:
    """A paper's file, as a download only; a sealed one is not given out."""
    paper = queries.pick_paper(request.actor, pk)
    file = queries.file_of(paper)
    if file.is_sealed or paper.removed_at is not None:
        raise Missing("no file")
    response = HttpResponse(read_back(file), content_type=file.mime)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
