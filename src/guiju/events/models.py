"""Events: what is celebrated or discussed, its functions in their halls, what is offered, deposits, menus, the file afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guiju.function_space.models import Style
from guiju.shelf.models import HotelRow, VersionedRow


class Event(VersionedRow):
    """A banquet, conference or the like, from the enquiry to the file in the clerk's library."""

    class Kind(models.TextChoices):
        WEDDING = "wedding", _("wedding banquet")
        BANQUET = "banquet", _("banquet")
        CONFERENCE = "conference", _("conference")
        TEA = "tea", _("tea reception")
        RECEPTION = "reception", _("client appreciation")
        BIRTHDAY = "birthday", _("birthday banquet")
        OTHER = "other", _("other event")

    class State(models.TextChoices):
        ASKED = "asked", _("enquired")
        QUOTED = "quoted", _("quoted")
        DEFINITE = "definite", _("definite")
        HELD = "held", _("took place")
        FILED = "filed", _("file handed in")
        ARCHIVED = "archived", _("archived")
        CANCELLED = "cancelled", _("cancelled")
        LOST = "lost", _("lost")

    number = models.CharField(max_length=20)
    name = models.CharField(_("event"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    on = models.DateField(_("day"))  # its first day; with functions, the day of the first
    starts_at = models.DateTimeField(null=True)  # its first function begins
    ends_at = models.DateTimeField(null=True)  # its last function is over
    enquiry_id = models.UUIDField(null=True, db_index=True)
    again_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeats")
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, null=True, related_name="+")
    booking = models.ForeignKey("bookings.Booking", on_delete=models.PROTECT, null=True, related_name="+")  # its guests' rooms
    organiser = models.CharField(_("organiser"), max_length=120, blank=True)
    contact = models.CharField(_("contact"), max_length=80, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    lang = models.CharField(_("language of letters"), max_length=10, default="zh-hans")
    occasion = models.CharField(_("occasion"), max_length=200, blank=True)
    requests = models.TextField(_("special requests"), blank=True)
    seller = models.ForeignKey("house.Person", on_delete=models.PROTECT, null=True, related_name="+")
    banquet_host = models.CharField(_("banquet host"), max_length=80, blank=True)
    security = models.CharField(_("security"), max_length=200, blank=True)
    parking = models.CharField(_("parking"), max_length=200, blank=True)
    luggage = models.CharField(_("luggage and guidance"), max_length=200, blank=True)
    flowers = models.CharField(_("flowers"), max_length=200, blank=True)
    staff_meals = models.CharField(_("staff meals"), max_length=120, blank=True)
    driver_meals = models.CharField(_("drivers' meals"), max_length=120, blank=True)
    payment = models.CharField(_("payment"), max_length=120, blank=True)
    signers = models.CharField(_("who signs the bill"), max_length=120, blank=True)
    service_percent = models.DecimalField(_("service charge, %"), max_digits=4, decimal_places=1, default=0)
    agreed_how = models.CharField(_("agreed by"), max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    guaranteed_at = models.DateTimeField(null=True)
    gm_signed_at = models.DateTimeField(null=True)  # the general manager signed the order before it goes out
    cancelled_reason = models.CharField(max_length=200, blank=True)
    cancel_charge = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    bill_number = models.CharField(_("bill number"), max_length=40, blank=True)
    bill_total = models.DecimalField(_("bill"), max_digits=12, decimal_places=2, null=True)
    bill_received = models.DecimalField(_("money received"), max_digits=12, decimal_places=2, null=True)
    problems = models.TextField(_("problems and complaints"), blank=True)
    opinions = models.TextField(_("the client's opinion"), blank=True)
    rivals = models.CharField(_("rival hotels"), max_length=120, blank=True)
    again_on = models.DateField(_("likely next time"), null=True)
    filed_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    archive_place = models.CharField(_("where it is kept"), max_length=80, blank=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("event")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "number"], name="events_event_number"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="events_event_times"
            ),
            models.CheckConstraint(condition=Q(service_percent__gte=0, service_percent__lte=30), name="events_event_service"),
        ]
        indexes = [
            models.Index(fields=["hotel", "on", "id"], name="events_by_day"),
            models.Index(fields=["hotel", "state", "on"], name="events_by_state"),
        ]

    @property
    def is_open(self) -> bool:
        """Still to be sold or held: it can be changed."""
        return self.state in (self.State.ASKED, self.State.QUOTED, self.State.DEFINITE)


class EventFunction(HotelRow):
    """One part of an event at one time in one hall: the ceremony, the banquet, a session, a coffee break."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="functions")
    name = models.CharField(_("function"), max_length=60)
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"))
    hall = models.ForeignKey("function_space.Hall", on_delete=models.PROTECT, null=True, related_name="+")
    diary = models.ForeignKey("function_space.Function", on_delete=models.PROTECT, null=True, related_name="+")  # its entry there
    setup_minutes = models.PositiveSmallIntegerField(_("set-up, minutes"), default=60)
    turn_minutes = models.PositiveSmallIntegerField(_("clearing, minutes"), default=60)
    setup = models.CharField(_("set-up style"), max_length=20, choices=Style.choices, blank=True)
    decoration = models.CharField(_("room and stage"), max_length=300, blank=True)
    expected_persons = models.PositiveIntegerField(_("expected persons"), default=0)
    expected_tables = models.PositiveSmallIntegerField(_("expected tables"), default=0)
    guaranteed_persons = models.PositiveIntegerField(_("guaranteed persons"), null=True)
    guaranteed_tables = models.PositiveSmallIntegerField(_("guaranteed tables"), null=True)
    spare_tables = models.PositiveSmallIntegerField(_("spare tables"), default=0)
    actual_persons = models.PositiveIntegerField(_("persons who came"), null=True)
    actual_tables = models.PositiveSmallIntegerField(_("tables used"), null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("function")
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="events_function_times"),
            models.UniqueConstraint(fields=["event", "name"], condition=Q(removed_at__isnull=True), name="events_function_name"),
        ]

    @property
    def persons(self) -> int:
        """The number to work with: guaranteed once it is, expected before."""
        return self.expected_persons if self.guaranteed_persons is None else self.guaranteed_persons

    @property
    def tables(self) -> int:
        """The same for tables."""
        return self.expected_tables if self.guaranteed_tables is None else self.guaranteed_tables


class Menu(VersionedRow):
    """A menu of the house: its dishes and its price for a table or a person."""

    class Basis(models.TextChoices):
        TABLE = "table", _("a table")
        PERSON = "person", _("a person")

    name = models.CharField(_("set menu"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    basis = models.CharField(_("price for"), max_length=6, choices=Basis.choices)
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2)
    dishes = models.TextField(_("dishes"))
    dishes_en = models.TextField(_("dishes in English"), blank=True)
    is_active = models.BooleanField(_("on offer"), default=True)

    class Meta:
        verbose_name = _("set menu")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "name"], condition=Q(is_active=True), name="events_menu_name"),
            models.CheckConstraint(condition=Q(price__gte=0), name="events_menu_price"),
        ]

    @property
    def shown(self) -> str:
        """Its name in the reader's language."""
        return (self.name_en if (get_language() or "").startswith("en") else "") or self.name


class EventLine(HotelRow):
    """Something that is offered and charged: the hall, a menu, drinks, equipment, an extra."""

    class Part(models.TextChoices):
        HALL = "hall", _("hall hire")
        MENU = "menu", _("set menu")
        DRINKS = "drinks", _("drinks")
        EQUIPMENT = "equipment", _("equipment")
        EXTRA = "extra", _("extra")

    class Basis(models.TextChoices):
        TABLE = "table", _("for each table")
        PERSON = "person", _("for each person")
        PIECE = "piece", _("by quantity")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="lines")
    function = models.ForeignKey(EventFunction, on_delete=models.PROTECT, null=True, related_name="lines")
    part = models.CharField(_("kind of item"), max_length=10, choices=Part.choices)
    menu = models.ForeignKey(Menu, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.CharField(_("what"), max_length=120)
    text_en = models.CharField(_("in English"), max_length=120, blank=True)
    details = models.TextField(_("details"), blank=True)  # the dishes as chosen, the kinds of drinks
    department = models.CharField(_("arranged by"), max_length=30, default="fnb")
    basis = models.CharField(_("how it is charged"), max_length=6, choices=Basis.choices)
    quantity = models.DecimalField(_("quantity"), max_digits=9, decimal_places=2, default=1)
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2)
    actual_quantity = models.DecimalField(_("quantity used"), max_digits=9, decimal_places=2, null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("line of the offer")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=0, price__gte=0), name="events_line_amounts"),
        ]


