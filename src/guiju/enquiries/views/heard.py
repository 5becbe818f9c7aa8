"""What came back on a request: read, made a request of its own, its file and what hung on it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.enquiries import actions
from guiju.enquiries.models import Attachment, Message
from guiju.enquiries.views.originals import served
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.shelf.errors import Missing


def _message(request: Asked, pk: UUID) -> Message:
    found: Message = Message.objects.select_related("file", "hotel", "answers__hotel").pick(request.hotel.pk, pk)
    if found.answers_id is None:
        raise Missing("no letter on a request")
    return found


@page("enquiries.handle", methods=("POST",))
def seen(request: Asked, pk: UUID) -> HttpResponse:
    """It is read and needs nothing more."""
    row = actions.see_message(_message(request, pk), by=request.actor, now=request.now)
    return HttpResponseRedirect(reverse("enquiries:enquiry", args=[row.answers_id]) + "#heard")


@page("enquiries.handle", methods=("POST",))
def split(request: Asked, pk: UUID) -> HttpResponse:
    """It is a request of its own."""
    fresh = actions.split_message(_message(request, pk), by=request.actor, now=request.now)
    messages.success(request, _("It is %(number)s now, with its own clock since it arrived.") % {"number": fresh.number})
    return HttpResponseRedirect(reverse("enquiries:enquiry", args=[fresh.pk]))


@page("enquiries.view", methods=("GET",))
def original(request: Asked, pk: UUID) -> HttpResponse:
    """The mail as it came."""
    return served(request, _message(request, pk).file)


@page("enquiries.view", methods=("GET",))
def attachment(request: Asked, pk: UUID, order: int) -> HttpResponse:
    """A file that hung on it."""
    row = Attachment.objects.of(request.hotel.pk).select_related("file").filter(message=_message(request, pk), order=order).first()
    return served(request, row.file if row is not None else None)
