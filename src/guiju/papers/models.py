"""Papers: a form has revisions; a revision has numbered copies for departments; a copy is delivered, signed for or objected to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow, VersionedRow


class StoredFile(HotelRow):
    """A file as received, kept unchanged under its hash; served only as an attachment through the permission gate."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    mime = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    path = models.CharField(max_length=300)
    quarantined = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    drop_after_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("stored file")
        constraints = [models.UniqueConstraint(fields=["hotel", "sha256"], name="papers_file_hash")]

    @property
    def is_sealed(self) -> bool:
        """Kept encrypted: a card number stands in it, or it was refused. Pages show at most a masked copy."""
        return self.path.endswith(".sealed")


class Paper(VersionedRow):
    """A numbered form about a booking."""

    kind = models.CharField(
        max_length=30
    )  # reservation_form | group_schedule | change_notice | confirmation_letter
    number = models.CharField(max_length=20)
    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    original = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="notices"
    )  # of a change notice
    latest = models.PositiveSmallIntegerField(default=0)  # the revision in force; 0: none issued yet
    voided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("paper")
        constraints = [models.UniqueConstraint(fields=["hotel", "number"], name="papers_paper_number")]
        indexes = [models.Index(fields=["hotel", "about_kind", "about_id"], name="papers_about")]


class Revision(HotelRow):
    """A paper as issued at a moment; never changed afterwards."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    differences = models.JSONField(default=list)
    issued_at = models.DateTimeField()
    issued_by_id = models.UUIDField()

    class Meta:
        verbose_name = _("revision")
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="papers_revision_number")]


class Copy(HotelRow):
    """One numbered copy for one department, with its own sign-off. Where it stands is told by its moments."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="copies")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="copies")
    department = models.CharField(max_length=30)
    number = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()
    clause = models.CharField(max_length=60)
    purpose = models.CharField(max_length=120, blank=True)
    archive = models.BooleanField(default=False)
    must_sign = models.BooleanField(default=True)
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+"
    )  # its signature still stands
    token = models.CharField(max_length=32, unique=True)  # the QR page's address
    issued_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by_id = models.UUIDField(null=True)
    objected_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("copy")
        constraints = [
            models.UniqueConstraint(fields=["revision", "department"], name="papers_copy_department"),
            models.UniqueConstraint(fields=["revision", "number"], name="papers_copy_number"),
        ]
        indexes = [
            models.Index(
                fields=["hotel", "department", "issued_at"],
                condition=models.Q(signed_at__isnull=True, superseded_at__isnull=True, must_sign=True),
                name="papers_copy_open",
            )
        ]


class Receipt(HotelRow):
    """Something a department did with a copy: delivered, signed, undone, objected, answered. Never changed."""

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="receipts")
    what = models.CharField(max_length=12)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    name = models.CharField(max_length=60, blank=True)
    how = models.CharField(max_length=12, default="screen")  # screen | tablet | paper | api
    device = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=45, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("receipt")


class PhoneLink(HotelRow):
    """A short-lived address of one copy, told in a department's chat; opened by name and PIN, for this copy alone.

    Its secret is made from its key and the installation's key, and stands in no table.
    """

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("link for a phone")
