"""Companies, agencies, government offices and individuals; their contacts and credit."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow, VersionedRow


class Client(VersionedRow):
    """An account: who books, how good, and whether on account."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        AGENCY = "agency", _("travel agency")
        OTA = "ota", _("online agency")
        GOVERNMENT = "government", _("government")
        INDIVIDUAL = "individual", _("individual")

    number = models.CharField(_("number"), max_length=20)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.COMPANY)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    initials = models.CharField(max_length=200, blank=True)  # pinyin initials, readings separated by blanks
    tier = models.CharField(_("tier"), max_length=10, blank=True)  # A B C …: letters, never colours
    lang = models.CharField(_("language"), max_length=10, default="zh-hans")
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    fax = models.CharField(_("fax"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    tax_number = models.CharField(_("tax number"), max_length=40, blank=True)
    seller = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on_account = models.BooleanField(_("may book on account"), default=False)
    credit_limit = models.DecimalField(_("credit limit"), max_digits=12, decimal_places=2, default=0)
    credit_used = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    credit_days = models.PositiveSmallIntegerField(_("credit period, days"), default=30)
    overdue_since_on = models.DateField(_("overdue since"), null=True, blank=True)
    overdue_amount = models.DecimalField(_("overdue amount"), max_digits=12, decimal_places=2, default=0)
    remarks = models.TextField(_("remarks"), blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("client")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "number"], name="clients_client_number"),
            models.CheckConstraint(
                condition=Q(credit_used__lte=models.F("credit_limit")) | Q(credit_used=0),
                name="clients_credit",
            ),
            models.CheckConstraint(condition=Q(credit_used__gte=0, credit_limit__gte=0), name="clients_credit_sign"),
        ]
        indexes = [
            models.Index(fields=["hotel", "name"], name="clients_name"),
            models.Index(fields=["hotel", "tier"], name="clients_tier"),
            models.Index(fields=["hotel", "-created_at", "-id"], name="clients_recent"),
            models.Index(
                fields=["hotel", "overdue_since_on"],
                condition=Q(overdue_since_on__isnull=False),
                name="clients_overdue",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def credit_left(self) -> Decimal:
        """What may still be booked on account."""
        return self.credit_limit - self.credit_used


class Contact(VersionedRow):
    """A person at a client."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=60)
    title = models.CharField(_("title"), max_length=60, blank=True)
    department = models.CharField(_("department"), max_length=60, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    fax = models.CharField(_("fax"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    remarks = models.CharField(_("remarks"), max_length=200, blank=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("contact")
        indexes = [models.Index(fields=["hotel", "client"], name="clients_contact_client")]


class SearchRow(models.Model):
    """What a client is found by: all names, numbers and telephones, and their tokens in order.

    The tokens are indexed by FTS5 on SQLite (a table beside this one, kept equal by triggers) and by a GIN
    index on PostgreSQL; `clients.search` reads both in the same way. A migration that rebuilds this table on
    SQLite must put the triggers back (migration 0003 shows them).
    """

    hotel_id = models.UUIDField()
    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    tokens = models.TextField()

    class Meta:
        verbose_name = _("search row")
        indexes = [models.Index(fields=["hotel_id", "id"], name="clients_search_recent")]

    def __str__(self) -> str:
        return self.text


class SavedView(HotelRow):
    """A list with its filters under a name: mine, or given to my department."""

    person = models.ForeignKey("house.Person", on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=500, blank=True)
    shared_with = models.CharField(max_length=30, blank=True)  # a department

    class Meta:
        verbose_name = _("saved view")
        constraints = [models.UniqueConstraint(fields=["hotel", "person", "page", "name"], name="clients_view_name")]


class CreditEntry(HotelRow):
    """A change of a client's used credit, with what it was for; the sum equals Client.credit_used."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="credit_entries")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("credit entry")
        indexes = [models.Index(fields=["hotel", "client", "about_kind", "about_id"], name="clients_credit_about")]


class CreditRequest(HotelRow):
    """Right and limit asked for by one person and decided by another."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="credit_requests")
    on_account = models.BooleanField(_("may book on account"), default=True)
    limit = models.DecimalField(_("credit limit"), max_digits=12, decimal_places=2)
    days = models.PositiveSmallIntegerField(_("credit period, days"), default=30)
    reason = models.CharField(_("reason"), max_length=300)
    asked_by_id = models.UUIDField()
    asked_at = models.DateTimeField()
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("credit request")
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(decided_at__isnull=True), name="clients_credit_asked_once"),
            models.CheckConstraint(
                condition=~Q(approved=True) | ~Q(decided_by_id=models.F("asked_by_id")),
                name="clients_credit_two_people",
            ),
        ]
