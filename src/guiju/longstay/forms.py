"""What the pages of long-stay guests ask."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.clients.models import Client
from guiju.longstay.models import Apartment, CreditCheck, GuestOrder, LongStay, Payment, Word
from guiju.rooms.models import RoomType

YES_NO = [("yes", _("goes on")), ("no", _("does not go on"))]


def line(label: Any, most: int, *, required: bool = True, area: bool = False) -> forms.CharField:
    """A line of words, or several."""
    widget = forms.Textarea(attrs={"rows": 3}) if area else forms.TextInput
    return forms.CharField(label=label, max_length=most, required=required, widget=widget)


def money(label: Any, *, required: bool = True, least: Decimal = Decimal("0.01")) -> forms.DecimalField:
    """An amount."""
    return forms.DecimalField(label=label, max_digits=10, decimal_places=2, min_value=least, required=required)


class CardForm(forms.Form):
    """The client card with room, period and money of the contract."""

    client = forms.CharField(label=_("Client's number"), max_length=20, required=False, help_text=_("As in its file"))
    guest = line(_("Guest"), 60)
    nationality = line(_("Nationality"), 40, required=False)
    companions = line(_("Who lives with the guest"), 200, required=False)
    birthday = forms.DateField(label=_("Birthday"), required=False, widget=forms.DateInput)
    lunar_birthday = forms.BooleanField(label=_("The birthday is kept by the lunar calendar"), required=False)
    habits = line(_("Customs and habits"), 300, required=False)
    address = line(_("Contact address"), 200, required=False)
    contact = line(_("Contact"), 60, required=False)
    contact_phone = line(_("Contact's telephone"), 40, required=False)
    use = forms.ChoiceField(label=_("Used for"), choices=LongStay.Use.choices, initial="living")
    payment = forms.ChoiceField(label=_("Payment"), choices=[("", "–"), *LongStay.Pays.choices], required=False)
    requests = line(_("Requirements"), 500, required=False, area=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    apartment = forms.ChoiceField(label=_("Room"), required=False)
    from_on = forms.DateField(label=_("From"), required=False, widget=forms.DateInput)
    until_on = forms.DateField(label=_("Until (day of moving out)"), required=False, widget=forms.DateInput)
    rent = money(_("Rent a month"), required=False)
    prepayment = money(_("Prepayment"), required=False, least=Decimal(0))
    deposit = money(_("Security deposit"), required=False, least=Decimal(0))

    TERMS = ("apartment", "from_on", "until_on", "rent", "prepayment", "deposit")

    def __init__(self, *args: Any, hotel_id: UUID, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hotel_id, self.rooms = hotel_id, {}
        if fixed:  # the contract is in force or waits: room, period and money stand
            for name in self.TERMS:
                del self.fields[name]
            return
        rows = Apartment.objects.of(hotel_id).filter(closed_at__isnull=True).select_related("room_type").order_by("-floor", "-number")
        self.rooms = {str(row.pk): row for row in rows}
        names = [(key, f"{row.number} {row.type_name} {row.rent:,.0f}") for key, row in self.rooms.items()]
        self.fields["apartment"].choices = [("", "–"), *names]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_client(self) -> Client | None:
        """The client of that number."""
        number = self.cleaned_data["client"].strip()
        if not number:
            return None
        found = Client.objects.of(self.hotel_id).filter(number=number, merged_into__isnull=True).first()
        if found is None:
            raise forms.ValidationError(_("There is no such client."))
        return found  # type: ignore[no-any-return]  # HotelRow's query set is not generic

    def clean_apartment(self) -> Apartment | None:
        """The room of that key."""
        return self.rooms.get(self.cleaned_data["apartment"])


class RoomForm(forms.Form):
    """A numbered room."""

    number = line(_("Room number"), 10)
    floor = forms.IntegerField(label=_("Floor"), min_value=0, max_value=200)
    room_type = forms.ModelChoiceField(label=_("Room type"), queryset=RoomType.objects.none(), to_field_name="code")
    unit = forms.ChoiceField(label=_("Let as"), choices=Apartment.Unit.choices)
    rent = money(_("Guide rent a month"))
    remarks = line(_("What it has"), 200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, hotel_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = RoomType.objects.of(hotel_id).filter(closed_at__isnull=True)
        self.fields["room_type"].queryset = types  # type: ignore[attr-defined]  # a ModelChoiceField


class SeekForm(forms.Form):
    """Which rooms are free: period, kind, from which floor up."""

    from_on = forms.DateField(label=_("From"), widget=forms.DateInput)
    until_on = forms.DateField(label=_("Until (day of moving out)"), widget=forms.DateInput)
    unit = forms.ChoiceField(label=_("Let as"), choices=[("", _("any")), *Apartment.Unit.choices], required=False)
    floor = forms.IntegerField(label=_("From floor"), min_value=0, max_value=200, required=False)


class StepForm(forms.Form):
    """A step on the page of a contract; its fields have ids of their own."""

    def __init__(self, data: Any = None, *, what: str, stay: LongStay, now: datetime) -> None:
        super().__init__(data, auto_id=f"{what}-%s")
        self.stay, self.now = stay, now
        self.prepare()

    def prepare(self) -> None:
        """Fill in what is known."""


class CreditForm(StepForm):
    """What finance found out."""

    nature = line(_("Nature of the company"), 120)
    standing = forms.ChoiceField(label=_("Standing"), choices=CreditCheck.Standing.choices)
    found = line(_("What it rests on"), 300)


class TermsForm(StepForm):
    """Who took note of the payment rules."""

    by_whom = line(_("Who took note of the payment rules"), 60)


class ReasonForm(StepForm):
    """Why."""

    reason = line(_("Reason"), 300)


class OrderForm(StepForm):
    """Flowers or fruit by a moment."""

    what = forms.ChoiceField(label=_("What"), choices=GuestOrder.What.choices)
    needed_at = forms.DateTimeField(label=_("Needed by"), widget=forms.DateTimeInput)
    text = line(_("Remarks"), 200, required=False)

    def clean_needed_at(self) -> datetime:
        """The moment on the hotel's clock."""
        found: datetime = self.cleaned_data["needed_at"]
        return found.replace(tzinfo=ZoneInfo(self.stay.hotel.zone))


