"""Group chats: which robot tells which department what, whether it gets through, and a button to try it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.facts import DEPARTMENTS
from guiju.house.lists import downloaded
from guiju.house.naming import department_name
from guiju.notices import actions
from guiju.notices import robots as reading
from guiju.notices.chat.vendors import VENDORS
from guiju.notices.models import Robot
from guiju.shelf.errors import Invalid, Missing

NEW = {"lang": "", "late": "once", "soon": "once", "other": "digest", "digest_at": "08:30", "personal": "on"}


@page("notices.robots")
def robots(request: Asked) -> HttpResponse:
    """The robots and where each stands; try or end one."""
    asked, step = request.POST, {"by": request.actor, "now": request.now}
    if request.method == "POST":
        row = Robot.objects.select_related("hotel").pick(request.hotel.pk, asked.get("try") or asked.get("end"))
        if asked.get("try"):
            actions.try_robot(row, **step)
            messages.success(request, _("A word to try it is on its way; a moment later it stands here whether it got through."))
        else:
            actions.end_robot(row, **step)
            messages.success(request, _("Ended."))
        return HttpResponseRedirect(reverse("notices:robots"))
    rows = reading.standing(request.actor, request.now, request.LANGUAGE_CODE)
    if request.GET.get("export"):
        columns = [
            (_("Name"), "robot.name"), (_("Vendor"), "vendor"), (_("The department"), "department"), (_("Where it stands"), "words"),
            (_("Why"), "why"), (_("Last message"), "robot.sent_at"),
        ]
        return downloaded(request, rows, columns, "robots")
    context = {"rows": rows, "moving": any(row.state == "wait" for row in rows)}
    return render(request, "notices/robots.html", context)


@page("notices.robots")
def robot_new(request: Asked) -> HttpResponse:
    """Set up a robot."""
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            actions.add_robot(request.hotel, given=reading.as_given(request.POST), by=request.actor, now=request.now)
        except Invalid as wrong:
            errors = wrong.errors
        else:
            messages.success(request, _("The robot is set up. Try it."))
            return HttpResponseRedirect(reverse("notices:robots"))
    mine = next((key for key in DEPARTMENTS if key in request.actor.departments and key != "gm_office"), next(iter(DEPARTMENTS)))
    data = request.POST if request.method == "POST" else {**NEW, "lang": request.LANGUAGE_CODE, "department": mine}
    return _form(request, None, data, errors)


@page("notices.robots")
def robot(request: Asked, pk: Any) -> HttpResponse:
    """Change a robot; its address is never shown, an empty field leaves it as it is."""
    row: Robot = Robot.objects.select_related("hotel").pick(request.hotel.pk, pk)
    if row.ended_at is not None:
        raise Missing("no such robot")
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            actions.change_robot(
                row, given=reading.as_given(request.POST), version=int(version) if version.isdecimal() and len(version) < 9 else 0,
                by=request.actor, now=request.now,
            )
        except Invalid as wrong:
            errors = wrong.errors
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("notices:robots"))
    kept = {name: getattr(row, name) for name in ("name", "vendor", "department", "lang", "late", "soon", "other")}
    kept |= {"digest_at": f"{row.digest_at:%H:%M}", "plain": row.plain and "on", "personal": row.personal and "on"}
    return _form(request, row, request.POST if request.method == "POST" else kept, errors)


def _form(request: Asked, row: Robot | None, data: Any, errors: dict[str, list[str]]) -> HttpResponse:
    actor = request.actor
    mine = [(key, department_name(key)) for key in DEPARTMENTS if reading.may_keep(actor, key)]
    if reading.may_keep(actor, ""):
        mine.append(("", _("Whole house")))
    context = {
        "robot": row, "data": data, "errors": errors, "mine": mine,
        "vendors": [(key, reading.vendor_name(key, request.LANGUAGE_CODE)) for key in VENDORS],
        "langs": [("zh-hans", "简体中文"), ("en", "English")], "whens": Robot.When.choices,
        "kinds": [
            ("late", _("Overdue"), errors.get("late")), ("soon", _("Time running out, somebody waits"), errors.get("soon")),
            ("other", _("Everything else"), errors.get("other")),
        ],
    }
    return render(request, "notices/robot.html", context, status=422 if errors else 200)
