"""What people decide about duties and gates: waive, reassign; and adopting an edition."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from guiju.duties import editions
from guiju.duties.models import Decision, Duty, Edition, GateWaiver
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note, writing_now
from guiju.shelf import registry
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Missing, NotAllowed, Refusal


def _reason(text: str) -> str:
    text = text.strip()
    if len(text) < 2:
        raise Invalid(errors={"reason": [_("A reason is needed.")]})
    return text[:300]


@verb("duties.waive")
def waive(duty: Duty, *, reason: str, by: Actor, now: datetime) -> Decision:
    """Excuse a duty, with a reason, by a post that the clause entitles. Raises NotAllowed, Refusal when it is over."""
    rule = editions.in_force(duty.hotel_id, duty.opens_at)
    entitled = waivers_of(rule, duty.clause, duty.rule)
    if not by.posts.intersection(entitled):
        raise NotAllowed("waive", permission="duties.waive", who=entitled)
    if not Duty.objects.filter(pk=duty.pk, met_at__isnull=True, ended_at__isnull=True, waived_at__isnull=True).update(
        waived_at=now, next_firing_at=None
    ):
        raise Refusal(_("This duty is over already."), code="duty_over")
    note("duty.waived", ("duty", duty.pk), (duty.subject_kind, duty.subject_id), clause=duty.clause, rule=duty.rule, reason=_reason(reason))
    return Decision.objects.create(hotel_id=duty.hotel_id, duty=duty, kind="waive", reason=_reason(reason), by_id=by.person_id, at=now)


def waivers_of(edition: editions.rulebook.Edition | None, clause: str, rule: str) -> tuple[str, ...]:
    """The posts that may waive a rule; the sales manager where the clause is silent."""
    if edition is None or clause not in edition.standard.clauses:
        return ("sales_manager",)
    for found in edition.standard.clauses[clause].rules:
        if found.name == rule:
            return tuple(found.waive_by) or ("sales_manager",)
    return ("sales_manager",)


@verb("duties.reassign")
def reassign(duty: Duty, *, to: UUID, reason: str, by: Actor, now: datetime) -> Decision:
    """Give a duty to another person, with a reason; deriving again keeps him as the owner."""
    if not Duty.objects.filter(pk=duty.pk, met_at__isnull=True, ended_at__isnull=True, waived_at__isnull=True).update(
        owner_person_id=to, reassigned_at=now
    ):
        raise Refusal(_("This duty is over already."), code="duty_over")
    note("duty.reassigned", ("duty", duty.pk), (duty.subject_kind, duty.subject_id), clause=duty.clause, to=str(to), reason=_reason(reason))
    return Decision.objects.create(
        hotel_id=duty.hotel_id, duty=duty, kind="reassign", reason=_reason(reason), by_id=by.person_id, to_person_id=to, at=now
    )


@verb("duties.view")
def waive_gate(
    hotel: Hotel,
    *,
    verb_name: str,
    clause: str,
    rule: str,
    need: str,
    subject: tuple[str, str],
    reason: str,
    by: Actor,
    now: datetime,
) -> GateWaiver:
    """Let one step pass a clause for one subject, with a reason, by a post the clause entitles; counted in the figures.

    Raises Refusal for a step or a need the clause does not guard, Missing for a thing of another hotel.
    """
    edition = editions.in_force(hotel.pk, now)
    entitled = waivers_of(edition, clause, rule)
    found = (
        next((r for r in edition.standard.clauses[clause].rules if r.name == rule), None) if edition and clause in edition.standard.clauses else None
    )
    if found is None or not found.waive_by or found.verb != verb_name or need not in found.needs:
        raise Refusal(_("This clause cannot be waived."), code="not_waivable")
    if not by.posts.intersection(entitled):
        raise NotAllowed("waive", permission="duties.waive", who=entitled)
    if subject not in registry.titles(hotel.pk, [subject]):
        raise Missing("not found")
    reason = _reason(reason)
    waiver, fresh = GateWaiver.objects.get_or_create(
        hotel_id=hotel.pk,
        verb=verb_name,
        clause=clause,
        rule=rule,
        need=need,
        subject_kind=subject[0],
        subject_id=str(subject[1]),
        defaults={"reason": reason, "by_id": by.person_id, "at": now},
    )
    if fresh:  # said twice it is still one waiver
        note("gate.waived", ("hotel", hotel.pk), subject, verb=verb_name, clause=clause, reason=reason)
    return waiver


def adopt_shipped(hotel: Hotel, *, standard: str = "hotel-sales", effective_at: datetime, by: Actor, now: datetime) -> Edition:
    """Give a new hotel the standard that comes with the product, as its first edition."""
    texts = editions.shipped_texts(standard)
    edition, _fresh = Edition.objects.get_or_create(
        hotel=hotel,
        standard=standard,
        number=1,
        defaults={
            "effective_at": effective_at,
            "approved_by_id": by.person_id,
            "approved_at": now,
            "texts": texts,
            "digest": editions.digest_of(texts),
        },
    )
    return edition


@verb("standard.adopt")
def adopt(
    hotel: Hotel, *, texts: dict[str, str], effective_at: datetime, by: Actor, now: datetime, standard: str = "hotel-sales"
) -> Edition:
    """Put a new edition of the standard in force from a moment on; what runs already keeps its own edition.

    `texts` are TOML files by name, read and proved by the caller. Raises Invalid for a moment in the past, Refusal when the
    wording is that of the latest edition.
    """
    if effective_at < now:
        raise Invalid(errors={"effective_at": [_("An edition cannot begin in the past.")]})
    last = Edition.objects.of(hotel.pk).filter(standard=standard).order_by("-number").first()
    digest = editions.digest_of(texts)
    if last is not None and last.digest == digest:
        raise Refusal(_("This is word for word the latest edition."), code="unchanged")
    number = last.number + 1 if last else 1
    note("edition.adopted", hotel, number=number, effective_at=effective_at, digest=digest)
    step = writing_now()
    if step is not None:  # what this step knew of the editions no longer holds
        step.asked.clear()
    return Edition.objects.create(
        hotel=hotel, standard=standard, number=number, effective_at=effective_at, approved_by_id=by.person_id, approved_at=now,
        texts=texts, digest=digest,
    )
