"""Coming in and going out: sign-in, second step, one-tap demo sign-in, sign-out."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from guiju.house import actions, second_step, signing_in
from guiju.house.acting import acting
from guiju.house.actions.standing import plain
from guiju.house.asking import Asked
from guiju.house.doors import public
from guiju.house.middleware import address_of
from guiju.house.models import Hotel, Person, SignedIn
from guiju.logbook.writing import durably, note, writing
from guiju.shelf import registry
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Invalid, Missing

YEAR = 60 * 60 * 24 * 365


def safe_target(request: Asked, target: str) -> str:
    """An address of this site, or nothing."""
    good = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if good else ""


def after(request: Asked, person: Person, hotel: Hotel, target: str) -> HttpResponse:
    """Where one goes after coming in: the forced password, the first-run wizard, the page asked for, home."""
    if person.must_change_password:
        target = reverse("house:password")
    elif not target:
        unfinished = hotel.wizard_done_at is None and settings.GUIJU_MODE != "demo"
        actor = acting(person, hotel, now=request.now)
        target = reverse("house:wizard") if unfinished and actor.may("house.setup") else reverse("desk:home")
    response = HttpResponseRedirect(target)
    if "guiju_lang" not in request.COOKIES:
        response.set_cookie("guiju_lang", person.lang, max_age=YEAR, samesite="Lax", secure=settings.HTTPS)
    return response


def _demo() -> list[dict[str, str]]:
    if settings.GUIJU_MODE != "demo" or registry.demo_sign_ins is None:
        return []
    return [one for one in registry.demo_sign_ins() if one["sees"]]


def _enter(request: Asked, person: Person, hotel: Hotel, target: str) -> HttpResponse:
    """Open the session, or ask for the second step first."""
    now = request.now
    asked = second_step.unseal(person) is not None
    if asked or second_step.required(acting(person, hotel, now=now), hotel):
        secret = None if asked else second_step.fresh()
        signing_in.wait_for_code(request, person, hotel, secret=secret, target=target, now=now)
        return HttpResponseRedirect(reverse("house:second_step"))
    signing_in.open_session(request, person, hotel, how="password", now=now)
    return after(request, person, hotel, target)


@public
def sign_in(request: Asked) -> HttpResponse:
    """Sign-in by name and password; in demo mode by one tap too."""
    now, error, status = request.now, "", 200
    username = plain(request.POST.get("username", ""), 60)
    target = safe_target(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST":
        try:
            password = request.POST.get("password", "")[:200]
            person = signing_in.check(username, password, address=address_of(request), now=now)
        except signing_in.TooMany as many:
            error, status = many.message, many.status
        else:
            hotel = signing_in.hotel_of(person, now) if person else None
            if person and hotel:
                return _enter(request, person, hotel, target)
            signing_in.refuse(None, username, "wrong" if person is None else "no post", now)
            error, status = _("The name or the password is wrong."), 422
    context = {
        "error": error, "username": username, "next": target, "demo": _demo(), "hotels": Hotel.objects.exists(),
    }
    response = render(request, "house/sign_in.html", context, status=status)
    if status == 429:
        response["Retry-After"] = "900"
    return response


@public
def second_step_page(request: Asked) -> HttpResponse:
    """The code of my device after the password; set up here where my post asks for it and I have none yet."""
    now, errors = request.now, {}
    found = signing_in.waiting(request, now)
    hotel = next((one for one in signing_in.hotels_of(found[0], now) if str(one.pk) == found[1]["hotel"]), None) if found else None
    if found is None or hotel is None:
        return HttpResponseRedirect(reverse("house:sign_in"))
    person, kept = found
    if request.method == "POST":
        try:
            row = signing_in.attempt(f"code:{person.pk}", address=address_of(request), now=now)
            _check_code(person, hotel, kept["secret"], request.POST.get("code", "")[:20], request)
        except signing_in.TooMany as many:
            errors["code"] = [many.message]
        except Invalid as wrong:
            errors = wrong.errors
            signing_in.refuse(hotel, person.username, "code", now)
        else:
            signing_in.succeeded(row, now)
            signing_in.open_session(request, person, hotel, how="password+code", now=now)
            return after(request, person, hotel, safe_target(request, kept["next"]))
    secret = kept["secret"]
    context = {"errors": errors, "secret": secret, "qr": second_step.qr(person, hotel, secret) if secret else ""}
    response = render(request, "house/second_step.html", context, status=422 if errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def _check_code(person: Person, hotel: Hotel, secret: str | None, code: str, request: Asked) -> None:
    now = request.now
    if secret:
        by = the_clock(hotel.pk, via="page")
        actions.set_totp(hotel, person=person, secret=secret, code=code, by=by, now=now)
    elif not actions.use_code(person, code, now):
        raise Invalid(errors={"code": [_("This code is wrong or was used already. Wait for the next one.")]})


@public
def demo_sign_in(request: Asked) -> HttpResponse:
    """One tap, in demo mode only."""
    known = {one["username"] for one in _demo()}
    username = plain(request.POST.get("username", ""), 60)
    if request.method != "POST" or username not in known:
        raise Missing("no such page")
    person = Person.objects.filter(username=username, is_active=True).first()
    hotel = signing_in.hotel_of(person, request.now) if person else None
    if person is None or hotel is None:
        raise Missing("no such page")
    signing_in.open_session(request, person, hotel, how="demo", now=request.now)
    return after(request, person, hotel, "")


@public
def sign_out(request: Asked) -> HttpResponse:
    """Go out; the session is dead at once. A shared tablet goes back to its names."""
    if request.method == "POST" and request.actor is not None:
        row, now, actor = request.signed_in, request.now, request.actor

        def step() -> None:
            with writing(row.hotel_id, by=actor, now=now):
                if SignedIn.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=now):
                    note("session.revoked", row.person, sessions=1)

        durably(step)
        request.session.flush()
        if actor.via == "tablet":
            return HttpResponseRedirect(reverse("house:tablet_sign_in"))
    return HttpResponseRedirect(reverse("house:sign_in"))
