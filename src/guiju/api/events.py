"""Events for programs: open, plan, quote, confirm, guarantee, order, deposits, cancel, file, repeat; menus."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router

from guiju.api import event_answers as answers
from guiju.api import event_shapes as shapes
from guiju.api.booking_steps import PaperRef
from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import DONE, Done, WhyIn, unpacked
from guiju.events import actions, queries
from guiju.events.models import Deposit, Event, EventFunction, EventLine, Menu
from guiju.function_space.models import Hall
from guiju.house.asking import Asked
from guiju.shelf.errors import Invalid, Missing

router = Router(tags=["events"])


def _event(request: Asked, pk: UUID) -> Event:
    return queries.read(request.actor, pk)


def _again(request: Asked, pk: UUID) -> dict[str, Any]:
    return answers.whole(request, _event(request, pk))


def _row(model: Any, request: Asked, pk: UUID) -> Any:
    row = model.objects.select_related("event__hotel").pick(request.actor.hotel_id, pk)
    if getattr(row, "removed_at", None) is not None:
        raise Missing("no such row")
    return row


def _plan(request: Asked, data: shapes.EventFunctionIn) -> dict[str, Any]:
    plan = data.dict(exclude_unset=True)
    if plan.get("hall") is not None:
        plan["hall"] = Hall.objects.of(request.actor.hotel_id).filter(pk=plan["hall"]).first()
        if plan["hall"] is None:
            raise Invalid(errors={"hall": ["unknown"]})
    for name in ("setup_minutes", "turn_minutes"):
        if plan.get(name) is None and plan.get("hall") is not None:
            plan[name] = getattr(plan["hall"], name)
    return plan


def _line(request: Asked, event: Event, data: shapes.EventLineIn) -> dict[str, Any]:
    line = data.dict(exclude_unset=True)
    for name, rows in (("function", EventFunction.objects.filter(event=event)), ("menu", Menu.objects.of(request.actor.hotel_id))):
        if line.get(name) is not None:
            line[name] = rows.filter(pk=line[name]).first()
            if line[name] is None:
                raise Invalid(errors={name: ["unknown"]})
    return line


@router.get("", response={200: list[shapes.EventOut], **PROBLEMS})
@reads("events.view")
def listed(request: Asked, state: str = "", kind: str = "", q: str = "", from_on: str = "", until_on: str = "",
    limit: int = Query(50, ge=1, le=200)) -> Any:
    """Events in order of their day."""
    wanted = queries.filters_in({"state": state, "kind": kind, "q": q, "from": from_on, "until": until_on})
    rows = queries.filtered(request.actor.hotel_id, wanted).select_related("client", "seller").order_by("on", "id")
    return [answers.short(row) for row in rows[:limit]]


@router.post("", response={201: shapes.EventMore, **PROBLEMS})
@writes("events.edit", 201)
def open_event(request: Asked, data: shapes.EventIn) -> Any:
    """Write an event down."""
    card = answers.card_in(request, data, skip={"enquiry"})
    row = actions.open_event(request.hotel, card=card, enquiry_id=data.enquiry, **step_of(request))
    return _again(request, row.pk)


@router.get("/mine", response={200: list[shapes.EventPartOut], **PROBLEMS})
@reads("events.part")
def mine(request: Asked) -> Any:
    """My department's part of the events of the coming days."""
    today = timezone.localtime(request.now).date()
    return [
        {
            "event": str(part.event.pk), "number": part.event.number, "name": part.event.name, "on": part.event.on.isoformat(),
            "copy_id": str(part.copy.pk),
            "signed": part.copy.signed_at is not None or not part.copy.must_sign,
            "lines": [{"label": one.label, "value": one.value} for one in part.lines],
        }
        for part in queries.parts_of(request.actor, today, request.LANGUAGE_CODE)
    ]


@router.get("/menus", response={200: list[shapes.MenuOut], **PROBLEMS})
@reads("events.see_menus")
def menus(request: Asked) -> Any:
    """The menus of the house, those on offer first."""
    return [answers.menu_out(row) for row in queries.menus_for(request.actor.hotel_id, all_of_them=True)]


