"""Today, a duty with its because, the clauses, and the figures."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.duties import actions, editions, figures, queries
from guiju.duties.models import Decision, Duty, Firing
from guiju.duties.today import rows_of, today
from guiju.house.doors import page
from guiju.house.facts import DEPARTMENTS, POSTS
from guiju.house.models import Person
from guiju.logbook.models import Entry
from guiju.shelf import registry
from guiju.shelf.errors import Invalid, Missing
from guiju.shelf.words import vocabulary


@page("desk.today", methods=("GET",))
def today_page(request: HttpRequest) -> HttpResponse:
    """What I owe now, most urgent first."""
    everyone = request.GET.get("who") == "all"
    return render(request, "duties/today.html", {"today": today(request.actor, request.now, everyone=everyone), "everyone": everyone})  # type: ignore[attr-defined]


def _duty(request: HttpRequest, pk: UUID) -> Duty:
    actor, now = request.actor, request.now  # type: ignore[attr-defined]
    found = queries.with_status(queries.visible(Duty.objects.of(actor.hotel_id).filter(pk=pk), actor), now).first()
    if found is None:
        raise Missing("no such duty")
    return found


@page("duties.view", methods=("GET",))
def duty_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One duty: its clause, why it stands, its clock, what was decided, and its evidence."""
    duty = _duty(request, pk)
    words = vocabulary()
    en = request.LANGUAGE_CODE == "en"  # type: ignore[attr-defined]
    because = [
        {
            "text": text,
            "fact": (words.kinds[kind].en if en else words.kinds[kind].zh) if kind in words.kinds else kind,
            "at": datetime.fromisoformat(at),
        }
        for text, kind, at in duty.because
    ]
    entitled = actions.waivers_of(editions.in_force(duty.hotel_id, duty.opens_at), duty.clause, duty.rule)
    evidence = (
        Entry.objects.filter(hotel_id=duty.hotel_id, subjects__kind=duty.subject_kind, subjects__subject_id=duty.subject_id, at=duty.met_at).first()
        if duty.met_at
        else None
    )
    return render(
        request,
        "duties/duty.html",
        {
            "duty": duty,
            "row": rows_of(duty.hotel_id, [duty], request.now + timedelta(days=1))[0],
            "because": because,  # type: ignore[attr-defined]
            "decisions": list(Decision.objects.filter(duty=duty).order_by("at")),
            "firings": list(Firing.objects.filter(duty=duty).order_by("fired_at")),
            "evidence": evidence,
            "owner": owner_words(duty, en),
            "may_waive": bool(request.actor.posts.intersection(entitled)) and request.actor.may("duties.waive"),  # type: ignore[attr-defined]
            "may_reassign": request.actor.may("duties.reassign"),  # type: ignore[attr-defined]
            "people": Person.objects.filter(appointments__hotel=duty.hotel_id, appointments__until_at__isnull=True, is_active=True)
            .distinct()
            .order_by("name"),
            "waivers": [(POSTS[post][2] if en else POSTS[post][1]) for post in entitled if post in POSTS],
        },
    )


def owner_words(duty: Duty, en: bool) -> str:
    """Who owes it, in words."""
    if duty.owner_person_id:
        return Person.objects.filter(pk=duty.owner_person_id).values_list("name", flat=True).first() or ""
    table, key = (POSTS, duty.owner_post) if duty.owner_post else (DEPARTMENTS, duty.owner_department)
    names = table.get(key, (key, key, key))
    return names[-1] if en else names[-2]


@page("duties.waive", methods=("POST",))
def waive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Excuse a duty, with a reason."""
    duty = _duty(request, pk)
    try:
        actions.waive(duty, reason=request.POST.get("reason", ""), by=request.actor, now=request.now)  # type: ignore[attr-defined]
    except Invalid:
        messages.error(request, _("A waiver needs a reason."))
        return HttpResponseRedirect(reverse("duties:duty", args=[pk]))
    messages.success(request, _("Waived; it is counted."))
    return HttpResponseRedirect(reverse("duties:duty", args=[pk]))


@page("duties.reassign", methods=("POST",))
def reassign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a duty to another person."""
    duty = _duty(request, pk)
    to = Person.objects.filter(pk=request.POST.get("to") or None, appointments__hotel=duty.hotel_id).first()
    if to is None or len(request.POST.get("reason", "").strip()) < 2:
        messages.error(request, _("Choose a person and give a reason."))
        return HttpResponseRedirect(reverse("duties:duty", args=[pk]))
    actions.reassign(duty, to=to.pk, reason=request.POST["reason"], by=request.actor, now=request.now)  # type: ignore[attr-defined]
    messages.success(request, _("Handed to %(name)s.") % {"name": to.name})
    return HttpResponseRedirect(reverse("duties:duty", args=[pk]))


