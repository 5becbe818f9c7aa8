"""Writing a visit down and drawing up its plan until it is submitted."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from guiju.house.models import Hotel, Person
from guiju.house.numbers import next_number
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.papers.files import MIMES, admitted, store
from guiju.papers.models import StoredFile
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, NotAllowed
from guiju.shelf.tables import MAX_BYTES
from guiju.visitors.actions.steps import LIVE, STATES, move, plain_values, plan_attrs, refuse_state, resolved, write_rows
from guiju.visitors.checking import check
from guiju.visitors.models import Visit, VisitPaper
from guiju.visitors.shapes import ROWS, Plan, changed_fields, plan_of

SERIES = "J"  # 接待
KEPT = ("pdf", "png", "jpeg", "tiff", "eml", "text")  # kinds of file that a paper of a visit may be


@verb("visitors.edit")
def draw(hotel: Hotel, *, plan: Plan, by: Actor, now: datetime) -> Visit:
    """Write a visit down; grade and scope come from who comes and why (reception.grade-by-visitor). Raises Invalid by field."""
    if by.person_id is None:
        raise NotAllowed("a person draws it up", permission="visitors.edit")
    check(plan, hotel.pk, now)
    plan, given = resolved(plan, hotel.pk, now)
    visit = Visit.objects.create(
        hotel=hotel, number=next_number(hotel.pk, SERIES, now=now, zone=hotel.zone), by_table=given,
        handler=Person.objects.get(pk=by.person_id), created_at=now, **plain_values(plan),
    )
    write_rows(visit, plan, list(ROWS), now=now)
    note("visit.planned", visit, **plan_attrs(visit))
    return visit


@verb("visitors.edit")
def redraw(visit: Visit, *, plan: Plan, version: int, by: Actor, now: datetime) -> Visit:
    """Change a plan that is still being drawn up. Raises Conflict with both values, Refusal once it is submitted."""
    if visit.state != STATES.DRAWN:
        refuse_state(visit)
    check(plan, visit.hotel_id, now)
    plan, given = resolved(plan, visit.hotel_id, now)
    names = changed_fields(plan_of(visit), plan)
    if names or given != visit.by_table:
        visit.save_from(version, **plain_values(plan), by_table=given)
        write_rows(visit, plan, names, now=now)
        note("visit.changed", visit, fields=names, emergency=False, **plan_attrs(visit))
    return visit


@verb("visitors.edit")
def attach(visit: Visit, *, kind: str, data: bytes = b"", name: str = "", lies_at: str = "", by: Actor, now: datetime) -> VisitPaper:
    """Attach a paper: as a file, or where the paper itself lies. Raises Invalid at the field."""
    if visit.state not in LIVE:
        refuse_state(visit)
    errors: dict[str, list[str]] = {}
    if kind not in VisitPaper.Kind.values:
        errors["kind"] = [_("Choose one of the list.")]
    if not data and not lies_at.strip():
        errors["lies_at"] = [_("Send the file, or say where the paper lies.")]
    if len(lies_at.strip()) > 120:
        errors["lies_at"] = [_("At most %(most)s characters.") % {"most": 120}]
    if errors:
        raise Invalid(errors=errors)
    file = _keep(visit, data, name, now) if data else None
    paper = VisitPaper.objects.create(
        hotel_id=visit.hotel_id, visit=visit, kind=kind, file=file, lies_at=lies_at.strip(), attached_at=now, attached_by_id=by.person_id
    )
    note("visit.paper_attached", visit, what=kind)
    return paper


def _keep(visit: Visit, data: bytes, name: str, now: datetime) -> StoredFile:
    if len(data) > MAX_BYTES:
        raise Invalid(errors={"file": [_("The file is larger than %(mb)s MB.") % {"mb": MAX_BYTES // 1024 // 1024}]})
    found = admitted(data, name, kinds=KEPT)
    return store(visit.hotel_id, data, name, mime=MIMES[found], now=now)


@verb("visitors.edit")
def detach(paper: VisitPaper, *, by: Actor, now: datetime) -> None:
    """Take a paper off a plan that is still being drawn up; what was approved keeps its papers."""
    if paper.visit.state != STATES.DRAWN:
        refuse_state(paper.visit)
    if VisitPaper.objects.filter(pk=paper.pk, removed_at__isnull=True).update(removed_at=now):
        note("visit.paper_removed", paper.visit, what=paper.kind)


@verb("visitors.edit")
def hand_over(visit: Visit, *, to: Person, by: Actor, now: datetime) -> Visit:
    """Somebody else looks after the visit from now on."""
    move(visit, when=(*LIVE, STATES.RECEIVED), handler=to)
    note("visit.changed", visit, fields=["handler"], emergency=False, **plan_attrs(visit))
    return visit
