"""The steps of a booking as single posts; each verb asks its own right and its own clauses.

What is wrong comes back on the booking's page beside the field of that step, with what was typed, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from guiju.bookings import actions
from guiju.bookings.actions.liaising import PRE_ARRIVAL
from guiju.bookings.actions.settling import MARKED
from guiju.bookings.group_forms import ALL_FORMS
from guiju.bookings.models import Booking, Change, Difference, ServiceLine
from guiju.bookings.papers import issue_form, issue_letter, issue_notice
from guiju.bookings.step_forms import PlainForm, ResolveForm, StepForm, complain
from guiju.bookings.views.departments import departments_page
from guiju.bookings.views.reading import found, key_of, step_page, tab_of
from guiju.bookings.written import KINDS, keep
from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.house.models import Person
from guiju.papers.files import admitted
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid, Missing, NoRoom
from guiju.shelf.tables import MAX_BYTES

Got = dict[str, Any]
Step = Callable[[Asked, Booking, Got, dict[str, Any]], Any]


def _decide(request: Asked, booking: Booking, got: Got, step: dict[str, Any]) -> Any:
    rates = {name.removeprefix("rate_"): value for name, value in got.items() if name.startswith("rate_") and value is not None}
    accept = request.POST.get("accept") == "yes"
    return actions.decide_group(booking, accept=accept, rates=rates, terms=got["terms"], **step)


def _ask(request: Asked, booking: Booking, got: Got, step: dict[str, Any]) -> Any:
    line = booking.rooms.filter(removed_at__isnull=True, room_type__code=got["room_type"]).select_related("room_type").first()
    if line is None:
        raise Invalid(errors={"room_type": [_("This booking has no such rooms.")]})
    return actions.ask_rate(booking, room_type=line.room_type, amount=got["amount"], reason=got["reason"], **step)


def _liaison(request: Asked, booking: Booking, got: Got, step: dict[str, Any]) -> Any:
    return actions.name_liaison(booking, person=Person.objects.get(pk=got["person"]), **step)


def _meet(request: Asked, booking: Booking, got: Got, step: dict[str, Any]) -> Any:
    meal = booking.meal_plan.filter(removed_at__isnull=True, pk=key_of(got["meal"])).first() if got["meal"] else None
    wishes = [actions.Wish(got["wish_department"] or "front_desk", got["wish"])] if got["wish"] else []
    return actions.meet_group(booking, meal=meal, meal_time=got["meal_time"], wishes=wishes, **step)


def _check(about: str) -> Step:
    def run(request: Asked, booking: Booking, got: Got, step: dict[str, Any]) -> Any:
        texts = [line.strip() for line in got["differences"].splitlines() if line.strip()]
        return (actions.match_rooms if about == "rooms" else actions.match_meals)(booking, differences=texts, **step)

    return run


def _type_of(booking: Booking, text: str) -> RoomType | None:
    return RoomType.objects.of(booking.hotel_id).filter(pk=key_of(text)).first() if text else None


def _add_rooms(request: Asked, booking: Booking, got: Got, step: dict[str, Any]) -> Any:
    kind = _type_of(booking, got["room_type"])
    assert kind is not None  # the form chose it from this hotel's types
    return actions.add_rooms(booking, room_type=kind, rooms=got["rooms"], paper=got["paper"], told_by=got["told_by"], **step)


def _written(request: Asked, booking: Booking, got: Got, step: dict[str, Any]) -> Any:
    upload = request.FILES.get("file")
    if upload is None:
        return actions.attach_written(booking, paper=got["paper"], **step)
    data = upload.read()
    upload.seek(0)
    kept = keep(booking, data, upload.name or "written", now=step["now"])
    return actions.attach_written(booking, file=kept, paper=got["paper"], **step)


def _file_kind(request: Asked, form: StepForm) -> str:
    """The kind of the file sent with a step, looked at before anything is written."""
    upload = request.FILES.get("file")
    if upload is None:
        return ""
    if (upload.size or 0) > MAX_BYTES:
        form.add_error("file", _("The file is larger than %(mb)s MB.") % {"mb": MAX_BYTES // 1024 // 1024})
        return ""
    data = upload.read()
    upload.seek(0)
    try:
        return admitted(data, upload.name or "written", kinds=KINDS)
    except Invalid as wrong:
        complain(form, wrong.errors, wrong.message)
        return ""


STEPS: dict[str, Step] = {
    "hold": lambda r, b, g, s: actions.place_hold(b, until_at=g["until_at"], **s),
    "extend": lambda r, b, g, s: actions.extend_hold(b, until_at=g["until_at"], reason=g["reason"], **s),
    "guarantee": lambda r, b, g, s: actions.guarantee(b, how=g["how"], **s),
    "written": _written,
    "price": lambda r, b, g, s: actions.price(b, **s),
    "confirm": lambda r, b, g, s: actions.confirm(b, **s),
    "issue": lambda r, b, g, s: issue_form(b, **s),
    "letter": lambda r, b, g, s: issue_letter(b, **s),
    "liaison": _liaison,
    "important": lambda r, b, g, s: actions.mark_important(b, reason=g["reason"], **s),
    "ordinary": lambda r, b, g, s: actions.mark_important(b, reason="", important=False, **s),
    "arrived": lambda r, b, g, s: actions.mark_arrived(b, **s),
    "no-show": lambda r, b, g, s: actions.mark_no_show(b, **s),
    "departed": lambda r, b, g, s: actions.mark_departed(b, **s),
    "decide": _decide,
    "ask-rate": _ask,
    "check-rooms": _check("rooms"),
    "check-meals": _check("meals"),
    "on-time": lambda r, b, g, s: actions.record_on_time(b, on_time=g["on_time"] == "yes", expected_at=g["expected_at"], **s),
    "check-in": lambda r, b, g, s: actions.assist_check_in(b, **s),
    "leader": lambda r, b, g, s: actions.contact_leader(b, **s),
    "see-off": lambda r, b, g, s: actions.see_off(b, opinions=g["opinions"], said_by=g["said_by"], marks={one: g[one] for one in MARKED}, **s),
    "pre-arrival": lambda r, b, g, s: actions.pre_arrival_check(b, items={item: g[item] for item in PRE_ARRIVAL}, **s),
    "meet": _meet,
    "luggage": lambda r, b, g, s: actions.luggage_up(b, leader_room=g["leader_room"], pieces=g["pieces"], **s),
    "reconfirm": lambda r, b, g, s: actions.reconfirm(b, **{name: g[name] for name in ("outcome", "spoke_with", "how", "text")}, **s),
    "chase-names": lambda r, b, g, s: actions.chase_names(b, how=g["how"], text=g["text"], **s),
    "cut-off": lambda r, b, g, s: actions.decide_cut_off(b, room_type=_type_of(b, g["room_type"]), release=g["release"], reason=g["reason"], **s),
    "add-rooms": _add_rooms,
    "luggage-down": lambda r, b, g, s: actions.luggage_down(b, pieces=g["pieces"], text=g["text"], **s),
    "bill": lambda r, b, g, s: actions.agree_bill(b, with_whom=g["with_whom"], text=g["text"], **s),
    "settle": lambda r, b, g, s: actions.settle(b, rooms_used=g["rooms_used"], meals_eaten=g["meals_eaten"], waive=g["waive"], **s),
    "order": lambda r, b, g, s: actions.order_service(b, service=g["service"], department=g["department"], text=g["text"], at=g["at"], **s),
}


@page("bookings.view", methods=("POST",), once=False)
def do(request: Asked, pk: Any, what: str) -> HttpResponse:
    """Take one step; what is missing is said beside its field on the booking's page."""
    step = STEPS.get(what)
    if step is None:
        raise Missing("no such step")
    booking = found(request, pk)
    form = ALL_FORMS.get(what, PlainForm)(
        request.POST, request.FILES, what=what, booking=booking, now=request.now, english=request.LANGUAGE_CODE == "en"
    )
    kind = _file_kind(request, form) if what == "written" else ""
    if not form.is_valid():
        return step_page(request, booking, form, what)

    def run() -> HttpResponse:
        try:
            step(request, booking, {**form.cleaned_data, "file_kind": kind}, {"by": request.actor, "now": request.now})
        except (Invalid, NoRoom) as wrong:
            complain(form, getattr(wrong, "errors", {}), wrong.message)
            return step_page(request, found(request, pk), form, what)
        messages.success(request, _("Done: %(number)s.") % {"number": booking.number})
        return HttpResponseRedirect(_after(request, pk, what))

    return answer_once(request, run)


