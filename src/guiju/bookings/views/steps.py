"""The steps of a booking as single posts; each verb asks its own right and its own clauses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.bookings import actions
from guiju.bookings.actions.liaising import PRE_ARRIVAL
from guiju.bookings.models import Booking, Difference, ServiceLine
from guiju.bookings.papers import issue_form, issue_letter
from guiju.bookings.views.reading import found, key_of
from guiju.house.doors import page
from guiju.house.models import Person
from guiju.shelf.errors import Invalid, Missing

Step = Callable[[HttpRequest, Booking, dict[str, Any]], Any]


def _moment(request: HttpRequest, name: str) -> datetime | None:
    text = request.POST.get(name, "")
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(request.hotel.zone))  # type: ignore[attr-defined]
    except ValueError:
        raise Invalid(errors={name: [_("Day and time, please.")]}) from None


def _money(text: str, field: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        raise Invalid(errors={field: [_("An amount, please.")]}) from None
    if not amount.is_finite() or abs(amount) > 10_000_000:
        raise Invalid(errors={field: [_("An amount, please.")]})
    return amount


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(errors={"meal_time": [_("A time like 18:30, please.")]}) from None


def _decide(request: HttpRequest, booking: Booking, step: dict[str, Any]) -> Any:
    rates = {
        name.removeprefix("rate_"): _money(value, name)
        for name, value in request.POST.items() if name.startswith("rate_") and value.strip()
    }
    accept = request.POST.get("accept") == "yes"
    return actions.decide_group(booking, accept=accept, rates=rates, terms=request.POST.get("terms", "")[:500], **step)


def _ask(request: HttpRequest, booking: Booking, step: dict[str, Any]) -> Any:
    line = booking.rooms.filter(removed_at__isnull=True, room_type__code=request.POST.get("room_type", "")).select_related("room_type").first()
    if line is None:
        raise Invalid(errors={"room_type": [_("This booking has no such rooms.")]})
    amount = _money(request.POST.get("amount", ""), "amount")
    return actions.ask_rate(booking, room_type=line.room_type, amount=amount, reason=request.POST.get("reason", ""), **step)


def _liaison(request: HttpRequest, booking: Booking, step: dict[str, Any]) -> Any:
    person = Person.objects.filter(pk=key_of(request.POST.get("person", "")), appointments__hotel=booking.hotel_id).distinct().first()
    if person is None:
        raise Invalid(errors={"person": [_("Who looks after the group?")]})
    return actions.name_liaison(booking, person=person, **step)


def _meet(request: HttpRequest, booking: Booking, step: dict[str, Any]) -> Any:
    meals = booking.meal_plan.filter(removed_at__isnull=True)
    meal = meals.filter(pk=key_of(request.POST["meal"])).first() if request.POST.get("meal") else meals.order_by("on", "time").first()
    wish = request.POST.get("wish", "").strip()
    wishes = [actions.Wish(request.POST.get("wish_department", "front_desk"), wish)] if wish else []
    return actions.meet_group(booking, meal=meal, meal_time=_clock(request.POST.get("meal_time", "")), wishes=wishes, **step)


def _check(about: str) -> Step:
    def run(request: HttpRequest, booking: Booking, step: dict[str, Any]) -> Any:
        lines = [line.strip() for line in request.POST.get("differences", "").splitlines() if line.strip()]
        return (actions.match_rooms if about == "rooms" else actions.match_meals)(booking, differences=lines, **step)

    return run


STEPS: dict[str, Step] = {
    "hold": lambda r, b, s: actions.place_hold(b, until_at=_moment(r, "until_at"), **s),
    "extend": lambda r, b, s: actions.extend_hold(b, until_at=_moment(r, "until_at") or s["now"], reason=r.POST.get("reason", ""), **s),
    "guarantee": lambda r, b, s: actions.guarantee(b, how=r.POST.get("how", ""), **s),
    "written": lambda r, b, s: actions.attach_written(b, **s),
    "price": lambda r, b, s: actions.price(b, **s),
    "confirm": lambda r, b, s: actions.confirm(b, **s),
    "issue": lambda r, b, s: issue_form(b, **s),
    "letter": lambda r, b, s: issue_letter(b, **s),
    "liaison": _liaison,
    "important": lambda r, b, s: actions.mark_important(b, reason=r.POST.get("reason", ""), **s),
    "ordinary": lambda r, b, s: actions.mark_important(b, reason="", important=False, **s),
    "arrived": lambda r, b, s: actions.mark_arrived(b, **s),
    "no-show": lambda r, b, s: actions.mark_no_show(b, **s),
    "departed": lambda r, b, s: actions.mark_departed(b, **s),
    "decide": _decide,
    "ask-rate": _ask,
    "check-rooms": _check("rooms"),
    "check-meals": _check("meals"),
    "on-time": lambda r, b, s: actions.record_on_time(b, on_time=r.POST.get("on_time", "yes") == "yes", **s),
    "check-in": lambda r, b, s: actions.assist_check_in(b, **s),
    "leader": lambda r, b, s: actions.contact_leader(b, **s),
    "see-off": lambda r, b, s: actions.see_off(b, opinions=r.POST.get("opinions", ""), **s),
    "pre-arrival": lambda r, b, s: actions.pre_arrival_check(b, items={item: r.POST.get(item, "") for item in PRE_ARRIVAL}, **s),
    "meet": _meet,
    "luggage": lambda r, b, s: actions.luggage_up(b, leader_room=r.POST.get("leader_room", ""), **s),
    "order": lambda r, b, s: actions.order_service(
        b, service=r.POST.get("service", ""), department=r.POST.get("department", ""), text=r.POST.get("text", ""), **s
    ),
}


@page("bookings.view", methods=("POST",))
def do(request: HttpRequest, pk: Any, what: str) -> HttpResponse:
    """Take one step; what is missing in its fields is said on the booking's page."""
    step = STEPS.get(what)
    if step is None:
        raise Missing("no such step")
    booking = found(request, pk)
    back = request.POST.get("next", "")
    target = back if back.startswith("/arrivals/") else reverse("bookings:booking", args=[pk])
    try:
        step(request, booking, {"by": request.actor, "now": request.now})  # type: ignore[attr-defined]
    except Invalid as wrong:
        messages.error(request, " ".join(line for lines in wrong.errors.values() for line in lines) or wrong.message)
    else:
        messages.success(request, _("Done: %(number)s.") % {"number": booking.number})
    return HttpResponseRedirect(target)


@page("bookings.service", methods=("POST",))
def service(request: HttpRequest, pk: Any, what: str) -> HttpResponse:
    """The department arranged a service line, or it is dropped."""
    line = ServiceLine.objects.select_related("booking").pick(request.actor.hotel_id, pk)  # type: ignore[attr-defined]
    verb = {"confirm": actions.confirm_service, "drop": actions.drop_service}.get(what)
    if verb is None:
        raise Missing("no such step")
    verb(line, by=request.actor, now=request.now)  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("bookings:booking", args=[line.booking_id]))


@page("bookings.check", methods=("POST",))
def resolve(request: HttpRequest, pk: Any) -> HttpResponse:
    """A difference found on the arrival day is resolved."""
    row = Difference.objects.select_related("booking").pick(request.actor.hotel_id, pk)  # type: ignore[attr-defined]
    try:
        actions.resolve_difference(row, resolution=request.POST.get("resolution", ""), by=request.actor, now=request.now)  # type: ignore[attr-defined]
    except Invalid as wrong:
        messages.error(request, wrong.message)
    return HttpResponseRedirect(reverse("bookings:booking", args=[row.booking_id]))
