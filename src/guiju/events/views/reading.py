"""One event in four parts: what and where, its order, its money, its file; each with its steps."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from guiju.approvals import panels as approvals
from guiju.duties.queries import duties_of
from guiju.duties.records import of_record
from guiju.duties.today import Row, state_of
from guiju.events import actions, pricing, queries, records
from guiju.events.forms import FORMS, StepForm
from guiju.events.models import Deposit, Event, EventLine
from guiju.events.papers import cancellation_terms
from guiju.events.shape import functions_of, lines_of, priced, sums, today_of
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.facts import DEPARTMENTS
from guiju.papers.models import Copy
from guiju.papers.queries import department_name
from guiju.shelf import registry

STAGES = (Event.State.ASKED, Event.State.QUOTED, Event.State.DEFINITE, Event.State.HELD, Event.State.FILED, Event.State.ARCHIVED)
RIGHTS = {"edit": "events.edit", "confirm": "events.confirm", "cancel": "events.cancel", "money": "events.deposit", "file": "events.file",
          "archive": "events.archive", "issue": "papers.issue", "prices": "events.prices"}


def found(request: Asked, pk: Any) -> Event:
    """The event of this hotel, or 404."""
    return queries.read(request.actor, pk)


@page("events.view", methods=("GET",))
def event(request: Asked, pk: Any) -> HttpResponse:
    """The event: what, when, where, what is offered."""
    return event_page(request, found(request, pk), "event")


@page("events.view", methods=("GET",))
def order(request: Asked, pk: Any) -> HttpResponse:
    """The order: guaranteed numbers, the general manager's signature, who has signed, signs."""
    return event_page(request, found(request, pk), "order")


@page("events.prices", methods=("GET",))
def money(request: Asked, pk: Any) -> HttpResponse:
    """Quotations, deposits, what it comes to."""
    return event_page(request, found(request, pk), "money")


@page("events.view", methods=("GET",))
def file(request: Asked, pk: Any) -> HttpResponse:
    """After the event: who came, the bill, opinions, enclosures, the library, next time."""
    return event_page(request, found(request, pk), "file")


@page("events.view", methods=("GET",))
def side(request: Asked, pk: Any) -> HttpResponse:
    """What the standard asks of it, its signs, what happened: read after the page."""
    row = found(request, pk)
    duties = [duty for duty in duties_of(row.hotel_id, row.subject, request.now) if getattr(duty, "status", "") != "superseded"]
    context = {
        "event": row, "duties": [Row(duty, row.name, "", _verb_of(duty), state_of(duty, request.now)) for duty in duties],
        "log": queries.history(row, request.LANGUAGE_CODE == "en", 12),
    }
    template = "events/_side.html" if request.headers.get("HX-Request") else "events/side.html"
    return render(request, template, context)


def _verb_of(duty: Any) -> Any:
    """What is to be done, as Today says it."""
    return registry.duty_verbs.get(f"{duty.clause}/{duty.rule}") or registry.duty_verbs.get(duty.clause, "")


def event_page(request: Asked, row: Event, tab: str, *, wrong: StepForm | None = None, what: str = "") -> HttpResponse:
    """A part of the event; `wrong` is the form of the step `what` that was refused."""
    actor = request.actor
    may = {name: actor.may(right) for name, right in RIGHTS.items()}
    steps = {
        name.replace("-", "_"): wrong if name == what and wrong is not None else form(what=name, event=row, now=request.now)
        for name, (form, place) in FORMS.items() if place == tab
    }
    context: dict[str, Any] = {
        "event": row, "tab": tab, "may": may, "steps": steps, "wrong": what, "wrong_form": wrong, "today": today_of(row, request.now),
        "stages": _stages(row), "functions": [(one, _hall_state(one)) for one in functions_of(row)], "open": row.is_open,
        "before": row.state in (Event.State.ASKED, Event.State.QUOTED), "definite": row.state == Event.State.DEFINITE,
        **PARTS[tab](request, row, may),
    }
    return render(request, f"events/{tab}.html", context, status=422 if wrong is not None else 200)


