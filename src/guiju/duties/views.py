"""Today, a duty with its because, and the clauses."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guiju.duties import actions, carrying, editions, queries, saying
from guiju.duties.models import Decision, Duty, Firing
from guiju.duties.today import rows_of, today
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import downloaded
from guiju.house.models import Person
from guiju.logbook.models import Entry
from guiju.shelf import registry
from guiju.shelf.errors import Invalid, Missing


@page("desk.today", methods=("GET",))
def today_page(request: Asked) -> HttpResponse:
    """What I owe now, most urgent first."""
    everyone = request.GET.get("who") == "all"
    if request.GET.get("export"):
        return downloaded(request, carrying.owed(today(request.actor, request.now, everyone=everyone)), carrying.OWED, "today")
    return render(request, "duties/today.html", {"today": today(request.actor, request.now, everyone=everyone), "everyone": everyone})


def _duty(request: Asked, pk: UUID) -> Duty:
    actor, now = request.actor, request.now
    found = queries.with_status(queries.visible(Duty.objects.of(actor.hotel_id).filter(pk=pk), actor), now).first()
    if found is None:
        raise Missing("no such duty")
    return found


@page("duties.view", methods=("GET",))
def duty_page(request: Asked, pk: UUID) -> HttpResponse:
    """One duty: its clause, why it stands, its clock, what was decided, and its evidence."""
    return _shown(request, _duty(request, pk))


def _shown(request: Asked, duty: Duty, errors: dict[str, list[str]] | None = None) -> HttpResponse:
    """The duty; `errors` are what was wrong with handing it over or excusing it."""
    because = [{"text": text, "fact": saying.fact(kind), "at": datetime.fromisoformat(at)} for text, kind, at in duty.because]
    firings = list(Firing.objects.filter(duty=duty).order_by("fired_at"))
    for firing in firings:
        firing.words = saying.fired(firing.what)  # type: ignore[attr-defined]
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
            "firings": firings,
            "evidence": evidence,
            "evidence_words": saying.fact(evidence.kind) if evidence else "",
            "owner": owner_words(duty),
            "may_waive": bool(request.actor.posts.intersection(entitled)) and request.actor.may("duties.waive"),
            "may_reassign": request.actor.may("duties.reassign"),
            "people": Person.objects.filter(appointments__hotel=duty.hotel_id, appointments__until_at__isnull=True, is_active=True)
            .distinct()
            .order_by("name"),
            "waivers": [saying.owner(post) for post in entitled],
            "errors": errors or {},
            "asked": request.POST,
        },
        status=422 if errors else 200,
    )


def owner_words(duty: Duty) -> str:
    """Who owes it, in words."""
    if duty.owner_person_id:
        return Person.objects.filter(pk=duty.owner_person_id).values_list("name", flat=True).first() or ""
    return saying.owner(duty.owner_post or duty.owner_department or duty.owner)


@page("duties.waive", methods=("POST",))
def waive(request: Asked, pk: UUID) -> HttpResponse:
    """Excuse a duty, with a reason."""
    duty = _duty(request, pk)
    try:
        actions.waive(duty, reason=request.POST.get("reason", ""), by=request.actor, now=request.now)
    except Invalid:
        return _shown(request, duty, {"waive_reason": [_("A waiver needs a reason.")]})
    messages.success(request, _("Waived; it is counted."))
    return HttpResponseRedirect(reverse("duties:duty", args=[pk]))


def _person(request: Asked) -> Person | None:
    """Somebody who works here, as the form names him."""
    try:
        pk = UUID(request.POST.get("to", ""))
    except ValueError:
        return None
    rows = Person.objects.filter(appointments__hotel=request.hotel, appointments__until_at__isnull=True, is_active=True)
    return rows.filter(pk=pk).first()


@page("duties.reassign", methods=("POST",))
def reassign(request: Asked, pk: UUID) -> HttpResponse:
    """Give a duty to another person."""
    duty = _duty(request, pk)
    to, reason = _person(request), request.POST.get("reason", "").strip()
    errors = {} if to else {"to": [_("Choose a person.")]}
    if len(reason) < 2:
        errors["reason"] = [_("The reason is missing.")]
    if to is None or errors:
        return _shown(request, duty, errors)
    actions.reassign(duty, to=to.pk, reason=reason, by=request.actor, now=request.now)
    messages.success(request, _("Handed to %(name)s.") % {"name": to.name})
    return HttpResponseRedirect(reverse("duties:duty", args=[pk]))


@page("duties.view", methods=("POST",))
def waive_gate(request: Asked) -> HttpResponse:
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
            now=request.now,
        )
    except Invalid:
        messages.error(request, _("A waiver needs a reason."))
    else:
        messages.success(request, _("Waived once for this; take the step again."))
    back = asked.get("next", "")
    if not back.startswith("/") or back.startswith("//"):
        back = registry.titles(request.hotel.pk, [(kind, pk)]).get((kind, pk), ("", reverse("duties:today")))[1]
    return HttpResponseRedirect(back)


@page("standard.view", methods=("GET",))
def standard(request: Asked) -> HttpResponse:
    """All clauses of the standard in force, by chapter."""
    edition = editions.in_force(request.hotel.pk, request.now)
    clauses = list(edition.standard.clauses.values()) if edition else []
    if request.GET.get("export"):
        return downloaded(request, clauses, carrying.clauses(_lang_key(request)), "standard")
    chapters: dict[str, list[Any]] = {}
    for clause in clauses:
        chapters.setdefault(clause.id.partition(".")[0], []).append(clause)
    return render(request, "duties/standard.html", {"chapters": chapters, "edition": edition, "lang_key": _lang_key(request)})


def _lang_key(request: Asked) -> str:
    return "en" if request.LANGUAGE_CODE == "en" else "zh"


@page("standard.view", methods=("GET",))
def clause_page(request: Asked, clause_id: str) -> HttpResponse:
    """One clause: text, rules in words, cases, and what other rooms show of it."""
    edition = editions.in_force(request.hotel.pk, request.now)
    clause = edition.standard.clauses.get(clause_id) if edition else None
    if clause is None:
        raise Missing("no such clause")
    cases = [case for case in edition.standard.cases if case.clause == clause_id]  # type: ignore[union-attr]
    rules = [saying.rule(rule) for rule in clause.rules]
    shown = {"clause": clause, "text": clause.text[_lang_key(request)], "rules": rules, "cases": cases}
    return render(request, "duties/clause.html", shown)
