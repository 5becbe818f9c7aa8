"""Further steps of a booking for programs: papers, services, arrival-day checks, the liaison's steps."""

from __future__ import annotations

from datetime import time as Clock
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from guiju.api.booking_shapes import BookingMore, HoldIn, WordIn, booking_of, step_of, whole
from guiju.api.bookings import router
from guiju.api.doors import writes
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import Given
from guiju.bookings import actions
from guiju.bookings.models import Change, Difference, ServiceLine
from guiju.bookings.papers import issue_form, issue_letter, issue_notice
from guiju.house.asking import Asked
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid


class PaperRef(Schema):
    """A paper that went out."""

    id: UUID
    number: str
    kind: str
    revision: int


class ServiceIn(Given):
    """Something ordered with a department."""

    service: str = Field(max_length=20)
    department: str = Field(max_length=30)
    text: str = Field(min_length=1, max_length=200)


class ServiceOut(Schema):
    """A service line."""

    id: UUID
    service: str
    department: str
    text: str
    confirmed: bool


class CheckIn(Given):
    """What the arrival-day check was about, and what did not agree."""

    about: Literal["rooms", "meals"]
    differences: list[str] = Field([], max_length=20)


class CheckOut(Schema):
    """The differences found."""

    differences: list[UUID]


class StepIn(Given):
    """A step of the liaison, with what belongs to it."""

    step: Literal["on_time", "check_in", "leader", "see_off", "pre_arrival", "meet", "luggage"]
    on_time: bool = True
    opinions: str = Field("", max_length=500)
    said_by: str = Field("", max_length=80)
    marks: dict[Literal["rooms", "meals", "service"], Annotated[int, Field(ge=1, le=5)]] = {}
    leader_room: str = Field("", max_length=12)
    items: dict[str, str] = {}
    meal: UUID | None = None
    meal_time: Clock | None = None


class AskRate(Given):
    """Another rate than the looked-up one."""

    room_type: str
    amount: Decimal = Field(ge=0, le=1_000_000)
    reason: str = Field(min_length=2, max_length=300)


def _ref(paper: Any) -> dict[str, Any]:
    paper.refresh_from_db()
    return {"id": str(paper.pk), "number": paper.number, "kind": paper.kind, "revision": paper.latest}


@router.post("/{uuid:pk}/issue", response={200: PaperRef, **PROBLEMS})
@writes("papers.issue")
def issue(request: Asked, pk: UUID) -> Any:
    """Issue the reservation form or the group schedule; again it is the same paper."""
    return _ref(issue_form(booking_of(request, pk), **step_of(request)))


@router.post("/{uuid:pk}/letter", response={200: PaperRef, **PROBLEMS})
@writes("papers.issue")
def letter(request: Asked, pk: UUID) -> Any:
    """Issue the confirmation letter against held rooms."""
    return _ref(issue_letter(booking_of(request, pk), **step_of(request)))


@router.post("/{uuid:pk}/extend", response={200: BookingMore, **PROBLEMS})
@writes("bookings.hold")
def extend(request: Asked, pk: UUID, data: HoldIn) -> Any:
    """Hold the rooms longer."""
    booking = booking_of(request, pk)
    if data.until_at is None:
        raise Invalid(errors={"until_at": ["until when?"]})
    return whole(actions.extend_hold(booking, until_at=data.until_at, **step_of(request)))


@router.post("/{uuid:pk}/rate", response={200: BookingMore, **PROBLEMS})
@writes("rates.deviate")
def ask_rate(request: Asked, pk: UUID, data: AskRate) -> Any:
    """Ask for another rate, with a reason."""
    booking = booking_of(request, pk)
    room_type = RoomType.objects.of(booking.hotel_id).filter(code=data.room_type).first()
    if room_type is None:
        raise Invalid(errors={"room_type": ["unknown room type"]})
    actions.ask_rate(booking, room_type=room_type, amount=data.amount, reason=data.reason, **step_of(request))
    return whole(booking_of(request, pk))


@router.post("/{uuid:pk}/services", response={201: ServiceOut, **PROBLEMS})
@writes("bookings.service", 201)
def order_service(request: Asked, pk: UUID, data: ServiceIn) -> Any:
    """Order something with a department."""
    line = actions.order_service(
        booking_of(request, pk), service=data.service, department=data.department, text=data.text, **step_of(request)
    )
    return _line(line)


