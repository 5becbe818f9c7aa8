"""What each step on a booking's page asks; the same forms read the post, so that what is wrong stands beside its field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.bookings.actions.liaising import PRE_ARRIVAL, checked_items
from guiju.bookings.actions.serving import SERVICES
from guiju.bookings.forms import AMOUNT, choices
from guiju.bookings.models import Booking
from guiju.bookings.stay import lines_of, meals_of
from guiju.bookings.words import MEAL_NAMES, PRE_ARRIVAL_NAMES, SERVICE_NAMES
from guiju.house.facts import DEPARTMENTS, POSTS
from guiju.house.models import Person
from guiju.house.rights import posts_with

MARKS = [("", "–"), *((str(mark), str(mark)) for mark in range(5, 0, -1))]
FURTHEST = timedelta(days=800)  # no moment of a step lies further from today


def text_field(label: Any, most: int, *, required: bool = True, rows: int = 0) -> forms.CharField:
    """A line of words, or several when it has rows."""
    return forms.CharField(label=label, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput)


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


class StepForm(forms.Form):
    """A step of a booking: its fields know the booking, the moment and the reader's language."""

    def __init__(self, data: Any = None, files: Any = None, *, what: str, booking: Booking, now: datetime, english: bool = False) -> None:
        super().__init__(data, files, auto_id=f"{what}-%s")
        self.booking, self.now, self.english = booking, now, english
        for field in self.fields.values():
            if isinstance(field, MomentField):
                field.zone, field.now = ZoneInfo(booking.hotel.zone), now
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices."""


class HoldForm(StepForm):
    """Until when the rooms are held; empty for the usual time."""

    until_at = MomentField(label=gettext_lazy("Hold until (empty: the usual time)"), required=False)


class ExtendForm(StepForm):
    """Hold longer."""

    until_at = MomentField(label=gettext_lazy("Hold until"))
    reason = text_field(gettext_lazy("Reason"), 200, required=False)


class GuaranteeForm(StepForm):
    """How it is guaranteed."""

    how = forms.CharField(
        label=gettext_lazy("Guaranteed by"), max_length=40, widget=forms.TextInput(attrs={"placeholder": gettext_lazy("deposit, card, letter")})
    )


class WrittenForm(StepForm):
    """The client's written request: a scan, photo or mail, or which paper it is and where it is kept."""

    file = forms.FileField(label=gettext_lazy("Scan, photo or mail"), required=False)
    paper = forms.CharField(label=gettext_lazy("or the paper: which, and where it is kept"), required=False, max_length=200)


class LiaisonForm(StepForm):
    """Who looks after the group."""

    person = forms.ChoiceField(label=gettext_lazy("Liaison"))

    def prepare(self) -> None:
        """Sales people of this hotel, the present one first chosen."""
        self.fields["person"].choices = [(str(one.pk), one.name) for one in sellers_of(self.booking)]  # type: ignore[attr-defined]
        self.fields["person"].initial = str(self.booking.liaison_id or "")


def sellers_of(booking: Booking) -> Sequence[Person]:
    """The people with a sales post."""
    rows = Person.objects.filter(
        appointments__hotel=booking.hotel_id, appointments__until_at__isnull=True, appointments__post__contains="sales", is_active=True
    )
    return list(rows.distinct().order_by("name"))


class ImportantForm(StepForm):
    """Why the group is important."""

    reason = text_field(gettext_lazy("Important, because"), 200)


def _guest_types(booking: Booking) -> dict[str, str]:
    """The room types of the guests' rooms: code and name."""
    return {line.room_type.code: line.room_type.shown for line in lines_of(booking) if line.use == "guest"}


class AskRateForm(StepForm):
    """Another rate than the looked-up one."""

    room_type = forms.ChoiceField(label=gettext_lazy("Another rate for"))
    amount = forms.DecimalField(label=gettext_lazy("Amount a night"), **AMOUNT)
    reason = text_field(gettext_lazy("Reason"), 300)

    def prepare(self) -> None:
        """The room types of the guests' rooms."""
        self.fields["room_type"].choices = list(_guest_types(self.booking).items())  # type: ignore[attr-defined]


class DecideForm(StepForm):
    """The manager's decision on a group without agreement."""

    terms = text_field(gettext_lazy("Terms"), 500, required=False)

    def prepare(self) -> None:
        """A rate for each room type of the guests."""
        wanted = _guest_types(self.booking)
        more = {f"rate_{code}": forms.DecimalField(label=name, required=False, **AMOUNT) for code, name in wanted.items()}
        self.fields = {**more, **self.fields}


class DifferencesForm(StepForm):
    """What did not agree, a line each."""

    differences = text_field(gettext_lazy("What does not agree, a line each (empty: all agrees)"), 4000, required=False, rows=2)


