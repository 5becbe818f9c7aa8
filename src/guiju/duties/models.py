"""Editions of the standard, the duties derived from it, and what people decided about them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow


class Edition(HotelRow):
    """The standard as it stands from a moment: the TOML texts themselves."""

    standard = models.CharField(max_length=40, default="hotel-sales")
    number = models.PositiveIntegerField()
    effective_at = models.DateTimeField()
    approved_by_id = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    texts = models.JSONField()  # {file name: TOML}
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("edition")
        constraints = [models.UniqueConstraint(fields=["hotel", "standard", "number"], name="duties_edition_number")]


class Duty(HotelRow):
    """What somebody owes under a clause. Its times are stored; whether it is open, late or met is computed when read."""

    clause = models.CharField(max_length=60)
    rule = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)  # timed cadence notice check …
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=60)
    occurrence = models.CharField(max_length=60, blank=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    owner = models.CharField(max_length=40)  # the word in the clause
    owner_post = models.CharField(max_length=40, blank=True)
    owner_department = models.CharField(max_length=30, blank=True)
    owner_person_id = models.UUIDField(null=True)
    opens_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    missed_at = models.DateTimeField(null=True)  # past this it can no longer be met
    met_at = models.DateTimeField(null=True)
    met_by_id = models.UUIDField(null=True)
    met_entry_id = models.UUIDField(null=True)  # the evidence
    ended_at = models.DateTimeField(null=True)  # superseded
    waived_at = models.DateTimeField(null=True)
    charged_to = models.CharField(max_length=40, blank=True)  # who is late when it is not the owner
    reassigned_at = models.DateTimeField(null=True)  # a person chose the owner: deriving again keeps him
    evidence = models.CharField(max_length=80, blank=True)
    because = models.JSONField(default=list)  # [[fact kind, moment, entry id], …]
    escalations = models.JSONField(default=list)  # [[moment, to, share], …]
    effects = models.JSONField(default=list)  # [[moment, effect], …]
    next_firing_at = models.DateTimeField(null=True)  # the earliest moment the clock has something to do
    visible_to = models.JSONField(default=list)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "clause", "rule", "subject_kind", "subject_id", "occurrence"], name="duties_duty_key"),
        ]
        indexes = [
            models.Index(
                fields=["hotel", "owner_person_id", "due_at"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True, waived_at__isnull=True),
                name="duties_open_person",
            ),
            models.Index(
                fields=["hotel", "owner_post", "due_at"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True, waived_at__isnull=True),
                name="duties_open_post",
            ),
            models.Index(
                fields=["hotel", "owner_department", "due_at"],
                condition=Q(met_at__isnull=True, ended_at__isnull=True, waived_at__isnull=True),
                name="duties_open_dept",
            ),
            models.Index(fields=["hotel", "subject_kind", "subject_id"], name="duties_subject"),
            models.Index(fields=["next_firing_at"], condition=Q(next_firing_at__isnull=False), name="duties_next_firing"),
            models.Index(fields=["hotel", "clause", "due_at"], name="duties_clause"),
            models.Index(fields=["hotel", "due_at"], name="duties_due"),
            models.Index(fields=["hotel", "met_at"], condition=Q(met_at__isnull=False), name="duties_met"),
        ]


class Decision(HotelRow):
    """A person's word on a duty: waived or reassigned, with reason."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10)  # waive | reassign
    reason = models.CharField(max_length=300)
    by_id = models.UUIDField()
    to_person_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision")


class Firing(HotelRow):
    """The clock did something about a duty, once: an escalation or an effect."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="firings")
    what = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField()
    late = models.BooleanField()

    class Meta:
        verbose_name = _("firing")
        constraints = [models.UniqueConstraint(fields=["duty", "what"], name="duties_firing_once")]


class GateWaiver(HotelRow):
    """A gate opened once for one subject by someone entitled, with reason; counted in the figures."""

    verb = models.CharField(max_length=60)
    clause = models.CharField(max_length=60)
    rule = models.CharField(max_length=40)
    need = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)
    by_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("gate waiver")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "verb", "clause", "rule", "need", "subject_kind", "subject_id"], name="duties_waiver_once")
        ]
