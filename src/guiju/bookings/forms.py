"""What the pages about bookings ask: the booking itself with its rows of rooms, meals and escorts.

Nothing typed is lost: a refused page shows every row again, with what is wrong beside the field or the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from guiju.bookings import lines
from guiju.bookings.checking import PAYMENTS
from guiju.bookings.models import Booking
from guiju.bookings.shapes import ESCORT_ROLES, MEALS, USES, EscortLine, MealLine, RoomLine
from guiju.bookings.words import ESCORT_NAMES, MEAL_NAMES, PAYER_NAMES, PAYMENT_NAMES, STYLE_NAMES, TOLD_NAMES, USE_NAMES
from guiju.rooms.models import RoomType
from guiju.shelf.errors import Invalid

MOST_ROWS = 120
BLANK = {"rooms": 2, "meals": 3, "escort_people": 1}  # empty rows offered below the filled ones
MORE = 6
AMOUNT: dict[str, Any] = {"max_digits": 10, "decimal_places": 2, "min_value": 0}
PARTS = tuple(BLANK)
PLACE = re.compile(r"(rooms|meals|guests|escort_people)(?: (\d+))?$")
PAYERS = ("client", "guest")
SHARES = ("rooms", "meals", "escorts", "incidentals")  # what is paid by whom


def choices(names: Mapping[str, Any], keys: Iterable[str], empty: Any = None) -> list[tuple[str, Any]]:
    """Choices in order, with an empty one first if asked."""
    first = [("", empty)] if empty is not None else []
    return first + [(key, names[key]) for key in keys]


class BookingForm(forms.Form):
    """The plain fields of a booking; empty ones are allowed where staff learn them later."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Booking.Kind.choices)
    client = forms.CharField(label=gettext_lazy("Client"), required=False, max_length=120)
    client_pk = forms.UUIDField(required=False)
    contact_id = forms.ChoiceField(label=gettext_lazy("Booked by"), required=False)
    name = forms.CharField(label=gettext_lazy("Group or guest"), max_length=120)
    tour_code = forms.CharField(label=gettext_lazy("Tour code"), max_length=40, required=False)
    nationality = forms.CharField(label=gettext_lazy("Nationality"), max_length=40, required=False)
    persons = forms.IntegerField(label=gettext_lazy("Guests"), min_value=1, max_value=5000)
    escorts = forms.IntegerField(label=gettext_lazy("Drivers and escorts"), min_value=0, max_value=500, required=False)
    arrival_on = forms.DateField(label=gettext_lazy("Arrival"))
    arrival_time = forms.TimeField(label=gettext_lazy("Arrival time"), required=False)
    arrival_by = forms.CharField(label=gettext_lazy("Arrives by"), max_length=60, required=False)
    departure_on = forms.DateField(label=gettext_lazy("Departure"))
    departure_time = forms.TimeField(label=gettext_lazy("Departure time"), required=False)
    departure_by = forms.CharField(label=gettext_lazy("Leaves by"), max_length=60, required=False)
    payment = forms.ChoiceField(
        label=gettext_lazy("Payment"), required=False, choices=choices(PAYMENT_NAMES, PAYMENTS, gettext_lazy("as usual for the kind")),
    )
    selling_rate = forms.DecimalField(label=gettext_lazy("Collected from the guest, a night"), required=False, **AMOUNT)
    due_back = forms.DecimalField(label=gettext_lazy("Due back to the client, a night"), required=False, **AMOUNT)
    rate_confidential = forms.BooleanField(label=gettext_lazy("The rate is confidential"), required=False)
    wake_up = forms.CharField(label=gettext_lazy("Wake-up call"), max_length=80, required=False)
    luggage = forms.CharField(label=gettext_lazy("Luggage down"), max_length=80, required=False)
    agents = forms.BooleanField(label=gettext_lazy("The agents travel themselves: gone through first"), required=False)
    requests = forms.CharField(label=gettext_lazy("Special requests"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    # who told us of a change
    told_by = forms.CharField(label=gettext_lazy("Told by"), max_length=80, required=False)
    told_how = forms.ChoiceField(label=gettext_lazy("By"), required=False, choices=choices(TOLD_NAMES, TOLD_NAMES))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, contacts: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, auto_id="%s", **more)
        self.fields["contact_id"].choices = [("", "–"), *contacts]  # type: ignore[attr-defined]
        for share in SHARES:
            self.fields[f"pays_{share}"] = forms.ChoiceField(
                label=PAYER_NAMES[share], required=False, choices=choices(PAYER_NAMES, PAYERS, "–")
            )

    def payers(self) -> list[forms.BoundField]:
        """The fields that say who pays what."""
        return [self[f"pays_{share}"] for share in SHARES]


class Row(forms.Form):
    """A row of a list; it counts when something that makes it one is filled."""

    asks: tuple[str, ...] = ()

    @property
    def is_filled(self) -> bool:
        """Whether somebody wrote into this row."""
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in self.asks)


