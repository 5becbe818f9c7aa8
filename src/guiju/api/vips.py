"""VIPs for programs: guests with what they like, plans with their meals, approval, distribution, arrival, departure, history."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Query, Router, Schema

from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Day, Given, Moment, Money, Short, Whole, Words
from guiju.house.asking import Asked
from guiju.vip import actions, queries
from guiju.vip.models import VipGuest, VipMeal, VipPlan
from guiju.vip.shapes import FIELDS, MealLine
from guiju.vip.stay import meals_of

router = Router(tags=["vips"])
Text = Annotated[str, Field(max_length=400)]
Grade = Literal["VVIP", "V1", "V2", "V3"]


class VipMealIn(Given):
    """One meal of a plan; day and time on the hotel's clock."""

    on: Day
    time: time
    meal: Literal["breakfast", "lunch", "dinner", "banquet", "tea"] = "dinner"
    place: Short = ""
    persons: Annotated[int, Field(ge=1, le=5000)] = 1
    standard: Short = ""
    diet: Annotated[str, Field(max_length=200)] = ""
    host: Short = ""


class VipGuestIn(Given):
    """A guest's file; the personal note has its own operation."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    name_en: Annotated[str, Field(max_length=80)] = ""
    gender: Literal["", "m", "f"] = ""
    position: Annotated[str, Field(max_length=80)] = ""
    organisation: Short = ""
    nationality: Annotated[str, Field(max_length=40)] = ""
    lang: Literal["zh-hans", "en"] = "zh-hans"
    diet: Annotated[str, Field(max_length=200)] = ""
    preferences: Annotated[str, Field(max_length=500)] = ""


class VipGuestChange(Given):
    """What changes of a guest's file."""

    version: Whole | None = None
    name: Annotated[str, Field(max_length=80)] | None = None
    name_en: Annotated[str, Field(max_length=80)] | None = None
    gender: Literal["", "m", "f"] | None = None
    position: Annotated[str, Field(max_length=80)] | None = None
    organisation: Short | None = None
    nationality: Annotated[str, Field(max_length=40)] | None = None
    lang: Literal["zh-hans", "en"] | None = None
    diet: Annotated[str, Field(max_length=200)] | None = None
    preferences: Annotated[str, Field(max_length=500)] | None = None


class VipFields(Given):
    """The fields of a plan; what is left out stays, or comes from the guest's last plan."""

    grade: Grade | None = None
    grade_reason: Text | None = None
    purpose: Text | None = None
    party: Annotated[int, Field(ge=0, le=5000)] | None = None
    party_names: Text | None = None
    host: Text | None = None
    host_contact: Text | None = None
    booking_number: Annotated[str, Field(max_length=20)] | None = None
    arrival_on: Day | None = None
    arrival_time: time | None = None
    arrival_by: Text | None = None
    pickup: Text | None = None
    departure_on: Day | None = None
    departure_time: time | None = None
    departure_by: Text | None = None
    room: Annotated[str, Field(max_length=20)] | None = None
    room_type: Text | None = None
    party_rooms: Text | None = None
    rate: Text | None = None
    register_at: Literal["floor", "room", "desk"] | None = None
    amenities: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=30)] | None = None
    amenities_more: Text | None = None
    greeters: Text | None = None
    greet_at: Text | None = None
    spaces: Annotated[int, Field(ge=0, le=50)] | None = None
    plates: Text | None = None
    luggage: Text | None = None
    lift: Text | None = None
    security: Text | None = None
    signage: Text | None = None
    photos: Text | None = None
    programme: Words | None = None
    payment: Text | None = None
    remarks: Annotated[str, Field(max_length=500)] | None = None
    meals: Annotated[list[VipMealIn], Field(max_length=60)] | None = None


class VipIn(VipFields):
    """A new plan for a guest who has a file."""

    guest: UUID
    arrival_on: Day
    departure_on: Day


class VipChangeIn(VipFields):
    """A change: of an approved plan with the reason; `emergency` changes at once and owes approval afterwards."""

    version: Whole | None = None
    reason: Annotated[str, Field(max_length=200)] = ""
    emergency: bool = False


class VipWhyIn(Given):
    """Why: it cannot wait for approval, or the guest does not come."""

    reason: Annotated[str, Field(max_length=200)] = ""


class VipArrivedIn(Given):
    """When, if not just now, and the room."""

    at: Moment | None = None
    room: Annotated[str, Field(max_length=20)] = ""


class VipLeftIn(Given):
    """When, if not just now."""

    at: Moment | None = None


class VipKeepIn(Given):
    """How it went and what the guest likes."""

    summary: Words
    opinions: Words = ""
    diet: Annotated[str, Field(max_length=200)] = ""
    preferences: Annotated[str, Field(max_length=500)] = ""
    cost: Money | None = None


