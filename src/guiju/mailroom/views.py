"""The hotel's mailboxes: how each stands, setting one up, trying it; nothing here waits for a mail server."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.mailroom import actions, queries
from guiju.mailroom.models import Mailbox
from guiju.shelf.errors import Invalid, NotAllowed

SHOWN = ("name", "host", "port", "security", "user", "secret_from", "folder", "after", "move_to", "every_seconds")


def _card(request: Asked) -> dict[str, Any]:
    return {**{field: request.POST.get(field, "") for field in SHOWN}, "idle": request.POST.get("idle") == "on"}


def _picked(request: Asked, pk: UUID) -> Mailbox:
    found: Mailbox = Mailbox.objects.select_related("hotel").pick(request.hotel.pk, pk)
    return found


@page("mailroom.view", methods=("GET",))
def mailboxes(request: Asked) -> HttpResponse:
    """Where mail and faxes come from, how each place stands, and what became of the latest."""
    may_read = request.actor.may("enquiries.view")
    context = {
        "standings": queries.standings(request.hotel.pk, request.now),
        "latest": queries.latest(request.hotel.pk) if may_read else [],
        "may_read": may_read, "may_set_up": request.actor.may("mailroom.setup"), "may_try": request.actor.may("mailroom.try"),
    }
    return render(request, "mailroom/mailboxes.html", context)


@page("mailroom.setup")
def new(request: Asked) -> HttpResponse:
    """Set up a mailbox."""
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            row = actions.set_up_mailbox(
                request.hotel, card=_card(request), secret=request.POST.get("secret", ""), by=request.actor, now=request.now
            )
        except Invalid as wrong:
            errors = wrong.errors
        else:
            actions.ask_to_try(row, by=request.actor, now=request.now)
            return HttpResponseRedirect(reverse("mailroom:mailbox", args=[row.pk]))
    data = request.POST or {"security": "tls", "folder": "INBOX", "after": "keep", "every_seconds": 60}
    return _form(request, None, data, errors)


@page("mailroom.view")
def mailbox(request: Asked, pk: UUID) -> HttpResponse:
    """One mailbox: how it stands, what came from it, and its card for who may change it."""
    row, errors = _picked(request, pk), {}
    if request.method == "POST":
        if not request.actor.may("mailroom.setup"):
            raise NotAllowed("mailroom.setup", permission="mailroom.setup")
        try:
            return _step(request, row)
        except Invalid as wrong:
            errors = wrong.errors
    data = request.POST if errors else row
    return _form(request, row, data, errors)


def _step(request: Asked, row: Mailbox) -> HttpResponse:
    asked, step = request.POST, {"by": request.actor, "now": request.now}
    what, back = asked.get("what", ""), HttpResponseRedirect(reverse("mailroom:mailbox", args=[row.pk]))
    if what in ("on", "off"):
        actions.switch_mailbox(row, on=what == "on", **step)
        return back
    if what == "close":
        actions.close_mailbox(row, **step)
        messages.success(request, _("%(name)s is removed; what came from it stays.") % {"name": row.name})
        return HttpResponseRedirect(reverse("mailroom:mailboxes"))
    version = asked.get("version", "")
    actions.change_mailbox(
        row, card=_card(request), secret=asked.get("secret", ""), version=int(version) if version.isdecimal() else row.version, **step
    )
    messages.success(request, _("Saved."))
    return back


@page("mailroom.try")
def try_it(request: Asked, pk: UUID) -> HttpResponse:
    """Have the worker try a mailbox, or look into it now; the answer is read here as soon as it is there."""
    row = _picked(request, pk)
    if request.method == "POST":
        step = {"by": request.actor, "now": request.now}
        if request.POST.get("what") == "look":
            actions.look_soon(row, **step)
        else:
            actions.ask_to_try(row, **step)
        if not request.htmx:  # type: ignore[attr-defined]  # set by HtmxMiddleware
            return HttpResponseRedirect(reverse("mailroom:mailbox", args=[row.pk]) + "#tried")
    return render(request, "mailroom/_tried.html", _tried(row, request))


def _tried(row: Mailbox, request: Asked) -> dict[str, Any]:
    running = queries.is_being_tried(row, request.now)
    number = row.try_detail if row.try_code == "ok" and row.try_detail.isdecimal() else ""
    tried = "" if running else "inside" if row.try_code == "running" else row.try_code
    return {
        "mailbox": row, "running": running, "may_try": request.actor.may("mailroom.try"), "tried": tried, "tried_words": queries.said(row.try_code),
        "tried_detail": "" if number else row.try_detail, "waiting": number,
    }


def _form(request: Asked, row: Mailbox | None, data: Any, errors: dict[str, list[str]]) -> HttpResponse:
    may_read = request.actor.may("enquiries.view")
    context: dict[str, Any] = {
        "mailbox": row, "data": data, "errors": errors, "may_set_up": request.actor.may("mailroom.setup"), "may_read": may_read,
        "may_try": request.actor.may("mailroom.try"), "securities": Mailbox.Security.choices, "afters": Mailbox.After.choices,
    }
    if row is not None:
        state = queries.state_of(row, request.now)
        context |= {"standing": queries.Standing(row, state), "latest": queries.latest(row.hotel_id, row) if may_read else [], **_tried(row, request)}
    return render(request, "mailroom/mailbox.html", context, status=422 if errors else 200)
