"""A wedding banquet for three hundred in a real browser: quotation, deposit, hall, order, signatures, guarantee, file, next year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import prepared
from tests.browser.conftest import Site
from tests.browser.test_editions import Clocked
from tests.browser.test_story import come_in, go_out

ZONE = ZoneInfo("Asia/Shanghai")
BEGINS = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)
DAY = date(2027, 1, 23)  # a Saturday, two months ahead
SIGNERS = {"餐饮部": "chen", "总台": "fang", "保安部": "an", "总台收银": "ma", "总经理室": "zong", "公关部": "qiao"}  # those with a way in by one tap


@pytest.fixture
def standing(tmp_path: Path) -> Iterator[Clocked]:
    """The demo hotel on a working Tuesday at ten."""
    running = Clocked(prepared.furnish(tmp_path), BEGINS)
    try:
        running.wait()
        yield running
    finally:
        running.stop()


def step(page: Page, what: str, /, **fields: str) -> None:
    """A step of the event by its form."""
    form = page.locator(f'form[action$="/do/{what}"]').first
    for name, value in fields.items():
        form.locator(f'[name="{name}"]').fill(value)
    form.locator('button[type="submit"]').click()
    page.wait_for_load_state("load")


def filled(page: Page, **fields: str) -> None:
    """A whole page's form, sent."""
    for name, value in fields.items():
        field = page.locator(f'form.form [name="{name}"]')
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(_option(field, value))
        else:
            field.fill(value)
    page.locator("form.form button.pri").click()
    page.wait_for_load_state("load")


def _option(field: Locator, text: str) -> str:
    """The value of the option whose words begin so."""
    found: str = field.evaluate("(one, text) => Array.from(one.options).find(option => option.text.trim().startsWith(text)).value", text)
    return found


def as_person(page: Page, site: Site, who: str) -> None:
    go_out(page)
    come_in(page, site, who)


def open_copies(page: Page) -> list[str]:
    """The departments whose signature the paper still waits for."""
    rows = page.locator("aside.dist li.dr").filter(has_text="待签收")
    return [row.locator(".dn b").inner_text().strip() for row in rows.all()]


def test_a_wedding_for_three_hundred(standing: Clocked, chrome: Any) -> None:
    site, page = standing, chrome.new_page(viewport={"width": 1440, "height": 900})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None)

    # written down, planned, offered
    come_in(page, site, "lin")
    page.goto(f"{site.url}/events/new")
    filled(page, name="程叶婚宴", kind="婚宴", on=DAY.isoformat(), contact="程先生", phone="139 5550 0777", occasion="婚礼", requests="清真两桌", parking="留三十个车位")
    event = page.url
    page.locator("section.lead a.pri").click()
    filled(
        page, name="婚宴", from_at=f"{DAY}T18:00", until_at=f"{DAY}T21:30", hall="百合厅", setup="圆桌", expected_persons="300", expected_tables="30",
        spare_tables="2",
    )
    page.locator("section.lead a.pri").click()
    filled(page, part="菜单", function="婚宴", menu="百年好合宴")
    assert "116,640" in page.inner_text("#offer")

    # quoted, a deposit agreed and received by finance
    page.locator("section.lead a.pri").click()
    step(page, "quote", valid_until_on="2026-12-05", remarks="赠婚房一晚")
    expect(page.locator("main")).to_contain_text("第 1 版")
    step(page, "deposit", label="首期三成", amount="35000", due_on="2026-11-30")
    as_person(page, site, "jin")
    page.goto(f"{event}money/")
    step(page, "receive", amount="35000", receipt="SJ-0031")
    expect(page.locator("#deposits")).to_contain_text("SJ-0031")

    # the hall, definite, the general manager, the order
    as_person(page, site, "lin")
    page.goto(event)
    step(page, "take-hall")
    expect(page.locator("#functions")).to_contain_text("已确定")
    step(page, "confirm", agreed_how="婚宴合同 W-300")
    expect(page.locator("h1")).to_contain_text("已确定")
    page.goto(f"{event}order/")
    step(page, "ask-gm")
    as_person(page, site, "lu")
    page.goto(f"{event}order/")
    page.locator('#approval button[value="approve"]').click()
    page.wait_for_load_state("load")
    as_person(page, site, "lin")
    page.goto(f"{event}order/")
    step(page, "issue")
    page.locator('main a[href^="/papers/"]:not([href$="/pdf/"])').first.click()
    page.wait_for_url(lambda url: "/papers/" in url)
    paper = page.url
    assert len(open_copies(page)) == 8  # the seven and the general manager's office

    # each department signs: by its own tap, or on paper and entered by the seller
    sign_everywhere(page, site, paper)
    page.goto(paper)
    assert open_copies(page) == []

    # ten days before the client guarantees 320: only those whose part changed sign again
    standing.put(datetime(2027, 1, 13, 10, 0, tzinfo=ZONE))
    as_person(page, site, "lin")
    page.goto(f"{event}order/")
    step(page, "guarantee", persons_1="320", tables_1="32")
    page.goto(paper)
    expect(page.locator("main")).to_contain_text("320")
    assert set(open_copies(page)) == {"餐饮部", "总台收银", "财务部"}
    sign_everywhere(page, site, paper)

    # the day after: how many came, the file, the clerk, next year
    standing.put(datetime.combine(DAY + timedelta(days=1), datetime.min.time().replace(hour=10), ZONE))
    as_person(page, site, "lin")
    page.goto(f"{event}file/")
    step(page, "took-place", persons_1="318", tables_1="32")
    expect(page.locator("main")).to_contain_text("还缺：")
    step(page, "hand-in", opinions="菜好，灯光偏暗", bill_number="ZD-0300", bill_received="124416")
    assert "还缺：" not in page.inner_text("main")
    as_person(page, site, "wen")
    page.goto(f"{event}file/")
    step(page, "archive", place="大型活动柜 1")
    expect(page.locator("h1")).to_contain_text("已归档")
    as_person(page, site, "lin")
    page.goto(f"{event}file/")
    expect(page.locator("main")).to_contain_text("124,416")
    step(page, "again", on="2028-01-22")
    page.wait_for_url(lambda url: url != f"{event}file/")
    shown = page.inner_text("main")
    assert "程叶婚宴" in shown and "318" in shown and "百年好合宴" in shown and "未排" in shown
    assert wrong == []


def sign_everywhere(page: Page, site: Clocked, paper: str) -> None:
    """Whoever has a copy to sign does: in the inbox, or on paper, entered by the seller."""
    page.goto(paper)
    waiting = open_copies(page)
    for department in waiting:
        if department in SIGNERS:
            as_person(page, site, SIGNERS[department])
            page.goto(paper)
            page.locator("main .head form button.pri").click()
            page.wait_for_load_state("load")
    as_person(page, site, "lin")
    for department in waiting:
        if department not in SIGNERS:
            page.goto(paper)
            page.locator("aside.dist li.dr").filter(has=page.locator(".dn b", has_text=re.compile(f"^{department}$"))).locator('a[href$="/backfill/"]').click()
            page.wait_for_url(lambda url: "/backfill/" in url)
            page.fill("#name", f"{department}值班")
            page.fill("#at", f"{site.now:%Y-%m-%dT%H:%M}")
            page.locator("main form.form button.pri").click()
            page.wait_for_url(lambda url: "/backfill/" not in url)
