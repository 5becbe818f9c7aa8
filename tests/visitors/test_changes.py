"""An approved plan changes by approval, or in an emergency at once; what it does to the paper, the briefing and the duties."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guiju.approvals.actions import decide, withdraw
from guiju.approvals.models import Approval
from guiju.duties.models import Duty
from guiju.papers.models import Paper
from guiju.shelf.errors import Conflict, GateRefused, Invalid, Refusal
from guiju.visitors import actions
from guiju.visitors.models import Visit, VisitChange
from guiju.visitors.shapes import PartLine
from tests.visitors.conftest import DAY, Room


def latest(visit: Visit) -> Visit:
    return Visit.objects.select_related("hotel", "handler").get(pk=visit.pk)


def asked(room: Room, visit: Visit, **more: object) -> VisitChange:
    visit = latest(visit)
    return actions.ask_change(visit, plan=room.plan(**more), reason="对方要求", version=visit.version, **room.by())


def give(room: Room, change: VisitChange, accept: bool = True, reason: str = "") -> None:
    change.refresh_from_db()
    for who in ("gu", "lu"):
        decide(change.approval, accept=accept, reason=reason, **room.by(who))  # type: ignore[arg-type]
        if not accept:
            break


def test_a_change_is_made_when_it_is_approved(room: Room) -> None:
    visit = room.confirmed()
    change = asked(room, visit, host="副总", meeting_point="东门")
    assert latest(visit).host == "陆总" and set(change.after) == {"host", "meeting_point"}
    give(room, change)
    now = latest(visit)
    change.refresh_from_db()
    assert (now.host, now.meeting_point, change.state, now.state) == ("副总", "东门", "made", "confirmed")
    assert Paper.objects.get().latest == 2


def test_a_change_sent_back_or_taken_back_leaves_the_plan(room: Room) -> None:
    visit = room.approved()
    change = asked(room, visit, host="副总")
    give(room, change, accept=False, reason="不妥")
    change.refresh_from_db()
    assert change.state == "dropped" and latest(visit).host == "陆总"
    again = asked(room, visit, host="顾晚")
    withdraw(again.approval, reason="不改了", **room.by())  # type: ignore[arg-type]
    again.refresh_from_db()
    assert again.state == "dropped"


def test_the_newest_question_stands(room: Room) -> None:
    visit = room.approved()
    first, second = asked(room, visit, host="副总"), asked(room, visit, host="顾晚")
    first.refresh_from_db()
    assert first.state == "dropped" and Approval.objects.filter(state="waiting").count() == 1
    give(room, second)
    assert latest(visit).host == "顾晚"


def test_without_emergency_nothing_changes_by_itself(room: Room) -> None:
    visit = room.approved()
    with pytest.raises(GateRefused) as refused:
        actions.change_plan(visit, plan=room.plan(host="x"), reason="顺手", version=visit.version, emergency=False, **room.by())
    assert refused.value.verdict.refusals[0].clause == "reception.no-own-changes" and latest(visit).host == "陆总"
    assert not VisitChange.objects.exists()


def test_a_change_has_a_reason_a_difference_and_a_fresh_version(room: Room) -> None:
    visit = room.approved()
    with pytest.raises(Invalid):
        actions.ask_change(visit, plan=room.plan(host="x"), reason=" ", version=visit.version, **room.by())
    with pytest.raises(Invalid):
        actions.ask_change(visit, plan=room.plan(), reason="没有变", version=visit.version, **room.by())
    with pytest.raises(Conflict) as conflict:
        actions.ask_change(visit, plan=room.plan(host="x"), reason="改", version=visit.version - 1, **room.by())
    assert conflict.value.details["theirs"] == {"host": "陆总"}


def test_in_an_emergency_it_is_marked_and_asked_for_afterwards(room: Room) -> None:
    visit = room.confirmed()
    ku = room.cast.people["ku"].pk
    plan = room.plan(arrival_at=room.cast.at("14:00", DAY), parts=(*room.plan().parts, PartLine(ku, "样板房")), programme=())
    actions.acknowledge(visit, **room.by("fang"))
    visit = latest(visit)
    change = actions.change_plan(visit, plan=plan, reason="航班晚点", version=visit.version, emergency=True, **room.by())
    assert change.is_emergency and change.approval.is_afterwards and change.state == "made"  # type: ignore[union-attr]
    duties = {duty.owner_person_id: duty for duty in Duty.objects.filter(clause="reception.protocol")}
    assert len(duties) == 3 and all(duty.due_at == room.cast.at("13:00", DAY) for duty in duties.values() if not duty.met_at)
    assert duties[room.cast.people["fang"].pk].due_at == room.cast.at("09:00", DAY)  # what is done stays done
    assert Paper.objects.get().latest == 2
    owed = Duty.objects.get(clause="reception.no-own-changes")
    assert owed.due_at - owed.opens_at == timedelta(hours=24)


def test_an_emergency_change_not_approved_is_asked_for_again(room: Room) -> None:
    visit = room.approved()
    change = actions.change_plan(visit, plan=room.plan(host="副总"), reason="急", version=visit.version, emergency=True, **room.by())
    with pytest.raises(Refusal):
        actions.ask_afterwards(change, **room.by())
    withdraw(change.approval, reason="写错了", **room.by())  # type: ignore[arg-type]
    change = VisitChange.objects.select_related("visit__hotel", "approval").get(pk=change.pk)
    assert Duty.objects.get(clause="reception.no-own-changes").ended_at is None  # taking it back is no way out
    again = actions.ask_afterwards(change, **room.by())
    assert again.approval.state == "waiting" and latest(visit).host == "副总"  # type: ignore[union-attr]


def test_two_emergencies_are_one_question_and_a_change_asked_for_stays_asked(room: Room) -> None:
    visit = room.approved()
    waiting = asked(room, visit, gifts="画册")
    visit = latest(visit)
    first = actions.change_plan(visit, plan=room.plan(host="副总"), reason="急", version=visit.version, emergency=True, **room.by())
    visit = latest(visit)
    second = actions.change_plan(
        visit, plan=room.plan(host="副总", meeting_point="东门"), reason="封路", version=visit.version, emergency=True, **room.by()
    )
    first.refresh_from_db()
    assert first.approval_id == second.approval_id and Approval.objects.filter(state="waiting").count() == 2
    give(room, second)
    assert set(Duty.objects.filter(clause="reception.no-own-changes").values_list("met_at", flat=True)) == {room.now}
    give(room, waiting)
    now = latest(visit)
    assert (now.gifts, now.host, now.meeting_point) == ("画册", "副总", "东门")


def test_calling_off_does_not_excuse_from_asking_afterwards(room: Room) -> None:
    visit = room.approved()
    actions.change_plan(visit, plan=room.plan(host="副总"), reason="急", version=visit.version, emergency=True, **room.by())
    actions.call_off(latest(visit), reason="对方取消", **room.by())
    assert Approval.objects.get(is_afterwards=True).state == "waiting"


def test_a_change_approved_too_late_is_not_made(room: Room) -> None:
    visit = room.confirmed()
    change = asked(room, visit, host="副总")
    room.at("09:30", DAY)
    actions.receive(latest(visit), **room.by())
    give(room, change)
    change.refresh_from_db()
    assert change.state == "dropped" and latest(visit).host == "陆总"
