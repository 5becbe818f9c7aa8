"""The department's inbox: phone first, sign, ask, withdraw."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import downloaded
from guiju.house.settings import setting
from guiju.papers import actions, queries
from guiju.papers.forms import Line, lines_for
from guiju.papers.sheets import sheet_of
from guiju.papers.views.common import copy_of, midnight, way_back
from guiju.shelf.errors import Invalid


@dataclass(slots=True)
class Card:
    """One copy to sign for, with the lines that concern its department."""

    line: queries.Line
    name: str
    sent_by: str
    facts: list[Line]
    changes: list[dict[str, Any]]
    i_sign: bool
    who_signs: list[str] = field(default_factory=list)

    @property
    def copy(self) -> Any:
        """The copy."""
        return self.line.copy


def _cards(request: Asked, lines: list[queries.Line]) -> list[Card]:
    actor, english = request.actor, queries.in_english()
    lines.sort(key=lambda line: line.duty.due_at if line.duty else line.copy.issued_at)
    names = queries.names_of(line.copy.revision.issued_by_id for line in lines) if lines else {}
    on = timezone.localtime(request.now).date()
    signing = (
        queries.receivers_of(actor.hotel_id, (line.copy.department for line in lines), on) if lines else {}
    )
    cards = []
    for line in lines:
        copy, may = line.copy, signing.get(line.copy.department, [])
        cards.append(
            Card(
                line,
                queries.form_name(copy.paper.kind),
                names.get(copy.revision.issued_by_id, ""),
                lines_for(
                    copy.paper.kind, copy.revision.content, copy.department, lang="en" if english else "zh"
                ),
                [one for one in copy.revision.differences if copy.department in one["departments"]],
                any(pk == actor.person_id for pk, _name in may),
                [name for _pk, name in may],
            )
        )
    return cards


def _columns() -> list[Any]:
    return [
        (_("No."), "copy.paper.number"), (_("Form"), lambda line: queries.form_name(line.copy.paper.kind)), (_("About"), "copy.paper.title"),
        (_("Department"), "department_name"), (_("Issued"), "copy.issued_at"),
        (_("Sign until"), lambda line: line.duty.due_at if line.duty else None),
        (_("Signed for"), "copy.signed_at"), (_("Signed by"), "signer"),
    ]


@page("papers.view", methods=("GET",))
def inbox(request: Asked) -> HttpResponse:
    """What my department has still to sign for, most urgent first, with only the lines that concern it."""
    actor, now = request.actor, request.now
    waiting, signed = queries.waiting_for(actor, now), queries.signed_since(actor, midnight(request))
    undo = float(setting(actor.hotel_id, "copies.undo_minutes"))
    lines = queries.lines_of(actor.hotel_id, waiting + signed, now, undo)
    if request.GET.get("export"):
        return downloaded(request, lines, _columns(), "inbox")
    cards = _cards(request, lines[: len(waiting)])
    wanted = request.GET.get("copy", "")
    chosen = next((card for card in cards if str(card.copy.pk) == wanted), cards[0] if cards else None)
    sheet = sheet_of(chosen.copy, hotel=request.hotel, lang=request.LANGUAGE_CODE) if chosen else None
    return render(
        request,
        "papers/inbox.html",
        {
            "cards": cards,
            "chosen": chosen,
            "sheet": sheet,
            "asked_for": wanted,
            "signed": lines[len(waiting) :],
            "told": queries.told_only(actor, midnight(request)),
            "first": cards[0].line.duty if cards else None,
        },
    )


@page("papers.sign", methods=("GET", "POST"))
def sign(request: Asked, pk: Any) -> HttpResponse:
    """Sign for a copy; a GET (from a list or a notice) shows the copy with its button."""
    copy = copy_of(request, pk)
    if request.method == "GET":
        if copy.department in request.actor.departments:
            return HttpResponseRedirect(f"{reverse('papers:inbox')}?{urlencode({'copy': copy.pk})}")
        return HttpResponseRedirect(reverse("papers:paper", args=[copy.paper_id]))
    actions.sign_for(copy, by=request.actor, now=request.now)
    seconds = int(float(setting(copy.hotel_id, "copies.undo_minutes")) * 60)
    undo = f"undo {reverse('papers:undo', args=[copy.pk])} {seconds}" if seconds else ""
    messages.success(request, _("Signed for %(number)s.") % {"number": copy.paper.number}, extra_tags=undo)
    return HttpResponseRedirect(way_back(request, "papers:inbox"))


@page("papers.sign", methods=("POST",))
def undo(request: Asked, pk: Any) -> HttpResponse:
    """Withdraw a signature given a few minutes ago."""
    copy = actions.undo_signature(copy_of(request, pk), by=request.actor, now=request.now)
    messages.info(request, _("The signature for %(number)s is withdrawn.") % {"number": copy.paper.number})
    return HttpResponseRedirect(way_back(request, "papers:inbox"))


@page("papers.sign", methods=("GET", "POST"))
def question(request: Asked, pk: Any) -> HttpResponse:
    """Send a copy back with a question."""
    copy = copy_of(request, pk)
    error = ""
    if request.method == "POST":
        try:
            actions.object_to(copy, reason=request.POST.get("reason", ""), by=request.actor, now=request.now)
        except Invalid as refusal:
            error = " ".join(refusal.errors["reason"])
        else:
            messages.info(request, _("The question went to the issuer; the clock runs on."))
            return HttpResponseRedirect(way_back(request, "papers:inbox"))
    return render(
        request,
        "papers/question.html",
        {
            "copy": copy,
            "error": error,
            "reason": request.POST.get("reason", ""),
            "facts": lines_for(
                copy.paper.kind,
                copy.revision.content,
                copy.department,
                lang="en" if queries.in_english() else "zh",
            ),
        },
        status=422 if error else 200,
    )