@router.post("/menus", response={201: shapes.MenuOut, **PROBLEMS})
@writes("events.menus", 201)
def add_menu(request: Asked, data: shapes.MenuIn) -> Any:
    """Put a menu into the library."""
    return answers.menu_out(actions.add_menu(request.hotel, card=data.dict(), **step_of(request)))


@router.patch("/menus/{uuid:pk}", response={200: shapes.MenuOut, **PROBLEMS})
@writes("events.menus")
def change_menu(request: Asked, pk: UUID, data: shapes.MenuChange) -> Any:
    """Change a menu; what was offered with it stays as it was."""
    card = {name: value for name, value in data.dict(exclude={"version"}, exclude_unset=True).items() if value is not None}
    row = Menu.objects.pick(request.actor.hotel_id, pk)
    return answers.menu_out(actions.change_menu(row, version=version_of(request, data.version), card=card, **step_of(request)))


@router.post("/menus/{uuid:pk}/close", response={200: shapes.MenuOut, **PROBLEMS})
@writes("events.menus")
def close_menu(request: Asked, pk: UUID) -> Any:
    """Take a menu off the offer."""
    return answers.menu_out(actions.close_menu(Menu.objects.pick(request.actor.hotel_id, pk), **step_of(request)))


@router.get("/{uuid:pk}", response={200: shapes.EventMore, **PROBLEMS})
@reads("events.view")
def read(request: Asked, pk: UUID) -> Any:
    """One event."""
    return _again(request, pk)


@router.patch("/{uuid:pk}", response={200: shapes.EventMore, **PROBLEMS})
@writes("events.edit")
def change(request: Asked, pk: UUID, data: shapes.EventChange) -> Any:
    """Change its card; departments whose fields changed sign its order again."""
    card = answers.card_in(request, data, skip={"version"})
    actions.change_event(_event(request, pk), version=version_of(request, data.version), card=card, **step_of(request))
    return _again(request, pk)


@router.post("/{uuid:pk}/functions", response={201: shapes.EventFunctionOut, **PROBLEMS})
@writes("events.edit", 201)
def add_function(request: Asked, pk: UUID, data: shapes.EventFunctionIn) -> Any:
    """Add a function."""
    return answers.function_out(actions.add_function(_event(request, pk), plan=_plan(request, data), **step_of(request)))


@router.patch("/functions/{uuid:pk}", response={200: shapes.EventFunctionOut, **PROBLEMS})
@writes("events.edit")
def change_function(request: Asked, pk: UUID, data: shapes.EventFunctionIn) -> Any:
    """Change a function; its hall moves with it, whole or not at all."""
    return answers.function_out(actions.change_function(_row(EventFunction, request, pk), plan=_plan(request, data), **step_of(request)))


@router.post("/functions/{uuid:pk}/drop", response={200: Done, **PROBLEMS})
@writes("events.edit")
def drop_function(request: Asked, pk: UUID) -> Any:
    """The function is not held; its hall is free."""
    actions.drop_function(_row(EventFunction, request, pk), **step_of(request))
    return DONE


@router.post("/functions/{uuid:pk}/hall", response={200: shapes.EventFunctionOut, **PROBLEMS})
@writes("events.edit")
def take_hall(request: Asked, pk: UUID, data: shapes.EventHallIn) -> Any:
    """Take its hall, as an option or definite."""
    return answers.function_out(actions.take_hall(_row(EventFunction, request, pk), option_until_at=data.option_until_at, **step_of(request)))


@router.post("/functions/{uuid:pk}/release", response={200: shapes.EventFunctionOut, **PROBLEMS})
@writes("events.edit")
def release_hall(request: Asked, pk: UUID, data: WhyIn) -> Any:
    """Give its hall back."""
    return answers.function_out(actions.release_hall(_row(EventFunction, request, pk), reason=data.reason, **step_of(request)))