def _line(line: ServiceLine) -> dict[str, Any]:
    return {
        "id": str(line.pk), "service": line.service, "department": line.department, "text": line.text,
        "confirmed": line.confirmed_at is not None,
    }


@router.post("/services/{uuid:pk}/confirm", response={200: ServiceOut, **PROBLEMS})
@writes("bookings.service")
def confirm_service(request: Asked, pk: UUID) -> Any:
    """The department has arranged it."""
    line = ServiceLine.objects.select_related("booking").pick(request.actor.hotel_id, pk)
    return _line(actions.confirm_service(line, **step_of(request)))


@router.post("/changes/{uuid:pk}/notice", response={200: PaperRef, **PROBLEMS})
@writes("papers.issue")
def notice(request: Asked, pk: UUID) -> Any:
    """Issue the notice of a change that has none yet."""
    row = Change.objects.select_related("booking").pick(request.actor.hotel_id, pk)
    return _ref(issue_notice(row, **step_of(request)))


@router.post("/services/{uuid:pk}/drop", response={200: ServiceOut, **PROBLEMS})
@writes("bookings.service")
def drop_service(request: Asked, pk: UUID) -> Any:
    """It is not wanted any more."""
    line = ServiceLine.objects.select_related("booking").pick(request.actor.hotel_id, pk)
    return _line(actions.drop_service(line, **step_of(request)))


@router.post("/{uuid:pk}/ordinary", response={200: BookingMore, **PROBLEMS})
@writes("bookings.edit")
def ordinary(request: Asked, pk: UUID) -> Any:
    """An important group is an ordinary one after all."""
    return whole(actions.mark_important(booking_of(request, pk), reason="", important=False, **step_of(request)))


@router.post("/{uuid:pk}/price", response={200: BookingMore, **PROBLEMS})
@writes("bookings.edit")
def price(request: Asked, pk: UUID) -> Any:
    """Look the rates up again (booking.rate-by-agreement)."""
    return whole(actions.price(booking_of(request, pk), **step_of(request)))


@router.post("/{uuid:pk}/check", response={200: CheckOut, **PROBLEMS})
@writes("bookings.check")
def check(request: Asked, pk: UUID, data: CheckIn) -> Any:
    """The arrival-day check with the front desk (rooms) or F&B (meals)."""
    match = actions.match_rooms if data.about == "rooms" else actions.match_meals
    found = match(booking_of(request, pk), differences=data.differences, **step_of(request))
    return {"differences": [str(one.pk) for one in found]}


@router.post("/differences/{uuid:pk}/resolve", response={200: CheckOut, **PROBLEMS})
@writes("bookings.check")
def resolve(request: Asked, pk: UUID, data: WordIn) -> Any:
    """A difference is resolved, and how."""
    row = Difference.objects.select_related("booking").pick(request.actor.hotel_id, pk)
    return {"differences": [str(actions.resolve_difference(row, resolution=data.text, **step_of(request)).pk)]}


@router.post("/{uuid:pk}/liaise", response={200: BookingMore, **PROBLEMS})
@writes("bookings.liaise")
def liaise(request: Asked, pk: UUID, data: StepIn) -> Any:
    """A step of the liaison: before, at and after arrival."""
    booking, step = booking_of(request, pk), step_of(request)
    if data.step == "on_time":
        actions.record_on_time(booking, on_time=data.on_time, **step)
    elif data.step == "check_in":
        actions.assist_check_in(booking, **step)
    elif data.step == "leader":
        actions.contact_leader(booking, **step)
    elif data.step == "see_off":
        actions.see_off(booking, opinions=data.opinions, said_by=data.said_by, marks=dict(data.marks), **step)
    elif data.step == "pre_arrival":
        actions.pre_arrival_check(booking, items=data.items, **step)
    elif data.step == "luggage":
        actions.luggage_up(booking, leader_room=data.leader_room, **step)
    else:
        meals = booking.meal_plan.filter(removed_at__isnull=True)
        meal = meals.filter(pk=data.meal).first() if data.meal else meals.filter(on__gte=booking.arrival_on).order_by("on", "time").first()
        actions.meet_group(booking, meal=meal, meal_time=data.meal_time or (meal.time if meal else None), **step)
    return whole(booking_of(request, pk))
