"""What the pages of an event ask: its card, a function, a line of the offer, a menu, and each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from guiju.bookings.models import Booking
from guiju.bookings.step_forms import MomentField
from guiju.clients.models import Client
from guiju.events.models import Enclosure, Event, EventFunction, EventLine, Menu
from guiju.events.queries import halls_for, menus_for, sellers_of
from guiju.events.shape import functions_of, lines_of
from guiju.events.words import TOLD_NAMES
from guiju.function_space.models import Style
from guiju.house.facts import DEPARTMENTS

LANGS = (("zh-hans", "中文"), ("en", "English"))


def words_field(label: Any, most: int, *, required: bool = False, rows: int = 0, hint: Any = "") -> forms.CharField:
    """A line of text, or several."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=most, required=required, widget=widget, help_text=hint)


def number_field(label: Any, most: int = 20_000, *, required: bool = False) -> forms.IntegerField:
    """A number of persons, tables or minutes."""
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=required)


def money_field(label: Any, *, required: bool = True) -> forms.DecimalField:
    """An amount of money."""
    return forms.DecimalField(label=label, min_value=0, max_digits=10, decimal_places=2, required=required)


def complain(form: forms.Form, errors: Mapping[str, Any], message: str = "") -> None:
    """Put what a verb refused beside its field; what has no field stands above the form."""
    for field, texts in errors.items():
        place = field.replace("counts ", "persons_")
        for one in texts:
            form.add_error(place if place in form.fields else None, one)
    if not errors and message:
        form.add_error(None, message)