@router.post("/{uuid:pk}/lines", response={201: shapes.EventLineOut, **PROBLEMS})
@writes("events.edit", 201)
def add_line(request: Asked, pk: UUID, data: shapes.EventLineIn) -> Any:
    """Add to the offer."""
    event = _event(request, pk)
    return answers.line_out(actions.add_line(event, line=_line(request, event, data), **step_of(request)))


@router.patch("/lines/{uuid:pk}", response={200: shapes.EventLineOut, **PROBLEMS})
@writes("events.edit")
def change_line(request: Asked, pk: UUID, data: shapes.EventLineIn) -> Any:
    """Change a line of the offer."""
    row = _row(EventLine, request, pk)
    return answers.line_out(actions.change_line(row, line=_line(request, row.event, data), **step_of(request)))


@router.post("/lines/{uuid:pk}/drop", response={200: Done, **PROBLEMS})
@writes("events.edit")
def drop_line(request: Asked, pk: UUID) -> Any:
    """Take a line out of the offer."""
    actions.drop_line(_row(EventLine, request, pk), **step_of(request))
    return DONE


@router.get("/{uuid:pk}/quotations", response={200: list[shapes.EventQuotationOut], **PROBLEMS})
@reads("events.prices")
def quotations(request: Asked, pk: UUID) -> Any:
    """Its quotations, the latest first."""
    return [_quotation(row) for row in _event(request, pk).quotations.order_by("-number")]


def _quotation(row: Any) -> dict[str, Any]:
    return {
        "number": row.number, "total": str(row.total), "valid_until_on": row.valid_until_on.isoformat(), "paper": str(row.paper_id),
        "revision": row.revision,
    }


@router.post("/{uuid:pk}/quote", response={200: shapes.EventQuotationOut, **PROBLEMS})
@writes("events.edit")
def quote(request: Asked, pk: UUID, data: shapes.EventQuoteIn) -> Any:
    """Put the offer on paper for the client: its next version."""
    return _quotation(actions.quote(_event(request, pk), **data.dict(), **step_of(request)))


@router.post("/{uuid:pk}/confirm", response={200: shapes.EventMore, **PROBLEMS})
@writes("events.confirm")
def confirm(request: Asked, pk: UUID, data: shapes.EventAgreedIn) -> Any:
    """Make it definite."""
    actions.confirm_event(_event(request, pk), agreed_how=data.agreed_how, **step_of(request))
    return _again(request, pk)


@router.post("/{uuid:pk}/lose", response={200: shapes.EventMore, **PROBLEMS})
@writes("events.edit")
def lose(request: Asked, pk: UUID, data: WhyIn) -> Any:
    """The client will not come."""
    actions.lose_event(_event(request, pk), reason=data.reason, **step_of(request))
    return _again(request, pk)


@router.post("/{uuid:pk}/cancel", response={200: shapes.EventMore, **PROBLEMS})
@writes("events.cancel")
def cancel(request: Asked, pk: UUID, data: shapes.EventCancelIn) -> Any:
    """Cancel it; everybody who holds its order is told and signs."""
    actions.cancel_event(_event(request, pk), **data.dict(), **step_of(request))
    return _again(request, pk)


@router.post("/{uuid:pk}/guarantee", response={200: shapes.EventMore, **PROBLEMS})
@writes("events.edit")
def guarantee(request: Asked, pk: UUID, data: shapes.EventCountsIn) -> Any:
    """The client guarantees how many come."""
    actions.guarantee(_event(request, pk), counts={one.function: (one.persons, one.tables) for one in data.counts}, **step_of(request))
    return _again(request, pk)


@router.post("/{uuid:pk}/ask-gm", response={200: Done, **PROBLEMS})
@writes("events.edit")
def ask_gm(request: Asked, pk: UUID, data: shapes.EventAskIn) -> Any:
    """Put the order before the general manager."""
    actions.ask_gm(_event(request, pk), text=data.text, **step_of(request))
    return DONE


