"""Letters that leave the house, and notices inside it."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow, VersionedRow


class Letter(HotelRow):
    """Something that must leave the house: written with the fact that causes it, sent after, at least once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DEAD = "dead", _("could not be sent")
        STOPPED = "stopped", _("stopped before sending")
        RETURNED = "returned", _("came back")

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
    returned_at = models.DateTimeField(null=True)  # a report came that it did not arrive; `last_error` says what the far end said

    class Meta:
        verbose_name = _("letter")
        constraints = [models.UniqueConstraint(fields=["hotel", "key"], name="notices_letter_key")]
        indexes = [
            models.Index(fields=["not_before_at"], condition=Q(state__in=["waiting", "sending"]), name="notices_letter_due"),
            models.Index(fields=["to", "created_at"], condition=Q(channel="chat"), name="notices_letter_chat"),
        ]


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
    # what a group chat may be told of it: no name of a guest, no rate
    chat = models.BooleanField(default=True)  # no: only named posts may know of it
    about_kind = models.CharField(max_length=30, blank=True)
    about_id = models.CharField(max_length=60, blank=True)
    due_at = models.DateTimeField(null=True)
    brief = models.CharField(max_length=200, blank=True)  # a msgid with harmless places; "": `text`, its places of names left out

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


class Robot(VersionedRow):
    """A robot of a group chat that tells a department its notices. Its address and secret are sealed, never shown again."""

    class When(models.TextChoices):
        ONCE = "once", _("at once")
        DIGEST = "digest", _("in the digest")
        NEVER = "never", _("not")

    name = models.CharField(_("name"), max_length=60)
    vendor = models.CharField(max_length=10)  # wecom | dingtalk | feishu
    department = models.CharField(max_length=30, blank=True)  # "": the whole house
    host = models.CharField(max_length=120)  # of the address: all of it that is shown
    sealed = models.BinaryField()
    signed = models.BooleanField(default=False)  # whether it has a secret
    lang = models.CharField(max_length=10, default="zh-hans")
    plain = models.BooleanField(default=False)  # text only
    personal = models.BooleanField(default=True)  # also what is told to one person of the department
    late = models.CharField(max_length=10, choices=When.choices, default=When.ONCE)
    soon = models.CharField(max_length=10, choices=When.choices, default=When.ONCE)
    other = models.CharField(max_length=10, choices=When.choices, default=When.DIGEST)
    digest_at = models.TimeField(default=time(8, 30))  # hotel time
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # where it stands
    told_until_at = models.DateTimeField()  # what is older was told or is no news any more
    digested_at = models.DateTimeField()
    wait_until_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True)  # until somebody mends it
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("chat robot")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "name"], condition=Q(ended_at__isnull=True), name="notices_robot_name"),
        ]


class Spoken(HotelRow):
    """A robot has this notice in one of its letters: each is told once."""

    robot = models.ForeignKey(Robot, on_delete=models.CASCADE, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("told by a robot")
        constraints = [models.UniqueConstraint(fields=["robot", "notice"], name="notices_spoken_once")]
