"""A department's part of what comes: phone first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from guiju.events import queries
from guiju.house.asking import Asked
from guiju.house.doors import page


@page("events.part", methods=("GET",))
def mine(request: Asked) -> HttpResponse:
    """The events of the next two weeks, with what my department has to do for each."""
    today = timezone.localtime(request.now).date()
    parts = queries.parts_of(request.actor, today, request.LANGUAGE_CODE)
    return render(request, "events/mine.html", {"parts": parts, "today": today, "days": queries.AHEAD})
