"""Bookings with their rooms, guests, meals and services."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow, VersionedRow


class Series(VersionedRow):
    """A series group: one contract, many dates."""

    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey("rates.Agreement", on_delete=models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("series")
        constraints = [models.UniqueConstraint(fields=["hotel", "number"], name="bookings_series_number")]


class Booking(VersionedRow):
    """A stay: FIT paying cash, FIT on account, or a group."""

    class Kind(models.TextChoices):
        FIT_CASH = "fit_cash", _("FIT, cash")
        ON_ACCOUNT = "on_account", _("on account")
        GROUP = "group", _("group")

    class State(models.TextChoices):
        TENTATIVE = "tentative", _("tentative")
        CONFIRMED = "confirmed", _("confirmed")
        ARRIVED = "arrived", _("arrived")
        DEPARTED = "departed", _("departed")
        CANCELLED = "cancelled", _("cancelled")
        LAPSED = "lapsed", _("hold lapsed")
        NO_SHOW = "no_show", _("no-show")

    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.TENTATIVE)
    enquiry_id = models.UUIDField(null=True, db_index=True)  # where it came from: the enquiries room is above this one
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="bookings")
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, null=True, related_name="bookings")
    contact = models.ForeignKey("clients.Contact", on_delete=models.PROTECT, null=True, related_name="+")
    agreement = models.ForeignKey("rates.Agreement", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("group or guest"), max_length=120)
    tour_code = models.CharField(_("tour code"), max_length=40, blank=True)
    nationality = models.CharField(_("nationality"), max_length=40, blank=True)
    is_important = models.BooleanField(_("important"), default=False)
    important_reason = models.CharField(max_length=200, blank=True)
    persons = models.PositiveSmallIntegerField(_("guests"), default=1)
    escorts = models.PositiveSmallIntegerField(_("drivers and escorts"), default=0)
    arrival_on = models.DateField(_("arrival"))
    arrival_time = models.TimeField(_("arrival time"), null=True, blank=True)
    arrival_by = models.CharField(_("arrives by"), max_length=60, blank=True)
    departure_on = models.DateField(_("departure"))
    departure_time = models.TimeField(_("departure time"), null=True, blank=True)
    departure_by = models.CharField(_("leaves by"), max_length=60, blank=True)
    hold_until_at = models.DateTimeField(_("hold until"), null=True, blank=True)
    guarantee = models.CharField(_("guaranteed by"), max_length=40, blank=True)
    payment = models.CharField(_("payment"), max_length=20, default="cash")  # cash on_account transfer voucher prepaid
    payer_split = models.JSONField(default=dict)  # {"rooms": "client", "meals": "client", "incidentals": "guest", "escorts": "client"}
    collection = models.JSONField(default=dict)  # {"selling_rate", "due_back"}; empty: no collection on behalf
    details = models.JSONField(default=dict)  # wake-up, luggage, preferences, billing words: shown on the form
    requests = models.TextField(_("special requests"), blank=True)
    rate_confidential = models.BooleanField(_("rate confidential"), default=False)
    liaison = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seller = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, related_name="+")
    written_file = models.ForeignKey("papers.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    written_paper = models.CharField(_("where the paper is"), max_length=200, blank=True)  # a fax or letter kept on paper: which, and where
    written_at = models.DateTimeField(null=True)  # the client's written request is attached (booking.written-basis)
    total = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    free_beds = models.PositiveSmallIntegerField(default=0)
    leader_room = models.CharField(max_length=12, blank=True)
    decision = models.JSONField(default=dict)  # the manager's on a group without agreement: {"accept", "rates", "terms", "by", "at"}
    cancelled_reason = models.CharField(max_length=200, blank=True)
    cancel_charge = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    waits_for: tuple[str, ...] = ()  # of a cancellation, as in Change

    class Meta:
        verbose_name = _("booking")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "number"], name="bookings_booking_number"),
            models.CheckConstraint(condition=Q(departure_on__gt=F("arrival_on")), name="bookings_booking_nights"),
        ]
        indexes = [
            models.Index(fields=["hotel", "arrival_on", "id"], name="bookings_arrival"),
            models.Index(fields=["hotel", "state", "arrival_on", "id"], name="bookings_state"),
            models.Index(fields=["hotel", "kind", "arrival_on", "id"], name="bookings_kind"),
            models.Index(fields=["hotel", "client", "arrival_on"], name="bookings_client"),
            models.Index(fields=["hotel", "seller", "arrival_on"], name="bookings_seller"),
            models.Index(fields=["hotel", "departure_on"], name="bookings_departure"),
            models.Index(fields=["hotel", "created_at", "id"], name="bookings_created"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class BookingRooms(HotelRow):
    """Rooms of one type from one night until another (half-open), with the rate of each night and where it came from."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="rooms")
    room_type = models.ForeignKey("rooms.RoomType", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    rooms = models.PositiveSmallIntegerField()
    use = models.CharField(max_length=10, default="guest")  # guest | escort | free | working
    extra_beds = models.PositiveSmallIntegerField(default=0)
    breakfasts = models.PositiveSmallIntegerField(default=0)
    nightly = models.JSONField(default=list)  # [{"night", "amount", "basis", "basis_zh", "basis_en"}]
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("rooms")
        constraints = [models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="bookings_rooms_nights")]


