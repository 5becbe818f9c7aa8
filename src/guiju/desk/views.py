"""The shell's own pages: home, search, help, profile, preferences, counts, health."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from guiju.desk import finding, health, seals, shell
from guiju.desk.actions import prefer
from guiju.house.asking import Asked
from guiju.house.doors import page, public
from guiju.shelf import registry

YEAR = 60 * 60 * 24 * 365


@public
def home(request: Asked) -> HttpResponse:
    """Where / leads: today's duties for those signed in, sign-in for the others."""
    if getattr(request, "actor", None) is None:
        return HttpResponseRedirect(shell.address("house:sign_in") or reverse("desk:search"))
    if request.actor.via == "tablet":
        return HttpResponseRedirect(shell.address("papers:inbox"))
    groups = shell.lines_for(request.actor, "")
    first = next((line.url for lines in groups.values() for line in lines), reverse("desk:profile"))
    return HttpResponseRedirect(shell.address("duties:today") or first)


@public
def healthz(request: Asked) -> HttpResponse:
    """Alive: the process answers."""
    return JsonResponse({"alive": True})


@public
def readyz(request: Asked) -> HttpResponse:
    """Ready: database, migrations, engine settings, and what rooms add (the worker's heartbeat)."""
    found = health.look(request.now)
    return JsonResponse(found, status=200 if found["ready"] else 503)


@public
def language(request: Asked) -> HttpResponse:
    """Chinese or English: for this browser, and kept for the person."""
    back = _back(request)
    chosen = request.POST.get("lang", "")
    if request.method == "POST" and chosen in dict(settings.LANGUAGES):
        _keep(request, lang=chosen)
        back.set_cookie("guiju_lang", chosen, max_age=YEAR, samesite="Lax", secure=settings.HTTPS)
    return back


@public
def theme(request: Asked) -> HttpResponse:
    """Light, dark or as the machine; roomy or compact rows; single keys on or off."""
    back = _back(request)
    if request.method != "POST":
        return back
    chosen, density, keys = (request.POST.get(name, "") for name in ("theme", "density", "keys"))
    if chosen in shell.THEMES:
        _keep(request, theme=chosen)
        back.set_cookie("guiju_theme", chosen, max_age=YEAR, samesite="Lax", secure=settings.HTTPS)
    if density in shell.DENSITIES:
        back.set_cookie("guiju_density", density, max_age=YEAR, samesite="Lax", secure=settings.HTTPS)
    if keys in ("on", "off"):
        _keep(request, single_keys=keys == "on")
    return back


@page("desk.profile", methods=("GET",))
def profile(request: Asked) -> HttpResponse:
    """My name and posts, and how I like my pages."""
    return render(request, "desk/profile.html")


@page("desk.help", methods=("GET",))
def help_page(request: Asked) -> HttpResponse:
    """Keys, seals, and where things are."""
    return render(request, "desk/help.html", {"states": seals.STATES, "samples": seals.sample_duties(request.now)})


@page("desk.search", methods=("GET",))
def search(request: Asked) -> HttpResponse:
    """One box for clients, papers, clauses (§) and actions (>); a piece of a page for the palette."""
    text = request.GET.get("q", "")[:80].strip()
    groups = finding.find(request.actor, text)
    palette = request.headers.get("X-Palette") == "1"
    return render(request, "desk/_results.html" if palette else "desk/search.html", {"groups": groups, "q": text})


@page("desk.today", methods=("GET",))
def counts(request: Asked) -> HttpResponse:
    """What waits for me, for the numbers beside the navigation and the dot on the bell."""
    actor, now = request.actor, request.now
    found: dict[str, Any] = {}
    for item in registry.navigation:
        if item.count is not None and actor.may(item.permission):
            number, late = item.count(actor, now)
            found[item.url_name] = [number, bool(late)]
    fresh = bool(registry.bell(actor, now)) if registry.bell is not None else False
    response = JsonResponse({"counts": found, "bell": fresh})
    response["Cache-Control"] = "no-store"
    return response


def csrf_failed(request: Asked, reason: str = "") -> HttpResponse:
    """The form was open too long or came from elsewhere."""
    from guiju.desk import refusals

    return refusals.stale_form(request)


def _back(request: Asked) -> HttpResponseRedirect:
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        target = reverse("desk:home")
    response = HttpResponseRedirect(target)
    response.status_code = 303
    return response


def _keep(request: Asked, **likings: Any) -> None:
    if getattr(request, "actor", None) is None:
        return
    prefer(request.hotel, by=request.actor, now=request.now, **likings)