class RoomRow(Row):
    """Rooms of one type; from and until only where they differ from the whole stay."""

    asks = ("rooms", "from_on", "until_on", "extra_beds")
    room_type = forms.ChoiceField(label=gettext_lazy("Room type"))
    rooms = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=2000)
    use = forms.ChoiceField(label=gettext_lazy("Use"), choices=choices(USE_NAMES, USES))
    from_on = forms.DateField(label=gettext_lazy("From, if not the whole stay"), required=False)
    until_on = forms.DateField(label=gettext_lazy("Until"), required=False)
    extra_beds = forms.IntegerField(label=gettext_lazy("Extra beds"), min_value=0, max_value=200, required=False)

    def __init__(self, *args: Any, types: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["room_type"].choices = types  # type: ignore[attr-defined]

    def shape(self, whole: Mapping[str, Any]) -> RoomLine:
        """The row as a line of the booking."""
        got = self.cleaned_data
        return RoomLine(
            UUID(got["room_type"]), got["from_on"] or whole["arrival_on"], got["until_on"] or whole["departure_on"], got["rooms"], got["use"],
            got["extra_beds"] or 0,
        )


class MealRow(Row):
    """One meal of the group."""

    asks = ("on", "persons", "time", "place", "diet")
    on = forms.DateField(label=gettext_lazy("Day"))
    meal = forms.ChoiceField(label=gettext_lazy("Meal"), choices=choices(MEAL_NAMES, MEALS), initial="dinner")
    time = forms.TimeField(label=gettext_lazy("Time"), required=False)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=60, required=False)
    persons = forms.IntegerField(label=gettext_lazy("Persons"), min_value=0, max_value=5000)
    escorts = forms.IntegerField(label=gettext_lazy("Escorts"), min_value=0, max_value=500, required=False)
    standard = forms.CharField(label=gettext_lazy("Meal standard"), max_length=40, required=False)
    style = forms.ChoiceField(label=gettext_lazy("Style"), required=False, choices=choices(STYLE_NAMES, STYLE_NAMES, "–"))
    diet = forms.CharField(label=gettext_lazy("Diet"), max_length=120, required=False)

    def shape(self, whole: Mapping[str, Any]) -> MealLine:
        """The row as a line of the booking."""
        got = self.cleaned_data
        return MealLine(
            got["on"], got["meal"], got["persons"], got["time"], got["place"], got["escorts"] or 0, got["standard"], style=got["style"],
            diet=got["diet"],
        )


class EscortRow(Row):
    """Leader, guide or driver."""

    asks = ("name", "phone")
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=choices(ESCORT_NAMES, ESCORT_ROLES))
    name = forms.CharField(label=gettext_lazy("Full name"), max_length=60)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)

    def shape(self, whole: Mapping[str, Any]) -> EscortLine:
        """The row as a line of the booking."""
        got = self.cleaned_data
        return EscortLine(got["role"], got["name"], got["phone"])


ROWS: dict[str, type[Row]] = {"rooms": RoomRow, "meals": MealRow, "escort_people": EscortRow}


def _numbers(data: Mapping[str, Any], part: str) -> int:
    found = (re.match(rf"{part}-(\d+)-", name) for name in data)
    return min(max((int(match[1]) + 1 for match in found if match), default=0), MOST_ROWS)