def _stages(row: Event) -> list[tuple[str, str]]:
    """The stages with how far it is: ok, on or nothing."""
    here = STAGES.index(Event.State(row.state)) if row.state in STAGES else -1
    return [(str(Event.State(one).label), "ok" if place < here else "on" if place == here else "") for place, one in enumerate(STAGES)]


def _hall_state(function: Any) -> str:
    if function.hall_id is None:
        return "none"
    diary = function.diary
    return str(diary.state) if diary is not None and diary.standing else "free"


def _event(request: Asked, row: Event, may: dict[str, bool]) -> dict[str, Any]:
    lines = lines_of(row)
    shown = [(line, one.units(pricing.GUARANTEED), one.amount(pricing.GUARANTEED)) for line, one in zip(lines, priced(row, lines), strict=True)]
    return {"lines": shown, "sum": sums(row)[pricing.GUARANTEED],
        "needs_hall": any(one.hall_id and _hall_state(one) == "free" for one in functions_of(row))}


def _order(request: Asked, row: Event, may: dict[str, bool]) -> dict[str, Any]:
    papers = [paper for paper in queries.papers_of(row) if paper.kind == "event_order" and paper.latest]
    live = next((paper for paper in papers if paper.voided_at is None), None)
    copies = list(Copy.objects.filter(paper=live, superseded_at__isnull=True).order_by("number")) if live else []
    signing = [copy for copy in copies if copy.must_sign or copy.carried_from_id]
    large = row.state == Event.State.DEFINITE and row.gm_signed_at is None and bool(actions.steps_of(row, request.now))
    return {
        "paper": live, "void": next((paper for paper in papers if paper.voided_at), None),
        "copies": [(copy, department_name(copy.department)) for copy in copies if not copy.archive], "needed": len(signing),
        "signed": len([copy for copy in signing if not copy.must_sign or copy.signed_at]), "gm_first": large,
        **(approvals.of(request, row.subject) or {}), "lines": [line for line in lines_of(row) if line.part != EventLine.Part.HALL],
        "departments": {key: names[request.LANGUAGE_CODE == "en"] for key, names in DEPARTMENTS.items()},
    }


def _money(request: Asked, row: Event, may: dict[str, bool]) -> dict[str, Any]:
    today = today_of(row, request.now)
    deposits = list(row.deposits.order_by("due_on", "id"))
    found = sums(row)
    parts = [
        (str(EventLine.Part(part).label), [found[level].parts.get(part) for level in pricing.LEVELS]) for part in EventLine.Part.values
        if any(part in found[level].parts for level in pricing.LEVELS)
    ]
    received = sum((one.received_amount or 0 for one in deposits), start=0)
    return {
        "quotations": list(row.quotations.select_related("paper").order_by("-number")),
        "deposits": [(one, _deposit_state(one, today)) for one in deposits],
        "parts": parts, "sums": [found[level] for level in pricing.LEVELS], "received": received,
        "terms": cancellation_terms(row, request.now, request.LANGUAGE_CODE),
        "actual": row.state in (Event.State.HELD, Event.State.FILED, Event.State.ARCHIVED),
        "left": found[pricing.CHARGED].total - received,
    }


def _deposit_state(row: Deposit, today: Any) -> str:
    if row.received_on:
        return "done"
    if row.dropped_at:
        return "free"
    return "late" if row.due_on < today else "due"


def _file(request: Asked, row: Event, may: dict[str, bool]) -> dict[str, Any]:
    record = records.shown(row)
    return {
        "enclosures": list(row.enclosures.select_related("file").order_by("at", "id")), "repeats": list(row.repeats.order_by("on")[:5]),
        "incomplete": [one for one in of_record(row.hotel_id, record, request.now) if one.gaps], "sums": sums(row),
        "over": row.state in (Event.State.HELD, Event.State.FILED, Event.State.ARCHIVED),
        "begun": row.starts_at is not None and row.starts_at <= request.now,
        "menus": [line for line in lines_of(row) if line.part in (EventLine.Part.MENU, EventLine.Part.DRINKS)],
    }


PARTS = {"event": _event, "order": _order, "money": _money, "file": _file}
