"""Reminders reach somebody who is working: the named post in its hours, otherwise the duty manager."""

from __future__ import annotations

from guiju.house.models import Delegation, RosterEntry
from guiju.notices.models import Notice
from guiju.rounds.actions import fire_due
from tests.cast import TODAY
from tests.enquiries.scene import Scene


def told(scene: Scene, came: str, clock: str) -> dict[str, list[Notice]]:
    """A request of that time and what is told when half of its thirty minutes has gone, by post."""
    scene.came_in(client=scene.client, clock=came)
    fire_due(scene.cast.at(clock))
    found: dict[str, list[Notice]] = {}
    for notice in Notice.objects.filter(key__startswith="duty:"):
        found.setdefault(notice.post or str(notice.person_id), []).append(notice)
    return found


def test_in_their_hours_the_post_is_told_and_nobody_else(scene: Scene) -> None:
    """booking.reply-30: at 50 % the supervisor hears at once, the duty manager nothing."""
    found = told(scene, "10:00", "10:15")
    assert found and "duty_manager" not in found
    assert all(notice.show_from_at == scene.cast.at("10:15") for notices in found.values() for notice in notices)


def late_shift(scene: Scene, *names: str) -> None:
    """These people work from two to ten today, and are on no other shift."""
    cast = scene.cast
    for name in names:
        RosterEntry.objects.filter(person=cast.people[name]).delete()
        RosterEntry.objects.create(
            hotel=cast.hotel, person=cast.people[name], department="sales", on=TODAY, starts_at=cast.at("14:00"), ends_at=cast.at("22:00"),
        )


def test_off_shift_the_duty_manager_hears_and_the_post_reads_it_when_it_comes(scene: Scene) -> None:
    """booking.reply-30: the supervisor's shift begins at two; his line waits for him, the duty manager hears now."""
    late_shift(scene, "lin")
    found = told(scene, "10:00", "10:15")
    (manager,) = found.pop("duty_manager")
    assert manager.show_from_at == scene.cast.at("10:15")
    his = [*found.pop(str(scene.cast.people["lin"].pk), []), *found.pop("business_sales_supervisor", [])]
    assert his and {notice.show_from_at for notice in his} == {scene.cast.at("14:00")}


def test_whoever_acts_for_the_holder_and_is_on_shift_counts(scene: Scene) -> None:
    """A delegate who is there now is reached: the duty manager need not be."""
    cast = scene.cast
    late_shift(scene, "lin")
    Delegation.objects.create(
        hotel=cast.hotel, person=cast.people["lin"], to=cast.people["wen"], from_at=cast.at("08:00"), until_at=cast.at("14:00"),
    )
    found = told(scene, "10:00", "10:15")
    assert "duty_manager" not in found
    (his,) = found[str(cast.people["wen"].pk)]
    assert his.show_from_at == cast.at("10:15")