class ResolveForm(StepForm):
    """How a difference was settled."""

    resolution = text_field(gettext_lazy("How it was settled"), 300)


class OnTimeForm(StepForm):
    """Whether they come on time."""

    on_time = forms.ChoiceField(
        label=gettext_lazy("Do they come on time?"), choices=[("yes", gettext_lazy("on time")), ("no", gettext_lazy("not on time"))]
    )
    expected_at = MomentField(label=gettext_lazy("Expected"), required=False)


class SeeOffForm(StepForm):
    """What the guests said on leaving."""

    opinions = text_field(gettext_lazy("Their opinions (“none” is an answer too)"), 500, rows=2)
    said_by = text_field(gettext_lazy("Said by"), 80, required=False)
    rooms = forms.TypedChoiceField(label=gettext_lazy("Rooms"), choices=MARKS, coerce=int, empty_value=None, required=False)
    meals = forms.TypedChoiceField(label=gettext_lazy("Meals"), choices=MARKS, coerce=int, empty_value=None, required=False)
    service = forms.TypedChoiceField(label=gettext_lazy("Service"), choices=MARKS, coerce=int, empty_value=None, required=False)


class PreArrivalForm(StepForm):
    """The six items gone through before arrival, one by one or at once."""

    def prepare(self) -> None:
        """A field an item, with what was found before."""
        known = checked_items(self.booking)
        for item in PRE_ARRIVAL:
            self.fields[item] = text_field(PRE_ARRIVAL_NAMES[item], 200, required=False)
            self.fields[item].initial = known.get(item, {}).get("text", "")


class MeetForm(StepForm):
    """The leader was met: when they eat, and further wishes."""

    meal = forms.ChoiceField(label=gettext_lazy("Meal"), required=False)
    meal_time = forms.TimeField(label=gettext_lazy("Meal time"), required=False)
    wish = text_field(gettext_lazy("Further wish"), 200, required=False)
    wish_department = forms.ChoiceField(label=gettext_lazy("For"), required=False)

    def prepare(self) -> None:
        """The meals still to come, and the departments."""
        today = self.now.astimezone(ZoneInfo(self.booking.hotel.zone)).date()
        rows = [row for row in meals_of(self.booking) if row.on >= today]
        shown = [(str(row.pk), f"{row.on} {MEAL_NAMES.get(row.meal, row.meal)} {row.time.strftime('%H:%M') if row.time else ''}") for row in rows]
        self.fields["meal"].choices = shown or [("", "–")]  # type: ignore[attr-defined]
        self.fields["wish_department"].choices = departments(self.english)  # type: ignore[attr-defined]


class LuggageForm(StepForm):
    """The leader's room."""

    leader_room = text_field(gettext_lazy("Leader's room"), 12)
    pieces = forms.IntegerField(label=gettext_lazy("Pieces"), min_value=0, max_value=5000, required=False)


class OrderForm(StepForm):
    """Something ordered with a department."""

    service = forms.ChoiceField(label=gettext_lazy("Kind of service"), choices=choices(SERVICE_NAMES, SERVICES), initial="request")
    department = forms.ChoiceField(label=gettext_lazy("Department"))
    text = text_field(gettext_lazy("What"), 200)
    at = MomentField(label=gettext_lazy("When it is needed"), required=False)

    def prepare(self) -> None:
        """The departments."""
        self.fields["department"].choices = departments(self.english)  # type: ignore[attr-defined]


class PlainForm(StepForm):
    """A step that asks nothing."""


def departments(english: bool) -> list[tuple[str, str]]:
    """Departments to choose from: those with a post that can answer the order."""
    able = {POSTS[post][0] for post in posts_with("bookings.service")}
    return [(key, names[english]) for key, names in DEPARTMENTS.items() if key in able]


FORMS: dict[str, type[StepForm]] = {
    "hold": HoldForm, "extend": ExtendForm, "guarantee": GuaranteeForm, "written": WrittenForm, "liaison": LiaisonForm, "important": ImportantForm,
    "ask-rate": AskRateForm, "decide": DecideForm, "check-rooms": DifferencesForm, "check-meals": DifferencesForm, "on-time": OnTimeForm,
    "see-off": SeeOffForm, "pre-arrival": PreArrivalForm, "meet": MeetForm, "luggage": LuggageForm, "order": OrderForm,
}


def complain(form: forms.Form, errors: dict[str, list[str]], message: str = "") -> None:
    """Put what the verb refused beside the form's fields; other names go to the form's own line."""
    for name, texts in errors.items():
        for text in texts:
            form.add_error(ALIAS.get(name, name) if ALIAS.get(name, name) in form.fields else None, text)
    if not errors:
        form.add_error(None, message)


ALIAS = {"hold_until": "until_at", "liaison": "person"}
