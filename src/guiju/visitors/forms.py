"""What the pages of a visit ask; the plan with its rows of guests, programme and participants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.house.models import Person
from guiju.shelf.errors import Invalid
from guiju.visitors.checking import FURTHEST, LENGTHS, MOST_ROWS
from guiju.visitors.models import Visit, VisitPaper
from guiju.visitors.shapes import ROWS, GuestLine, PartLine, Plan, ProgrammeLine
from guiju.visitors.words import SCOPES

SPARE = {"guests": 2, "programme": 2, "parts": 2}


def _text(name: str, *, required: bool = False, area: bool = False, hint: Any = "") -> forms.CharField:
    label = Visit._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    widget = forms.Textarea(attrs={"rows": 3}) if area else forms.TextInput()
    return forms.CharField(label=label, max_length=LENGTHS[name], required=required, widget=widget, help_text=hint)


def _choice(name: str) -> forms.ChoiceField:
    field: Any = Visit._meta.get_field(name)
    return forms.ChoiceField(label=field.verbose_name, choices=[("", "–"), *field.choices])


class MomentField(forms.DateTimeField):
    """A day and time on the hotel's clock, within reason."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M")
    zone: ZoneInfo
    now: datetime

    def to_python(self, value: Any) -> datetime | None:
        """The moment, in the hotel's zone whatever the server's is."""
        found = super().to_python(value)
        return found.replace(tzinfo=self.zone) if found is not None else None

    def validate(self, value: Any) -> None:
        """Refuse a year that is a slip of the pen."""
        super().validate(value)
        if value is not None and abs(value - self.now) > FURTHEST:
            raise forms.ValidationError(_("This day is too far away. Is the year right?"))

    def prepare_value(self, value: Any) -> Any:
        """As the browser's field wants it, in hotel time."""
        return value.astimezone(self.zone).replace(tzinfo=None) if isinstance(value, datetime) and value.tzinfo else value


class PlanForm(forms.Form):
    """The plain fields of a plan."""

    organisation = _text("organisation", required=True)
    visitor = _choice("visitor")
    rank = _choice("rank")
    purpose = _choice("purpose")
    persons = forms.IntegerField(label=gettext_lazy("Persons"), min_value=1, max_value=5000)
    arrival_at = MomentField(label=gettext_lazy("Arrives at"))
    until_at = MomentField(label=gettext_lazy("Ends at"), required=False)
    has_instruction = forms.BooleanField(label=gettext_lazy("The government office has sent an instruction"), required=False)
    contact = _text("contact")
    phone = _text("phone")
    vehicles = _text("vehicles")
    grade = forms.ChoiceField(
        label=gettext_lazy("Grade of reception"), required=False, choices=[("", gettext_lazy("as the standard says")), *Visit.Grade.choices]
    )
    scope = forms.MultipleChoiceField(
        label=gettext_lazy("Scope of the visit"), required=False, choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing ticked: as the standard says."),
    )
    grade_reason = _text("grade_reason", hint=gettext_lazy("Needed where grade or scope are not those of the standard."))
    host = _text("host")
    meeting_point = _text("meeting_point")
    language = _text("language")
    photos = _text("photos")
    gifts = _text("gifts")
    protocol = _text("protocol", area=True, hint=gettext_lazy("Forms of address, what not to ask, where not to take photos."))
    remarks = _text("remarks", area=True)
    reason = forms.CharField(label=gettext_lazy("Why the plan changes"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, zone: ZoneInfo, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, MomentField):
                field.zone, field.now = zone, now


class GuestRow(forms.Form):
    """One guest."""

    name = forms.CharField(label=gettext_lazy("Name of the guest"), max_length=60, required=False)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=80, required=False)


