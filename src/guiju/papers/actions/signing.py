"""What a department does with its copy. A signature binds the content it saw; a newer revision ends it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.duties.gates import gate
from guiju.house.calendars import local_day
from guiju.house.facts import DEPARTMENTS
from guiju.house.receivers import may_sign
from guiju.house.settings import setting
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.notices.actions import tell
from guiju.papers.models import Copy, Paper, Receipt, StoredFile
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, NotAllowed, Refusal


def _receipt(copy: Copy, what: str, by: Actor, now: datetime, **more: object) -> Receipt:
    return Receipt.objects.create(
        hotel_id=copy.hotel_id,
        copy=copy,
        what=what,
        at=more.pop("at", now),
        recorded_at=now,
        by_id=by.person_id,
        name=more.pop("name", by.name),
        how=more.pop("how", by.via if by.via in ("tablet", "phone", "api") else "screen"),
        device=by.device[:120],
        address=by.address,
        **more,
    )


def _booking(copy: Copy) -> tuple[str, str]:
    about = Paper.objects.values_list("about_kind", "about_id").get(pk=copy.paper_id)
    return (about[0], about[1])


def _ask(copy: Copy, by: Actor, now: datetime, *, named: bool | None = None) -> None:
    gate(
        copy.hotel_id,
        "copy.sign",
        copy.subject,
        attrs={"paper": copy.paper.kind, "department": copy.department},
        needs={
            "named_receiver": may_sign(by, copy.department, local_day(copy.hotel_id, now)) if named is None else named,
            "latest_revision": copy.superseded_at is None,
        },
        now=now,
    )


@verb("papers.sign")
def sign_for(copy: Copy, *, by: Actor, now: datetime) -> Copy:
    """Sign for a copy: who, when, on what device, for exactly the content shown (booking.named-receivers).

    Only the department's named receiver or deputy; only the latest revision. Signing twice is one signature.
    Raises GateRefused, Refusal when the copy was superseded in the same moment.
    """
    Paper.objects.select_for_update().get(
        pk=copy.paper_id
    )  # a revision in the same moment waits, or we see it
    copy = Copy.objects.select_related("paper", "revision").get(pk=copy.pk)
    if copy.signed_at and copy.signed_by_id == by.person_id and not copy.superseded_at:
        return copy
    _ask(copy, by, now)
    _sign(copy, by, now, at=now, signer=str(by.person_id), how=by.via if by.via in ("tablet", "phone") else "screen")
    return copy


def _sign(
    copy: Copy, by: Actor, now: datetime, *, at: datetime, signer: str, how: str, **receipt: object
) -> None:
    fresh = {"signed_at": at, "signed_by_id": by.person_id, "objected_at": None}
    if copy.delivered_at is None:
        fresh["delivered_at"] = at
    open_ = Copy.objects.filter(
        pk=copy.pk, must_sign=True, signed_at__isnull=True, superseded_at__isnull=True
    )
    if not open_.update(**fresh):
        raise Refusal(_("this copy is signed for or superseded already"), code="copy_closed")
    if copy.delivered_at is None:
        note("copy.delivered", copy, ("paper", copy.paper_id), at=at, department=copy.department, how=how)
    _receipt(copy, "signed", by, now, at=at, how=how, content_hash=copy.revision.content_hash, **receipt)
    note(
        "copy.signed",
        copy,
        ("paper", copy.paper_id),
        _booking(copy),
        at=at,
        department=copy.department,
        signer=signer,
        how=how,
        content_hash=copy.revision.content_hash,
    )
    copy.refresh_from_db()


@verb("papers.backfill")
def backfill(
    copy: Copy, *, name: str, at: datetime, photo: StoredFile | None = None, by: Actor, now: datetime
) -> Copy:
    """Enter a signature given on paper: who signed and when, with a photo of it."""
    copy = Copy.objects.select_related("paper", "revision").get(pk=copy.pk)
    if not name.strip():
        raise Invalid(errors={"name": [_("who signed on paper?")]})
    if at > now or at < copy.issued_at:
        raise Invalid(errors={"at": [_("the paper was signed after it was issued and before now")]})
    if "sales" not in by.departments and copy.department not in by.departments:
        raise NotAllowed("papers.backfill", permission="papers.backfill")
    _ask(copy, by, now, named=True)
    _sign(copy, by, now, at=at, signer=name.strip(), how="paper", name=name.strip()[:60], photo=photo)
    return copy


@verb("papers.sign")
def undo_signature(copy: Copy, *, by: Actor, now: datetime) -> Copy:
    """Withdraw a signature given a few minutes ago (setting copies.undo_minutes); the first fact stays.

    Raises Refusal once a newer revision exists, the time is over, or somebody else signed.
    """
    minutes = float(setting(copy.hotel_id, "copies.undo_minutes"))
    undone = Copy.objects.filter(
        pk=copy.pk,
        signed_by_id=by.person_id,
        signed_at__gte=now - timedelta(minutes=minutes),
        superseded_at__isnull=True,
    ).update(signed_at=None, signed_by_id=None)
    if not undone:
        raise Refusal(_("this signature can no longer be withdrawn"), code="undo_over")
    _receipt(copy, "undone", by, now)
    note("copy.signature_undone", copy, ("paper", copy.paper_id), department=copy.department)
    copy.refresh_from_db()
    return copy


@verb("papers.sign")
def object_to(copy: Copy, *, reason: str, by: Actor, now: datetime) -> Copy:
    """Send a copy back to its issuer with a question; nothing stops silently, the clock runs on."""
    if not reason.strip():
        raise Invalid(errors={"reason": [_("what is the question?")]})
    if not may_sign(by, copy.department, local_day(copy.hotel_id, now)):
        _ask(Copy.objects.select_related("paper").get(pk=copy.pk), by, now)
    if not Copy.objects.filter(pk=copy.pk, signed_at__isnull=True, superseded_at__isnull=True).update(
        objected_at=now
    ):
        raise Refusal(_("this copy is signed for or superseded already"), code="copy_closed")
    _receipt(copy, "objected", by, now, reason=reason.strip()[:300])
    note(
        "copy.objected",
        copy,
        ("paper", copy.paper_id),
        _booking(copy),
        department=copy.department,
        reason=reason.strip()[:300],
    )
    revision = copy.revision
    tell(
        copy.hotel_id,
        person_id=revision.issued_by_id,
        key=f"objected:{copy.pk}:{now.isoformat()}",
        urgency="soon",
        now=now,
        text="%(department)s has a question about %(number)s: %(reason)s",
        brief=N_("%(department)s has a question about %(number)s"),
        url=f"/papers/{copy.paper_id}/",
        values={
            "department": DEPARTMENTS[copy.department][0],
            "number": copy.paper.number,
            "reason": reason.strip()[:120],
        },
    )
    copy.refresh_from_db()
    return copy


@verb("papers.issue")
def answer_objection(copy: Copy, *, answer: str, by: Actor, now: datetime) -> Copy:
    """Answer a department's question; the copy waits for its signature again."""
    if not answer.strip():
        raise Invalid(errors={"answer": [_("an answer is needed")]})
    if not Copy.objects.filter(pk=copy.pk, objected_at__isnull=False, superseded_at__isnull=True).update(
        objected_at=None
    ):
        raise Refusal(_("there is no open question on this copy"), code="no_question")
    _receipt(copy, "answered", by, now, reason=answer.strip()[:300])
    note("copy.answered", copy, ("paper", copy.paper_id), department=copy.department)
    copy.refresh_from_db()
    return copy


