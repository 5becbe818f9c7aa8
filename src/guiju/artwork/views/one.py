"""One art order: its text character by character, its proofs, and the step whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from guiju.artwork import actions, queries
from guiju.artwork.actions.steps import BEFORE_DELIVERY, MAKING, answers_for
from guiju.artwork.forms import FORMS, OrderForm, complain
from guiju.artwork.job_paper import job_pdf
from guiju.artwork.models import ArtOrder, Proof
from guiju.duties.queries import duties_of
from guiju.duties.today import Row, state_of
from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.house.naming import department_name
from guiju.papers.files import MIMES, admitted, read_back, store
from guiju.papers.models import StoredFile
from guiju.reading.airlock import MAX_BYTES
from guiju.shelf import registry
from guiju.shelf.errors import Invalid, Missing

State = ArtOrder.State
PICTURES = ("png", "jpeg")
Step = Callable[[ArtOrder, dict[str, Any], StoredFile | None, dict[str, Any]], Any]
STEPS: dict[str, Step] = {
    "take": lambda row, got, file, step: actions.take(row, **step),
    "proof": lambda row, got, file, step: actions.show_proof(row, file=file, remark=got["remark"], **step),
    "approve": lambda row, got, file, step: actions.approve_text(row, text_hash=got["text_hash"], **step),
    "return": lambda row, got, file, step: actions.return_proof(row, reason=got["reason"], **step),
    "finish": lambda row, got, file, step: actions.finish(row, used=got["used"], cost=got["cost"], **step),
    "good": lambda row, got, file, step: actions.check(row, good=True, **step),
    "fault": lambda row, got, file, step: actions.check(row, good=False, fault=got["fault"], **step),
    "deliver": lambda row, got, file, step: actions.deliver(row, photo=file, **step),
    "photo": lambda row, got, file, step: actions.file_photo(row, photo=file, **step),
    "sign": lambda row, got, file, step: actions.sign_for(row, **step),
    "refuse": lambda row, got, file, step: actions.refuse(row, reason=got["reason"], **step),
    "down": lambda row, got, file, step: actions.take_down(row, **step),
    "cancel": lambda row, got, file, step: actions.cancel(row, reason=got["reason"], **step),
}


@page("artwork.view", methods=("GET",))
def order(request: Asked, pk: UUID) -> HttpResponse:
    """One art order."""
    return shown(request, queries.pick(request.actor, pk))


def shown(request: Asked, row: ArtOrder, *, wrong: forms.Form | None = None, what: str = "") -> HttpResponse:
    """Its page; `wrong` is a refused step, shown in its place with what is wrong beside its fields."""
    actor, now = request.actor, request.now
    names = registry.titles(row.hotel_id, [(row.about_kind, row.about_id)], actor) if row.about_kind else {}
    proofs = list(row.proofs.select_related("shown_by", "answered_by", "file").order_by("-round"))
    duties = [duty for duty in duties_of(row.hotel_id, row.subject, now) if duty.status not in ("superseded",)]
    steps = {name: wrong if name == what and wrong is not None else form(auto_id=f"{name}-%s") for name, form in FORMS.items()}
    return render(request, "artwork/order.html", {
        "order": row, "department": department_name(row.department), "about": names.get((row.about_kind, row.about_id), ("", "")),
        "zh": queries.lines_of(row.text_zh), "en": queries.lines_of(row.text_en), "look": queries.worth_a_look(row.text_zh, row.text_en),
        "proofs": proofs, "proof": proofs[0] if proofs else None, "seal": queries.seal(row, now, makes=actor.may("artwork.make")),
        "duties": [Row(duty, str(row), "", registry.duty_verbs.get(f"{duty.clause}/{duty.rule}"), state_of(duty, now)) for duty in duties],
        "clauses": dict.fromkeys(duty.clause for duty in duties), "steps": steps, "wrong": wrong, "what": what,
        **rights(request, row),
    }, status=422 if wrong is not None else 200)


def rights(request: Asked, row: ArtOrder) -> dict[str, bool]:
    """Which steps this person may take now."""
    actor, state = request.actor, row.state
    makes, answers = actor.may("artwork.make"), actor.may("artwork.order") and answers_for(row, actor)
    return {
        "may_take": makes and state == State.ORDERED, "may_show": makes and state in MAKING and row.worded,
        "may_finish": makes and state in MAKING, "ready_to_finish": not row.worded or state == State.APPROVED,
        "may_check": actor.may("artwork.check") and state == State.MADE and not row.checked_at and actor.person_id != row.worker_id,
        "may_deliver": makes and state == State.MADE, "may_file": makes and state in (State.DELIVERED, State.SIGNED, State.DOWN) and not row.photo_id,
        "may_down": makes and row.hangs and state in (State.DELIVERED, State.SIGNED),
        "may_answer": answers and state == State.PROOF, "may_sign": answers and state == State.DELIVERED,
        "may_change": answers and state in BEFORE_DELIVERY, "may_cancel": answers and state in BEFORE_DELIVERY,
    }


@page("artwork.view", methods=("POST",), once=False)
def do(request: Asked, pk: UUID, what: str) -> HttpResponse:
    """One step; each verb asks its own right and its own clauses. A file is looked at before anything is written."""
    row = queries.pick(request.actor, pk)
    if what not in STEPS:
        raise Missing("no such step")
    form = FORMS[what](request.POST, auto_id=f"{what}-%s") if what in FORMS else None
    if form is not None and not form.is_valid():
        return shown(request, row, wrong=form, what=what)
    try:
        picture = _picture(request) if what in ("proof", "deliver", "photo") else None
    except Invalid as wrong:
        complain(form or forms.Form({}), wrong.errors)
        return shown(request, row, wrong=form, what=what)

    def take_step() -> HttpResponse:
        got = form.cleaned_data if form is not None else {"text_hash": request.POST.get("text_hash", "")}
        kept = store(row.hotel_id, picture[0], picture[1], mime=picture[2], now=request.now) if picture else None
        try:
            STEPS[what](row, got, kept, {"by": request.actor, "now": request.now})
        except Invalid as wrong:
            if form is None:
                raise
            complain(form, wrong.errors)
            row.refresh_from_db()
            return shown(request, row, wrong=form, what=what)
        row.refresh_from_db()
        messages.success(request, _("%(number)s: %(state)s.") % {"number": row.number, "state": row.get_state_display()})
        return HttpResponseRedirect(reverse("artwork:order", args=[row.pk]))

    return answer_once(request, take_step)


def _picture(request: Asked) -> tuple[bytes, str, str] | None:
    """The picture that was sent, looked at by the airlock. Raises Invalid for anything else."""
    upload = request.FILES.get("file")
    if upload is None or isinstance(upload, list):
        return None
    if (upload.size or 0) > MAX_BYTES:
        raise Invalid(errors={"file": [_("The picture is larger than %(mb)s MB.") % {"mb": MAX_BYTES // 1024 // 1024}]})
    data = upload.read()
    upload.seek(0)
    kind = admitted(data, upload.name or "picture", kinds=PICTURES)
    return data, upload.name or "picture", MIMES[kind]


@page("artwork.order")
def change(request: Asked, pk: UUID) -> HttpResponse:
    """Change an order before it is handed over."""
    row = queries.pick(request.actor, pk)
    form = OrderForm(request.POST or None, actor=request.actor, zone=request.hotel.zone, order=row)
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        try:
            actions.change(
                row, card=form.card(), version=int(version) if version.isdecimal() else row.version, by=request.actor, now=request.now
            )
        except Invalid as wrong:
            complain(form, wrong.errors)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("artwork:order", args=[row.pk]))
    version = request.POST.get("version", "")
    return render(request, "artwork/form.html", {
        "form": form, "order": row, "version": version if version.isdecimal() else row.version, "reread": row.approved_at is not None,
    }, status=422 if form.errors else 200)


@page("artwork.view", methods=("GET",))
def paper(request: Asked, pk: UUID) -> HttpResponse:
    """The job paper on A4."""
    row = queries.pick(request.actor, pk)
    return _sent(job_pdf(row, hotel=request.hotel, lang=request.LANGUAGE_CODE), "application/pdf", f"{row.number}.pdf", False)


@page("artwork.view", methods=("GET",))
def picture(request: Asked, pk: UUID, which: str) -> HttpResponse:
    """The picture of a proof (its round) or of the finished work (photo), for whoever may see the order."""
    row = queries.pick(request.actor, pk)
    file = row.photo
    if which != "photo":
        proof = Proof.objects.select_related("file").filter(order=row, round=int(which)).first() if which.isdecimal() and len(which) < 5 else None
        file = proof.file if proof else None
    if file is None:
        raise Missing("no such picture")
    return _sent(read_back(file), file.mime, file.name, True)


def _sent(data: bytes, mime: str, name: str, foreign: bool) -> HttpResponse:
    response = HttpResponse(data, content_type=mime)
    response["Content-Disposition"] = content_disposition_header(foreign, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    if foreign:
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
