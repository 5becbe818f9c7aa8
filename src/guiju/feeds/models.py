"""A person's calendar feed: its address as a hash, and what it has published."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow


class Feed(HotelRow):
    """The address under which a calendar program fetches a person's duties and arrivals: shown once, kept as a hash."""

    person = models.ForeignKey("house.Person", on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    without = models.JSONField(default=list)  # parts the person does not want: duties, arrivals
    alarm_minutes = models.PositiveSmallIntegerField(default=15)  # 0: none
    lang = models.CharField(max_length=10, default="zh-hans")
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("calendar feed")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "person"], condition=Q(ended_at__isnull=True), name="feeds_feed_once"),
        ]


class Item(HotelRow):
    """An event as last published: so that a change raises its SEQUENCE and one that is over is said to be cancelled."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="items")
    uid = models.CharField(max_length=120)
    said = models.JSONField()
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("published event")
        constraints = [models.UniqueConstraint(fields=["feed", "uid"], name="feeds_item_uid")]
