"""What the pages about halls and functions ask."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guiju.function_space.models import Function, Hall, Style
from guiju.function_space.queries.space import Halls

MINUTES: dict[str, Any] = {"min_value": 0, "max_value": 1440, "widget": forms.NumberInput(attrs={"step": 15})}
QUARTERS: dict[str, Any] = {"widget": forms.TimeInput(attrs={"step": 900})}


class TimeForm(forms.Form):
    """A hall and a time on the hotel's clock."""

    hall = forms.ChoiceField(label=_("Hall"))
    on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    from_time = forms.TimeField(label=pgettext_lazy("clock", "From"), **QUARTERS)
    until_time = forms.TimeField(label=pgettext_lazy("clock", "Until"), **QUARTERS)
    last_on = forms.DateField(label=_("Last day, if another"), widget=forms.DateInput, required=False)

    def __init__(self, *args: Any, halls: Halls, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.halls = {hall.code: hall for hall in halls.open}
        self.fields["hall"].choices = [(hall.code, _named(hall)) for hall in halls.open]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Day and clock times become moments: from_at and until_at."""
        values: dict[str, Any] = super().clean() or {}
        if all(values.get(name) is not None for name in ("on", "from_time", "until_time")):
            values["from_at"] = self.moment(values["on"], values["from_time"])
            values["until_at"] = self.moment(values["last_on"] or values["on"], values["until_time"])
            if values["until_at"] <= values["from_at"]:
                self.add_error("until_time", _now("The end must be after the beginning."))
        return values

    def moment(self, on: date, clock: time) -> datetime:
        """A clock time of a day in the hotel's zone."""
        return datetime.combine(on, clock, self.zone)

    def taken(self, values: dict[str, Any]) -> dict[str, Any]:
        """What a verb wants of it: hall, from_at, until_at."""
        return {"hall": self.halls[values["hall"]], "from_at": values["from_at"], "until_at": values["until_at"]}


class HoldForm(TimeForm):
    """A function: what, where, when, and until when it is only an option."""

    label = forms.CharField(label=_("What for"), max_length=120)
    option_until = forms.DateTimeField(
        label=_("Option until"), required=False, widget=forms.DateTimeInput, help_text=_("Empty: it is definite at once. An option lapses by itself")
    )
    persons = forms.IntegerField(label=_("Persons"), min_value=1, max_value=99999, required=False)
    style = forms.ChoiceField(label=_("Set-up style"), choices=[("", "–"), *Style.choices], required=False)
    setup_minutes = forms.IntegerField(label=_("Set-up, minutes"), required=False, help_text=_("Empty: as the hall says"), **MINUTES)
    turn_minutes = forms.IntegerField(label=_("Clearing, minutes"), required=False, help_text=_("Empty: as the hall says"), **MINUTES)
    remarks = forms.CharField(label=_("Remarks"), max_length=300, required=False)
    field_order = (
        "label", "hall", "on", "from_time", "until_time", "option_until", "persons", "style", "setup_minutes", "turn_minutes", "last_on", "remarks",
    )

    DETAILS = ("label", "persons", "style", "remarks", "setup_minutes", "turn_minutes")

    def asked(self, values: dict[str, Any]) -> dict[str, Any]:
        """What `hold` wants."""
        return {**self.taken(values), **{name: values[name] for name in self.DETAILS}, "option_until_at": values["option_until"]}


class MoveForm(TimeForm):
    """Another hall or time."""

    setup_minutes = forms.IntegerField(label=_("Set-up, minutes"), **MINUTES)
    turn_minutes = forms.IntegerField(label=_("Clearing, minutes"), **MINUTES)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DetailsForm(forms.Form):
    """What is said about a function beside its hall and time."""

    label = forms.CharField(label=_("What for"), max_length=120)
    persons = forms.IntegerField(label=_("Persons"), min_value=1, max_value=99999, required=False)
    style = forms.ChoiceField(label=_("Set-up style"), choices=[("", "–"), *Style.choices], required=False)
    remarks = forms.CharField(label=_("Remarks"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ExtendForm(forms.Form):
    """How long the option runs."""

    option_until = forms.DateTimeField(label=_("Option until"), widget=forms.DateTimeInput)


class ReasonForm(forms.Form):
    """Why a hall is given back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class RepairForm(TimeForm):
    """A hall that nobody can have for a while."""

    reason = forms.CharField(label=_("What is done"), max_length=120)
    field_order = ("hall", "on", "from_time", "last_on", "until_time", "reason")


class WaitForm(TimeForm):
    """Somebody who wants a hall that is taken."""

    label = forms.CharField(label=_("Who waits"), max_length=120)
    persons = forms.IntegerField(label=_("Persons"), min_value=1, max_value=99999, required=False)
    field_order = ("label", "hall", "on", "from_time", "until_time", "persons", "last_on")


class HallForm(forms.Form):
    """A hall."""

    code = forms.CharField(label=_("Code"), max_length=12)
    name = forms.CharField(label=_("Name"), max_length=40)
    name_en = forms.CharField(label=_("English name"), max_length=40, required=False)
    area = forms.DecimalField(label=_("Area, m²"), max_digits=8, decimal_places=1, min_value=0, required=False)
    height = forms.DecimalField(label=_("Ceiling, m"), max_digits=4, decimal_places=1, min_value=0, required=False)
    rate_half_day = forms.DecimalField(label=_("Hire for half a day"), max_digits=9, decimal_places=2, min_value=0, required=False)
    rate_day = forms.DecimalField(label=_("Hire for a day"), max_digits=9, decimal_places=2, min_value=0, required=False)
    rate_evening = forms.DecimalField(label=_("Hire for an evening"), max_digits=9, decimal_places=2, min_value=0, required=False)
    setup_minutes = forms.IntegerField(label=_("Set-up, minutes"), initial=60, **MINUTES)
    turn_minutes = forms.IntegerField(label=_("Clearing, minutes"), initial=60, **MINUTES)
    order = forms.IntegerField(label=_("Place in lists"), min_value=0, max_value=999, initial=100)
    remarks = forms.CharField(label=_("Remarks"), max_length=200, required=False, help_text=_("e.g. stage, pillars, daylight, lift"))
    parts = forms.MultipleChoiceField(
        label=_("Made of"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose the halls whose walls open to make this one. None: a room of its own."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, halls: Halls, hall: Hall | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {other.code: other for other in halls.all if hall is None or other.pk != hall.pk}
        self.fields["parts"].choices = [(code, other.shown) for code, other in self.others.items()]  # type: ignore[attr-defined]  # a MultipleChoiceField
        for style, label in Style.choices:
            field = forms.IntegerField(label=label, min_value=1, max_value=99999, required=False)
            if hall is not None:
                field.initial = hall.capacity.get(style)
            self.fields[f"capacity_{style}"] = field

    @property
    def plain(self) -> list[Any]:
        """The fields beside capacities and parts."""
        return [field for field in self if not field.name.startswith("capacity_") and field.name != "parts"]

    @property
    def capacities(self) -> list[Any]:
        """Persons for each set-up style."""
        return [field for field in self if field.name.startswith("capacity_")]

    @property
    def parts_field(self) -> Any:
        """The halls it may be made of."""
        return self["parts"]

    def said(self, given: dict[str, Any]) -> dict[str, Any]:
        """What the verbs want."""
        plain = {name: value for name, value in given.items() if not name.startswith("capacity_") and name not in ("parts", "version")}
        plain["capacity"] = {style: given[f"capacity_{style}"] for style in Style.values if given[f"capacity_{style}"]}
        return {**plain, "parts": [self.others[code] for code in given["parts"]]}


def first_of_move(function: Function, zone: ZoneInfo) -> dict[str, Any]:
    """What the move form shows at first: where and when it is now."""
    first, last = function.from_at.astimezone(zone), function.until_at.astimezone(zone)
    return {
        "hall": function.hall.code, "on": first.date(), "from_time": first.time(), "until_time": last.time(),
        "last_on": last.date() if last.date() != first.date() else None, "setup_minutes": function.setup_minutes,
        "turn_minutes": function.turn_minutes, "version": function.version,
    }


def first_of_hold(given: Any, halls: Halls, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """What a new function begins with: the hall and hour that were chosen in the diary, two hours, an option of three days."""
    code = str(given.get("hall", ""))
    first: dict[str, Any] = {"hall": code if any(hall.code == code for hall in halls.open) else None}
    try:
        start = datetime.fromisoformat(str(given.get("from", ""))[:16]).replace(tzinfo=zone)
    except ValueError:
        start = None
    if start is None:
        return first
    end = start + timedelta(hours=2)
    until = min(now.astimezone(zone) + timedelta(days=3), start)
    until = until.replace(hour=18, minute=0, second=0, microsecond=0) if until.date() < start.date() else start
    first |= {"on": start.date(), "from_time": start.time(), "until_time": end.time(), "option_until": until if until > now else None}
    if end.date() != start.date():
        first["last_on"] = end.date()
    return first | {name: given[name] for name in ("label", "persons", "style") if given.get(name)}


def _named(hall: Hall) -> str:
    return f"{hall.shown} ({hall.most})" if hall.most else hall.shown

