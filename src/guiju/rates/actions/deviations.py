"""Rates other than the looked-up one: asked with a reason, decided by whom the discount ladder names."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiju.house.facts import POSTS
from guiju.house.models import Hotel
from guiju.house.rights import posts_with
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.notices.actions import tell
from guiju.rates.lists import ladder, posts_for
from guiju.rates.models import Deviation, DiscountStep
from guiju.rooms.models import RoomType
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, NotAllowed, Refusal

WAITS = gettext_noop("A rate waits for your decision: %(asked)s instead of %(looked_up)s")
TOP = "gm"  # where the ladder names nobody, the general manager decides


@verb("rates.deviate")
def ask_deviation(
    hotel: Hotel,
    *,
    about: tuple[str, str],
    room_type: RoomType,
    looked_up: Decimal,
    asked: Decimal,
    reason: str,
    by: Actor,
    now: datetime,
) -> Deviation:
    """Ask for another rate than the looked-up one (booking.rate-by-agreement).

    Who may go so far by himself has it approved at once; otherwise it waits for the lowest post on the ladder
    that may. An earlier question about the same rooms is closed by the new one. Raises Invalid without a
    reason, without a rate to deviate from, or for a rate below zero.
    """
    _check(looked_up, asked, reason)
    _withdraw(hotel.pk, about, room_type, by, now)
    steps = ladder(hotel.pk)
    percent = share(asked, looked_up)
    mine = asked >= looked_up or bool(_able(steps, percent, by))
    approver = next(iter(posts_for(steps, percent)), TOP)
    deviation = Deviation.objects.create(
        hotel=hotel,
        about_kind=about[0],
        about_id=str(about[1]),
        room_type=room_type,
        looked_up=looked_up,
        asked=asked,
        reason=reason.strip(),
        asked_by_id=by.person_id,
        asked_at=now,
        approver_post=_own_post(steps, percent, by) if mine else approver,
        decided_by_id=by.person_id if mine else None,
        decided_at=now if mine else None,
        approved=True if mine else None,
    )
    note("rate.asked", deviation, about, below=looked_up - asked, approver=deviation.approver_post)
    if mine:
        note("rate.decided", deviation, about, approved=True)
    else:
        _tell_approver(deviation, now)
    return deviation


def _tell_approver(deviation: Deviation, now: datetime) -> None:
    tell(
        deviation.hotel_id,
        post=deviation.approver_post,
        key=f"deviation:{deviation.pk}",
        text=WAITS,
        values={"asked": str(deviation.asked), "looked_up": str(deviation.looked_up)},
        brief=gettext_noop("A rate waits for your decision"),
        url=reverse("rates:deviations"),
        urgency="soon",
        now=now,
    )


@verb("rates.decide")
def decide_deviation(deviation: Deviation, *, approve: bool, words: str = "", by: Actor, now: datetime) -> Deviation:
    """Approve or refuse a deviation; once. A refusal says why.

    Raises NotAllowed when the ladder does not let these posts go so far, Refusal "own_question" for one's
    own, Refusal "decided" when somebody decided before.
    """
    if deviation.asked_by_id == by.person_id:
        raise Refusal(_("Nobody approves a rate he asked for himself."), code="own_question")
    entitled = deciders(deviation)
    if not by.posts.intersection(entitled):
        raise NotAllowed("rates.decide", permission="rates.decide", posts=list(entitled))
    if not approve and not words.strip():
        raise Invalid(errors={"words": [_("Say why it is refused.")]})
    if len(words) > 300:
        raise Invalid(errors={"words": [_("At most %(most)s characters.") % {"most": 300}]})
    decided = Deviation.objects.filter(pk=deviation.pk, decided_at__isnull=True).update(
        approved=approve, decided_by_id=by.person_id, decided_at=now, words=words.strip()
    )
    deviation.refresh_from_db()
    if not decided:
        raise Refusal(_("This was decided already."), code="decided")
    about = (deviation.about_kind, deviation.about_id)
    note("rate.decided", deviation, about, text=words.strip(), approved=approve)
    return deviation


@verb("rates.edit")
def set_ladder(hotel: Hotel, *, post: str, floor: Decimal | None, by: Actor, now: datetime) -> None:
    """How far a post may go below the looked-up rate: `floor` in percent of it; None takes it away.

    Raises Invalid for an unknown post, a post that neither asks nor decides, a share outside 0 to 100, or
    when somebody widens his own authority.
    """
    if post not in POSTS or post not in {*posts_with("rates.deviate"), *posts_with("rates.decide")}:
        raise Invalid(errors={"post": [_("This post neither asks for rates nor decides on them.")]})
    if floor is not None and not 0 <= floor <= 100:
        raise Invalid(errors={"floor": [_("The share must be between 0 and 100.")]})
    rows = DiscountStep.objects.of(hotel.pk).filter(post=post)
    was = rows.values_list("floor_percent", flat=True).first()
    if floor is not None and post in by.posts and floor < (100 if was is None else was):
        raise Invalid(errors={"floor": [_("Nobody widens his own authority.")]})
    if floor is None:
        rows.delete()
    else:
        DiscountStep.objects.update_or_create(hotel=hotel, post=post, defaults={"floor_percent": floor})
    if floor != was:
        note("ladder.set", hotel, post=post, floor=floor, was=was)


def share(asked: Decimal, looked_up: Decimal) -> Decimal:
    """What is asked in percent of the looked-up rate."""
    return asked * 100 / looked_up


def deciders(deviation: Deviation) -> tuple[str, ...]:
    """The posts that may decide on it: those the ladder lets go so far, and always the general manager."""
    steps = ladder(deviation.hotel_id)
    found = posts_for(steps, share(deviation.asked, deviation.looked_up))
    return tuple(dict.fromkeys([*found, TOP]))


def _able(steps: dict[str, Decimal], percent: Decimal, by: Actor) -> list[str]:
    return [post for post in by.posts if post in steps and steps[post] <= percent]


def _own_post(steps: dict[str, Decimal], percent: Decimal, by: Actor) -> str:
    """The asker's own post that carries it: the one that may go least far and still far enough."""
    able = _able(steps, percent, by)
    return max(able, key=lambda post: (steps[post], post)) if able else min(by.posts, default=TOP)


def _check(looked_up: Decimal, asked: Decimal, reason: str) -> None:
    errors: dict[str, list[str]] = {}
    if looked_up <= 0:
        errors["looked_up"] = [_("There is no looked-up rate to deviate from.")]
    if asked < 0:
        errors["asked"] = [_("A rate cannot be below zero.")]
    elif asked >= Decimal(10) ** 8:
        errors["asked"] = [_("This rate is too high.")]
    elif asked == looked_up:
        errors["asked"] = [_("This is the looked-up rate; nothing needs to be asked.")]
    if not reason.strip():
        errors["reason"] = [_("Say why: the approver reads it.")]
    elif len(reason.strip()) > 300:
        errors["reason"] = [_("At most %(most)s characters.") % {"most": 300}]
    if errors:
        raise Invalid(errors=errors)


def _withdraw(hotel_id: UUID, about: tuple[str, str], room_type: RoomType, by: Actor, now: datetime) -> None:
    """An open question about the same rooms is closed: the new one stands for it."""
    open_ = Deviation.objects.of(hotel_id).filter(about_kind=about[0], about_id=str(about[1]), room_type=room_type, decided_at__isnull=True)
    for row in open_:
        Deviation.objects.filter(pk=row.pk, decided_at__isnull=True).update(
            approved=False, decided_by_id=by.person_id, decided_at=now, words=_("Asked anew.")
        )
        note("rate.decided", row, about, approved=False)
