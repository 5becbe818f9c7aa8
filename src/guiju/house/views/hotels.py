"""Somebody with posts in several hotels goes from one to the other; his rights are those of the hotel he is in."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from guiju.house import second_step, signing_in
from guiju.house.acting import acting
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.naming import post_name
from guiju.house.views.entrance import after
from guiju.shelf.errors import Missing


@page("house.sessions", once=False)
def hotels(request: Asked) -> HttpResponse:
    """The hotels in which I have a post; go into another one."""
    person, now = request.person, request.now
    mine = signing_in.hotels_of(person, now)
    if request.method == "POST":
        chosen = next((one for one in mine if str(one.pk) == request.POST.get("hotel")), None)
        if chosen is None:
            raise Missing("no such hotel")
        needs_code = second_step.required(acting(person, chosen, now=now), chosen)
        if needs_code and not request.session.get(signing_in.CODE_GIVEN):
            secret = None if second_step.unseal(person) else second_step.fresh()
            signing_in.wait_for_code(request, person, chosen, secret=secret, target="", now=now)
            return HttpResponseRedirect(reverse("house:second_step"))
        signing_in.open_session(request, person, chosen, how="hotel", now=now)
        return after(request, person, chosen, "")
    rows = [
        (one, [post_name(post) for post in sorted(acting(person, one, now=now).posts)], one.pk == request.hotel.pk) for one in mine
    ]
    return render(request, "house/hotels.html", {"rows": rows})