class Guest(HotelRow):
    """A line of the rooming list."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="guests")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    gender = models.CharField(max_length=1, blank=True)
    nationality = models.CharField(max_length=40, blank=True)
    room_type = models.ForeignKey("rooms.RoomType", on_delete=models.PROTECT, null=True, related_name="+")
    share = models.CharField(max_length=10, blank=True)  # those with the same mark share a room
    room_number = models.CharField(max_length=12, blank=True)
    remarks = models.CharField(max_length=120, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("guest")


class Escort(HotelRow):
    """Leader, national or local guide, driver."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="escort_people")
    role = models.CharField(max_length=12)  # leader | national_guide | local_guide | driver
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("escort")


class Meal(HotelRow):
    """One meal of a group: day, time, place, how many, standard, diet."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="meal_plan")
    on = models.DateField()
    meal = models.CharField(max_length=12)  # breakfast | lunch | dinner
    time = models.TimeField(null=True)
    place = models.CharField(max_length=60, blank=True)
    persons = models.PositiveSmallIntegerField()
    escorts = models.PositiveSmallIntegerField(default=0)
    standard = models.CharField(max_length=40, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    escort_amount = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    per = models.CharField(max_length=8, default="head")
    total = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    style = models.CharField(max_length=20, blank=True)  # buffet | table
    diet = models.CharField(max_length=120, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("meal")


class ServiceLine(HotelRow):
    """Something ordered for a group that a department must confirm: meals, tickets, transfer, guide, luggage."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="service_lines")
    service = models.CharField(max_length=20)
    department = models.CharField(max_length=30)
    at = models.DateTimeField(null=True)
    text = models.CharField(max_length=200)
    ordered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_id = models.UUIDField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("service line")


class Difference(HotelRow):
    """What did not agree when the duty person checked with the front desk or F&B, and how it was resolved."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="differences")
    about = models.CharField(max_length=10)  # rooms | meals
    text = models.CharField(max_length=300)
    found_at = models.DateTimeField()
    found_by_id = models.UUIDField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by_id = models.UUIDField(null=True)
    resolution = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("difference")


class Change(HotelRow):
    """A change or the cancellation of a booking: what was and what is, and who told us how. Never changed afterwards."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=12, default="change")  # change | cancel
    fields = models.JSONField(default=list)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, blank=True)
    told_by = models.CharField(max_length=80, blank=True)
    told_how = models.CharField(max_length=20, blank=True)  # fax | mail | phone | letter | wechat | front_desk
    told_at = models.DateTimeField(null=True)
    in_time = models.BooleanField(default=True)
    charge = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    noticed_at = models.DateTimeField(null=True)  # the change notice went out
    waits_for: tuple[str, ...] = ()  # departments without a receiver for which its notice waits: known to the step that wrote it

    class Meta:
        verbose_name = _("change")
        indexes = [models.Index(fields=["hotel", "booking", "at"], name="bookings_change_booking")]


class Reconfirmation(HotelRow):
    """What the agency or escort said when the group was gone through with them some days before arrival."""

    class Outcome(models.TextChoices):
        AS_AGREED = "as_agreed", _("as agreed")
        CHANGED = "changed", _("changed")
        NO_ANSWER = "no_answer", _("no answer")

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="reconfirmations")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    spoke_with = models.CharField(max_length=80, blank=True)
    how = models.CharField(max_length=20, blank=True)  # as Change.told_how
    text = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("reconfirmation")


class Opinion(HotelRow):
    """What a group said when it was asked: words, and marks from 1 to 5 where it gave them."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="opinions")
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, null=True, related_name="+")
    said_by = models.CharField(max_length=80, blank=True)
    rooms = models.PositiveSmallIntegerField(null=True)
    meals = models.PositiveSmallIntegerField(null=True)
    service = models.PositiveSmallIntegerField(null=True)
    text = models.CharField(max_length=500)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("opinion")
        constraints = [
            models.CheckConstraint(
                condition=(Q(rooms=None) | Q(rooms__range=(1, 5))) & (Q(meals=None) | Q(meals__range=(1, 5)))
                & (Q(service=None) | Q(service__range=(1, 5))),
                name="bookings_opinion_marks",
            ),
        ]
        indexes = [models.Index(fields=["hotel", "client", "-at"], name="bookings_opinion_client")]


class Outcome(HotelRow):
    """What a group took of what it had booked, and what it pays for the rest by its agreement's terms."""

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="outcome")
    rooms_booked = models.PositiveSmallIntegerField()
    rooms_used = models.PositiveSmallIntegerField()
    meals_booked = models.PositiveIntegerField(default=0)  # covers
    meals_eaten = models.PositiveIntegerField(null=True)
    cut_charge = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    no_show_charge = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    waived = models.CharField(max_length=200, blank=True)  # why nothing is charged
    because_zh = models.CharField(max_length=300, blank=True)
    because_en = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("outcome of a group")

    @property
    def charged(self) -> Decimal:
        """What is charged for cuts and rooms not taken."""
        return Decimal(0) if self.waived else self.cut_charge + self.no_show_charge


class SearchRow(models.Model):
    """What a booking is found by: number, name and tour code, and their tokens (bookings.search; the index: migration 0006)."""

    hotel_id = models.UUIDField()
    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    tokens = models.TextField()

    class Meta:
        verbose_name = _("search row")
        indexes = [models.Index(fields=["hotel_id", "id"], name="bookings_search_recent")]

    def __str__(self) -> str:
        return self.text


class SavedView(HotelRow):
    """A list with its filters under a name: mine, or given to the department."""

    person = models.ForeignKey("house.Person", on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=40)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)
    shared_with = models.CharField(max_length=30, blank=True)  # a department

    class Meta:
        verbose_name = _("saved view")
        constraints = [models.UniqueConstraint(fields=["hotel", "person", "page", "name"], name="bookings_view_name")]
