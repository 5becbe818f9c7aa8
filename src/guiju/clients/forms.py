"""What the pages about clients ask, and how a verb's complaints come back beside the fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.clients.models import Client
from guiju.house.models import Person
from guiju.shelf.errors import Invalid

R = TypeVar("R")


def carried(form: forms.Form, step: Callable[[dict[str, Any]], R]) -> R | None:
    """Run the step with the form's values; None when the form or the step finds something wrong with them."""
    if not form.is_valid():
        return None
    try:
        return step(dict(form.cleaned_data))
    except Invalid as wrong:
        complain(form, wrong)
        return None


def complain(form: forms.Form, wrong: Invalid) -> None:
    """Put what a verb refused beside the fields, or at the top where no field has that name."""
    for name, texts in wrong.errors.items():
        for text in texts:
            if name in form.fields:
                form.add_error(name, text)
            else:
                form.add_error(None, f"{name}: {text}" if name.startswith(("row", "第")) else text)
    if not wrong.errors:
        form.add_error(None, wrong.message)


def sellers(hotel_id: UUID) -> Any:
    """The people with a sales post, for choosing who looks after an account."""
    return (
        Person.objects.filter(appointments__hotel_id=hotel_id, appointments__until_at__isnull=True, is_active=True)
        .filter(appointments__post__contains="sales")
        .distinct()
        .order_by("name")
    )


class ClientForm(forms.Form):
    """A client's file."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Client.Kind.choices)
    short_name = forms.CharField(label=_("Short name"), max_length=40, required=False)
    name_en = forms.CharField(label=_("English name"), max_length=120, required=False)
    tier = forms.CharField(label=_("Tier"), max_length=10, required=False, help_text=_("A, B, C …"))
    lang = forms.ChoiceField(label=_("Language of letters"), choices=[("zh-hans", _("Chinese")), ("en", _("English"))])
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    fax = forms.CharField(label=_("Fax"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    tax_number = forms.CharField(label=_("Tax number"), max_length=40, required=False)
    seller = forms.ModelChoiceField(label=_("Looked after by"), queryset=Person.objects.none(), required=False)
    remarks = forms.CharField(label=_("Remarks"), widget=forms.Textarea, required=False, max_length=4000)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, hotel_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seller"].queryset = sellers(hotel_id)  # type: ignore[attr-defined]  # a ModelChoiceField


class NewClientForm(ClientForm):
    """A new file: one field more, for those who saw the files that look alike."""

    number = forms.CharField(label=_("Number"), max_length=20, required=False, help_text=_("Empty: the next number"))
    different = forms.BooleanField(label=_("It is none of these: open a new file"), required=False)


class ContactForm(forms.Form):
    """A person at a client."""

    name = forms.CharField(label=_("Name"), max_length=60)
    title = forms.CharField(label=_("Title"), max_length=60, required=False)
    department = forms.CharField(label=_("Department"), max_length=60, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    fax = forms.CharField(label=_("Fax"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    remarks = forms.CharField(label=_("Remarks"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CreditForm(forms.Form):
    """Asking for a right and limit on account."""

    on_account = forms.BooleanField(label=_("May book on account"), required=False)
    limit = forms.DecimalField(label=_("Credit limit"), max_digits=12, decimal_places=2, min_value=0)
    days = forms.IntegerField(label=_("Credit period, days"), min_value=0, max_value=365)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class OverdueForm(forms.Form):
    """Finance marks an account overdue."""

    since_on = forms.DateField(label=_("Overdue since"), widget=forms.DateInput)
    amount = forms.DecimalField(label=_("Amount"), max_digits=12, decimal_places=2)


class ChaseForm(forms.Form):
    """The client was asked to pay."""

    how = forms.ChoiceField(
        label=_("How"),
        choices=[
            ("call", _("call")),
            ("visit", _("visit")),
            ("letter", _("letter")),
            ("mail", _("e-mail")),
            ("chat", _("chat")),
        ],
    )
    promise_on = forms.DateField(label=_("Promised to pay on"), widget=forms.DateInput, required=False)
    words = forms.CharField(label=_("What was said"), widget=forms.Textarea, required=False, max_length=1000)


class MergeForm(forms.Form):
    """Two files of the same client become one."""

    into = forms.CharField(label=_("Number of the file that stays"), max_length=20, help_text=_("Contacts and credit go there."))
    version = forms.IntegerField(widget=forms.HiddenInput)


class FileForm(forms.Form):
    """A table to read in."""

    file = forms.FileField(label=_("File (xlsx or csv)"))
