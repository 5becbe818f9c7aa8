"""What the steps of a group's own page ask, before it comes, while it is here and when it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from guiju.bookings.actions.reconfirming import HOW
from guiju.bookings.forms import choices
from guiju.bookings.models import Reconfirmation
from guiju.bookings.step_forms import FORMS as STEP_FORMS
from guiju.bookings.step_forms import StepForm, text_field
from guiju.bookings.words import OUTCOME_NAMES, TOLD_NAMES

Types = Sequence[tuple[str, str]]


class ReconfirmForm(StepForm):
    """What agency or escort said some days before arrival."""

    outcome = forms.ChoiceField(label=gettext_lazy("What they say"), choices=choices(OUTCOME_NAMES, Reconfirmation.Outcome.values))
    spoke_with = text_field(gettext_lazy("With whom"), 80, required=False)
    how = forms.ChoiceField(label=gettext_lazy("By"), choices=choices(TOLD_NAMES, HOW), initial="phone")
    text = text_field(gettext_lazy("What has changed"), 300, required=False)


class ChaseForm(StepForm):
    """How the names are asked for; a letter by mail is written and sent."""

    how = forms.ChoiceField(label=gettext_lazy("Ask by"), choices=choices(TOLD_NAMES, HOW), initial="mail")
    text = text_field(gettext_lazy("Note"), 200, required=False)


class TypedForm(StepForm):
    """A step about rooms of one type; the page gives the types."""

    def offer(self, types: Types) -> None:
        """The room types to choose from."""
        self.fields["room_type"].choices = types  # type: ignore[attr-defined]  # a ChoiceField


class CutOffForm(TypedForm):
    """What becomes of rooms without names at the cut-off."""

    release = forms.IntegerField(label=gettext_lazy("Let go, rooms (0: keep all)"), min_value=0, max_value=2000, initial=0)
    room_type = forms.ChoiceField(label=gettext_lazy("Of type"), required=False)
    reason = text_field(gettext_lazy("Reason"), 200)

    def prepare(self) -> None:
        """The types of the guests' rooms."""
        self.offer(guest_types(self.booking))


def guest_types(booking: Any) -> Types:
    """The room types of the guests' rooms: key and name."""
    from guiju.bookings.stay import lines_of

    return list({str(line.room_type_id): line.room_type.shown for line in lines_of(booking) if line.use == "guest"}.items())


class AddRoomsForm(TypedForm):
    """Further rooms for a group on arrival or during its stay."""

    room_type = forms.ChoiceField(label=gettext_lazy("Room type"))
    rooms = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=200)
    told_by = text_field(gettext_lazy("Asked for by"), 80)
    paper = forms.BooleanField(label=gettext_lazy("The agency's paper for them is here"), required=False)

    def prepare(self) -> None:
        """The types this hotel sells."""
        from guiju.bookings.lines import types_of

        self.offer([(str(pk), kind.shown) for pk, kind in types_of(self.booking.hotel_id).items()])


class LuggageDownForm(StepForm):
    """The luggage on leaving."""

    pieces = forms.IntegerField(label=gettext_lazy("Pieces down"), min_value=0, max_value=5000)
    text = text_field(gettext_lazy("If the number differs: why"), 200, required=False)


class BillForm(StepForm):
    """The bill gone through before they leave."""

    with_whom = text_field(gettext_lazy("Gone through with"), 80)
    text = text_field(gettext_lazy("Note"), 200, required=False)


class SettleForm(StepForm):
    """What the group took."""

    rooms_used = forms.IntegerField(label=gettext_lazy("Rooms taken"), min_value=0, max_value=2000)
    meals_eaten = forms.IntegerField(label=gettext_lazy("Covers eaten"), min_value=0, max_value=100_000, required=False)
    waive = text_field(gettext_lazy("Charge nothing, because"), 200, required=False)


FORMS: dict[str, type[StepForm]] = {
    "reconfirm": ReconfirmForm, "chase-names": ChaseForm, "cut-off": CutOffForm, "add-rooms": AddRoomsForm, "luggage-down": LuggageDownForm,
    "bill": BillForm, "settle": SettleForm,
}
ALL_FORMS: dict[str, type[StepForm]] = {**STEP_FORMS, **FORMS}
