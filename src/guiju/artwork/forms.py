"""What the pages about art orders ask; what the verb refuses is put beside the same fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guiju.artwork.actions.ordering import FIELDS
from guiju.artwork.models import ArtOrder
from guiju.house.naming import department_name
from guiju.shelf.actor import Actor

MOMENTS = ("from_at", "until_at", "due_at")


class MomentField(forms.DateTimeField):
    """A day and time on the hotel's clock."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M")
    zone: ZoneInfo

    def to_python(self, value: Any) -> datetime | None:
        """The moment, in the hotel's zone whatever the server's is."""
        found = super().to_python(value)
        return found.replace(tzinfo=self.zone) if found is not None else None


class OrderForm(forms.Form):
    """An art order's card."""

    item = forms.ChoiceField(label=_("What is to be made"), choices=ArtOrder.Item.choices)
    title = forms.CharField(label=_("For what occasion"), max_length=120, required=False)
    text_zh = forms.CharField(
        label=_("Chinese text"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Exactly as it is to stand there, line by line."),
    )
    text_en = forms.CharField(label=_("English text"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}))
    size = forms.CharField(label=_("Size"), max_length=60, required=False, widget=forms.TextInput(attrs={"placeholder": _("e.g. 80 × 180 cm")}))
    material = forms.CharField(label=_("Material"), max_length=60, required=False)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=9999, initial=1)
    place = forms.CharField(label=_("Where it goes"), max_length=120, required=False)
    due_at = MomentField(label=_("Ready by"))
    from_at = MomentField(label=_("Stands from"), required=False)
    until_at = MomentField(label=_("Stands until"), required=False, help_text=_("Then it is taken down. Empty: it stays."))
    department = forms.ChoiceField(label=_("Ordered by"))

    def __init__(self, data: Any = None, *, actor: Actor, zone: str, initial: Mapping[str, Any] | None = None, order: ArtOrder | None = None) -> None:
        if order is not None:
            initial = {field: getattr(order, field) for field in FIELDS}
        super().__init__(data, initial=dict(initial or {}), auto_id="art-%s")
        for name in MOMENTS:
            self.fields[name].zone = ZoneInfo(zone)  # type: ignore[attr-defined]  # own kind of field
        mine = sorted(actor.departments)
        if order is not None or len(mine) < 2:
            del self.fields["department"]
        else:
            self.fields["department"].choices = [(one, department_name(one)) for one in mine]  # type: ignore[attr-defined]  # own kind of field

    def card(self) -> dict[str, Any]:
        """What the verbs want."""
        return {name: value for name, value in self.cleaned_data.items() if name in FIELDS}


class ProofForm(forms.Form):
    """A picture of the layout."""

    file = forms.FileField(label=_("Picture of the layout"), required=False)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)


class ReturnForm(forms.Form):
    """What is to be corrected."""

    reason = forms.CharField(label=_("What is to be corrected"), max_length=300, required=False)


class FinishForm(forms.Form):
    """What went into it."""

    used = forms.CharField(label=_("Material used"), max_length=120, required=False)
    cost = forms.DecimalField(label=_("Cost"), max_digits=9, decimal_places=2, min_value=0, required=False)


class FaultForm(forms.Form):
    """What is wrong with the work."""

    fault = forms.CharField(label=_("What is wrong with it"), max_length=300, required=False)


class PhotoForm(forms.Form):
    """A photo of the finished work."""

    file = forms.FileField(label=_("Photo of the finished work"), required=False)


class CancelForm(forms.Form):
    """Why it is cancelled."""

    reason = forms.CharField(label=_("Why it is not wanted any more"), max_length=300, required=False)


FORMS: dict[str, type[forms.Form]] = {
    "proof": ProofForm, "return": ReturnForm, "finish": FinishForm, "fault": FaultForm, "deliver": PhotoForm, "photo": PhotoForm,
    "refuse": ReturnForm, "cancel": CancelForm,
}


def complain(form: forms.Form, errors: Mapping[str, list[str]]) -> None:
    """Put what a verb refused beside the form's fields; other names go to the form's own line."""
    for name, texts in errors.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)


def local(moment: datetime | None) -> datetime | None:
    """A moment as a date field shows it: on the hotel's clock."""
    return timezone.localtime(moment) if moment else None
