"""The list of clients, one client's file, opening and changing it, its people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.clients import actions, queries, sheets
from guiju.clients.forms import (
    ClientForm,
    ContactForm,
    FileForm,
    MergeForm,
    NewClientForm,
    carried,
    complain,
)
from guiju.clients.models import Client, Contact
from guiju.duties.queries import duties_of
from guiju.duties.today import rows_of
from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.shelf.errors import Invalid
from guiju.shelf.tables import FORMATS, export, parse
from guiju.shelf.words import vocabulary

FILTERS = ("kind", "tier", "agreement", "account")


def today(request: Asked) -> Any:
    """The day of the request in hotel time."""
    return timezone.localtime(request.now).date()  # set by the middleware


def pick(request: Asked, pk: UUID) -> Client:
    """The client of this hotel, or 404."""
    rows = Client.objects.select_related("seller", "merged_into")
    return rows.pick(request.actor.hotel_id, pk)  # type: ignore[attr-defined,no-any-return]


def step_of(request: Asked) -> dict[str, Any]:
    """Who and when, for a verb."""
    return {"by": request.actor, "now": request.now}


def to_client(pk: Any) -> HttpResponse:
    """Back to the client's file."""
    return HttpResponseRedirect(reverse("clients:client", args=[pk]))


@page("clients.view", methods=("GET",))
def listing(request: Asked) -> HttpResponse:
    """Clients, newest first, or what a few characters of a name, initials or number find."""
    hotel_id, on = request.actor.hotel_id, today(request)
    wanted = {name: request.GET.get(name, "") for name in FILTERS}
    text = request.GET.get("q", "").strip()[:80]
    rows = queries.shown(hotel_id, wanted, on)
    fmt = request.GET.get("export", "")
    if fmt:
        request.actor.require("house.export")
        given: Any = queries.search(hotel_id, text, 5000) if text else rows.select_related("seller")
        return export(given.iterator(2000) if not text else given, sheets.columns(), "clients", fmt)  # type: ignore[return-value]
    if text:
        pager = queries.Page(queries.search(hotel_id, text, queries.PAGE))
    else:
        pager = queries.page_of(rows, request.GET.get("after", ""), request.GET.get("before", ""))
    context = {
        "rows": queries.with_agreements(hotel_id, pager.rows, on),
        "pager": pager,
        "q": text,
        "wanted": wanted,
        "filtered": any(wanted.values()),
        "tiers": queries.tiers(hotel_id),
        "kinds": Client.Kind.choices,
        "formats": FORMATS if request.actor.may("house.export") else (),
    }
    return render(request, "clients/list.html", context)


@page("clients.view", methods=("GET",))
def client(request: Asked, pk: UUID) -> HttpResponse:
    """One client: five facts, what the standard wants, people, credit, and what happened."""
    row = pick(request, pk)
    actor, now = request.actor, request.now
    open_ = [
        duty
        for duty in duties_of(row.hotel_id, row.subject, now)
        if not (duty.met_at or duty.ended_at or duty.waived_at) and (not duty.visible_to or actor.posts.intersection(duty.visible_to))
    ]
    kinds, en = vocabulary().kinds, request.LANGUAGE_CODE == "en"
    history = queries.history(row)
    for line in history:
        words = kinds.get(line["kind"])
        line["text"] = (words.en if en else words.zh) if words else line["kind"]
    context = {
        "client": row,
        "duties": rows_of(row.hotel_id, open_, now) if open_ else [],
        "people": queries.people(row),
        "asked": queries.asked_credit(row),
        "history": history,
        "days_overdue": (today(request) - row.overdue_since_on).days if row.overdue_since_on else 0,
    }
    return render(request, "clients/client.html", context)


@page("clients.edit")
def new(request: Asked) -> HttpResponse:
    """Open a file; files that look alike are shown first and must be looked at."""
    hotel = request.hotel
    form = NewClientForm(
        request.POST or None,
        hotel_id=hotel.pk,
        initial={"lang": "zh-hans", "name": request.GET.get("name", ""), "seller": request.person},
    )
    alike = queries.alike(hotel.pk, form.data.get("name", "")) if request.method == "POST" else []
    if request.method == "POST" and form.is_valid() and alike and not form.cleaned_data["different"]:
        form.add_error("different", _("Is it one of these? Open that file, or say that it is another client."))
    elif request.method == "POST":

        def step(values: dict[str, Any]) -> Client:
            values.pop("different")
            values.pop("version")
            return actions.add_client(hotel, **values, **step_of(request))

        made = carried(form, step)
        if made is not None:
            return to_client(made.pk)
    if not alike:
        del form.fields["different"]
    context = {"form": form, "alike": alike, "title": _("New client"), "submit": _("Open the file")}
    return render(request, "clients/new.html", context, status=422 if form.errors else 200)


