"""The house's own prices: seasons with gaps and overlaps, void nights, rack rates, meals; rates to decide on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.clients.forms import carried
from guiju.clients.views.files import step_of, today
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import back, downloaded, formats
from guiju.house.models import Person
from guiju.house.naming import post_name
from guiju.rates import actions, lists
from guiju.rates.forms import SEASONS, LadderForm, MealForm, RackForm, SeasonForm, VoidForm, weekdays_said
from guiju.rates.models import Deviation, MealRate, RackRate, Season, VoidDay
from guiju.shelf import registry
from guiju.shelf.errors import Invalid

SHOWN_DAYS = 550


@page("rates.view")
def seasons(request: Asked) -> HttpResponse:
    """Seasons with the nights they leave open or cover twice, and the nights without agreement rates."""
    hotel, on = request.hotel, today(request)
    form, void = SeasonForm(), VoidForm()
    if request.method == "POST":
        request.actor.require("rates.edit")
        done, form, void = _season_step(request, form, void)
        if done:
            return back("rates:seasons")
    start = on.replace(day=1)
    rows = list(Season.objects.of(hotel.pk).filter(until_on__gt=start - timedelta(days=365)).order_by("from_on"))
    if request.GET.get("export"):
        columns = [
            (_("Name"), "name"),
            (_("Kind"), "get_kind_display"),
            (_("First night"), "from_on"),
            (_("Until"), "until_on"),
        ]
        return downloaded(request, rows, columns, "seasons")
    days = VoidDay.objects.of(hotel.pk).filter(on__gte=on - timedelta(days=31)).order_by("on")
    context = {
        "seasons": rows,
        "coverage": lists.coverage_of(hotel.pk, start, start + timedelta(days=SHOWN_DAYS)),
        "void_days": list(days),
        "form": form,
        "void_form": void,
        "formats": formats(request),
        "changing": request.POST.get("season") or request.GET.get("season", ""),
    }
    if request.method == "GET" and context["changing"]:
        one: Season = Season.objects.pick(hotel.pk, context["changing"])
        context["form"] = SeasonForm(initial={name: getattr(one, name) for name in SeasonForm.base_fields})
    return render(request, "rates/seasons.html", context, status=422 if request.method == "POST" else 200)


def _season_step(request: Asked, form: Any, void: Any) -> tuple[bool, Any, Any]:
    hotel, posted, step = request.hotel, request.POST, step_of(request)
    what = posted.get("what", "")
    if what == "remove_season":
        actions.remove_season(Season.objects.pick(hotel.pk, posted.get("season")), **step)
        return True, form, void
    if what == "remove_void":
        actions.remove_void_day(VoidDay.objects.pick(hotel.pk, posted.get("day")), **step)
        return True, form, void
    if what == "void":
        void = VoidForm(posted)

        def add_days(values: dict[str, Any]) -> bool:
            nights = _nights(values["first"], values["last"] or values["first"])
            actions.set_void_days(hotel, nights=nights, why=values["why"], **step)
            return True

        return bool(carried(void, add_days)), form, void
    form = SeasonForm(posted)

    def save(values: dict[str, Any]) -> bool:
        version = values.pop("version") or 0
        if posted.get("season"):
            one = Season.objects.pick(hotel.pk, posted["season"])
            actions.edit_season(one, version=version, **values, **step)
        else:
            actions.add_season(hotel, **values, **step)
        return True

    return bool(carried(form, save)), form, void


def _nights(first: date, last: date) -> list[date]:
    if last < first or (last - first).days > 400:
        raise Invalid(errors={"last": [_("The last night must be within a year after the first.")]})
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@page("rates.view")
def rack(request: Asked) -> HttpResponse:
    """Published rates by room type and season, and the house's meals."""
    hotel = request.hotel
    form, meal_form = RackForm(hotel_id=hotel.pk), MealForm()
    if request.method == "POST":
        request.actor.require("rates.edit")
        done, form, meal_form = _rack_step(request, form, meal_form)
        if done:
            return back("rates:rack")
    rates = RackRate.objects.of(hotel.pk).select_related("room_type")
    rows = list(rates.order_by("room_type__order", "room_type__code", "season_kind", "weekdays"))
    names = {key: str(label) for key, label in SEASONS}
    if request.GET.get("export"):
        columns = [
            (_("Room type"), "room_type.name"),
            (_("Season"), lambda row: names.get(row.season_kind, "")),
            (_("Weekdays"), lambda row: weekdays_said(row.weekdays)),
            (_("Rate"), "amount"),
            (_("Breakfasts"), "breakfasts"),
        ]
        return downloaded(request, rows, columns, "rack-rates")
    lines = [(row, names.get(row.season_kind, ""), weekdays_said(row.weekdays)) for row in rows]
    priced = {row.room_type_id for row in rows}
    context = {
        "lines": lines,
        "form": form,
        "meal_form": meal_form,
        "formats": formats(request),
        "meals": list(MealRate.objects.of(hotel.pk).filter(agreement=None).order_by("meal", "standard")),
        "unpriced": [row for row in form.types.values() if row.pk not in priced],
    }
    return render(request, "rates/rack.html", context, status=422 if request.method == "POST" else 200)


