"""Visitors for programs: the list, a visit, its plan, approval, briefing, changes, report."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router

from guiju.api.approvals import ApprovalOut, approvals_out
from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import DONE, Done, WhyIn, unpacked
from guiju.api.visit_shapes import VisitIn, VisitLineOut, VisitOut, VisitPaperIn, VisitPaperOut, VisitPatch, VisitReportIn, VisitViewIn, VisitViewOut
from guiju.bookings import actions as views_of_lists
from guiju.bookings.models import SavedView
from guiju.bookings.queries import views_for
from guiju.house.asking import Asked
from guiju.house.models import Person
from guiju.shelf.errors import Invalid
from guiju.visitors import actions, queries
from guiju.visitors.actions.confirming import paper_of
from guiju.visitors.actions.steps import LOCKED
from guiju.visitors.models import Visit, VisitChange
from guiju.visitors.shapes import GuestLine, PartLine, Plan, ProgrammeLine, plan_of

router = Router(tags=["visitors"])


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def line_out(row: Visit) -> dict[str, Any]:
    """A visit as a line of the list."""
    plain = ("version", "number", "organisation", "visitor", "rank", "purpose", "persons", "grade", "scope", "host", "state")
    return {
        **{name: getattr(row, name) for name in plain}, "id": str(row.pk), "handler": row.handler.username, "arrival_at": _iso(row.arrival_at),
        "until_at": _iso(row.until_at),
    }


def _out(request: Asked, pk: UUID) -> dict[str, Any]:
    row = queries.pick(request.actor, pk)
    whole, paper = queries.whole(row, request.now), paper_of(row)
    plain = (
        "has_instruction", "contact", "phone", "vehicles", "grade_reason", "meeting_point", "language", "photos", "gifts", "protocol", "remarks",
        "cancel_reason", "as_planned", "shown_text", "opinions", "differences",
    )
    moments = ("approved_at", "confirmed_at", "received_at", "reported_at", "cancelled_at")
    return {
        **line_out(row), **{name: getattr(row, name) for name in plain}, **{name: _iso(getattr(row, name)) for name in moments},
        "table": row.by_table, "cost": str(row.cost) if row.cost is not None else None, "paper": str(paper.pk) if paper else None,
        "guests": [{"name": one.name, "title": one.title} for one in whole.guests],
        "programme": [{"at": _iso(one.at), "place": one.place, "what": one.what, "who": one.who} for one in whole.programme],
        "parts": [
            {
                "person": one.person.username, "name": one.person.name, "role": one.role, "asked_at": _iso(one.asked_at),
                "briefed_at": _iso(one.briefed_at),
            }
            for one in whole.parts
        ],
        "papers": [
            {"id": str(one.pk), "kind": one.kind, "file": one.file.name if one.file else "", "lies_at": one.lies_at} for one in whole.papers
        ],
        "changes": [_change(one["row"]) for one in whole.changes],
        "missing": {one.clause: list(one.gaps) for one in whole.incomplete},
    }


def _change(row: VisitChange) -> dict[str, Any]:
    return {
        "id": str(row.pk), "fields": list(row.after), "reason": row.reason, "emergency": row.is_emergency, "state": row.state,
        "approval": str(row.approval_id) if row.approval_id else None, "approval_state": row.approval.state if row.approval else "",
        "asked_at": _iso(row.asked_at), "made_at": _iso(row.made_at),
    }


def _plan(request: Asked, values: dict[str, Any], plan: Plan | None = None) -> Plan:
    """The plan that a program says, on top of the one that stands."""
    if "guests" in values:
        values["guests"] = tuple(GuestLine(**one) for one in values["guests"])
    if "programme" in values:
        values["programme"] = tuple(ProgrammeLine(**one) for one in values["programme"])
    if "parts" in values:
        values["parts"] = _parts(request, values["parts"])
    if "scope" in values:
        values["scope"] = tuple(values["scope"])
    before = {name: getattr(plan, name) for name in plan.__dataclass_fields__} if plan else {}
    return Plan(**{**before, **values})


def _parts(request: Asked, rows: list[dict[str, Any]]) -> tuple[PartLine, ...]:
    named = Person.objects.filter(username__in=[one["person"] for one in rows], appointments__hotel=request.hotel)
    people = dict(named.values_list("username", "pk"))
    unknown = [one["person"] for one in rows if one["person"] not in people]
    if unknown:
        raise Invalid(errors={"parts": [_("Nobody here signs in as %(name)s.") % {"name": ", ".join(unknown)}]})
    return tuple(PartLine(people[one["person"]], one["role"]) for one in rows)


@router.get("", response={200: list[VisitLineOut], **PROBLEMS})
@reads("visitors.view")
def listed(
    request: Asked, state: str = "", visitor: str = "", grade: str = "", handler: str = "", when: str = "", q: str = Query("", max_length=60),
    first: str = Query("", alias="from"), until: str = "", limit: int = Query(50, ge=1, le=200),
) -> Any:
    """Visits in order of arrival, by the filters of the list's page."""
    wanted = {
        "state": state, "visitor": visitor, "grade": grade, "handler": handler, "when": when, "q": q, "from": first, "until": until,
    }
    rows = queries.filtered(request.actor, wanted, today=timezone.localtime(request.now).date())
    return [line_out(row) for row in rows.select_related("handler").order_by("arrival_at", "id")[:limit]]