@page("clients.edit")
def edit(request: Asked, pk: UUID) -> HttpResponse:
    """Change a client's file."""
    row = pick(request, pk)
    first = {name: getattr(row, name) for name in ClientForm.base_fields}
    form = ClientForm(request.POST or None, hotel_id=row.hotel_id, initial=first)

    def step(values: dict[str, Any]) -> Client:
        version = values.pop("version") or 0
        return actions.edit_client(row, version=version, **values, **step_of(request))

    if request.method == "POST" and carried(form, step) is not None:
        return to_client(pk)
    return form_page(request, form, row, _("Change the file"), _("Save"))


@page("clients.edit")
def contact(request: Asked, pk: UUID, contact_pk: UUID | None = None) -> HttpResponse:
    """Add a person at the client, change one, or note that one left."""
    row = pick(request, pk)
    one: Contact | None = Contact.objects.pick(row.hotel_id, contact_pk) if contact_pk else None
    if one and request.POST.get("left"):
        actions.contact_left(one, **step_of(request))
        return to_client(pk)
    first = {name: getattr(one, name) for name in ContactForm.base_fields} if one else {}
    form = ContactForm(request.POST or None, initial=first)

    def step(values: dict[str, Any]) -> Contact:
        version = values.pop("version") or 0
        if one is None:
            return actions.add_contact(row, **values, **step_of(request))
        return actions.edit_contact(one, version=version, **values, **step_of(request))

    if request.method == "POST" and carried(form, step) is not None:
        return to_client(pk)
    title = _("Change a contact") if one else _("New contact")
    return form_page(request, form, row, title, _("Save"), contact=one)


@page("clients.edit")
def merge(request: Asked, pk: UUID) -> HttpResponse:
    """Make two files of the same client one."""
    row = pick(request, pk)
    form = MergeForm(request.POST or None, initial={"version": row.version, "into": request.GET.get("into", "")})

    def step(values: dict[str, Any]) -> Client:
        into = sheets.client_by(row.hotel_id, [values["into"].strip()]).get(values["into"].strip())
        if into is None:
            raise Invalid(errors={"into": [_("There is no such client.")]})
        return actions.merge_clients(row, into=into, version=values["version"], **step_of(request))

    into = carried(form, step) if request.method == "POST" else None
    if into is not None:
        messages.success(request, _("%(name)s now goes on in this file.") % {"name": row.name})
        return to_client(into.pk)
    return form_page(
        request,
        form,
        row,
        _("Merge with another file"),
        _("Merge"),
        alike=queries.alike(row.hotel_id, row.name, but=row.pk),
    )


@page("clients.edit", once=False)
def table(request: Asked) -> HttpResponse:
    """Read clients in from a table: all lines or none."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            lines = list(sheets.rows_of(parse(file.read(), file.name)))
            return answer_once(request, lambda: _take(request, lines))
        except Invalid as wrong:
            complain(form, wrong)
    context = {
        "form": form,
        "heads": list(sheets.HEADS.values()),
        "title": _("Clients from a table"),
        "submit": _("Read in"),
    }
    return render(request, "clients/table.html", context, status=422 if form.errors else 200)


def _take(request: Asked, lines: list[tuple[int, dict[str, Any]]]) -> HttpResponse:
    made = actions.import_clients(request.hotel, rows=lines, **step_of(request))
    messages.success(request, _("%(many)s clients read in.") % {"many": len(made)})
    return HttpResponseRedirect(reverse("clients:list"))


def form_page(request: Asked, form: Any, row: Client, title: str, submit: str, **more: Any) -> HttpResponse:
    """A form about a client, on its own page."""
    context = {"form": form, "client": row, "title": title, "submit": submit, **more}
    return render(request, "clients/form.html", context, status=422 if form.errors else 200)
