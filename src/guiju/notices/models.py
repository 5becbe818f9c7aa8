"""Letters that leave the house, and notices inside it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow


class Letter(HotelRow):
    """Something that must leave the house: written with the fact that causes it, sent after, at least once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DEAD = "dead", _("could not be sent")
        STOPPED = "stopped", _("stopped before sending")

    key = models.CharField(max_length=120)  # what it is for, e.g. "reply:<id>"; the same key is never sent for two reasons
    channel = models.CharField(max_length=20, default="mail")
    to = models.CharField(max_length=300)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    attachments = models.JSONField(default=list)  # [{"name", "file": stored file id}]
    about_kind = models.CharField(max_length=30, blank=True)
    about_id = models.CharField(max_length=60, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    in_reply_to = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    not_before_at = models.DateTimeField()  # end of the undo window
    claimed_until_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("letter")
        constraints = [models.UniqueConstraint(fields=["hotel", "key"], name="notices_letter_key")]
        indexes = [models.Index(fields=["not_before_at"], condition=Q(state__in=["waiting", "sending"]), name="notices_letter_due")]


class Notice(HotelRow):
    """A line in someone's bell: to a person, a post or a department. Opening it is not recorded."""

    person_id = models.UUIDField(null=True)
    post = models.CharField(max_length=40, blank=True)
    department = models.CharField(max_length=30, blank=True)
    key = models.CharField(max_length=120)  # once per reason and receiver
    text = models.CharField(max_length=200)  # an English msgid with %(name)s places
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)
    urgency = models.CharField(max_length=10, default="plain")  # plain | soon | late
    at = models.DateTimeField()
    show_from_at = models.DateTimeField()  # the receiver's next shift, if he is off

    class Meta:
        verbose_name = _("notice")
        constraints = [models.UniqueConstraint(fields=["hotel", "key"], name="notices_notice_key")]
        indexes = [
            models.Index(fields=["hotel", "person_id", "show_from_at"], name="notices_person"),
            models.Index(fields=["hotel", "post", "show_from_at"], name="notices_post"),
            models.Index(fields=["hotel", "department", "show_from_at"], name="notices_department"),
        ]


class BellSeen(HotelRow):
    """Up to when a person has looked at the bell: one moment, not a receipt per notice."""

    person_id = models.UUIDField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bell")
        constraints = [models.UniqueConstraint(fields=["hotel", "person_id"], name="notices_bell_once")]
