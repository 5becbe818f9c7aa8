"""The list of visits with its filters and saved views."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.bookings import actions as views_of_lists
from guiju.bookings.models import SavedView
from guiju.bookings.queries import views_for
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import downloaded
from guiju.shelf.errors import Invalid
from guiju.visitors import queries
from guiju.visitors.models import Visit
from guiju.visitors.words import scope_words

MOST_EXPORTED = 20_000


@page("visitors.view", methods=("GET",))
def visits(request: Asked) -> HttpResponse:
    """Visits in order of arrival; filters stand in the address."""
    wanted = queries.filters_in(request.GET)
    today = timezone.localtime(request.now).date()
    if not any(wanted.values()) and not request.GET.get("all"):
        wanted["from"] = today.isoformat()
    rows = queries.filtered(request.actor, wanted, today=today)
    if request.GET.get("export"):
        return downloaded(request, rows.select_related("handler").order_by("arrival_at", "id")[:MOST_EXPORTED], columns(), "visitors")
    return list_page(request, wanted, queries.page_of(rows, request.GET.get("after", "")))


def columns() -> list[Any]:
    """The columns of the list as a file."""
    return [
        (_("Number"), "number"), (_("Organisation"), "organisation"), (_("Kind of visitor"), lambda row: row.get_visitor_display()),
        (_("Rank of the highest guest"), lambda row: row.get_rank_display()), (_("Purpose"), lambda row: row.get_purpose_display()),
        (_("Persons"), "persons"), (_("Arrives at"), "arrival_at"), (_("Ends at"), "until_at"), (_("Grade of reception"), "grade"),
        (_("Scope of the visit"), lambda row: scope_words(row.scope)), (_("Host on our side"), "host"), (_("Looked after by"), "handler.name"),
        (_("State"), lambda row: row.get_state_display()), (_("Cost"), "cost"),
    ]


def list_page(request: Asked, wanted: dict[str, str], found: Any, *, errors: Any = None, name: str = "", status: int = 200) -> HttpResponse:
    """The list with its views; `errors` are what was wrong with saving a view."""
    actor = request.actor
    kept = {key: value for key, value in {**wanted, "all": request.GET.get("all", "")}.items() if value}
    asked = urlencode({key: value for key, value in wanted.items() if request.GET.get(key)})
    may_save = actor.may("bookings.view")  # views are kept by those who keep lists
    saved = views_for(actor, queries.LIST) if may_save else []
    built_in = [
        (_("From today"), ""), (_("To be approved"), "state=waiting"), (_("Important"), "grade=A"), (_("Mine"), "handler=me"), (_("All"), "all=1"),
    ]
    current = "all=1" if request.GET.get("all") and not asked else asked
    views = [{"label": label, "url": f"?{query}", "current": query == current} for label, query in built_in]
    views += [{"label": one.name, "url": f"?{one.query}", "current": one.query == current} for one in saved]
    return render(request, "visitors/list.html", {
        "listing": found, "wanted": wanted, "states": Visit.State.choices, "visitors": Visit.Visitor.choices, "grades": Visit.Grade.choices,
        "query": urlencode(kept), "views": views, "changed": may_save and bool(asked) and not any(view["current"] for view in views),
        "own": [one for one in saved if one.person_id == actor.person_id], "errors": errors or {}, "view_name": name, "asked": asked,
        "whens": [("today", _("today")), ("week", _("in 7 days")), ("month", _("in 30 days"))], "may_edit": actor.may("visitors.edit"),
    }, status=status)


@page("bookings.view", methods=("POST",))
def save_view(request: Asked) -> HttpResponse:
    """Save the filters under a name, for oneself or for the department."""
    query = urlencode({name: value for name, value in queries.filters_in(QueryDict(request.POST.get("query", "")[:2000])).items() if value})
    actor, name = request.actor, request.POST.get("name", "")
    share = next(iter(sorted(actor.departments)), "") if request.POST.get("share") else ""
    try:
        views_of_lists.save_view(request.hotel, page=queries.LIST, name=name, query=query, shared_with=share, by=actor, now=request.now)
    except Invalid as wrong:
        request.GET = QueryDict(query)  # type: ignore[assignment]  # the list the view is of
        wanted = queries.filters_in(request.GET)
        rows = queries.filtered(actor, wanted, today=timezone.localtime(request.now).date())
        return list_page(request, wanted, queries.page_of(rows, ""), errors=wrong.errors, name=name, status=422)
    return HttpResponseRedirect(f"{reverse('visitors:list')}?{query}")


@page("bookings.view", methods=("POST",))
def drop_view(request: Asked, pk: Any) -> HttpResponse:
    """Remove a view of one's own."""
    views_of_lists.drop_view(SavedView.objects.pick(request.actor.hotel_id, pk), by=request.actor, now=request.now)
    return HttpResponseRedirect(reverse("visitors:list"))