@verb("papers.issue")
def deliver(copy: Copy, *, how: str = "hand", by: Actor, now: datetime) -> Copy:
    """Note that a printed copy was handed over."""
    if Copy.objects.filter(pk=copy.pk, delivered_at__isnull=True, superseded_at__isnull=True).update(
        delivered_at=now
    ):
        _receipt(copy, "delivered", by, now, how="paper" if how == "hand" else how)
        note("copy.delivered", copy, ("paper", copy.paper_id), department=copy.department, how=how)
    copy.refresh_from_db()
    return copy


@verb("papers.remind")
def remind(copy: Copy, *, by: Actor, now: datetime) -> Copy:
    """Remind a department by hand; at most once per quarter of an hour (setting copies.remind_minutes)."""
    minutes = float(setting(copy.hotel_id, "copies.remind_minutes"))
    rows = Copy.objects.filter(pk=copy.pk, must_sign=True, signed_at__isnull=True, superseded_at__isnull=True)
    if not rows.exclude(reminded_at__gt=now - timedelta(minutes=minutes)).update(reminded_at=now):
        raise Refusal(_("this department was reminded just now, or has signed"), code="reminded")
    _receipt(copy, "reminded", by, now)
    note("copy.reminded", copy, ("paper", copy.paper_id), department=copy.department)
    tell(
        copy.hotel_id,
        department=copy.department,
        key=f"remind:{copy.pk}:{now.isoformat()}",
        urgency="soon",
        now=now,
        text="Please sign for %(number)s",
        values={"number": copy.paper.number},
        about=copy.subject,
        url="/inbox/",
    )
    copy.refresh_from_db()
    return copy