def _rack_step(request: Asked, form: Any, meal_form: Any) -> tuple[bool, Any, Any]:
    hotel, posted, step = request.hotel, request.POST, step_of(request)
    what = posted.get("what", "")
    if what == "remove":
        actions.remove_rack_rate(RackRate.objects.pick(hotel.pk, posted.get("rate")), **step)
        return True, form, meal_form
    if what == "remove_meal":
        actions.remove_meal_rate(MealRate.objects.pick(hotel.pk, posted.get("meal")), **step)
        return True, form, meal_form
    if what == "meal":
        meal_form = MealForm(posted)

        def add_meal(values: dict[str, Any]) -> bool:
            actions.set_meal_rate(hotel, **values, **step)
            return True

        return bool(carried(meal_form, add_meal)), form, meal_form
    form = RackForm(posted, hotel_id=hotel.pk)

    def save(values: dict[str, Any]) -> bool:
        actions.set_rack_rate(form.types[values.pop("room_type")], **values, **step)
        return True

    return bool(carried(form, save)), form, meal_form


@page("rates.view", methods=("GET",))
def deviations(request: Asked) -> HttpResponse:
    """Rates that wait for a decision, what was decided lately, and who may go how far."""
    return _deviations(request)


def _deviations(request: Asked, problem: str = "", at: Any = None, form: Any = None) -> HttpResponse:
    hotel, actor = request.hotel, request.actor
    steps = lists.ladder(hotel.pk)
    waiting = list(lists.undecided(hotel.pk)[:100])
    done = list(Deviation.objects.of(hotel.pk).filter(decided_at__isnull=False).select_related("room_type").order_by("-decided_at")[:50])
    if request.GET.get("export"):
        every = Deviation.objects.of(hotel.pk).select_related("room_type").order_by("-asked_at")
        return downloaded(request, every.iterator(2000), _columns(), "deviations")
    people = {row.asked_by_id for row in [*waiting, *done]} | {row.decided_by_id for row in done}
    names = dict(Person.objects.filter(pk__in=[pk for pk in people if pk]).values_list("pk", "name"))
    abouts = registry.titles(hotel.pk, {(row.about_kind, row.about_id) for row in [*waiting, *done]})
    context = {
        "waiting": [_line(row, names, abouts, lists.may_decide(row, steps, actor)) for row in waiting],
        "done": [_line(row, names, abouts, False) for row in done],
        "steps": [(post_name(post), steps[post]) for post in sorted(steps, key=lambda post: -steps[post])],
        "form": form or LadderForm(),
        "problem": problem,
        "at": at,
        "formats": formats(request),
    }
    status = 422 if problem or form is not None else 200
    return render(request, "rates/deviations.html", context, status=status)


def _columns() -> list[Any]:
    return [
        (_("Asked"), "asked_at"),
        (_("Room type"), "room_type.name"),
        (_("Looked up"), "looked_up"),
        (_("Asked rate"), "asked"),
        (_("Reason"), "reason"),
        (_("Decided"), "decided_at"),
        (_("Approved"), "approved"),
        (_("Words"), "words"),
    ]


def _line(row: Deviation, names: dict[Any, str], abouts: dict[Any, Any], may: bool) -> dict[str, Any]:
    title, url = abouts.get((row.about_kind, row.about_id), ("", ""))
    return {
        "row": row,
        "title": title,
        "url": url,
        "may": may,
        "asker": names.get(row.asked_by_id, ""),
        "decider": names.get(row.decided_by_id, ""),
        "approver": post_name(row.approver_post),
        "percent": round(row.asked * 100 / row.looked_up) if row.looked_up else 0,
    }


@page("rates.decide", methods=("POST",))
def decide(request: Asked, pk: Any) -> HttpResponse:
    """Approve or refuse a rate."""
    row = Deviation.objects.pick(request.actor.hotel_id, pk)
    approve = request.POST.get("answer") == "approve"
    try:
        actions.decide_deviation(row, approve=approve, words=request.POST.get("words", ""), **step_of(request))
    except Invalid as wrong:
        text = " ".join(text for texts in wrong.errors.values() for text in texts)
        return _deviations(request, problem=text, at=row.pk)
    messages.success(request, _("Approved.") if approve else _("Refused."))
    return back("rates:deviations")


@page("rates.edit", methods=("POST",))
def ladder(request: Asked) -> HttpResponse:
    """How far a post may go below the looked-up rate."""
    form = LadderForm(request.POST)

    def step(values: dict[str, Any]) -> bool:
        actions.set_ladder(request.hotel, **values, **step_of(request))
        return True

    return back("rates:deviations") if carried(form, step) else _deviations(request, form=form)
