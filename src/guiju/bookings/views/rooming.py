"""The rooming list: pasted or sent as a file, looked at before it is saved."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.bookings import actions, lines, rooming
from guiju.bookings.views.editing import clash_of, say_what_waits
from guiju.bookings.views.reading import found
from guiju.bookings.words import GENDER_NAMES
from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.shelf.errors import Conflict, Invalid
from guiju.shelf.tables import FORMATS, MAX_BYTES, export


@page("bookings.edit", once=False)
def rooming_list(request: Asked, pk: Any) -> HttpResponse:
    """The rooming list: a look at what was read first, then saved; a newer list is never overwritten unseen."""
    booking = found(request, pk)
    types = lines.all_types(booking.hotel_id)
    if request.method == "GET":
        guests = lines.guest_shapes(booking)
        if request.GET.get("template") in FORMATS:
            return export(guests, rooming.columns(types), f"rooming-{booking.number}", request.GET["template"])  # type: ignore[return-value]
        return _page(request, booking, {"words": rooming.as_text(guests, types), "version": booking.version})
    version = request.POST.get("version", "")
    upload = request.FILES.get("file")
    reading = _uploaded(upload, types) if upload is not None else rooming.read_text(request.POST.get("lines", ""), types)
    if upload is None and not request.POST.get("lines", "").strip():
        reading.problem = _("Paste the list or choose a file.")
    words = reading.text if upload is not None and reading.rows else request.POST.get("lines", "")
    context = {"words": words, "version": version, "reading": reading, "seen": _seen(reading, types), "remarks": rooming.remarks_on(reading, booking)}
    if not version.isdecimal() or len(version) > 9:
        reading.problem = reading.problem or _("Open the page again: it does not say which list you changed.")
    if not reading.is_good:
        return _page(request, booking, context, 422)
    if upload is not None or request.POST.get("look"):
        return _page(request, booking, context)

    def step() -> HttpResponse:
        done = actions.change(booking, version=int(version), fields={"guests": reading.guests}, by=request.actor, now=request.now)
        say_what_waits(request, done)
        return HttpResponseRedirect(reverse("bookings:people", args=[pk]) + "#rooming")

    try:
        return answer_once(request, step)
    except Conflict as clash:
        booking = found(request, pk)
        return _page(request, booking, context | {"clash": clash_of(booking, clash), "version": clash.details["version"]}, 409)
    except Invalid as wrong:
        reading.problem = " ".join(text for texts in wrong.errors.values() for text in texts)
        return _page(request, booking, context, 422)


def _uploaded(upload: Any, types: Any) -> rooming.Reading:
    if (upload.size or 0) > MAX_BYTES:
        return rooming.Reading(problem=_("The file is larger than %(mb)s MB.") % {"mb": MAX_BYTES // 1024 // 1024})
    return rooming.read_file(upload.read(), upload.name or "list", types)


def _seen(reading: rooming.Reading, types: Any) -> list[dict[str, Any]]:
    """What was read, row by row as it would be kept, with what is wrong in it."""
    return [
        {
            "number": number, "guest": guest, "gender": GENDER_NAMES.get(guest.gender, row.get("gender", "")),
            "type": types[guest.room_type_id].shown if guest.room_type_id else row.get("room_type", ""), "errors": reading.errors.get(number, []),
        }
        for (number, row), guest in zip(reading.rows[:rooming.MOST], reading.guests, strict=False)
    ]


def _page(request: Asked, booking: Any, context: dict[str, Any], status: int = 200) -> HttpResponse:
    known = {"booking": booking, "heads": list(rooming.HEADS.values()), "formats": FORMATS}
    return render(request, "bookings/rooming.html", known | context, status=status)
