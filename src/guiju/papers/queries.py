"""Reading papers: a department's inbox, the sign-off of a paper, who held which revision at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import get_language

from guiju.duties.models import Duty
from guiju.duties.queries import with_status
from guiju.house.facts import DEPARTMENTS
from guiju.house.models import Person
from guiju.house.receivers import named
from guiju.papers.forms import FORMS
from guiju.papers.models import Copy, Paper, Receipt, Revision, StoredFile
from guiju.shelf.actor import Actor

SEE_ALL = frozenset({"sales", "gm_office", "pr"})  # they hold the whole file of a booking
SHOWN = 100  # copies an inbox shows at once


def in_english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "").startswith("en")


def form_name(kind: str) -> str:
    """What a kind of paper is called."""
    return FORMS[kind].label("en" if in_english() else "zh") if kind in FORMS else kind


def department_name(key: str) -> str:
    """What a department is called, in the reader's language."""
    return DEPARTMENTS.get(key, (key, key))[in_english()]


def sees_all(actor: Actor) -> bool:
    """Whether this person sees every department's copies; on a shared tablet nobody does."""
    return actor.via not in ("tablet", "phone") and bool(SEE_ALL & actor.departments)


def may_see(actor: Actor, department: str) -> bool:
    """Sales, PR and the GM's office see every copy; a department its own."""
    return sees_all(actor) or department in actor.departments


def open_to(actor: Actor, papers: list[UUID]) -> set[UUID]:
    """Which of these papers this person may open: links lead nowhere else."""
    if not papers or not actor.may("papers.view"):
        return set()
    if sees_all(actor):
        return set(papers)
    rows = Copy.objects.of(actor.hotel_id).filter(paper__in=papers, department__in=actor.departments, revision__number=F("paper__latest"))
    return set(rows.values_list("paper_id", flat=True))


@dataclass(slots=True)
class Line:
    """One copy as a list shows it: where it stands, who signed, and its running duty."""

    copy: Copy
    duty: Duty | None = None
    signer: str = ""
    how: str = ""
    photo_id: UUID | None = None
    undo_until_at: datetime | None = None
    objection: str = ""

    @property
    def department_name(self) -> str:
        """What its department is called."""
        return department_name(self.copy.department)

    @property
    def state(self) -> str:
        """The seal of a copy for its issuer: done, waiting on the department, late."""
        copy = self.copy
        if copy.signed_at or not copy.must_sign:
            return "done"
        return "late" if self.duty and getattr(self.duty, "status", "") == "late" else "wait"


@dataclass(slots=True)
class SignOff:
    """All copies of a paper's latest revision."""

    lines: list[Line] = field(default_factory=list)

    @property
    def needed(self) -> list[Line]:
        """Those that must be signed, or whose earlier signature stands."""
        return [line for line in self.lines if line.copy.must_sign or line.copy.carried_from_id]

    @property
    def open(self) -> list[Line]:
        """Those still to be signed."""
        return [line for line in self.lines if line.copy.must_sign and not line.copy.signed_at]

    @property
    def signed(self) -> int:
        """How many are signed for."""
        return len(self.needed) - len(self.open)

    @property
    def most_urgent(self) -> Duty | None:
        """The duty that is due first."""
        duties = [line.duty for line in self.open if line.duty]
        return min(duties, key=lambda duty: duty.due_at) if duties else None


def _sign_duties(hotel_id: UUID, copies: Iterable[Copy], now: datetime) -> dict[str, Duty]:
    ids = [str(copy.pk) for copy in copies]
    rows = Duty.objects.of(hotel_id).filter(subject_kind="copy", subject_id__in=ids, owner="receiver")
    return {duty.subject_id: duty for duty in with_status(rows, now).order_by("-due_at")}


