"""manual.read: everyone reads and acknowledges the clauses of his post, again when they change; who has not is seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from guiju.duties.editions import shipped_texts
from guiju.duties.models import Duty
from guiju.editions.models import Acknowledgement
from guiju.editions.posts import clauses_for
from guiju.editions.wordings import standard_of
from guiju.house import actions as house
from guiju.shelf.actor import the_clock
from tests.cast import TODAY
from tests.editions.conftest import FASTER, approved
from tests.stories.conftest import Story

NOON = "2026-11-24T12:00:00+08:00"
REPLY = "booking.reply-30"


def unread(story: Story, who: str) -> dict[str, str]:
    return {one["clause"]: one["wording"] for one in story.get(who, "/standard/mine") if not one["read"]}


def read_all(story: Story, who: str) -> int:
    return int(story.do(who, "/standard/mine/acknowledge", {"clauses": unread(story, who)})["many"])


def test_what_concerns_a_post() -> None:
    standard, _problems = standard_of(shipped_texts())
    seller, desk, gm = (set(clauses_for(standard, [post])) for post in ("business_sales_supervisor", "front_desk", "gm"))
    assert {"booking.reply-30", "booking.by-1800", "manual.read"} <= seller and len(seller) > 25
    assert {"booking.copies-group", "booking.by-1800", "manual.read"} <= desk and "booking.reply-30" not in desk
    assert {"manual.versions", "booking.group-escalate", "booking.copies-important"} <= gm and "booking.handle-at-once" not in gm
    assert clauses_for(standard, ["administrator"]) == {}
    assert clauses_for(standard, ["booking.reply-30"]) == {}


def test_a_new_edition_asks_everybody_whom_it_concerns(story: Story) -> None:
    for who in ("lin", "fang", "shen", "lu"):
        assert read_all(story, who)
    approved(story, FASTER, NOON)
    assert set(unread(story, "lin")) == {REPLY} and set(unread(story, "shen")) == {REPLY}
    assert not unread(story, "fang")  # it does not concern the front desk
    (owed,) = story.owed("lin", "manual.read")
    assert owed["rule"] == "read"
    found = next(one for one in story.get("lin", "/standard/mine") if one["clause"] == REPLY)
    assert found["changed"] == [{"what": "时限", "old": "30 分", "new": "20 分"}]
    page = story.cast.sign_in("lin").get("/my-standard/").content.decode()
    assert "<del>30 分</del>" in page and "本岗位有 1 条待阅" in page


def test_acknowledging_fulfils_it_and_is_written_down(story: Story) -> None:
    approved(story, FASTER, NOON)
    assert [one["status"] for one in story.owed("lin", "manual.read")] == ["open"]
    found = unread(story, "lin")
    part = dict(list(found.items())[:3])
    assert story.do("lin", "/standard/mine/acknowledge", {"clauses": part})["many"] == 3
    assert story.owed("lin", "manual.read")
    assert read_all(story, "lin") == len(found) - 3
    assert not story.owed("lin", "manual.read")
    assert story.do("lin", "/standard/mine/acknowledge", {"clauses": part})["many"] == 0
    assert Duty.objects.get(clause="manual.read", owner_person_id=story.cast.people["lin"].pk).met_by_id == story.cast.people["lin"].pk
    assert Acknowledgement.objects.filter(person_id=story.cast.people["lin"].pk).count() == len(found)


def test_the_page_acknowledges_what_was_ticked(story: Story) -> None:
    browser = story.cast.sign_in("fang")
    assert browser.post("/my-standard/", {}).status_code == 422
    clause, wording = next(iter(unread(story, "fang").items()))
    assert browser.post("/my-standard/", {"read": [f"{clause}={wording}"]}).status_code == 302
    assert clause not in unread(story, "fang")


def test_what_changed_while_one_read_is_read_once_more(story: Story) -> None:
    old = unread(story, "lin")
    approved(story, FASTER, NOON)
    said = story.refused("lin", "/standard/mine/acknowledge", {"clauses": {REPLY: old[REPLY]}})
    assert said["code"] == "reworded" and not Acknowledgement.objects.exists()


def test_a_clause_of_others_cannot_be_acknowledged(story: Story) -> None:
    wording = unread(story, "lin")[REPLY]
    for clauses in ({REPLY: wording}, {"no.such": "x"}, {}):
        assert set(story.refused("fang", "/standard/mine/acknowledge", {"clauses": clauses}, status=422)["errors"]) == {"clauses"}


def test_another_case_or_weight_asks_nobody(story: Story) -> None:
    read_all(story, "lin")
    approved(story, {"weight": 2}, NOON)
    assert not unread(story, "lin") and not story.owed("lin", "manual.read")


def test_whoever_takes_a_post_reads_its_clauses(story: Story) -> None:
    cast, by = story.cast, the_clock(story.cast.hotel.pk, via="cli")
    for who in ("fang",):
        read_all(story, who)
    house.appoint(cast.hotel, person=cast.people["fang"], post="group_sales_supervisor", by=by, now=cast.at("10:00"))
    assert REPLY in unread(story, "fang") and len(story.owed("fang", "manual.read")) == 1
    house.relieve(cast.hotel, person=cast.people["fang"], post="group_sales_supervisor", by=by, now=cast.at("11:00"))
    story.at("11:01")
    assert not story.owed("fang", "manual.read") and story.status("manual.read") == ["superseded"]


def test_managers_see_who_has_not_read(story: Story) -> None:
    read_all(story, "lin")
    lines = {one["person"]: one for one in story.get("shen", "/standard/readers")}
    assert lines["lin"]["unread"] == [] and len(lines["wen"]["unread"]) == lines["wen"]["concerned"] > 20
    assert {"fang", "lin", "lu"} <= set(lines)
    assert {one["person"] for one in story.get("fu", "/standard/readers")} == {"fang", "fu"}  # a head sees his people
    story.refused("lin", "/standard/readers", status=403, method="get")
    page = story.cast.sign_in("shen").get("/my-standard/readers/").content.decode()
    assert "闻静" in page


def test_reading_is_due_after_three_working_days(story: Story) -> None:
    approved(story, FASTER, NOON)
    duty: Any = Duty.objects.get(clause="manual.read", owner_person_id=story.cast.people["lin"].pk)
    assert duty.due_at == story.cast.at("20:00", TODAY + timedelta(days=3))
    assert duty.owner_department == "sales"
    assert Duty.objects.get(clause="manual.read", owner_person_id=story.cast.people["chen"].pk).owner_department == "fnb"
