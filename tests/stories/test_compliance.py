"""manual.score through HTTP: a month's work, its figures, each number down to the evidence, and what a person may see of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest

from guiju.config.verifying import verify
from guiju.notices.models import Letter
from tests.cast import TODAY
from tests.stories.conftest import Story
from tests.stories.test_asking import asked
from tests.stories.test_main_job import FAX

REPLY, TAKE = "booking.reply-30", "booking.handle-at-once"
TOMORROW = TODAY + timedelta(days=1)


def summary(story: Story, who: str = "lu", **asked: Any) -> dict[str, Any]:
    return dict(story.get(who, "/compliance/summary", **asked))


def one(story: Story, clause: str, who: str = "lu", **asked: Any) -> dict[str, Any]:
    (found,) = [one for one in story.get(who, "/compliance", **asked) if one["clause"] == clause]
    return dict(found)


def page(story: Story, path: str, who: str = "lu", expect: int = 200, **asked: str) -> str:
    answer = story.cast.sign_in(who).get(path, asked)
    assert answer.status_code == expect, answer.status_code
    return str(answer.content.decode())


def test_a_number_leads_to_its_list_and_each_row_to_its_evidence(story: Story) -> None:
    """A request taken at 10:20 is late by five minutes; the page, its list, the duty's because and the logbook say the same."""
    row = asked(story, FAX)
    story.at("10:20")
    story.do("lin", f"/enquiries/{row['id']}/take")
    story.round()
    assert (one(story, TAKE)["met_late"], one(story, TAKE)["median_minutes"], one(story, TAKE)["limit_minutes"]) == (1, 20.0, 15.0)
    assert one(story, REPLY)["running"] == 1
    shown = page(story, "/compliance/", clause=TAKE)
    assert "按时率＝按时÷（应办－免办）" in shown
    (link,) = {found for found in re.findall(r'href="([^"]*compliance/list/[^"]*status=met_late[^"]*)"', shown) if "clause" not in found}
    listed = page(story, link.replace("&amp;", "&"))
    (duty,) = set(re.findall(r"/duties/([0-9a-f-]{36})/", listed))
    told = page(story, f"/duties/{duty}/")
    assert "日志记载" in told and "已接手" in told and "收到询订" in told
    evidence = story.get("lu", f"/compliance/duties/{duty}")
    assert evidence["duty"]["status"] == "met_late" and evidence["duty"]["because"]
    assert {"enquiry.received", "enquiry.taken"} <= {entry["kind"] for entry in evidence["entries"]}
    assert all(len(entry["hash"]) == 64 for entry in evidence["entries"])
    assert verify()[1] == []


@pytest.mark.parametrize("result", ["due", "met", "met_late", "late", "missed", "waived", "running", "superseded", "not_on_time", "all"])
def test_every_number_is_the_length_of_its_list(story: Story, result: str) -> None:
    """Five requests that end in five ways; whatever number is read, the list behind it is as long."""
    _five_ways(story)
    figure = one(story, REPLY)
    number = {"not_on_time": figure["met_late"] + figure["late"] + figure["missed"],
              "all": figure["due"] + figure["running"] + figure["superseded"]}.get(result, figure.get(result))
    listed = story.get("lu", "/compliance/list", clause=REPLY, status=result)
    assert listed["all"] == len(listed["rows"]) == number
    shown = page(story, "/compliance/list/", clause=REPLY, status=result)
    assert len(set(re.findall(r'class="pz" href="/duties/([0-9a-f-]{36})/', shown))) == number