def lines_of(
    hotel_id: UUID,
    copies: list[Copy],
    now: datetime,
    undo_minutes: float = 0,
    *,
    receipts: Iterable[Receipt] | None = None,
) -> list[Line]:
    """The copies with duty, signer and open question: two queries, however many there are."""
    if not copies:
        return []
    duties = _sign_duties(hotel_id, copies, now)
    if receipts is None:
        receipts = Receipt.objects.filter(copy__in=copies, what__in=("signed", "objected")).order_by(
            "recorded_at", "id"
        )
    signed: dict[UUID, Receipt] = {}
    questions: dict[UUID, str] = {}
    for receipt in receipts:
        if receipt.what == "signed":
            signed[receipt.copy_id] = receipt
        elif receipt.what == "objected":
            questions[receipt.copy_id] = receipt.reason
    lines = []
    for copy in copies:
        found = signed.get(copy.pk)
        line = Line(
            copy, duties.get(str(copy.pk)), objection=questions.get(copy.pk, "") if copy.objected_at else ""
        )
        if copy.signed_at and found:
            line.signer, line.how, line.photo_id = found.name, found.how, found.photo_id
            if not copy.superseded_at:
                line.undo_until_at = found.recorded_at + timedelta(minutes=undo_minutes)
        lines.append(line)
    return lines


@dataclass(slots=True)
class Dossier:
    """All of one paper: revisions by number, copies of every revision, and what was done with them, oldest first."""

    paper: Paper
    revisions: dict[int, Revision]
    copies: list[Copy]
    receipts: list[Receipt]

    @property
    def latest(self) -> list[Copy]:
        """The copies of the revision in force."""
        return [copy for copy in self.copies if copy.revision.number == self.paper.latest]

    def before(self, number: int) -> dict[tuple[Any, int], Any]:
        """The content of the revision before this one, as sheets want it."""
        earlier = self.revisions.get(number - 1)
        return {(self.paper.pk, number - 1): earlier.content} if earlier else {}

    def signed(self) -> dict[Any, Receipt]:
        """Copy id -> its latest signature."""
        return {receipt.copy_id: receipt for receipt in self.receipts if receipt.what == "signed"}


def dossier(paper: Paper) -> Dossier:
    """All of one paper in three queries."""
    revisions = {one.number: one for one in paper.revisions.order_by("number")}
    by_id = {one.pk: one for one in revisions.values()}
    copies = list(paper.copies.order_by("issued_at", "number"))
    for copy in copies:
        copy.paper, copy.revision = paper, by_id[copy.revision_id]
    known = {copy.pk: copy for copy in copies}
    receipts = list(Receipt.objects.filter(copy__paper=paper).order_by("recorded_at", "id"))
    for receipt in receipts:
        receipt.copy = known[receipt.copy_id]
    return Dossier(paper, revisions, copies, receipts)


def sign_off(paper: Paper, now: datetime, whole: Dossier | None = None) -> SignOff:
    """How far the signing of a paper's latest revision is."""
    whole = whole or dossier(paper)
    return SignOff(lines_of(paper.hotel_id, whole.latest, now, receipts=whole.receipts))


def open_copies(actor: Actor, departments: Iterable[str] | None = None) -> QuerySet[Copy]:
    """Copies these departments have still to sign."""
    return Copy.objects.of(actor.hotel_id).filter(
        department__in=actor.departments if departments is None else departments,
        must_sign=True,
        signed_at__isnull=True,
        superseded_at__isnull=True,
    )


def waiting_for(actor: Actor, now: datetime, departments: Iterable[str] | None = None) -> list[Copy]:
    """Copies these departments have still to sign, the oldest first."""
    rows = open_copies(actor, departments).select_related("paper", "revision")
    return list(rows.order_by("issued_at", "id")[:SHOWN])


def signed_since(actor: Actor, since: datetime) -> list[Copy]:
    """What my departments signed since a moment, latest first."""
    return list(
        Copy.objects.of(actor.hotel_id)
        .filter(department__in=actor.departments, signed_at__gte=since)
        .select_related("paper", "revision")
        .order_by("-signed_at")[:30]
    )


def told_only(actor: Actor, since: datetime) -> list[Copy]:
    """Papers of which my departments were told that nothing changed for them."""
    return list(
        Copy.objects.of(actor.hotel_id)
        .filter(
            department__in=actor.departments,
            must_sign=False,
            archive=False,
            superseded_at__isnull=True,
            issued_at__gte=since,
        )
        .select_related("paper")
        .order_by("-issued_at")[:20]
    )


