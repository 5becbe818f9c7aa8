"""Series groups: one contract, many dates; entered at once, seen together, changed one by one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.bookings import actions, queries
from guiju.bookings.models import Series
from guiju.bookings.series_forms import SeriesEntry, series_entry
from guiju.bookings.views.choosing import chosen_client, hits_for
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import downloaded
from guiju.shelf.errors import Invalid, NoRoom


@page("bookings.view", methods=("GET",))
def all_series(request: Asked) -> HttpResponse:
    """The series with their first and last dates, latest first."""
    rows = queries.series_list(request.actor.hotel_id)
    if request.GET.get("export"):
        columns = [
            (_("Number"), "number"), (_("Name"), "name"), (_("Client"), "client.name"), (_("Dates"), "dates"), (_("First"), "first_on"),
            (_("Last"), "last_on"),
        ]
        return downloaded(request, rows, columns, "series")
    return render(request, "bookings/series_list.html", {"rows": rows, "may_edit": request.actor.may("bookings.edit")})


@page("bookings.view", methods=("GET",))
def series(request: Asked, pk: Any) -> HttpResponse:
    """All dates of one series together, each leading to its booking."""
    row = Series.objects.select_related("client", "agreement").pick(request.actor.hotel_id, pk)
    stays = queries.stays_of(row)
    if request.GET.get("export"):
        return downloaded(request, stays, queries.stay_columns(), row.number)
    may = {name: request.actor.may(f"bookings.{name}") for name in ("edit", "cancel")}
    live = [one for one in stays if one.state in ("tentative", "confirmed", "arrived")]
    return render(request, "bookings/series.html", {
        "series": row, "stays": stays, "may": may, "total": sum(one.total for one in live), "live": len(live),
        "may_client": request.actor.may("clients.view"),
    })


@page("bookings.edit")
def new_series(request: Asked) -> HttpResponse:
    """Enter a series: the dates, and what is the same for all of them; all are held or none."""
    hotel_id = request.actor.hotel_id
    zone, now = request.hotel.zone, request.now
    if request.method == "GET":
        return _page(request, series_entry(None, hotel_id=hotel_id, zone=zone, now=now))
    entry = series_entry(request.POST, hotel_id=hotel_id, zone=zone, now=now, more=request.POST.get("more", ""))
    if request.POST.get("more"):
        entry.leave_unchecked()
        return _page(request, entry, hits=hits_for(request, request.POST.get("client", "")))
    good = entry.is_valid()
    client, hits = chosen_client(request, entry.form)
    if good and client is None and not entry.form.errors:
        entry.form.add_error("client", entry.form.fields["client"].error_messages["required"])
    if good and not entry.errors and client is not None:
        try:
            made, _stays = actions.create_series(
                request.hotel, client=client, **entry.values(), by=request.actor, now=now
            )
        except Invalid as wrong:
            entry.complain(wrong)
        except NoRoom as short:
            return _page(request, entry, hits=hits, shortage=short.details.get("shortage", ()), status=409)
        else:
            return HttpResponseRedirect(reverse("bookings:series", args=[made.pk]))
    return _page(request, entry, hits=hits, status=422)


def _page(request: Asked, entry: SeriesEntry, *, hits: Any = (), shortage: Any = (), status: int = 200) -> HttpResponse:
    short = [{"type": kind.shown, "night": night, "left": left, "wanted": wanted} for kind, night, left, wanted in shortage]
    return render(request, "bookings/series_new.html", {
        "entry": entry, "form": entry.form, "parts": entry.rows, "hits": hits, "asked": request.POST.get("client", "").strip(),
        "chosen": request.POST.get("client_pk", ""), "shortage": short,
    }, status=status)
