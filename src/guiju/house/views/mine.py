"""My own account: password, second step, PIN, sessions, who acts for me; a new password by mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import check_password
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.house import actions, second_step, signing_in
from guiju.house.actions.standing import plain
from guiju.house.asking import Asked
from guiju.house.doors import page, public
from guiju.house.lists import downloaded
from guiju.house.middleware import address_of
from guiju.house.models import Delegation, Person, Pin, SignedIn
from guiju.house.views.entrance import after
from guiju.house.views.parts import moment, person_here, staff_of
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Invalid

SETTING_UP = "totp_secret"


def _own_password(request: Asked) -> HttpResponse:
    """Set my password; forced at the first sign-in."""
    person, forced = request.person, request.person.must_change_password
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            _take_password(request)
        except signing_in.TooMany as many:
            errors["old"] = [many.message]
        except Invalid as wrong:
            errors = {"new" if key == "password" else key: lines for key, lines in wrong.errors.items()}
        else:
            signing_in.open_session(request, person, request.hotel, how="password", now=request.now)
            messages.success(request, _("Your password is changed; other sessions are ended."))
            return after(request, person, request.hotel, "" if forced else reverse("desk:home"))
    return render(request, "house/password.html", {"errors": errors, "forced": forced}, status=422 if errors else 200)


def _take_password(request: Asked) -> None:
    old, new = request.POST.get("old", "")[:200], request.POST.get("new", "")[:200]
    person, now = request.person, request.now
    tried = signing_in.attempt(f"own:{person.pk}", address=address_of(request), now=now)
    if not check_password(old, person.password):
        raise Invalid(errors={"old": [_("This is not your present password.")]})
    signing_in.succeeded(tried, now)
    if new == old:
        raise Invalid(errors={"new": [_("Choose another than the present one.")]})
    if new != request.POST.get("again", ""):
        raise Invalid(errors={"again": [_("The two do not agree.")]})
    actions.set_password(request.hotel, person=person, password=new, by=request.actor, now=now)


_own_password.while_forced = True  # type: ignore[attr-defined]  # the door lets this page through
password = page("house.password", once=False)(_own_password)


@page("house.password", once=False)
def totp(request: Asked) -> HttpResponse:
    """Set up the second step with my phone, or change to a new phone."""
    errors: dict[str, list[str]] = {}
    person, hotel, now = request.person, request.hotel, request.now
    secret = request.session.get(SETTING_UP) or second_step.fresh()
    if request.method == "POST":
        by = the_clock(hotel.pk, via="page")
        try:
            if not check_password(request.POST.get("password", "")[:200], person.password):
                raise Invalid(errors={"password": [_("This is not your present password.")]})
            code = request.POST.get("code", "")[:20]
            actions.set_totp(hotel, person=person, secret=secret, code=code, by=by, now=now)
        except Invalid as wrong:
            errors = wrong.errors
        else:
            request.session.pop(SETTING_UP, None)
            messages.success(request, _("From now on your sign-in asks for a code of this phone."))
            return HttpResponseRedirect(reverse("house:sessions"))
    request.session[SETTING_UP] = secret
    context = {
        "errors": errors, "secret": secret, "qr": second_step.qr(person, hotel, secret), "has": bool(person.totp_secret),
    }
    response = render(request, "house/totp.html", context, status=422 if errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@page("house.sessions", once=False)
def pin(request: Asked) -> HttpResponse:
    """My six digits for signing on the department's tablet."""
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        digits = request.POST.get("pin", "")[:20]
        try:
            if digits != request.POST.get("again", ""):
                raise Invalid(errors={"again": [_("The two do not agree.")]})
            actions.set_pin(request.hotel, pin=digits, by=request.actor, now=request.now)
        except Invalid as wrong:
            errors = wrong.errors
        else:
            messages.success(request, _("Your PIN is set."))
            return HttpResponseRedirect(reverse("house:sessions"))
    row = Pin.objects.of(request.hotel.pk).filter(person=request.person).first()
    return render(request, "house/pin.html", {"errors": errors, "row": row}, status=422 if errors else 200)


