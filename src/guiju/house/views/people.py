"""People and their posts, people from a table, keys for programs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.house import actions, tokens
from guiju.house.actions.standing import GUARDED
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.facts import POSTS
from guiju.house.lists import downloaded
from guiju.house.models import Appointment, SignedIn
from guiju.house.naming import department_name, post_name
from guiju.house.views.parts import forget, person_here, show_once, shown, staff_of, table, uploaded
from guiju.shelf.errors import Invalid
from guiju.shelf.tables import Column, Line

READ = "guiju.house.people-read"


def posts_for(request: Asked) -> list[tuple[str, list[tuple[str, str]]]]:
    """The posts by department that this person may give."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, (department, _zh, _en) in POSTS.items():
        if key not in GUARDED or request.actor.may("house.setup"):
            groups.setdefault(department_name(department), []).append((key, post_name(key)))
    return list(groups.items())


@page("house.people")
def people(request: Asked) -> HttpResponse:
    """Everybody with a post; add somebody."""
    errors: dict[str, list[str]] = {}
    asked = request.POST
    if request.method == "POST":
        card = {key: asked.get(key, "") for key in ("username", "name", "name_en", "email", "phone")}
        try:
            if not asked.getlist("posts"):
                raise Invalid(errors={"posts": [_("At least one post.")]})
            person, word = actions.add_person(
                request.hotel, posts=tuple(asked.getlist("posts")), by=request.actor, now=request.now, **card
            )
        except Invalid as wrong:
            errors = wrong.errors
        else:
            return show_once(HttpResponseRedirect(reverse("house:people")), f"{person.name}\t{person.username}\t{word}")
    context = {
        "staff": staff_of(request, gone="gone" in request.GET), "errors": errors, "data": asked,
        "chosen": asked.getlist("posts"), "posts": posts_for(request), "gone": "gone" in request.GET,
        "words": [line.split("\t") for line in shown(request).splitlines()],
    }
    return forget(request, render(request, "house/people.html", context, status=422 if errors else 200))


@page("house.people", methods=("GET",))
def people_export(request: Asked, fmt: str) -> HttpResponse:
    """The people with their posts as xlsx or csv, in the columns the import reads."""
    request.actor.require("house.export")
    columns = [
        Column(_("Sign-in name"), lambda one: one["person"].username), Column(_("Full name"), lambda one: one["person"].name),
        Column(_("English name"), lambda one: one["person"].name_en), Column(_("Posts"), lambda one: one["posts"], 30),
        Column(_("E-mail address"), lambda one: one["person"].email, 28), Column(_("Telephone"), lambda one: one["person"].phone),
    ]
    return table(staff_of(request), columns, _("people"), fmt)


