"""VIPs: who they are and what they like; the plan of each stay, its meals, its changes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow, VersionedRow

GRADES = ("VVIP", "V1", "V2", "V3")


class VipGuest(VersionedRow):
    """A guest who is received as a VIP: kept from stay to stay (vip.history)."""

    name = models.CharField(_("full name"), max_length=80)
    name_en = models.CharField(_("name in Latin letters"), max_length=80, blank=True)
    gender = models.CharField(_("gender"), max_length=1, blank=True)  # m | f
    position = models.CharField(_("position"), max_length=80, blank=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    nationality = models.CharField(_("nationality"), max_length=40, blank=True)
    lang = models.CharField(_("language of the letter"), max_length=10, default="zh-hans")
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, null=True, related_name="+")
    diet = models.CharField(_("diet"), max_length=200, blank=True)
    preferences = models.CharField(_("preferences"), max_length=500, blank=True)
    note = models.TextField(_("personal note"), blank=True)  # for named posts only: never on a paper, in a fact, a title or a letter
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("VIP")
        indexes = [models.Index(fields=["hotel", "name"], name="vip_guest_name")]

    @property
    def subject(self) -> tuple[str, str]:
        """How the logbook names this row."""
        return ("vip_guest", str(self.pk))

    def __str__(self) -> str:
        return self.name


class VipPlan(VersionedRow):
    """How a VIP is received on one stay: the plan that is approved, distributed and followed (F4)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being drafted")
        ASKED = "asked", _("waiting for approval")
        APPROVED = "approved", _("approved, expected")
        ARRIVED = "arrived", _("in house")
        DEPARTED = "departed", _("departed")
        CANCELLED = "cancelled", _("cancelled")

    class Grade(models.TextChoices):
        VVIP = "VVIP", "VVIP"
        V1 = "V1", "V1"
        V2 = "V2", "V2"
        V3 = "V3", "V3"

    class Register(models.TextChoices):
        FLOOR = "floor", _("on the floor")
        ROOM = "room", _("in the room")
        DESK = "desk", _("at the desk")

    number = models.CharField(max_length=20)
    guest = models.ForeignKey(VipGuest, on_delete=models.PROTECT, related_name="plans")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    grade = models.CharField(_("grade"), max_length=4, choices=Grade.choices, default=Grade.V2)
    grade_reason = models.CharField(_("why this grade"), max_length=200, blank=True)
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    party = models.PositiveSmallIntegerField(_("party"), default=0)
    party_names = models.CharField(_("who comes along"), max_length=400, blank=True)
    host = models.CharField(_("host organisation"), max_length=120, blank=True)
    host_contact = models.CharField(_("contact, telephone"), max_length=120, blank=True)
    booking_number = models.CharField(_("booking no."), max_length=20, blank=True)
    arrival_on = models.DateField(_("arrival day"))
    arrival_time = models.TimeField(_("exact arrival time"), null=True, blank=True)
    arrival_at = models.DateTimeField(null=True)  # both together, on the hotel's clock
    arrival_by = models.CharField(_("arrives by"), max_length=120, blank=True)
    pickup = models.CharField(_("met with a car"), max_length=120, blank=True)
    departure_on = models.DateField(_("departure day"))
    departure_time = models.TimeField(_("departure time"), null=True, blank=True)
    departure_at = models.DateTimeField(null=True)
    departure_by = models.CharField(_("leaves by"), max_length=120, blank=True)
    room = models.CharField(_("room no."), max_length=20, blank=True)
    room_type = models.CharField(_("room"), max_length=60, blank=True)
    party_rooms = models.CharField(_("rooms of the party"), max_length=120, blank=True)
    rate = models.CharField(_("rate or complimentary"), max_length=60, blank=True)
    register = models.CharField(_("registers"), max_length=6, choices=Register.choices, default=Register.FLOOR)
    amenities = models.JSONField(_("amenities"), default=list)  # codes of the ladder (vip.room-check/ladder), or the hotel's own words
    amenities_more = models.CharField(_("further amenities"), max_length=300, blank=True)
    greeters = models.CharField(_("who greets"), max_length=300, blank=True)
    greet_at = models.CharField(_("where"), max_length=80, blank=True)
    spaces = models.PositiveSmallIntegerField(_("parking spaces"), default=1)
    plates = models.CharField(_("plates"), max_length=200, blank=True)
    luggage = models.CharField(_("luggage"), max_length=120, blank=True)
    lift = models.CharField(_("lift"), max_length=80, blank=True)
    security = models.CharField(_("security"), max_length=300, blank=True)
    signage = models.CharField(_("welcome board, banner"), max_length=200, blank=True)
    photos = models.CharField(_("photographs"), max_length=120, blank=True)
    programme = models.TextField(_("programme"), blank=True)
    payment = models.CharField(_("settlement"), max_length=120, blank=True)
    remarks = models.CharField(_("remarks"), max_length=500, blank=True)
    summary = models.TextField(_("how it went"), blank=True)
    opinions = models.TextField(_("opinions"), blank=True)
    cost = models.DecimalField(_("cost"), max_digits=10, decimal_places=2, null=True)
    keeper = models.ForeignKey("house.Person", on_delete=models.PROTECT, related_name="+")
    from_plan = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")  # the plan it started from
    is_provisional = models.BooleanField(default=False)  # went ahead in an emergency: approval is still owed
    created_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    departed_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)  # preferences and history written down
    cancelled_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("VIP plan")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "number"], name="vip_plan_number"),
            models.CheckConstraint(condition=Q(departure_on__gte=F("arrival_on")), name="vip_plan_days"),
        ]
        indexes = [
            models.Index(fields=["hotel", "arrival_on", "id"], name="vip_plan_arrival"),
            models.Index(fields=["hotel", "guest", "arrival_on"], name="vip_plan_guest"),
        ]

    @property
    def subject(self) -> tuple[str, str]:
        """How the logbook names this row."""
        return ("vip", str(self.pk))

    @property
    def parking(self) -> list[str]:
        """The spaces to be kept: by plate where it is known, else by number."""
        plates = [one for one in self.plates.replace("，", ",").replace("、", ",").replace(" ", "").split(",") if one]
        return (plates + [str(number) for number in range(len(plates) + 1, self.spaces + 1)])[: max(self.spaces, len(plates))]

    def __str__(self) -> str:
        return self.number


