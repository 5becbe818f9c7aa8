"""Plans to read: the list, one plan for those who make it, and what a department has to do for it, phone first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from guiju.approvals import panels as approvals
from guiju.checklists import panels as checklists
from guiju.checklists.queries import is_item
from guiju.duties.queries import duties_of
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import downloaded
from guiju.papers import queries as papers
from guiju.papers.forms import lines_for
from guiju.papers.models import Copy
from guiju.shelf.tables import Column
from guiju.vip import queries, showing
from guiju.vip.models import VipPlan
from guiju.vip.paper import paper_of
from guiju.vip.stay import meals_of
from guiju.vip.words import FIELD_NAMES, MEAL_NAMES, amenities

State = VipPlan.State
COLUMNS = (
    Column(gettext_lazy("Number"), lambda row: row.number), Column(gettext_lazy("VIP"), lambda row: row.guest.name, 20),
    Column(gettext_lazy("Grade"), lambda row: row.grade), Column(gettext_lazy("Organisation"), lambda row: row.guest.organisation, 26),
    Column(gettext_lazy("Arrival"), lambda row: row.arrival_at or row.arrival_on, 18),
    Column(gettext_lazy("Arrives by"), lambda row: row.arrival_by, 20),
    Column(gettext_lazy("Departure"), lambda row: row.departure_at or row.departure_on, 18), Column(gettext_lazy("Room no."), lambda row: row.room),
    Column(gettext_lazy("State"), lambda row: row.get_state_display()), Column(gettext_lazy("Plan kept by"), lambda row: row.keeper.name),
)
SHOWN = 200
SETTLED = ("superseded", "met", "met_late", "waived")


@page("vip.view", methods=("GET",))
def listing(request: Asked) -> HttpResponse:
    """The VIPs that come and are here; over: those who left."""
    which, text = request.GET.get("which", ""), request.GET.get("q", "").strip()[:80]
    rows = queries.listed(request.actor, which=which, text=text, today=timezone.localtime(request.now).date())
    if request.GET.get("export"):
        return downloaded(request, rows, COLUMNS, "vips")
    context = {
        "plans": list(rows[:SHOWN]), "which": which, "q": text, "may_edit": request.actor.may("vip.edit"), "whole": queries.sees_whole(request.actor),
        "today": timezone.localtime(request.now).date(),
    }
    return render(request, "vip/list.html", context)


@page("vip.view", methods=("GET",))
def plan(request: Asked, pk: Any) -> HttpResponse:
    """One plan: how far it is and who does what when; a department sees its lines and its own items."""
    return plan_page(request, queries.pick(request.actor, pk))


def plan_page(request: Asked, row: VipPlan, *, errors: dict[str, list[str]] | None = None, what: str = "", status: int = 200) -> HttpResponse:
    """The page of a plan; `errors` are what was wrong with the step `what`."""
    meals = meals_of(row)
    lists = checklists.of(request, [row.subject, *(meal.subject for meal in meals)])
    whole = queries.sees_whole(request.actor)
    context: dict[str, Any] = {
        "plan": row, "guest": row.guest, "meals": [{"row": meal, "name": MEAL_NAMES.get(meal.meal, meal.meal)} for meal in meals],
        "lists": lists, "groups": lists["groups"], "next_url": request.path if request.method == "GET" else f"/vip/{row.pk}/",
        "errors": errors or {}, "what": what, "data": request.POST, "may": _may(request), "state": row.state, "names": FIELD_NAMES,
    }
    if whole:
        context |= {
            "matrix": showing.matrix(row, lists["items"]), "heads": showing.heads(row), "stages": showing.STAGES, "stage": showing.stage(row),
            "amenities": amenities(row.amenities, request.LANGUAGE_CODE), "firm": row.state in (State.APPROVED, State.ARRIVED),
            "open": row.state in (State.DRAFT, State.ASKED), "owed": _owed(row),
        }
        return render(request, "vip/plan.html", context, status=status)
    return render(request, "vip/department.html", {**context, **_department(request, row)}, status=status)


def _owed(row: VipPlan) -> bool:
    """Whether an emergency still owes an approval that has to be asked for anew."""
    return row.is_provisional or (row.version > 1 and row.changes.filter(is_emergency=True, refused_at__isnull=False).exists())


def _may(request: Asked) -> dict[str, bool]:
    return {name: request.actor.may(f"vip.{name}") for name in ("edit", "receive", "acknowledge", "whole")}


def _department(request: Asked, row: VipPlan) -> dict[str, Any]:
    """What a department sees of a plan: the lines of its copy that concern it, and how its signing stands."""
    copy = (
        Copy.objects.of(row.hotel_id).select_related("paper", "revision")
        .filter(paper__kind="vip_plan", paper__about_id=str(row.pk), department__in=request.actor.departments, superseded_at__isnull=True)
        .order_by("number").first()
    )
    if copy is None:
        return {}
    lang = "en" if papers.in_english() else "zh"
    line = papers.lines_of(row.hotel_id, [copy], request.now)[0]
    return {
        "copy": copy, "line": line, "facts": lines_for(copy.paper.kind, copy.revision.content, copy.department, lang=lang),
        "changed": [one for one in copy.revision.differences if copy.department in one["departments"]],
    }


@page("vip.whole", methods=("GET",))
def side(request: Asked, pk: Any) -> HttpResponse:
    """Beside a plan, or a page of its own: its approvals, what the standard asks, the artwork ordered for it."""
    row = queries.pick(request.actor, pk)
    duties = [duty for duty in duties_of(row.hotel_id, row.subject, request.now) if duty.status not in SETTLED and not is_item(duty)]  # type: ignore[attr-defined]
    return _beside(request, "vip/_side.html", {"plan": row, "duties": duties, **(approvals.of(request, row.subject) or {})})


@page("vip.whole", methods=("GET",))
def out(request: Asked, pk: Any) -> HttpResponse:
    """Beside a plan, or a page of its own: who has it and signed for it, and what was changed."""
    row = queries.pick(request.actor, pk)
    paper = paper_of(row)
    sign_off = papers.sign_off(paper, request.now) if paper else None
    may = paper is None and row.state in (State.APPROVED, State.ARRIVED) and request.actor.may("vip.edit")
    return _beside(request, "vip/_out.html", {"plan": row, "paper": paper, "sign_off": sign_off, "changes": _changes(row), "may_distribute": may})


def _beside(request: Asked, part: str, context: dict[str, Any]) -> HttpResponse:
    """A part of the page alone, or on a page of its own for a browser without script."""
    alone = request.headers.get("HX-Request")
    return render(request, part if alone else "vip/side.html", context | {"part": part})


def _changes(row: VipPlan) -> list[dict[str, Any]]:
    found = []
    for change in row.changes.order_by("-at")[:20]:
        items = [
            {"name": FIELD_NAMES.get(name, name), "old": _said(name, change.old.get(name)), "new": _said(name, change.new.get(name))}
            for name in change.fields
        ]
        found.append({"row": change, "items": items})
    return found


def _said(name: str, value: Any) -> str:
    """A value of a change as people read it."""
    if name == "amenities":
        return amenities(list(value or ()), "en" if papers.in_english() else "zh")
    if name == "meals":
        return "；".join(f"{meal['on'][5:]} {meal['time'][:5]} {MEAL_NAMES.get(meal['meal'], meal['meal'])} {meal['place']}" for meal in value or ())
    if name in ("arrival_time", "departure_time"):
        return str(value or "")[:5]
    return "" if value is None else str(value)
