"""The steps of an event as single posts; what is wrong comes back beside its field, with what was typed, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.events import actions
from guiju.events.forms import FORMS, ActualsForm, CountsForm, StepForm, complain
from guiju.events.models import Deposit, Event, EventFunction, EventLine
from guiju.events.views.reading import event_page, found
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.shelf.errors import Invalid, Missing

Got = dict[str, Any]
Step = Callable[[Asked, Event, Any, dict[str, Any]], Any]


def _of(model: Any, event: Event, text: str) -> Any:
    """The row of this event that the post names, or 404."""
    try:
        key = UUID(str(text))
    except ValueError:
        raise Missing("no such row") from None
    row = model.objects.of(event.hotel_id).select_related("event__hotel").filter(pk=key, event=event).first()
    if row is None:
        raise Missing("no such row")
    return row


def _enclose(request: Asked, event: Event, form: StepForm, step: dict[str, Any]) -> Any:
    got = form.cleaned_data
    upload = got["file"]
    return actions.enclose(event, what=got["what"], data=upload.read(), name=upload.name or "file", caption=got["caption"], **step)


def _took_place(request: Asked, event: Event, form: ActualsForm, step: dict[str, Any]) -> Any:
    return actions.took_place(event, counts=form.counts(), used=form.used(), **step)


def _guarantee(request: Asked, event: Event, form: CountsForm, step: dict[str, Any]) -> Any:
    return actions.guarantee(event, counts=form.counts(), **step)


STEPS: dict[str, Step] = {
    "take-hall": lambda r, e, f, s: actions.take_hall(
        _of(EventFunction, e, f.cleaned_data["function"]), option_until_at=f.cleaned_data["option_until_at"], **s
    ),
    "release-hall": lambda r, e, f, s: actions.release_hall(_of(EventFunction, e, f.cleaned_data["function"]), reason=f.cleaned_data["reason"], **s),
    "drop-function": lambda r, e, f, s: actions.drop_function(_of(EventFunction, e, r.POST.get("function", "")), **s),
    "drop-line": lambda r, e, f, s: actions.drop_line(_of(EventLine, e, r.POST.get("line", "")), **s),
    "confirm": lambda r, e, f, s: actions.confirm_event(e, **f.cleaned_data, **s),
    "lose": lambda r, e, f, s: actions.lose_event(e, **f.cleaned_data, **s),
    "guarantee": _guarantee,
    "ask-gm": lambda r, e, f, s: actions.ask_gm(e, **f.cleaned_data, **s),
    "issue": lambda r, e, f, s: actions.issue_order(e, **s),
    "quote": lambda r, e, f, s: actions.quote(e, **f.cleaned_data, **s),
    "deposit": lambda r, e, f, s: actions.agree_deposit(e, **f.cleaned_data, **s),
    "receive": lambda r, e, f, s: actions.receive_deposit(
        _of(Deposit, e, f.cleaned_data["deposit"]), **{key: f.cleaned_data[key] for key in ("amount", "receipt", "how")}, **s
    ),
    "drop-deposit": lambda r, e, f, s: actions.drop_deposit(_of(Deposit, e, f.cleaned_data["deposit"]), reason=f.cleaned_data["reason"], **s),
    "took-place": _took_place,
    "enclose": _enclose,
    "hand-in": lambda r, e, f, s: actions.file_event(e, report=f.cleaned_data, **s),
    "archive": lambda r, e, f, s: actions.archive_event(e, **f.cleaned_data, **s),
    "again": lambda r, e, f, s: actions.repeat_event(e, **f.cleaned_data, **s),
    "asked-again": lambda r, e, f, s: actions.ask_again(e, **f.cleaned_data, **s),
}


@page("events.view", methods=("POST",))
def do(request: Asked, pk: Any, what: str) -> HttpResponse:
    """Take one step; each verb asks its own right and its own clauses."""
    step = STEPS.get(what)
    if step is None:
        raise Missing("no such step")
    event, (kind, tab) = found(request, pk), FORMS[what]
    form = kind(request.POST, request.FILES, what=what, event=event, now=request.now)
    if not form.is_valid():
        return event_page(request, event, tab, wrong=form, what=what)
    try:
        made = step(request, event, form, {"by": request.actor, "now": request.now})
    except Invalid as wrong:
        complain(form, wrong.errors, wrong.message)
        return event_page(request, found(request, pk), tab, wrong=form, what=what)
    if what == "again":
        return HttpResponseRedirect(reverse("events:event", args=[made.pk]))
    messages.success(request, _("Done: %(number)s.") % {"number": event.number})
    return HttpResponseRedirect(reverse(f"events:{tab}", args=[event.pk]))