class VipMeal(HotelRow):
    """A meal of the plan: where, when, how many, standard, diet, who hosts."""

    plan = models.ForeignKey(VipPlan, on_delete=models.PROTECT, related_name="meals")
    meal = models.CharField(max_length=10)  # breakfast | lunch | dinner | banquet | tea
    at = models.DateTimeField()
    place = models.CharField(max_length=60, blank=True)
    persons = models.PositiveSmallIntegerField(default=1)
    standard = models.CharField(max_length=60, blank=True)
    diet = models.CharField(max_length=200, blank=True)
    host = models.CharField(max_length=60, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("meal")
        indexes = [models.Index(fields=["hotel", "plan"], name="vip_meal_plan")]

    @property
    def subject(self) -> tuple[str, str]:
        """How the logbook names this row."""
        return ("vip_meal", str(self.pk))


class VipChange(HotelRow):
    """A change of an approved plan: what was and what is wanted, asked for first or made in an emergency."""

    plan = models.ForeignKey(VipPlan, on_delete=models.PROTECT, related_name="changes")
    fields = models.JSONField(default=list)
    old = models.JSONField(default=dict)  # plain values by field (shapes.plain); meals as rows
    new = models.JSONField(default=dict)
    reason = models.CharField(max_length=200)
    is_emergency = models.BooleanField(default=False)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    approval_id = models.UUIDField(null=True)
    made_at = models.DateTimeField(null=True)  # it stands in the plan
    refused_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("change of a plan")
        indexes = [models.Index(fields=["hotel", "plan", "at"], name="vip_change_plan")]
