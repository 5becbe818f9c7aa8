"""What the pages about VIPs ask: the plan with its meals, the guest's file, the steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy

from guiju.bookings.forms import Row, rows_for
from guiju.shelf.errors import Invalid
from guiju.vip.actions.planning import line_of
from guiju.vip.models import VipGuest, VipPlan
from guiju.vip.shapes import FIELDS, GUEST, MEALS, MealLine
from guiju.vip.stay import meals_of
from guiju.vip.words import AMENITIES, FIELD_NAMES, GENDERS, GUEST_NAMES, LANGS, MEAL_NAMES, amenity

AREAS = ("programme",)
SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (gettext_lazy("Who and why"), ("grade", "grade_reason", "purpose", "party", "party_names", "host", "host_contact", "booking_number")),
    (gettext_lazy("Arrival and departure"), ("arrival_on", "arrival_time", "arrival_by", "departure_on", "departure_time", "departure_by", "pickup")),
    (gettext_lazy("Room"), ("room", "room_type", "party_rooms", "rate", "register", "amenities", "amenities_more")),
    (gettext_lazy("At the door"), ("greeters", "greet_at", "spaces", "plates", "luggage", "lift", "security", "signage", "photos")),
    (gettext_lazy("Programme and settlement"), ("programme", "payment", "remarks")),
)


def _field(name: str, lang: str) -> forms.Field:
    label, kind = FIELD_NAMES[name], VipPlan._meta.get_field(name)
    if name == "amenities":
        choices = [(code, amenity(code, lang)) for code in AMENITIES]
        return forms.MultipleChoiceField(label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple)
    if name in ("grade", "register"):
        return forms.ChoiceField(label=label, choices=kind.choices or [])
    if name in ("arrival_on", "departure_on"):
        return forms.DateField(label=label)
    if name in ("arrival_time", "departure_time"):
        return forms.TimeField(label=label, required=False)
    if name in ("party", "spaces"):
        return forms.IntegerField(label=label, min_value=0, max_value=5000, required=False)
    if name in AREAS:
        return forms.CharField(label=label, max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    return forms.CharField(label=label, max_length=kind.max_length, required=False)


class PlanForm(forms.Form):
    """The plain fields of a plan; the guest's own beside them when he is new."""

    reason = forms.CharField(label=gettext_lazy("Why it changes"), max_length=200, required=False)
    emergency = forms.BooleanField(label=gettext_lazy("Emergency: change at once, approval is asked for afterwards"), required=False)

    def __init__(self, *args: Any, lang: str = "zh", with_guest: bool = False, **more: Any) -> None:
        super().__init__(*args, auto_id="%s", **more)
        if with_guest:
            self.fields.update(guest_fields("guest_"))
        self.fields.update({name: _field(name, lang) for name in FIELDS})

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings, in the order of the plan."""
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]

    def guests(self) -> list[forms.BoundField]:
        """The guest's own fields, where he is written down with the plan."""
        return [self[name] for name in self.fields if name.startswith("guest_")]

    def values(self) -> dict[str, Any]:
        """The plan's fields as the verbs take them."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}

    def guest_values(self) -> dict[str, Any]:
        """The guest's fields as the verbs take them."""
        return {name.removeprefix("guest_"): value for name, value in self.cleaned_data.items() if name.startswith("guest_")}


def guest_fields(prefix: str = "") -> dict[str, forms.Field]:
    """The fields of a guest's file."""
    found: dict[str, forms.Field] = {}
    for name in GUEST:
        label = GUEST_NAMES[name]
        if name in ("gender", "lang"):
            found[prefix + name] = forms.ChoiceField(label=label, required=False, choices=GENDERS if name == "gender" else LANGS)
        else:
            most = VipGuest._meta.get_field(name).max_length
            found[prefix + name] = forms.CharField(label=label, max_length=most, required=name == "name")
    return found