def test_a_clause_below_the_rate_is_marked(story: Story) -> None:
    """manual.score: of seven requests six are taken in time, more than 85 %; of the eight then six, and the clause is marked."""
    for n in range(8):
        story.at("10:53" if n == 7 else f"10:{6 * n:02d}")
        row = asked(story, FAX.replace("赵晴", f"赵晴{n}"))
        if n > 5:
            story.at("10:52" if n == 6 else "11:10")
        story.do("lin", f"/enquiries/{row['id']}/take")
        if n == 6:
            assert (one(story, TAKE)["met"], one(story, TAKE)["met_late"], one(story, TAKE)["below"]) == (6, 1, False)
            assert 'class="dn2"' not in _row(story, TAKE)
    assert (one(story, TAKE)["met"], one(story, TAKE)["met_late"], one(story, TAKE)["below"]) == (6, 2, True)
    assert summary(story)["aim"] == 85.0 and 'class="dn2"' in _row(story, TAKE)


def _row(story: Story, clause: str) -> str:
    """The clause's line in the table of the page."""
    return next(line for line in page(story, "/compliance/").split("<tr") if f"?clause={clause}#behind" in line)


def _five_ways(story: Story) -> None:
    """On time, late, overdue, waived, withdrawn; and one that still runs."""
    rows = []
    for n in range(5):
        story.at(f"10:0{n}")
        rows.append(asked(story, FAX.replace("赵晴", f"赵晴{n}"))["id"])
    from guiju.logbook.writing import note, writing

    for place, clock in ((0, "10:20"), (1, "10:50")):
        at = story.at(clock)
        with writing(story.cast.hotel.pk, by=story.cast.actor("lin"), now=at):
            note("reply.sent", ("enquiry", rows[place]), kind="quotation", complete=True, channel="fax", lang="zh-hans")
    story.at("10:25")
    story.do("lin", f"/enquiries/{rows[4]}/withdraw", {"reason": "客户撤回"})
    duty = next(duty for duty in story.duties(REPLY) if duty.subject_id == rows[3])
    story.do("shen", f"/duties/{duty.pk}/waive", {"reason": "客户同意晚些"})
    story.at("11:00")
    asked(story, FAX.replace("赵晴", "赵晴9"))
    story.at("11:05")


def test_the_rate_leaves_waivers_out_and_shows_them(story: Story) -> None:
    """On time ÷ (due − waived): one of three; the waived one is a number of its own."""
    _five_ways(story)
    found = one(story, REPLY)
    assert (found["due"], found["met"], found["met_late"], found["late"], found["waived"], found["running"], found["superseded"]) == (4, 1, 1, 1, 1, 1, 1)
    assert found["rate"] == 33.3
    story.round()
    assert one(story, REPLY) == found
    duty = next(duty for duty in story.duties(REPLY) if getattr(duty, "status", "") == "late")
    story.at("09:00", TOMORROW)
    story.round()
    before = one(story, REPLY)
    story.do("shen", f"/duties/{duty.pk}/waive", {"reason": "传真机坏了"})
    after = one(story, REPLY)
    assert (before["late"], after["late"], after["waived"], after["rate"]) == (2, 1, 2, 33.3)
    assert summary(story)["waived"] == 2
    assert verify()[1] == []


def test_narrowed_to_a_department_a_post_a_person(story: Story) -> None:
    _five_ways(story)
    lin, he = story.get("lu", "/compliance/list", clause=REPLY)["rows"][0]["owner_person"], str(story.cast.people["he"].pk)
    whole = summary(story)
    assert summary(story, department="sales")["due"] == whole["due"]
    assert summary(story, department="fnb")["due"] == 0
    assert summary(story, person=lin, clause=REPLY)["due"] == one(story, REPLY)["due"]
    assert summary(story, person=he)["due"] == 0
    assert summary(story, post="front_desk_head")["due"] == 0
    shown = page(story, "/compliance/", person=lin)
    assert f'value="{lin}" selected' in shown


