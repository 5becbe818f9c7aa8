"""Room types and their nights: what may be sold, what is sold, what is held. One door: rooms.actions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow, VersionedRow


class RoomType(VersionedRow):
    """A kind of room the hotel sells."""

    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=40, blank=True)
    short_name = models.CharField(_("short name"), max_length=12, blank=True)
    words = models.JSONField(default=list)  # how clients write it: ["标双", "标间", "twin"]
    physical = models.PositiveSmallIntegerField(_("rooms"))
    beds = models.PositiveSmallIntegerField(_("beds"), default=2)
    is_escort = models.BooleanField(_("for drivers and escorts"), default=False)
    order = models.PositiveSmallIntegerField(default=100)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("room type")
        constraints = [models.UniqueConstraint(fields=["hotel", "code"], name="rooms_type_code")]
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def shown(self) -> str:
        """Its name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name

    @property
    def short(self) -> str:
        """Its name for narrow columns, in the reader's language."""
        if (get_language() or "").startswith("en"):
            return self.name_en or self.code
        return self.short_name or self.name


class RoomNight(HotelRow):
    """One room type in one night. `sell_limit` is the rooms there are, plus or less what was signed; what
    is left is
    sell_limit − sold − held − out_of_order. A night without a row has nothing sold and the type's rooms as
    its limit."""

    room_type = models.ForeignKey(RoomType, on_delete=models.PROTECT, related_name="+")
    night = models.DateField()
    sell_limit = models.IntegerField()
    sold = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    out_of_order = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("room night")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "room_type", "night"], name="rooms_night_once"),
            models.CheckConstraint(
                condition=Q(sold__gte=0, held__gte=0, out_of_order__gte=0, sell_limit__gte=0),
                name="rooms_night_signs",
            ),
            models.CheckConstraint(
                condition=Q(sell_limit__gte=F("sold") + F("held") + F("out_of_order")),
                name="rooms_night_limit",
            ),
        ]
        indexes = [models.Index(fields=["hotel", "night"], name="rooms_night")]


class SellLimit(HotelRow):
    """A signed decision to sell more or fewer rooms than there are, for a range of nights."""

    room_type = models.ForeignKey(RoomType, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()  # half-open
    limit = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200)
    by_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("sell limit")
        indexes = [models.Index(fields=["hotel", "room_type", "until_on"], name="rooms_selllimit_nights")]


class Block(HotelRow):
    """The rooms one booking (or enquiry, or other seller) has: held until a moment, sold, or given back."""

    class State(models.TextChoices):
        HELD = "held", _("held")
        SOLD = "sold", _("sold")
        RELEASED = "released", _("released")

    class Source(models.TextChoices):
        BOOKING = "booking", _("booked here")
        WALK_IN = "walk_in", _("walk-in")
        PMS = "pms", _("PMS")
        OTA = "ota", _("OTA")
        OUT_OF_ORDER = "out_of_order", _("out of order")

    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=60)
    label = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    hold_until_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=20, choices=Source.choices, default=Source.BOOKING)
    first_night = models.DateField()
    last_night = models.DateField()
    rooms = models.PositiveSmallIntegerField(default=0)  # the most in any one night
    by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("block")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "about_kind", "about_id"], name="rooms_block_once"),
            models.CheckConstraint(condition=Q(last_night__gte=F("first_night")), name="rooms_block_order"),
        ]
        indexes = [
            models.Index(fields=["hotel", "state", "first_night"], name="rooms_block_nights"),
            models.Index(fields=["hotel", "last_night"], condition=Q(state="held"), name="rooms_block_held"),
            models.Index(
                fields=["hotel", "last_night", "rooms"],
                condition=~Q(state="released"),
                name="rooms_block_tape",
            ),
        ]


class BlockNight(HotelRow):
    """How many rooms of a type a block has in one night."""

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="nights")
    room_type = models.ForeignKey(RoomType, on_delete=models.PROTECT, related_name="+")
    night = models.DateField()
    rooms = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("block night")
        constraints = [
            models.UniqueConstraint(fields=["block", "room_type", "night"], name="rooms_blocknight_once")
        ]
        indexes = [models.Index(fields=["hotel", "night", "room_type"], name="rooms_blocknight_night")]


class InventoryEntry(HotelRow):
    """A line of the inventory ledger; per room night the sums equal the counters."""

    room_type = models.ForeignKey(RoomType, on_delete=models.PROTECT, related_name="+")
    night = models.DateField()
    sold = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    out_of_order = models.IntegerField(default=0)
    source = models.CharField(max_length=20)
    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=60)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("inventory entry")
        indexes = [models.Index(fields=["hotel", "room_type", "night"], name="rooms_ledger")]


class Waiting(HotelRow):
    """Somebody who wants rooms that are full; offered when some come free."""

    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=60)
    label = models.CharField(max_length=120, blank=True)
    handler_id = models.UUIDField(null=True)  # who is told when rooms come free
    room_type = models.ForeignKey(RoomType, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    rooms = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("waiting list entry")
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="rooms_waiting_nights"),
            models.UniqueConstraint(
                fields=["hotel", "about_kind", "about_id", "room_type", "from_on", "until_on"],
                condition=Q(closed_at__isnull=True),
                name="rooms_waiting_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["hotel", "room_type", "from_on"],
                condition=Q(closed_at__isnull=True),
                name="rooms_waiting_open",
            )
        ]
