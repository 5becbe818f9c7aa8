"""What happens by itself at its time: escalations, effects such as a lapsing hold, letters, and the sweep for what was missed.

Due is "due or past and not done": a worker that was down loses nothing, and each firing is a row under
UNIQUE(duty, what), so that nothing happens twice however many workers go round.
"""

from __future__ import annotations

import logging
import os
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError

from guiju.duties.deriving import firings_of, next_firing, reconcile
from guiju.duties.models import Duty, Firing
from guiju.duties.owners import head_post
from guiju.house import roster
from guiju.house.facts import DEPARTMENTS, POSTS
from guiju.house.models import Hotel
from guiju.logbook.models import Chain, EntrySubject
from guiju.logbook.writing import durably, note, writing
from guiju.notices.actions import tell
from guiju.notices.chat.speaking import speak
from guiju.notices.sending import send_due
from guiju.rounds.models import Heartbeat, Swept
from guiju.shelf import registry
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Busy

log = logging.getLogger("guiju.rounds")
LATE_AFTER = timedelta(seconds=60)
SWEEP_BATCH = 500
PUT_OFF = timedelta(minutes=5)  # a duty that cannot be fired must not hold up the others of its batch


def go_round(now: datetime, *, name: str = "worker", letters: bool = True) -> dict[str, int]:
    """One round of the clock: beat, fire what is due, send letters (unless somebody else does), sweep. How many of each."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now, "pid": os.getpid()})
    done = {"fired": fire_due(now), "letters": send_due(now) if letters else 0, "chats": speak(now) if letters else 0, "swept": 0}
    for hotel_id in Hotel.objects.values_list("pk", flat=True):
        for step in registry.round_steps:
            step(hotel_id, now)
        done["swept"] += sweep(hotel_id, now)
    return done


def due_duties(now: datetime, limit: int = 500) -> list[UUID]:
    """Duties for which the clock has something to do."""
    return list(
        Duty.objects.filter(next_firing_at__isnull=False, next_firing_at__lte=now)
        .order_by("next_firing_at")
        .values_list("pk", flat=True)[:limit]
    )


def fire_due(now: datetime) -> int:
    """Fire everything that is due; each duty in a step of its own, so that one fault does not stop the others."""
    count = 0
    while True:
        batch = due_duties(now)
        before = count
        for pk in batch:
            try:
                count += fire(pk, now)
            except (Busy, OperationalError) as error:  # the fault is not the duty's: it stays due for the next round
                log.warning("the database was busy, left for the next round: %s: %s", pk, error)
            except Exception:
                log.exception("a duty could not be fired: %s", pk)
                Duty.objects.filter(pk=pk).update(next_firing_at=now + PUT_OFF)
        if not batch or count == before:
            return count


def fire(pk: UUID, now: datetime) -> int:
    """Do what is due for one duty, after reading it again in the same transaction; how many things were done."""

    def step() -> int:
        duty = Duty.objects.get(pk=pk)
        with writing(duty.hotel_id, by=the_clock(duty.hotel_id), now=now):
            duty = Duty.objects.select_for_update().get(pk=pk)
            fired = set(Firing.objects.filter(duty=duty).values_list("what", flat=True))
            count = 0
            if not (duty.met_at or duty.ended_at or duty.waived_at):
                for moment, what, to in firings_of(duty):
                    at = datetime.fromisoformat(moment)
                    if at <= now and what not in fired:
                        _fire_one(duty, what, to, at, now)
                        fired.add(what)
                        count += 1
            duty.refresh_from_db()
            Duty.objects.filter(pk=pk).update(next_firing_at=next_firing(duty, fired))
            return count

    try:
        return durably(step)
    except IntegrityError:
        return 0  # another worker fired it in the same moment


def _fire_one(duty: Duty, what: str, to: str, at: datetime, now: datetime) -> None:
    late = now - at > LATE_AFTER
    Firing.objects.create(hotel_id=duty.hotel_id, duty=duty, what=what, due_at=at, fired_at=now, late=late)
    if what.startswith("effect:"):
        name = what.partition(":")[2]
        registry.effects[name]((duty.subject_kind, duty.subject_id), hotel_id=duty.hotel_id, late=late, now=now)
        note("duty.effect_done", ("duty", duty.pk), (duty.subject_kind, duty.subject_id), effect=name, late=late)
        return
    share = what.split(":")[1]
    note("duty.escalated", ("duty", duty.pk), clause=duty.clause, share=share, to=to)
    _remind(duty, share, to, at, now)


def _remind(duty: Duty, share: str, to: str, at: datetime, now: datetime) -> None:
    """Tell the named person, post or department; when nobody of them is on shift the duty manager is told, and they read it when
    the first of them comes."""
    title, url = registry.titles(duty.hotel_id, [(duty.subject_kind, duty.subject_id)]).get(
        (duty.subject_kind, duty.subject_id), (duty.subject_id, "")
    )
    over = at >= duty.due_at
    text = "Overdue: %(title)s (%(clause)s)" if over else "%(share)s of the time has gone: %(title)s (%(clause)s)"
    values = {"title": title, "clause": duty.clause, "share": share}
    common: dict[str, Any] = {
        "text": text, "values": values, "url": url, "urgency": "late" if over else "soon", "now": now,
        "about": (duty.subject_kind, duty.subject_id), "due_at": duty.due_at, "chat": not duty.visible_to,
    }
    key = f"duty:{duty.pk}:{share}:{to}"
    person, post, department = addressee(duty, to)
    shown_from = now
    people = roster.holders(duty.hotel_id, person_id=person, post=post, department=department, at=now)
    acting = roster.stand_ins(duty.hotel_id, people, now)
    reached, next_shift_at = roster.reachable(duty.hotel_id, {**people, **acting}, now)
    if not reached and post != "duty_manager":
        shown_from = next_shift_at or now
        tell(duty.hotel_id, post="duty_manager", key=f"{key}:off", **common)
    tell(duty.hotel_id, person_id=person, post=post, department=department, key=key, show_from_at=shown_from, **common)
    for one in sorted(acting):  # whoever acts for them reads it too
        tell(duty.hotel_id, person_id=one, key=f"{key}:{one}", show_from_at=shown_from, **common)


def addressee(duty: Duty, to: str) -> tuple[UUID | None, str, str]:
    """(person, post, department) that a clause's word means for this duty."""
    if to in POSTS:
        return None, to, ""
    if to in DEPARTMENTS:
        return None, "", to
    if to == "department_head":
        return None, head_post(duty.owner_department or "sales"), ""
    if to == "supervisor":
        return None, "business_sales_supervisor" if duty.owner_department in ("", "sales") else head_post(duty.owner_department), ""
    if duty.owner_person_id:
        return duty.owner_person_id, "", ""
    return None, duty.owner_post, "" if duty.owner_post else (duty.owner_department or "sales")


def sweep(hotel_id: UUID, now: datetime) -> int:
    """Derive again for the subjects of entries written since the last sweep; normally everything is equal already."""
    tail = Chain.objects.filter(hotel_id=hotel_id).values_list("seq", flat=True).first() or 0
    mark, _ = Swept.objects.get_or_create(hotel_id=hotel_id)
    if mark.seq >= tail:
        return 0
    upto = min(tail, mark.seq + SWEEP_BATCH)
    subjects = set(
        EntrySubject.objects.filter(hotel_id=hotel_id, entry__seq__gt=mark.seq, entry__seq__lte=upto).values_list("kind", "subject_id")
    )

    def step() -> int:
        with writing(hotel_id, by=the_clock(hotel_id), now=now):
            changed = reconcile(hotel_id, subjects, now=now)
            Swept.objects.filter(hotel_id=hotel_id, seq__lt=upto).update(seq=upto)
            return changed

    return durably(step)
