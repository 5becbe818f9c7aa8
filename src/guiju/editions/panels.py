"""What this room shows on the pages of the standard, and its words for what gates may find missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_noop as N_

from guiju.duties import clauses, saying
from guiju.duties.editions import editions_of
from guiju.duties.models import Edition
from guiju.editions.models import Draft
from guiju.house.asking import Asked
from guiju.shelf.registry import Panel

DRAFT_PANELS = "draft edition panels"  # the place on a draft's page where other rooms show what it would do
NEEDS: dict[str, Any] = {
    "cases_hold": N_("cases that all hold"), "effective_ahead": N_("a day that lies ahead"),
    "another_person": N_("another person than the one who proposed it"),
}


def links(request: Asked, subject: Any) -> Mapping[str, Any] | None:
    """On the page of the standard: to my clauses, the posts, the editions."""
    return {"may_draft": request.actor.may("standard.drafts")}


def judged_by(request: Asked, duty: Any) -> Mapping[str, Any] | None:
    """On a duty's page: the edition it was opened under, and what the clause said then if it says something else now."""
    number = Edition.objects.of(duty.hotel_id).filter(pk=duty.edition_id).values_list("number", flat=True).first()
    if number is None:
        return None
    then = next((one for one in editions_of(duty.hotel_id) if one.id == str(duty.edition_id)), None)
    clause = then.standard.clauses.get(duty.clause) if then else None
    said = clause.text.get("en" if saying.english() else "zh", "") if clause else ""
    now = clauses.texts(duty.hotel_id).get(duty.clause, "")
    return {"number": number, "edition_id": duty.edition_id, "said_then": said if said != now else ""}


def replay(request: Asked, draft: Draft) -> Mapping[str, Any] | None:
    """On a draft's page: run it over the hotel's own past, where that room is installed."""
    try:
        url = reverse("replay:list")
    except NoReverseMatch:
        return None
    return {"replay_url": f"{url}?edition={draft.pk}"}


PANELS = [
    Panel("standard.head", "editions/_links.html", links, "standard.view", 10),
    Panel("duty.judged", "editions/_judged.html", judged_by, "standard.view", 10),
    Panel(DRAFT_PANELS, "editions/_replay.html", replay, "standard.drafts", 10),
]
