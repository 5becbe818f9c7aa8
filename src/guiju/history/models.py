"""Booking history: bookings of past years as other systems kept them, imported by batch, apart from the hotel's own bookings.

Nothing here is a live booking: a stay of no nights, a room without guests or a rate below zero is kept as it was and flagged.
Rows of a batch count from the moment the batch is applied; until then, and after it is undone, no figure sees them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow, VersionedRow


class Batch(VersionedRow):
    """One file of past bookings on its way into the history: looked through first, then applied as a whole or not at all."""

    class State(models.TextChoices):
        RECEIVED = "received", _("columns to be named")
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked")
        APPLYING = "applying", _("being imported")
        APPLIED = "applied", _("imported")
        UNDONE = "undone", _("undone")
        DROPPED = "dropped", _("dropped")
        FAILED = "failed", _("not taken")

    file = models.ForeignKey("papers.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    signature = models.CharField(max_length=64)  # of the headings: files of one layout share it
    headings = models.JSONField(default=list)
    samples = models.JSONField(default=list)  # the first rows, shown where the columns are named
    mapping = models.JSONField(default=dict)  # field -> heading
    options = models.JSONField(default=dict)  # how dates and words are to be read
    said = models.JSONField(default=dict)  # why it was not taken: {"text", "values"}, in the reader's language when shown
    # how far the work has come
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    working_until_at = models.DateTimeField(null=True)  # somebody works on it; past: whoever did so has stopped
    worker = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # what is in it
    rows = models.PositiveIntegerField(default=0)  # that can be applied
    bad_rows = models.PositiveIntegerField(default=0)  # with errors, neither corrected nor set aside
    aside_rows = models.PositiveIntegerField(default=0)
    groups = models.PositiveIntegerField(default=0)
    past_hotels = models.JSONField(default=list)
    first_arrival_on = models.DateField(null=True)
    last_arrival_on = models.DateField(null=True)
    flags = models.JSONField(default=dict)  # flag -> number of rows
    # who and when
    received_at = models.DateTimeField()
    received_by_id = models.UUIDField(null=True)
    checked_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    applied_by_id = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.UUIDField(null=True)
    cleared_at = models.DateTimeField(null=True)  # rows of an undone, dropped or failed batch are gone

    class Meta:
        verbose_name = _("batch of past bookings")
        constraints = [
            models.UniqueConstraint(
                fields=["hotel", "sha256"],
                condition=~Q(state__in=["undone", "dropped", "failed"]),
                name="history_batch_file_once",
            ),
            models.CheckConstraint(condition=~Q(state="applied") | Q(applied_at__isnull=False, bad_rows=0), name="history_batch_applied"),
            models.CheckConstraint(condition=~Q(state="undone") | Q(undone_at__isnull=False), name="history_batch_undone"),
        ]
        indexes = [models.Index(fields=["hotel", "state", "received_at"], name="history_batch_state")]

    def __str__(self) -> str:
        return self.name


class Layout(HotelRow):
    """How the columns of a layout were named last time, so that the next file of that kind is understood at once."""

    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta:
        verbose_name = _("layout of a file")
        constraints = [models.UniqueConstraint(fields=["hotel", "signature"], name="history_layout_once")]


class OfBatch(HotelRow):
    """A row of a batch. One index serves hotel and batch; they have none of their own, because there are many rows."""

    hotel = models.ForeignKey("house.Hotel", on_delete=models.PROTECT, related_name="+", db_index=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class PastBooking(OfBatch):
    """One row of the file: a room of a past booking (or several, where the file says how many)."""

    class Status(models.TextChoices):
        STAYED = "stayed", _("stayed")
        CANCELLED = "cancelled", _("cancelled")
        NO_SHOW = "no_show", _("no-show")
        BOOKED = "booked", _("still to come")

    row_number = models.PositiveIntegerField()  # the row of the file, its heading being row 1
    past_hotel = models.CharField(max_length=80)  # as the file names it; no hotel of this installation needs to be
    booked_on = models.DateField()
    arrival_on = models.DateField()
    departure_on = models.DateField()
    nights = models.PositiveSmallIntegerField()
    rooms = models.PositiveSmallIntegerField(default=1)
    adults = models.PositiveSmallIntegerField(default=0)
    children = models.PositiveSmallIntegerField(default=0)
    babies = models.PositiveSmallIntegerField(default=0)
    room_type = models.CharField(max_length=40, blank=True)
    segment = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=40, blank=True)
    agent = models.CharField(max_length=80, blank=True)
    company = models.CharField(max_length=80, blank=True)
    customer_type = models.CharField(max_length=40, blank=True)
    meal = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=40, blank=True)
    rate = models.DecimalField(max_digits=12, decimal_places=4)  # a room and night
    deposit = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    status_on = models.DateField(null=True)  # when it was cancelled, seen as no-show, or checked out; of one still to come none
    repeated = models.BooleanField(default=False)
    likeness = models.BigIntegerField()  # rows of one block have it in common (history.groups)
    flags = models.CharField(max_length=80, blank=True)  # words separated by blanks

    class Meta:
        verbose_name = _("past booking")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "batch", "row_number"], name="history_past_row"),
            models.CheckConstraint(condition=Q(departure_on__gte=F("arrival_on")), name="history_past_dates"),
        ]


class BadRow(OfBatch):
    """A row of the file that cannot be taken as it stands: its cells, what is wrong with each, and whether it was set aside."""

    row_number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    errors = models.JSONField(default=dict)  # field -> what is wrong
    aside = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("row with errors")
        constraints = [models.UniqueConstraint(fields=["hotel", "batch", "row_number"], name="history_bad_row")]


class PastGroup(OfBatch):
    """Rows recognised as the rooms of one group; a further figure, they stay rows of their own."""

    likeness = models.BigIntegerField()
    past_hotel = models.CharField(max_length=80)
    booked_on = models.DateField()
    arrival_on = models.DateField()
    nights = models.PositiveSmallIntegerField()
    segment = models.CharField(max_length=40, blank=True)
    agent = models.CharField(max_length=80, blank=True)
    company = models.CharField(max_length=80, blank=True)
    rooms = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("past group")
        constraints = [models.UniqueConstraint(fields=["hotel", "batch", "likeness"], name="history_group_once")]


class Figure(OfBatch):
    """Totals of a batch, summed when it is applied: month of arrival by segment, channel, status and lead time. Money in 1/10000."""

    past_hotel = models.CharField(max_length=80)
    month_on = models.DateField()
    segment = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=10)
    lead = models.PositiveSmallIntegerField()  # the lead-time band (history.figures)
    bookings = models.PositiveIntegerField()
    grouped = models.PositiveIntegerField(default=0)  # of them in a group
    room_nights = models.PositiveIntegerField()
    revenue = models.BigIntegerField()

    class Meta:
        verbose_name = _("past figure")
        constraints = [
            models.UniqueConstraint(
                fields=["hotel", "batch", "month_on", "past_hotel", "segment", "channel", "status", "lead"],
                name="history_figure_once",
            )
        ]


class Movement(OfBatch):
    """What one day added to, or took from, what was on the books for a month of arrival: bookings made less cancelled."""

    past_hotel = models.CharField(max_length=80)
    month_on = models.DateField()
    moved_on = models.DateField()
    segment = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=40, blank=True)
    bookings = models.IntegerField()
    room_nights = models.IntegerField()
    revenue = models.BigIntegerField()

    class Meta:
        verbose_name = _("pace movement")
        constraints = [
            models.UniqueConstraint(
                fields=["hotel", "batch", "month_on", "moved_on", "past_hotel", "segment", "channel"],
                name="history_movement_once",
            )
        ]
