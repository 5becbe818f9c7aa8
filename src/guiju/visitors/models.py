"""A visit that PR receives: who comes and why, what is shown by whom, its papers, changes and report."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.shelf.models import HotelRow, VersionedRow


class Visit(VersionedRow):
    """The plan of a reception (接待计划), from the first word of it to the report afterwards."""

    class State(models.TextChoices):
        DRAWN = "drawn", _("being drawn up")
        WAITING = "waiting", _("waits for approval")
        APPROVED = "approved", _("plan approved")
        CONFIRMED = "confirmed", _("visit confirmed")
        RECEIVED = "received", _("visitors received")
        REPORTED = "reported", _("visit reported on")
        CANCELLED = "cancelled", _("visit called off")

    class Visitor(models.TextChoices):
        GOVERNMENT = "government", _("Government office")
        CLIENT = "client", _("Client of the hotel")
        PRESS = "press", _("Press")
        PEER = "peer", _("Other hotels")
        SCHOOL = "school", _("School or university")
        OTHER = "other", _("Others")

    class Rank(models.TextChoices):
        STATE = "state", _("Head of state or government")
        MINISTRY = "ministry", _("Province or ministry")
        BUREAU = "bureau", _("Bureau or city")
        COUNTY = "county", _("County or division")
        EXECUTIVE = "executive", _("Head of a company or institution")
        STAFF = "staff", _("Staff and others")

    class Purpose(models.TextChoices):
        LEADERS = "leaders", _("Leaders' visit")
        INSPECTION = "inspection", _("Official inspection")
        STUDY = "study", _("Study visit")
        VENUE = "venue", _("Looking at rooms and halls before booking")
        INTERVIEW = "interview", _("Interview or filming")
        COURTESY = "courtesy", _("Courtesy call")

    class Grade(models.TextChoices):
        A = "A", _("A: important")
        B = "B", _("B: received by the department's head")
        C = "C", _("C: shown round")

    number = models.CharField(max_length=20)
    organisation = models.CharField(_("Organisation"), max_length=120)
    visitor = models.CharField(_("Kind of visitor"), max_length=12, choices=Visitor.choices)
    rank = models.CharField(_("Rank of the highest guest"), max_length=12, choices=Rank.choices)
    purpose = models.CharField(_("Purpose"), max_length=12, choices=Purpose.choices)
    persons = models.PositiveIntegerField(_("Persons"))
    arrival_at = models.DateTimeField(_("Arrives at"))
    until_at = models.DateTimeField(_("Ends at"), null=True)
    has_instruction = models.BooleanField(_("The government office has sent an instruction"), default=False)
    contact = models.CharField(_("Their contact"), max_length=80, blank=True)
    phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    vehicles = models.CharField(_("Cars and plates"), max_length=120, blank=True)
    grade = models.CharField(_("Grade of reception"), max_length=1, choices=Grade.choices)
    scope = models.JSONField(_("Scope of the visit"), default=list)
    by_table = models.JSONField(default=dict)  # what the standard's table gave: grade, scope, host
    grade_reason = models.CharField(_("Why another grade or scope"), max_length=300, blank=True)
    host = models.CharField(_("Host on our side"), max_length=80, blank=True)
    meeting_point = models.CharField(_("Met at"), max_length=80, blank=True)
    language = models.CharField(_("Language, interpreter"), max_length=80, blank=True)
    photos = models.CharField(_("Photos and signage"), max_length=200, blank=True)
    gifts = models.CharField(_("Gifts"), max_length=200, blank=True)
    protocol = models.TextField(_("What to mind with these guests"), max_length=2000, blank=True)
    remarks = models.TextField(_("Remarks"), max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAWN)
    handler = models.ForeignKey("house.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    as_planned = models.BooleanField(null=True)
    shown_text = models.TextField(_("What was shown"), max_length=2000, blank=True)
    opinions = models.TextField(_("Opinions heard"), max_length=2000, blank=True)
    differences = models.TextField(_("What went otherwise than planned"), max_length=2000, blank=True)
    cost = models.DecimalField(_("Cost"), max_digits=10, decimal_places=2, null=True)

    class Meta:
        verbose_name = _("visit")
        constraints = [
            models.UniqueConstraint(fields=["hotel", "number"], name="visitors_visit_number"),
            models.CheckConstraint(condition=Q(persons__gte=1), name="visitors_visit_persons"),
            models.CheckConstraint(condition=Q(until_at__isnull=True) | Q(until_at__gt=models.F("arrival_at")), name="visitors_visit_order"),
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="visitors_visit_cost"),
        ]
        indexes = [
            models.Index(fields=["hotel", "arrival_at", "id"], name="visitors_visit_arrival"),
            models.Index(fields=["hotel", "state", "arrival_at"], name="visitors_visit_state"),
        ]

    @property
    def is_important(self) -> bool:
        """Grade A: the general manager approves (reception.important-plan)."""
        return self.grade == self.Grade.A

    @property
    def deviates(self) -> bool:
        """Whether grade or scope are other than the standard's table gives."""
        given = self.by_table
        return bool(given) and (given.get("grade") != self.grade or sorted(given.get("scope", [])) != sorted(self.scope))


class VisitGuest(HotelRow):
    """Somebody who comes."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="guests")
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("guest of a visit")


class ProgrammeItem(HotelRow):
    """One point of the programme: when, where, what, who of the house."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="programme")
    at = models.DateTimeField()
    place = models.CharField(max_length=80)
    what = models.CharField(max_length=160)
    who = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("point of the programme")


class VisitPart(HotelRow):
    """Somebody of the house who takes part, and when he acknowledged the briefing (reception.protocol)."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="parts")
    person = models.ForeignKey("house.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField(null=True)
    briefed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("participant of a reception")
        constraints = [
            models.UniqueConstraint(fields=["visit", "person"], condition=Q(removed_at__isnull=True), name="visitors_part_once"),
        ]
        indexes = [models.Index(fields=["hotel", "person"], condition=Q(removed_at__isnull=True), name="visitors_part_person")]

    @property
    def subject(self) -> tuple[str, str]:
        """How the logbook names it."""
        return ("visit_part", str(self.pk))


class VisitPaper(HotelRow):
    """A paper attached to the plan: as a file, or where the paper itself lies."""

    class Kind(models.TextChoices):
        INSTRUCTION = "instruction", _("Instruction of the government office")
        LETTER = "letter", _("Letter announcing the visit")
        NAMES = "names", _("List of names")
        OTHER = "other", _("Other paper")

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    file = models.ForeignKey("papers.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    lies_at = models.CharField(max_length=120, blank=True)
    attached_at = models.DateTimeField()
    attached_by_id = models.UUIDField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("paper of a visit")
        constraints = [models.CheckConstraint(condition=Q(file__isnull=False) | ~Q(lies_at=""), name="visitors_paper_somewhere")]


class VisitChange(HotelRow):
    """A change of an approved plan: asked for first, or made in an emergency and approved afterwards."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        MADE = "made", _("made")
        DROPPED = "dropped", _("not made")

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()  # {field: its new value}, only what changes
    reason = models.CharField(max_length=300)
    is_emergency = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    approval = models.ForeignKey("approvals.Approval", on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("change of a plan")
        indexes = [models.Index(fields=["hotel", "visit", "asked_at"], name="visitors_change_visit")]
