"""Compliance counted by day: what each owner's duties of a local day came to, and which days have changed since."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow


class Touched(models.Model):
    """A duty due on this day (in UTC) was added, changed or taken away since the day was counted.

    The database's own triggers write these rows (compliance.marks), so that nothing changes a duty without marking its day.
    """

    hotel_id = models.UUIDField()
    on = models.DateField()

    class Meta:
        verbose_name = _("changed day")
        indexes = [models.Index(fields=["hotel_id", "on"], name="compliance_touched_day")]

    def __str__(self) -> str:
        return f"{self.on}"


class CountedDay(HotelRow):
    """A local day whose duties were counted; the counts hold from `since_at` until just before `until_at`."""

    on = models.DateField()
    zone = models.CharField(max_length=40)  # in another zone the day would have other duties
    since_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)  # the next moment at which a duty becomes late or missed by itself
    totals = models.JSONField(default=dict)  # {department: {clause: figures}} of all duties that everybody may know of
    hidden = models.BooleanField(default=False)  # some duties of the day are for named posts only

    class Meta:
        verbose_name = _("counted day")
        constraints = [models.UniqueConstraint(fields=["hotel", "on"], name="compliance_day_once")]
        indexes = [
            models.Index(fields=["hotel", "until_at"], condition=models.Q(until_at__isnull=False), name="compliance_day_until"),
        ]


class Tally(HotelRow):
    """The figures of one owner's duties of a counted day, by clause. The columns are named as those of a duty."""

    on = models.DateField()
    number = models.PositiveIntegerField()
    owner_department = models.CharField(max_length=30, blank=True)
    owner_post = models.CharField(max_length=40, blank=True)
    owner_person_id = models.UUIDField(null=True)
    met_by_id = models.UUIDField(null=True)
    visible_to = models.JSONField(default=list)
    figures = models.JSONField(default=dict)  # {clause: figures}

    class Meta:
        verbose_name = _("tally")
        constraints = [models.UniqueConstraint(fields=["hotel", "on", "number"], name="compliance_tally_once")]
