"""Agreements: the list, one agreement with its rates, meals and terms, and everything done to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.clients.forms import FileForm, carried, complain
from guiju.clients.models import Client
from guiju.clients.views.files import step_of, today
from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.rates import actions, lists, queries, sheets
from guiju.rates.actions.agreements import RateGiven
from guiju.rates.forms import (
    SEASONS,
    EndForm,
    MealForm,
    NewAgreementForm,
    RateLineForm,
    RenewForm,
    TermsForm,
    numbered,
    steps_said,
    weekdays_said,
)
from guiju.rates.models import Agreement, AgreementRate, MealRate
from guiju.shelf.errors import Invalid
from guiju.shelf.tables import FORMATS, export, parse

STATES = ("in_force", "ending", "coming", "over", "all")
BLANK = 4  # empty lines at the end of the rates
MOST_LINES = 200


def _pick(request: Asked, pk: UUID) -> Agreement:
    return Agreement.objects.pick(request.actor.hotel_id, pk)  # type: ignore[attr-defined,no-any-return]


def _to(row: Agreement) -> HttpResponse:
    return HttpResponseRedirect(reverse("rates:agreement", args=[row.pk]))


def _state_names() -> dict[str, str]:
    return {
        "in_force": _("In force"),
        "ending": _("Ending soon"),
        "coming": _("Coming"),
        "over": _("Over"),
        "all": _("All"),
    }


@page("rates.view", methods=("GET",))
def listing(request: Asked) -> HttpResponse:
    """Agreements, the first to end on top."""
    hotel_id, on = request.actor.hotel_id, today(request)
    state = request.GET.get("state", "")
    state = state if state in STATES else "in_force"
    text = request.GET.get("q", "").strip()[:80]
    rows = lists.agreements(hotel_id, state, text, on)
    if request.GET.get("export"):
        request.actor.require("house.export")
        lines = sheets.rate_lines(hotel_id, rows)
        return export(lines, sheets.columns(), "agreements", request.GET["export"])  # type: ignore[return-value]
    pager = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "rows": [(row, queries.in_force(row, on), (row.until_on - on).days) for row in pager],
        "pager": pager,
        "state": state,
        "states": _state_names().items(),
        "q": text,
        "formats": FORMATS if request.actor.may("house.export") else (),
    }
    return render(request, "rates/agreements.html", context)


@page("rates.view", methods=("GET",))
def agreement(request: Asked, pk: UUID) -> HttpResponse:
    """One agreement: rates by room type, use, season and weekdays; meals; terms."""
    return _shown(request, _pick(request, pk))


def _shown(request: Asked, row: Agreement, meal_form: MealForm | None = None) -> HttpResponse:
    rates = AgreementRate.objects.of(row.hotel_id).filter(agreement=row).select_related("room_type")
    seasons = {key: str(label) for key, label in SEASONS}
    lines = [
        (rate, seasons.get(rate.season_kind, rate.season_kind), weekdays_said(rate.weekdays))
        for rate in rates.order_by("room_type__order", "room_type__code", "use", "season_kind", "weekdays")
    ]
    on = today(request)
    labels = {"group": _("groups"), "fit": _("FIT"), "escort": _("drivers and escorts")}
    context = {
        "agreement": row,
        "client": row.client,
        "lines": [(*line, labels.get(line[0].use, line[0].use)) for line in lines],
        "meals": list(MealRate.objects.of(row.hotel_id).filter(agreement=row).order_by("meal", "standard")),
        "meal_form": meal_form or MealForm(),
        "holds": queries.in_force(row, on),
        "days": (row.until_on - on).days,
        "steps": [(step["days_before"], step["percent"]) for step in row.cancel_terms],
    }
    return render(request, "rates/agreement.html", context, status=422 if meal_form else 200)


def _terms(values: dict[str, Any]) -> dict[str, Any]:
    values.pop("version", None)
    return values


@page("rates.edit")
def new(request: Asked, pk: UUID) -> HttpResponse:
    """Conclude an agreement with a client."""
    client: Client = Client.objects.pick(request.actor.hotel_id, pk)
    form = NewAgreementForm(request.POST or None)

    def step(values: dict[str, Any]) -> Agreement:
        return actions.add_agreement(client, **_terms(values), **step_of(request))

    made = carried(form, step) if request.method == "POST" else None
    if made is not None:
        return HttpResponseRedirect(reverse("rates:agreement_rates", args=[made.pk]))
    return _form(request, form, _("New agreement"), _("Conclude"), client=client)


@page("rates.edit")
def edit(request: Asked, pk: UUID) -> HttpResponse:
    """Change dates and terms."""
    row = _pick(request, pk)
    first = {name: getattr(row, name) for name in TermsForm.base_fields}
    first["cancel_terms"] = steps_said(row.cancel_terms)
    form = TermsForm(request.POST or None, initial=first)

    def step(values: dict[str, Any]) -> Agreement:
        version = values["version"] or 0
        return actions.edit_agreement(row, version=version, **_terms(values), **step_of(request))

    if request.method == "POST" and carried(form, step) is not None:
        return _to(row)
    return _form(request, form, _("Dates and terms"), _("Save"), agreement=row, client=row.client)


@page("rates.edit")
def rates(request: Asked, pk: UUID) -> HttpResponse:
    """The rates of an agreement, line by line."""
    row = _pick(request, pk)
    kept = AgreementRate.objects.of(row.hotel_id).filter(agreement=row).select_related("room_type")
    kept = kept.order_by("room_type__order", "room_type__code", "use", "season_kind")
    names = ("use", "season_kind", "weekdays", "amount", "breakfasts")
    first = [{"room_type": rate.room_type.code, **{name: getattr(rate, name) for name in names}} for rate in kept]
    made = formset_factory(RateLineForm, extra=BLANK, can_delete=True, max_num=MOST_LINES, absolute_max=MOST_LINES)
    asked: Any = {"form_kwargs": {"hotel_id": row.hotel_id}, "prefix": "rates"}
    lines = made(request.POST, **asked) if request.method == "POST" else made(initial=first, **asked)
    if request.method == "POST" and lines.is_valid():
        filled = [form for form in lines if form.cleaned_data and form not in lines.deleted_forms]
        given = [RateGiven(**{key: value for key, value in form.cleaned_data.items() if key != "DELETE"}) for form in filled]
        try:
            version = int(request.POST.get("version", "0") or 0)
            actions.set_agreement_rates(row, rates=given, version=version, **step_of(request))
        except Invalid as wrong:
            numbered(wrong, filled or list(lines))
        else:
            return _to(row)
    bad = request.method == "POST"
    context = {"agreement": row, "client": row.client, "lines": lines, "bad": bad}
    return render(request, "rates/agreement_rates.html", context, status=422 if bad else 200)


@page("rates.edit")
def renew(request: Asked, pk: UUID) -> HttpResponse:
    """Go on for another period, rates changed by percent."""
    row = _pick(request, pk)
    starts = row.until_on + timedelta(days=1)
    first = {"from_on": starts, "until_on": starts + (row.until_on - row.from_on), "percent": 0}
    form = RenewForm(request.POST or None, initial=first)

    def step(values: dict[str, Any]) -> Agreement:
        return actions.renew_agreement(row, **values, **step_of(request))

    made = carried(form, step) if request.method == "POST" else None
    if made is not None:
        return _to(made)
    return _form(request, form, _("Renew"), _("Renew"), agreement=row, client=row.client)


@page("rates.edit")
def end(request: Asked, pk: UUID) -> HttpResponse:
    """End an agreement from today on."""
    row = _pick(request, pk)
    form = EndForm(request.POST or None)

    def step(values: dict[str, Any]) -> Agreement:
        return actions.end_agreement(row, **values, **step_of(request))

    if request.method == "POST" and carried(form, step) is not None:
        return _to(row)
    return _form(request, form, _("End the agreement"), _("End it from today on"), agreement=row, client=row.client)


@page("rates.edit", methods=("POST",))
def meal(request: Asked, pk: UUID) -> HttpResponse:
    """Lay down what a meal costs by this agreement, or take it away."""
    row = _pick(request, pk)
    if request.POST.get("remove"):
        rate = MealRate.objects.pick(row.hotel_id, request.POST["remove"])
        if rate.agreement_id == row.pk:
            actions.remove_meal_rate(rate, **step_of(request))
        return _to(row)
    form = MealForm(request.POST)

    def step(values: dict[str, Any]) -> MealRate:
        hotel = request.hotel
        return actions.set_meal_rate(hotel, agreement=row, **values, **step_of(request))

    return _to(row) if carried(form, step) is not None else _shown(request, row, form)


@page("rates.edit", once=False)
def table(request: Asked) -> HttpResponse:
    """Read agreements in from a table: all lines or none."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            lines = parse(file.read(), file.name)
            return answer_once(request, lambda: _take(request, lines))
        except Invalid as wrong:
            complain(form, wrong)
    heads = list(sheets.HEADS.values())
    context = {
        "form": form,
        "heads": heads,
        "title": _("Agreements from a table"),
        "submit": _("Read in"),
    }
    return render(request, "rates/table.html", context, status=422 if form.errors else 200)


def _take(request: Asked, lines: list[Any]) -> HttpResponse:
    hotel = request.hotel
    given = sheets.agreements_from(hotel.pk, lines)
    made = actions.import_agreements(hotel, agreements=given, **step_of(request))
    messages.success(request, _("%(many)s agreements read in.") % {"many": len(made)})
    return HttpResponseRedirect(reverse("rates:agreements") + "?state=all")


def _form(request: Asked, form: Any, title: str, submit: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, **more}
    return render(request, "rates/form.html", context, status=422 if form.errors else 200)