@router.post("", response={201: VisitOut, **PROBLEMS})
@writes("visitors.edit", 201)
def draw(request: Asked, data: VisitIn) -> Any:
    """Write a visit down."""
    return _out(request, actions.draw(request.hotel, plan=_plan(request, data.dict()), **step_of(request)).pk)


@router.get("/views", response={200: list[VisitViewOut], **PROBLEMS})
@reads("bookings.view")
def views(request: Asked) -> Any:
    """The saved views of the list."""
    return [_view(row) for row in views_for(request.actor, queries.LIST)]


def _view(row: SavedView) -> dict[str, Any]:
    return {"id": str(row.pk), "name": row.name, "query": row.query, "shared_with": row.shared_with}


@router.post("/views", response={201: VisitViewOut, **PROBLEMS})
@writes("bookings.view", 201)
def save_view(request: Asked, data: VisitViewIn) -> Any:
    """Keep filters under a name."""
    share = next(iter(sorted(request.actor.departments)), "") if data.share else ""
    row = views_of_lists.save_view(
        request.hotel, page=queries.LIST, name=data.name, query=data.query, shared_with=share, **step_of(request)
    )
    return _view(row)


@router.post("/views/{uuid:pk}/drop", response={200: Done, **PROBLEMS})
@writes("bookings.view")
def drop_view(request: Asked, pk: UUID) -> Any:
    """Remove a view of one's own."""
    views_of_lists.drop_view(SavedView.objects.pick(request.actor.hotel_id, pk), **step_of(request))
    return DONE


@router.get("/{uuid:pk}", response={200: VisitOut, **PROBLEMS})
@reads("visitors.view")
def read(request: Asked, pk: UUID) -> Any:
    """One visit with everything about it."""
    return _out(request, pk)


def _changed(request: Asked, pk: UUID, data: VisitPatch) -> tuple[Visit, Plan, dict[str, Any]]:
    row = queries.pick(request.actor, pk)
    values = {name: value for name, value in data.dict(exclude={"version", "reason"}, exclude_unset=True).items() if value is not None}
    if "until_at" in data.dict(exclude_unset=True):
        values["until_at"] = data.until_at
    return row, _plan(request, values, plan_of(row)), {"version": version_of(request, data.version), **step_of(request)}


@router.patch("/{uuid:pk}", response={200: VisitOut, **PROBLEMS})
@writes("visitors.edit")
def change(request: Asked, pk: UUID, data: VisitPatch) -> Any:
    """Change the plan: freely while it is drawn up; once it is approved the clause about changes is asked."""
    row, plan, step = _changed(request, pk, data)
    if row.state in LOCKED:
        actions.change_plan(row, plan=plan, reason=data.reason, emergency=False, **step)
    else:
        actions.redraw(row, plan=plan, **step)
    return _out(request, pk)


