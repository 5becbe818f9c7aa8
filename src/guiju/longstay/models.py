"""Long-stay guests: the numbered rooms they live in, their contracts, what they pay, and what is done for them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow, VersionedRow


class Apartment(VersionedRow):
    """A numbered room that is let for months: a room, a suite or an apartment."""

    class Unit(models.TextChoices):
        ROOM = "room", _("room")
        SUITE = "suite", _("suite")
        APARTMENT = "apartment", _("apartment")

    number = models.CharField(_("room number"), max_length=10)
    floor = models.PositiveSmallIntegerField(_("floor"))
    room_type = models.ForeignKey("rooms.RoomType", on_delete=models.PROTECT, related_name="+", verbose_name=_("room type"))
    unit = models.CharField(_("let as"), max_length=10, choices=Unit.choices, default=Unit.ROOM)
    rent = models.DecimalField(_("guide rent a month"), max_digits=10, decimal_places=2)
    remarks = models.CharField(_("what it has"), max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("long-stay room")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "number"], name="longstay_room_number"),
            models.CheckConstraint(condition=Q(rent__gt=0), name="longstay_room_rent"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> tuple[str, str]:
        """As the logbook calls it."""
        return ("longstay_room", str(self.pk))

    @property
    def type_name(self) -> str:
        """Its room type in the reader's language."""
        return self.room_type.shown  # type: ignore[no-any-return]  # a RoomType


