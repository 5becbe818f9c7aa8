"""Approvals: something that waits for a yes, post after post."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow


class Approval(HotelRow):
    """One asking: what it is about, what is to be approved in the asker's words, and how it ended."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for approval")
        GIVEN = "given", _("approval given")
        REFUSED = "refused", _("sent back")
        WITHDRAWN = "withdrawn", _("taken back")
        REPLACED = "replaced", _("asked anew")

    kind = models.CharField(max_length=40)  # the room's word for what a yes does (registry.approval_kinds)
    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=60)
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=2000, blank=True)
    is_afterwards = models.BooleanField(default=False)  # it is done already: the yes is asked for afterwards
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_by_id = models.UUIDField()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was sent back or taken back

    class Meta:
        verbose_name = _("approval")
        constraints = [
            models.UniqueConstraint(
                fields=["hotel", "kind", "about_kind", "about_id"], condition=Q(state="waiting"), name="approvals_one_waits"
            ),
            models.CheckConstraint(condition=Q(state="waiting", ended_at__isnull=True) | Q(ended_at__isnull=False), name="approvals_ended"),
        ]
        indexes = [
            models.Index(fields=["hotel", "about_kind", "about_id"], name="approvals_about"),
            models.Index(fields=["hotel", "asked_by_id", "asked_at"], name="approvals_asker"),
            models.Index(fields=["hotel", "asked_at"], condition=Q(state="waiting"), name="approvals_waiting"),
        ]


class ApprovalStep(HotelRow):
    """One step of the chain: whose word is wanted, and what he said."""

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)  # what the clause calls the step
    post = models.CharField(max_length=40)  # who decides it
    opened_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)
    for_id = models.UUIDField(null=True)  # the person for whom a delegate decided
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of an approval")
        constraints = [
            models.UniqueConstraint(fields=["approval", "number"], name="approvals_step_number"),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True, decided_at__isnull=True, decided_by_id__isnull=True)
                | Q(accepted__isnull=False, decided_at__isnull=False, decided_by_id__isnull=False),
                name="approvals_step_decided",
            ),
        ]
        indexes = [models.Index(fields=["hotel", "post"], condition=Q(decided_at__isnull=True, opened_at__isnull=False), name="approvals_step_open")]
