"""A replay that somebody asked for: what is run over which past, how far it is, and its figures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow


class Replay(HotelRow):
    """One run of a wording of the standard over past bookings; its result is kept and may be shown to others by its address."""

    class State(models.TextChoices):
        WAITING = "waiting", _("in line")
        RUNNING = "running", _("counting")
        DONE = "done", _("counted")
        STOPPED = "stopped", _("stopped by hand")
        FAILED = "failed", _("not counted")

    edition = models.CharField(max_length=120)  # edition:<id> | draft:<id> | shipped:<name> (replay.choosing)
    edition_label = models.CharField(max_length=120)
    against = models.CharField(max_length=120, blank=True)
    against_label = models.CharField(max_length=120, blank=True)
    batch_id = models.UUIDField(null=True)  # one batch of the history; empty: all of it
    handling = models.JSONField(default=dict)  # {"minutes": 5, "by_clause": {}, "goal": 0.95}
    profile = models.JSONField(default=dict)  # what differs from the usual assumptions
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    working_until_at = models.DateTimeField(null=True)  # past: whoever worked on it has stopped
    attempts = models.PositiveSmallIntegerField(default=0)
    result = models.JSONField(null=True)
    said = models.CharField(max_length=300, blank=True)  # why it failed
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("replay")
        constraints = [
            models.CheckConstraint(condition=~Q(state="done") | Q(result__isnull=False, ended_at__isnull=False), name="replay_done_whole"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(said=""), name="replay_failed_why"),
        ]
        indexes = [
            models.Index(fields=["hotel", "-asked_at"], name="replay_newest"),
            models.Index(fields=["asked_at"], condition=Q(state__in=["waiting", "running"]), name="replay_to_do"),
        ]

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.STOPPED, self.State.FAILED)
