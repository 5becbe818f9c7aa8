"""The steps of a plan as single posts; each verb asks its own right and its own clauses."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.shelf.errors import Invalid, Missing
from guiju.vip import actions, queries
from guiju.vip.forms import moment_in
from guiju.vip.models import VipPlan
from guiju.vip.views.reading import plan_page

Step = Callable[[Asked, VipPlan, dict[str, Any]], Any]


def _arrived(request: Asked, plan: VipPlan, step: dict[str, Any]) -> Any:
    at = moment_in(request.hotel.zone, request.POST.get("at", ""))
    return actions.arrive(plan, at=at, room=request.POST.get("room", ""), **step)


def _departed(request: Asked, plan: VipPlan, step: dict[str, Any]) -> Any:
    return actions.depart(plan, at=moment_in(request.hotel.zone, request.POST.get("at", "")), **step)


def _keep(request: Asked, plan: VipPlan, step: dict[str, Any]) -> Any:
    said = request.POST
    given = {name: said.get(name, "") for name in ("summary", "opinions", "diet", "preferences")}
    return actions.keep_history(plan, cost=_cost(said.get("cost", "")), **given, **step)


def _cost(text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        amount = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount < 100_000_000:
        raise Invalid(errors={"cost": [_("An amount of money, please.")]})
    return amount.quantize(Decimal("0.01"))


STEPS: dict[str, Step] = {
    "ask": lambda request, plan, step: actions.ask_approval(plan, **step),
    "go-ahead": lambda request, plan, step: actions.go_ahead(plan, reason=request.POST.get("reason", ""), **step),
    "ask-afterwards": lambda request, plan, step: actions.ask_afterwards(plan, **step),
    "distribute": lambda request, plan, step: actions.distribute(plan, **step),
    "acknowledge": lambda request, plan, step: actions.acknowledge(plan, **step),
    "arrived": _arrived,
    "departed": _departed,
    "keep": _keep,
    "cancel": lambda request, plan, step: actions.cancel(plan, reason=request.POST.get("reason", ""), **step),
}
SAID = {
    "ask": gettext_lazy("The plan waits for approval."),
    "distribute": gettext_lazy("The plan is out; the departments sign for it."),
    "acknowledge": gettext_lazy("Noted that you read it."),
    "arrived": gettext_lazy("Arrived. The half hour for floor, registration and luggage runs."),
    "departed": gettext_lazy("Departed."),
    "keep": gettext_lazy("Kept for the next time."),
    "cancel": gettext_lazy("Cancelled; what was to be done falls away."),
    "ask-afterwards": gettext_lazy("Asked for approval afterwards."),
    "go-ahead": gettext_lazy("The plan holds at once. The approval is owed afterwards."),
}


@page("vip.view", methods=("POST",))
def do(request: Asked, pk: Any, what: str) -> HttpResponse:
    """One step of the plan."""
    plan = queries.pick(request.actor, pk)
    if what not in STEPS:
        raise Missing("no such step")
    try:
        STEPS[what](request, plan, {"by": request.actor, "now": request.now})
    except Invalid as wrong:
        plan.refresh_from_db()
        return plan_page(request, plan, errors=wrong.errors, what=what, status=422)
    messages.success(request, SAID[what])
    return HttpResponseRedirect(reverse("vip:plan", args=[plan.pk]))
