"""Taking requests in by hand: a file or pasted text, and the note of a telephone call."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.enquiries import actions
from guiju.enquiries.models import Enquiry
from guiju.house.doors import answer_once, page
from guiju.reading.airlock import MAX_BYTES
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid

CALL = ("client", "contact", "phone", "arrival", "departure", "persons", "rooms", "payment", "reply_to", "requests")


def _given(request: HttpRequest) -> list[tuple[str, bytes]]:
    files = [(file.name or "file", file.read(MAX_BYTES + 1)) for file in request.FILES.getlist("files")[:20]]
    words = request.POST.get("text", "").strip()
    return files + ([("text.txt", words.encode())] if words else [])


@page("enquiries.intake", once=False)
def take_in_page(request: HttpRequest) -> HttpResponse:
    """Drop files or paste text; each becomes a request, or is refused with the reason."""
    actor, now = request.actor, request.now  # type: ignore[attr-defined]
    if request.method != "POST":
        return render(request, "enquiries/intake.html", {"channels": CHANNELS})
    given = _given(request)
    if not given:
        return render(request, "enquiries/intake.html", {"error": _("Choose a file or paste the text."), "channels": CHANNELS}, status=422)
    channel = request.POST.get("channel") if request.POST.get("channel") in dict(CHANNELS) else None

    def step() -> HttpResponse:
        outcomes: list[dict[str, Any]] = []
        for name, data in given:
            found = actions.take_in(
                request.hotel, data=data, filename=name, sender=request.POST.get("sender", "").strip()[:200], channel=channel,  # type: ignore[attr-defined]
                by=actor, now=now,
            )
            outcomes += [{"file": name, **one} for one in found]
        numbers = [one["enquiry"] for one in outcomes if one["enquiry"]]
        pages = dict(Enquiry.objects.of(actor.hotel_id).filter(number__in=numbers).values_list("number", "pk"))
        if len(outcomes) == 1 and numbers:
            return HttpResponseRedirect(reverse("enquiries:enquiry", args=[pages[numbers[0]]]))
        for one in outcomes:
            one["pk"] = pages.get(one["enquiry"])
        kept = {"text": request.POST.get("text", "")} if any(one["status"] == "refused" for one in outcomes) else {}
        return render(request, "enquiries/intake.html", {"outcomes": outcomes, "channels": CHANNELS, "data": kept})

    return answer_once(request, step)


CHANNELS = (("fax", "Fax"), ("mail", "E-mail"), ("letter", "Letter"), ("wechat", "WeChat"))


@page("enquiries.intake")
def phone(request: HttpRequest) -> HttpResponse:
    """Note a call while speaking: the questions to ask, in order."""
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        values = {name: request.POST.get(name, "") for name in (*CALL, "kind")}
        try:
            row = actions.note_call(
                request.hotel, caller=request.POST.get("phone", ""), words=request.POST.get("words", ""), values=values,  # type: ignore[attr-defined]
                by=request.actor, now=request.now,  # type: ignore[attr-defined]
            )
        except Invalid as wrong:
            errors = wrong.errors
        else:
            messages.success(request, _("Noted as %(number)s; it stays tentative until something written is here.") % {"number": row.number})
            return HttpResponseRedirect(reverse("enquiries:enquiry", args=[row.pk]))
    types = RoomType.objects.of(request.actor.hotel_id).filter(closed_at__isnull=True)  # type: ignore[attr-defined]
    context = {"errors": errors, "data": request.POST, "types": types}
    return render(request, "enquiries/intake_phone.html", context, status=422 if errors else 200)
