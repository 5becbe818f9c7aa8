"""Times of a function: quarters of an hour, with what setting up and clearing add to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from guiju.function_space.models import QUARTER
from guiju.shelf.errors import Invalid

LONGEST = timedelta(days=31)  # one function; what is longer is several, or a hall that is closed
LONGEST_REPAIR = timedelta(days=92)
MOST_MINUTES = 24 * 60  # of setting up, and of clearing
LONGEST_TAKEN = LONGEST_REPAIR + timedelta(days=3)  # with set-up and clearing
SLOT_SECONDS = QUARTER * 60


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when, half-open, and the minutes before and after."""

    from_at: datetime
    until_at: datetime
    setup_minutes: int = 0
    turn_minutes: int = 0

    @property
    def taken_from_at(self) -> datetime:
        """When the hall is no longer free."""
        return self.from_at - timedelta(minutes=self.setup_minutes)

    @property
    def taken_until_at(self) -> datetime:
        """When the hall is free again."""
        return self.until_at + timedelta(minutes=self.turn_minutes)

    @property
    def slots(self) -> range:
        """The quarters of an hour since 1970 that it takes."""
        return range(int(self.taken_from_at.timestamp()) // SLOT_SECONDS, int(self.taken_until_at.timestamp()) // SLOT_SECONDS)

    def moved(self, by: timedelta) -> Span:
        """The same some time later (or, below zero, earlier)."""
        return Span(self.from_at + by, self.until_at + by, self.setup_minutes, self.turn_minutes)


def checked(span: Span, *, longest: timedelta = LONGEST) -> Span:
    """The span, if a hall can be taken for it. Raises Invalid at from_at, until_at, setup_minutes or turn_minutes."""
    errors: dict[str, list[str]] = {}
    for name in ("from_at", "until_at"):
        moment: datetime = getattr(span, name)
        if moment.tzinfo is None:
            raise ValueError(f"{name} has no time zone")
        if moment.timestamp() % SLOT_SECONDS:
            errors[name] = [_("Times are in quarters of an hour.")]
    if span.until_at <= span.from_at:
        errors["until_at"] = [_("The end must be after the beginning.")]
    elif span.until_at - span.from_at > longest:
        errors["until_at"] = [_("At most %(days)s days at once.") % {"days": longest.days}]
    for name in ("setup_minutes", "turn_minutes"):
        minutes: int = getattr(span, name)
        if not 0 <= minutes <= MOST_MINUTES or minutes % QUARTER:
            errors[name] = [_("Quarters of an hour, at most a day.")]
    if errors:
        raise Invalid(errors=errors)
    return span
