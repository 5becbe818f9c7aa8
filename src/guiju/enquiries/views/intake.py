"""Taking requests in by hand: a file or pasted text, and the note of a telephone call."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiju.enquiries import actions
from guiju.enquiries.incoming import prepare
from guiju.enquiries.models import Enquiry
from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.reading.airlock import MAX_BYTES
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid

CALL = ("client", "contact", "phone", "arrival", "departure", "persons", "rooms", "payment", "reply_to", "requests")


MOST_FILES = 20
MOST_BYTES = 100 * 1024 * 1024
# What the airlock says, for people; other reasons (of a standard message) are shown as they are.
REFUSED = {
    "empty": gettext_noop("The file is empty."),
    "too_large": gettext_noop("The file is too large, or unpacks to too much."),
    "broken": gettext_noop("The file is damaged and cannot be opened."),
    "hostile": gettext_noop("The file is damaged or not what it says."),
    "unknown": gettext_noop("This kind of file is not taken: send PDF, a picture, .eml, XML, HTML or text."),
}


def _given(request: Asked) -> list[tuple[str, str, bytes]]:
    """What was sent: (field, name, bytes) of each file, and of the pasted text. Raises Invalid for too many."""
    uploads = request.FILES.getlist("files")
    if len(uploads) > MOST_FILES:
        raise Invalid(errors={"files": [_("At most %(n)s files at once, please.") % {"n": MOST_FILES}]})
    if sum(file.size or 0 for file in uploads) > MOST_BYTES:
        raise Invalid(errors={"files": [_("Too much at once: send the files in several goes.")]})
    files = [("files", file.name or "file", file.read(MAX_BYTES + 1)) for file in uploads]
    words = request.POST.get("text", "").strip()
    found = files + ([("text", "text.txt", words.encode("utf-8", "replace"))] if words else [])
    if not found:
        raise Invalid(errors={"files": [_("Choose a file or paste the text.")]})
    return found


@page("enquiries.intake", once=False)
def take_in_page(request: Asked) -> HttpResponse:
    """Drop files or paste text; each becomes a request. One that cannot be taken stops all of them, with the reason beside its field."""
    actor, now = request.actor, request.now
    hotel = request.hotel
    if request.method != "POST":
        return _form(request)
    channel = request.POST.get("channel") if request.POST.get("channel") in dict(CHANNELS) else None
    sender = request.POST.get("sender", "").strip()[:200]
    try:
        given = _given(request)
    except Invalid as wrong:
        return _form(request, errors=wrong.errors)
    opened = [(field, prepare(hotel, data=data, filename=name, sender=sender, channel=channel, now=now)) for field, name, data in given]
    errors: dict[str, list[str]] = {}
    for field, one in opened:
        if one.refused:
            actions.receive(hotel, prepared=one, by=actor, now=now)
            errors.setdefault(field, []).append(f"{one.filename}: {_why(*one.refused)}" if field == "files" else _why(*one.refused))
    if errors:
        if len(given) > 1:
            errors.setdefault("", []).append(_("Nothing of this was taken in. Leave out what is refused and send the rest again."))
        return _form(request, errors=errors)

    def step() -> HttpResponse:
        outcomes = [
            {"file": one.filename, **outcome} for _field, one in opened for outcome in actions.receive(hotel, prepared=one, by=actor, now=now)
        ]
        numbers = [one["enquiry"] for one in outcomes if one["enquiry"]]
        pages = dict(Enquiry.objects.of(actor.hotel_id).filter(number__in=numbers).values_list("number", "pk"))
        if len(outcomes) == 1 and outcomes[0]["status"] == "accepted":
            return HttpResponseRedirect(reverse("enquiries:enquiry", args=[pages[numbers[0]]]))
        for one in outcomes:
            one["pk"] = pages.get(one["enquiry"])
        return render(request, "enquiries/intake.html", {"outcomes": outcomes, "channels": CHANNELS})

    return answer_once(request, step)


def _why(code: str, message: str) -> str:
    return _(REFUSED[code]) if code in REFUSED else message


def _form(request: Asked, *, errors: dict[str, list[str]] | None = None) -> HttpResponse:
    """The form, with what is wrong beside each field (422) and what was typed kept."""
    context = {"channels": CHANNELS, "errors": errors or {}, "general": (errors or {}).get("", ()), "data": request.POST}
    return render(request, "enquiries/intake.html", context, status=422 if errors else 200)


CHANNELS = (("fax", "Fax"), ("mail", "E-mail"), ("letter", "Letter"), ("wechat", "WeChat"))


@page("enquiries.intake")
def phone(request: Asked) -> HttpResponse:
    """Note a call while speaking: the questions to ask, in order."""
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        values = {name: request.POST.get(name, "") for name in (*CALL, "kind")}
        try:
            row = actions.note_call(
                request.hotel, caller=request.POST.get("phone", ""), words=request.POST.get("words", ""), values=values,
                by=request.actor, now=request.now,
            )
        except Invalid as wrong:
            errors = wrong.errors
        else:
            messages.success(request, _("Noted as %(number)s; it stays tentative until something written is here.") % {"number": row.number})
            return HttpResponseRedirect(reverse("enquiries:enquiry", args=[row.pk]))
    types = RoomType.objects.of(request.actor.hotel_id).filter(closed_at__isnull=True)
    context = {"errors": errors, "data": request.POST, "types": types}
    return render(request, "enquiries/intake_phone.html", context, status=422 if errors else 200)
