"""The whole story in a real browser, on the demo hotel as `make run` starts it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site


def come_in(page: Page, site: Site, who: str) -> None:
    """One-tap sign-in."""
    page.goto(f"{site.url}/sign-in/")
    page.locator(f'form:has(input[name="username"][value="{who}"]) button').first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def go_out(page: Page) -> None:
    page.context.clear_cookies()


def press(page: Page, label: str) -> None:
    """A button by its words."""
    page.get_by_role("button", name=label, exact=True).first.click()
    page.wait_for_load_state("load")


def test_a_fax_becomes_a_signed_booking(site: Site, chrome: Any) -> None:
    """A fax of an agreement client → taken → booked and held → confirmed by mail → on account → two copies, signed for."""
    page = chrome.new_page(viewport={"width": 1440, "height": 900})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None)
    come_in(page, site, "lin")
    page.goto(f"{site.url}/clients/")
    name = page.locator("table tbody tr th a, table tbody tr td a").first.inner_text().strip()
    page.goto(f"{site.url}/enquiries/intake/")
    page.fill("#text", f"订房单位：{name}\n联系人：许经理\n抵店日期：明天\n离店日期：后天\n用房：高级大床房 1 间\n人数：1 人\n付款方式：挂账\n")
    page.fill("#sender", "xu@client.example")
    page.locator("form.pad button.pri").click()
    page.wait_for_url(lambda url: "/intake" not in url)
    enquiry = page.url
    assert name[:4] in page.inner_text("main")
    press(page, "接手")
    page.goto(enquiry)
    page.locator('form[action$="/book"] button').first.click()
    page.wait_for_load_state("load")
    page.goto(enquiry)
    page.locator('main a[href^="/bookings/"]').first.click()
    page.wait_for_url(lambda url: "/bookings/" in url)
    booking = page.url
    press(page, "确认")
    expect(page.locator("h1")).to_contain_text("已确认")
    page.locator('form[action$="/do/issue/"] button').click()
    page.wait_for_load_state("load")
    expect(page.get_by_text("预订单").first).to_be_visible()
    go_out(page)
    come_in(page, site, "fang")
    page.goto(f"{site.url}/inbox/")
    cards = page.locator(".cards .card")
    before = cards.count()
    assert before >= 1
    page.locator(".cards .card form[action$='/sign/'] button").last.click()
    page.wait_for_load_state("load")
    assert page.locator(".cards .card form[action$='/sign/']").count() == before - 1
    go_out(page)
    come_in(page, site, "lin")
    page.goto(booking)
    page.locator("aside a[href^='/papers/']").first.wait_for()
    page.locator("aside a[href^='/papers/']").first.click()
    expect(page.locator("main")).to_contain_text("方前")
    assert wrong == []
    page.close()


def test_a_guest_writes_a_group_and_a_department_may_not(site: Site, chrome: Any) -> None:
    """The wrong post is told so, in words, without a trace; another's address is not found."""
    page = chrome.new_page(viewport={"width": 390, "height": 844})
    come_in(page, site, "chen")
    answer = page.goto(f"{site.url}/bookings/new/")
    assert answer.status == 403
    assert "Traceback" not in page.content()
    missing = page.goto(f"{site.url}/bookings/01a00000-0000-7000-8000-000000000000/")
    assert missing.status in (403, 404)
    page.close()


def test_an_important_group_changes_once_and_is_cancelled(site: Site, chrome: Any) -> None:
    """An agency group with meals, important → seven copies → one dinner changes → only F&B signs again → cancelled."""
    page = chrome.new_page(viewport={"width": 1440, "height": 900})
    page.on("dialog", lambda dialog: dialog.accept())
    come_in(page, site, "he")
    page.goto(f"{site.url}/bookings/new/")
    page.select_option("#kind", "group")
    page.locator("#client").press_sequentially("假日")
    page.locator("#client-hits input").first.wait_for()
    agency = page.locator("#client-hits label .nw").evaluate_all("all => all.findIndex(one => Number(one.textContent.slice(1, 5)) % 9)")
    page.locator("#client-hits input").nth(agency).check()
    page.fill("#name", "浏览器里的团")
    page.fill("#persons", "12")
    page.fill("#arrival_on", page.evaluate("new Date(Date.now() + 20 * 864e5).toISOString().slice(0, 10)"))
    page.fill("#departure_on", page.evaluate("new Date(Date.now() + 22 * 864e5).toISOString().slice(0, 10)"))
    page.fill("#rooms-0-rooms", "6")
    page.fill("#meals-0-on", page.input_value("#arrival_on"))
    page.fill("#meals-0-time", "18:30")
    page.fill("#meals-0-persons", "12")
    page.fill("#meals-0-standard", "80")
    page.locator("form.pad button.pri").click()
    page.wait_for_url(lambda url: "/new/" not in url)
    booking = page.url
    page.fill("#written-paper", "传真夹 11 号")
    for step in ("written", "hold"):
        page.locator(f'form[action$="/do/{step}/"] button').first.click()
        page.wait_for_load_state("load")
    page.goto(f"{booking}people/")
    page.fill("#important-reason", "省旅游局推介团")
    page.locator('form[action$="/do/important/"] button').click()
    page.wait_for_load_state("load")
    page.locator('form[action$="/do/liaison/"] button').click()
    page.wait_for_load_state("load")
    page.goto(booking)
    for step in ("confirm", "issue"):
        page.locator(f'form[action$="/do/{step}/"] button').first.click()
        page.wait_for_load_state("load")
    page.locator('.head .acts a.pri[href^="/papers/"]').click()
    paper = page.url
    assert page.locator("li.dr").count() == 7
    go_out(page)
    for who in ("fang", "ma", "chen", "zong", "qiao", "an"):
        come_in(page, site, who)
        page.goto(f"{site.url}/inbox/")
        page.locator(".card", has_text="浏览器里的团").locator('form[action$="/sign/"] button').first.click()
        page.wait_for_load_state("load")
        go_out(page)
    come_in(page, site, "he")
    page.goto(f"{booking}change/")
    page.fill("#meals-0-diet", "素食 2 位")
    page.fill("#told_by", "导游")
    page.locator("form.pad button.pri").click()
    page.wait_for_url(booking)
    page.goto(paper)
    waiting = page.locator("li.dr", has=page.locator('form[action$="/remind/"]'))
    assert waiting.count() == 1
    expect(waiting).to_contain_text("餐饮部")
    page.goto(f"{booking}cancel/")
    page.fill("#reason", "团队取消")
    page.fill("#told_by", "导游")
    page.locator('form:has(#told_by) button.pri').click()
    page.wait_for_url(booking)
    expect(page.locator("h1")).to_contain_text("已取消")
    page.close()
