"""A chain of approval: step after step, by the right post or who acts for it, never by the asker himself."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.approvals import actions, queries
from guiju.approvals.models import Approval, ApprovalStep
from guiju.house.models import Appointment
from guiju.logbook.models import Entry
from guiju.notices.models import Notice
from guiju.shelf.errors import Invalid, NotAllowed, Refusal
from tests.approvals.conftest import Desk


def said(row: Approval, kind: str) -> list[dict[str, Any]]:
    found = Entry.objects.filter(kind=kind, subjects__kind="approval", subjects__subject_id=str(row.pk)).order_by("seq")
    return [entry.attrs for entry in found]


def waiting(desk: Desk, who: str) -> list[Approval]:
    now = desk.cast.at("10:05")
    return list(queries.waiting_for(desk.cast.actor(who, now=now), now))


def test_one_step_after_the_other(desk: Desk) -> None:
    row = desk.ask()
    assert waiting(desk, "shen") == [row] and waiting(desk, "lu") == [] and waiting(desk, "qiao") == []
    desk.decide(row, "shen")
    assert desk.heard == [] and waiting(desk, "shen") == [] and waiting(desk, "lu") == [row]
    done = desk.decide(row, "lu", reason="好", moment="10:20")
    assert done.state == "given" and desk.heard == [(desk.about[1], True, "陆总")]
    assert [(one["step"], one["last"]) for one in said(row, "approval.given")] == [("sales_manager", False), ("gm", True)]
    assert said(row, "approval.asked")[0]["steps"] == ["sales_manager", "gm"]


def test_each_decider_is_told_and_so_is_the_asker(desk: Desk) -> None:
    row = desk.ask()
    assert Notice.objects.get(post="sales_manager").urgency == "soon" and not Notice.objects.filter(post="gm").exists()
    desk.decide(row, "shen")
    assert Notice.objects.filter(post="gm").count() == 1
    desk.decide(row, "lu")
    assert "东嘉集团参观" in Notice.objects.get(person_id=desk.cast.people["qiao"].pk).values["title"]


def test_only_whose_turn_it_is_decides_and_once(desk: Desk) -> None:
    row = desk.ask()
    for who in ("lu", "gu", "fang"):
        with pytest.raises(NotAllowed):
            desk.decide(row, who)
    desk.decide(row, "shen")
    with pytest.raises(NotAllowed):
        desk.decide(row, "shen")  # his step is over
    desk.decide(row, "lu")
    with pytest.raises(Refusal) as refused:
        desk.decide(row, "lu")
    assert refused.value.code == "decided" and len(desk.heard) == 1


def test_sending_back_needs_a_reason_and_ends_it(desk: Desk) -> None:
    row = desk.ask()
    for reason, name in (("", "reason"), (" ", "reason"), ("长" * 301, "reason")):
        with pytest.raises(Invalid) as wrong:
            desk.decide(row, "shen", accept=False, reason=reason)
        assert name in wrong.value.errors
    back = desk.decide(row, "shen", accept=False, reason="规格太高")
    assert (back.state, back.reason) == ("refused", "规格太高") and desk.heard == [(desk.about[1], False, "沈若溪")]
    assert waiting(desk, "lu") == [] and said(row, "approval.refused")[0]["step"] == "sales_manager"
    told = Notice.objects.get(person_id=desk.cast.people["qiao"].pk)
    assert told.values["reason"] == "规格太高"


def test_nobody_approves_his_own_the_general_manager_excepted(desk: Desk) -> None:
    row = desk.ask("shen", "sales_manager", "gm")
    with pytest.raises(Refusal) as refused:
        desk.decide(row, "shen")
    assert refused.value.code == "own_question" and waiting(desk, "shen") == []
    done = desk.decide(row, "lu")  # the head's own step was given by his asking
    assert done.state == "given" and [one["step"] for one in said(row, "approval.given")] == ["sales_manager", "gm"]
    alone = desk.ask("shen", "sales_manager")
    with pytest.raises(Refusal):
        desk.decide(alone, "shen")
    assert desk.decide(alone, "lu").state == "given"
    both = desk.ask("shen", "fnb_head", "sales_manager", "gm")
    desk.decide(both, "can")
    assert desk.decide(both, "lu").state == "given"  # both steps left are his: one word is enough
    own = desk.ask("lu", "gm")
    assert waiting(desk, "lu") == [own] and desk.decide(own, "lu").state == "given"


def test_who_stands_in_for_the_approver_does_not_approve_his_own(desk: Desk) -> None:
    desk.away("shen", "qiao")
    row = desk.ask("qiao", "sales_manager")
    with pytest.raises(Refusal) as refused:
        desk.decide(row, "qiao")
    assert refused.value.code == "own_question"


def test_who_is_away_is_stood_in_for(desk: Desk) -> None:
    row = desk.ask()
    with pytest.raises(NotAllowed):
        desk.decide(row, "he")
    desk.away("shen", "he")
    assert waiting(desk, "he") == [row]
    desk.decide(row, "he")
    step = ApprovalStep.objects.get(approval=row, number=0)
    assert (step.decided_by_id, step.for_id) == (desk.cast.people["he"].pk, desk.cast.people["shen"].pk)
    assert said(row, "approval.given")[0]["delegate"] is True


def test_the_one_who_stands_in_is_told(desk: Desk) -> None:
    desk.away("shen", "he")
    desk.ask()
    assert Notice.objects.filter(person_id=desk.cast.people["he"].pk).count() == 1


def test_a_post_that_nobody_holds_and_no_step_at_all_go_to_the_general_manager(desk: Desk) -> None:
    Appointment.objects.filter(post="sales_manager").update(until_at=desk.cast.at("07:00"))
    row = desk.ask()
    assert waiting(desk, "lu") == [row] and desk.decide(row, "lu").state == "given"
    bare = desk.ask(about=("visit", "2"), steps=())
    assert [step.post for step in bare.steps.all()] == ["gm"]


def test_a_head_of_department_is_a_step(desk: Desk) -> None:
    row = desk.ask("qiao", "department_head", "sales")
    assert [step.post for step in row.steps.order_by("number")] == ["pr_manager", "sales_manager"]
    desk.decide(row, "gu")
    assert desk.decide(row, "shen").state == "given"


def test_asking_anew_takes_the_place_of_what_is_open(desk: Desk) -> None:
    first = desk.ask()
    second = desk.ask(moment="10:02")
    first.refresh_from_db()
    assert first.state == "replaced" and waiting(desk, "shen") == [second]
    assert said(first, "approval.withdrawn")[0]["replaced"] is True
    with pytest.raises(Refusal):
        desk.decide(first, "shen")
    assert desk.heard == []


def test_the_asker_takes_it_back(desk: Desk) -> None:
    row = desk.ask()
    with pytest.raises(NotAllowed):
        desk_withdraw(desk, row, "gu")
    with pytest.raises(Invalid):
        desk_withdraw(desk, row, "qiao", "")
    assert desk_withdraw(desk, row, "qiao").state == "withdrawn"
    with pytest.raises(Refusal):
        desk_withdraw(desk, row, "qiao")
    assert waiting(desk, "shen") == [] and desk.heard == [] and desk.back == [desk.about[1]]


def desk_withdraw(desk: Desk, row: Approval, who: str, reason: str = "改期再议") -> Approval:
    return actions.withdraw(row, reason=reason, **desk.by(who, "10:06"))


def test_what_was_done_already_is_marked(desk: Desk) -> None:
    row = desk.ask(afterwards=True)
    assert row.is_afterwards and said(row, "approval.asked")[0]["afterwards"] is True
    assert "already" in Notice.objects.get(post="sales_manager").text


def test_an_unknown_kind_or_an_empty_title_asks_nothing(desk: Desk) -> None:
    with pytest.raises(Refusal):
        desk.ask(kind="nothing_such")
    with pytest.raises(Invalid):
        desk.ask(title="  ")
    assert not Approval.objects.exists()
