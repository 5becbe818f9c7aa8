"""Changing an approved plan: asked for first; in an emergency made at once and approved afterwards (reception.no-own-changes)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from guiju.approvals import actions as approvals
from guiju.approvals.models import Approval
from guiju.approvals.queries import steps_for
from guiju.duties.gates import gate
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal
from guiju.visitors.actions.approving import title_of
from guiju.visitors.actions.confirming import ask_briefing, reissue
from guiju.visitors.actions.steps import (
    HEAD,
    KIND_CHANGE,
    KIND_EMERGENCY,
    LOCKED,
    STATES,
    asked_attrs,
    check_version,
    live_parts,
    move,
    plain_values,
    plan_attrs,
    refuse_state,
    resolved,
    write_rows,
)
from guiju.visitors.checking import check
from guiju.visitors.models import Visit, VisitChange
from guiju.visitors.shapes import Plan, changed_fields, kept, plan_of, with_kept
from guiju.visitors.words import field_name


def _differing(visit: Visit, plan: Plan, reason: str, version: int, now: datetime) -> tuple[Plan, list[str]]:
    """The plan as it would stand and which fields differ. Raises Invalid, Conflict, Refusal."""
    if visit.state not in LOCKED:
        refuse_state(visit)
    errors = {}
    if not reason.strip():
        errors["reason"] = [_("Say why the plan changes.")]
    elif len(reason.strip()) > 300:
        errors["reason"] = [_("At most %(most)s characters.") % {"most": 300}]
    if errors:
        raise Invalid(errors=errors)
    check(plan, visit.hotel_id, now)
    plan, _given = resolved(plan, visit.hotel_id, now)
    stands = plan_of(visit)
    names = changed_fields(stands, plan)
    check_version(visit, version, kept(plan, names), kept(stands, names))
    if not names:
        raise Invalid(errors={"reason": [_("Nothing differs from the plan as it stands.")]})
    return plan, names


def _row(visit: Visit, plan: Plan, names: list[str], reason: str, emergency: bool, by: Actor, now: datetime) -> VisitChange:
    row: VisitChange = VisitChange.objects.create(
        hotel_id=visit.hotel_id, visit=visit, before=kept(plan_of(visit), names), after=kept(plan, names), reason=reason.strip(),
        is_emergency=emergency, asked_at=now, asked_by_id=by.person_id,
    )
    return row


def _ask(visit: Visit, change: VisitChange, verb_name: str, by: Actor, now: datetime) -> None:
    """Ask for the approval of a change by whom the standard names."""
    names = list(change.after)
    text = f"{change.reason} ({', '.join(field_name(name) for name in names)})"
    approval = approvals.ask(
        visit.hotel, kind=KIND_EMERGENCY if change.is_emergency else KIND_CHANGE, about=visit.subject, title=title_of(visit), text=text,
        steps=steps_for(visit.hotel_id, verb_name, asked_attrs(visit, by, emergency=change.is_emergency), now),
        afterwards=change.is_emergency, by=by, now=now,
    )
    VisitChange.objects.filter(pk=change.pk).update(approval=approval)
    if change.is_emergency:  # one question for all that was done in a hurry: an earlier one gave way to it
        visit.changes.filter(is_emergency=True, approval__state=Approval.State.REPLACED).update(approval=approval)
    change.refresh_from_db()


@verb("visitors.edit")
def ask_change(visit: Visit, *, plan: Plan, reason: str, version: int, by: Actor, now: datetime) -> VisitChange:
    """Ask for a change of an approved plan; the plan stays as it is until the change is approved."""
    plan, names = _differing(visit, plan, reason, version, now)
    for older in visit.changes.filter(state=VisitChange.State.ASKED):  # the new question takes its place
        _drop(visit, older)
    change = _row(visit, plan, names, reason, False, by, now)
    note("visit.change_asked", visit, fields=names, drawn_by_head=HEAD in by.posts)
    _ask(visit, change, "visit.approve", by, now)
    return change


@verb("visitors.edit")
def change_plan(visit: Visit, *, plan: Plan, reason: str, version: int, emergency: bool, by: Actor, now: datetime) -> VisitChange:
    """Change an approved plan at once. Raises GateRefused unless it is an emergency, which is marked and approved afterwards."""
    plan, names = _differing(visit, plan, reason, version, now)
    gate(visit.hotel_id, "visit.change", visit.subject, attrs=asked_attrs(visit, by, emergency=emergency), needs={"approved": False}, now=now)
    change = _row(visit, plan, names, reason, emergency, by, now)
    if emergency:
        note("visit.change_asked", visit, fields=names, drawn_by_head=HEAD in by.posts)
    _make(visit, change, by=by, now=now)
    if emergency:
        _ask(visit, change, "visit.change", by, now)
    return change


@verb("visitors.edit")
def ask_afterwards(change: VisitChange, *, by: Actor, now: datetime) -> VisitChange:
    """Ask again for the approval of an emergency change whose question was taken back. Refusal when it is waiting or given."""
    waiting = change.approval is not None and change.approval.state in (Approval.State.WAITING, Approval.State.GIVEN)
    if not change.is_emergency or waiting:
        raise Refusal(_("There is nothing to ask for again."), code="nothing_to_ask")
    _ask(change.visit, change, "visit.change", by, now)
    return change


def _make(visit: Visit, change: VisitChange, *, by: Actor, now: datetime) -> None:
    """Put a change into the plan: the rows, the briefing of who is new, and the paper's next revision."""
    plan, given = resolved(with_kept(plan_of(visit), change.after), visit.hotel_id, now)
    move(visit, when=LOCKED, **plain_values(plan), by_table=given)
    write_rows(visit, plan, list(change.after), now=now)
    VisitChange.objects.filter(pk=change.pk).update(state=VisitChange.State.MADE, made_at=now)
    change.refresh_from_db()
    parts = live_parts(visit)
    note("visit.changed", visit, *parts, fields=list(change.after), emergency=change.is_emergency, text=change.reason, **plan_attrs(visit))
    if visit.state == STATES.CONFIRMED:
        ask_briefing(visit, parts, now=now)
        reissue(visit, by=by, now=now)


def _drop(visit: Visit, change: VisitChange) -> None:
    if VisitChange.objects.filter(pk=change.pk, state=VisitChange.State.ASKED).update(state=VisitChange.State.DROPPED):
        note("visit.change_dropped", visit, fields=list(change.after))


def change_decided(about_id: str, *, accepted: bool, approval: Approval, by: Actor, now: datetime) -> None:
    """The last word on a change: what was asked for is made or dropped; an emergency one is made already."""
    change = VisitChange.objects.select_related("visit__hotel").filter(approval=approval, state=VisitChange.State.ASKED).first()
    if change is None:
        return
    visit = change.visit
    if not accepted or visit.state not in LOCKED:
        _drop(visit, change)
        return
    gate(
        visit.hotel_id, "visit.change", visit.subject, attrs=asked_attrs(visit, by), needs={"approved": True}, now=now
    )
    _make(visit, change, by=by, now=now)


def emergency_decided(about_id: str, *, accepted: bool, approval: Approval, by: Actor, now: datetime) -> None:
    """The last word on what was done already: the plan stands as it was changed; its page says whether it was approved."""


def change_withdrawn(about_id: str, *, approval: Approval, by: Actor, now: datetime) -> None:
    """The asker takes a change back: the plan stays as it is."""
    for change in VisitChange.objects.select_related("visit").filter(approval=approval, state=VisitChange.State.ASKED):
        _drop(change.visit, change)
