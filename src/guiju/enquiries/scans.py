"""Scans to be read: one row for each file whose words are only a picture, from its arrival until its words stand in the message."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow


class Scan(HotelRow):
    """A file that the worker reads: claimed under a lease, tried three times, then said to be unreadable."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be read")
        READING = "reading", _("being read")
        READ = "read", _("read")
        BLANK = "blank", _("nothing to read on it")
        FAILED = "failed", _("could not be read")

    message = models.ForeignKey("enquiries.Message", on_delete=models.CASCADE, related_name="scans")
    order = models.PositiveSmallIntegerField(default=0)  # 0 the message's own file, else its attachment of that place, from 1
    file = models.ForeignKey("papers.StoredFile", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)  # pdf | png | jpeg | tiff
    only = models.JSONField(default=list)  # the pages of it that have no words, from 1; empty: all
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_until_at = models.DateTimeField(null=True)
    not_before_at = models.DateTimeField()
    received_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)
    found = models.JSONField(default=dict)  # reading.scan.Scan.as_row, and "runs": where each piece stands in the message's text
    pictures = models.JSONField(default=list)  # stored file ids of its pages, set upright

    class Meta:
        verbose_name = _("scan")
        constraints = [models.UniqueConstraint(fields=["message", "order"], name="enquiries_scan_once")]
        indexes = [models.Index(fields=["not_before_at"], condition=Q(state__in=("waiting", "reading")), name="enquiries_scan_due")]