def test_bad_days_are_named_and_kept(story: Story) -> None:
    """422 beside the field, the input kept; nobody gets another period without being told."""
    shown = page(story, "/compliance/", expect=422, **{"from": "2026-11-31", "until": "2026-11-30"})
    assert 'id="e-from"' in shown and 'value="2026-11-31"' in shown
    shown = page(story, "/compliance/list/", expect=422, **{"from": "2026-11-20", "until": "2026-11-01"})
    assert 'id="e-until"' in shown and 'value="2026-11-01"' in shown
    assert page(story, "/compliance/", expect=422, department="kitchen")
    assert page(story, "/compliance/", expect=422, person="nobody")
    story.do("lu", "/compliance/summary", {"from_on": "2026-12-06", "until_on": "2026-12-06"}, expect=422, method="get")
    story.do("lu", "/compliance/list", {"status": "best"}, expect=422, method="get")
    story.do("lu", "/compliance/summary", {"department": "kitchen"}, expect=422, method="get")


def test_the_report_is_one_page_of_paper(story: Story) -> None:
    _five_ways(story)
    for lang, word in (("zh-hans", "按时率"), ("en", "On-time rate")):
        browser = story.cast.sign_in("lu")
        browser.cookies["guiju_lang"] = lang
        answer = browser.get("/compliance/print/")
        assert answer["Content-Type"] == "application/pdf"
        with pypdfium2.PdfDocument(answer.content) as document:
            assert len(document) == 1
            assert word in document[0].get_textpage().get_text_range()


def test_the_coverage_of_the_manual(story: Story) -> None:
    """A gate is enforced, seeing a group off is somebody's word; what nothing happened under has no record yet."""
    _five_ways(story)
    found = story.get("wen", "/compliance/coverage")
    by_id = {one["id"]: one for one in found["all"]}
    assert by_id["booking.no-oversell"]["carried"] == "enforced" and by_id["booking.liaison-important"]["carried"] == "attested"
    assert by_id[REPLY] == {"id": REPLY, "clause": True, "carried": "enforced", "recorded": True}
    assert by_id["group.meet"]["recorded"] is False
    assert found["silent"] == sum(one["recorded"] is False for one in found["all"])
    assert found["enforced"] + found["attested"] + found["training"] == len(found["all"])
    assert all(one["recorded"] is None for one in found["all"] if one["carried"] == "training")
    shown = page(story, "/compliance/coverage/", how="silent")
    assert "/standard/group.meet/" in shown and f"/standard/{REPLY}/" not in shown


def test_the_gates_that_were_let_pass(story: Story) -> None:
    body = {"verb": "booking.confirm", "clause": "booking.written-basis", "rule": "written", "need": "written_basis", "reason": "经理同意先确认"}
    from tests.stories.test_main_job import group

    pk = group(story)["id"]
    story.do("shen", "/gates/waive", {**body, "subject": ["booking", pk]})
    assert one(story, "booking.written-basis")["gates_waived"] == 1
    (waived,) = story.get("lu", "/compliance/gates")
    assert (waived["clause"], waived["reason"], waived["who"]) == ("booking.written-basis", "经理同意先确认", "沈若溪")
    assert "经理同意先确认" in page(story, "/compliance/gates/")
    assert story.get("wen", "/compliance/gates") == []


def test_twelve_weeks(story: Story) -> None:
    _five_ways(story)
    weeks = story.get("lu", "/compliance/weeks", clause=REPLY)
    assert len(weeks) == 12 and [week["due"] for week in weeks[:-1]] == [0] * 11
    assert (weeks[-1]["due"], weeks[-1]["met"], weeks[-1]["rate"]) == (3, 1, 33.3)
    assert weeks[-1]["until_on"] == TODAY.isoformat()


def test_the_letter_to_the_general_manager(story: Story) -> None:
    """On the first working morning of December, November's letter is in the outbox, and the round after adds nothing."""
    _five_ways(story)
    first = TODAY.replace(month=12, day=1)
    story.at("08:29", first)
    story.round()
    assert not Letter.objects.filter(key="compliance:2026-11").exists()
    for clock in ("08:30", "08:31", "14:00"):
        story.at(clock, first)
        story.round()
    assert Letter.objects.filter(key="compliance:2026-11", to="lu@tingtao.example").count() == 1
    assert "上月手册执行情况已发给您" in " ".join(one["text"] for one in story.get("lu", "/bell"))
