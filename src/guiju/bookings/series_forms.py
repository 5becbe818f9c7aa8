"""What the page of a new series asks: the dates, and once what is the same for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.bookings.actions.series_of_groups import MOST_DATES
from guiju.bookings.checking import PAYMENTS
from guiju.bookings.forms import Entry, MealRow, RoomRow, Row, choices, rows_for, types_of
from guiju.bookings.shapes import MealLine
from guiju.bookings.step_forms import MomentField
from guiju.bookings.words import PAYMENT_NAMES

DAY = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")


class SeriesForm(forms.Form):
    """A series: one contract of a client, its dates, and what each date has."""

    client = forms.CharField(label=gettext_lazy("Client"), max_length=120)
    client_pk = forms.UUIDField(required=False)
    name = forms.CharField(label=gettext_lazy("Name of the series"), max_length=80)
    dates = forms.CharField(
        label=gettext_lazy("Arrival dates"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One a line or with commas: 2026-12-06, 12-13"),
    )
    first_on = forms.DateField(label=gettext_lazy("Or from"), required=False)
    every = forms.IntegerField(label=gettext_lazy("every … days"), min_value=1, max_value=60, required=False)
    times = forms.IntegerField(label=gettext_lazy("how many times"), min_value=1, max_value=MOST_DATES, required=False)
    nights = forms.IntegerField(label=gettext_lazy("Nights each"), min_value=1, max_value=30)
    persons = forms.IntegerField(label=gettext_lazy("Guests each"), min_value=1, max_value=5000)
    until_at = MomentField(label=gettext_lazy("Hold until (empty: the usual time)"), required=False)
    payment = forms.ChoiceField(label=gettext_lazy("Payment"), choices=choices(PAYMENT_NAMES, PAYMENTS), initial="transfer")
    tour_code = forms.CharField(label=gettext_lazy("Tour code"), max_length=40, required=False)
    nationality = forms.CharField(label=gettext_lazy("Nationality"), max_length=40, required=False)
    arrival_time = forms.TimeField(label=gettext_lazy("Arrival time"), required=False)
    requests = forms.CharField(label=gettext_lazy("Special requests"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, zone: str, now: datetime, **more: Any) -> None:
        super().__init__(*args, auto_id="%s", **more)
        moment = self.fields["until_at"]
        assert isinstance(moment, MomentField)
        moment.zone, moment.now = ZoneInfo(zone), now
        self.today = now.astimezone(ZoneInfo(zone)).date()

    def clean(self) -> dict[str, Any]:
        """The dates as days: those typed, or every so many days from the first."""
        got: dict[str, Any] = super().clean() or {}
        days = self._typed(got.get("dates") or "")
        first_on, every, times = got.get("first_on"), got.get("every"), got.get("times")
        if first_on and every and times:
            days += [first_on + timedelta(days=every * number) for number in range(times)]
        elif any((first_on, every, times)):
            self.add_error("first_on", _("From which day, every how many days, how many times: all three, please."))
        elif not days and "dates" not in self.errors:
            self.add_error("dates", _("On which dates do they come?"))
        return {**got, "days": days}

    def _typed(self, text: str) -> list[date]:
        days: list[date] = []
        for word in re.split(r"[\n,，;；、]+", text):
            if not word.strip():
                continue
            match = DAY.match(word.strip())
            day = self._day(match) if match else None
            if day is None:
                self.add_error("dates", _("“%(said)s” is no day.") % {"said": word.strip()[:20]})
            else:
                days.append(day)
        return days

    def _day(self, match: re.Match[str]) -> date | None:
        """A day; without a year the next such day from today."""
        try:
            day = date(int(match[1] or self.today.year), int(match[2]), int(match[3]))
            return day.replace(year=day.year + 1) if not match[1] and day < self.today else day
        except ValueError:
            return None


class SeriesMealRow(MealRow):
    """A meal of each stay, by the day of the stay: 1 is the arrival day."""

    asks = ("day", "persons", "time", "place", "diet")
    on = None  # type: ignore[assignment]  # a form drops an inherited field this way
    day = forms.IntegerField(label=gettext_lazy("Day of the stay"), min_value=1, max_value=31)
    field_order = ("day",)

    def shape(self, whole: Mapping[str, Any]) -> MealLine:
        """The row as a meal of the first stay."""
        got = self.cleaned_data
        return MealLine(
            whole["arrival_on"] + timedelta(days=got["day"] - 1), got["meal"], got["persons"], got["time"], got["place"], got["escorts"] or 0,
            got["standard"], style=got["style"], diet=got["diet"],
        )


class SeriesRoomRow(RoomRow):
    """Rooms of each stay, for the whole of it."""

    asks = ("rooms", "extra_beds")
    from_on = None  # type: ignore[assignment]
    until_on = None  # type: ignore[assignment]

    def shape(self, whole: Mapping[str, Any]) -> Any:
        """The row as rooms of the first stay."""
        self.cleaned_data |= {"from_on": None, "until_on": None}
        return super().shape(whole)


@dataclass(slots=True)
class SeriesEntry(Entry):
    """A series as it stands on the page."""

    def values(self) -> dict[str, Any]:
        """What the page says, as create_series takes it (after is_valid)."""
        got = self.form.cleaned_data
        first = min(got["days"])
        whole = {"arrival_on": first, "departure_on": first + timedelta(days=got["nights"])}
        common = {name: got[name] for name in ("payment", "tour_code", "nationality", "arrival_time", "requests")}
        return {
            "name": got["name"], "dates": got["days"], "nights": got["nights"], "persons": got["persons"], "until_at": got["until_at"],
            "rooms": [row.shape(whole) for row in self.filled("rooms")],  # type: ignore[attr-defined]
            "meals": [row.shape(whole) for row in self.filled("meals")],  # type: ignore[attr-defined]
            "common": common,
        }


def series_entry(data: Mapping[str, Any] | None, *, hotel_id: Any, zone: str, now: datetime, more: str = "") -> SeriesEntry:
    """The page's form: as posted or empty, with more empty rows of a part if asked."""
    form = SeriesForm(data, zone=zone, now=now) if data is not None else SeriesForm(zone=zone, now=now)
    kinds: dict[str, type[Row]] = {"rooms": SeriesRoomRow, "meals": SeriesMealRow}
    types = types_of(hotel_id)
    rows = {part: rows_for(cls, part, data, (), types if part == "rooms" else None, more == part) for part, cls in kinds.items()}
    return SeriesEntry(form, rows | {"escort_people": []})
