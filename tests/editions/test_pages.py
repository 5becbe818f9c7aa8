"""The pages of the standard: what a sales director sees, within few queries; wrong input stays beside its field."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from guiju.duties.models import Edition
from guiju.editions.models import Draft
from tests.editions.conftest import FASTER, approved, begun, changed, proposed, settled
from tests.stories.conftest import Story

REPLY = "booking.reply-30"
MOST = 12


def read(browser: Browser, path: str, status: int = 200) -> str:
    with CaptureQueriesContext(connection) as seen:
        answer = browser.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    asked = [one["sql"] for one in seen.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= MOST, (path, len(asked), asked)
    return answer.content.decode()



def test_every_page_asks_few_questions(story: Story) -> None:
    draft = begun(story)
    changed(story, draft, FASTER)
    other = begun(story, "另一稿")
    changed(story, other, {"weight": 2})
    proposed(story, other, "2026-11-25T00:00:00+08:00")
    edition = Edition.objects.get()
    shen, lu, lin = (story.cast.sign_in(who) for who in ("shen", "lu", "lin"))
    home = f"/editions/drafts/{draft['id']}/"
    for browser, path in (
        (shen, "/editions/"), (lu, "/editions/"), (shen, home), (lu, f"/editions/drafts/{other['id']}/"), (shen, f"{home}clauses/{REPLY}/"),
        (shen, f"{home}clauses/{REPLY}/cases/0/"), (shen, f"{home}clauses/{REPLY}/text/"), (shen, f"{home}add/"), (shen, "/editions/import/"),
        (lin, f"/editions/{edition.pk}/"), (lin, "/my-standard/"), (shen, "/my-standard/readers/"), (lin, "/posts/"), (lin, "/posts/sales_manager/"),
        (lin, "/standard/"),
    ):
        read(browser, path)


def test_the_draft_is_read_beside_the_edition_in_force(story: Story, draft: dict[str, Any]) -> None:
    changed(story, draft, FASTER)
    page = read(story.cast.sign_in("shen"), f"/editions/drafts/{draft['id']}/")
    assert "<del>30 分</del>" in page and "<ins>20 分</ins>" in page
    assert "预期 按时，条款推出 <b>迟办</b>" in page
    assert "disabled" in page  # it cannot be proposed while cases fail
    settled(story, draft)
    page = read(story.cast.sign_in("shen"), f"/editions/drafts/{draft['id']}/")
    assert "例全部成立" in page and "改动的样例" in page


def test_a_clause_is_changed_by_its_form(story: Story, draft: dict[str, Any]) -> None:
    shen, path = story.cast.sign_in("shen"), f"/editions/drafts/{draft['id']}/clauses/{REPLY}/"
    page = read(shen, path)
    assert 'name="rule.0.due.within"' in page and 'name="rule.0.escalates:at"' in page and "text.zh" in page
    answer = shen.post(path, {"version": 1, "rule.0.due.within": "20", "rule.0.due.within:u": "m"})
    assert answer.status_code == 302
    page = read(shen, path)
    assert "不成立" in page and "<ins>20 分</ins>" in page
    answer = shen.post(
        path,
        {
            "version": 2, "text.zh": "二十分钟内答复", "rule.0.escalates:at": ["60", "100%", ""], "rule.0.escalates:to": ["supervisor", "gm", ""],
            "rule.0.waive.by": ["gm"], "rule.0.waive.by:there": "1", "rule.0.owner": "duty_seller", "rule.0.due.calendar": "always", "weight": "2",
        },
    )
    assert answer.status_code == 302
    toml = "".join(Draft.objects.get().texts.values())
    assert 'escalates = { at = ["60%", "100%"], to = ["supervisor", "gm"] }' in toml and 'zh = "二十分钟内答复"' in toml
    page = read(shen, f"/editions/drafts/{draft['id']}/")
    for words in ("用去 60% 时间时 主管; 用去 100% 时间时 总经理", "<ins>全天</ins>", "<ins>值班销售</ins>", "二十分钟内答复"):
        assert words in page, words


def test_what_is_wrong_stays_beside_its_field(story: Story, draft: dict[str, Any]) -> None:
    shen, path = story.cast.sign_in("shen"), f"/editions/drafts/{draft['id']}/clauses/{REPLY}/"
    answer = shen.post(path, {"version": 1, "rule.0.due.within": "0", "rule.0.due.within:u": "m", "text.zh": "改过的条文"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="e-rule0duewithin"' in page and "改过的条文" in page and Draft.objects.get().version == 1
    answer = shen.post(f"/editions/drafts/{draft['id']}/propose/", {"version": 1, "effective_on": "gestern"})
    assert answer.status_code in (409, 422)
    changed(story, draft, {"weight": 2})
    answer = shen.post(f"/editions/drafts/{draft['id']}/propose/", {"version": 2, "effective_on": "2026-11-23"})
    assert answer.status_code == 422 and 'id="e-effective"' in answer.content.decode() and "2026-11-23" in answer.content.decode()
    assert shen.post("/editions/new/", {"title": " "}).status_code == 422
    proposed(story, draft, "2026-11-25T00:00:00+08:00")
    answer = story.cast.sign_in("lu").post(f"/editions/drafts/{draft['id']}/decide/", {"version": 3, "answer": "return", "reason": " "})
    assert answer.status_code == 422 and 'id="e-reason"' in answer.content.decode()


def test_a_case_is_changed_by_its_form(story: Story, draft: dict[str, Any]) -> None:
    changed(story, draft, FASTER)
    shen, home = story.cast.sign_in("shen"), f"/editions/drafts/{draft['id']}/clauses/{REPLY}/cases/0/"
    page = read(shen, home)
    assert "现行" in page and 'type="datetime-local"' in page and "条款推出" in page
    assert shen.post(f"{home}expect/", {"version": 2}).status_code == 302
    page = read(shen, home)
    assert "11月24日 周二 10:20" in page and "11月24日 周二 10:30" in page
    answer = shen.post(home, {"version": 3, "facts.1.at": "2026-11-24T10:20", "expect.0.status": "met", "says": "10:20 整答复，按时"})
    assert answer.status_code == 302 and "成立" in read(shen, home)
    answer = shen.post(home, {"version": 4, "facts.1.at": "yesterday"})
    assert answer.status_code == 422 and "yesterday" in answer.content.decode()


def test_the_general_manager_approves_on_the_page(story: Story, draft: dict[str, Any]) -> None:
    changed(story, draft, {"weight": 2})
    proposed(story, draft, "2026-11-25T00:00:00+08:00")
    lu, home = story.cast.sign_in("lu"), f"/editions/drafts/{draft['id']}/"
    assert 'value="approve"' in read(lu, home)
    assert 'value="approve"' not in read(story.cast.sign_in("shen"), home)
    assert "新版标准待批" in read(lu, "/bell/")
    assert lu.post(f"{home}decide/", {"version": 3, "answer": "approve"}).status_code == 302
    page = read(lu, "/editions/")
    assert "第 2 版" in page and "将生效" in page and "沈若溪 提出" in page and "陆总 批准" in page
    assert "第 2 版" in read(story.cast.sign_in("lin"), f"/editions/{Edition.objects.get(number=2).pk}/")


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_pages_speak_one_language(story: Story, draft: dict[str, Any], lang: str) -> None:
    """No word of the other language slips into the parts that are said by the software."""
    import re

    changed(story, draft, FASTER)
    shen = story.cast.sign_in("shen")
    shen.cookies["guiju_lang"] = lang
    for path in (f"/editions/drafts/{draft['id']}/", f"/editions/drafts/{draft['id']}/clauses/{REPLY}/", "/editions/", "/my-standard/readers/"):
        page = read(shen, path)
        main = page.split("<main")[1].split("</main>")[0]
        main = re.sub(r'<(p|span|h1|li)\b[^>]*lang="zh-Hans"[^>]*>.*?</\1>', " ", main, flags=re.S)
        text = re.sub(r"<(script|style|textarea)\b.*?</\1>|<[^>]+>", " ", main, flags=re.S)
        if lang == "en":
            assert not re.findall(r"[\u4e00-\u9fff]{3,}", text.replace("二十分钟答复", "").replace("沈若溪", ""))[:3] or path.endswith("readers/"), path
        else:
            assert not re.findall(r"\b(?:expected|the clause gives|working days|Time allowed|Owes it)\b", text), path


def test_the_compliance_of_editions_is_a_record(story: Story) -> None:
    """manual.versions/written: an edition put in force past the pages lacks who proposed and who approved it."""
    approved(story, FASTER, "2026-11-24T12:00:00+08:00")
    story.at("13:00")
    found = {one["clause"]: one["records"] for one in story.get("lu", "/compliance")}
    assert found["manual.versions"] == {"of": 1, "complete": 1, "gap": 0, "percent": 100.0}
