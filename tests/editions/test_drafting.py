"""A clause is changed in a draft: its cases run at once, one proposes, another approves; what runs keeps its edition."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.duties.models import Duty, Edition
from guiju.editions.models import Draft
from guiju.logbook.models import Entry
from tests.cast import TODAY
from tests.editions.conftest import FASTER, approved, begun, changed, proposed, settled
from tests.stories.conftest import Story

NOON = "2026-11-24T12:00:00+08:00"
REPLY = "booking.reply-30"


def kinds(draft: dict[str, Any]) -> list[str]:
    rows = Entry.objects.filter(subjects__kind="draft", subjects__subject_id=draft["id"]).order_by("seq")
    return list(rows.values_list("kind", flat=True))


def test_a_number_is_changed_and_its_cases_say_what_differs(story: Story, draft: dict[str, Any]) -> None:
    found = changed(story, draft, FASTER)
    red = [one for one in found["cases"] if not one["holds"]]
    assert 10 < len(red) < len(found["cases"])
    first = next(one for one in red if one["says"].startswith("周二 10:00"))
    said = {one["what"]: (one["expected"], one["derived"]) for one in first["differences"]}
    assert said["时限"] == ("11月24日 周二 10:30", "11月24日 周二 10:20") and said["结果"] == ("按时", "迟办")
    whole = story.get("shen", f"/standard/drafts/{draft['id']}")
    (change,) = whole["changes"]
    assert change["lines"] == [{"what": "时限", "old": "30 分", "new": "20 分"}]
    assert len(whole["failing"]) == len(red)


def test_a_case_expects_what_is_derived_and_the_change_stands_side_by_side(story: Story, draft: dict[str, Any]) -> None:
    changed(story, draft, FASTER)
    settled(story, draft)
    whole = story.get("shen", f"/standard/drafts/{draft['id']}")
    assert whole["failing"] == [] and whole["cases_run"] > 250
    case = next(one for one in whole["changes"][0]["cases"] if one["new"].startswith("周二 10:00"))
    assert case["lines"] == [{"what": "应有结果", "old": "时限 11月24日 周二 10:30、结果 按时", "new": "时限 11月24日 周二 10:20、结果 迟办"}]
    path = f"/standard/drafts/{draft['id']}/clauses/{REPLY}/cases/0"
    moved = {"says": "周二 10:00 收到协议单位传真，10:20 整答复，按时", "facts.1.at": "2026-11-24T10:20:00", "expect.0.status": "met"}
    found = story.do("shen", path, {"version": draft["version"], "changes": moved}, method="patch")
    assert found["cases"][0] == {"clause": REPLY, "number": 0, "says": moved["says"], "holds": True, "differences": []}


def test_from_its_day_new_requests_follow_it_and_running_ones_keep_theirs(story: Story) -> None:
    old = story.scene.came_in(client=story.scene.client, clock="11:50")
    approved(story, FASTER, NOON)
    story.at("11:59")
    before = story.scene.came_in(client=story.scene.client, clock="11:59")
    story.at("12:00")
    new = story.scene.came_in(client=story.scene.client, clock="12:00")
    spans = {
        str(row.subject_id): (row.due_at - row.opens_at, row.edition.number)
        for row in Duty.objects.filter(clause=REPLY).select_related("edition")
    }
    half, third = timedelta(minutes=30), timedelta(minutes=20)
    assert spans == {str(old.pk): (half, 1), str(before.pk): (half, 1), str(new.pk): (third, 2)}


def test_the_logbook_has_every_step(story: Story, draft: dict[str, Any]) -> None:
    changed(story, draft, FASTER)
    settled(story, draft)
    proposed(story, draft, NOON)
    story.do("lu", f"/standard/drafts/{draft['id']}/decide", {"approve": False, "words": "先问总台", "version": draft["version"]})
    draft["version"] += 1
    proposed(story, draft, NOON)
    story.do("lu", f"/standard/drafts/{draft['id']}/decide", {"approve": True, "version": draft["version"]})
    found = kinds(draft)
    assert found[:2] == ["draft.begun", "draft.changed"]
    assert [one for one in found if one != "draft.changed"][1:] == ["draft.proposed", "draft.returned", "draft.proposed", "draft.approved"]
    assert Entry.objects.filter(kind="edition.adopted").count() == 1


# ── what is refused ─────────────────────────────────────────────────────────────────────────────


def test_a_draft_whose_cases_fail_is_not_proposed(story: Story, draft: dict[str, Any]) -> None:
    changed(story, draft, FASTER)
    said = story.refused("shen", f"/standard/drafts/{draft['id']}/propose", {"version": draft["version"], "effective_at": NOON})
    assert said["code"] == "gate" and said["clauses"][0]["clause"] == "manual.versions" and said["clauses"][0]["missing"] == ["cases_hold"]
    assert Draft.objects.get().state == "open"


def test_the_past_is_no_beginning(story: Story, draft: dict[str, Any]) -> None:
    changed(story, draft, {"weight": 2})
    for at in ("2026-11-24T09:59:00+08:00", "2025-01-01T00:00:00+08:00"):
        said = story.refused("shen", f"/standard/drafts/{draft['id']}/propose", {"version": draft["version"], "effective_at": at}, status=422)
        assert set(said["errors"]) == {"effective_at"}
    proposed(story, draft, "2026-11-24T10:30:00+08:00")
    story.at("10:31")
    said = story.refused("lu", f"/standard/drafts/{draft['id']}/decide", {"approve": True, "version": draft["version"]})
    assert said["clauses"][0]["missing"] == ["effective_ahead"] and Edition.objects.count() == 1


def test_whoever_proposes_does_not_approve(story: Story, draft: dict[str, Any]) -> None:
    from guiju.house.models import Appointment

    cast = story.cast
    Appointment.objects.create(hotel=cast.hotel, person=cast.people["shen"], post="gm", from_at=cast.at("08:00"))
    changed(story, draft, {"weight": 2})
    proposed(story, draft, NOON)
    said = story.refused("shen", f"/standard/drafts/{draft['id']}/decide", {"approve": True, "version": draft["version"]})
    assert said["clauses"][0]["missing"] == ["another_person"] and Edition.objects.count() == 1
    row = Draft.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(pk=row.pk).update(state="approved", decided_by_id=row.proposed_by_id, edition=row.base)


def test_two_persons_even_where_the_standard_forgot_to_say_so(story: Story) -> None:
    """The wording may drop manual.versions; the floor under it stays."""
    from guiju.house.models import Appointment

    draft = begun(story)
    story.do("shen", f"/standard/drafts/{draft['id']}/clauses/manual.versions/remove", {"version": draft["version"]})
    draft["version"] += 1
    proposed(story, draft, "2026-11-24T10:10:00+08:00")
    story.do("lu", f"/standard/drafts/{draft['id']}/decide", {"approve": True, "version": draft["version"]})
    story.at("10:11")
    Appointment.objects.create(hotel=story.cast.hotel, person=story.cast.people["shen"], post="gm", from_at=story.cast.at("08:00"))
    again = begun(story)
    changed(story, again, {"weight": 2})
    proposed(story, again, NOON)
    assert story.refused("shen", f"/standard/drafts/{again['id']}/decide", {"approve": True, "version": again["version"]})["code"] == "same_person"
    failing = begun(story, "又一稿")
    changed(story, failing, FASTER)
    assert story.refused("shen", f"/standard/drafts/{failing['id']}/propose", {"version": failing["version"], "effective_at": NOON})["code"] == "cases_fail"


def test_a_reason_goes_with_what_is_returned(story: Story, draft: dict[str, Any]) -> None:
    changed(story, draft, {"weight": 2})
    proposed(story, draft, NOON)
    answer = {"approve": False, "version": draft["version"]}
    assert set(story.refused("lu", f"/standard/drafts/{draft['id']}/decide", answer, status=422)["errors"]) == {"reason"}
    found = story.do("lu", f"/standard/drafts/{draft['id']}/decide", {**answer, "words": "先问总台"})
    assert (found["state"], found["words"]) == ("returned", "先问总台")
    draft["version"] = found["version"]
    changed(story, draft, {"weight": 4})
    assert "draft.returned" in kinds(draft)


def test_nothing_is_changed_while_it_waits(story: Story, draft: dict[str, Any]) -> None:
    changed(story, draft, {"weight": 2})
    proposed(story, draft, NOON)
    path = f"/standard/drafts/{draft['id']}/clauses/{REPLY}"
    assert story.refused("shen", path, {"version": draft["version"], "changes": FASTER}, method="patch")["code"] == "draft_closed"
    story.do("shen", f"/standard/drafts/{draft['id']}/take-back")
    changed(story, draft, {"weight": 5})
    story.do("shen", f"/standard/drafts/{draft['id']}/drop")
    assert story.refused("shen", path, {"version": draft["version"], "changes": {"weight": 1}}, method="patch")["code"] == "draft_closed"


def test_who_saved_first_is_seen_beside_what_one_meant(story: Story, draft: dict[str, Any]) -> None:
    stale = draft["version"]
    changed(story, draft, FASTER)
    said = story.refused("shen", f"/standard/drafts/{draft['id']}/clauses/{REPLY}", {"version": stale, "changes": {"rule.0.due.within": "25m"}}, method="patch")
    assert said["code"] == "conflict" and said["versions"]["mine"] == {"时限": "25 分"} and said["versions"]["theirs"] == {"时限": "20 分"}


def test_two_drafts_in_parallel(story: Story) -> None:
    """The second cannot be proposed on an edition that is no longer the newest; what both changed is chosen, the rest comes in."""
    first, second = begun(story, "快一点"), begun(story, "慢一点")
    changed(story, second, {"rule.0.due.within": "40m"})
    changed(story, second, {"weight": 7}, "booking.handle-at-once")
    settled(story, second)
    changed(story, first, FASTER)
    changed(story, first, {"weight": 9}, "group.meet")
    settled(story, first)
    proposed(story, first, NOON)
    story.do("lu", f"/standard/drafts/{first['id']}/decide", {"approve": True, "version": first["version"]})
    later = "2026-11-25T00:00:00+08:00"
    said = story.refused("shen", f"/standard/drafts/{second['id']}/propose", {"version": second["version"], "effective_at": later})
    assert said["code"] == "conflict" and story.get("shen", f"/standard/drafts/{second['id']}")["behind"]
    newer = f"/standard/drafts/{second['id']}/newer"
    assert story.refused("shen", newer, {"version": second["version"]})["code"] == "conflict"
    page = story.cast.sign_in("shen").get(f"/editions/drafts/{second['id']}/newer/").content.decode()
    assert "40 分" in page and "20 分" in page and f'name="keep:{REPLY}"' in page
    found = story.do("shen", newer, {"version": second["version"], "keep": {REPLY: "mine"}})
    assert found["base"] == 2 and {one["clause"] for one in found["changes"]} == {REPLY, "booking.handle-at-once"}
    assert found["failing"] == []
    said = story.refused(
        "shen", f"/standard/drafts/{second['id']}/propose",
        {"version": found["version"], "effective_at": "2026-11-24T11:00:00+08:00"}, status=422,
    )
    assert set(said["errors"]) == {"effective_at"}  # edition 2 begins at noon
    second["version"] = found["version"]
    proposed(story, second, later)
    story.do("lu", f"/standard/drafts/{second['id']}/decide", {"approve": True, "version": second["version"]})
    assert "weight = 9" in "".join(Edition.objects.get(number=3).texts.values())


def test_an_unchanged_draft_is_no_edition(story: Story, draft: dict[str, Any]) -> None:
    said = story.refused("shen", f"/standard/drafts/{draft['id']}/propose", {"version": draft["version"], "effective_at": NOON})
    assert said["code"] == "unchanged"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("rule.0.due.within", "-5m"), ("rule.0.due.within", "0m"), ("rule.0.due.within", "20 parsecs"), ("rule.0.due.within", 20), ("weight", -1),
        ("weight", "heavy"), ("weight", True), ("text.en", ""), ("text.zh", "长" * 700), ("rule.0.owner", "boss"), ("rule.0.due.calendar", "moon"),
        ("rule.0.escalates", {"at": ["150%"], "to": ["gm"]}), ("rule.0.escalates", {"at": ["50%"], "to": ["boss"]}),
        ("rule.0.escalates", {"at": ["50%"], "to": []}), ("rule.0.waive.by", ["boss"]), ("rule.0.waive.by", []), ("rule.7.owner", "gm"), ("id", "x.y"),
    ],
)
def test_nonsense_is_refused_beside_its_field(story: Story, draft: dict[str, Any], path: str, value: Any) -> None:
    body = {"version": draft["version"], "changes": {path: value}}
    said = story.refused("shen", f"/standard/drafts/{draft['id']}/clauses/{REPLY}", body, status=422, method="patch")
    assert any(key.startswith(path) or key == f"changes.{path}" for key in said["errors"]), said["errors"]
    assert Draft.objects.get().version == draft["version"] and kinds(draft) == ["draft.begun"]


def test_a_clause_as_text(story: Story, draft: dict[str, Any]) -> None:
    path = f"/standard/drafts/{draft['id']}/clauses/{REPLY}"
    toml = story.get("shen", path)["toml"]
    assert toml.startswith("[[clause]]") and toml.count("[[clause.case]]") > 10
    slip = toml.replace('"30m"', '"0m"')
    said = story.refused("shen", path, {"version": draft["version"], "toml": slip}, status=422, method="put")
    line = next(number for number, text in enumerate(slip.split("\n"), start=1) if '"0m"' in text)
    assert said["errors"]["toml"] == [f"第 {line} 行：within: no time at all: '0m'"]
    for wrong in ("", "x", "[[clause]]\n", toml + "\n" + toml, toml.replace("reply-30", "reply-31")):
        assert set(story.refused("shen", path, {"version": draft["version"], "toml": wrong}, status=422, method="put")["errors"]) == {"toml"}
    found = story.do("shen", path, {"version": draft["version"], "toml": toml.replace("weight = 3", "weight = 4")}, method="put")
    assert found["version"] == draft["version"] + 1


def test_a_clause_of_our_own_and_one_that_goes(story: Story, draft: dict[str, Any]) -> None:
    from guiju.editions.views.clauses import NEW

    path = f"/standard/drafts/{draft['id']}/clauses"
    assert set(story.refused("shen", path, {"version": draft["version"], "toml": NEW}, status=422)["errors"]) == {"toml"}
    toml = NEW.replace('source = ""', 'source = "own"').replace('zh = ""', 'zh = "自定"').replace('en = ""', 'en = "Our own"').replace('says   = ""', 'says   = "按时"')
    found = story.do("shen", path, {"version": draft["version"], "toml": toml})
    assert [(one["clause"], one["state"]) for one in found["changes"]] == [("own.name", "new")] and found["failing"] == []
    found = story.do("shen", f"{path}/own.name/remove", {"version": found["version"]})
    assert found["changes"] == []
    found = story.do("shen", f"{path}/group.meet/remove", {"version": found["version"]})
    assert [(one["clause"], one["state"]) for one in found["changes"]] == [("group.meet", "gone")]
    assert story.refused("shen", f"{path}/{REPLY}/remove", {"version": found["version"]})["code"] == "clause_needed"  # a duty of a post rests on it
    found = story.do("shen", f"{path}/group.meet/restore", {"version": found["version"]})
    assert found["changes"] == []


def test_a_case_more_and_a_case_less(story: Story, draft: dict[str, Any]) -> None:
    path = f"/standard/drafts/{draft['id']}/clauses/booking.form-cash-fit/cases"
    assert set(story.refused("shen", f"{path}/0/copy", {"version": draft["version"], "says": " "}, status=422)["errors"]) == {"says"}
    found = story.do("shen", f"{path}/0/copy", {"version": draft["version"], "says": "再来一例"})
    assert found["cases"][1]["says"] == "再来一例"
    many = len(found["cases"])
    while many > 3:
        found = story.do("shen", f"{path}/1/remove", {"version": found["version"]})
        many -= 1
    assert story.refused("shen", f"{path}/1/remove", {"version": found["version"]})["code"] == "too_few_cases"
    assert story.refused("shen", f"{path}/99/remove", {"version": found["version"]}, status=404)


def test_only_the_sales_manager_edits_and_only_the_general_manager_approves(story: Story, draft: dict[str, Any]) -> None:
    pk = draft["id"]
    for who in ("lin", "fang", "guan"):
        assert story.refused(who, "/standard/drafts", {"title": "我的"}, status=403)
        assert story.cast.sign_in(who).get(f"/editions/drafts/{pk}/").status_code == 403
    assert story.refused("lu", "/standard/drafts", {"title": "我的"}, status=403)
    assert story.refused("shen", f"/standard/drafts/{pk}/decide", {"approve": True, "version": 1}, status=403)
    assert story.cast.sign_in("lu").get(f"/editions/drafts/{pk}/").status_code == 200
    assert story.cast.sign_in("lin").get(f"/editions/{Edition.objects.get().pk}/").status_code == 200


def test_another_hotels_draft_is_not_there(story: Story, draft: dict[str, Any]) -> None:
    from guiju.house.models import Hotel

    other = Hotel.objects.create(code="andere", name="别家饭店", zone="Asia/Shanghai", created_at=story.cast.at("00:00", TODAY - timedelta(days=9)))
    Draft.objects.filter(pk=draft["id"]).update(hotel=other)
    assert story.refused("shen", f"/standard/drafts/{draft['id']}/drop", status=404)
    assert story.cast.sign_in("shen").get(f"/editions/drafts/{draft['id']}/").status_code == 404