class VipNoteIn(Given):
    """The personal note."""

    version: Whole | None = None
    note: Words


class VipGuestOut(Schema):
    """A guest's file; `note` is null for whoever may not read it."""

    id: UUID
    version: int
    name: str
    name_en: str
    gender: str
    position: str
    organisation: str
    nationality: str
    lang: str
    diet: str
    preferences: str
    note: str | None


class VipMealOut(Schema):
    """One meal of a plan."""

    id: UUID
    at: datetime
    meal: str
    place: str
    persons: int
    standard: str
    diet: str
    host: str


class VipOut(Schema):
    """A plan; whoever sees only his department's part reads number, guest, grade, times, room and state."""

    id: UUID
    version: int
    number: str
    state: str
    guest: UUID
    guest_name: str
    grade: str
    arrival_on: date
    arrival_at: datetime | None
    departure_on: date
    departure_at: datetime | None
    room: str
    arrived_at: datetime | None
    departed_at: datetime | None
    is_provisional: bool
    fields: dict[str, Any] | None
    meals: list[VipMealOut] | None
    waits_for_approval: bool


def _guest_out(row: VipGuest, request: Asked) -> dict[str, Any]:
    names = ("name", "name_en", "gender", "position", "organisation", "nationality", "lang", "diet", "preferences")
    note = row.note if request.actor.may("vip.notes") else None
    return {"id": str(row.pk), "version": row.version, **{name: getattr(row, name) for name in names}, "note": note}


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else str(value) if isinstance(value, Decimal) else value


def _meal_out(meal: VipMeal) -> dict[str, Any]:
    names = ("meal", "place", "persons", "standard", "diet", "host")
    return {"id": str(meal.pk), "at": meal.at.isoformat(), **{name: getattr(meal, name) for name in names}}


def _out(plan: VipPlan, request: Asked, *, whole: bool = True) -> dict[str, Any]:
    full = whole and queries.sees_whole(request.actor)
    moments = ("arrival_on", "arrival_at", "departure_on", "departure_at", "arrived_at", "departed_at")
    fields = {("register_at" if name == "register" else name): _iso(getattr(plan, name)) for name in FIELDS}
    return {
        "id": str(plan.pk), "version": plan.version, "number": plan.number, "state": plan.state, "guest": str(plan.guest_id),
        "guest_name": plan.guest.name, "grade": plan.grade, **{name: _iso(getattr(plan, name)) for name in moments}, "room": plan.room,
        "is_provisional": plan.is_provisional, "fields": fields if full else None,
        "meals": [_meal_out(meal) for meal in meals_of(plan)] if full else None,
        "waits_for_approval": plan.state == "asked" or (
            full and plan.changes.filter(made_at__isnull=True, refused_at__isnull=True).exists()
        ),
    }


def _fields(data: VipFields) -> dict[str, Any]:
    given = data.dict(exclude_unset=True)
    found = {name: value for name, value in given.items() if (name in FIELDS and value is not None) or name in ("arrival_time", "departure_time")}
    return found | ({"register": given["register_at"]} if given.get("register_at") else {})


def _meals(data: VipFields) -> list[MealLine] | None:
    return None if data.meals is None else [MealLine(**meal.dict()) for meal in data.meals]


def _plan(request: Asked, pk: UUID) -> VipPlan:
    return queries.pick(request.actor, pk)


def _fresh(request: Asked, pk: UUID) -> dict[str, Any]:
    return _out(VipPlan.objects.select_related("guest", "keeper").get(pk=pk), request)


@router.get("", response={200: list[VipOut], **PROBLEMS})
@reads("vip.view")
def listed(request: Asked, which: str = Query("", max_length=8), q: str = Query("", max_length=80), limit: int = Query(50, ge=1, le=200)) -> Any:
    """Plans I may see: those coming and here, `which=over` or `all`."""
    rows = queries.listed(request.actor, which=which, text=q, today=request.now.date())[:limit]
    return [_out(row, request, whole=False) for row in rows]


@router.post("", response={201: VipOut, **PROBLEMS})
@writes("vip.edit", 201)
def create(request: Asked, data: VipIn) -> Any:
    """Draft a plan; what is left out comes from the guest's last plan."""
    guest = queries.pick_guest(request.actor, data.guest)
    plan = actions.draft_plan(request.hotel, guest=guest, fields=_fields(data), meals=_meals(data) or (), **step_of(request))
    return _fresh(request, plan.pk)


@router.get("/guests", response={200: list[VipGuestOut], **PROBLEMS})
@reads("vip.whole")
def guests(request: Asked, q: str = Query(min_length=1, max_length=80)) -> Any:
    """Guests whose name holds the text."""
    return [_guest_out(row, request) for row in queries.guests_like(request.actor.hotel_id, q, 50)]


