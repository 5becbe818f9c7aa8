"""What a copy's link in a chat opens on a phone: name and PIN first, then this copy, to read and to sign, and nothing else."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.house import signing_in, tablets
from guiju.house.actions import try_pin
from guiju.house.asking import Asked
from guiju.house.doors import public
from guiju.house.middleware import address_of
from guiju.house.naming import department_name
from guiju.papers import actions, phone, queries
from guiju.papers.forms import lines_for
from guiju.papers.models import PhoneLink
from guiju.papers.sheets import sheet_of
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Refusal


@public
def copy(request: Asked, token: str) -> HttpResponse:
    """One copy on a phone, for somebody of its department."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "POST"))
    link = phone.recognise(token, request.now)
    if link is None:
        return _private(render(request, "papers/phone.html", {"dead": True}, status=404))
    with timezone.override(link.hotel.zone):
        return _private(_answer(request, link))


def _private(response: HttpResponse) -> HttpResponse:
    # no "no-referrer" here: a browser would send its form with Origin null, and the door against forged forms would shut;
    # the site's own policy (same-origin) tells the address to nobody else either
    response["Cache-Control"], response["X-Robots-Tag"] = "no-store", "noindex, nofollow"
    return response


def _answer(request: Asked, link: PhoneLink) -> HttpResponse:
    opened, what, error = phone.who(request, link, request.now), request.POST.get("what", ""), ""
    if request.method == "POST" and what == "close":
        response = HttpResponseRedirect(phone.path_of(link.pk))
        phone.let_out(response, link)
        return response
    if request.method == "POST" and opened is None:
        return _let_in(request, link)
    if request.method == "POST" and opened is not None and what == "sign":
        try:
            actions.sign_for(link.copy, by=opened.actor, now=request.now)
        except Refusal as refusal:
            error = refusal.message
        else:
            return HttpResponseRedirect(phone.path_of(link.pk))
    if opened is None:
        return _door(request, link)
    link.copy.refresh_from_db()
    line = queries.lines_of(link.hotel_id, [link.copy], request.now)[0]
    on = timezone.localtime(request.now).date()
    may = queries.receivers_of(link.hotel_id, [link.copy.department], on).get(link.copy.department, [])
    context = {
        "copy": link.copy, "number": link.copy.paper.number, "line": line,
        "sheet": sheet_of(link.copy, hotel=link.hotel, lang=request.LANGUAGE_CODE), "error": error,
        "opened": opened.person, "i_sign": any(pk == opened.person.pk for pk, _name in may), "who_signs": [name for _pk, name in may],
        "hotel_name": link.hotel.name, "form": queries.form_name(link.copy.paper.kind), "department": department_name(link.copy.department),
        "duty": line.duty, "now": request.now,
        "facts": lines_for(
            link.copy.paper.kind, link.copy.revision.content, link.copy.department, lang="en" if queries.in_english() else "zh"
        ),
    }
    return render(request, "papers/phone.html", context, status=409 if error else 200)


def _let_in(request: Asked, link: PhoneLink) -> HttpResponse:
    """Name and six digits; the same words whatever was wrong, and the same work for a name nobody has."""
    name, pin = request.POST.get("name", "").strip()[:60], request.POST.get("pin", "").strip()[:20]
    try:
        tried = signing_in.attempt(f"link:{link.pk}", address=address_of(request), now=request.now)
    except signing_in.TooMany as many:
        return _door(request, link, many.message, name, many.status)
    found = tablets.named(link.hotel_id, link.copy.department, name)
    person = None
    if found is None:
        signing_in.pretend(pin)
    else:
        person = try_pin(link, person=found, pin=pin, by=the_clock(link.hotel_id, via="phone"), now=request.now)
    if person is None:
        phone.count_wrong(link)
        signing_in.refuse(link.hotel, name, "pin", request.now)
        wrong = _("Name or PIN is wrong. After five wrong ones the PIN is locked until you set a new one at your own sign-in.")
        return _door(request, link, wrong, name)
    signing_in.succeeded(tried, request.now)
    response = HttpResponseRedirect(phone.path_of(link.pk))
    phone.let_in(response, link, person, request.now)
    return response


def _door(request: Asked, link: PhoneLink, error: str = "", name: str = "", status: int = 422) -> HttpResponse:
    """Before the PIN nothing of the paper is shown but what the chat has said: the department and the number."""
    context = {
        "door": True, "number": link.copy.paper.number, "department": department_name(link.copy.department), "error": error,
        "name": name, "hotel_name": link.hotel.name,
    }
    return render(request, "papers/phone.html", context, status=status if error else 200)