@dataclass(slots=True)
class Entry:
    """A booking as it stands on the page: the form, its rows, and after checking what they say."""

    form: forms.Form
    rows: dict[str, list[Row]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)  # complaints that belong to no field
    part_notes: dict[str, list[str]] = field(default_factory=dict)  # complaints about the rooms or meals as a whole

    def is_valid(self) -> bool:
        """Whether every field and every filled row reads well."""
        good = self.form.is_valid()
        for row in self._filled_everywhere():
            good = row.is_valid() and good
        return good

    def filled(self, part: str) -> list[Row]:
        """The rows of a part that somebody filled."""
        return [row for row in self.rows[part] if row.is_filled]

    def _filled_everywhere(self) -> list[Row]:
        return [row for part in PARTS for row in self.filled(part)]

    def shapes(self, part: str) -> list[Any]:
        """The filled rows of a part as lines (after is_valid)."""
        return [row.shape(self.form.cleaned_data) for row in self.filled(part)]  # type: ignore[attr-defined]

    def complain(self, wrong: Invalid) -> None:
        """Put what a verb refused beside the field or the row it is about."""
        for place, texts in wrong.errors.items():
            match = PLACE.match(place)
            rows = self.filled(match[1]) if match and match[1] in ROWS else []
            for text in texts:
                if match and match[2] and 0 < int(match[2]) <= len(rows):
                    rows[int(match[2]) - 1].add_error(None, text)
                elif match and match[1] in ROWS:
                    self.part_notes.setdefault(match[1], []).append(text)
                elif place in self.form.fields:
                    self.form.add_error(place, text)
                elif text not in self.notes:
                    self.notes.append(text)
        if not wrong.errors:
            self.notes.append(wrong.message)

    def leave_unchecked(self) -> None:
        """Only further rows were asked for: what was typed stands, nothing is complained about yet."""
        for form in (self.form, *(row for rows in self.rows.values() for row in rows)):
            form._errors = {}  # type: ignore[assignment]  # Django's own mark of "checked, nothing wrong"
            form.cleaned_data = {}

    @property
    def errors(self) -> bool:
        """Whether something on the page is wrong."""
        return bool(self.notes or self.part_notes or self.form.errors or any(row.errors for row in self._filled_everywhere() if row.is_bound))


def rows_for(
    cls: type[Row], part: str, data: Mapping[str, Any] | None, first: Sequence[dict[str, Any]], types: Any = None, more: bool = False
) -> list[Row]:
    """The rows of a part as posted, or as given, with empty ones below; a row left empty stays empty and is no mistake."""
    given = _numbers(data, part) if data is not None else len(first)
    blank = (MORE if more else 0) if data is not None else BLANK.get(part, 2)
    asked: dict[str, Any] = {"auto_id": "%s"} | ({"types": types} if types is not None else {})
    made = []
    for number in range(min(given + blank, MOST_ROWS)):
        asked["prefix"] = f"{part}-{number}"
        row = cls(data if data is not None and number < given else None, **asked)
        if row.is_bound and not row.is_filled:
            row = cls(initial={name: row.data.get(row.add_prefix(name)) for name in row.fields}, **asked)
        elif data is None and number < len(first):
            row.initial = first[number]
        made.append(row)
    return made


def types_of(hotel_id: UUID, used: Iterable[UUID] = ()) -> list[tuple[str, str]]:
    """The room types to choose from: those sold, and closed ones the booking already has."""
    kept = set(used)
    return [(str(row.pk), row.shown) for row in RoomType.objects.of(hotel_id) if row.closed_at is None or row.pk in kept]


def entry_for(data: Mapping[str, Any] | None, *, hotel_id: UUID, booking: Booking | None = None, more: str = "") -> Entry:
    """The page's form: as posted, or as the booking stands, or empty. `more` asks for further empty rows of a part."""
    contacts: list[tuple[str, str]] = []
    if booking is not None and booking.client_id:
        people = booking.client.contacts.filter(Q(left_at__isnull=True) | Q(pk=booking.contact_id))  # type: ignore[union-attr]
        contacts = [(str(row.pk), f"{row.name} {row.phone}".strip()) for row in people]
    initial = initial_of(booking) if booking else {}
    form = BookingForm(data, initial=initial, contacts=contacts) if data is not None else BookingForm(initial=initial, contacts=contacts)
    if booking is not None:
        for name in ("kind", "client"):
            form.fields[name].required = False
    present: dict[str, list[Any]] = {part: [] for part in PARTS}
    rooms = lines.room_shapes(booking) if booking is not None else []
    if booking is not None and data is None:
        present = {"rooms": rooms, "meals": lines.meal_shapes(booking), "escort_people": lines.escort_shapes(booking)}
    types = types_of(hotel_id, (line.room_type_id for line in rooms))
    entry = Entry(form, {part: [] for part in PARTS})
    for part, cls in ROWS.items():
        first = [_initial_row(line, booking) for line in present[part]] if data is None else []
        entry.rows[part] = rows_for(cls, part, data, first, types if part == "rooms" else None, more == part)
    return entry


