"""What staff do with checklists: tick an item with its proof, withdraw a tick."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guiju.checklists import queries
from guiju.checklists.models import Tick
from guiju.checklists.words import bare
from guiju.duties.models import Duty
from guiju.house.delegates import acting_for
from guiju.house.models import Hotel
from guiju.house.receivers import may_sign
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.papers.models import StoredFile
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Missing, NotAllowed, Refusal
from guiju.shelf.wording import local

VALUE, WHY = 200, 200


@verb("checklists.tick")
def tick(
    hotel: Hotel, *, subject: tuple[str, str], clause: str, rule: str, item: str, value: str = "", photo: StoredFile | None = None,
    reason: str = "", by: Actor, now: datetime,
) -> Tick:
    """Say that an item is done, with the proof it asks for; saying it again gives the same tick.

    The owner's department says so, or the plan's keeper with a reason. Raises Missing when nothing of that name is owed,
    NotAllowed for others, Refusal when it fell away, Invalid without the proof.
    """
    duty = _owed(hotel, subject, clause, rule, item, by)
    known: Tick | None = _standing(hotel, duty, item).first()
    if known is not None:
        return known
    if duty.ended_at is not None or duty.waived_at is not None:
        raise Refusal(_("This item is not wanted any more."), code="not_owed")
    helps = not _may_tick(duty, by, now)
    if helps and not reason.strip():
        raise Invalid(errors={"reason": [_("It is another department's: say why you tick it.")]})
    part = queries.rule_of(duty)
    proof = (part.proof if part else "") or "tick"
    _prove(proof, duty, value, photo, by, now)
    try:
        with transaction.atomic():
            row = Tick.objects.create(
                hotel=hotel, subject_kind=subject[0], subject_id=str(subject[1]), clause=clause, rule=rule, item=item,
                department=duty.owner_department, proof=proof, value=value.strip()[:VALUE], photo=photo, reason=reason.strip()[:WHY] if helps else "",
                done_at=now, done_by_id=by.person_id, done_by_name=by.name[:60],
            )
    except IntegrityError:  # two colleagues in the same moment: the other one ticked it
        found: Tick = _standing(hotel, duty, item).get()
        return found
    note("item.done", subject, item=item, clause=clause, rule=rule, department=duty.owner_department, proof=proof)
    return row


@verb("checklists.tick")
def untick(row: Tick, *, reason: str = "", by: Actor, now: datetime) -> Tick:
    """Withdraw a tick: within five minutes freely, later with a reason. The duty stands again under its first deadline.

    Raises NotAllowed for others than the department and the plan's keeper, Invalid without a reason after five minutes.
    """
    duty = duty_of(row)
    if duty is None or not queries.sees(by, duty):
        raise Missing("no such tick")
    _may_tick(duty, by, now)
    if row.undone_at is not None:
        return row
    late = now > row.done_at + queries.UNDO
    if (late or by.person_id != row.done_by_id) and not reason.strip():
        raise Invalid(errors={"reason": [_("Say why it is withdrawn.")]})
    changed = Tick.objects.of(row.hotel_id).filter(pk=row.pk, undone_at__isnull=True).update(
        undone_at=now, undone_by_id=by.person_id, undone_reason=reason.strip()[:WHY]
    )
    row.refresh_from_db()
    if changed:
        note(
            "item.undone", (row.subject_kind, row.subject_id), item=row.item, clause=row.clause, rule=row.rule,
            department=row.department, proof=row.proof, reason=row.undone_reason or None,
        )
    return row


def _owed(hotel: Hotel, subject: tuple[str, str], clause: str, rule: str, item: str, by: Actor) -> Duty:
    rows = Duty.objects.of(hotel.pk).filter(
        subject_kind=subject[0], subject_id=str(subject[1]), clause=clause, rule=rule, occurrence__startswith=item[:60]
    )
    fitting = [duty for duty in rows.order_by("opens_at", "id") if bare(duty.occurrence) == item and queries.is_item(duty)]
    if not fitting or not queries.sees(by, fitting[-1]):
        raise Missing("no such item")
    return next((duty for duty in reversed(fitting) if duty.ended_at is None), fitting[-1])


def _standing(hotel: Hotel, duty: Duty, item: str) -> QuerySet[Tick]:
    rows: QuerySet[Tick] = Tick.objects.of(hotel.pk)
    return rows.filter(
        subject_kind=duty.subject_kind, subject_id=duty.subject_id, clause=duty.clause, rule=duty.rule, item=item, undone_at__isnull=True
    )


def duty_of(row: Tick) -> Duty | None:
    """The duty that a tick fulfils, the newest under its name."""
    rows = Duty.objects.of(row.hotel_id).filter(subject_kind=row.subject_kind, subject_id=row.subject_id, clause=row.clause, rule=row.rule)
    return next((duty for duty in rows.order_by("-opens_at", "-id") if bare(duty.occurrence) == row.item), None)


def _may_tick(duty: Duty, by: Actor, now: datetime) -> bool:
    """Whether the item is this person's own. False for the plan's keeper, who needs a reason; raises NotAllowed for all others."""
    people = acting_for(by.hotel_id, by.person_id, now) if by.person_id else set()
    if by.everything or queries.is_mine(by, duty, people):
        return True
    keeper = queries.keepers(duty.hotel_id, {(duty.subject_kind, duty.subject_id)}).get((duty.subject_kind, duty.subject_id))
    if keeper is not None and (keeper == by.person_id or keeper in people):
        return False
    raise NotAllowed(_("This item is another department's."), permission="checklists.tick")


def _prove(proof: str, duty: Duty, value: str, photo: StoredFile | None, by: Actor, now: datetime) -> None:
    """Raise Invalid unless the proof the item asks for is there."""
    if proof == "value" and not value.strip():
        raise Invalid(errors={"value": [_("This item wants a value: write it down.")]})
    if proof == "photo" and photo is None:
        raise Invalid(errors={"photo": [_("This item wants a photo.")]})
    if proof == "signature" and not may_sign(by, duty.owner_department, local(now).date()):
        raise Invalid(errors={"signature": [_("This item is signed: by whoever signs for the department.")]})
    if len(value) > VALUE:
        raise Invalid(errors={"value": [_("At most %(n)s characters.") % {"n": VALUE}]})