@page("house.sessions")
def sessions(request: Asked) -> HttpResponse:
    """Where I am signed in; end one or all others."""
    if request.method == "POST":
        wanted = request.POST.get("session", "")
        step: dict[str, Any] = {"by": request.actor, "now": request.now}
        if wanted == "others":
            ended = actions.revoke_other_sessions(request.hotel, present=request.signed_in.pk, **step)
        else:
            rows = SignedIn.objects.filter(person=request.person, ended_at__isnull=True)
            row = next((row for row in rows if str(row.pk) == wanted), None)
            ended = actions.revoke_session(request.hotel, session=row.pk, **step) if row else 0
        if ended:
            messages.success(request, _("Ended."))
        return HttpResponseRedirect(reverse("house:sessions"))
    rows = SignedIn.objects.filter(person=request.person, ended_at__isnull=True).order_by("-last_seen_at")[:50]
    if request.GET.get("export"):
        columns = [
            (_("Browser"), "agent"), (_("Since"), "created_at"), (_("Last seen"), "last_seen_at"), (_("Address"), "address"),
            (_("This one"), lambda row: row.pk == request.signed_in.pk),
        ]
        return downloaded(request, rows, columns, "sessions")
    context = {"rows": rows, "mine": request.signed_in.pk, "has_totp": bool(request.person.totp_secret)}
    return render(request, "house/sessions.html", context)


@page("house.sessions")
def delegate(request: Asked) -> HttpResponse:
    """While I am away, who acts for me."""
    errors: dict[str, list[str]] = {}
    asked = request.POST
    step: dict[str, Any] = {"by": request.actor, "now": request.now}
    if request.method == "POST" and asked.get("end"):
        actions.end_delegation(Delegation.objects.pick(request.hotel.pk, asked["end"]), **step)
        return HttpResponseRedirect(reverse("house:delegate"))
    if request.method == "POST":
        try:
            actions.name_delegate(
                request.hotel, to=person_here(request, asked.get("to"), "to"),
                from_at=moment(asked.get("from_at", ""), "from_at", request.hotel.zone),
                until_at=moment(asked.get("until_at", ""), "until_at", request.hotel.zone), **step,
            )
        except Invalid as wrong:
            errors = wrong.errors
        else:
            return HttpResponseRedirect(reverse("house:delegate"))
    rows = Delegation.objects.of(request.hotel.pk).filter(person=request.person).select_related("to")
    context = {
        "rows": rows.order_by("-from_at")[:20], "errors": errors, "data": asked,
        "staff": [one for one in staff_of(request) if one["person"].pk != request.person.pk],
    }
    return render(request, "house/delegate.html", context, status=422 if errors else 200)


@public
def reset(request: Asked) -> HttpResponse:
    """A new password by mail: the same answer whether the account exists or not."""
    sent, error, status = False, "", 200
    if request.method == "POST":
        username, now = plain(request.POST.get("username", ""), 60), request.now
        try:
            signing_in.attempt(f"reset:{username.casefold()}"[:64], address=address_of(request), now=now)
        except signing_in.TooMany as many:
            error, status = many.message, many.status
        else:
            _send_link(username, request)
            sent = True
    return render(request, "house/reset.html", {"sent": sent, "error": error}, status=status)


def _send_link(username: str, request: Asked) -> None:
    person = Person.objects.filter(username__iexact=username, is_active=True).exclude(email="").first()
    hotel = signing_in.hotel_of(person, request.now) if person else None
    if person is None or hotel is None:
        return
    # the page's own address is never taken from the request: a forged Host would send the link elsewhere
    address = settings.PUBLIC_URL.rstrip("/") + reverse("house:reset_link", args=["x"])[:-1]
    by = the_clock(hotel.pk, via="page")
    actions.send_reset_link(hotel, person=person, address=address, by=by, now=request.now)


@public
def reset_link(request: Asked, token: str) -> HttpResponse:
    """Choose a new password by the link in the letter; then sign in with it."""
    link = actions.living_link(token, request.now)
    hotel = signing_in.hotel_of(link.person, request.now) if link else None
    if link is None or hotel is None:
        return render(request, "house/reset_link.html", {"dead": True}, status=404)
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        new, by = request.POST.get("new", "")[:200], the_clock(hotel.pk, via="page")
        try:
            if new != request.POST.get("again", ""):
                raise Invalid(errors={"again": [_("The two do not agree.")]})
            actions.use_reset_link(hotel, link=link, password=new, by=by, now=request.now)
        except Invalid as wrong:
            errors = {"new" if key in ("password", "link") else key: lines for key, lines in wrong.errors.items()}
        else:
            messages.success(request, _("Your password is changed. Sign in with it."))
            return HttpResponseRedirect(reverse("house:sign_in"))
    context = {"errors": errors, "person": None, "link_name": link.person.name}
    # the site's own Referrer-Policy (same-origin) holds: with "no-referrer" a browser sends the form with Origin null, which is refused
    return render(request, "house/reset_link.html", context, status=422 if errors else 200)