def receivers_of(hotel_id: UUID, departments: Iterable[str], on: date) -> dict[str, list[tuple[UUID, str]]]:
    """Who may sign for these departments on a day: one query."""
    found: dict[str, list[tuple[UUID, str]]] = {}
    rows = named(hotel_id, on).filter(department__in=set(departments)).order_by("from_on", "id")
    for department, pk, name in rows.values_list("department", "person_id", "person__name"):
        found.setdefault(department, []).append((pk, name))
    return found


def held_at(paper: Paper, at: datetime, whole: Dossier | None = None) -> list[dict[str, Any]]:
    """Which revision each department held at a moment, and whether it had signed for it then.

    A signature withdrawn later still counts until it was withdrawn: the receipts are asked, not the copy.
    """
    whole = whole or dossier(paper)
    signed: dict[UUID, str] = {}
    for receipt in whole.receipts:
        if receipt.what in ("signed", "undone") and receipt.at <= at:
            signed[receipt.copy_id] = receipt.name if receipt.what == "signed" else ""
    held = [
        copy
        for copy in whole.copies
        if copy.issued_at <= at and (copy.superseded_at is None or copy.superseded_at > at)
    ]
    return [
        {
            "department": copy.department,
            "name": department_name(copy.department),
            "revision": copy.revision.number,
            "copy": copy.number,
            "delivered": bool(copy.delivered_at and copy.delivered_at <= at),
            "signed": bool(signed.get(copy.carried_from_id or copy.pk)),
            "signer": signed.get(copy.carried_from_id or copy.pk, ""),
            "archive": copy.archive,
        }
        for copy in held
    ]


def papers_about(hotel_id: UUID, about: tuple[str, str]) -> list[Paper]:
    """The papers of one booking, oldest first."""
    rows = Paper.objects.of(hotel_id).filter(about_kind=about[0], about_id=str(about[1]))
    return list(rows.order_by("created_at", "id"))


def register(actor: Actor, *, kind: str = "", text: str = "") -> QuerySet[Paper]:
    """The papers this person may see, newest first, each with how many copies are signed of those that must be."""
    rows = Paper.objects.of(actor.hotel_id).filter(latest__gt=0)
    if not sees_all(actor):
        mine = Copy.objects.of(actor.hotel_id).filter(department__in=actor.departments, revision__number=F("paper__latest"))
        rows = rows.filter(pk__in=mine.values("paper"))  # as its page opens: a department that is off the paper reads it no more
    if kind:
        rows = rows.filter(kind=kind)
    if text:
        rows = rows.filter(Q(number__icontains=text) | Q(title__icontains=text))
    return rows.order_by("-id")


def progress(papers: list[Paper]) -> dict[UUID, tuple[int, int]]:
    """Paper id -> (signed, to be signed) of the copies held now: one query."""
    holding = Q(superseded_at__isnull=True)
    needed = Q(must_sign=True) | Q(carried_from__isnull=False)
    rows = (
        Copy.objects.filter(holding & needed, paper__in=papers)
        .values("paper")
        .annotate(needed=Count("id"), left=Count("id", filter=Q(must_sign=True, signed_at__isnull=True)))
        .order_by()
    )
    return {row["paper"]: (row["needed"] - row["left"], row["needed"]) for row in rows}


def file_for(actor: Actor, pk: Any) -> StoredFile | None:
    """A file this person may fetch: sales, PR and the GM's office any; a department the photo on its own copy."""
    found: StoredFile = StoredFile.objects.pick(actor.hotel_id, pk)
    if found.quarantined or found.is_sealed:
        return None
    mine = Receipt.objects.filter(photo=found, copy__department__in=actor.departments)
    return found if sees_all(actor) or mine.exists() else None


def names_of(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of people, one query."""
    return dict(Person.objects.filter(pk__in={pk for pk in ids if pk}).values_list("pk", "name"))
