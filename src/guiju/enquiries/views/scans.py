"""Scans on the desk: the picture of a page set upright, and whether its words are there yet."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from guiju.enquiries.models import Enquiry
from guiju.enquiries.scan_words import shown_of
from guiju.enquiries.scans import Scan
from guiju.enquiries.views.originals import served
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.papers.models import StoredFile


@page("enquiries.view", methods=("GET",))
def sheet(request: Asked, pk: UUID, order: int, sheet: int) -> HttpResponse:
    """The picture of one page of a scan, as it was read."""
    row: Enquiry = Enquiry.objects.pick(request.hotel.pk, pk)
    scan = Scan.objects.of(row.hotel_id).filter(message_id=row.message_id, order=order).first()
    ids = scan.pictures if scan is not None else []
    return served(request, StoredFile.objects.pick(row.hotel_id, ids[sheet - 1]) if 0 < sheet <= len(ids) else None)


@page("enquiries.view", methods=("GET",))
def state(request: Asked, pk: UUID) -> HttpResponse:
    """Whether the scan's words are there: a line that the desk asks for now and then."""
    row: Enquiry = Enquiry.objects.select_related("message").pick(request.hotel.pk, pk)
    return render(request, "enquiries/_scan_state.html", {"enquiry": row, "scan": shown_of(row.message, ()), "asked": True})
