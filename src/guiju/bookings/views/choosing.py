"""Choosing the client of a booking by part of the name, pinyin initials or number; works without script too."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.clients.models import Client
from guiju.clients.search import search
from guiju.house.asking import Asked
from guiju.house.doors import page

HITS = 8


@page("bookings.edit", methods=("GET",))
def client_hits(request: Asked) -> HttpResponse:
    """Clients by part of the name or pinyin initials, to choose from while typing."""
    text = request.GET.get("client", "")
    return render(request, "bookings/_client_hits.html", {"hits": hits_for(request, text), "asked": text.strip(), "chosen": ""})


def hits_for(request: Asked, text: str) -> list[Client]:
    """Clients that fit what was typed so far."""
    return search(request.actor.hotel_id, text[:60], HITS) if text.strip() else []


def chosen_client(request: Asked, form: forms.Form) -> tuple[Client | None, list[Client]]:
    """The client chosen or named exactly; otherwise those found, to choose from, and a complaint at the field."""
    text = request.POST.get("client", "").strip()
    if not text:
        return None, []
    rows = Client.objects.of(request.actor.hotel_id).filter(merged_into__isnull=True)
    row = rows.filter(number__iexact=text.split(" ")[0][:20]).first() or rows.filter(name=text).first()
    hits = [] if row else hits_for(request, text)
    chosen = getattr(form, "cleaned_data", {}).get("client_pk")
    if row is None and chosen:
        row = next((one for one in hits if one.pk == chosen), None)
    if row is None:
        missing = _("No such client. Open a file for it first, or type less of the name.")
        form.add_error("client", _("Choose the client below.") if hits else missing)
    return row, hits
