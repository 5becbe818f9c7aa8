"""Credit on account: asked by one, decided by another; overdue accounts and chasing them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.clients import actions, queries
from guiju.clients.forms import ChaseForm, CreditForm, OverdueForm, carried
from guiju.clients.models import CreditEntry, CreditRequest
from guiju.clients.views.files import form_page, pick, step_of, to_client
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.shelf.errors import Invalid


@page("clients.ask_credit")
def credit(request: Asked, pk: UUID) -> HttpResponse:
    """Ask for a right and limit; somebody else decides."""
    row = pick(request, pk)
    first = {"on_account": row.on_account, "limit": row.credit_limit, "days": row.credit_days}
    form = CreditForm(request.POST or None, initial=first)

    def step(values: dict[str, Any]) -> CreditRequest:
        return actions.ask_credit(row, **values, **step_of(request))

    if request.method == "POST" and carried(form, step) is not None:
        messages.success(request, _("Asked. Somebody else decides."))
        return to_client(pk)
    entries = CreditEntry.objects.of(row.hotel_id).filter(client=row).order_by("-at", "-id")[:20]
    return form_page(
        request,
        form,
        row,
        _("Credit on account"),
        _("Ask for this"),
        asked=queries.asked_credit(row),
        entries=list(entries),
    )


@page("clients.credit", methods=("POST",))
def decide(request: Asked, pk: UUID) -> HttpResponse:
    """Approve or refuse what another asked for."""
    asked = CreditRequest.objects.pick(request.actor.hotel_id, pk)
    approve = request.POST.get("answer") == "approve"
    try:
        actions.decide_credit(asked, approve=approve, words=request.POST.get("words", ""), **step_of(request))
    except Invalid as wrong:
        text = " ".join(text for texts in wrong.errors.values() for text in texts)
        context = {
            "client": asked.client,
            "asked": asked,
            "problem": text,
            "title": _("Credit on account"),
        }
        return render(request, "clients/decide.html", context, status=422)
    return to_client(asked.client_id)


@page("clients.overdue")
def overdue(request: Asked, pk: UUID) -> HttpResponse:
    """Mark the account overdue, or note that the debt is paid."""
    row = pick(request, pk)
    if request.POST.get("cleared"):
        actions.clear_overdue(row, **step_of(request))
        return to_client(pk)
    form = OverdueForm(
        request.POST or None,
        initial={"since_on": row.overdue_since_on, "amount": row.overdue_amount or None},
    )

    def step(values: dict[str, Any]) -> bool:
        actions.mark_overdue(row, **values, **step_of(request))
        return True

    if request.method == "POST" and carried(form, step):
        return to_client(pk)
    return form_page(request, form, row, _("Overdue account"), _("Mark as overdue"), clearing=row.overdue_since_on)


@page("clients.chase")
def chase(request: Asked, pk: UUID) -> HttpResponse:
    """Note that the client was asked to pay."""
    row = pick(request, pk)
    form = ChaseForm(request.POST or None)

    def step(values: dict[str, Any]) -> bool:
        actions.record_chase(row, **values, **step_of(request))
        return True

    if request.method == "POST" and carried(form, step):
        return to_client(pk)
    return form_page(request, form, row, _("Chase the debt"), _("Note it"))
