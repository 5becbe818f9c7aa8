"""Art orders: what is wanted and its text, who makes it, each proof and its answer, and where the finished work went."""

from __future__ import annotations

import hashlib

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow, VersionedRow


class ArtOrder(VersionedRow):
    """One piece of work for the art workers, from the order to the day it is taken down again."""

    class Item(models.TextChoices):
        WELCOME_BOARD = "welcome_board", _("welcome board")
        BANNER = "banner", _("banner")
        SIGN = "sign", _("sign")
        POSTER = "poster", _("poster")
        PLACE_CARDS = "place_cards", _("place cards")
        MENU = "menu", _("menu")
        INVITATION = "invitation", _("invitation")
        DECORATION = "decoration", _("decoration")
        PHOTOGRAPHY = "photography", _("photography")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        ORDERED = "ordered", _("ordered")
        TAKEN = "taken", _("being made")
        PROOF = "proof", _("proof to read")
        RETURNED = "returned", _("to be corrected")
        APPROVED = "approved", _("text approved")
        MADE = "made", _("work done")
        DELIVERED = "delivered", _("handed over")
        SIGNED = "signed", _("accepted and signed for")
        DOWN = "down", _("taken down")
        CANCELLED = "cancelled", _("cancelled")

    number = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ORDERED)
    department = models.CharField(_("ordered by"), max_length=30)  # it approves the text and signs for the work
    ordered_by = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField()
    about_kind = models.CharField(max_length=30, blank=True)
    about_id = models.CharField(max_length=60, blank=True)
    item = models.CharField(_("what"), max_length=15, choices=Item.choices)
    title = models.CharField(_("for what occasion"), max_length=120, blank=True)
    text_zh = models.TextField(_("Chinese text"), blank=True)
    text_en = models.TextField(_("English text"), blank=True)
    size = models.CharField(_("size"), max_length=60, blank=True)
    material = models.CharField(_("material"), max_length=60, blank=True)
    quantity = models.PositiveSmallIntegerField(_("quantity"), default=1)
    place = models.CharField(_("place"), max_length=120, blank=True)
    from_at = models.DateTimeField(_("stands from"), null=True)
    until_at = models.DateTimeField(_("stands until"), null=True)  # afterwards it is taken down
    due_at = models.DateTimeField(_("ready by"))
    # the work
    worker = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, related_name="+")
    approved_hash = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True)
    used = models.CharField(max_length=120, blank=True)  # material that went into it
    cost = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    checked_at = models.DateTimeField(null=True)  # its quality was found good
    checked_by = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, related_name="+")
    fault = models.CharField(max_length=300, blank=True)  # what was last found wrong with it
    delivered_at = models.DateTimeField(null=True)
    photo = models.ForeignKey("papers.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, related_name="+")
    down_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("art order")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "number"], name="artwork_order_number"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="artwork_order_quantity"),
            models.CheckConstraint(
                condition=Q(from_at__isnull=True) | Q(until_at__isnull=True) | Q(until_at__gt=F("from_at")), name="artwork_order_until"
            ),
        ]
        indexes = [
            models.Index(fields=["hotel", "state", "due_at"], name="artwork_order_due"),
            models.Index(fields=["hotel", "about_kind", "about_id"], name="artwork_order_about"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.shown}"

    @property
    def subject(self) -> tuple[str, str]:
        """How the logbook names it."""
        return ("art_order", str(self.pk))

    @property
    def shown(self) -> str:
        """What it is and for what, in a few words."""
        return " ".join(one for one in (str(self.get_item_display()), self.title) if one)

    @property
    def worded(self) -> bool:
        """Whether there is a text to be read and approved."""
        return bool(self.text_zh or self.text_en)

    @property
    def hangs(self) -> bool:
        """Whether it has to come down again."""
        return self.until_at is not None

    @property
    def text_hash(self) -> str:
        """What an approval binds: exactly these characters."""
        return hashlib.sha256(f"{self.text_zh}\x1f{self.text_en}".encode()).hexdigest()


class Proof(HotelRow):
    """One proof as it was shown: the picture, the text at that moment, and the answer of whoever ordered it."""

    order = models.ForeignKey(ArtOrder, on_delete=models.PROTECT, related_name="proofs")
    round = models.PositiveSmallIntegerField()
    file = models.ForeignKey("papers.StoredFile", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    shown_at = models.DateTimeField()
    shown_by = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, related_name="+")
    accepted = models.BooleanField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("proof")
        constraints = [models.UniqueConstraint(fields=["order", "round"], name="artwork_proof_round")]
