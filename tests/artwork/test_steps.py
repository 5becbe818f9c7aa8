"""An art order from the order to the day it comes down: every step, what refuses it, who may."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from guiju.artwork import actions
from guiju.artwork.models import ArtOrder
from guiju.duties.models import Duty
from guiju.logbook.models import Entry
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Conflict, GateRefused, Invalid, Missing, NotAllowed, Refusal
from tests.artwork.scene import Studio
from tests.cast import TODAY

pytestmark = pytest.mark.django_db
State = ArtOrder.State


def kinds() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="art.").order_by("seq").values_list("kind", flat=True))


def test_from_the_order_to_the_day_it_comes_down(studio: Studio) -> None:
    row = studio.order(until_at=studio.due("21:00", 2), from_at=studio.due("17:00", 1))
    assert (row.number, row.state, row.department, row.ordered_by.username) == ("A26-0001", "ordered", "sales", "lin")
    actions.take(row, **studio.by("hua", "10:10"))
    actions.show_proof(row, file=studio.file(), remark="红底白字", **studio.by("hua", "10:30"))
    actions.return_proof(row, reason="“岬”写成了“岸”", **studio.by("lin", "10:40"))
    assert row.state == State.RETURNED
    second = actions.show_proof(row, file=studio.file("red"), **studio.by("hua", "10:50"))
    actions.approve_text(row, text_hash=row.text_hash, **studio.by("lin", "11:00"))
    actions.finish(row, used="布 8 米", cost=Decimal("120.50"), **studio.by("hua", "14:00"))
    actions.check(row, good=True, **studio.by("mei", "14:10"))
    actions.deliver(row, photo=studio.file("blue"), **studio.by("hua", "15:00"))
    actions.sign_for(row, **studio.by("lin", "15:20"))
    assert (row.state, row.signed_by.username, row.cost, second.round) == ("signed", "lin", Decimal("120.50"), 2)
    actions.take_down(row, **studio.by("hua", "09:00", TODAY + timedelta(days=3)))
    row.refresh_from_db()
    assert row.state == State.DOWN and row.down_at
    assert list(row.proofs.order_by("round").values_list("accepted", "reason")) == [(False, "“岬”写成了“岸”"), (True, "")]
    assert kinds() == [
        "art.ordered", "art.taken", "art.proof_shown", "art.proof_returned", "art.proof_shown", "art.text_approved", "art.made", "art.checked",
        "art.delivered", "art.signed", "art.taken_down",
    ]
    assert not Duty.objects.filter(subject_kind="art_order", met_at__isnull=True, ended_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"what": "elephant"}, "item"), ({"text_zh": "", "text_en": " \n "}, "text_zh"), ({"quantity": 0}, "quantity"), ({"quantity": 10_000}, "quantity"),
        ({"due_at": None}, "due_at"), ({"due_at": "past"}, "due_at"), ({"due_at": "far"}, "due_at"), ({"from_at": "before due"}, "due_at"),
        ({"until_at": "before due"}, "until_at"), ({"title": "x" * 121}, "title"), ({"text_en": "x" * 2001}, "text_en"), ({"department": "fnb"}, "department"),
        ({"about": ("booking", "0190")}, "about"), ({"about": ("moon", "1")}, "about"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_written(studio: Studio, wrong: dict[str, Any], field: str) -> None:
    moments = {
        "past": studio.cast.at("09:59"), "far": studio.cast.at("10:00", TODAY + timedelta(days=900)), "before due": studio.due() - timedelta(minutes=1),
    }
    given = {name: moments.get(value, value) if isinstance(value, str) else value for name, value in wrong.items()}
    with pytest.raises(Invalid) as refused:
        studio.order(**given)
    assert set(refused.value.errors) == {field} and not ArtOrder.objects.exists() and kinds() == []


def test_photography_needs_no_text_and_no_proof(studio: Studio) -> None:
    row = studio.order(what="photography", text_zh="", text_en="", size="", material="")
    actions.take(row, **studio.by("hua"))
    with pytest.raises(Refusal):
        actions.show_proof(row, file=studio.file(), **studio.by("hua"))
    assert actions.finish(row, **studio.by("hua")).state == State.MADE


def test_nothing_is_made_before_the_text_is_approved_unless_the_pr_manager_lets_it_pass(studio: Studio) -> None:
    from guiju.duties.actions import waive_gate

    row = studio.order()
    actions.take(row, **studio.by("hua"))
    with pytest.raises(GateRefused) as refused:
        actions.finish(row, **studio.by("hua"))
    assert [(one.clause, one.rule) for one in refused.value.verdict.refusals] == [("post.art.orders", "approved")]
    asked: dict[str, Any] = {"verb_name": "art_order.finish", "clause": "post.art.orders", "rule": "approved", "need": "text_approved"}
    with pytest.raises(NotAllowed):
        waive_gate(studio.cast.hotel, **asked, subject=row.subject, reason="急", **studio.by("mei"))
    waive_gate(studio.cast.hotel, **asked, subject=row.subject, reason="客人已到，电话认可", **studio.by("gu"))
    assert actions.finish(row, **studio.by("hua")).state == State.MADE


def test_nobody_checks_his_own_work_and_nothing_goes_out_unchecked(studio: Studio) -> None:
    row = studio.order()
    actions.take(row, **studio.by("hua"))
    actions.show_proof(row, file=studio.file(), **studio.by("hua"))
    actions.approve_text(row, text_hash=row.text_hash, **studio.by("lin"))
    actions.finish(row, **studio.by("hua"))
    with pytest.raises(Refusal) as own:
        actions.check(row, good=True, **studio.by("hua"))
    with pytest.raises(GateRefused) as refused:
        actions.deliver(row, **studio.by("hua"))
    assert own.value.code == "own_work" and refused.value.verdict.refusals[0].clause == "post.art.attendance"
    with pytest.raises(Invalid):
        actions.check(row, good=False, **studio.by("mei"))
    actions.check(row, good=False, fault="边没有裁齐", **studio.by("mei"))
    assert (row.state, row.fault, row.made_at) == (State.APPROVED, "边没有裁齐", None)
    assert Duty.objects.filter(clause="post.art.attendance", rule="correct", met_at__isnull=True).count() == 1
    actions.finish(row, **studio.by("hua", "11:00"))
    actions.check(row, good=True, **studio.by("mei", "11:10"))
    assert row.fault == "" and actions.deliver(row, **studio.by("hua", "11:20")).state == State.DELIVERED


def test_another_text_goes_back_to_proof_and_the_old_approval_is_void(studio: Studio) -> None:
    row = studio.made()
    with pytest.raises(Conflict):
        actions.change(row, card={"place": "大堂"}, version=row.version - 1, **studio.by("lin", "12:00"))
    row.refresh_from_db()
    actions.change(row, card={"text_zh": "热烈欢迎东岬机电 2027 年度答谢会"}, version=row.version, **studio.by("lin", "12:00"))
    assert (row.state, row.approved_at, row.approved_hash, row.made_at, row.checked_at) == (State.TAKEN, None, "", None, None)
    assert kinds()[-2:] == ["art.changed", "art.reopened"]
    with pytest.raises(GateRefused):
        actions.finish(row, **studio.by("hua", "12:10"))


@pytest.mark.parametrize(("card", "state"), [({"place": "大堂"}, "made"), ({"quantity": 3}, "approved"), ({"size": "4 m"}, "taken"), ({}, "made")])
def test_which_change_undoes_what(studio: Studio, card: dict[str, Any], state: str) -> None:
    row = studio.made()
    actions.change(row, card=card, version=row.version, **studio.by("lin", "12:00"))
    assert row.state == state


def test_an_approval_binds_the_text_that_was_read(studio: Studio) -> None:
    row = studio.order()
    actions.take(row, **studio.by("hua"))
    actions.show_proof(row, file=studio.file(), **studio.by("hua"))
    read = row.text_hash
    actions.change(row, card={"text_en": "Welcome"}, version=row.version, **studio.by("lin"))
    actions.show_proof(row, file=studio.file("red"), **studio.by("hua"))
    with pytest.raises(Conflict):
        actions.approve_text(row, text_hash=read, **studio.by("lin"))
    assert actions.approve_text(row, text_hash=row.text_hash, **studio.by("wen")).state == State.APPROVED


def test_work_that_is_not_as_ordered_is_put_right_and_handed_over_again(studio: Studio) -> None:
    row = studio.hung()
    with pytest.raises(Invalid):
        actions.refuse(row, reason=" ", **studio.by("lin", "12:10"))
    actions.refuse(row, reason="挂歪了", **studio.by("lin", "12:10"))
    assert (row.state, row.fault, row.delivered_at, row.photo) == (State.APPROVED, "挂歪了", None, None)
    open_now = set(Duty.objects.filter(subject_id=str(row.pk), met_at__isnull=True, ended_at__isnull=True).values_list("clause", "rule"))
    assert open_now == {("post.art.orders", "hand-over"), ("post.art.attendance", "correct")}


def test_whoever_makes_it_does_not_answer_for_whoever_ordered_it(studio: Studio) -> None:
    """PR orders a sign: an art worker belongs to PR too, and still does not approve its text or sign for it."""
    row = studio.order("qiao", what="sign")
    actions.take(row, **studio.by("hua"))
    actions.show_proof(row, file=studio.file(), **studio.by("hua"))
    for who in ("hua", "mei", "lin", "chen"):
        with pytest.raises(NotAllowed):
            actions.approve_text(row, text_hash=row.text_hash, **studio.by(who))
    assert actions.approve_text(row, text_hash=row.text_hash, **studio.by("qiao")).state == State.APPROVED


def test_what_is_over_stays_over(studio: Studio) -> None:
    row = studio.order()
    with pytest.raises(Invalid):
        actions.cancel(row, reason="x", **studio.by("lin"))
    with pytest.raises(NotAllowed):
        actions.cancel(row, reason="不要了", **studio.by("chen"))
    actions.cancel(row, reason="会议取消", **studio.by("lin"))
    for step in (actions.take, actions.take_down, lambda one, **by: actions.finish(one, **by)):
        with pytest.raises(Refusal):
            step(row, **studio.by("hua"))
    with pytest.raises(Refusal):
        actions.change(row, card={"place": "x"}, version=row.version, **studio.by("lin"))
    assert not Duty.objects.filter(subject_id=str(row.pk), met_at__isnull=True, ended_at__isnull=True).exists()


def test_two_take_it_and_one_has_it(studio: Studio) -> None:
    row = studio.order()
    same = ArtOrder.objects.get(pk=row.pk)
    actions.take(row, **studio.by("hua"))
    with pytest.raises(Refusal) as late:
        actions.take(same, **studio.by("mei"))
    assert late.value.code == "wrong_state" and ArtOrder.objects.get().worker.username == "hua"


def test_another_room_orders_for_what_it_is_about(studio: Studio) -> None:
    """As VIP, group and event do: a row or a pair, by the clock too, then for a department that is named."""
    first = studio.order()
    made = actions.order(
        studio.cast.hotel, about=first, what="menu", text_zh="菜谱", due_at=studio.due(), department="pr",
        by=the_clock(studio.cast.hotel.pk), now=studio.cast.at("10:00"),
    )
    assert (made.about_kind, made.about_id, made.ordered_by, made.department) == ("art_order", str(first.pk), None, "pr")


def test_another_hotel_sees_nothing(studio: Studio) -> None:
    from guiju.artwork import queries
    from guiju.house.models import Hotel

    row = studio.order()
    other = Hotel.objects.create(code="andere", name="x", zone="Asia/Shanghai", created_at=studio.cast.at("10:00"))
    with pytest.raises(Missing):
        actions.take(row, by=the_clock(other.pk), now=studio.cast.at("10:00"))
    with pytest.raises(Missing):
        queries.pick(studio.cast.actor("chen"), row.pk)
