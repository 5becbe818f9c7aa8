"""The steps of a visit as single posts; what is wrong comes back on its page beside the field, with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.shelf.errors import Invalid, Missing
from guiju.visitors import actions, queries
from guiju.visitors.forms import PaperForm
from guiju.visitors.models import Visit, VisitChange
from guiju.visitors.views.reading import STEP_FORMS, visit_page

Step = Callable[[Visit, dict[str, Any], dict[str, Any]], Any]


def _report(visit: Visit, got: dict[str, Any], step: dict[str, Any]) -> Any:
    return actions.report(visit, **{**got, "as_planned": got["as_planned"] == "yes"}, **step)


STEPS: dict[str, Step] = {
    "submit": lambda visit, _got, step: actions.submit(visit, **step),
    "confirm": lambda visit, _got, step: actions.confirm(visit, **step),
    "acknowledge": lambda visit, _got, step: actions.acknowledge(visit, **step),
    "receive": lambda visit, _got, step: actions.receive(visit, **step),
    "report": _report,
    "cancel": lambda visit, got, step: actions.call_off(visit, reason=got["reason"], **step),
}
SAID = {
    "submit": N_("Submitted for approval."), "confirm": N_("Confirmed. The plan is out, and everybody who takes part is told."),
    "acknowledge": N_("Thank you: noted."), "receive": N_("Received. The report is still owed."), "report": N_("Reported."),
    "cancel": N_("Called off."),
}


@page("visitors.view", methods=("POST",))
def do(request: Asked, pk: Any, what: str) -> HttpResponse:
    """Take one step of a visit."""
    step = STEPS.get(what)
    if step is None:
        raise Missing("no such step")
    visit = queries.pick(request.actor, pk)
    asks = STEP_FORMS.get(what)
    form = asks(request.POST, auto_id=f"{what}-%s") if asks else None
    if form is not None and not form.is_valid():
        return visit_page(request, pk, forms={what: form}, status=422)
    try:
        step(visit, form.cleaned_data if form else {}, {"by": request.actor, "now": request.now})
    except Invalid as wrong:
        if form is None:
            raise
        _complain(form, wrong)
        return visit_page(request, pk, forms={what: form}, status=422)
    messages.success(request, _(SAID[what]))
    return HttpResponseRedirect(reverse("visitors:visit", args=[pk]))


def _complain(form: forms.Form, wrong: Invalid) -> None:
    for name, texts in wrong.errors.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)


@page("visitors.edit", methods=("POST",), once=False)
def attach(request: Asked, pk: Any) -> HttpResponse:
    """Attach a paper: a file, or where the paper itself lies."""
    visit = queries.pick(request.actor, pk)
    form = PaperForm(request.POST, request.FILES, auto_id="attach-%s")
    if not form.is_valid():
        return visit_page(request, pk, forms={"attach": form}, status=422)
    upload = request.FILES.get("file")
    data = upload.read() if upload is not None else b""
    if upload is not None:
        upload.seek(0)
    got = form.cleaned_data

    def run() -> HttpResponse:
        try:
            actions.attach(
                visit, kind=got["kind"], data=data, name=(upload.name or "") if upload is not None else "", lies_at=got["lies_at"],
                by=request.actor, now=request.now,
            )
        except Invalid as wrong:
            _complain(form, wrong)
            return visit_page(request, pk, forms={"attach": form}, status=422)
        messages.success(request, _("Attached."))
        return HttpResponseRedirect(reverse("visitors:visit", args=[pk]) + "#papers")

    return answer_once(request, run)


@page("visitors.edit", methods=("POST",))
def detach(request: Asked, pk: Any) -> HttpResponse:
    """Take a paper off a plan that is being drawn up."""
    paper = queries.pick_paper(request.actor, pk)
    actions.detach(paper, by=request.actor, now=request.now)
    messages.success(request, _("Taken off."))
    return HttpResponseRedirect(reverse("visitors:visit", args=[paper.visit_id]) + "#papers")


@page("visitors.edit", methods=("POST",))
def ask_again(request: Asked, pk: Any) -> HttpResponse:
    """Ask for the approval of an emergency change whose question was taken back or refused."""
    change: VisitChange = VisitChange.objects.select_related("visit__hotel", "approval").pick(request.actor.hotel_id, pk)
    queries.pick(request.actor, change.visit_id)
    actions.ask_afterwards(change, by=request.actor, now=request.now)
    messages.success(request, _("Asked for."))
    return HttpResponseRedirect(reverse("visitors:visit", args=[change.visit_id]) + "#approval")
