"""Drafts of the standard beside the editions in force, and who has acknowledged which wording."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guiju.duties.models import Edition
from guiju.shelf.models import HotelRow, VersionedRow


class Draft(VersionedRow):
    """A wording of the standard that somebody works at: begun from an edition, proposed by one, approved by another (manual.versions)."""

    class State(models.TextChoices):
        OPEN = "open", _("in work")
        PROPOSED = "proposed", _("waits for approval")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", pgettext_lazy("draft", "approved")
        DROPPED = "dropped", _("given up")

    EDITABLE = (State.OPEN, State.RETURNED)

    standard = models.CharField(max_length=40, default="hotel-sales")
    title = models.CharField(_("what it is about"), max_length=120)
    base = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    texts = models.JSONField()  # {file name: TOML}
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    begun_by_id = models.UUIDField(null=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    effective_at = models.DateTimeField(null=True)
    proposed_by_id = models.UUIDField(null=True)
    proposed_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=300, blank=True)  # why it was returned
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, null=True, related_name="draft")

    class Meta:
        verbose_name = _("draft")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(effective_at__isnull=False, proposed_at__isnull=False, proposed_by_id__isnull=False),
                name="editions_proposed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | (Q(edition__isnull=False, decided_by_id__isnull=False) & ~Q(decided_by_id=F("proposed_by_id"))),
                name="editions_two_persons",
            ),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(words=""), name="editions_returned_why"),
        ]
        indexes = [models.Index(fields=["hotel", "state", "changed_at"], name="editions_draft_state")]

    @property
    def waiting(self) -> bool:
        """Whether it may still become an edition."""
        return self.editable or self.state == self.State.PROPOSED

    @property
    def editable(self) -> bool:
        """Whether its wording may still be changed."""
        return self.state in self.EDITABLE


class Acknowledgement(HotelRow):
    """A person has read a clause in one wording (manual.read); another wording asks again."""

    person_id = models.UUIDField()
    clause = models.CharField(max_length=60)
    wording = models.CharField(max_length=64)  # hash of what the clause says and asks, without its cases
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("acknowledgement")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "person_id", "clause", "wording"], name="editions_acknowledged_once"),
        ]
