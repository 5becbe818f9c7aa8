"""The files of past bookings: the list, sending one, and one file on its way: columns, rows with errors, in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guiju.clients.forms import FileForm, complain
from guiju.clients.views.files import step_of
from guiju.history import actions, files, sheets
from guiju.history.actions.receiving import AlreadyHere
from guiju.history.fields import FIELDS
from guiju.history.models import BadRow, Batch
from guiju.history.queries import overlapping
from guiju.history.reading import DATE_ORDERS, FLAGS, STATUS_WORDS, said
from guiju.history.words import DATE_ORDER_WORDS, STATUS_LABELS
from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.house.models import Person
from guiju.shelf.errors import Invalid

State = Batch.State
PAGE = 25
STAGES = ("columns", "check", "rows", "force")
AT = {State.RECEIVED: 0, State.CHECKING: 1, State.CHECKED: 2, State.APPLYING: 3, State.APPLIED: 4}


def pick(request: Asked, pk: UUID) -> Batch:
    """The batch of this hotel, or 404."""
    found: Batch = Batch.objects.pick(request.actor.hotel_id, pk)
    return found


def to_file(batch: Batch, place: str = "") -> HttpResponse:
    """To the page of the file."""
    return HttpResponseRedirect(reverse("history:file", args=[batch.pk]) + place)


@page("history.view", once=False)
def listing(request: Asked) -> HttpResponse:
    """The files that were read in, newest first; another one is sent here."""
    hotel = request.hotel
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        request.actor.require("history.import")
        if form.is_valid():
            try:
                return _receive(request, form.cleaned_data["file"])
            except Invalid as wrong:
                complain(form, wrong)
            except AlreadyHere as here:
                form.add_error("file", _with_link(here))
    rows = Batch.objects.of(hotel.pk).exclude(state__in=[State.DROPPED]).order_by("-received_at", "-id")
    pager = Paginator(rows.defer("samples", "headings", "mapping", "options"), PAGE).get_page(request.GET.get("page"))
    people = {batch.received_by_id for batch in pager if batch.received_by_id}
    names: dict[Any, str] = dict(Person.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
    context = {
        "form": form, "pager": pager, "rows": [(batch, names.get(batch.received_by_id, "")) for batch in pager],
        "may_import": request.actor.may("history.import"), "here": "files",
    }
    return render(request, "history/files.html", context, status=422 if form.errors else 200)


def _with_link(here: AlreadyHere) -> SafeString:
    return format_html('{} <a href="{}">{}</a>', here.message, reverse("history:file", args=[here.details["batch"]]), _("Show that file"))


def _receive(request: Asked, upload: Any) -> HttpResponse:
    data = upload.read(files.MOST_BYTES + 1)
    table = files.open_table(data, upload.name)  # before the step begins: nobody waits for a file to be opened

    def step() -> HttpResponse:
        batch = actions.receive(request.hotel, data=data, name=upload.name, table=table, **step_of(request))
        return to_file(batch)

    return answer_once(request, step)


@page("history.view", methods=("GET",))
def file(request: Asked, pk: UUID) -> HttpResponse:
    """One file: what is to be done with it now."""
    return shown(request, pick(request, pk))


@page("history.import")
def columns(request: Asked, pk: UUID) -> HttpResponse:
    """Say what the columns mean, then the file is looked through; also once more, after it was."""
    batch = pick(request, pk)
    if request.method != "POST":
        return shown(request, batch, naming=True)
    given = {heading: request.POST.get(f"c{place}", "") for place, heading in enumerate(batch.headings)}
    options = {
        "hotel": request.POST.get("hotel_name", ""),
        "date_order": request.POST.get("date_order", "ymd"),
        "words": {status: request.POST.get(f"words_{status}", "") for status in STATUS_WORDS},
    }
    try:
        actions.name_columns(batch, mapping=_mapping(given), options=options, version=_number(request.POST.get("version")), **step_of(request))
    except Invalid as wrong:
        return shown(request, batch, naming=True, given=given, options=options, errors=wrong.errors, status=422)
    return to_file(batch)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 9 else None


def _mapping(given: Mapping[str, str]) -> dict[str, str]:
    """Field -> heading. Raises Invalid where two columns mean the same."""
    mapping: dict[str, str] = {}
    errors: dict[str, list[str]] = {}
    for heading, key in given.items():
        if key and key in mapping:
            errors[key] = [_("Two columns say this: %(one)s and %(other)s.") % {"one": mapping[key], "other": heading}]
        elif key:
            mapping[key] = heading
    if errors:
        raise Invalid(errors=errors)
    return mapping


def shown(
    request: Asked,
    batch: Batch,
    *,
    naming: bool = False,
    given: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
    errors: Mapping[str, list[str]] | None = None,
    typed: tuple[int, Mapping[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a file in its present state; `typed` is the row that is still wrong with what was written into it."""
    naming = request.actor.may("history.import") and (batch.state == State.RECEIVED or (naming and batch.state == State.CHECKED))
    context: dict[str, Any] = {
        "batch": batch,
        "here": "files",
        "naming": naming,
        "stage": 0 if naming else AT.get(State(batch.state), -1),
        "working": batch.state in (State.CHECKING, State.APPLYING),
        "may_import": request.actor.may("history.import"),
        "wrong": said(batch.said) if batch.said else "",
        "flags": [(_(FLAGS[flag]), many) for flag, many in sorted(batch.flags.items(), key=lambda pair: -pair[1]) if flag in FLAGS],
        "errors": errors or {},
        "percent": min(100, batch.done * 100 // batch.total) if batch.total else 0,
    }
    if naming:
        context |= _columns_context(batch, given, options, errors or {})
    elif batch.state == State.CHECKED:
        context |= {"overlapping": overlapping(batch), **_rows_context(request, batch, errors or {}, typed)}
    if batch.applied_by_id or batch.received_by_id or batch.undone_by_id:
        people = Person.objects.filter(pk__in=[pk for pk in (batch.received_by_id, batch.applied_by_id, batch.undone_by_id) if pk])
        names: dict[Any, str] = dict(people.values_list("pk", "name"))
        context |= {
            "received_by": names.get(batch.received_by_id, ""), "applied_by": names.get(batch.applied_by_id, ""),
            "undone_by": names.get(batch.undone_by_id, ""),
        }
    return render(request, "history/file.html", context, status=status)


def _columns_context(
    batch: Batch, given: Mapping[str, str] | None, options: Mapping[str, Any] | None, errors: Mapping[str, list[str]]
) -> dict[str, Any]:
    named = given if given is not None else {heading: key for key, heading in batch.mapping.items()}
    options = options if options is not None else batch.options
    words = dict(options.get("words") or {})
    lines = [
        {
            "place": place, "heading": heading, "chosen": named.get(heading, ""),
            "samples": [row[place] for row in batch.samples if place < len(row) and row[place]][:3],
            "errors": errors.get(named.get(heading, ""), []) if named.get(heading) else [],
        }
        for place, heading in enumerate(batch.headings)
        if heading
    ]
    asked = {key: texts for key, texts in errors.items() if key not in {line["chosen"] for line in lines}}
    return {
        "lines": lines,
        "fields": [(field.key, field.label) for field in FIELDS.values()],
        "asked": [text for key, texts in asked.items() if key not in ("hotel_name", "date_order") for text in texts],
        "hotel_name": options.get("hotel", ""),
        "date_order": options.get("date_order", "ymd"),
        "date_orders": [(order, DATE_ORDER_WORDS[order]) for order in DATE_ORDERS],
        "words": [(status, STATUS_LABELS[status], words.get(status, "")) for status in STATUS_WORDS],
    }


def _rows_context(
    request: Asked, batch: Batch, errors: Mapping[str, list[str]], typed: tuple[int, Mapping[str, str]] | None
) -> dict[str, Any]:
    aside = request.GET.get("show") == "aside"
    rows = BadRow.objects.of(batch.hotel_id).filter(batch=batch, aside=aside).order_by("row_number")
    pager = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return {
        "aside": aside,
        "pager": pager,
        "bad": list(_bad_lines(batch, pager, errors, typed)),
    }


def _bad_lines(
    batch: Batch, rows: Iterable[BadRow], errors: Mapping[str, list[str]], typed: tuple[int, Mapping[str, str]] | None
) -> Iterable[dict[str, Any]]:
    """Each row with its wrong cells as inputs, and a few right ones to know it by."""
    places = {key: batch.headings.index(heading) for key, heading in batch.mapping.items()}
    known_by = [key for key in ("hotel", "arrival_on", "arrival_month", "arrival_day", "nights", "rate", "agent", "company") if key in places]
    for row in rows:
        here = typed is not None and typed[0] == row.row_number
        wrong = {key: [said(error)] for key, error in row.errors.items()}
        if here:
            wrong = {**wrong, **errors}
        inputs = []
        for key, texts in wrong.items():
            for one in _inputs_of(key, places):
                was = row.cells[places[one]] if places[one] < len(row.cells) else ""
                inputs.append({
                    "key": one, "label": FIELDS[one].label, "value": typed[1].get(one, was) if here and typed else was,
                    "errors": texts if one == key or key not in places else [],
                })
        yield {
            "number": row.row_number,
            "inputs": inputs,
            "others": [text for texts in (wrong[key] for key in wrong if not _inputs_of(key, places)) for text in texts],
            "known": [
                (FIELDS[key].label, row.cells[places[key]]) for key in known_by
                if key not in wrong and places[key] < len(row.cells) and row.cells[places[key]]
            ][:4],
        }


def _inputs_of(key: str, places: Mapping[str, int]) -> list[str]:
    """Which columns an error is put right in: its own, or those it is made of."""
    parts = {
        "arrival_day": ("arrival_year", "arrival_month", "arrival_day"), "week_nights": ("weekend_nights", "week_nights"),
        "status_on": ("cancelled_on", "status_on"),
    }
    return [one for one in parts.get(key, (key,)) if one in places]


@page("history.import", methods=("GET",))
def left(request: Asked, pk: UUID) -> HttpResponse:
    """The rows with errors, or those set aside, in the layout of the file: put right elsewhere they can be sent as a file again."""
    batch = pick(request, pk)
    return sheets.left_rows(batch, aside=request.GET.get("show") == "aside", fmt=request.GET.get("export", "csv"))
