"""What robots say in group chats: gathered from the notices of their department, through the outbox, each told once.

A robot has at most one letter on its way: while its chat cannot be reached nothing piles up, and what came meanwhile is
told in one message afterwards. Runs in a thread of its own: a slow or dead vendor holds up neither mail nor the clock.
"""

from __future__ import annotations

import json
import logging
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import override

from guiju.logbook.writing import durably, writing
from guiju.notices.actions.telling import tell
from guiju.notices.chat import line, sealing
from guiju.notices.chat.gathering import gather
from guiju.notices.chat.vendors import VENDORS, Line, Message, Verdict, judge, request_for
from guiju.notices.models import Letter, Robot
from guiju.shelf import registry
from guiju.shelf.actor import the_clock

log = logging.getLogger("guiju.chats")
LEASE = timedelta(minutes=2)
BACK_OFF_MINUTES = (1, 2, 5, 15, 30, 60)
SHOWN_AFTER = 4  # failures in a row, after about a quarter of an hour: somebody is told
MINUTE = timedelta(minutes=1)


def speak(now: datetime) -> int:
    """Let every robot that may speak say what it has to; how many messages were taken. One robot's fault is its own."""
    begun, taken = time.monotonic(), 0
    rows = Robot.objects.filter(ended_at__isnull=True, stopped_at__isnull=True)
    for robot in rows.filter(Q(wait_until_at__isnull=True) | Q(wait_until_at__lte=now)).select_related("hotel").order_by("sent_at", "id"):
        moment = now + timedelta(seconds=int(time.monotonic() - begun))
        try:
            taken += _one(robot, moment)
        except Exception as error:  # never with the address: only what kind of fault it was
            log.warning("a robot could not speak: %s: %s", robot.pk, type(error).__name__)
            Robot.objects.filter(pk=robot.pk).update(wait_until_at=moment + MINUTE, last_error=type(error).__name__)
    return taken


def _one(robot: Robot, now: datetime) -> bool:
    letter = _on_its_way(robot).first()
    if letter is None:
        if _too_many(robot, now):
            return False
        letter = gather(robot, now)
    if letter is None or letter.not_before_at > now:
        return False
    return _send(robot, letter, now)


def _on_its_way(robot: Robot) -> Any:
    rows = Letter.objects.of(robot.hotel_id).filter(channel="chat", to=str(robot.pk))
    return rows.filter(state__in=(Letter.State.WAITING, Letter.State.SENDING)).order_by("created_at")


def _too_many(robot: Robot, now: datetime) -> bool:
    """Whether the vendor's limit of messages a minute is reached."""
    sent = Letter.objects.of(robot.hotel_id).filter(channel="chat", to=str(robot.pk), created_at__gt=now - timedelta(hours=1))
    return bool(sent.filter(sent_at__gt=now - MINUTE).count() >= VENDORS[robot.vendor].per_minute)


def _send(robot: Robot, letter: Letter, now: datetime) -> bool:
    """Claim, send, then mark: never mark, then send."""
    claimed = (
        Letter.objects.filter(pk=letter.pk)
        .filter(Q(state=Letter.State.WAITING) | Q(state=Letter.State.SENDING, claimed_until_at__lt=now))
        .update(state=Letter.State.SENDING, claimed_until_at=now + LEASE, tries=F("tries") + 1)
    )
    if not claimed:
        return False
    begun = time.monotonic()
    verdict = _hand_over(robot, letter, now)
    _after(robot, letter, verdict, now + timedelta(seconds=int(time.monotonic() - begun)))
    return verdict.fate == "taken"


def _hand_over(robot: Robot, letter: Letter, now: datetime) -> Verdict:
    vendor, opened = VENDORS[robot.vendor], sealing.unseal(robot.pk, robot.sealed)
    if opened is None:
        return Verdict("stopped", "", N_("its address cannot be opened: enter it again"))
    address, secret = opened
    if not line.may_go(address, vendor.hosts):
        return Verdict("stopped", "", N_("its host is not allowed any more"))
    target, body = request_for(vendor, address, secret, _message(json.loads(letter.body), robot), now)
    try:
        answer = line.post(target, body, hosts=vendor.hosts, mark=letter.message_id.strip("<>").partition("@")[0])
    except line.NotThere as error:
        return Verdict("wait", "", str(error))
    verdict = judge(vendor, answer.status, answer.body, answer.retry_after)
    said = verdict.said
    for secret_text in (secret, vendor.secret_part(address)):  # a vendor may say our own words back to us
        said = said.replace(secret_text, "…") if secret_text else said
    return Verdict(verdict.fate, verdict.code, said, verdict.seconds)


def _message(kept: dict[str, Any], robot: Robot) -> Message:
    lines = tuple(Line(one["text"], _link(one["link"])) for one in kept["lines"])
    open_word = {"en": "Open"}.get(robot.lang, "打开")
    return Message(kept["title"], lines, open_word, kept["more"], kept["urgency"], robot.plain)


def _link(kept: str) -> str:
    """A path of ours as an address; the secret of a phone link is made here and stands nowhere."""
    if kept.startswith("phone:") and registry.phone_path is not None:
        kept = registry.phone_path(UUID(kept.removeprefix("phone:")))
    return settings.PUBLIC_URL.rstrip("/") + kept if kept else ""


def _after(robot: Robot, letter: Letter, verdict: Verdict, now: datetime) -> None:
    def step() -> None:
        with writing(robot.hotel_id, by=the_clock(robot.hotel_id), now=now):
            mine = Letter.objects.filter(pk=letter.pk, state=Letter.State.SENDING)
            why = " ".join(part for part in (verdict.code if verdict.code != "0" else "", verdict.said) if part)[:200]
            if verdict.fate == "taken":
                mine.update(state=Letter.State.SENT, sent_at=now, last_error="")
                Robot.objects.filter(pk=robot.pk).update(sent_at=now, failures=0, wait_until_at=None, last_error="")
            elif verdict.fate == "refused":  # this message, not the robot: it must not hold up the next one
                mine.update(state=Letter.State.DEAD, last_error=why)
                Robot.objects.filter(pk=robot.pk).update(last_error=why)
            else:
                mine.update(state=Letter.State.WAITING, last_error=why)
                _keep_still(robot, verdict, why, now)

    durably(step)


def _keep_still(robot: Robot, verdict: Verdict, why: str, now: datetime) -> None:
    failures = robot.failures + 1
    fresh: dict[str, Any] = {"failures": min(failures, 30_000), "last_error": why}
    if verdict.fate == "stopped":
        fresh["stopped_at"] = now
    else:
        minutes = BACK_OFF_MINUTES[min(failures, len(BACK_OFF_MINUTES)) - 1]
        fresh["wait_until_at"] = now + (timedelta(seconds=verdict.seconds) if verdict.seconds else timedelta(minutes=minutes))
    Robot.objects.filter(pk=robot.pk, version=robot.version).update(**fresh)
    if verdict.fate == "stopped" or failures == SHOWN_AFTER:
        with override(robot.lang):
            tell(
                robot.hotel_id, post="administrator", key=f"robot:{robot.pk}:{now.isoformat()}", urgency="soon", now=now, chat=False,
                text="The chat robot %(name)s does not get through: %(why)s", url="/house/robots/",
                values={"name": robot.name, "why": _(why) if why else ""},
            )