def _after(request: Asked, pk: Any, what: str) -> str:
    if what == "reconfirm" and request.POST.get("outcome") == "changed":
        return reverse("bookings:change", args=[pk])  # what they said is written as a change at once
    back = request.POST.get("next", "")
    safe = back.startswith("/arrivals/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if safe else reverse(f"bookings:{tab_of(what)}", args=[pk])


@page("bookings.service", methods=("POST",))
def service(request: Asked, pk: Any, what: str) -> HttpResponse:
    """The department arranged a service line, or it is dropped."""
    line = ServiceLine.objects.select_related("booking").pick(request.actor.hotel_id, pk)
    verb = {"confirm": actions.confirm_service, "drop": actions.drop_service}.get(what)
    if verb is None:
        raise Missing("no such step")
    verb(line, by=request.actor, now=request.now)
    return HttpResponseRedirect(_home(request, line.booking_id))


def _home(request: Asked, booking_id: Any) -> str:
    """Back to the booking, or to the department's own list for those who do not see bookings."""
    return reverse("bookings:people", args=[booking_id]) if request.actor.may("bookings.view") else reverse("bookings:to_arrange")


@page("papers.issue", methods=("POST",))
def notice(request: Asked, pk: Any) -> HttpResponse:
    """Issue the notice of a change that has none yet."""
    change = Change.objects.select_related("booking").pick(request.actor.hotel_id, pk)
    paper = issue_notice(change, by=request.actor, now=request.now)
    return HttpResponseRedirect(reverse("papers:paper", args=[paper.pk]))


@page("bookings.check", methods=("POST",))
def resolve(request: Asked, pk: Any) -> HttpResponse:
    """A difference found on the arrival day is resolved."""
    row = Difference.objects.select_related("booking__hotel").pick(request.actor.hotel_id, pk)
    form = ResolveForm(request.POST, what=f"resolve-{row.pk}", booking=row.booking, now=request.now)
    if form.is_valid():
        try:
            actions.resolve_difference(row, resolution=form.cleaned_data["resolution"], by=request.actor, now=request.now)
        except Invalid as wrong:
            complain(form, wrong.errors, wrong.message)
        else:
            return HttpResponseRedirect(_home(request, row.booking_id))
    if not request.actor.may("bookings.view"):
        return departments_page(request, form=form, what=f"resolve-{row.pk}")
    return step_page(request, found(request, row.booking_id), form, f"resolve-{row.pk}")
