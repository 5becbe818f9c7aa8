from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutiesConfig(AppConfig):
    name = "guiju.duties"
    label = "duties"

    def ready(self) -> None:
        from guiju.duties import clauses, deriving, today
        from guiju.logbook import writing
        from guiju.shelf import registry

        if deriving.follow not in writing.subscribers:
            writing.subscribers.append(deriving.follow)
        registry.on_hotel_created.append(_first_edition)
        registry.clause_texts = clauses.texts
        registry.clause_search = clauses.find
        registry.subjects["duty"] = registry.SubjectKind("duty", clauses.duty_titles)
        registry.readiness["standard"] = _resting
        registry.navigation += [
            registry.NavItem(
                "", 10, _("Today"), "today", "duties:today", "desk.today", today.waiting_count, "t",
                {"sales": 1, "gm": 1, "department": 1},
            ),
            registry.NavItem("department", 95, _("The standard"), "manual", "duties:standard", "standard.view", None, "m"),
        ]


def _first_edition(hotel: Any, by: Any, now: Any) -> None:
    from guiju.duties.actions import adopt_shipped

    adopt_shipped(hotel, effective_at=hotel.created_at, by=by, now=now)


def _resting(now: datetime) -> tuple[bool, Any]:
    """Every clause of the editions in force is read; those that rest are named, the others work all the same."""
    from guiju.duties.editions import resting
    from guiju.house.models import Hotel

    found = {hotel.code: list(clauses) for hotel in Hotel.objects.all() if (clauses := resting(hotel.pk, now))}
    return True, {"resting": found}