@router.post("/guests", response={201: VipGuestOut, **PROBLEMS})
@writes("vip.edit", 201)
def add_guest(request: Asked, data: VipGuestIn) -> Any:
    """Open the file of a VIP."""
    return _guest_out(actions.add_guest(request.hotel, fields=data.dict(), **step_of(request)), request)


@router.get("/guests/{uuid:pk}", response={200: VipGuestOut, **PROBLEMS})
@reads("vip.whole")
def read_guest(request: Asked, pk: UUID) -> Any:
    """One guest's file."""
    return _guest_out(queries.pick_guest(request.actor, pk), request)


@router.patch("/guests/{uuid:pk}", response={200: VipGuestOut, **PROBLEMS})
@writes("vip.edit")
def change_guest(request: Asked, pk: UUID, data: VipGuestChange) -> Any:
    """Change the file: diet, preferences and the like."""
    fields = {name: value for name, value in data.dict(exclude={"version"}, exclude_unset=True).items() if value is not None}
    row = queries.pick_guest(request.actor, pk)
    return _guest_out(actions.change_guest(row, version=version_of(request, data.version), fields=fields, **step_of(request)), request)


@router.put("/guests/{uuid:pk}/note", response={200: VipGuestOut, **PROBLEMS})
@writes("vip.notes")
def write_note(request: Asked, pk: UUID, data: VipNoteIn) -> Any:
    """Write the personal note."""
    row = queries.pick_guest(request.actor, pk)
    return _guest_out(actions.write_note(row, text=data.note, version=version_of(request, data.version), **step_of(request)), request)


@router.get("/{uuid:pk}", response={200: VipOut, **PROBLEMS})
@reads("vip.view")
def read(request: Asked, pk: UUID) -> Any:
    """One plan."""
    return _out(_plan(request, pk), request)


@router.patch("/{uuid:pk}", response={200: VipOut, **PROBLEMS})
@writes("vip.edit")
def change(request: Asked, pk: UUID, data: VipChangeIn) -> Any:
    """Change a plan: a draft at once; an approved one by approval, in an emergency at once."""
    actions.change_plan(
        _plan(request, pk), version=version_of(request, data.version), fields=_fields(data), meals=_meals(data), reason=data.reason,
        emergency=data.emergency, **step_of(request),
    )
    return _fresh(request, pk)


def _step(name: str, summary: str) -> None:
    """An operation for a step that needs nothing but the plan."""
    run = getattr(actions, name)

    def operation(request: Asked, pk: UUID) -> Any:
        run(_plan(request, pk), **step_of(request))
        return _fresh(request, pk)

    operation.__doc__, operation.__name__ = summary, name
    address = f"/{{uuid:pk}}/{name.replace('_', '-').removesuffix('-approval')}"
    router.post(address, response={200: VipOut, **PROBLEMS})(writes(run.permission)(operation))


_step("ask_approval", "Put the plan before those who approve its grade.")
_step("ask_afterwards", "Ask again for the approval that an emergency still owes.")
_step("distribute", "Issue the approved plan to the departments.")
_step("acknowledge", "The duty manager has read the plan as it is out.")


@router.post("/{uuid:pk}/go-ahead", response={200: VipOut, **PROBLEMS})
@writes("vip.edit")
def go_ahead(request: Asked, pk: UUID, data: VipWhyIn) -> Any:
    """In an emergency: the plan holds at once, approval is owed afterwards."""
    actions.go_ahead(_plan(request, pk), reason=data.reason, **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/arrived", response={200: VipOut, **PROBLEMS})
@writes("vip.receive")
def arrived(request: Asked, pk: UUID, data: VipArrivedIn) -> Any:
    """The VIP is here."""
    actions.arrive(_plan(request, pk), at=data.at, room=data.room, **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/departed", response={200: VipOut, **PROBLEMS})
@writes("vip.receive")
def departed(request: Asked, pk: UUID, data: VipLeftIn) -> Any:
    """The VIP has left."""
    actions.depart(_plan(request, pk), at=data.at, **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/keep", response={200: VipOut, **PROBLEMS})
@writes("vip.edit")
def keep(request: Asked, pk: UUID, data: VipKeepIn) -> Any:
    """Write down how it went and what the guest likes."""
    actions.keep_history(_plan(request, pk), **data.dict(), **step_of(request))
    return _fresh(request, pk)


@router.post("/{uuid:pk}/cancel", response={200: VipOut, **PROBLEMS})
@writes("vip.edit")
def cancel(request: Asked, pk: UUID, data: VipWhyIn) -> Any:
    """The guest does not come."""
    actions.cancel(_plan(request, pk), reason=data.reason, **step_of(request))
    return _fresh(request, pk)
