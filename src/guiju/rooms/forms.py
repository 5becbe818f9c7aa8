"""What the pages about rooms ask."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.rooms.lines import Line
from guiju.rooms.models import Block, RoomType
from guiju.rooms.queries import open_types

SOURCES = [(value, label) for value, label in Block.Source.choices if value != Block.Source.BOOKING]


class _OfTypes(forms.Form):
    """A form that names a room type by its code."""

    def __init__(self, *args: Any, hotel_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types: dict[str, RoomType] = {row.code: row for row in open_types(hotel_id)}
        choices = [(code, row.shown) for code, row in self.types.items()]
        self.fields["room_type"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def line(self, values: dict[str, Any]) -> Line:
        """The rooms this form names."""
        return Line(self.types[values["room_type"]], values["from_on"], values["until_on"], values["rooms"])


class TryForm(_OfTypes):
    """Rooms somebody would take: what would be left?"""

    room_type = forms.ChoiceField(label=_("Room type"))
    from_on = forms.DateField(label=_("Arrival"), widget=forms.DateInput)
    until_on = forms.DateField(label=_("Departure"), widget=forms.DateInput)
    rooms = forms.IntegerField(label=_("Number of rooms"), min_value=1, max_value=9999)


class LimitForm(_OfTypes):
    """A signed sell limit."""

    room_type = forms.ChoiceField(label=_("Room type"))
    from_on = forms.DateField(label=_("First night"), widget=forms.DateInput)
    until_on = forms.DateField(label=_("Until, this day not included"), widget=forms.DateInput)
    limit = forms.IntegerField(label=_("Rooms that may be sold"), min_value=0, max_value=9999)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class ElsewhereForm(TryForm):
    """What others sold."""

    source = forms.ChoiceField(label=_("Sold by"), choices=SOURCES)
    reference = forms.CharField(label=_("Their reference"), max_length=40)
    label = forms.CharField(label=_("Name or remark"), max_length=120, required=False)
    field_order = ("source", "reference", "label")


class WaitingForm(TryForm):
    """Somebody who wants rooms that are full."""

    label = forms.CharField(label=_("Who waits"), max_length=120)
    field_order = ("label",)


class TypeForm(forms.Form):
    """A room type."""

    code = forms.CharField(label=_("Code"), max_length=12)
    name = forms.CharField(label=_("Name"), max_length=40)
    name_en = forms.CharField(label=_("English name"), max_length=40, required=False)
    short_name = forms.CharField(label=_("Short name"), max_length=12, required=False)
    words = forms.CharField(label=_("How clients write it"), required=False, help_text=_("With commas between, e.g. twin, double"))
    physical = forms.IntegerField(label=_("Rooms there are"), min_value=0, max_value=9999)
    beds = forms.IntegerField(label=_("Beds"), min_value=1, max_value=20, initial=2)
    order = forms.IntegerField(label=_("Place in lists"), min_value=0, max_value=999, initial=100)
    is_escort = forms.BooleanField(label=_("For drivers and escorts"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
