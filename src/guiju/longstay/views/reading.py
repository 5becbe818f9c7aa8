"""The list of long-stay guests, one guest with what the standard asks, the rent ledger."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.approvals import panels as approvals
from guiju.clients.forms import carried
from guiju.duties.queries import duties_of
from guiju.duties.records import of_record
from guiju.duties.today import rows_of
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.longstay import actions, confidential, queries, sheets, steps
from guiju.longstay.models import Charge, CreditCheck, FinanceCase, LongStay, Payment, Word
from guiju.longstay.records import of_stay
from guiju.longstay.terms import next_birthday
from guiju.longstay.views.common import pick, to_stay, today
from guiju.papers.queries import department_name, form_name
from guiju.shelf.errors import Missing
from guiju.shelf.tables import FORMATS, export

VIEWS = ("here", "late", "making", "left", "all")
State = LongStay.State


@page("longstay.view", methods=("GET",))
def listing(request: Asked) -> HttpResponse:
    """Long-stay guests by room: who lives here, who pays late, contracts being made, who has left."""
    hotel_id, on = request.actor.hotel_id, today(request)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "here"
    text = request.GET.get("q", "").strip()[:80]
    rows = queries.stays(hotel_id, view, text)
    if request.GET.get("export"):
        request.actor.require("house.export")
        found = list(rows[:5000])
        lines = sheets.lines_of(found, queries.owed(hotel_id, [row.pk for row in found], on))
        return export(lines, sheets.columns(), "longstay", request.GET["export"])  # type: ignore[return-value]  # a streaming answer
    pager = Paginator(rows, 50).get_page(request.GET.get("page"))
    shown = list(pager)
    owed = queries.owed(hotel_id, [row.pk for row in shown], on)
    context = {
        "rows": [
            {
                "stay": row, "owed": owed.get(row.pk, Decimal(0)), "birthday": next_birthday(row, on),
                "days": (on - row.stands_since_on).days if row.stands_since_on else 0,
            }
            for row in shown
        ],
        "pager": pager, "view": view, "q": text, "today": on,
        "views": [("here", _("Living here")), ("late", _("Rent unpaid")), ("making", _("Being made")), ("left", _("Moved out")), ("all", _("All"))],
        "formats": FORMATS if request.actor.may("house.export") else (),
        "birthdays": queries.birthdays(hotel_id, on, 31)[:5] if view == "here" else [],
    }
    return render(request, "longstay/list.html", context)


@page("longstay.view", methods=("GET",))
def stay(request: Asked, pk: UUID) -> HttpResponse:
    """One guest: five facts, what the standard asks, the contract being made or its end."""
    return stay_page(request, pick(request, pk))


def stay_page(request: Asked, row: LongStay, wrong: Any = None) -> HttpResponse:
    """The overview, with a step that was refused showing what is wrong."""
    actor, now, on = request.actor, request.now, today(request)
    open_ = [
        duty
        for duty in duties_of(row.hotel_id, row.subject, now)
        if not (duty.met_at or duty.ended_at or duty.waived_at) and (not duty.visible_to or actor.posts.intersection(duty.visible_to))
    ]
    nexts: dict[tuple[str, str], Any] = {}  # of what comes round, the next one is enough
    for duty in open_:
        if duty.starts_at > now:
            nexts.setdefault((duty.clause, duty.rule), duty)
    open_ = [duty for duty in open_ if duty.starts_at <= now or nexts[(duty.clause, duty.rule)] is duty]
    asked = approvals.of(request, row.subject) or {}
    making = row.state in (State.DRAFT, State.ASKED)
    gaps = [judged for one in of_stay(row) for judged in of_record(row.hotel_id, one, now)]
    context = {
        **_head(request, row, on),
        "tab": "stay",
        "duties": rows_of(row.hotel_id, open_, now) if open_ else [],
        "making": making,
        "checks": CreditCheck.objects.of(row.hotel_id).filter(longstay=row).select_related("by").order_by("-at")[:1] if making else [],
        "gaps": [one for one in gaps if one.gaps],
        "forms": steps.forms_for(row, actor, now, steps.OVERVIEW, wrong),
        **asked, "waits": any(line.row.state == "waiting" for line in asked.get("approvals", ())),
    }
    return render(request, "longstay/stay.html", context, status=422 if wrong is not None else 200)


def _head(request: Asked, row: LongStay, on: Any) -> dict[str, Any]:
    """The five facts of the head."""
    owed = queries.owed(row.hotel_id, [row.pk], on).get(row.pk, Decimal(0))
    days = (on - row.stands_since_on).days if row.stands_since_on else 0
    return {
        "stay": row, "owed": owed, "unpaid_days": days, "to_two_months": queries.TWO_MONTHS - days,
        "days_left": (row.until_on - on).days if row.until_on else 0, "may": request.actor.permissions, "today": on,
        "birthday": next_birthday(row, on),
    }


@page("longstay.view", methods=("GET",))
def side(request: Asked, pk: UUID) -> HttpResponse:
    """Beside a guest: papers and who signed, flowers and fruit, talks, the confidential notes for who may know of them."""
    row = pick(request, pk)
    papers = [
        {
            "paper": paper, "name": form_name(paper.kind),
            "copies": [{"name": department_name(copy.department), "copy": copy} for copy in copies],
        }
        for paper, copies in queries.papers_of(row)
    ]
    knows = confidential.may_know(request.actor, request.now)
    context = {
        "stay": row, "papers_of": papers,
        "orders": row.orders.filter(dropped_at__isnull=True).order_by("-needed_at")[:6],
        "talks": Word.objects.filter(longstay=row).select_related("by").order_by("-at")[:4],
        "watches": confidential.notes_on(row.hotel_id, row.pk) if knows else [],
        "knows": knows, "may": request.actor.permissions, "part": bool(request.headers.get("HX-Request")),
        "birthday": next_birthday(row, today(request)),
    }
    return render(request, "longstay/_side.html" if context["part"] else "longstay/side.html", context)


@page("longstay.view", methods=("GET",))
def rent(request: Asked, pk: UUID) -> HttpResponse:
    """The rent ledger: each month with its bar to two months, what came in, talks with finance, cases."""
    return rent_page(request, pick(request, pk))


def rent_page(request: Asked, row: LongStay, wrong: Any = None) -> HttpResponse:
    """The ledger, with a step that was refused showing what is wrong."""
    on = today(request)
    lines = queries.ledger(row, on)
    if request.GET.get("export"):
        request.actor.require("house.export")
        return export(sheets.ledger_lines(lines), sheets.ledger_columns(), f"rent-{row.number}", request.GET["export"])  # type: ignore[return-value]
    cases = list(FinanceCase.objects.of(row.hotel_id).filter(longstay=row).select_related("asked_by", "taken_by").order_by("-asked_at"))
    context = {
        **_head(request, row, on),
        "tab": "rent", "lines": lines, "due": [line for line in lines if line.is_due], "coming": [line for line in lines if not line.is_due],
        "paid": sum(line.is_paid for line in lines if line.is_due),
        "payments": Payment.objects.of(row.hotel_id).filter(longstay=row).select_related("by").order_by("-on", "-at")[:30],
        "talks": Word.objects.filter(longstay=row).select_related("by").order_by("-at")[:30],
        "cases": cases, "forms": steps.forms_for(row, request.actor, request.now, steps.RENT, wrong),
        "case_form": steps.case_form(cases, row, request.now, wrong), "formats": FORMATS if request.actor.may("house.export") else (),
    }
    return render(request, "longstay/rent.html", context, status=422 if wrong is not None else 200)


@page("longstay.view", methods=("POST",))
def do(request: Asked, pk: UUID, what: str) -> HttpResponse:
    """One step on a contract; each verb asks its own right and its own clauses."""
    row = pick(request, pk)
    step = steps.STEPS.get(what)
    if step is None:
        raise Missing("no such step")
    form = step.form(request.POST, what=what, stay=row, now=request.now)
    done = carried(form, lambda values: step.run(row, values, {"by": request.actor, "now": request.now}) or True)
    on_rent = what in steps.RENT or what in ("take", "outcome")
    if done is None:
        return (rent_page if on_rent else stay_page)(request, row, (what, form))
    return to_stay(row.pk, "rent" if on_rent else "stay")


@page("longstay.rent", methods=("POST",))
def drop_charge(request: Asked, pk: UUID) -> HttpResponse:
    """Strike out a charge that was entered by mistake."""
    row: Charge = Charge.objects.pick(request.actor.hotel_id, pk)
    actions.drop_charge(row, by=request.actor, now=request.now)
    return to_stay(row.longstay_id, "rent")