def _initial_row(line: RoomLine | MealLine | EscortLine, booking: Booking | None) -> dict[str, Any]:
    values = {name: getattr(line, name) for name in line.__dataclass_fields__}
    if isinstance(line, RoomLine) and booking is not None:
        values["room_type"] = str(line.room_type_id)
        whole = (line.from_on, line.until_on) == (booking.arrival_on, booking.departure_on)
        values |= {"from_on": None, "until_on": None} if whole else {}
        values["extra_beds"] = line.extra_beds or None
    if isinstance(line, MealLine):
        values["escorts"] = line.escorts or None
    return values


def initial_of(booking: Booking) -> dict[str, Any]:
    """A booking's plain fields as the page shows them."""
    names = (
        "kind", "name", "tour_code", "nationality", "persons", "arrival_on", "arrival_time", "arrival_by", "departure_on", "departure_time",
        "departure_by", "payment", "rate_confidential", "requests",
    )
    values = {name: getattr(booking, name) for name in names}
    values |= {"escorts": booking.escorts or None, "contact_id": str(booking.contact_id or "")}
    values |= {name: booking.collection.get(name) for name in ("selling_rate", "due_back")}
    values |= {name: booking.details.get(name, "") for name in ("wake_up", "luggage")}
    values["agents"] = bool(booking.details.get("agents"))
    values |= {f"pays_{share}": booking.payer_split.get(share, "") for share in SHARES}
    return values


def fields_of(entry: Entry, booking: Booking | None = None) -> dict[str, Any]:
    """What the page says, as the verbs draft_booking and change take it (after is_valid)."""
    got = entry.form.cleaned_data
    names = (
        "name", "tour_code", "nationality", "persons", "arrival_on", "arrival_time", "arrival_by", "departure_on", "departure_time",
        "departure_by", "payment", "rate_confidential", "requests",
    )
    values: dict[str, Any] = {name: got[name] for name in names}
    if booking is not None and not values["payment"]:
        values["payment"] = booking.payment
    people = entry.shapes("escort_people")
    values |= {"rooms": entry.shapes("rooms"), "meals": entry.shapes("meals"), "escort_people": people}
    values["escorts"] = max(got["escorts"] or 0, len(people))
    values["payer_split"] = {share: got[f"pays_{share}"] for share in SHARES if got[f"pays_{share}"]}
    values["collection"] = {name: str(got[name]) for name in ("selling_rate", "due_back") if got[name] is not None}
    if booking is not None:
        values["contact_id"] = UUID(got["contact_id"]) if got["contact_id"] else None
    kept = dict(booking.details) if booking else {}
    for name in ("wake_up", "luggage", "agents"):
        if got[name] or name in kept:
            kept[name] = got[name]
    values["details"] = kept
    return values


def touched(entry: Entry, booking: Booking, values: dict[str, Any]) -> dict[str, Any]:
    """What the page really changed: rows left as they were are taken out, so that they move with the dates by themselves."""
    before = {"arrival_on": booking.arrival_on, "departure_on": booking.departure_on}
    present = {(line.room_type_id, line.from_on, line.until_on, line.rooms, line.use, line.extra_beds) for line in lines.room_shapes(booking)}
    stood = {
        (line.room_type_id, line.from_on, line.until_on, line.rooms, line.use, line.extra_beds)
        for line in (row.shape(before) for row in entry.filled("rooms"))  # type: ignore[attr-defined]
    }
    known = {(meal.on, meal.meal): meal.per for meal in lines.meal_shapes(booking)}
    meals = [replace(meal, per=known.get((meal.on, meal.meal), meal.per)) for meal in values["meals"]]
    left = {**values, "meals": meals}
    if present == stood and len(entry.filled("rooms")) == len(lines.room_shapes(booking)):
        del left["rooms"]
    if meals == lines.meal_shapes(booking):
        del left["meals"]
    if values["escort_people"] == lines.escort_shapes(booking):
        del left["escort_people"]
    return left
