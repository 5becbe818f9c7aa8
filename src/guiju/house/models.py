"""Hotels, departments, people in posts, the roster, working days and settings."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.ids import uuid7
from guiju.shelf.models import HotelRow, Row, VersionedRow


class Hotel(Row):
    """A hotel: its names, time zone and currency."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    fax = models.CharField(_("fax"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    wizard_done_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("hotel")

    def __str__(self) -> str:
        return self.name


class Setting(VersionedRow):
    """One number or choice of this hotel (house.settings lists them all with their defaults)."""

    key = models.CharField(max_length=60)
    value = models.JSONField()

    class Meta:
        verbose_name = _("setting")
        constraints = [models.UniqueConstraint(fields=["hotel", "key"], name="house_setting_key")]


class Department(VersionedRow):
    """A department with its service hours: {"mon": [["08:00", "18:00"]], …}."""

    key = models.SlugField(max_length=30)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=40, blank=True)
    hours = models.JSONField(default=dict)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        verbose_name = _("department")
        constraints = [models.UniqueConstraint(fields=["hotel", "key"], name="house_department_key")]


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """Someone who signs in. Which hotel and posts he has is in Appointment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("sign-in name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    lang = models.CharField(_("language"), max_length=10, default="zh-hans")
    theme = models.CharField(_("theme"), max_length=10, default="auto")
    single_keys = models.BooleanField(_("single-key shortcuts"), default=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    totp_secret = models.BinaryField(null=True)  # encrypted with the installation's key
    totp_last_step = models.BigIntegerField(default=0)
    session_epoch = models.PositiveIntegerField(default=0)  # raised to end all sessions at once
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = PersonManager()

    class Meta:
        verbose_name = _("person")

    @property
    def subject(self) -> tuple[str, str]:
        return ("person", str(self.pk))


class Appointment(HotelRow):
    """A person in a post from a moment, until a moment or further notice."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    post = models.CharField(_("post"), max_length=40)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("appointment")
        constraints = [
            models.UniqueConstraint(
                fields=["hotel", "person", "post"], condition=Q(until_at__isnull=True), name="house_appointment_open"
            )
        ]


class RosterEntry(HotelRow):
    """Who works when, and who is the duty person of a department."""

    department = models.CharField(max_length=30)
    on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_duty = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("roster entry")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "department", "person", "starts_at"], name="house_roster_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="house_roster_order"),
        ]
        indexes = [models.Index(fields=["hotel", "department", "on"], name="house_roster_on")]


class Receiver(HotelRow):
    """Who may sign for a department (booking.named-receivers): the named receiver or a deputy, with dates."""

    department = models.CharField(max_length=30)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_deputy = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("named receiver")
        indexes = [models.Index(fields=["hotel", "department"], name="house_receiver_dept")]


class Delegation(HotelRow):
    """While one is away, another acts for him."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        verbose_name = _("delegation")
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=models.F("from_at")), name="house_delegation_order"),
            models.CheckConstraint(condition=~Q(person=models.F("to")), name="house_delegation_other"),
        ]


class CalendarRevision(HotelRow):
    """The working calendar as it stood from a moment: holidays, make-up working days, departments' hours."""

    number = models.PositiveIntegerField()
    from_at = models.DateTimeField()
    content = models.JSONField()  # {"holidays": {date: name}, "makeup": [date], "years": [year], "hours": {dept: {...}}}

    class Meta:
        verbose_name = _("calendar revision")
        constraints = [models.UniqueConstraint(fields=["hotel", "number"], name="house_calendar_number")]


class Counter(HotelRow):
    """The last number given in a series, raised in the same transaction as the paper that bears it."""

    series = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter")
        constraints = [models.UniqueConstraint(fields=["hotel", "series", "year"], name="house_counter_series")]


class SigninAttempt(Row):
    """A failed or good sign-in, counted per account and per address."""

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=45)
    ok = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("sign-in attempt")
        indexes = [
            models.Index(fields=["account", "at"], name="house_attempt_account"),
            models.Index(fields=["address", "at"], name="house_attempt_address"),
        ]


class SignedIn(Row):
    """A session a person can see and end."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sessions")
    hotel = models.ForeignKey(Hotel, on_delete=models.PROTECT, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("session")


class ResetLink(Row):
    """A one-time link to set a new password, sent by mail; kept as a hash."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reset link")


class Tablet(HotelRow):
    """A shared tablet of one department, on which its people sign with name and PIN."""

    department = models.CharField(max_length=30)
    name = models.CharField(_("name"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    enrolled_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tablet")


class Pin(HotelRow):
    """A person's six digits for the department tablet; locked after five failures."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    pin_hash = models.CharField(max_length=200)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("PIN")
        constraints = [models.UniqueConstraint(fields=["hotel", "person"], name="house_pin_once")]


class ApiToken(HotelRow):
    """A program's key: shown once, kept as a hash, with scopes and an end."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)  # [] = all that the person may
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("API token")


class Answered(HotelRow):
    """The answer given to an unsafe request, so that sending it again changes nothing."""

    key = models.CharField(max_length=80)
    who = models.CharField(max_length=40)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("answered request")
        constraints = [models.UniqueConstraint(fields=["hotel", "who", "key"], name="house_answered_key")]
        indexes = [models.Index(fields=["at"], name="house_answered_at")]