class EventForm(forms.Form):
    """An event's card."""

    name = words_field(gettext_lazy("Event"), 120, required=True)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Event.Kind.choices)
    on = forms.DateField(label=gettext_lazy("Day"))
    client = words_field(gettext_lazy("Client: number of its file"), 40, hint=gettext_lazy("Empty for private people."))
    organiser = words_field(gettext_lazy("Organiser"), 120)
    contact = words_field(gettext_lazy("Contact"), 80)
    phone = words_field(gettext_lazy("Telephone"), 40)
    lang = forms.ChoiceField(label=gettext_lazy("Language of letters"), choices=LANGS, required=False)
    occasion = words_field(gettext_lazy("Occasion"), 200)
    seller = forms.ChoiceField(label=gettext_lazy("Followed up by"), required=False)
    banquet_host = words_field(gettext_lazy("Banquet host"), 80)
    booking = words_field(gettext_lazy("Guests' rooms: number of the booking"), 20)
    requests = words_field(gettext_lazy("Special requests"), 2000, rows=2)
    flowers = words_field(gettext_lazy("Flowers"), 200)
    security = words_field(gettext_lazy("Security"), 200)
    parking = words_field(gettext_lazy("Parking"), 200)
    luggage = words_field(gettext_lazy("Luggage and guidance"), 200)
    staff_meals = words_field(gettext_lazy("Staff meals"), 120)
    driver_meals = words_field(gettext_lazy("Drivers' meals"), 120)
    payment = words_field(gettext_lazy("Payment"), 120)
    signers = words_field(gettext_lazy("Who signs the bill"), 120)
    service_percent = forms.DecimalField(label=gettext_lazy("Service charge, %"), min_value=0, max_value=30, max_digits=4, decimal_places=1,
        required=False)

    def __init__(self, *args: Any, hotel_id: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.hotel_id = hotel_id
        self.fields["seller"].choices = [("", _("whoever writes it")), *((str(one.pk), one.name) for one in sellers_of(hotel_id))]  # type: ignore[attr-defined]  # own kind of field

    def clean_client(self) -> Client | None:
        """The client file with this number."""
        number = self.cleaned_data["client"].strip()
        if not number:
            return None
        found: Client | None = Client.objects.of(self.hotel_id).filter(number__iexact=number, merged_into__isnull=True).first()
        if found is None:
            raise forms.ValidationError(_("There is no client file with this number."))
        return found

    def clean_booking(self) -> Booking | None:
        """The booking with this number."""
        number = self.cleaned_data["booking"].strip()
        if not number:
            return None
        found: Booking | None = Booking.objects.of(self.hotel_id).filter(number__iexact=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no booking with this number."))
        return found

    def card(self) -> dict[str, Any]:
        """The card as the verbs want it."""
        got = dict(self.cleaned_data)
        seller = got.pop("seller")
        if got["service_percent"] is None:
            got["service_percent"] = 0
        return {**got, "seller": next((one for one in sellers_of(self.hotel_id) if str(one.pk) == seller), None)}


def card_of(event: Event) -> dict[str, Any]:
    """An event's card as the form shows it."""
    found = {name: getattr(event, name) for name in EventForm.base_fields if name not in ("client", "booking", "seller")}
    return {
        **found, "client": event.client.number if event.client else "", "booking": event.booking.number if event.booking else "",
        "seller": str(event.seller_id or ""),
    }


class FunctionForm(forms.Form):
    """One function of an event: when, where, how many, how the hall is set up."""

    name = words_field(gettext_lazy("Name of the function"), 60, required=True)
    from_at = MomentField(label=gettext_lazy("From"))
    until_at = MomentField(label=gettext_lazy("Until"))
    hall = forms.ChoiceField(label=gettext_lazy("Hall"), required=False)
    setup = forms.ChoiceField(label=gettext_lazy("Set-up style"), choices=[("", "–"), *Style.choices], required=False)
    expected_persons = number_field(gettext_lazy("Expected persons"))
    expected_tables = number_field(gettext_lazy("Expected tables"), 2000)
    spare_tables = number_field(gettext_lazy("Spare tables"), 200)
    setup_minutes = number_field(gettext_lazy("Set-up, minutes"), 2880)
    turn_minutes = number_field(gettext_lazy("Clearing, minutes"), 2880)
    decoration = words_field(gettext_lazy("Room and stage"), 300, rows=2)

    def __init__(self, *args: Any, event: Event, now: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.halls = {str(hall.pk): hall for hall in halls_for(event.hotel_id)}
        self.fields["hall"].choices = [("", _("none of ours")), *((pk, hall.shown) for pk, hall in self.halls.items())]  # type: ignore[attr-defined]  # own kind of field
        for name in ("from_at", "until_at"):
            self.fields[name].zone, self.fields[name].now = ZoneInfo(event.hotel.zone), now  # type: ignore[attr-defined]  # own kind of field

    def plan(self) -> dict[str, Any]:
        """The function as the verbs want it."""
        return {**self.cleaned_data, "hall": self.halls.get(self.cleaned_data["hall"])}


def plan_of(row: EventFunction) -> dict[str, Any]:
    """A function as its form shows it."""
    names = [name for name in FunctionForm.base_fields if name != "hall"]
    return {**{name: getattr(row, name) for name in names}, "hall": str(row.hall_id or "")}


class LineForm(forms.Form):
    """A line of the offer. A menu brings its name, dishes and price."""

    part = forms.ChoiceField(label=gettext_lazy("Kind of item"), choices=EventLine.Part.choices)
    function = forms.ChoiceField(label=gettext_lazy("For which function"), required=False)
    menu = forms.ChoiceField(label=gettext_lazy("Menu of the house"), required=False)
    text = words_field(gettext_lazy("Name of the item"), 120, hint=gettext_lazy("Empty: the menu's name."))
    text_en = words_field(gettext_lazy("In English"), 120)
    basis = forms.ChoiceField(label=gettext_lazy("How it is charged"), choices=[("", gettext_lazy("as the menu says")), *EventLine.Basis.choices],
        required=False)
    quantity = money_field(gettext_lazy("Quantity"), required=False)
    price = money_field(gettext_lazy("Unit price"), required=False)
    department = forms.ChoiceField(label=gettext_lazy("Arranged by"), required=False)
    details = words_field(gettext_lazy("Details"), 3000, rows=3)

    def __init__(self, *args: Any, event: Event, **more: Any) -> None:
        super().__init__(*args, **more)
        self.functions = {str(row.pk): row for row in functions_of(event)}
        self.menus = {str(row.pk): row for row in menus_for(event.hotel_id)}
        english = (get_language() or "").startswith("en")
        self.fields["function"].choices = [("", _("the whole event")), *((pk, row.name) for pk, row in self.functions.items())]  # type: ignore[attr-defined]  # own kind of field
        menus = [(pk, f"{row.shown} {row.price:,.0f} {row.get_basis_display()}") for pk, row in self.menus.items()]
        self.fields["menu"].choices = [("", "–"), *menus]  # type: ignore[attr-defined]  # own kind of field
        self.fields["department"].choices = [(key, names[english]) for key, names in DEPARTMENTS.items() if key != "sales"]  # type: ignore[attr-defined]  # own kind of field
        if not self.is_bound:
            self.initial.setdefault("department", "fnb")

    def line(self) -> dict[str, Any]:
        """The line as the verbs want it."""
        got = self.cleaned_data
        return {**got, "function": self.functions.get(got["function"]), "menu": self.menus.get(got["menu"])}


def line_of(row: EventLine) -> dict[str, Any]:
    """A line as its form shows it."""
    names = ("part", "text", "text_en", "basis", "quantity", "price", "department", "details")
    return {**{name: getattr(row, name) for name in names}, "function": str(row.function_id or ""), "menu": str(row.menu_id or "")}


class MenuForm(forms.Form):
    """A menu of the house."""

    name = words_field(gettext_lazy("Menu"), 60, required=True)
    name_en = words_field(gettext_lazy("English name"), 60)
    basis = forms.ChoiceField(label=gettext_lazy("Price for"), choices=Menu.Basis.choices)
    price = money_field(gettext_lazy("Unit price"))
    dishes = words_field(gettext_lazy("Dishes, one a line"), 3000, required=True, rows=10)
    dishes_en = words_field(gettext_lazy("Dishes in English"), 3000, rows=4)


class StepForm(forms.Form):
    """A step of an event; it knows the event and the moment."""

    def __init__(self, data: Any = None, files: Any = None, *, what: str, event: Event, now: datetime) -> None:
        super().__init__(data, files, auto_id=f"{what}-%s")
        self.event, self.now = event, now
        for field in self.fields.values():
            if isinstance(field, MomentField):
                field.zone, field.now = ZoneInfo(event.hotel.zone), now
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices and what is likely."""


class PlainForm(StepForm):
    """A step that asks nothing."""


class ReasonForm(StepForm):
    """Why."""

    reason = words_field(gettext_lazy("Reason"), 200, required=True)


class HallForm(StepForm):
    """Until when the hall is held as an option; empty: definite."""

    function = forms.CharField(widget=forms.HiddenInput)
    option_until_at = MomentField(label=gettext_lazy("Option until (empty: definite)"), required=False)


class ReleaseForm(StepForm):
    """Why the hall is given back."""

    function = forms.CharField(widget=forms.HiddenInput)
    reason = words_field(gettext_lazy("Reason"), 200, required=True)


class QuoteForm(StepForm):
    """Until when the offer holds, and what else is said."""

    valid_until_on = forms.DateField(label=gettext_lazy("Valid until"))
    remarks = words_field(gettext_lazy("Remarks"), 1000, rows=2)


class ConfirmForm(StepForm):
    """What the client agreed with."""

    agreed_how = words_field(gettext_lazy("Agreed by"), 200, required=True, hint=gettext_lazy("Contract, written order or deposit, with its number."))


class AskForm(StepForm):
    """What the general manager should know."""

    text = words_field(gettext_lazy("For the general manager"), 500)


class CountsForm(StepForm):
    """Persons and tables of each function."""

    which = "guaranteed"

    def prepare(self) -> None:
        """Two numbers for each function."""
        for place, row in enumerate(functions_of(self.event), start=1):
            for one, label in (("persons", _("persons")), ("tables", _("tables"))):
                now = getattr(row, f"{self.which}_{one}")
                field = number_field(f"{row.name}: {label}", 20_000 if one == "persons" else 2_000, required=one == "persons")
                field.initial = getattr(row, one) if now is None else now
                self.fields[f"{one}_{place}"] = field

    def counts(self) -> dict[Any, tuple[int, int]]:
        """Function -> (persons, tables)."""
        got = self.cleaned_data
        return {row.pk: (got[f"persons_{place}"], got[f"tables_{place}"] or 0) for place, row in enumerate(functions_of(self.event), start=1)}


class ActualsForm(CountsForm):
    """How many came, and what was used of lines charged by quantity."""

    which = "actual"

    def prepare(self) -> None:
        """The numbers of each function, then a quantity for each such line."""
        super().prepare()
        for row in lines_of(self.event):
            if row.basis == EventLine.Basis.PIECE and row.part != EventLine.Part.HALL:
                field = forms.DecimalField(label=_("%(what)s: used") % {"what": row.text}, min_value=0, max_digits=9, decimal_places=2,
                    required=False)
                field.initial = row.quantity if row.actual_quantity is None else row.actual_quantity
                self.fields[f"used_{row.pk}"] = field

    def used(self) -> dict[Any, Any]:
        """Line -> quantity used."""
        rows = {f"used_{row.pk}": row.pk for row in lines_of(self.event)}
        return {rows[name]: value for name, value in self.cleaned_data.items() if name in rows and value is not None}


class DepositForm(StepForm):
    """A deposit agreed with the client."""

    label = words_field(gettext_lazy("Which deposit"), 60)
    amount = money_field(gettext_lazy("Amount"))
    due_on = forms.DateField(label=gettext_lazy("Due day"))


class ReceiveForm(StepForm):
    """What came, with its receipt."""

    deposit = forms.CharField(widget=forms.HiddenInput)
    amount = money_field(gettext_lazy("Amount received"))
    receipt = words_field(gettext_lazy("Receipt number"), 40, required=True)
    how = words_field(gettext_lazy("Paid by"), 40)


class DropDepositForm(StepForm):
    """Why it is not asked for."""

    deposit = forms.CharField(widget=forms.HiddenInput)
    reason = words_field(gettext_lazy("Reason"), 200, required=True)


class EncloseForm(StepForm):
    """A file for the event."""

    what = forms.ChoiceField(label=gettext_lazy("What it is"), choices=Enclosure.What.choices, initial="photo")
    file = forms.FileField(label=gettext_lazy("File"))
    caption = words_field(gettext_lazy("Caption"), 120)


class FileForm(StepForm):
    """The event's file."""

    bill_number = words_field(gettext_lazy("Bill number"), 40)
    bill_received = forms.DecimalField(label=gettext_lazy("Received in all"), min_value=0, max_digits=10, decimal_places=2, required=False)
    occasion = words_field(gettext_lazy("Occasion"), 200)
    requests = words_field(gettext_lazy("Special requests"), 2000, rows=2)
    opinions = words_field(gettext_lazy("The client's opinion"), 2000, required=True, rows=2)
    problems = words_field(gettext_lazy("Problems and complaints"), 2000, rows=2)
    rivals = words_field(gettext_lazy("Rival hotels"), 120)
    again_on = forms.DateField(label=gettext_lazy("Likely next time (empty: in a year)"), required=False)

    def prepare(self) -> None:
        """What is known stands there."""
        for name, field in self.fields.items():
            field.initial = getattr(self.event, name)


class ArchiveForm(StepForm):
    """Where the file is kept."""

    place = words_field(gettext_lazy("Where it is kept"), 80, required=True)


class AgainForm(StepForm):
    """The day it is held next."""

    on = forms.DateField(label=gettext_lazy("Next time on"))

    def prepare(self) -> None:
        """As the file says."""
        self.fields["on"].initial = self.event.again_on


class CancelForm(StepForm):
    """Why, who told us, how."""

    reason = words_field(gettext_lazy("Reason"), 200, required=True)
    told_by = words_field(gettext_lazy("Told by"), 80, required=True)
    told_how = forms.ChoiceField(label=gettext_lazy("How"), choices=list(TOLD_NAMES.items()))
    waive_charge = words_field(gettext_lazy("No charge, because"), 200)


# step -> (its form, the part of the event's pages where it stands)
FORMS: dict[str, tuple[type[StepForm], str]] = {
    "take-hall": (HallForm, "event"), "release-hall": (ReleaseForm, "event"), "drop-function": (PlainForm, "event"),
    "drop-line": (PlainForm, "event"),
    "confirm": (ConfirmForm, "event"), "lose": (ReasonForm, "event"),
    "guarantee": (CountsForm, "order"), "ask-gm": (AskForm, "order"), "issue": (PlainForm, "order"),
    "quote": (QuoteForm, "money"), "deposit": (DepositForm, "money"), "receive": (ReceiveForm, "money"), "drop-deposit": (DropDepositForm, "money"),
    "took-place": (ActualsForm, "file"), "enclose": (EncloseForm, "file"), "hand-in": (FileForm, "file"), "archive": (ArchiveForm, "file"),
    "again": (AgainForm, "file"), "asked-again": (ReasonForm, "file"),
}
