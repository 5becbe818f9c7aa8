"""What a change concerns, what a department reads, how a sheet is laid out: no database."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from guiju.papers.forms import differences, lines_for, sheet, shown
from tests.papers.scene import GROUP, LETTER, NOTICE, RESERVATION


def changed(content: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {**copy.deepcopy(content), **values}


def with_row(content: dict[str, Any], table: str, row: int, **values: Any) -> dict[str, Any]:
    new = copy.deepcopy(content)
    new[table][row].update(values)
    return new


@pytest.mark.parametrize(
    ("new", "departments"),
    [
        (with_row(GROUP, "rooms", 0, rooms=19), {"front_desk", "housekeeping"}),
        (with_row(GROUP, "rooms", 0, rate="500"), {"front_cashier", "finance"}),
        (with_row(GROUP, "meals", 0, time="19:00"), {"fnb"}),
        (with_row(GROUP, "meals", 0, diet="素食 2 位"), {"fnb"}),
        (with_row(GROUP, "meals", 0, persons=40), {"fnb", "front_cashier", "finance"}),
        (changed(GROUP, payer="rooms: guest"), {"front_cashier", "finance"}),
        (changed(GROUP, leader="王芳"), {"front_desk", "security", "pr", "gm_office"}),
        (changed(GROUP, wake_up="27日 06:00"), {"front_desk"}),
        (changed(GROUP, guests=GROUP["guests"][:-1]), {"front_desk"}),
        (with_row(GROUP, "services", 0, at="2026-11-26 18:00"), {"bell_desk"}),
        (changed(GROUP, booked_on="2026-11-21"), {"sales"}),
    ],
)
def test_a_change_concerns_only_the_departments_of_its_fields(
    new: dict[str, Any], departments: set[str]
) -> None:
    found = differences("group_schedule", GROUP, new)
    assert {name for one in found for name in one.departments} == departments


def test_nothing_changed_gives_nothing() -> None:
    again = {**copy.deepcopy(GROUP), "number": "T1", "revision": 2, "guests": list(reversed(GROUP["guests"]))}
    assert differences("group_schedule", GROUP, again) == []


def test_a_difference_says_old_and_new_in_both_languages() -> None:
    (one,) = differences("group_schedule", GROUP, with_row(GROUP, "meals", 1, style="table"))
    assert (one.label, one.old, one.new) == ("11月27日 周五 早餐 形式", "自助", "桌餐")
    assert (one.label_en, one.old_en, one.new_en) == ("Fri 27 Nov breakfast Style", "buffet", "set menu")
    assert one.as_dict()["departments"] == ["fnb"]
    assert set(one.as_dict()) >= {"key", "label", "old", "new", "departments"}


def test_a_row_that_comes_or_goes_concerns_whom_its_filled_columns_concern() -> None:
    fewer = changed(GROUP, meals=GROUP["meals"][:1])
    (gone,) = differences("group_schedule", GROUP, fewer)
    assert (gone.new, set(gone.departments)) == ("", {"fnb", "front_cashier", "finance"})
    (come,) = differences("group_schedule", fewer, GROUP)
    assert (come.old, come.new) == ("", "07:00，西餐厅，38 位，司陪 3 位，自助，含")


def test_two_rows_with_the_same_key_are_compared_in_turn() -> None:
    twice = changed(RESERVATION, rooms=[RESERVATION["rooms"][0], {**RESERVATION["rooms"][0], "rooms": 2}])
    more = changed(RESERVATION, rooms=[RESERVATION["rooms"][0], {**RESERVATION["rooms"][0], "rooms": 3}])
    assert [(one.old, one.new) for one in differences("reservation_form", twice, more)] == [("2", "3")]


def test_f_and_b_reads_its_meals_and_not_the_money() -> None:
    lines = {line.label: line.value for line in lines_for("group_schedule", GROUP, "fnb", lang="zh")}
    assert lines["11月26日 周四 晚餐"] == "18:30，百合厅，38 位，司陪 3 位，桌餐，80 元/人，素食 1 位"
    assert not {"合计", "付款方式", "叫醒"} & set(lines)
    assert not any("480" in value for value in lines.values())


def test_the_cashier_reads_rates_and_who_pays() -> None:
    lines = {
        line.label: line.value for line in lines_for("group_schedule", GROUP, "front_cashier", lang="en-gb")
    }
    assert lines["Who pays"] == "meals company; rooms company"
    assert lines["Payment"] == "on account"
    assert lines["标准双床房 guests"] == "480"
    assert "Wake-up call" not in lines


def test_security_reads_arrival_importance_and_liaison() -> None:
    labels = [line.label for line in lines_for("group_schedule", GROUP, "security", lang="zh")]
    assert {"重要团队", "重要理由", "抵店", "联系人"} <= set(labels)
    assert not any("双床" in label or "晚餐" in label for label in labels)


def test_sales_reads_everything_and_a_service_only_its_department() -> None:
    everything = lines_for("group_schedule", GROUP, "sales", lang="zh")
    assert len(everything) > 60
    assert any(
        "行李 40 件" in line.label for line in lines_for("group_schedule", GROUP, "bell_desk", lang="zh")
    )
    assert not any(
        "行李 40 件" in line.label for line in lines_for("group_schedule", GROUP, "fnb", lang="zh")
    )


def test_a_notice_shows_each_department_its_own_items() -> None:
    fnb = lines_for("change_notice", NOTICE, "fnb", lang="zh")
    assert "素食 1 位 → 素食 2 位" in [line.value for line in fnb]
    assert not any("叫醒" in line.label for line in fnb)


def test_values_are_read_as_people_read_them() -> None:
    assert shown("arrival", "2026-11-26 17:30 MU512", "zh") == "2026年11月26日 周四 17:30 MU512"
    assert shown("on", "2026-11-26", "en") == "Thu 26 Nov"
    assert shown("arrival", "2026-13-45", "zh") == "2026-13-45"
    assert (shown("in_time", False, "zh"), shown("confidential", False, "zh")) == ("否", "")
    assert shown("total", "1234567.50", "zh") == "1,234,567.50"
    assert shown("collection", {"selling_rate": "800", "due_back": "160"}, "zh") == "返还 160；卖价 800"
    assert shown("phone", "021-5550-1234", "zh") == "021-5550-1234"


def test_a_sheet_marks_what_changed_and_strikes_what_is_gone() -> None:
    new = {
        **with_row(GROUP, "rooms", 0, rooms=19),
        "guests": GROUP["guests"][:-1],
        "number": "T7",
        "revision": 2,
    }
    laid = sheet("group_schedule", new, lang="zh-hans", old=GROUP, hotel_name="听涛饭店")
    cells = [cell for section in laid.sections for row in section.rows for cell in row]
    cells += [cell for section in laid.sections for row in section.grid for _label, cell in row]
    assert {(cell.old, cell.text) for cell in cells if cell.changed} == {
        ("18", "19"),
        ("客人37", ""),
        ("18", ""),
    }
    assert (laid.number, laid.revision, laid.important) == ("T7", 2, True)


def test_the_boxes_say_what_the_form_is() -> None:
    first = sheet("reservation_form", RESERVATION, lang="zh", hotel_name="听涛饭店")
    assert [(box.label, box.ticked) for box in first.boxes][:2] == [("新订", True), ("更改", False)]
    second = sheet("reservation_form", {**RESERVATION, "revision": 2}, lang="zh", hotel_name="听涛饭店")
    assert [box.label for box in second.boxes if box.ticked] == ["更改"]
    cancelled = sheet("change_notice", {**NOTICE, "kind": "cancel"}, lang="en", hotel_name="Tingtao Hotel")
    assert [box.label for box in cancelled.boxes if box.ticked] == ["Cancellation"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("reservation_form", RESERVATION),
        ("group_schedule", GROUP),
        ("change_notice", NOTICE),
        ("confirmation_letter", LETTER),
    ],
)
def test_every_kind_lays_out_from_nothing_and_from_everything(kind: str, content: dict[str, Any]) -> None:
    for lang in ("zh", "en"):
        assert sheet(kind, {}, lang=lang, hotel_name="听涛饭店").sections == ()
        assert sheet(kind, content, lang=lang, old={}, hotel_name="听涛饭店").sections
        assert lines_for(kind, content, "sales", lang=lang)
        assert differences(kind, {}, content) and differences(kind, content, {})


def test_the_rooming_list_says_sex_nationality_and_room_type_where_it_has_them() -> None:
    """Men, women and nationalities are counted at the top; a column that says nothing is not printed."""
    guests = [
        {"name": "陈一", "gender": "f", "nationality": "新加坡", "type": "标准双床房", "type_en": "Twin", "share": "1", "room": "", "remarks": ""},
        {"name": "李二", "gender": "m", "nationality": "马来西亚", "type": "标准双床房", "type_en": "Twin", "share": "1", "room": "", "remarks": ""},
    ]
    content = changed(GROUP, guests=guests, men=1, women=1, nationalities="新加坡 1；马来西亚 1")
    for lang, heads, row in (
        ("zh", ("姓名", "性别", "国籍", "房型", "同住", "房号", "备注"), ("陈一", "女", "新加坡", "标准双床房")),
        ("en", ("Name", "Sex", "Nationality", "Room type", "Shares", "Room", "Remarks"), ("陈一", "F", "新加坡", "Twin")),
    ):
        laid = sheet("group_schedule", content, lang=lang, hotel_name="听涛饭店")
        table = laid.sections[-1]
        assert table.heads == heads and tuple(cell.text for cell in table.rows[0])[:4] == row
        assert {"1"} == {cell.text for section in laid.sections for line in section.grid for label, cell in line if label in ("男宾", "女宾", "Men", "Women")}
    bare = sheet("group_schedule", GROUP, lang="zh", hotel_name="听涛饭店").sections[-1]
    assert bare.heads == ("姓名", "同住", "房号", "备注")
    moved = with_row(content, "guests", 0, gender="m")
    assert {name for one in differences("group_schedule", content, moved) for name in one.departments} == {"front_desk"}