class TalkedForm(StepForm):
    """The talk about going on."""

    goes_on = forms.ChoiceField(label=_("The guest"), choices=YES_NO)
    with_whom = line(_("With whom"), 60)
    text = line(_("What was said"), 300)


class RenewForm(StepForm):
    """A renewal."""

    until_on = forms.DateField(label=_("Until (day of moving out)"), widget=forms.DateInput)
    rent = money(_("Rent a month"))

    def prepare(self) -> None:
        """The rent so far."""
        self.fields["rent"].initial = self.stay.rent


class LeaveForm(StepForm):
    """Moving out."""

    on = forms.DateField(label=_("Moved out on"), widget=forms.DateInput)
    deposit_back = money(_("Deposit given back"), required=False, least=Decimal(0))
    opinion = line(_("What the guest thinks of the stay"), 300, required=False)


class PayForm(StepForm):
    """Money that came in."""

    amount = money(_("Amount"))
    on = forms.DateField(label=_("Received on"), widget=forms.DateInput)
    kind = forms.ChoiceField(label=_("Paid for"), choices=Payment.Kind.choices)
    how = forms.ChoiceField(label=_("How"), choices=LongStay.Pays.choices)
    reference = line(_("Receipt or reference"), 60, required=False)


class ChargeForm(StepForm):
    """Something else that falls due."""

    amount = money(_("Amount"))
    due_on = forms.DateField(label=_("Due on"), widget=forms.DateInput)
    text = line(_("What for"), 120)


class SpokeForm(StepForm):
    """A talk about the account."""

    kind = forms.ChoiceField(label=_("Talked"), choices=Word.Kind.choices)
    with_whom = line(_("With whom"), 60)
    text = line(_("What was said"), 300)


class OutcomeForm(StepForm):
    """What came of it."""

    outcome = line(_("What came of it"), 300)


class NoteForm(StepForm):
    """What was noticed about a guest."""

    text = line(_("What was noticed"), 2000, area=True)


class NothingForm(StepForm):
    """A step that asks nothing."""
