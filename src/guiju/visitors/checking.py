"""Whether a plan can be written down: each fault at its field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from guiju.house.models import Person
from guiju.shelf.errors import Invalid
from guiju.visitors.models import Visit
from guiju.visitors.shapes import Plan
from guiju.visitors.words import SCOPES

LENGTHS = {
    "organisation": 120, "contact": 80, "phone": 40, "vehicles": 120, "grade_reason": 300, "host": 80, "meeting_point": 80, "language": 80,
    "photos": 200, "gifts": 200, "protocol": 2000, "remarks": 2000,
}
MOST_PERSONS, MOST_ROWS = 5000, 60
FURTHEST, LONGEST = timedelta(days=800), timedelta(days=7)


def check(plan: Plan, hotel_id: UUID, now: datetime) -> None:
    """Raise Invalid with every fault, field by field."""
    errors: dict[str, list[str]] = {}
    if not plan.organisation.strip():
        errors["organisation"] = [_("Say who comes.")]
    for name, most in LENGTHS.items():
        if len(getattr(plan, name)) > most:
            errors.setdefault(name, []).append(_("At most %(most)s characters.") % {"most": most})
    for name, choices in (("visitor", Visit.Visitor), ("rank", Visit.Rank), ("purpose", Visit.Purpose)):
        if getattr(plan, name) not in choices.values:
            errors[name] = [_("Choose one of the list.")]
    if plan.grade and plan.grade not in Visit.Grade.values:
        errors["grade"] = [_("Choose one of the list.")]
    if not set(plan.scope) <= set(SCOPES):
        errors["scope"] = [_("Choose one of the list.")]
    if not 1 <= plan.persons <= MOST_PERSONS:
        errors["persons"] = [_("Between 1 and %(most)s persons.") % {"most": MOST_PERSONS}]
    errors |= _times(plan, now)
    errors |= _rows(plan, hotel_id)
    if errors:
        raise Invalid(errors=errors)


def _times(plan: Plan, now: datetime) -> dict[str, list[str]]:
    errors = {}
    if abs(plan.arrival_at - now) > FURTHEST:
        errors["arrival_at"] = [_("This day is too far away. Is the year right?")]
    if plan.until_at is not None and plan.until_at <= plan.arrival_at:
        errors["until_at"] = [_("It must end after it begins.")]
    elif plan.until_at is not None and plan.until_at - plan.arrival_at > LONGEST:
        errors["until_at"] = [_("A visit lasts a week at most.")]
    return errors


def _rows(plan: Plan, hotel_id: UUID) -> dict[str, list[str]]:
    errors = {}
    if any(not one.name.strip() or len(one.name) > 60 or len(one.title) > 80 for one in plan.guests) or len(plan.guests) > MOST_ROWS:
        errors["guests"] = [_("Each guest has a name of at most 60 characters; at most %(most)s guests by name.") % {"most": MOST_ROWS}]
    if any(not one.place.strip() or not one.what.strip() for one in plan.programme):
        errors["programme"] = [_("Each point of the programme has a time, a place and what is done there.")]
    elif any(len(one.place) > 80 or len(one.what) > 160 or len(one.who) > 80 for one in plan.programme) or len(plan.programme) > MOST_ROWS:
        errors["programme"] = [_("A point of the programme is too long, or there are too many.")]
    elif any(not timedelta(hours=-12) <= one.at - plan.arrival_at <= LONGEST for one in plan.programme):
        errors["programme"] = [_("The programme must lie within the visit.")]
    people = [one.person_id for one in plan.parts]
    if len(set(people)) < len(people):
        errors["parts"] = [_("Somebody stands there twice.")]
    elif any(len(one.role) > 60 for one in plan.parts) or len(people) > MOST_ROWS:
        errors["parts"] = [_("At most %(most)s characters.") % {"most": 60}]
    elif people and working_here(hotel_id, people) < set(people):
        errors["parts"] = [_("Somebody of this list does not work here.")]
    return errors


def working_here(hotel_id: UUID, people: Iterable[UUID]) -> set[UUID]:
    """Which of these people hold a post of this hotel."""
    rows = Person.objects.filter(Q(appointments__until_at__isnull=True), pk__in=list(people), appointments__hotel=hotel_id, is_active=True)
    return set(rows.values_list("pk", flat=True))
