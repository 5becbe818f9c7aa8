"""Originals as they came: pictures and PDF in the page, all else as a download; card numbers never readable."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from guiju.enquiries.masked import masked_copy
from guiju.enquiries.models import Attachment, Enquiry
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.papers.files import read_back
from guiju.papers.models import StoredFile
from guiju.shelf.errors import Missing

INLINE = {"image/png", "image/jpeg", "application/pdf"}


@page("enquiries.view", methods=("GET",))
def original(request: Asked, pk: UUID, sheet: int = 0) -> HttpResponse:
    """The original of a request, or the picture of one of its pages."""
    row = _enquiry(request, pk)
    file = row.message.file if row.message is not None else None
    if sheet and row.message is not None:
        ids = row.message.pages
        file = StoredFile.objects.pick(row.hotel_id, ids[sheet - 1]) if sheet <= len(ids) else None
    return served(request, file)


@page("enquiries.view", methods=("GET",))
def attachment(request: Asked, pk: UUID, order: int) -> HttpResponse:
    """A file that hung on the mail of a request."""
    row = _enquiry(request, pk)
    mail = row.message.parent or row.message if row.message is not None else None
    found = Attachment.objects.of(row.hotel_id).select_related("file").filter(message=mail, order=order).first() if mail else None
    return served(request, found.file if found is not None else None)


def _enquiry(request: Asked, pk: UUID) -> Enquiry:
    rows = Enquiry.objects.select_related("message__file", "message__parent")
    found: Enquiry = rows.pick(request.hotel.pk, pk)
    return found


def served(request: Asked, file: StoredFile | None) -> HttpResponse:
    """The file, never run by the browser; of a sealed one a copy in words with card numbers struck out."""
    if file is None or file.quarantined:
        raise Missing("no original")
    if file.is_sealed:
        name = _("%(name)s - card numbers struck out.txt") % {"name": file.name}
        return _answer(masked_copy(file).encode(), "application/octet-stream", "attachment", name)
    inline = file.mime in INLINE and "download" not in request.GET
    mime = file.mime if inline else "application/octet-stream"
    return _answer(read_back(file), mime, "inline" if inline else "attachment", file.name)


def _answer(body: bytes, mime: str, place: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=mime)
    response["Content-Disposition"] = f"{place}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-store"
    return response
