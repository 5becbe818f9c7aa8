"""The plan as a paper: its content, issued once it is approved, revised when it changes (vip.plan-approved)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from guiju.approvals import queries as approvals
from guiju.house.models import Hotel
from guiju.papers import actions as papers
from guiju.papers.models import Paper
from guiju.papers.queries import names_of
from guiju.shelf.actor import Actor
from guiju.vip.models import VipPlan
from guiju.vip.stay import attrs_of, meals_of

KIND = "vip_plan"


def content_of(plan: VipPlan, zone: str) -> dict[str, Any]:
    """What stands on the plan. The personal note does not."""
    guest = plan.guest
    clock = ZoneInfo(zone)
    return {
        "plan": plan.number,
        "guest": guest.name if guest.name_en in ("", guest.name) else f"{guest.name} {guest.name_en}",
        "grade": plan.grade, "position": guest.position, "organisation": guest.organisation,
        "nationality": guest.nationality, "grade_reason": plan.grade_reason, "visits": _visits(plan),
        "party": "，".join(part for part in (str(plan.party) if plan.party else "", plan.party_names) if part), "host": plan.host,
        "host_contact": plan.host_contact, "purpose": plan.purpose, "arrival": _when(plan.arrival_on, plan.arrival_time),
        "departure": _when(plan.departure_on, plan.departure_time), "arrival_by": plan.arrival_by, "departure_by": plan.departure_by,
        "pickup": plan.pickup, "room": plan.room, "room_type": plan.room_type, "party_rooms": plan.party_rooms, "rate": plan.rate,
        "register": plan.register, "amenities": [*plan.amenities, *([plan.amenities_more] if plan.amenities_more else [])],
        "preferences": guest.preferences, "diet": guest.diet,
        "meals": [
            {
                "on": f"{meal.at.astimezone(clock):%Y-%m-%d}", "meal": meal.meal, "time": f"{meal.at.astimezone(clock):%H:%M}", "place": meal.place,
                "persons": meal.persons, "standard": meal.standard, "diet": meal.diet, "host": meal.host,
            }
            for meal in meals_of(plan)
        ],
        "greeters": plan.greeters, "greet_at": plan.greet_at, "parking": "、".join(plan.parking), "luggage": plan.luggage, "lift": plan.lift,
        "security": plan.security, "signage": plan.signage, "photos": plan.photos, "programme": plan.programme, "payment": plan.payment,
        "remarks": plan.remarks, "approved": _approved(plan), "provisional": plan.is_provisional, "issued_by": plan.keeper.name,
    }


def _when(on: Any, at: Any) -> str:
    return f"{on.isoformat()} {at:%H:%M}" if at else on.isoformat()


def _visits(plan: VipPlan) -> int:
    """How often he came before, and this time."""
    return VipPlan.objects.of(plan.hotel_id).filter(guest=plan.guest_id, state="departed").exclude(pk=plan.pk).count() + 1


def _approved(plan: VipPlan) -> str:
    """Who approved it, in the order of the chain."""
    given = next((row for row in approvals.of_about(plan.hotel_id, plan.subject) if row.kind == "vip_plan" and row.state == "given"), None)
    if given is None:
        return ""
    people = [step.decided_by_id for step in given.steps.order_by("number") if step.decided_by_id]
    names = names_of(people)
    return " → ".join(names.get(one, "") for one in people)


def paper_of(plan: VipPlan) -> Paper | None:
    """The plan's paper, if it is out."""
    found: Paper | None = (
        Paper.objects.of(plan.hotel_id).filter(kind=KIND, about_kind="vip", about_id=str(plan.pk), voided_at__isnull=True).first()
    )
    return found


def put_out(plan: VipPlan, hotel: Hotel, *, by: Actor, now: datetime) -> tuple[Paper, bool]:
    """Issue the plan, or its next revision when something on it changed; whether something went out.

    Raises GateRefused before approval, or while a department has nobody who may sign.
    """
    attrs = attrs_of(plan, meals_of(plan), now, hotel.zone)
    known, content = paper_of(plan), content_of(plan, hotel.zone)
    if known is not None:
        revision = papers.revise(known, content=content, attrs=attrs, by=by, now=now)
        known.refresh_from_db()
        return known, revision is not None
    needs = {"plan_approved": plan.approved_at is not None}
    paper = papers.issue(
        hotel, kind=KIND, about=plan.subject, title=f"{plan.guest.name} {plan.grade}", content=content, attrs=attrs, needs=needs, by=by, now=now
    )
    return paper, True
