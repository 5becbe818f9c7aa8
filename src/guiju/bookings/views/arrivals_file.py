"""The PMS's arrivals file read in: first what would happen, row by row; then all of it or nothing."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.bookings.actions.arriving import Told, take_arrivals
from guiju.bookings.arrivals_sheet import NUMBER, STATUS, told_from
from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.shelf.errors import Invalid
from guiju.shelf.tables import parse

READ = "guiju.bookings.arrivals-read"
SHOWN = 500


@page("bookings.arrivals", once=False)
def arrivals_file(request: Asked) -> HttpResponse:
    """Read an xlsx or csv of the PMS, show what each row would do, and take it."""
    context: dict[str, Any] = {"errors": {}, "heads": (NUMBER[0], STATUS[0])}
    status = 200
    try:
        if request.POST.get("read"):
            return answer_once(request, lambda: _take(request))
        if request.method == "POST":
            file = request.FILES.get("file")
            if file is None or isinstance(file, list):
                raise Invalid(errors={"file": [_("Choose a file.")]})
            rows = told_from(parse(file.read(), file.name or ""))
            context |= dry(request, rows)
            status = 422 if context["bad"] else 200
    except Invalid as wrong:
        context["errors"], status = wrong.errors, 422
    return render(request, "bookings/arrivals_file.html", context, status=status)


def dry(request: Asked, rows: list[Told]) -> dict[str, Any]:
    """What would happen: the very step, taken back."""
    with transaction.atomic():
        with suppress(Invalid):  # each row carries what is wrong with it
            take_arrivals(request.hotel, rows=rows, by=request.actor, now=request.now)
        transaction.set_rollback(True)
    bad = [told for told in rows if told.wrong]
    new = sum(told.outcome == "done" for told in rows)
    kept = "" if bad else signing.dumps([[told.row, told.number, told.what] for told in rows], salt=READ, compress=True)
    shown = bad or rows
    return {"rows": shown[:SHOWN], "more": max(0, len(shown) - SHOWN), "bad": len(bad), "new": new, "read": kept, "total": len(rows)}


def _take(request: Asked) -> HttpResponse:
    try:
        kept = signing.loads(request.POST["read"], salt=READ, max_age=3600)
    except signing.BadSignature:
        raise Invalid(errors={"file": [_("Please send the file again.")]}) from None
    rows = [Told(row, number, what) for row, number, what in kept]
    many = take_arrivals(request.hotel, rows=rows, by=request.actor, now=request.now)
    messages.success(request, _("%(many)s bookings marked.") % {"many": many})
    return HttpResponseRedirect(reverse("bookings:arrivals"))
