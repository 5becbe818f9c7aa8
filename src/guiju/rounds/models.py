"""The clock's own rows: its heartbeat, and how far each sweep has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import Row


class Heartbeat(Row):
    """When a worker last went its round; watched by /readyz and shown when it stops."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    pid = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("heartbeat")


class Swept(Row):
    """Up to which entry of a hotel's logbook duties were derived again."""

    hotel_id = models.UUIDField(unique=True)
    seq = models.PositiveBigIntegerField(default=0)
    cadences_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("sweep")
