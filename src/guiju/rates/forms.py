"""What the pages about rates ask."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.house.facts import POSTS
from guiju.house.naming import post_name
from guiju.house.rights import posts_with
from guiju.rates.models import ExtraRooms, MealKind, SeasonKind, Use
from guiju.rooms.models import RoomType
from guiju.rooms.queries import open_types
from guiju.shelf.errors import Invalid

WEEKDAYS = [
    ("0123456", _("every day")),
    ("01234", _("Monday to Friday")),
    ("56", _("Saturday and Sunday")),
    ("01236", _("Sunday to Thursday")),
    ("012346", _("all but Saturday")),
    ("45", _("Friday and Saturday")),
    ("5", _("Saturday")),
]
DAYS = [
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
]
SEASONS = [("any", _("every season")), *SeasonKind.choices]


def weekdays_said(days: str) -> str:
    """Weekdays in words."""
    known = dict(WEEKDAYS)
    return str(known[days]) if days in known else " ".join(str(DAYS[int(day)]) for day in days)


class TermsForm(forms.Form):
    """Dates and terms of an agreement."""

    from_on = forms.DateField(label=_("From"), widget=forms.DateInput)
    until_on = forms.DateField(label=_("Until, this day included"), widget=forms.DateInput)
    void_on_holidays = forms.BooleanField(label=_("Not valid on public holidays and the day before"), required=False, initial=True)
    group_from_persons = forms.IntegerField(label=_("A group is from persons"), min_value=0, initial=10)
    group_from_rooms = forms.IntegerField(label=_("or from rooms"), min_value=0, initial=5)
    free_per_persons = forms.IntegerField(label=_("One free bed per paying persons"), min_value=0, initial=16)
    free_cap_beds = forms.IntegerField(label=_("At most free beds"), min_value=0, initial=4)
    cut_off_days = forms.IntegerField(label=_("Cut-off, days before arrival"), min_value=0, initial=7)
    rooming_list_days = forms.IntegerField(label=_("Rooming list, days before"), min_value=0, initial=7)
    hold_hours = forms.IntegerField(label=_("Hold time, hours"), min_value=0, initial=48)
    cancel_days = forms.IntegerField(label=_("Free cancellation until days before"), min_value=0, initial=3)
    cancel_terms = forms.CharField(
        label=_("Then, of the first night"),
        required=False,
        max_length=200,
        help_text=_("Days before: percent, e.g. 2: 30, 1: 50, 0: 100"),
    )
    cut_rooms = forms.IntegerField(label=_("Rooms fewer after the cut-off without charge"), min_value=0, initial=5)
    cut_rooms_large = forms.IntegerField(label=_("… of groups of more than 50 rooms"), min_value=0, initial=10)
    cut_notice_hours = forms.IntegerField(label=_("… told at least hours before arrival"), min_value=0, initial=24)
    short_percent = forms.IntegerField(label=_("Further rooms cut pay percent of their nights"), min_value=0, max_value=100, initial=100)
    no_show_percent = forms.IntegerField(label=_("Rooms not taken pay percent"), min_value=0, max_value=100, initial=100)
    no_show_nights = forms.IntegerField(label=_("… of so many nights"), min_value=0, max_value=30, initial=1, help_text=_("0: of all nights"))
    extra_rooms = forms.ChoiceField(label=_("Further rooms on arrival cost"), choices=ExtraRooms.choices, initial=ExtraRooms.PAPER)
    remarks = forms.CharField(label=_("Remarks"), widget=forms.Textarea, required=False, max_length=4000)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_cancel_terms(self) -> list[dict[str, Any]]:
        """Text like 2: 30, 1: 50 as steps."""
        return steps_from(self.cleaned_data["cancel_terms"])


class NewAgreementForm(TermsForm):
    """An agreement to conclude."""

    number = forms.CharField(label=_("Number"), max_length=30, required=False, help_text=_("Empty: the next number"))
    field_order = ("number", "from_on", "until_on")


class RenewForm(forms.Form):
    """Going on for another period."""

    from_on = forms.DateField(label=_("From"), widget=forms.DateInput)
    until_on = forms.DateField(label=_("Until, this day included"), widget=forms.DateInput)
    percent = forms.DecimalField(label=_("Rates changed by percent"), max_digits=5, decimal_places=2, initial=Decimal(0))
    number = forms.CharField(label=_("Number"), max_length=30, required=False, help_text=_("Empty: the next number"))


class EndForm(forms.Form):
    """Ending an agreement."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class RateLineForm(forms.Form):
    """One rate of an agreement."""

    room_type = forms.ModelChoiceField(label=_("Room type"), queryset=RoomType.objects.none(), to_field_name="code")
    use = forms.ChoiceField(label=_("Use"), choices=Use.choices, initial="fit")
    season_kind = forms.ChoiceField(label=_("Season"), choices=SEASONS, initial="any")
    weekdays = forms.ChoiceField(label=_("Weekdays"), choices=WEEKDAYS, initial="0123456")
    amount = forms.DecimalField(label=_("Rate"), max_digits=10, decimal_places=2, min_value=0)
    breakfasts = forms.IntegerField(label=_("Breakfasts"), min_value=0, max_value=10, initial=0)

    def __init__(self, *args: Any, hotel_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = RoomType.objects.of(hotel_id).filter(closed_at__isnull=True)
        self.fields["room_type"].queryset = types  # type: ignore[attr-defined]  # a ModelChoiceField
        days = self.initial.get("weekdays") or self.data.get(self.add_prefix("weekdays"))
        if days and days not in dict(WEEKDAYS) and set(days) <= set("0123456"):
            choices = [*WEEKDAYS, (days, weekdays_said(days))]
            self.fields["weekdays"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class MealForm(forms.Form):
    """What a meal costs."""

    meal = forms.ChoiceField(label=_("Meal"), choices=MealKind.choices)
    standard = forms.CharField(label=_("Meal standard"), max_length=40)
    per = forms.ChoiceField(label=_("Per"), choices=[("head", _("head")), ("table", _("table"))])
    amount = forms.DecimalField(label=_("Rate"), max_digits=10, decimal_places=2)
    escort_amount = forms.DecimalField(label=_("For escorts"), max_digits=10, decimal_places=2, initial=Decimal(0))


class SeasonForm(forms.Form):
    """A season."""

    name = forms.CharField(label=_("Name"), max_length=40)
    kind = forms.ChoiceField(label=_("Kind"), choices=SeasonKind.choices)
    from_on = forms.DateField(label=_("First night"), widget=forms.DateInput)
    until_on = forms.DateField(label=_("Until, this day not included"), widget=forms.DateInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class VoidForm(forms.Form):
    """Nights without agreement rates."""

    first = forms.DateField(label=_("First night"), widget=forms.DateInput)
    last = forms.DateField(label=_("Last night"), widget=forms.DateInput, required=False)
    why = forms.CharField(label=_("Why"), max_length=60)


class RackForm(forms.Form):
    """A published rate."""

    room_type = forms.ChoiceField(label=_("Room type"))
    season_kind = forms.ChoiceField(label=_("Season"), choices=SEASONS, initial="any")
    weekdays = forms.ChoiceField(label=_("Weekdays"), choices=WEEKDAYS, initial="0123456")
    amount = forms.DecimalField(label=_("Rate"), max_digits=10, decimal_places=2)
    breakfasts = forms.IntegerField(label=_("Breakfasts"), min_value=0, max_value=10, initial=0)

    def __init__(self, *args: Any, hotel_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types = {row.code: row for row in open_types(hotel_id)}
        choices = [(code, row.shown) for code, row in self.types.items()]
        self.fields["room_type"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class LadderForm(forms.Form):
    """How far a post may go."""

    post = forms.ChoiceField(label=_("Post"))
    floor = forms.DecimalField(
        label=_("Down to percent of the rate"),
        max_digits=5,
        decimal_places=2,
        required=False,
        help_text=_("Empty: not at all"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = {*posts_with("rates.deviate"), *posts_with("rates.decide")}
        choices = [(post, post_name(post)) for post in POSTS if post in able]
        self.fields["post"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


def steps_from(text: str) -> list[dict[str, Any]]:
    """Text like 2: 30, 1: 50 as [{"days_before": 2, "percent": 30}, …]. Raises a validation error for anything else."""
    found = []
    for part in text.replace("，", ",").replace("：", ":").replace("%", "").replace(";", ",").split(","):
        if not part.strip():
            continue
        days, _colon, percent = part.partition(":")
        if not (days.strip().isdecimal() and percent.strip().isdecimal()):
            raise forms.ValidationError(_("Write days before: percent, e.g. 2: 30, 1: 50."))
        found.append({"days_before": int(days), "percent": int(percent)})
    return sorted(found, key=lambda step: -step["days_before"])


def steps_said(steps: list[dict[str, Any]]) -> str:
    """The steps as they are written in the form."""
    return ", ".join(f"{step['days_before']}: {step['percent']}" for step in steps)


def numbered(wrong: Invalid, forms_: list[Any]) -> None:
    """Put "rates.3: …" of a verb beside the third line."""
    for name, texts in wrong.errors.items():
        place = name.removeprefix("rates.")
        for text in texts:
            if place.isdecimal() and int(place) <= len(forms_):
                forms_[int(place) - 1].add_error(None, text)
            else:
                forms_[0].add_error(None, text)