class GuestForm(forms.Form):
    """The file of a guest, without the personal note."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, auto_id="%s", **more)
        self.fields.update(guest_fields())


class MealRow(Row):
    """One meal of the plan."""

    asks = ("on", "time", "place", "standard", "diet", "host")
    on = forms.DateField(label=gettext_lazy("Day"))
    time = forms.TimeField(label=gettext_lazy("Time"))
    meal = forms.ChoiceField(label=gettext_lazy("Meal"), choices=[(key, MEAL_NAMES[key]) for key in MEALS], initial="dinner")
    place = forms.CharField(label=gettext_lazy("Place"), max_length=60, required=False)
    persons = forms.IntegerField(label=gettext_lazy("Persons"), min_value=1, max_value=5000, initial=1)
    standard = forms.CharField(label=gettext_lazy("Meal standard"), max_length=60, required=False)
    diet = forms.CharField(label=gettext_lazy("Diet"), max_length=200, required=False)
    host = forms.CharField(label=gettext_lazy("Host at table"), max_length=60, required=False)

    def shape(self) -> MealLine:
        """The row as a line of the plan."""
        got = self.cleaned_data
        return MealLine(got["on"], got["time"], got["meal"], got["place"], got["persons"], got["standard"], got["diet"], got["host"])


@dataclass(slots=True)
class Entry:
    """A plan as it stands on the page: the form, its meals, and what is wrong."""

    form: PlanForm
    meals: list[Row]
    notes: list[str] = field(default_factory=list)
    meal_notes: list[str] = field(default_factory=list)

    def is_valid(self) -> bool:
        """Whether form and meals can be read; both are looked at, so that everything wrong shows at once."""
        return all([self.form.is_valid(), *(row.is_valid() for row in self.meals if row.is_bound)])

    def lines(self) -> list[MealLine]:
        """The meals that were filled in (after is_valid)."""
        return [row.shape() for row in self.meals if isinstance(row, MealRow) and row.is_bound]

    def complain(self, wrong: Invalid, prefix: str = "") -> None:
        """Put what a verb found wrong beside its field, its meal, or on top."""
        filled = [row for row in self.meals if row.is_bound]
        for name, texts in wrong.errors.items():
            part, _space, number = name.partition(" ")
            for text in texts:
                if part == "meals" and number.isdecimal() and 0 < int(number) <= len(filled):
                    filled[int(number) - 1].add_error(None, text)
                elif part == "meals":
                    self.meal_notes.append(text)
                elif prefix + name in self.form.fields:
                    self.form.add_error(prefix + name, text)
                elif text not in self.notes:
                    self.notes.append(text)

    @property
    def errors(self) -> bool:
        """Whether something on the page is wrong."""
        return bool(self.notes or self.meal_notes or self.form.errors or any(row.errors for row in self.meals if row.is_bound))


def entry_for(
    data: Any, *, lang: str, zone: str, plan: VipPlan | None = None, initial: Mapping[str, Any] | None = None, with_guest: bool = False,
    more: bool = False,
) -> Entry:
    """The page's form: as posted, or as the plan stands, or with what a new one begins with."""
    first = {name: getattr(plan, name) for name in FIELDS} if plan is not None else dict(initial or {})
    form = PlanForm(data, initial=first, lang=lang, with_guest=with_guest)
    own = [code for code in first.get("amenities") or () if code not in AMENITIES]
    form.fields["amenities"].choices += [(code, code) for code in own]  # type: ignore[attr-defined]
    meals: Sequence[dict[str, Any]] = ()
    if plan is not None and data is None:
        lines = [line_of(meal, zone) for meal in meals_of(plan)]
        meals = [{name: getattr(line, name) for name in line.__dataclass_fields__} for line in lines]
    return Entry(form, rows_for(MealRow, "meals", data, meals, more=more))


def moment_in(zone: str, text: str) -> datetime | None:
    """A moment typed by a person, on the hotel's clock; None where nothing was typed. Raises Invalid for anything else."""
    if not text.strip():
        return None
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(errors={"at": [str(gettext_lazy("This is no date and time."))]}) from None
    return local if local.tzinfo else local.replace(tzinfo=ZoneInfo(zone))