@router.post("/{uuid:pk}/ask-change", response={200: VisitOut, **PROBLEMS})
@writes("visitors.edit")
def ask_change(request: Asked, pk: UUID, data: VisitPatch) -> Any:
    """Ask for a change of the approved plan."""
    row, plan, step = _changed(request, pk, data)
    actions.ask_change(row, plan=plan, reason=data.reason, **step)
    return _out(request, pk)


@router.post("/{uuid:pk}/emergency", response={200: VisitOut, **PROBLEMS})
@writes("visitors.edit")
def emergency(request: Asked, pk: UUID, data: VisitPatch) -> Any:
    """Change the approved plan at once; approval is asked afterwards."""
    row, plan, step = _changed(request, pk, data)
    actions.change_plan(row, plan=plan, reason=data.reason, emergency=True, **step)
    return _out(request, pk)


@router.post("/changes/{uuid:pk}/ask", response={200: VisitOut, **PROBLEMS})
@writes("visitors.edit")
def ask_again(request: Asked, pk: UUID) -> Any:
    """Ask again for the approval of an emergency change."""
    row: VisitChange = VisitChange.objects.select_related("visit__hotel", "approval").pick(request.actor.hotel_id, pk)
    queries.pick(request.actor, row.visit_id)
    actions.ask_afterwards(row, **step_of(request))
    return _out(request, row.visit_id)


@router.post("/{uuid:pk}/papers", response={201: VisitPaperOut, **PROBLEMS})
@writes("visitors.edit", 201)
def attach(request: Asked, pk: UUID, data: VisitPaperIn) -> Any:
    """Attach a paper."""
    content = unpacked("file", data.file) if data.file else b""
    row = actions.attach(
        queries.pick(request.actor, pk), kind=data.kind, data=content, name=data.name or "paper", lies_at=data.lies_at, **step_of(request)
    )
    return {"id": str(row.pk), "kind": row.kind, "file": row.file.name if row.file else "", "lies_at": row.lies_at}


@router.post("/papers/{uuid:pk}/detach", response={200: Done, **PROBLEMS})
@writes("visitors.edit")
def detach(request: Asked, pk: UUID) -> Any:
    """Take a paper off a plan that is being drawn up."""
    actions.detach(queries.pick_paper(request.actor, pk), **step_of(request))
    return DONE


@router.post("/{uuid:pk}/submit", response={200: ApprovalOut, **PROBLEMS})
@writes("visitors.edit")
def submit(request: Asked, pk: UUID) -> Any:
    """Submit the plan for approval; the answer is the approval asked for."""
    return approvals_out(request, [actions.submit(queries.pick(request.actor, pk), **step_of(request))])[0]


@router.post("/{uuid:pk}/confirm", response={200: VisitOut, **PROBLEMS})
@writes("visitors.confirm")
def confirm(request: Asked, pk: UUID) -> Any:
    """Confirm the visit: the plan goes out, the briefing begins."""
    actions.confirm(queries.pick(request.actor, pk), **step_of(request))
    return _out(request, pk)


@router.post("/{uuid:pk}/acknowledge", response={200: VisitOut, **PROBLEMS})
@writes("visitors.take_part")
def acknowledge(request: Asked, pk: UUID) -> Any:
    """I have read the rules for this reception."""
    actions.acknowledge(queries.pick(request.actor, pk), **step_of(request))
    return _out(request, pk)


@router.post("/{uuid:pk}/receive", response={200: VisitOut, **PROBLEMS})
@writes("visitors.edit")
def receive(request: Asked, pk: UUID) -> Any:
    """The visitors were received."""
    actions.receive(queries.pick(request.actor, pk), **step_of(request))
    return _out(request, pk)


@router.post("/{uuid:pk}/report", response={200: VisitOut, **PROBLEMS})
@writes("visitors.edit")
def report(request: Asked, pk: UUID, data: VisitReportIn) -> Any:
    """How it went."""
    actions.report(queries.pick(request.actor, pk), **data.dict(), **step_of(request))
    return _out(request, pk)


@router.post("/{uuid:pk}/call-off", response={200: VisitOut, **PROBLEMS})
@writes("visitors.edit")
def call_off(request: Asked, pk: UUID, data: WhyIn) -> Any:
    """The visit does not take place."""
    actions.call_off(queries.pick(request.actor, pk), reason=data.reason, **step_of(request))
    return _out(request, pk)
