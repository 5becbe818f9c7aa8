"""Seasons, rack rates, agreements and who may go below them. Rates are looked up, never typed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow, VersionedRow


class SeasonKind(models.TextChoices):
    """How much a night is in demand; rates are laid down per kind."""

    HIGH = "high", _("high season")
    SHOULDER = "shoulder", _("shoulder season")
    LOW = "low", _("low season")


class Use(models.TextChoices):
    """What a room is used for, as agreements price it."""

    FIT = "fit", _("FIT")
    GROUP = "group", _("group")
    ESCORT = "escort", _("drivers and escorts")


class ExtraRooms(models.TextChoices):
    """What rooms cost that a group takes on arrival beyond its booking."""

    AGREEMENT = "agreement", _("the agreement's rate")
    PAPER = "paper", _("the agreement's rate with the agency's paper, else the rack rate")
    RACK = "rack", _("the rack rate")


class MealKind(models.TextChoices):
    """The meals of a day."""

    BREAKFAST = "breakfast", _("breakfast")
    LUNCH = "lunch", _("lunch")
    DINNER = "dinner", _("dinner")


class Season(VersionedRow):
    """A range of nights with a name (high, shoulder, low); half-open."""

    name = models.CharField(_("name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=SeasonKind.choices, default=SeasonKind.SHOULDER)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))  # half-open: the first night that is no longer in it

    class Meta:
        verbose_name = _("season")
        constraints = [models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="rates_season_order")]
        indexes = [models.Index(fields=["hotel", "from_on"], name="rates_season_from")]

    def __str__(self) -> str:
        return self.name


class VoidDay(HotelRow):
    """A night on which agreement rates do not hold (public holidays and the day before, fairs)."""

    on = models.DateField()
    why = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("day without agreement rates")
        constraints = [models.UniqueConstraint(fields=["hotel", "on"], name="rates_void_once")]


class RackRate(HotelRow):
    """The published rate of a room type in a kind of season on given weekdays (Monday = 0)."""

    room_type = models.ForeignKey("rooms.RoomType", on_delete=models.PROTECT, related_name="+")
    season_kind = models.CharField(max_length=12)
    weekdays = models.CharField(max_length=7, default="0123456")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    breakfasts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("rack rate")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "room_type", "season_kind", "weekdays"], name="rates_rack_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="rates_rack_sign"),
        ]


class Agreement(VersionedRow):
    """A contract with a client about rates and terms, for a period."""

    number = models.CharField(_("number"), max_length=30)
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="agreements")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    ended_at = models.DateTimeField(null=True)
    renews = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    void_on_holidays = models.BooleanField(_("not valid on public holidays and the day before"), default=True)
    group_from_persons = models.PositiveSmallIntegerField(_("a group is from persons"), default=10)
    group_from_rooms = models.PositiveSmallIntegerField(_("or from rooms"), default=5)
    free_per_persons = models.PositiveSmallIntegerField(_("one free bed per paying persons"), default=16)
    free_cap_beds = models.PositiveSmallIntegerField(_("at most free beds"), default=4)
    cut_off_days = models.PositiveSmallIntegerField(_("cut-off, days before arrival"), default=7)
    hold_hours = models.PositiveSmallIntegerField(_("hold time, hours"), default=48)
    cancel_days = models.PositiveSmallIntegerField(_("free cancellation until days before"), default=3)
    cancel_terms = models.JSONField(default=list)  # [{"days_before": 1, "percent": 30}, …] of the first night
    rooming_list_days = models.PositiveSmallIntegerField(_("rooming list, days before"), default=7)
    cut_rooms = models.PositiveSmallIntegerField(_("rooms fewer without charge"), default=5)  # after the cut-off, told in time
    cut_rooms_large = models.PositiveSmallIntegerField(_("of groups of more than 50 rooms"), default=10)
    cut_notice_hours = models.PositiveSmallIntegerField(_("told so many hours before arrival"), default=24)
    short_percent = models.PositiveSmallIntegerField(_("percent of the nights of further rooms cut"), default=100)
    no_show_percent = models.PositiveSmallIntegerField(_("no-show, percent"), default=100)
    no_show_nights = models.PositiveSmallIntegerField(_("of so many nights, 0: all"), default=1)
    extra_rooms = models.CharField(_("further rooms on arrival"), max_length=10, choices=ExtraRooms.choices, default=ExtraRooms.PAPER)
    remarks = models.TextField(_("remarks"), blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("agreement")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "number"], name="rates_agreement_number"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="rates_agreement_order"),
            models.CheckConstraint(condition=Q(short_percent__lte=100, no_show_percent__lte=100), name="rates_agreement_shares"),
        ]
        indexes = [
            models.Index(fields=["hotel", "client", "until_on"], name="rates_agreement_client"),
            models.Index(fields=["hotel", "until_on"], name="rates_agreement_until"),
        ]

    def __str__(self) -> str:
        return self.number


class AgreementRate(HotelRow):
    """A rate of an agreement: room type × use × kind of season × weekdays."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="rates")
    room_type = models.ForeignKey("rooms.RoomType", on_delete=models.PROTECT, related_name="+")
    use = models.CharField(max_length=10, default="fit")  # fit | group | escort
    season_kind = models.CharField(max_length=12, default="any")
    weekdays = models.CharField(max_length=7, default="0123456")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    breakfasts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("agreement rate")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "room_type", "use", "season_kind", "weekdays"],
                name="rates_rate_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0) | Q(amount=0, use="escort"), name="rates_rate_sign"),
        ]


class MealRate(HotelRow):
    """A meal by standard, per head or per table: in an agreement, or the house's own without one."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, null=True, related_name="meal_rates")
    meal = models.CharField(max_length=12)  # breakfast | lunch | dinner
    standard = models.CharField(max_length=40)
    per = models.CharField(max_length=8, default="head")  # head | table
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    escort_amount = models.DecimalField(max_digits=10, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("meal rate")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "meal", "standard"],
                condition=Q(agreement__isnull=False),
                name="rates_meal_once",
            ),
            models.UniqueConstraint(
                fields=["hotel", "meal", "standard"],
                condition=Q(agreement__isnull=True),
                name="rates_meal_house_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0, escort_amount__gte=0), name="rates_meal_sign"),
        ]


class DiscountStep(HotelRow):
    """How far a post may go below the looked-up rate: `floor_percent` of it."""

    post = models.CharField(max_length=40)
    floor_percent = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("discount step")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "post"], name="rates_step_once"),
            models.CheckConstraint(condition=Q(floor_percent__gte=0, floor_percent__lte=100), name="rates_step_range"),
        ]


class Deviation(HotelRow):
    """A rate other than the looked-up one: why, and who may approve it (booking.rate-by-agreement)."""

    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=60)
    room_type = models.ForeignKey("rooms.RoomType", on_delete=models.PROTECT, related_name="+")
    looked_up = models.DecimalField(max_digits=10, decimal_places=2)
    asked = models.DecimalField(max_digits=10, decimal_places=2)
    reason = models.CharField(max_length=300)
    asked_by_id = models.UUIDField()
    asked_at = models.DateTimeField()
    approver_post = models.CharField(max_length=40)
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    words = models.CharField(max_length=300, blank=True)  # what the approver said

    class Meta:
        verbose_name = _("rate deviation")
        indexes = [
            models.Index(fields=["hotel", "about_kind", "about_id"], name="rates_deviation_about"),
            models.Index(fields=["hotel", "-asked_at"], name="rates_deviation_asked"),
        ]
