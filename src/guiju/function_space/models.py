"""Halls, the sections they are made of, and what is booked in them. One door: function_space.actions."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow, VersionedRow

QUARTER = 15  # minutes: the diary's grain


class Style(models.TextChoices):
    """How a hall is set up."""

    BANQUET = "banquet", _("Banquet rounds")
    THEATRE = "theatre", _("Theatre")
    CLASSROOM = "classroom", _("Classroom")
    HERRINGBONE = "herringbone", _("Herringbone")
    U_SHAPE = "u_shape", _("U-shape")
    HOLLOW_SQUARE = "hollow_square", _("Hollow square")
    BOARDROOM = "boardroom", _("Boardroom")
    COCKTAIL = "cocktail", _("Standing reception")


class Section(HotelRow):
    """The smallest part of the house that can be let alone: a hall, or what a movable wall divides off."""

    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("section")


class Hall(VersionedRow):
    """A function room as it is sold: one section, or several with the walls open."""

    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=40, blank=True)
    sections = models.ManyToManyField(Section, through="HallSection", related_name="halls")
    area = models.DecimalField(_("area"), max_digits=8, decimal_places=1, null=True)  # square metres
    height = models.DecimalField(_("ceiling"), max_digits=4, decimal_places=1, null=True)  # metres
    capacity = models.JSONField(_("capacity"), default=dict)  # set-up style -> persons
    rate_half_day = models.DecimalField(_("half a day"), max_digits=12, decimal_places=2, null=True)
    rate_day = models.DecimalField(_("a day"), max_digits=12, decimal_places=2, null=True)
    rate_evening = models.DecimalField(_("an evening"), max_digits=12, decimal_places=2, null=True)
    setup_minutes = models.PositiveSmallIntegerField(_("set-up"), default=60)
    turn_minutes = models.PositiveSmallIntegerField(_("clearing"), default=60)
    remarks = models.CharField(_("remarks"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("place in lists"), default=100)
    parts_changed_at = models.DateTimeField(null=True)  # what was held before stood in other sections
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("hall")
        constraints = [models.UniqueConstraint(fields=["hotel", "code"], name="function_space_hall_code")]
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def shown(self) -> str:
        """Its name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name

    @property
    def most(self) -> int:
        """The most persons it takes, however it is set up."""
        return max(self.capacity.values(), default=0)


class HallSection(HotelRow):
    """A section of a hall; the combined hall has all sections of its parts."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("section of a hall")
        constraints = [models.UniqueConstraint(fields=["hotel", "hall", "section"], name="function_space_hall_section")]


class Function(VersionedRow):
    """A hall taken for a time: an option that lapses by itself, definite, or out of order."""

    class State(models.TextChoices):
        OPTION = "option", pgettext_lazy("function", "option")
        DEFINITE = "definite", pgettext_lazy("function", "definite")
        OUT_OF_ORDER = "out_of_order", pgettext_lazy("function", "out of order")
        RELEASED = "released", pgettext_lazy("function", "released")
        LAPSED = "lapsed", pgettext_lazy("function", "lapsed")

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="functions")
    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=60)
    label = models.CharField(_("what"), max_length=120)
    state = models.CharField(max_length=12, choices=State.choices)
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"))
    setup_minutes = models.PositiveSmallIntegerField(_("set-up"), default=0)
    turn_minutes = models.PositiveSmallIntegerField(_("clearing"), default=0)
    # With set-up and clearing: what the hall is taken for.
    taken_from_at = models.DateTimeField()
    taken_until_at = models.DateTimeField()
    persons = models.PositiveIntegerField(_("persons"), null=True)
    style = models.CharField(_("set-up style"), max_length=20, choices=Style.choices, blank=True)
    remarks = models.CharField(_("remarks"), max_length=300, blank=True)
    option_until_at = models.DateTimeField(_("option until"), null=True)
    handler_id = models.UUIDField(null=True)  # who is told when the option lapses
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    over_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("function")
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="function_space_order"),
            models.CheckConstraint(
                condition=Q(taken_from_at__lte=F("from_at"), taken_until_at__gte=F("until_at")), name="function_space_taken"
            ),
            models.CheckConstraint(
                condition=~Q(state="option") | Q(option_until_at__isnull=False), name="function_space_option_until"
            ),
        ]
        indexes = [
            # The diary: what stands, by its end and its beginning.
            models.Index(
                fields=["hotel", "taken_until_at", "taken_from_at"],
                condition=Q(over_at__isnull=True),
                name="function_space_diary",
            ),
            models.Index(fields=["hotel", "about_kind", "about_id"], name="function_space_about"),
            models.Index(fields=["hotel", "option_until_at"], condition=Q(state="option"), name="function_space_options"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def standing(self) -> bool:
        """Whether it still takes its hall."""
        return self.over_at is None

    @property
    def setup_from_at(self) -> datetime:
        """When the hall is needed for setting it up."""
        return self.from_at - timedelta(minutes=self.setup_minutes)


class FunctionSlot(HotelRow):
    """One section in one quarter of an hour belongs to one function: the database lets nobody have it twice."""

    hotel = models.ForeignKey("house.Hotel", on_delete=models.PROTECT, related_name="+", db_index=False)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", db_index=False)
    slot = models.BigIntegerField()  # quarters of an hour since 1970 (UTC)
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="slots")

    class Meta:
        verbose_name = _("quarter of an hour")
        constraints = [models.UniqueConstraint(fields=["hotel", "section", "slot"], name="function_space_slot_once")]


class HallWaiting(HotelRow):
    """Somebody who wants a hall that is taken; told when it comes free."""

    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=60)
    label = models.CharField(max_length=120)
    handler_id = models.UUIDField(null=True)  # who is told
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    setup_minutes = models.PositiveSmallIntegerField(default=0)
    turn_minutes = models.PositiveSmallIntegerField(default=0)
    persons = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("waiting for a hall")
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="function_space_waiting_order"),
            models.UniqueConstraint(
                fields=["hotel", "about_kind", "about_id", "hall", "from_at", "until_at"],
                condition=Q(closed_at__isnull=True),
                name="function_space_waiting_once",
            ),
        ]
        indexes = [
            models.Index(fields=["hotel", "until_at"], condition=Q(closed_at__isnull=True), name="function_space_waiting_open")
        ]

    @property
    def subject(self) -> tuple[str, str]:
        return ("hall_waiting", str(self.pk))
