"""What was done of a checklist: one row a tick, kept when it is withdrawn."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow


class Tick(HotelRow):
    """An item done: by whom, when, with which proof. Withdrawn, it stays with the reason."""

    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=60)
    clause = models.CharField(max_length=60)
    rule = models.CharField(max_length=40)
    item = models.CharField(max_length=60)
    department = models.CharField(max_length=30, blank=True)
    proof = models.CharField(max_length=10, default="tick")  # what the item asked for: tick | value | photo | signature
    value = models.CharField(_("value"), max_length=200, blank=True)
    photo = models.ForeignKey("papers.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)  # why somebody of another department ticked it
    done_at = models.DateTimeField()
    done_by_id = models.UUIDField(null=True)
    done_by_name = models.CharField(max_length=60, blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.UUIDField(null=True)
    undone_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("item done")
        constraints = [
            models.UniqueConstraint(
                fields=["hotel", "subject_kind", "subject_id", "clause", "rule", "item"], condition=Q(undone_at__isnull=True),
                name="checklists_tick_once",
            )
        ]
        indexes = [models.Index(fields=["hotel", "subject_kind", "subject_id"], name="checklists_subject")]
