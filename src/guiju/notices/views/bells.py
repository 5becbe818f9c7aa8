"""The bell."""

from django.http import HttpResponse
from django.shortcuts import render

from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.notices.actions import see_bell
from guiju.notices.queries import bell as lines


@page("notices.view", methods=("GET", "POST"))
def bell(request: Asked) -> HttpResponse:
    """What was told to me, my posts and my department, newest first; opening a line is not recorded."""
    actor, now = request.actor, request.now
    items = lines(actor, now)
    if request.method == "POST":
        see_bell(actor, now=now)
        items = lines(actor, now)
    return render(request, "notices/bell.html", {"items": items})
