"""A paper: its sheet, who has signed, what changed, who held what; reminding, answering, signatures on paper, PDF."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.papers import actions, queries
from guiju.papers.files import read_back, store
from guiju.papers.models import Copy, Paper, Revision
from guiju.papers.sheets import pdf_of, sheet_of
from guiju.papers.views.common import copy_of, moment_in, photo_of
from guiju.shelf import registry
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Missing

WHAT = {
    "delivered": N_("copy delivered"),
    "signed": N_("signed for"),
    "undone": N_("signature withdrawn"),
    "objected": N_("has a question"),
    "answered": N_("question answered"),
    "reminded": N_("reminded"),
}
HOW = {"paper": N_("on paper"), "tablet": N_("on the tablet"), "phone": N_("by the link in the chat"), "api": N_("by program")}


@page("papers.view", methods=("GET",))
def paper(request: Asked, pk: Any) -> HttpResponse:
    """A paper: its sheet, who has signed, what the latest revision changed, what happened."""
    return _paper_page(request, Paper.objects.pick(request.actor.hotel_id, pk))


def _paper_page(
    request: Asked, found: Paper, *, asked: UUID | None = None, error: str = "", status: int = 200
) -> HttpResponse:
    actor = request.actor
    whole = queries.dossier(found)
    off = queries.sign_off(found, request.now, whole)
    mine = [line for line in off.lines if queries.may_see(actor, line.copy.department)]
    if not mine:
        raise Missing("no such paper")
    copy = _own(request, mine)
    number = request.GET.get("revision", "")
    revision = whole.revisions.get(int(number) if number.isdecimal() else 0) or whole.revisions[found.latest]
    at = moment_in(request, request.GET.get("at", ""))
    return render(
        request,
        "papers/paper.html",
        {
            **_about(actor, found),
            **_rights(request, mine),
            "paper": found,
            "copy": copy,
            "off": off,
            "form_name": queries.form_name(found.kind),
            "lines": mine,
            "clause": next((line.copy.clause for line in mine if line.copy.must_sign), ""),
            "revision": revision,
            "revisions": whole.revisions.values(),
            "changes": _changes(request, revision),
            "sheet": sheet_of(
                copy,
                hotel=request.hotel,
                lang=request.LANGUAGE_CODE,
                revision=revision,
                before=whole.before(revision.number),
                signed=whole.signed(),
            ),
            "notices": found.notices.order_by("created_at") if found.original_id is None else [],
            "history": _history(request, whole),
            "at": at,
            "asked": asked,
            "error": error,
            "held": _held(request, whole, at) if at else None,
            "answer": request.POST.get("answer", ""),
        },
        status=status,
    )


def _changes(request: Asked, revision: Revision) -> list[dict[str, Any]]:
    """What a revision changed, for those it concerns; sales and its like see all."""
    actor = request.actor
    return [
        {**one, "names": [queries.department_name(key) for key in one["departments"]]}
        for one in revision.differences
        if queries.sees_all(actor) or actor.departments.intersection(one["departments"])
    ]


def _own(request: Asked, lines: list[queries.Line]) -> Copy:
    """The copy to show: the one asked for, else the reader's department's own, else the archive copy or the first."""
    copies = [line.copy for line in lines]
    for fits in (
        lambda copy: str(copy.pk) == request.GET.get("copy"),
        lambda copy: copy.department in request.actor.departments,
        lambda copy: copy.archive,
    ):
        for copy in copies:
            if fits(copy):
                return copy
    return copies[0]


def _about(actor: Actor, found: Paper) -> dict[str, Any]:
    about = [(found.about_kind, found.about_id)]
    if found.original_id:
        about.append(("paper", str(found.original_id)))
    titles = registry.titles(actor.hotel_id, about, actor)
    title, url = titles.get(about[0], ("", ""))
    original, original_url = titles.get(about[-1], ("", "")) if found.original_id else ("", "")
    return {"about_title": title, "about_url": url, "original_title": original, "original_url": original_url}


def _rights(request: Asked, lines: list[queries.Line]) -> dict[str, Any]:
    actor = request.actor
    waiting = [line.copy for line in lines if line.copy.must_sign and not line.copy.signed_at]
    own = [copy for copy in waiting if copy.department in actor.departments]
    on = timezone.localtime(request.now).date()
    may = queries.receivers_of(actor.hotel_id, (copy.department for copy in own), on) if own else {}
    return {
        "may_issue": actor.may("papers.issue"),
        "may_remind": actor.may("papers.remind"),
        "may_backfill": actor.may("papers.backfill"),
        "i_sign": [copy.pk for copy in own if actor.person_id in dict(may.get(copy.department, ()))],
    }


def _held(request: Asked, whole: queries.Dossier, at: datetime) -> list[dict[str, Any]]:
    rows = queries.held_at(whole.paper, at, whole)
    return [row for row in rows if queries.may_see(request.actor, row["department"])]


def _history(request: Asked, whole: queries.Dossier) -> list[dict[str, Any]]:
    """Issues and what departments did, latest first; delivery at the moment of issue goes without saying."""
    rows = [
        {
            "at": row.at,
            "what": _(WHAT.get(row.what, row.what)),
            "name": row.name,
            "reason": row.reason,
            "department": queries.department_name(row.copy.department),
            "revision": row.copy.revision.number,
            "how": _(HOW[row.how]) if row.how in HOW and row.what == "signed" else "",
            "photo": row.photo_id,
        }
        for row in whole.receipts
        if queries.may_see(request.actor, row.copy.department)
        and (row.what != "delivered" or row.at != row.copy.issued_at)
    ]
    rows += [
        {
            "at": one.issued_at,
            "what": _("issued"),
            "revision": one.number,
            "name": one.content.get("issued_by", ""),
        }
        for one in whole.revisions.values()
    ]
    return sorted(rows, key=lambda row: row["at"], reverse=True)


@page("papers.remind", methods=("POST",))
def remind(request: Asked, pk: Any) -> HttpResponse:
    """Remind one department (copy), by hand."""
    copy = actions.remind(copy_of(request, pk), by=request.actor, now=request.now)
    messages.success(request, _("%(who)s reminded.") % {"who": queries.department_name(copy.department)})
    return HttpResponseRedirect(reverse("papers:paper", args=[copy.paper_id]))


@page("papers.issue", methods=("POST",))
def answer(request: Asked, pk: Any) -> HttpResponse:
    """Answer a department's question."""
    copy = copy_of(request, pk)
    try:
        actions.answer_objection(
            copy, answer=request.POST.get("answer", ""), by=request.actor, now=request.now
        )
    except Invalid as refusal:
        return _paper_page(
            request, copy.paper, asked=copy.pk, error=" ".join(refusal.errors["answer"]), status=422
        )
    messages.success(request, _("Answered; the copy waits for its signature again."))
    return HttpResponseRedirect(reverse("papers:paper", args=[copy.paper_id]))


