"""Items of a checklist: ticked by their department with the proof they ask for, withdrawn, by page and program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from guiju.checklists import actions, queries, words
from guiju.checklists.models import Tick
from guiju.duties.models import Duty
from guiju.shelf.errors import Invalid, Missing, NotAllowed, Refusal
from guiju.vip import actions as vips
from guiju.vip.models import VipPlan
from tests.vip.conftest import at, stage  # noqa: F401  # the same hotel
from tests.vip.scene import Stage

KEY: dict[str, Any] = {"clause": "vip.room-key", "rule": "key", "item": "key"}


@pytest.fixture
def plan(stage: Stage) -> VipPlan:  # noqa: F811
    return stage.approved()


def tick(stage: Stage, plan: VipPlan, who: str, clock: str, **more: Any) -> Tick:  # noqa: F811
    return actions.tick(stage.cast.hotel, subject=plan.subject, **{**KEY, **more}, **stage.by(who, clock))


def test_the_department_ticks_and_saying_it_twice_is_once(stage: Stage, plan: VipPlan) -> None:  # noqa: F811
    first = tick(stage, plan, "fang", "15:00")
    again = tick(stage, plan, "fu", "15:10")
    assert first.pk == again.pk and Tick.objects.count() == 1
    duty = Duty.objects.get(clause="vip.room-key")
    assert duty.met_at == stage.cast.at("15:00") and duty.met_by_id == stage.cast.people["fang"].pk


def test_others_do_not_the_keeper_does_with_a_reason(stage: Stage, plan: VipPlan) -> None:  # noqa: F811
    with pytest.raises(Missing):
        tick(stage, plan, "chen", "15:00")
    with pytest.raises(NotAllowed):
        tick(stage, plan, "tang", "15:00")
    with pytest.raises(Invalid) as wrong:
        tick(stage, plan, "lin", "15:00")
    assert "reason" in wrong.value.errors
    assert tick(stage, plan, "lin", "15:00", reason="总台电话告知").reason == "总台电话告知"


def test_what_is_not_owed_cannot_be_ticked(stage: Stage, plan: VipPlan) -> None:  # noqa: F811
    with pytest.raises(Missing):
        tick(stage, plan, "fang", "15:00", item="nothing")
    with pytest.raises(Missing):
        tick(stage, plan, "fang", "15:00", clause="vip.plan-approved", rule="distribute")
    vips.cancel(plan, reason="不来了", **stage.by("lin", "11:00"))
    with pytest.raises(Refusal) as refused:
        tick(stage, plan, "fang", "15:00")
    assert refused.value.code == "not_owed"


def test_withdrawn_within_five_minutes_freely_later_with_a_reason(stage: Stage, plan: VipPlan) -> None:  # noqa: F811
    """The duty stands again under its first deadline; the tick stays with who withdrew it and why."""
    row = tick(stage, plan, "fang", "15:00")
    actions.untick(row, **stage.by("fang", "15:05"))
    duty = Duty.objects.get(clause="vip.room-key")
    assert duty.met_at is None and duty.due_at == stage.cast.at("15:40")
    row = tick(stage, plan, "fang", "15:10")
    with pytest.raises(Invalid):
        actions.untick(row, **stage.by("fang", "15:16"))
    actions.untick(row, reason="房号写错", **stage.by("fang", "15:16"))
    assert Tick.objects.count() == 2 and not Tick.objects.filter(undone_at__isnull=True).exists()


def test_one_item_withdrawn_reopens_no_other(stage: Stage, plan: VipPlan) -> None:  # noqa: F811
    room = {"clause": "vip.room-check", "rule": "room"}
    tick(stage, plan, "ke", "15:00", **{**room, "item": "flowers"})
    row = tick(stage, plan, "ke", "15:01", **{**room, "item": "equipment"})
    actions.untick(row, **stage.by("ke", "15:02"))
    met = dict(Duty.objects.filter(clause="vip.room-check").values_list("occurrence", "met_at"))
    assert met["flowers"] == stage.cast.at("15:00") and met["equipment"] is None


def test_each_of_a_list_is_an_item_of_its_own(stage: Stage, plan: VipPlan) -> None:  # noqa: F811
    spaces = {"clause": "vip.parking", "rule": "spaces"}
    tick(stage, plan, "an", "16:00", **{**spaces, "item": "parking:沪A12345"})
    met = dict(Duty.objects.filter(clause="vip.parking").values_list("occurrence", "met_at"))
    assert met == {"parking:沪A12345": stage.cast.at("16:00"), "parking:2": None}
    assert words.name_of("vip.parking", "parking:2").endswith(": 2")


def test_my_departments_items_of_today(stage: Stage, plan: VipPlan, at: Callable[..., None]) -> None:  # noqa: F811
    """Housekeeping sees its three by the hour, ticks one with a tap, withdraws it, and takes the list away if it may."""
    at("15:00")
    ke = stage.cast.sign_in("ke")
    page = ke.get("/checklists/").content.decode()
    assert "鲜花到房" in page and "水果到房" not in page and "钥匙装袋" not in page
    flowers = Duty.objects.get(clause="vip.room-check", occurrence="flowers")
    assert ke.post(f"/checklists/items/{flowers.pk}/", {"next": "/checklists/"})["Location"] == "/checklists/"
    row = Tick.objects.get()
    assert ke.post(f"/checklists/ticks/{row.pk}/undo").status_code == 302
    assert Tick.objects.get().undone_at is not None
    assert ke.post(f"/checklists/items/{flowers.pk}/", {"next": "https://evil.example/"})["Location"] == "/checklists/"
    assert ke.get("/checklists/?export=csv").status_code == 403
    assert stage.cast.sign_in("ku").get("/checklists/?export=csv").status_code == 200
    assert stage.cast.sign_in("chen").get(f"/checklists/items/{flowers.pk}/").status_code == 404


def test_a_late_withdrawal_without_reason_says_so_beside_the_field(stage: Stage, plan: VipPlan, at: Callable[..., None]) -> None:  # noqa: F811
    row = tick(stage, plan, "fang", "15:00")
    at("15:30")
    answer = stage.cast.sign_in("fang").post(f"/checklists/ticks/{row.pk}/undo", {"reason": ""})
    assert answer.status_code == 422 and "请写明撤回原因" in answer.content.decode()


def test_a_file_that_is_no_picture(stage: Stage, plan: VipPlan, at: Callable[..., None]) -> None:  # noqa: F811
    from django.core.files.uploadedfile import SimpleUploadedFile

    at("15:00")
    extras = Duty.objects.get(clause="vip.room-check", occurrence="extras")
    answer = stage.cast.sign_in("ke").post(f"/checklists/items/{extras.pk}/", {"photo": SimpleUploadedFile("a.png", b"MZ\x90\x00", "image/png")})
    assert answer.status_code == 422 and not Tick.objects.exists()


def test_groups_by_time(stage: Stage, plan: VipPlan) -> None:  # noqa: F811
    now = stage.cast.at("15:00")
    items = queries.items_of(stage.cast.actor("lin"), [plan.subject], now)
    groups = queries.grouped(items, now)
    assert [group.due_at for group in groups] == sorted({one.duty.due_at for one in items})
    assert {one.name for one in groups[0].items if one.mine} == {"总经理致敬信到房", "总经理名片到房"}
