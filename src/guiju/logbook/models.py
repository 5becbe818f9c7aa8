"""The record of everything that happened: append-only, hash-chained, one chain a hotel and one for the installation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import Row


class Chain(Row):
    """The tail of one chain; taken last in a transaction, because it is where all writers of a hotel meet."""

    hotel_id = models.UUIDField(null=True, unique=True)  # empty: the installation's own chain
    seq = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = _("chain")


class Entry(Row):
    """One fact. `body` is what is hashed (docs/operations/logbook.md); the other columns repeat it for queries."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    hotel_id = models.UUIDField(null=True, db_index=True)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    attrs = models.JSONField(default=dict)
    body = models.TextField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)  # HMAC with the key that is kept outside the database

    class Meta:
        verbose_name = _("logbook entry")
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="logbook_entry_seq")]
        indexes = [models.Index(fields=["hotel_id", "kind", "at"], name="logbook_entry_kind")]


class EntrySubject(models.Model):
    """Which things an entry speaks of, so that the history of one subject is one index range."""

    hotel_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=60)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="subjects")

    class Meta:
        verbose_name = _("logbook subject")
        indexes = [models.Index(fields=["hotel_id", "kind", "subject_id", "entry"], name="logbook_subject")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject_id}"


class PersonalKey(Row):
    """The key of one person (guest, contact, employee); destroying it erases him from the record."""

    hotel_id = models.UUIDField(null=True)
    about = models.CharField(max_length=100)  # "contact:<id>"
    wrapped = models.BinaryField(null=True)  # empty: erased
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("personal key")
        constraints = [models.UniqueConstraint(fields=["hotel_id", "about"], name="logbook_personal_key")]


class PersonalValue(Row):
    """What a personal attribute said, beside the chain, encrypted with the person's key."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="personal_values")
    key = models.ForeignKey(PersonalKey, on_delete=models.PROTECT, related_name="+")
    attr = models.CharField(max_length=40)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("personal value")