@router.post("/{uuid:pk}/issue", response={200: PaperRef, **PROBLEMS})
@writes("papers.issue")
def issue(request: Asked, pk: UUID) -> Any:
    """Issue the event order; again it is the same paper."""
    paper = actions.issue_order(_event(request, pk), **step_of(request))
    paper.refresh_from_db()
    return {"id": str(paper.pk), "number": paper.number, "kind": paper.kind, "revision": paper.latest}


@router.post("/{uuid:pk}/deposits", response={201: shapes.DepositOut, **PROBLEMS})
@writes("events.edit", 201)
def agree_deposit(request: Asked, pk: UUID, data: shapes.DepositIn) -> Any:
    """Agree a deposit."""
    return answers.deposit_out(actions.agree_deposit(_event(request, pk), **data.dict(), **step_of(request)))


@router.post("/deposits/{uuid:pk}/received", response={200: shapes.DepositOut, **PROBLEMS})
@writes("events.deposit")
def receive_deposit(request: Asked, pk: UUID, data: shapes.DepositReceiptIn) -> Any:
    """The deposit came, with its receipt."""
    return answers.deposit_out(actions.receive_deposit(_row(Deposit, request, pk), **data.dict(), **step_of(request)))


@router.post("/deposits/{uuid:pk}/drop", response={200: shapes.DepositOut, **PROBLEMS})
@writes("events.edit")
def drop_deposit(request: Asked, pk: UUID, data: WhyIn) -> Any:
    """The deposit is not asked for any more."""
    return answers.deposit_out(actions.drop_deposit(_row(Deposit, request, pk), reason=data.reason, **step_of(request)))


@router.post("/{uuid:pk}/took-place", response={200: shapes.EventMore, **PROBLEMS})
@writes("events.file")
def took_place(request: Asked, pk: UUID, data: shapes.EventTookPlaceIn) -> Any:
    """It was held: how many came, what was used."""
    counts = {one.function: (one.persons, one.tables) for one in data.counts}
    actions.took_place(_event(request, pk), counts=counts, used={one.line: one.quantity for one in data.used}, **step_of(request))
    return _again(request, pk)


@router.post("/{uuid:pk}/enclose", response={200: Done, **PROBLEMS})
@writes("events.file")
def enclose(request: Asked, pk: UUID, data: shapes.EventEncloseIn) -> Any:
    """Put a file to the event."""
    actions.enclose(
        _event(request, pk), what=data.what, data=unpacked("file", data.file), name=data.name, caption=data.caption, **step_of(request)
    )
    return DONE


@router.post("/{uuid:pk}/file", response={200: shapes.EventMore, **PROBLEMS})
@writes("events.file")
def file(request: Asked, pk: UUID, data: shapes.EventFileIn) -> Any:
    """Hand the event's file in to the clerk."""
    actions.file_event(_event(request, pk), report=data.dict(exclude_unset=True), **step_of(request))
    return _again(request, pk)


@router.post("/{uuid:pk}/archive", response={200: shapes.EventMore, **PROBLEMS})
@writes("events.archive")
def archive(request: Asked, pk: UUID, data: shapes.EventArchiveIn) -> Any:
    """The clerk puts the file into the library."""
    actions.archive_event(_event(request, pk), place=data.place, **step_of(request))
    return _again(request, pk)


@router.post("/{uuid:pk}/again", response={200: shapes.EventMore, **PROBLEMS})
@writes("events.edit")
def again(request: Asked, pk: UUID, data: shapes.EventAgainIn) -> Any:
    """Open it again for another day."""
    row = actions.repeat_event(_event(request, pk), on=data.on, **step_of(request))
    return _again(request, row.pk)


@router.post("/{uuid:pk}/asked-again", response={200: Done, **PROBLEMS})
@writes("events.edit")
def asked_again(request: Asked, pk: UUID, data: WhyIn) -> Any:
    """The client was asked about next time, and will not come."""
    actions.ask_again(_event(request, pk), reason=data.reason[:200], **step_of(request))
    return DONE
