"""Is the standard followed: the figures, the lists behind them, the coverage of the manual, and all of it on one printed page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from guiju.compliance import behind, carrying, coverage, forms, pages, printing
from guiju.compliance.counting import midnight
from guiju.compliance.figures import whole
from guiju.compliance.reading import Reading
from guiju.duties import records
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.facts import DEPARTMENTS, POSTS
from guiju.house.lists import downloaded
from guiju.house.models import Person
from guiju.shelf import registry
from guiju.shelf.actor import Actor


def _zone(request: Asked) -> ZoneInfo:
    return ZoneInfo(request.hotel.zone)


def _asked(request: Asked) -> forms.Asked:
    return forms.read(request.GET, request.now.astimezone(_zone(request)).date())


def _around(request: Asked, asked: forms.Asked, offered: dict[str, Any] | None = None) -> dict[str, Any]:
    """What stands above every list: the period, the choices, what was wrong."""
    offered = choices(request.actor, request.now) if offered is None else offered
    ask, zone = asked.ask, _zone(request)
    return {
        "ask": ask, "period": asked.period, "errors": asked.errors, "first": midnight(ask.first, zone),
        "last": midnight(ask.last, zone) - timedelta(seconds=1), "given": request.GET, **offered,
    }


def choices(actor: Actor, now: datetime) -> dict[str, Any]:
    """Whose figures may be asked for: everybody's, a manager's departments and people, or nobody's but one's own."""
    if not pages.names_people(actor):
        return {}
    place = 1 if pages.lang() == "en" else 0
    everything = actor.may("compliance.all")
    departments = {key: words[place] for key, words in DEPARTMENTS.items() if everything or key in actor.departments}
    posts = {key: words[place + 1] for key, words in POSTS.items() if words[0] in departments and key != "administrator"}
    people = Person.objects.filter(appointments__hotel=actor.hotel_id, appointments__post__in=posts).distinct().order_by("name")
    return {"departments": departments, "posts": posts, "people": list(people.only("pk", "name"))}


def _names(offered: dict[str, Any]) -> dict[UUID, str]:
    return {one.pk: one.name for one in offered.get("people", ())}


@page("compliance.view", methods=("GET",))
def compliance(request: Asked) -> HttpResponse:
    """Per clause: met, late, missed, waived; the trend; and the evidence behind every number."""
    asked = _asked(request)
    status, worst = request.GET.get("status", ""), request.GET.get("sort") == "worst"
    chosen, away = asked.ask.clause, bool(request.GET.get("export"))
    offered = choices(request.actor, request.now)
    made = pages.page(
        request.actor, forms.replace_clause(asked.ask), request.now, _zone(request), chosen=chosen, status=status, worst=worst,
        most=behind.MOST if away else behind.PAGE, names=_names(offered),
    )
    if away and made.behind:
        return downloaded(request, made.behind.rows, carrying.BEHIND, f"compliance-{chosen}")
    if away:
        return downloaded(request, made.table, carrying.TABLE, "compliance")
    shown = {"page": made, "status": status, "worst": worst, **_around(request, asked, offered)}
    return render(request, "compliance/compliance.html", shown, status=422 if asked.errors else 200)


class _Counted:
    """A list that is read a page at a time and knows its length from the figures."""

    def __init__(self, length: int, read: Callable[[int, int], list[behind.One]]) -> None:
        self.length, self.read = length, read

    def count(self) -> int:
        return self.length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, part: slice) -> list[behind.One]:
        return self.read(part.start or 0, (part.stop or self.length) - (part.start or 0))


@page("compliance.view", methods=("GET",))
def listed(request: Asked) -> HttpResponse:
    """The list behind a number: its duties, each with its evidence."""
    asked, zone = _asked(request), _zone(request)
    result = request.GET.get("status", "all")
    result = result if result in behind.RESULTS else "all"
    longest = request.GET.get("sort") == "took"
    result = "done" if longest else result
    reading = Reading(request.actor, asked.ask, request.now, zone)
    figure = whole(reading.by_day().values())

    offered = choices(request.actor, request.now)

    def read(first: int, most: int) -> list[behind.One]:
        return behind.listed(
            reading, asked.ask, result=result, figure=figure, first=first, most=most, longest=longest, known=_names(offered)
        )

    if request.GET.get("export"):
        return downloaded(request, read(0, behind.MOST), carrying.BEHIND, f"compliance-{result}")
    number = behind.number(figure, result)
    counted: Any = _Counted(number, read)
    pager = Paginator(counted, behind.PAGE).get_page(request.GET.get("page"))
    clause = behind.clause_of(request.actor, asked.ask.clause) if asked.ask.clause else None
    shown = {
        "pager": pager, "rows": list(pager), "number": number, "result": result, "words": behind.WORDS[result], "longest": longest,
        "clause": clause, "text": clause.text[pages.lang()] if clause else "", **_around(request, asked, offered),
        "results": [(name, behind.WORDS[name], behind.number(figure, name)) for name in pages.STATUSES if behind.number(figure, name)],
    }
    return render(request, "compliance/list.html", shown, status=422 if asked.errors else 200)


@page("compliance.view", methods=("GET",))
def written(request: Asked) -> HttpResponse:
    """Whether what clauses ask to be written down is there, one kind of record at a time, and where something is missing."""
    asked = _asked(request)
    kinds = records.asked_of(request.actor, request.now)
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else next((name for name, clauses in kinds.items() if asked.ask.clause in {one.id for one in clauses}), "")
    kind = kind or next(iter(kinds), "")
    found = records.of_period(request.actor, asked.ask.first, asked.ask.last, request.now, one_kind=kind) if kind else {}
    lines = [(clause, clause.text[pages.lang()], found.get(clause.id) or records.Completeness()) for clause in kinds.get(kind, ())]
    missing = [gap for clause, _text, figure in lines for gap in figure.gaps if asked.ask.clause in ("", clause.id)]
    if request.GET.get("export"):
        return downloaded(request, _with_titles(request.actor, missing[: behind.MOST]), carrying.GAPS, f"records-{kind}")
    pager = Paginator(missing, behind.PAGE).get_page(request.GET.get("page"))
    shown = {
        "kind": kind, "kinds": [(name, registry.records[name].label) for name in kinds], "lines": lines, "pager": pager,
        "gaps": _with_titles(request.actor, list(pager)), "on_records": True, **_around(request, asked, {}),
    }
    return render(request, "compliance/records.html", shown, status=422 if asked.errors else 200)


def _with_titles(actor: Actor, gaps: list[records.Judged]) -> list[dict[str, str]]:
    titles = registry.titles(actor.hotel_id, [one.subject for one in gaps], actor)
    told = [(one, titles.get(one.subject, (one.subject[1], ""))) for one in gaps]
    return [{"clause": one.clause, "title": title, "url": url, "missing": one.lacking} for one, (title, url) in told]


@page("compliance.view", methods=("GET",))
def gates(request: Asked) -> HttpResponse:
    """The steps that were let pass a clause, with who, when and why."""
    asked = _asked(request)
    rows = behind.gates_listed(request.actor, asked.ask, request.now, _zone(request))
    if request.GET.get("export"):
        return downloaded(request, rows, carrying.GATES, "gates-waived")
    return render(
        request, "compliance/gates.html", {"rows": rows, **_around(request, asked)}, status=422 if asked.errors else 200
    )


@page("compliance.view", methods=("GET",))
def covered(request: Asked) -> HttpResponse:
    """How each clause of the manual is carried, and which left no record this quarter."""
    found = coverage.of_hotel(request.hotel.pk, request.now, _zone(request))
    how = request.GET.get("how", "")
    rows = [
        one for one in found.all
        if how not in (*coverage.WORDS, "silent") or (one.recorded is False if how == "silent" else one.how == how)
    ]
    if request.GET.get("export"):
        return downloaded(request, rows, carrying.COVERAGE, "coverage")
    counts = [(name, coverage.WORDS[name], number) for name, number in found.counts.items()]
    return render(request, "compliance/coverage.html", {"coverage": found, "counts": counts, "rows": rows, "how": how})


@page("compliance.view", methods=("GET",))
def printed(request: Asked) -> HttpResponse:
    """The report on one page of A4."""
    asked = _asked(request)
    everything = forms.replace_clause(asked.ask)
    made = pages.page(request.actor, everything, request.now, _zone(request), worst=request.GET.get("sort") == "worst")
    response = HttpResponse(printing.report(request.hotel, everything, made, request.actor, request.now), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="compliance-{asked.ask.first}-{asked.ask.until}.pdf"'
    return response
