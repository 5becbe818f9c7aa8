"""A series group of twelve dates from one contract, in a real browser: made, held, one changed, one cancelled, one listed and arrived."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_story import come_in, go_out

NAMES = "\n".join(["姓名\t性别\t国籍", *(f"客人{n}\t{'男' if n % 2 else '女'}\t中国" for n in range(1, 9))])


def step(page: Page, what: str) -> None:
    """A step of the booking by its form."""
    page.locator(f'form[action$="/do/{what}/"] button[type="submit"]').first.click()
    page.wait_for_load_state("load")


def test_twelve_dates_from_one_contract(site: Site, chrome: Any) -> None:
    """Twelve weeks from today, all held; the second changes, the third is cancelled, the first gets its names, comes and is settled."""
    page = chrome.new_page(viewport={"width": 1440, "height": 900})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None)
    come_in(page, site, "he")
    page.goto(f"{site.url}/bookings/series/new/")
    page.locator("#client").press_sequentially("假日")
    page.locator("#client-hits input").first.wait_for()
    agency = page.locator("#client-hits label .nw").evaluate_all("all => all.findIndex(one => Number(one.textContent.slice(1, 5)) % 9)")
    page.locator("#client-hits input").nth(agency).check()
    page.fill("#name", "十二周")
    today = page.evaluate("new Date(Date.now() + 8 * 36e5).toISOString().slice(0, 10)")
    for name, value in (("first_on", today), ("every", "7"), ("times", "12"), ("nights", "1"), ("persons", "8"), ("rooms-0-rooms", "4")):
        page.fill(f"#{name}", value)
    page.locator("form.pad button.pri").click()
    page.wait_for_url(lambda url: "/new/" not in url)
    series = page.url
    rows = page.locator("table.tb tbody tr")
    assert rows.count() == 12
    for place in range(12):  # each of them is held, until its own time
        assert "× 4" in rows.nth(place).inner_text() and rows.nth(place).locator("td").nth(4).inner_text().strip()

    rows.nth(1).locator("a[href$='/change/']").click()
    page.fill("#rooms-0-rooms", "5")
    page.fill("#persons", "10")
    page.fill("#told_by", "计调")
    page.locator('button[name="look"]').click()  # what it changes is said before it is saved
    page.wait_for_load_state("load")
    expect(page.locator("#effect")).to_be_visible()
    page.locator("form.pad .acts button.pri").click()
    page.wait_for_url(lambda url: "/change/" not in url)
    page.goto(series)
    assert "× 5" in rows.nth(1).inner_text() and "× 4" in rows.nth(3).inner_text()

    rows.nth(2).locator("a[href$='/cancel/']").click()
    page.fill("#reason", "当周停团")
    page.fill("#told_by", "计调")
    page.locator("main form.form button.pri").click()
    page.wait_for_url(lambda url: "/cancel/" not in url)
    page.goto(series)
    assert page.locator("a[href$='/cancel/']").count() == 11 and "11" in page.locator(".head").inner_text()

    rows.nth(0).locator("th a").click()
    page.wait_for_load_state("load")
    first = page.url
    page.fill("#written-paper", "系列合同")
    step(page, "written")
    page.goto(f"{first}people/")
    step(page, "liaison")
    page.goto(f"{first}rooming/")
    page.fill("#lines", NAMES)
    page.locator("form.pad .acts button.pri").click()
    page.wait_for_url(lambda url: "/people/" in url)
    expect(page.locator("#rooming")).to_contain_text("客人8")
    page.goto(first)
    step(page, "confirm")
    page.goto(f"{first}group/")
    expect(page.locator("#before")).to_contain_text("8 个名字")
    go_out(page)

    come_in(page, site, "fang")
    page.goto(f"{site.url}/arrivals/")
    page.locator("tr", has_text="十二周").first.locator('form[action$="/do/arrived/"] button').click()
    page.wait_for_load_state("load")
    go_out(page)
    come_in(page, site, "he")
    page.goto(f"{first}group/")
    page.locator("#outcome summary").click()
    page.fill("#settle-rooms_used", "3")
    step(page, "settle")
    expect(page.locator("#outcome")).to_contain_text("用了 3 间")
    assert wrong == []
    page.close()
