"""Issuing a paper: who gets a copy is computed by the clauses; a change voids only the signatures it concerns."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from guiju import rulebook
from guiju.duties.editions import editions_of
from guiju.duties.gates import gate
from guiju.house.calendars import local_day
from guiju.house.models import Hotel
from guiju.house.numbers import next_number
from guiju.house.receivers import departments_without
from guiju.house.settings import settings_of
from guiju.logbook.canon import canonical, plain
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.papers.forms import differences
from guiju.papers.models import Copy, Paper, Receipt, Revision
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Conflict, GateRefused, Refusal

SERIES = {"reservation_form": "R", "group_schedule": "T", "change_notice": "N", "confirmation_letter": "L"}
EXTRA = {"reservation_form": "reservation.extra_receivers", "group_schedule": "group.extra_receivers"}
ISSUING = "sales"  # the department that issues papers, unless its kind names another
ISSUED_BY: dict[str, str] = {}  # kind -> the department that issues it, filled in by the rooms
ATTRS = ("important", "meals", "collection", "same_day_arrival", "arrival_at", "days_ahead")


@dataclass(frozen=True, slots=True)
class Addressee:
    """One department that gets a copy, by which clause, and whether it signs."""

    department: str
    clause: str
    purpose: str = ""
    must_sign: bool = True
    archive: bool = False
    carried_from: Copy | None = None


def hash_of(content: Mapping[str, Any]) -> str:
    """What a signature binds: SHA-256 of the canonical content."""
    return hashlib.sha256(canonical(plain(content)).encode()).hexdigest()


def addressees(hotel_id: UUID, kind: str, attrs: Mapping[str, Any], now: datetime) -> list[Addressee]:
    """Who gets a copy of a paper of this kind: by the clauses in force, then by the hotel's own addition.

    The issuing department keeps its copy in the archive; nobody signs to himself.
    """
    found = [
        _addressee(kind, item.department, item.clause, item.purpose, item.must_sign, item.archive)
        for item in rulebook.distribution(editions_of(hotel_id), kind, attrs, now)
    ]
    found.sort(key=lambda item: item.archive)
    if not found:  # a letter goes to the client; the house keeps its copy
        found = [Addressee(ISSUED_BY.get(kind, ISSUING), "", "archive", must_sign=False, archive=True)]
    more = settings_of(hotel_id, EXTRA[kind])[EXTRA[kind]] if kind in EXTRA else []
    held = {item.department for item in found}
    return found + [Addressee(department, "", "setting") for department in more if department not in held]


def _addressee(kind: str, department: str, clause: str, purpose: str, must_sign: bool, archive: bool) -> Addressee:
    own = archive or department == ISSUED_BY.get(kind, ISSUING)
    return Addressee(department, clause, "archive" if own else purpose, must_sign and not own, own)


@verb("papers.issue")
def issue(
    hotel: Hotel,
    *,
    kind: str,
    about: tuple[str, str],
    title: str,
    content: dict[str, Any],
    attrs: Mapping[str, Any],
    needs: Mapping[str, bool] | None = None,
    by: Actor,
    now: datetime,
) -> Paper:
    """Issue a paper: numbered, first revision, one copy for each department the clauses name.

    `attrs`: important, meals, collection, same_day_arrival, arrival_at. `needs` are further yes/no facts for the gate
    "<kind>.issue" (liaison_named, rooms_held). Raises GateRefused; issuing again for the same thing gives the same paper.
    """
    known = (
        Paper.objects.of(hotel.pk)
        .filter(kind=kind, about_kind=about[0], about_id=str(about[1]), voided_at__isnull=True)
        .first()
    )
    if known is not None:
        return known
    to = addressees(hotel.pk, kind, attrs, now)
    _ask_gate(hotel.pk, f"{kind}.issue", about, to, attrs, needs or {}, now)
    paper = Paper.objects.create(
        hotel=hotel,
        kind=kind,
        number=next_number(hotel.pk, SERIES[kind], now=now, zone=hotel.zone),
        about_kind=about[0],
        about_id=str(about[1]),
        title=title[:120],
        created_at=now,
    )
    _put_out(paper, content, attrs, to, [], by=by, now=now)
    return paper


def _ask_gate(
    hotel_id: UUID,
    verb_name: str,
    subject: tuple[str, str],
    to: Iterable[Addressee],
    attrs: Mapping[str, Any],
    needs: Mapping[str, bool],
    now: datetime,
) -> None:
    missing = departments_without(hotel_id, [item.department for item in to if item.must_sign], local_day(hotel_id, now))
    try:
        gate(hotel_id, verb_name, subject, attrs=attrs, needs={"receivers_named": not missing, **needs}, now=now)
    except GateRefused as refusal:
        refusal.details["departments"] = missing  # who has nobody to sign: the refusal names them
        raise


def _put_out(
    paper: Paper,
    content: dict[str, Any],
    attrs: Mapping[str, Any],
    to: list[Addressee],
    changes: list[dict[str, Any]],
    *,
    by: Actor,
    now: datetime,
) -> Revision:
    number = paper.latest + 1
    content = {**content, "number": paper.number, "revision": number}
    if not Paper.objects.filter(pk=paper.pk, latest=paper.latest).update(
        latest=number, version=F("version") + 1
    ):
        raise Conflict(_("somebody issued a newer revision of this paper just now"))
    revision = Revision.objects.create(
        hotel_id=paper.hotel_id,
        paper=paper,
        number=number,
        content=plain(content),
        content_hash=hash_of(content),
        differences=changes,
        issued_at=now,
        issued_by_id=by.person_id or paper.pk,
    )
    carried: dict[str, Any] = {key: attrs.get(key) for key in ATTRS}
    note(
        "paper.issued",
        paper,
        (paper.about_kind, paper.about_id),
        paper=paper.kind,
        revision=number,
        **carried,
    )
    on_screen = settings_of(paper.hotel_id, "papers.deliver_on_screen")["papers.deliver_on_screen"]
    copies, receipts = [], []
    for order, item in enumerate(to, start=1):
        copy = Copy(
            hotel_id=paper.hotel_id,
            paper=paper,
            revision=revision,
            department=item.department,
            number=order,
            of=len(to),
            clause=item.clause,
            purpose=item.purpose,
            archive=item.archive,
            must_sign=item.must_sign,
            carried_from=item.carried_from,
            token=secrets.token_urlsafe(18),
            issued_at=now,
            delivered_at=now if on_screen or item.archive or not item.must_sign else None,
        )
        copies.append(copy)
        about = (paper.about_kind, paper.about_id)
        note(
            "copy.issued",
            copy,
            paper,
            about,
            paper=paper.kind,
            revision=number,
            department=item.department,
            must_sign=item.must_sign,
            archive=item.archive,
            **carried,
        )
        if copy.delivered_at:
            receipts.append(
                Receipt(
                    hotel_id=paper.hotel_id,
                    copy=copy,
                    what="delivered",
                    at=now,
                    recorded_at=now,
                    by_id=by.person_id,
                )
            )
            note("copy.delivered", copy, paper, department=item.department, how="screen")
    Copy.objects.bulk_create(copies)
    Receipt.objects.bulk_create(receipts)
    paper.latest, paper.version = number, paper.version + 1
    return revision


def current_copies(paper: Paper) -> list[Copy]:
    """The copies departments hold now."""
    return list(paper.copies.filter(superseded_at__isnull=True).order_by("number"))


def _supersede(paper: Paper, copies: Iterable[Copy], by_revision: int, now: datetime) -> None:
    for copy in copies:
        if Copy.objects.filter(pk=copy.pk, superseded_at__isnull=True).update(superseded_at=now):
            note("copy.superseded", copy, paper, department=copy.department, by_revision=by_revision)


@verb("papers.issue")
def revise(
    paper: Paper, *, content: dict[str, Any], attrs: Mapping[str, Any], by: Actor, now: datetime
) -> Revision | None:
    """Issue revision n+1: departments whose fields changed sign again, the signatures of the others stand.

    None when nothing changed. The copies go to all who hold the paper and to whoever the change brings in.
    """
    if paper.voided_at:
        raise Refusal(_("this paper is void"), code="paper_void")
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    last = paper.revisions.get(number=paper.latest)
    changes = list(
        differences(
            paper.kind, last.content, plain({**content, "number": paper.number, "revision": paper.latest})
        )
    )
    if not changes:
        return None
    concerned = {department for change in changes for department in change.departments}
    held = current_copies(paper)
    to = _next_holders(paper, held, attrs, concerned, now)
    _supersede(paper, held, paper.latest + 1, now)
    return _put_out(paper, content, attrs, to, [change.as_dict() for change in changes], by=by, now=now)


def _next_holders(
    paper: Paper, held: list[Copy], attrs: Mapping[str, Any], concerned: set[str], now: datetime
) -> list[Addressee]:
    before = {copy.department: copy for copy in held}
    to = addressees(paper.hotel_id, paper.kind, attrs, now)
    named = {item.department for item in to}
    to += [
        Addressee(copy.department, copy.clause, "holder", not copy.archive, copy.archive)
        for copy in held
        if copy.department not in named
    ]
    out = []
    for item in to:
        old = before.get(item.department)
        stands = (
            old is not None and item.department not in concerned and (old.signed_at or old.carried_from_id)
        )
        out.append(
            replace(item, must_sign=False, purpose="unchanged", carried_from=old)
            if stands and not item.archive
            else item
        )
    return out


@verb("papers.issue")
def issue_change(
    original: Paper,
    *,
    cancel: bool,
    content: dict[str, Any],
    attrs: Mapping[str, Any],
    concerned: Iterable[str],
    holders: Iterable[Copy] = (),
    by: Actor,
    now: datetime,
) -> Paper:
    """Issue the change or cancellation notice of a paper: to its holders, the front desk, the cashier and (with meals) F&B.

    `concerned`: departments with a changed field of theirs; they sign, as do the three always; the others are told
    (all sign by setting notice.all_sign, and on a cancellation). Raises GateRefused without receivers.
    """
    hotel = Hotel.objects.get(pk=original.hotel_id)
    held = list(holders) or current_copies(original)
    fixed = addressees(hotel.pk, "change_notice", attrs, now)
    all_sign = cancel or settings_of(hotel.pk, "notice.all_sign")["notice.all_sign"]
    always, sign = {item.department for item in fixed}, set(concerned)
    to = list(fixed)
    for copy in held:
        if copy.department not in always:
            must = not copy.archive and (all_sign or copy.department in sign)
            to.append(
                Addressee(
                    copy.department,
                    "booking.change-notice",
                    "holder" if must else "unchanged",
                    must,
                    copy.archive,
                )
            )
            always.add(copy.department)
    to += [
        Addressee(department, "booking.change-notice", "brought in")
        for department in sorted(sign - always)
        if department != ISSUING
    ]
    about = (original.about_kind, original.about_id)
    _ask_gate(
        hotel.pk,
        "change_notice.issue",
        about,
        to,
        {"paper": original.kind, "meals": attrs.get("meals")},
        {"original_linked": True},
        now,
    )
    notice = Paper.objects.create(
        hotel=hotel,
        kind="change_notice",
        number=next_number(hotel.pk, SERIES["change_notice"], now=now, zone=hotel.zone),
        about_kind=about[0],
        about_id=about[1],
        title=original.title,
        original=original,
        created_at=now,
    )
    _put_out(notice, content, attrs, to, [], by=by, now=now)
    _close_older(notice, None if cancel else {item.department for item in to if item.must_sign}, now)
    if cancel:
        void(original, reason="cancelled", by=by, now=now)
    return notice


def _close_older(notice: Paper, departments: set[str] | None, now: datetime) -> None:
    """Unsigned copies of earlier notices give way to this one: where the same department signs it, on a cancellation everywhere."""
    older = Copy.objects.of(notice.hotel_id).filter(
        paper__original=notice.original_id, paper__kind="change_notice", superseded_at__isnull=True, signed_at__isnull=True, archive=False
    ).exclude(paper=notice.pk)
    if departments is not None:
        older = older.filter(department__in=departments)
    for copy in older.select_related("paper").order_by("issued_at", "number"):
        _supersede(copy.paper, [copy], copy.paper.latest, now)


@verb("papers.issue")
def void(paper: Paper, *, reason: str, by: Actor, now: datetime) -> None:
    """Void a paper: every copy is superseded, the number is not used again."""
    if Paper.objects.filter(pk=paper.pk, voided_at__isnull=True).update(voided_at=now):
        _supersede(paper, current_copies(paper), paper.latest, now)
        note("paper.voided", paper, (paper.about_kind, paper.about_id), paper=paper.kind, reason=reason)