class ProgrammeRow(forms.Form):
    """One point of the programme."""

    on = forms.DateField(label=gettext_lazy("Day"), required=False, widget=forms.DateInput(format="%Y-%m-%d"))
    time = forms.TimeField(label=gettext_lazy("Time"), required=False, widget=forms.TimeInput(format="%H:%M"))
    place = forms.CharField(label=gettext_lazy("Place"), max_length=80, required=False)
    what = forms.CharField(label=gettext_lazy("What"), max_length=160, required=False)
    who = forms.CharField(label=gettext_lazy("By whom"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """A row with something in it has a time, a place and what is done."""
        got = super().clean() or self.cleaned_data
        if any(got.values()):
            for name in ("time", "place", "what"):
                if not got.get(name) and name not in self.errors:
                    self.add_error(name, _("This is needed."))
        return got


class PartRow(forms.Form):
    """One participant of the house."""

    person = forms.ChoiceField(label=gettext_lazy("Person"), required=False)
    role = forms.CharField(label=gettext_lazy("Task"), max_length=60, required=False)

    people: list[tuple[str, str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "–"), *self.people]  # type: ignore[attr-defined]  # a ChoiceField


ROW_FORMS: dict[str, type[forms.Form]] = {"guests": GuestRow, "programme": ProgrammeRow, "parts": PartRow}


class Entry:
    """The whole page: the plan's form and its rows, read from a post or laid out from a plan."""

    def __init__(
        self, *, hotel_id: UUID, zone: ZoneInfo, now: datetime, data: Mapping[str, Any] | None = None, plan: Plan | None = None,
        by_table: Mapping[str, Any] | None = None, version: int | None = None,
    ) -> None:
        self.zone, self.plan = zone, plan
        initial = _initial(plan, by_table or {}) if plan else {}
        self.form = PlanForm(data, initial={**initial, "version": version}, zone=zone, now=now)
        people = [(str(pk), name) for pk, name in people_of(hotel_id)]
        rows = type("PartRowHere", (PartRow,), {"people": people})
        more = str((data or {}).get("more", ""))
        self.rows: dict[str, list[forms.Form]] = {
            part: _rows(rows if part == "parts" else ROW_FORMS[part], part, data, _row_initial(part, plan, zone), more == part) for part in ROWS
        }

    def is_valid(self) -> bool:
        """Whether everything can be read."""
        return all([self.form.is_valid(), *(row.is_valid() for rows in self.rows.values() for row in rows)])

    @property
    def has_errors(self) -> bool:
        """Whether something is marked."""
        return bool(self.form.errors) or any(row.errors for rows in self.rows.values() for row in rows)

    def read(self) -> Plan:
        """The plan that the page says (after is_valid)."""
        got = {name: value for name, value in self.form.cleaned_data.items() if name not in ("reason", "version")}
        arrival: datetime = got["arrival_at"]
        return Plan(
            **{**got, "scope": tuple(got["scope"])},
            guests=tuple(GuestLine(one["name"], one["title"]) for one in self._filled("guests", "name", "title")),
            programme=tuple(
                ProgrammeLine(self._moment(one, arrival), one["place"], one["what"], one["who"])
                for one in self._filled("programme", "time", "place", "what")
            ),
            parts=tuple(PartLine(UUID(one["person"]), one["role"]) for one in self._filled("parts", "person")),
        )

    def _moment(self, row: Mapping[str, Any], arrival: datetime) -> datetime:
        on = row["on"] or arrival.astimezone(self.zone).date()
        return datetime.combine(on, row["time"], self.zone)

    def _filled(self, part: str, *names: str) -> list[dict[str, Any]]:
        return [row.cleaned_data for row in self.rows[part] if any(row.cleaned_data.get(name) for name in names)]

    def complain(self, wrong: Invalid) -> None:
        """What a verb refused, beside its field or at the top."""
        for name, texts in wrong.errors.items():
            for text in texts:
                if name in self.form.fields:
                    self.form.add_error(name, text)
                elif name in ROWS:
                    self.rows[name][0].add_error(None, text)
                else:
                    self.form.add_error(None, text)


def people_of(hotel_id: UUID) -> list[tuple[UUID, str]]:
    """Everybody who works here: one query."""
    rows = Person.objects.filter(appointments__hotel=hotel_id, appointments__until_at__isnull=True, is_active=True)
    return list(rows.distinct().order_by("name").values_list("pk", "name"))


def _initial(plan: Plan, by_table: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: getattr(plan, name) for name in PlanForm.base_fields if hasattr(plan, name)}
    if plan.grade == by_table.get("grade"):
        found["grade"] = ""
    if sorted(plan.scope) == sorted(by_table.get("scope", [])):
        found["scope"] = []
    return found


def _row_initial(part: str, plan: Plan | None, zone: ZoneInfo) -> list[dict[str, Any]]:
    if plan is None:
        return []
    if part == "guests":
        return [{"name": one.name, "title": one.title} for one in plan.guests]
    if part == "parts":
        return [{"person": str(one.person_id), "role": one.role} for one in plan.parts]
    same = plan.arrival_at.astimezone(zone).date()
    rows = []
    for one in plan.programme:
        at = one.at.astimezone(zone)
        rows.append({"on": at.date() if at.date() != same else None, "time": at.time(), "place": one.place, "what": one.what, "who": one.who})
    return rows


def _rows(form: type[forms.Form], part: str, data: Mapping[str, Any] | None, first: list[dict[str, Any]], more: bool) -> list[forms.Form]:
    if data is None:
        count = len(first) + SPARE[part]
        return [form(initial=first[n] if n < len(first) else None, prefix=f"{part}-{n}") for n in range(count)]
    sent = [int(key.split("-")[1]) for key in data if key.startswith(f"{part}-") and key.split("-")[1].isdecimal()]
    count = min(max(sent, default=-1) + 1, MOST_ROWS)
    rows = [form(data, prefix=f"{part}-{n}") for n in range(count)]
    if more or not rows:
        rows += [form(initial={}, data={}, prefix=f"{part}-{n}") for n in range(count, count + SPARE[part] + 1)]
    return rows


class PaperForm(forms.Form):
    """A paper to attach."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of paper"), choices=VisitPaper.Kind.choices)
    file = forms.FileField(label=gettext_lazy("File"), required=False)
    lies_at = forms.CharField(label=gettext_lazy("Or where it lies"), max_length=120, required=False)


class ReportForm(forms.Form):
    """How it went."""

    as_planned = forms.ChoiceField(
        label=gettext_lazy("Went as planned"), choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
    )
    shown_text = forms.CharField(label=gettext_lazy("What was shown"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    opinions = forms.CharField(label=gettext_lazy("Opinions heard"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    differences = forms.CharField(
        label=gettext_lazy("What went otherwise than planned"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    cost = forms.DecimalField(label=gettext_lazy("Cost"), required=False, min_value=0, max_digits=10, decimal_places=2)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