@page("house.people", once=False)
def people_import(request: Asked) -> HttpResponse:
    """People from xlsx or csv: first what would happen, row by row; then all of them or nobody."""
    context: dict[str, Any] = {"errors": {}}
    status = 200
    if request.method == "POST":
        try:
            if request.POST.get("read"):
                added = actions.import_people(request.hotel, lines=_kept(request), by=request.actor, now=request.now)
                context |= {"added": [(person, word) for person, word in added], "done": True}
            else:
                lines = uploaded(request)
                rows = actions.read_people(request.hotel, lines, may_guarded=request.actor.may("house.setup"))
                bad = sum(bool(row.errors) for row in rows)
                context |= {"rows": [_shown_row(row) for row in rows], "bad": bad, "new": _count_new(rows)}
                context["read"] = "" if bad else signing.dumps([[line.number, _plain(line)] for line in lines], salt=READ, compress=True)
                status = 422 if bad else 200
        except Invalid as wrong:
            context["errors"], status = wrong.errors, 422
    response = render(request, "house/people_import.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _plain(line: Line) -> dict[str, str]:
    return {head: str(value) for head, value in line.items() if value is not None}


def _kept(request: Asked) -> list[Line]:
    try:
        kept = signing.loads(request.POST["read"], salt=READ, max_age=3600)
    except signing.BadSignature:
        raise Invalid(errors={"file": [_("Please send the file again.")]}) from None
    return [Line(number, values) for number, values in kept]


def _count_new(rows: list[Any]) -> int:
    return sum(not row.errors and not row.known for row in rows)


def _shown_row(row: Any) -> dict[str, Any]:
    wrong = [line for lines in row.errors.values() for line in lines]
    return {"number": row.number, **row.values, "posts": [post_name(post) for post in row.values["posts"]],
            "wrong": wrong, "known": row.known}


@page("house.people")
def person(request: Asked, pk: Any) -> HttpResponse:
    """One person: card, posts given and taken, a one-time password, second step, sessions, disabling."""
    one = person_here(request, pk)
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            word = _do(request, one)
        except Invalid as wrong:
            errors = wrong.errors
        else:
            response = HttpResponseRedirect(reverse("house:person", args=[pk]))
            return show_once(response, word) if word else response
    held = Appointment.objects.of(request.hotel.pk).filter(person=one, until_at__isnull=True).order_by("from_at")
    context = {
        "one": one, "held": [(row.post, post_name(row.post), row.from_at) for row in held], "posts": posts_for(request),
        "errors": errors, "data": request.POST, "word": shown(request), "guarded": GUARDED,
        "sessions": SignedIn.objects.filter(person=one, ended_at__isnull=True).count(),
        "touch": request.actor.may("house.setup") or not any(row.post in GUARDED for row in held),
    }
    return forget(request, render(request, "house/person.html", context, status=422 if errors else 200))


def _do(request: Asked, one: Any) -> str:
    what, hotel, asked = request.POST.get("what", ""), request.hotel, request.POST
    step: dict[str, Any] = {"person": one, "by": request.actor, "now": request.now}
    if what == "card":
        card = {key: asked.get(key, "") for key in ("name", "name_en", "email", "phone")}
        version = int(asked["version"]) if asked.get("version", "").isdecimal() else 0
        actions.change_person(hotel, version=version, card=card, **step)
        messages.success(request, _("Saved."))
    elif what == "appoint":
        actions.appoint(hotel, post=asked.get("post", ""), **step)
    elif what == "relieve":
        actions.relieve(hotel, post=asked.get("post", ""), **step)
    elif what == "reset":
        return actions.reset_password(hotel, **step)
    elif what == "totp":
        actions.remove_totp(hotel, **step)
    elif what == "sessions":
        actions.revoke_sessions_of(hotel, **step)
    elif what == "disable":
        actions.disable_person(hotel, **step)
    else:
        raise Invalid(errors={"what": [_("There is no such step.")]})
    return ""


@page("house.tokens")
def token_list(request: Asked) -> HttpResponse:
    """Keys for programs: everybody makes his own, with scopes and an end, shown once, revoked."""
    errors: dict[str, list[str]] = {}
    asked, by, now = request.POST, request.actor, request.now
    if request.method == "POST" and asked.get("revoke"):
        tokens.revoke(tokens.visible(by).pick(by.hotel_id, asked["revoke"]), by=by, now=now)  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("house:tokens"))
    if request.method == "POST":
        try:
            whose = person_here(request, asked["person"], "person") if asked.get("person") else request.person
            days = int(asked["days"]) if asked.get("days") in ("30", "90", "365") else 365
            _row, text = tokens.create(
                request.hotel, person=whose, name=asked.get("name", ""), scopes=asked.getlist("scopes"), days=days,
                by=by, now=now,
            )
        except Invalid as wrong:
            errors = wrong.errors
        else:
            return show_once(HttpResponseRedirect(reverse("house:tokens")), text)
    rows = tokens.visible(by)[:100]
    if request.GET.get("export"):
        columns = [
            (_("What for"), "name"), (_("Person"), "person.name"), (_("Rights"), lambda row: ", ".join(row.scopes) or _("all of the person's")),
            (_("Ends"), "expires_at"), (_("Last used"), "last_used_at"), (_("Revoked"), "revoked_at"),
        ]
        return downloaded(request, rows, columns, "tokens")
    context = {
        "rows": rows, "text": shown(request), "scopes": sorted(by.permissions), "errors": errors,
        "data": asked, "chosen": asked.getlist("scopes"),
    }
    return forget(request, render(request, "house/tokens.html", context, status=422 if errors else 200))