@page("papers.issue", methods=("POST",))
def deliver(request: Asked, pk: Any) -> HttpResponse:
    """Note that a printed copy was handed over."""
    copy = actions.deliver(copy_of(request, pk), by=request.actor, now=request.now)
    messages.success(
        request, _("Handed over to %(who)s.") % {"who": queries.department_name(copy.department)}
    )
    return HttpResponseRedirect(reverse("papers:paper", args=[copy.paper_id]))


@page("papers.backfill", methods=("GET", "POST"), once=False)
def backfill(request: Asked, pk: Any) -> HttpResponse:
    """Enter a signature given on paper, with a photo."""
    copy = copy_of(request, pk)
    if request.method == "GET":
        return _backfill_page(request, copy, {})
    errors: dict[str, list[str]] = {}
    at = moment_in(request, request.POST.get("at", ""))
    if at is None:
        errors["at"] = [_("Say when it was signed.")]
    photo = photo_of(request, errors)
    if not request.POST.get("name", "").strip():
        errors["name"] = [_("who signed on paper?")]
    if errors or at is None:
        return _backfill_page(request, copy, errors)

    def enter() -> HttpResponse:
        kept = store(copy.hotel_id, *photo[:2], mime=photo[2], now=request.now) if photo else None
        try:
            actions.backfill(
                copy, name=request.POST["name"], at=at, photo=kept, by=request.actor, now=request.now
            )
        except Invalid as refusal:
            return _backfill_page(request, copy, refusal.errors)
        messages.success(request, _("The signature on paper is entered."))
        return HttpResponseRedirect(reverse("papers:paper", args=[copy.paper_id]))

    return answer_once(request, enter)


def _backfill_page(request: Asked, copy: Copy, errors: dict[str, list[str]]) -> HttpResponse:
    return render(
        request,
        "papers/backfill.html",
        {
            "copy": copy,
            "department": queries.department_name(copy.department),
            "errors": errors,
            "data": request.POST,
        },
        status=422 if errors else 200,
    )


@page("papers.view", methods=("GET",))
def pdf(request: Asked, pk: Any) -> HttpResponse:
    """The paper as PDF: all copies, only the unsigned ones (?which=unsigned), or one (?copy=…)."""
    actor = request.actor
    found: Paper = Paper.objects.pick(actor.hotel_id, pk)
    rows = (
        found.copies.filter(revision__number=found.latest)
        .select_related("revision", "paper")
        .order_by("number")
    )
    copies = [copy for copy in rows if queries.may_see(actor, copy.department)]
    if request.GET.get("which") == "unsigned":
        copies = [copy for copy in copies if copy.must_sign and not copy.signed_at] or copies
    if request.GET.get("copy"):
        copies = [copy for copy in copies if str(copy.pk) == request.GET["copy"]]
    if not copies:
        raise Missing("no such copy")
    response = HttpResponse(
        pdf_of(copies, hotel=request.hotel, lang=request.LANGUAGE_CODE), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="{found.number}-{found.latest}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@page("papers.view", methods=("GET",))
def file(request: Asked, pk: Any) -> HttpResponse:
    """A file as it was received, always as a download: nothing in it runs in our page."""
    found = queries.file_for(request.actor, pk)
    if found is None:
        raise Missing("no such file")
    response = HttpResponse(read_back(found), content_type=found.mime)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
