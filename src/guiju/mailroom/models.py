"""Where mail and faxes come from, how each place stands, and what became of every piece."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow, VersionedRow


class Mailbox(VersionedRow):
    """A mailbox of the hotel, or the folder of its fax server. `uid_done`: up to which number all is dealt with."""

    class Kind(models.TextChoices):
        IMAP = "imap", _("mailbox")
        FOLDER = "folder", _("fax folder")

    class Security(models.TextChoices):
        TLS = "tls", _("TLS from the first byte (port 993)")
        STARTTLS = "starttls", _("STARTTLS (port 143)")
        NONE = "none", _("not encrypted: only on this machine")

    class After(models.TextChoices):
        KEEP = "keep", _("leave it where it is")
        MOVE = "move", _("move it to a folder")

    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.IMAP)
    name = models.CharField(max_length=60)
    is_on = models.BooleanField(default=True)
    host = models.CharField(max_length=200, blank=True)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=10, choices=Security.choices, default=Security.TLS)
    user = models.CharField(max_length=200, blank=True)
    secret_sealed = models.BinaryField(null=True)  # encrypted with the installation's key
    secret_from = models.CharField(max_length=80, blank=True)  # or the environment variable that holds it
    folder = models.CharField(max_length=200, default="INBOX")
    after = models.CharField(max_length=6, choices=After.choices, default=After.KEEP)
    move_to = models.CharField(max_length=200, blank=True)
    every_seconds = models.PositiveIntegerField(default=60)
    idle = models.BooleanField(default=False)
    since_at = models.DateTimeField()  # older mail was dealt with before
    closed_at = models.DateTimeField(null=True)
    # how it stands
    next_look_at = models.DateTimeField()
    uid_validity = models.BigIntegerField(default=0)
    uid_done = models.BigIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    error_code = models.CharField(max_length=20, blank=True)
    error_at = models.DateTimeField(null=True)
    error_detail = models.CharField(max_length=300, blank=True)  # what the far end said: for people who may set it up
    try_asked_at = models.DateTimeField(null=True)  # somebody wants it tried now
    try_done_at = models.DateTimeField(null=True)
    try_code = models.CharField(max_length=20, blank=True)  # ok, or what is wrong
    try_detail = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "name"], condition=Q(closed_at__isnull=True), name="mailroom_mailbox_name"),
            models.UniqueConstraint(fields=["hotel"], condition=Q(closed_at__isnull=True, kind="folder"), name="mailroom_one_folder"),
            models.CheckConstraint(condition=Q(every_seconds__gte=10), name="mailroom_mailbox_every"),
            models.CheckConstraint(condition=~Q(after="move") | ~Q(move_to=""), name="mailroom_mailbox_move_to"),
        ]
        indexes = [models.Index(fields=["next_look_at"], condition=Q(is_on=True, closed_at__isnull=True), name="mailroom_mailbox_due")]

    @property
    def every(self) -> timedelta:
        """How often it is looked into."""
        return timedelta(seconds=self.every_seconds)

    def silent_for(self, now: datetime) -> timedelta | None:
        """How long ago it was last looked into with success; None: never."""
        return now - self.succeeded_at if self.succeeded_at else None


class Item(HotelRow):
    """A piece of mail or a dropped file: claimed by one worker, dealt with once, and what became of it."""

    class State(models.TextChoices):
        CLAIMED = "claimed", _("being read")
        ACCEPTED = "accepted", _("taken in")
        ANSWERED = "answered", _("client's letter on a request")
        DUPLICATE = "duplicate", _("came before")
        EMPTY = "empty", _("nothing in it")
        REFUSED = "refused", _("turned away")
        AUTO = "auto", _("automatic answer")
        RETURNED = "returned", _("a letter came back")
        OWN = "own", _("our own letter")

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="items")
    uid_validity = models.BigIntegerField(null=True)
    uid = models.BigIntegerField(null=True)
    identity = models.CharField(max_length=64, blank=True)  # hash of Message-ID and content; of a file: name, moment and content
    state = models.CharField(max_length=10, choices=State.choices, default=State.CLAIMED)
    code = models.CharField(max_length=40, blank=True)  # why it was refused
    why = models.CharField(max_length=300, blank=True)  # what the far end said of a letter that came back
    tries = models.PositiveSmallIntegerField(default=1)
    claim = models.UUIDField()  # whose it is while it is being read
    claimed_until_at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    enquiries = models.JSONField(default=list)  # numbers

    class Meta:
        verbose_name = _("piece of mail")
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "uid_validity", "uid"], condition=Q(uid__isnull=False), name="mailroom_item_uid"),
            models.UniqueConstraint(
                fields=["hotel", "identity"], condition=~Q(identity="") & ~Q(state="duplicate"), name="mailroom_item_identity"
            ),
        ]
        indexes = [
            models.Index(fields=["mailbox", "-arrived_at"], name="mailroom_item_latest"),
            models.Index(fields=["mailbox", "uid_validity", "uid"], condition=Q(state="claimed"), name="mailroom_item_claimed"),
        ]
