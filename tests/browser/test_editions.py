"""A clause's number is changed in a real browser: cases run, proposed, approved, read by a seller; a new request follows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_story import come_in, go_out

ZONE = ZoneInfo("Asia/Shanghai")


class Clocked(Site):
    """An installation whose clock stands where the test puts it."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.clock = folder / "clock"
        self.put(now)
        super().__init__(folder, GUIJU_CLOCK_FILE=str(self.clock))

    def put(self, now: datetime) -> None:
        self.now = now
        self.clock.write_text(now.isoformat())


@pytest.fixture
def standing(tmp_path: Path) -> Iterator[Clocked]:
    """The demo hotel on a working Tuesday at ten."""
    running = Clocked(tmp_path, datetime(2026, 11, 24, 10, 0, tzinfo=ZONE))
    try:
        running.wait()
        yield running
    finally:
        running.stop()


def asked(page: Page, site: Site, name: str) -> str:
    """A fax of an agreement client is taken in by the duty seller: the page of the request."""
    page.goto(f"{site.url}/enquiries/intake/")
    page.fill("#text", f"订房单位：{name}\n联系人：许经理\n抵店日期：后天\n离店日期：大后天\n用房：高级大床房 1 间\n人数：1 人\n付款方式：挂账\n")
    page.fill("#sender", "xu@client.example")
    page.locator("form.pad button.pri").click()
    page.wait_for_url(lambda url: "/intake" not in url)
    return page.url


def minutes(page: Page, site: Clocked, request: str) -> int:
    """How long the answer to a request may take, as its duty says."""
    import sqlite3

    base = sqlite3.connect(site.folder / "guiju.sqlite3")
    pk = request.rstrip("/").rpartition("/")[2]
    (opens, due) = base.execute(
        "select opens_at, due_at from duties_duty where clause = 'booking.reply-30' and subject_id = ?", (pk,)
    ).fetchone()
    base.close()
    return int((datetime.fromisoformat(due) - datetime.fromisoformat(opens)).total_seconds() // 60)


def test_a_clause_is_changed_approved_read_and_followed(standing: Clocked, chrome: Any) -> None:
    site = standing
    page = chrome.new_page(viewport={"width": 1440, "height": 900})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None)
    come_in(page, site, "lin")
    page.goto(f"{site.url}/clients/")
    name = page.locator("table tbody tr th a, table tbody tr td a").first.inner_text().strip()
    running = asked(page, site, name)
    assert minutes(page, site, running) == 30
    go_out(page)

    come_in(page, site, "shen")
    page.goto(f"{site.url}/editions/")
    page.fill("#title", "十八分钟答复")
    page.locator('form[action$="/editions/new/"] button').click()
    page.wait_for_url("**/editions/drafts/**")
    draft = page.url
    page.locator('a.tc[href$="/clauses/booking.reply-30/"]').click()
    page.locator('input[name="rule.0.due.within"]').fill("18")
    page.locator("form.e-form button.pri").click()
    page.wait_for_load_state("load")
    expect(page.locator("main")).to_contain_text("不成立")
    expect(page.locator("main")).to_contain_text("18 分")
    while page.locator(".e-cases .e-no").count():
        page.locator(".e-cases li:has(.e-no) > a.btn").first.click()
        page.locator('form[action$="/expect/"] button').click()
        page.wait_for_load_state("load")
        page.locator(".crumb a").last.click()
        page.wait_for_url("**/clauses/booking.reply-30/**")
    page.goto(draft)
    expect(page.locator("main")).to_contain_text("例全部成立")
    page.fill("#effective_on", "2026-11-24")
    page.locator('input[name="effective_time"]').fill("11:00")
    page.locator('form[action$="/propose/"] button').click()
    page.wait_for_load_state("load")
    expect(page.locator("main")).to_contain_text("待批")
    assert page.locator('button[value="approve"]').count() == 0
    go_out(page)

    come_in(page, site, "lu")
    page.goto(draft)
    page.locator('button[value="approve"]').click()
    page.wait_for_load_state("load")
    expect(page.locator("main")).to_contain_text("已批准")
    go_out(page)

    come_in(page, site, "lin")
    page.goto(f"{site.url}/my-standard/")
    change = page.locator('li[id="booking.reply-30"]')
    expect(change).to_contain_text("30 分")
    expect(change).to_contain_text("18 分")
    change.locator("input").check()
    page.locator("main form button.pri").click()
    page.wait_for_load_state("load")
    assert page.locator('li[id="booking.reply-30"]').count() == 0
    site.put(datetime(2026, 11, 24, 10, 59, tzinfo=ZONE))
    assert minutes(page, site, asked(page, site, name)) == 30
    site.put(site.now + timedelta(minutes=2))
    assert minutes(page, site, asked(page, site, name)) == 18
    assert minutes(page, site, running) == 30
    assert wrong == []
    page.close()