class Quotation(HotelRow):
    """An offer as it went to the client: a version never changes."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="quotations")
    number = models.PositiveSmallIntegerField()
    paper = models.ForeignKey("papers.Paper", on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveSmallIntegerField()
    total = models.DecimalField(max_digits=12, decimal_places=2)
    valid_until_on = models.DateField(_("valid until"))
    remarks = models.TextField(_("remarks"), blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("quotation")
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="events_quotation_number")]


class Deposit(HotelRow):
    """A deposit agreed with the client: until when, how much, and what came with which receipt."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deposits")
    label = models.CharField(_("agreed deposit"), max_length=60)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    due_on = models.DateField(_("due day"))
    received_on = models.DateField(_("money received"), null=True)
    received_amount = models.DecimalField(_("amount received"), max_digits=12, decimal_places=2, null=True)
    receipt = models.CharField(_("receipt number"), max_length=40, blank=True)
    how = models.CharField(_("paid by"), max_length=40, blank=True)
    received_by_id = models.UUIDField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("agreed deposit")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="events_deposit_amount"),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, received_amount__isnull=True) | Q(received_on__isnull=False, received_amount__gt=0),
                name="events_deposit_received",
            ),
        ]
        indexes = [
            models.Index(
                fields=["hotel", "due_on"], condition=Q(received_on__isnull=True, dropped_at__isnull=True), name="events_deposit_open"
            )
        ]


class Enclosure(HotelRow):
    """A file that belongs to the event: a photo, the bill, an opinion, the signed contract."""

    class What(models.TextChoices):
        CONTRACT = "contract", _("contract")
        PHOTO = "photo", _("photo")
        BILL = "bill", _("bill")
        OPINION = "opinion", _("opinion")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="enclosures")
    what = models.CharField(_("what it is"), max_length=10, choices=What.choices)
    file = models.ForeignKey("papers.StoredFile", on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("caption"), max_length=120, blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("enclosure")
        constraints = [models.UniqueConstraint(fields=["event", "file"], name="events_enclosure_file")]
