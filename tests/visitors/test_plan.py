"""A plan from the first word to the report: what may be written, who may, in which order, what it leaves behind."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from guiju.approvals.models import Approval
from guiju.notices.models import Notice
from guiju.papers.models import Copy, Paper
from guiju.shelf.errors import Conflict, GateRefused, Invalid, NotAllowed, Refusal
from guiju.visitors import actions
from guiju.visitors.models import Visit, VisitPart
from guiju.visitors.shapes import GuestLine, PartLine, Plan, ProgrammeLine, plan_of
from tests.visitors.conftest import DAY, Room


def faults(room: Room, plan: Plan) -> set[str]:
    with pytest.raises(Invalid) as wrong:
        actions.draw(room.cast.hotel, plan=plan, **room.by())
    assert not Visit.objects.exists()
    return set(wrong.value.errors)


def test_what_cannot_be_written_down(room: Room) -> None:
    early = room.cast.at("09:00", DAY)
    fang = room.cast.people["fang"].pk
    assert faults(room, room.plan(organisation="  ", visitor="x", rank="", purpose="y", persons=0)) == {
        "organisation", "visitor", "rank", "purpose", "persons",
    }
    assert faults(room, room.plan(until_at=early, grade="D", scope=("moon",), phone="1" * 41)) == {"until_at", "grade", "scope", "phone"}
    assert faults(room, room.plan(arrival_at=early + timedelta(days=2000))) == {"arrival_at", "programme"}
    assert faults(room, room.plan(guests=(GuestLine(" "),))) == {"guests"}
    assert faults(room, room.plan(programme=(ProgrammeLine(early + timedelta(days=30), "厅", "看"),))) == {"programme"}
    assert faults(room, room.plan(parts=(PartLine(fang), PartLine(fang)))) == {"parts"}
    assert faults(room, room.plan(parts=(PartLine(room.cast.hotel.pk),))) == {"parts"}


def test_the_table_gives_grade_and_scope_and_they_may_be_others(room: Room) -> None:
    visit = room.drawn()
    assert (visit.grade, visit.number, visit.deviates) == ("A", "J26-0001", False)
    other = room.drawn(grade="B")
    assert other.deviates and other.scope == visit.scope and not other.is_important
    with pytest.raises(GateRefused):
        actions.submit(other, **room.by())


def test_a_stale_save_shows_both(room: Room) -> None:
    visit = room.drawn()
    actions.redraw(visit, plan=room.plan(host="副总"), version=1, **room.by())
    stale = Visit.objects.get(pk=visit.pk)
    with pytest.raises(Conflict) as conflict:
        actions.redraw(stale, plan=room.plan(host="顾晚"), version=1, **room.by())
    assert (conflict.value.details["mine"]["host"], conflict.value.details["theirs"]["host"]) == ("顾晚", "副总")
    assert plan_of(Visit.objects.get(pk=visit.pk)).host == "副总"


def test_only_reception_draws_and_confirms(room: Room) -> None:
    with pytest.raises(NotAllowed):
        actions.draw(room.cast.hotel, plan=room.plan(), **room.by("fang"))
    visit = room.approved()
    with pytest.raises(NotAllowed):
        actions.confirm(visit, **room.by("he"))


def test_a_submitted_plan_stands_still_and_an_approved_one_is_locked(room: Room) -> None:
    visit = room.drawn()
    asked = actions.submit(visit, **room.by())
    visit.refresh_from_db()
    for step in (
        lambda: actions.redraw(visit, plan=room.plan(host="x"), version=visit.version, **room.by()),
        lambda: actions.submit(visit, **room.by()), lambda: actions.detach(visit.papers.get(), **room.by()),
        lambda: actions.ask_change(visit, plan=room.plan(host="x"), reason="改", version=visit.version, **room.by()),
    ):
        with pytest.raises(Refusal):
            step()
    assert asked.steps.count() == 2


def test_confirmed_the_plan_goes_out_and_everybody_is_told(room: Room) -> None:
    visit = room.confirmed()
    paper = Paper.objects.get(about_kind="visit")
    assert paper.number == "Y26-0001" and Copy.objects.filter(paper=paper).count() == 7
    assert paper.revisions.get().content["programme"][0]["place"] == "宴会厅"
    assert VisitPart.objects.filter(asked_at__isnull=False).count() == 2
    assert Notice.objects.filter(person_id=room.cast.people["fang"].pk, text__contains="acknowledge").count() == 1
    with pytest.raises(Refusal):
        actions.confirm(visit, **room.by())


def test_one_acknowledges_for_oneself_once_it_is_confirmed(room: Room) -> None:
    visit = room.approved()
    with pytest.raises(Refusal) as early:
        actions.acknowledge(visit, **room.by("fang"))
    assert early.value.code == "wrong_state"
    actions.confirm(visit, **room.by())
    with pytest.raises(Refusal) as other:
        actions.acknowledge(visit, **room.by("gu"))
    assert other.value.code == "not_taking_part"
    first = actions.acknowledge(visit, **room.by("fang")).briefed_at
    room.at("11:00")
    assert actions.acknowledge(visit, **room.by("fang")).briefed_at == first


def test_received_in_their_time_and_reported_on(room: Room) -> None:
    visit = room.confirmed()
    with pytest.raises(Refusal) as early:
        actions.receive(visit, **room.by())
    assert early.value.code == "too_early"
    room.at("09:50", DAY)
    actions.receive(visit, **room.by())
    with pytest.raises(Invalid) as wrong:
        actions.report(visit, as_planned=False, shown_text=" ", cost=Decimal(-1), **room.by())
    assert set(wrong.value.errors) == {"shown_text", "differences", "cost"}
    done = actions.report(visit, as_planned=False, shown_text="大堂", differences="厨房未看", cost=Decimal("88.50"), **room.by())
    assert (done.state, done.cost, done.as_planned) == ("reported", Decimal("88.50"), False)


def test_called_off_everything_falls_away(room: Room) -> None:
    waiting = room.drawn()
    actions.submit(waiting, **room.by())
    actions.call_off(waiting, reason="对方取消", **room.by())
    assert Approval.objects.get().state == "withdrawn"
    visit = room.confirmed(organisation="省厅")
    actions.call_off(visit, reason="对方取消", **room.by())
    assert Paper.objects.get(about_kind="visit").voided_at is not None
    assert Notice.objects.filter(person_id=room.cast.people["fang"].pk, text__contains="called off").count() == 1
    with pytest.raises(Refusal):
        actions.call_off(visit, reason="再取消", **room.by())


def test_a_paper_is_a_file_or_a_place(room: Room) -> None:
    visit = room.drawn()
    for more in ({}, {"data": b"MZ" + b"\x00" * 200, "name": "x.exe"}, {"lies_at": "长" * 121}):
        with pytest.raises(Invalid):
            actions.attach(visit, kind="letter", **more, **room.by())
    with pytest.raises(Invalid):
        actions.attach(visit, kind="nothing", lies_at="柜", **room.by())
    paper = actions.attach(visit, kind="instruction", data="关于接待的函".encode(), name="函.txt", **room.by())
    assert paper.file is not None and paper.file.mime == "text/plain"
    actions.detach(paper, **room.by())
    assert visit.papers.filter(removed_at__isnull=True).count() == 1