class Recommendation(HotelRow):
    """Rooms recommended on a request, each with its rent, as the quotation named them (longstay.recommend)."""

    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.PROTECT, related_name="+")
    rooms = models.JSONField(default=list)  # [{"room": "1206", "apartment": id, "rent": "18600"}]
    from_on = models.DateField()
    until_on = models.DateField()
    by = models.ForeignKey("house.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("recommendation")
        indexes = [models.Index(fields=["hotel", "enquiry", "-at"], name="longstay_recommended")]


class LongStay(VersionedRow):
    """A long-stay guest and the contract: who lives in which room from when until when, at what rent."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being made")
        ASKED = "asked", _("waiting for approval")
        IN_FORCE = "in_force", pgettext_lazy("contract", "in force")
        LEFT = "left", _("moved out")
        DROPPED = "dropped", _("fell through")

    class Pays(models.TextChoices):
        TRANSFER = "transfer", _("transfer")
        CASH = "cash", _("cash")
        CARD = "card", _("credit card")
        ON_ACCOUNT = "on_account", _("on account")

    class Use(models.TextChoices):
        LIVING = "living", _("living")
        OFFICE = "office", _("office")

    number = models.CharField(_("number"), max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.PROTECT, null=True, related_name="+")
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("client"))
    guest = models.CharField(_("guest"), max_length=60)
    nationality = models.CharField(_("nationality"), max_length=40, blank=True)
    companions = models.CharField(_("who lives with the guest"), max_length=200, blank=True)
    birthday = models.DateField(_("birthday"), null=True, blank=True)
    lunar_birthday = models.BooleanField(_("kept by the lunar calendar"), default=False)
    habits = models.CharField(_("customs and habits"), max_length=300, blank=True)
    address = models.CharField(_("contact address"), max_length=200, blank=True)
    contact = models.CharField(_("contact"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact's telephone"), max_length=40, blank=True)
    use = models.CharField(_("used for"), max_length=10, choices=Use.choices, default=Use.LIVING)
    apartment = models.ForeignKey(Apartment, on_delete=models.PROTECT, null=True, blank=True, related_name="stays", verbose_name=_("room"))
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)  # half-open: the day of moving out
    rent = models.DecimalField(_("rent a month"), max_digits=10, decimal_places=2, null=True, blank=True)
    prepayment = models.DecimalField(_("prepayment"), max_digits=12, decimal_places=2, null=True, blank=True)
    deposit = models.DecimalField(_("deposit"), max_digits=12, decimal_places=2, default=0)
    payment = models.CharField(_("payment"), max_length=12, choices=Pays.choices, blank=True)
    requests = models.CharField(_("requirements"), max_length=500, blank=True)
    seller = models.ForeignKey("house.Person", on_delete=models.PROTECT, related_name="+", verbose_name=_("looked after by"))
    rent_agreed_at = models.DateTimeField(null=True)
    terms_told_at = models.DateTimeField(null=True)
    terms_acknowledged_by = models.CharField(_("who took note of the payment rules"), max_length=60, blank=True)
    signed_at = models.DateTimeField(null=True)
    card_printed_at = models.DateTimeField(null=True)
    late_since_on = models.DateField(null=True)  # the due day of the rent that is late; empty: not late
    stands_since_on = models.DateField(null=True)  # the due day of the oldest unpaid rent as last noted
    left_on = models.DateField(null=True)
    final_bill = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    deposit_back = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    opinion = models.CharField(max_length=300, blank=True)
    closed_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("long-stay guest")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "number"], name="longstay_number"),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="longstay_period"
            ),
            models.CheckConstraint(
                condition=(Q(rent__isnull=True) | Q(rent__gt=0)) & (Q(prepayment__isnull=True) | Q(prepayment__gte=0)) & Q(deposit__gte=0),
                name="longstay_money",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("asked", "in_force"))
                | Q(apartment__isnull=False, from_on__isnull=False, until_on__isnull=False, prepayment__isnull=False, rent__isnull=False),
                name="longstay_terms",
            ),
        ]
        indexes = [models.Index(fields=["hotel", "state", "from_on"], name="longstay_state")]

    def __str__(self) -> str:
        return self.guest

    @property
    def room(self) -> str:
        """The number of the room, empty while none is chosen."""
        return self.apartment.number if self.apartment is not None else ""

    @property
    def unit(self) -> str:
        """room, suite or apartment."""
        return self.apartment.unit if self.apartment is not None else ""

    @property
    def in_english(self) -> bool:
        """Whether the reader reads English."""
        return (get_language() or "").startswith("en")


class NightTaken(HotelRow):
    """One night of one numbered room taken by one contract: two contracts on one room and night cannot both be written."""

    apartment = models.ForeignKey(Apartment, on_delete=models.PROTECT, related_name="+")
    night = models.DateField()
    longstay = models.ForeignKey(LongStay, on_delete=models.PROTECT, related_name="nights")

    class Meta:
        verbose_name = _("night of a long-stay room")
        constraints = [models.UniqueConstraint(fields=["apartment", "night"], name="longstay_night_once")]
        indexes = [models.Index(fields=["hotel", "night"], name="longstay_night")]


class CreditCheck(HotelRow):
    """What finance found out about a company: its nature and its standing (longstay.credit-first)."""

    class Standing(models.TextChoices):
        GOOD = "good", _("good")
        FAIR = "fair", _("fair")
        POOR = "poor", _("poor")

    longstay = models.ForeignKey(LongStay, on_delete=models.PROTECT, related_name="credit_checks")
    nature = models.CharField(_("nature of the company"), max_length=120)
    standing = models.CharField(_("standing"), max_length=8, choices=Standing.choices)
    found = models.CharField(_("what it rests on"), max_length=300)
    by = models.ForeignKey("house.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("credit check")


class Renewal(HotelRow):
    """A contract to go on: until when and at what rent, asked for and decided."""

    longstay = models.ForeignKey(LongStay, on_delete=models.PROTECT, related_name="renewals")
    from_on = models.DateField()
    until_on = models.DateField()
    rent = models.DecimalField(max_digits=10, decimal_places=2)
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField()
    decided_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("renewal")
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on"), rent__gt=0), name="longstay_renewal_order"),
            models.UniqueConstraint(fields=["longstay"], condition=Q(decided_at__isnull=True), name="longstay_renewal_once"),
        ]


class Charge(HotelRow):
    """What falls due: the rent of a month, or something else; `paid` is what has come in for it."""

    class Kind(models.TextChoices):
        RENT = "rent", _("rent")
        OTHER = "other", _("other charge")

    longstay = models.ForeignKey(LongStay, on_delete=models.PROTECT, related_name="charges")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.RENT)
    due_on = models.DateField(_("due on"))
    until_on = models.DateField(null=True)  # the rent is for [due_on, until_on)
    text = models.CharField(_("what for"), max_length=120, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    paid = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    paid_on = models.DateField(null=True)  # when it was paid in full
    dropped_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("charge")
        constraints = [
            models.UniqueConstraint(fields=["longstay", "due_on"], condition=Q(kind="rent", dropped_at__isnull=True), name="longstay_rent_once"),
            models.CheckConstraint(condition=Q(amount__gt=0, paid__gte=0, paid__lte=F("amount")), name="longstay_charge_paid"),
        ]
        indexes = [
            models.Index(fields=["hotel", "due_on"], condition=Q(paid__lt=F("amount"), dropped_at__isnull=True), name="longstay_unpaid")
        ]


class Payment(HotelRow):
    """Money that came in (or, for a deposit given back, went out)."""

    class Kind(models.TextChoices):
        RENT = "rent", _("rent and charges")
        PREPAYMENT = "prepayment", _("prepayment")
        DEPOSIT = "deposit", _("deposit")

    longstay = models.ForeignKey(LongStay, on_delete=models.PROTECT, related_name="payments")
    kind = models.CharField(_("for"), max_length=12, choices=Kind.choices, default=Kind.RENT)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    on = models.DateField(_("received on"))
    how = models.CharField(_("how"), max_length=12, choices=LongStay.Pays.choices, default=LongStay.Pays.TRANSFER)
    reference = models.CharField(_("receipt or reference"), max_length=60, blank=True)
    by = models.ForeignKey("house.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("payment")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="longstay_payment_sign")]


class Word(HotelRow):
    """A talk about the account or with the guest: with whom, what was said, what was promised."""

    class Kind(models.TextChoices):
        FINANCE = "finance", _("with finance")
        CLIENT = "client", _("with the client")
        GUEST = "guest", _("with the guest")

    longstay = models.ForeignKey(LongStay, on_delete=models.PROTECT, related_name="words")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.FINANCE)
    with_whom = models.CharField(_("with whom"), max_length=60)
    text = models.CharField(_("what was said"), max_length=300)
    by = models.ForeignKey("house.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("talk")


class FinanceCase(HotelRow):
    """Finance asked to contact a guest whose oldest rent is two months old; taken on, and what came of it (longstay.two-months)."""

    longstay = models.ForeignKey(LongStay, on_delete=models.PROTECT, related_name="finance_cases")
    unpaid_since_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("house.Person", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=300, blank=True)
    outcome_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("case for finance")
        constraints = [models.UniqueConstraint(fields=["longstay", "unpaid_since_on"], name="longstay_case_once")]


class GuestOrder(HotelRow):
    """Flowers or fruit for a guest's room, by a moment, from a department; ticked when it stands there."""

    class What(models.TextChoices):
        FLOWERS = "flowers", _("flowers")
        FRUIT = "fruit", _("fruit")

    class Occasion(models.TextChoices):
        MOVE_IN = "move_in", _("moving in")
        BIRTHDAY = "birthday", _("birthday")
        OTHER = "other", _("other")

    longstay = models.ForeignKey(LongStay, on_delete=models.PROTECT, related_name="orders")
    what = models.CharField(_("what"), max_length=10, choices=What.choices)
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion.choices, default=Occasion.OTHER)
    department = models.CharField(max_length=30)
    needed_at = models.DateTimeField(_("needed by"))
    text = models.CharField(_("remarks"), max_length=200, blank=True)
    placed_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("flower or fruit order")
        constraints = [models.UniqueConstraint(fields=["longstay", "what", "occasion", "needed_at"], name="longstay_order_once")]
        indexes = [
            models.Index(
                fields=["hotel", "department", "needed_at"], condition=Q(done_at__isnull=True, dropped_at__isnull=True), name="longstay_order_open"
            )
        ]

    @property
    def subject(self) -> tuple[str, str]:
        """As the standard calls it."""
        return ("guest_order", str(self.pk))


class MonthlyList(HotelRow):
    """The list of long-stay guests of one month, as it went to the departments (longstay.monthly-list)."""

    month = models.DateField()  # its first day
    guests = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        verbose_name = _("monthly list")
        constraints = [models.UniqueConstraint(fields=["hotel", "month"], name="longstay_list_once")]

    @property
    def subject(self) -> tuple[str, str]:
        """As the standard calls it."""
        return ("monthly_list", str(self.pk))


class WatchNote(HotelRow):
    """A confidential note on a guest: its text is sealed, only the posts the standard names open it, and each opening is noted."""

    longstay = models.ForeignKey(LongStay, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    by_id = models.UUIDField()
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("confidential note")

    @property
    def subject(self) -> tuple[str, str]:
        """As the standard calls it: the note, never the guest."""
        return ("watch", str(self.pk))
