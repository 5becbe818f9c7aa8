"""Function space by the standard, through HTTP: no hall twice, an option has an end, who waits is answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.cast import TODAY
from tests.stories.conftest import Story

ON = TODAY + timedelta(days=9)
TOMORROW = TODAY + timedelta(days=1)


def ballroom(story: Story) -> None:
    """A ballroom of two halls, set up by the sales manager."""
    for code, parts in (("A", []), ("B", []), ("AB", ["A", "B"])):
        story.do("shen", "/functions/halls", {"code": code, "name": f"百合厅{code}", "capacity": {"banquet": 120 * len(code)}, "setup_minutes": 60, "turn_minutes": 30, "parts": parts})


def asked(hall: str, label: str, begins: str = "18:00", ends: str = "21:00", **more: Any) -> dict[str, Any]:
    return {"hall": hall, "label": label, "from_at": f"{ON}T{begins}:00+08:00", "until_at": f"{ON}T{ends}:00+08:00", **more}


def test_no_hall_is_let_twice(story: Story) -> None:
    """event.function-space: set-up and clearing counted in, the whole and its parts; the refusal names clause, clash and what is free."""
    ballroom(story)
    wedding = story.do("lin", "/functions", asked("A", "孙府婚宴"), expect=201)
    for hall, begins, ends in (("AB", "12:00", "17:30"), ("A", "21:00", "22:00")):
        problem = story.refused("he", "/functions", asked(hall, "年会", begins, ends))
        assert problem["code"] == "hall_taken" and [one["clause"] for one in problem["clauses"]] == ["event.function-space"]
        assert [one["function"] for one in problem["clash"]] == [wedding["id"]]
    problem = story.refused("he", "/functions", asked("A", "年会"))
    assert {"hall": "B", "hall_name": "百合厅B", "from_at": problem["free"][0]["from_at"], "until_at": problem["free"][0]["until_at"]} in problem["free"]
    story.do("he", "/functions", asked("AB", "年会", "12:00", "15:00"), expect=201)
    story.do("he", "/functions", asked("B", "年会"), expect=201)
    assert len(story.get("lin", "/functions", from_on=str(ON), until_on=str(ON + timedelta(days=1)))) == 3


def test_an_option_lapses_by_itself_at_its_time(story: Story) -> None:
    """event.function-space: a day before its end it is on the seller's list; confirmed it stays, otherwise the hall is free at that minute."""
    ballroom(story)
    until = f"{ON - timedelta(days=2)}T18:00:00+08:00"
    kept = story.do("lin", "/functions", asked("A", "孙府婚宴", option_until_at=until))
    gone = story.do("lin", "/functions", asked("B", "望潮商会", option_until_at=until))
    story.begins("lin", "event.function-space", "lapse", "18:00", ON - timedelta(days=3))
    story.do("lin", f"/functions/{kept['id']}/confirm")
    story.runs_out("lin", "event.function-space", "lapse", "18:00", ON - timedelta(days=2))
    story.at("18:02", ON - timedelta(days=2))
    story.round()
    story.round()
    assert [story.get("lin", f"/functions/{one['id']}")["state"] for one in (kept, gone)] == ["definite", "lapsed"]
    assert any("望潮商会" in one["text"] for one in story.get("lin", "/bell"))
    story.do("he", "/functions", asked("B", "陈府订婚"), expect=201)
    assert sorted(story.status("event.function-space", "lapse")) == ["met", "superseded"]


def test_an_option_that_is_kept_longer_lapses_later(story: Story) -> None:
    """event.function-space: extended, the option runs until its new end."""
    ballroom(story)
    made = story.do("lin", "/functions", asked("A", "孙府婚宴", option_until_at=f"{TOMORROW}T18:00:00+08:00"))
    story.do("lin", f"/functions/{made['id']}/extend", {"option_until_at": f"{TOMORROW}T20:00:00+08:00"})
    story.at("18:01", TOMORROW)
    story.round()
    assert story.get("lin", f"/functions/{made['id']}")["state"] == "option"
    story.at("20:01", TOMORROW)
    story.round()
    assert story.get("lin", f"/functions/{made['id']}")["state"] == "lapsed"


def test_who_waits_for_a_hall_is_answered_within_four_hours(story: Story) -> None:
    """event.function-space: the hall comes free, the seller of the one who waits hears it and has four working hours."""
    ballroom(story)
    taken = story.do("he", "/functions", asked("A", "孙府婚宴"))
    entry = story.do("lin", "/functions/waiting", asked("AB", "宁府寿宴", "12:00", "16:45"), expect=201)
    assert not story.owed("lin", "event.function-space", "waiting")
    story.do("he", f"/functions/{taken['id']}/release", {"reason": "客户取消"})
    assert any("宁府寿宴" in one["text"] for one in story.get("lin", "/bell"))
    story.runs_out("lin", "event.function-space", "waiting", "14:00")
    story.at("13:59")
    made = story.do("lin", f"/functions/waiting/{entry['id']}/take", expect=201)
    assert made["hall"] == "AB" and story.status("event.function-space", "waiting") == ["met"]


def test_who_hears_that_an_option_runs_out(story: Story) -> None:
    """event.function-space: half of the last day before its end whoever handles it hears of it."""
    ballroom(story)
    day = ON - timedelta(days=2)
    story.do("lin", "/functions", asked("A", "孙府婚宴", option_until_at=f"{day}T22:00:00+08:00"))
    heard = []
    for clock in ("09:59", "10:00"):
        story.at(clock, day)
        story.round()
        heard.append(len(story.get("lin", "/bell")))
    assert heard[1] - heard[0] == 1, heard