@page("duties.view", methods=("POST",))
def waive_gate(request: HttpRequest) -> HttpResponse:
    """Let one step pass a clause, with a reason, by an entitled post."""
    asked = request.POST
    kind, _sep, pk = asked.get("subject", "").partition(":")
    try:
        actions.waive_gate(
            request.hotel,
            verb_name=asked.get("verb", ""),
            clause=asked.get("clause", ""),
            rule=asked.get("rule", ""),  # type: ignore[attr-defined]
            need=asked.get("need", ""),
            subject=(kind, pk),
            reason=asked.get("reason", ""),
            by=request.actor,
            now=request.now,  # type: ignore[attr-defined]
        )
    except Invalid:
        messages.error(request, _("A waiver needs a reason."))
    else:
        messages.success(request, _("Waived once for this; take the step again."))
    back = asked.get("next", "")
    if not back.startswith("/") or back.startswith("//"):
        back = registry.titles(request.hotel.pk, [(kind, pk)]).get((kind, pk), ("", reverse("duties:today")))[1]  # type: ignore[attr-defined]
    return HttpResponseRedirect(back)


@page("standard.view", methods=("GET",))
def standard(request: HttpRequest) -> HttpResponse:
    """All clauses of the standard in force, by chapter."""
    edition = editions.in_force(request.hotel.pk, request.now)  # type: ignore[attr-defined]
    clauses = list(edition.standard.clauses.values()) if edition else []
    chapters: dict[str, list[Any]] = {}
    for clause in clauses:
        chapters.setdefault(clause.id.partition(".")[0], []).append(clause)
    return render(request, "duties/standard.html", {"chapters": chapters, "edition": edition, "lang_key": _lang_key(request)})


def _lang_key(request: HttpRequest) -> str:
    return "en" if request.LANGUAGE_CODE == "en" else "zh"  # type: ignore[attr-defined]


@page("standard.view", methods=("GET",))
def clause_page(request: HttpRequest, clause_id: str) -> HttpResponse:
    """One clause: text, rules in words, cases, and this hotel's figures."""
    edition = editions.in_force(request.hotel.pk, request.now)  # type: ignore[attr-defined]
    clause = edition.standard.clauses.get(clause_id) if edition else None
    if clause is None:
        raise Missing("no such clause")
    first, last, _name = _period(request)
    figure = figures.by_clause(request.actor, first, last, request.now).get(clause_id)  # type: ignore[attr-defined]
    cases = [case for case in edition.standard.cases if case.clause == clause_id]  # type: ignore[union-attr]
    return render(
        request,
        "duties/clause.html",
        {"clause": clause, "text": clause.text[_lang_key(request)], "cases": cases, "figure": figure, "posts": POSTS, "departments": DEPARTMENTS},
    )


def _period(request: HttpRequest) -> tuple[datetime, datetime, str]:
    zone = ZoneInfo(request.hotel.zone)  # type: ignore[attr-defined]
    local = timezone.localtime(request.now).date()  # type: ignore[attr-defined]
    name = request.GET.get("period", "month")
    try:
        first, last = date.fromisoformat(request.GET["from"]), date.fromisoformat(request.GET["until"]) + timedelta(days=1)
        name = "own"
        if last <= first or (last - first).days > 3700:
            raise ValueError
    except (KeyError, ValueError, OverflowError):
        name = name if name in ("week", "month", "quarter") else "month"
        first, last = figures.period(name, local)
    return datetime.combine(first, time(), zone), datetime.combine(last, time(), zone), name


@page("compliance.view", methods=("GET",))
def compliance(request: HttpRequest) -> HttpResponse:
    """Is the standard followed: per clause, met, late, missed, waived, and the evidence behind every number."""
    actor, now = request.actor, request.now  # type: ignore[attr-defined]
    first, last, name = _period(request)
    found = figures.by_clause(actor, first, last, now)
    edition = editions.in_force(actor.hotel_id, now)
    clauses = edition.standard.clauses if edition else {}
    chosen = request.GET.get("clause", "")
    behind = figures.behind(actor, chosen, first, last, now, request.GET.get("status", "")) if chosen in clauses else []
    lang = _lang_key(request)
    table = [
        {"id": clause.id, "chapter": clause.id.partition(".")[0], "text": clause.text[lang], "figure": found[clause.id]}
        for clause in clauses.values()
        if clause.id in found
    ]
    if request.GET.get("sort") == "worst":
        table.sort(key=lambda row: (row["figure"].rate is None, row["figure"].rate or 0))
    people = figures.names({duty.met_by_id or duty.owner_person_id for duty in behind if duty.met_by_id or duty.owner_person_id})
    return render(
        request,
        "duties/compliance.html",
        {
            "table": table,
            "total": figures.total(found),
            "first": first,
            "last": last - timedelta(seconds=1),
            "period": name,
            "silent": sorted(set(clauses) - set(found)),
            "chosen": clauses.get(chosen),
            "chosen_text": clauses[chosen].text[lang] if chosen in clauses else "",
            "behind": [
                (row, people.get(row.duty.met_by_id or row.duty.owner_person_id, ""))
                for row in rows_of(actor.hotel_id, behind, now + timedelta(days=1))
            ],
            "status": request.GET.get("status", ""),
            "query": request.GET.urlencode(),
        },
    )
