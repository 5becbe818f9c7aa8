"""The page on which a person makes, renews and ends his calendar's address, and the address itself."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.feeds import actions, tokens
from guiju.feeds.models import Feed
from guiju.feeds.publishing import published
from guiju.feeds.sources import SOURCES
from guiju.house.asking import Asked
from guiju.house.doors import page, public
from guiju.house.views.parts import forget, show_once, shown
from guiju.shelf.errors import Invalid, Missing

USED_EVERY = timedelta(minutes=5)


@page("feeds.own")
def mine(request: Asked) -> HttpResponse:
    """My calendar: what it holds, when it was fetched last; its address is shown once, when it is made."""
    row, errors, asked = actions.of_person(request.hotel.pk, request.person.pk), {}, request.POST
    step = {"by": request.actor, "now": request.now}
    if request.method == "POST":
        here = HttpResponseRedirect(reverse("feeds:mine"))
        try:
            if asked.get("what") == "open":
                _row, text = actions.open_feed(request.hotel, **step)
                return show_once(here, tokens.address(text))
            if row is None:
                raise Missing("no such feed")
            if asked.get("what") == "end":
                actions.end_feed(row, **step)
                messages.success(request, _("The address is dead: calendars that used it get nothing more."))
                return here
            minutes = asked.get("alarm_minutes", "")
            actions.change_feed(
                row, parts=asked.getlist("parts"), alarm_minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 6 else -1,
                lang=asked.get("lang", ""), **step,
            )
            messages.success(request, _("Saved."))
            return here
        except Invalid as wrong:
            errors = wrong.errors
    context = {
        "feed": actions.words(row), "errors": errors, "address": shown(request), "alarms": actions.ALARMS,
        "parts": [(key, source.label) for key, source in SOURCES.items() if request.actor.may(source.permission)],
        "langs": [("zh-hans", "简体中文"), ("en", "English")],
    }
    return forget(request, render(request, "feeds/mine.html", context, status=422 if errors else 200))


@page("house.people", methods=("POST",))
def end_of(request: Asked, pk: str) -> HttpResponse:
    """End somebody's calendar address."""
    feed: Feed = Feed.objects.select_related("hotel", "person").pick(request.hotel.pk, pk)
    actions.end_feed_of(feed, by=request.actor, now=request.now)
    messages.success(request, _("Ended."))
    return HttpResponseRedirect(reverse("house:person", args=[feed.person_id]))


@public
def calendar(request: Asked, token: str) -> HttpResponse:
    """What a calendar program fetches. Any address that is not a living one has the same answer."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(("GET", "HEAD"))
    feed = tokens.recognise(token, request.now)
    if feed is None:
        return _private(HttpResponse("not found\n", status=404, content_type="text/plain; charset=utf-8"))
    body = published(feed, request.now)
    if feed.last_used_at is None or request.now - feed.last_used_at > USED_EVERY:
        Feed.objects.filter(pk=feed.pk).update(last_used_at=request.now)
    mark = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if _same(request.headers.get("If-None-Match", ""), mark):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="guiju.ics"'
    response["ETag"] = mark
    return _private(response)


def _same(asked: str, mark: str) -> bool:
    """If-None-Match: any of the marks, weak ones too, or anything at all."""
    return asked.strip() == "*" or mark in {one.strip().removeprefix("W/") for one in asked.split(",")}


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"], response["X-Robots-Tag"], response["Referrer-Policy"] = "private, no-cache", "noindex, nofollow", "no-referrer"
    return response
