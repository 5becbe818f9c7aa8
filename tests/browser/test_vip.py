"""A VIP from plan to departure in a real browser: planned at the desk, approved, ticked on phones, received, seen off, kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_story import come_in, go_out, press

PHONE = {"width": 390, "height": 844}
NAME = "叶知秋"


def come_in_by_name(page: Page, site: Site, who: str) -> None:
    """Name and password: these posts have no one-tap sign-in."""
    page.goto(f"{site.url}/sign-in/")
    page.locator('main input[name="username"]:not([type="hidden"])').fill(who)
    page.locator('main input[type="password"]').fill(f"wanglan-{who}-demo")
    page.locator("main button.pri").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def fits(page: Page) -> None:
    """No page is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def approve(page: Page, site: Site, who: str) -> None:
    """The newest asking that waits for this person is approved, from the list."""
    go_out(page)
    come_in(page, site, who)
    page.goto(f"{site.url}/approvals/")
    row = page.locator("main li, main article, main tr, main section").filter(has_text=NAME).last
    row.locator('button[value="approve"], button:has-text("同意")').first.click()
    page.wait_for_load_state("load")


def test_a_vip_from_plan_to_departure(site: Site, chrome: Any) -> None:
    """林 plans, 沈 and 陆 approve, housekeeping ticks on a phone and takes it back, the desk notes the arrival, luggage is counted, history kept."""
    page = chrome.new_page(viewport={"width": 1440, "height": 900})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None)
    tomorrow = (datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)).date()
    come_in(page, site, "lin")
    page.goto(f"{site.url}/vip/new")
    page.fill("#guest_name", NAME)
    page.fill("#guest_diet", "不吃辣")
    page.select_option("#grade", "V1")
    page.fill("#arrival_on", tomorrow.isoformat())
    page.fill("#departure_on", (tomorrow + timedelta(days=1)).isoformat())
    page.fill("#departure_time", "11:00")
    press(page, "存为草案")
    plan = page.url
    assert "/vip/" in plan
    press(page, "报批")
    expect(page.locator("main")).to_contain_text("准确的抵店时间和交通工具没有掌握")
    page.goto(f"{plan}change")
    page.fill("#arrival_time", "10:00")
    page.fill("#arrival_by", "G7011 次高铁")
    page.locator("form.wide-form .acts button.pri").click()
    page.wait_for_url(plan)
    press(page, "报批")
    for who in ("shen", "lu"):
        approve(page, site, who)
    go_out(page)
    come_in(page, site, "lin")
    page.goto(plan)
    expect(page.locator(".vx")).to_contain_text("钥匙装袋")
    expect(page.locator("#out")).to_contain_text("保安部")
    go_out(page)
    page.close()

    phone = chrome.new_page(viewport=PHONE)
    phone.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None)
    come_in_by_name(phone, site, "ke")
    phone.goto(plan)
    fits(phone)
    expect(phone.locator("main")).to_contain_text("鲜花到房")
    assert "钥匙装袋" not in phone.inner_text("main") and "二级" not in phone.inner_text("main")
    flowers = phone.locator("li.ps").filter(has_text="鲜花到房")
    flowers.get_by_role("button", name="已办").click()
    phone.wait_for_load_state("load")
    expect(phone.locator("li.ps").filter(has_text="鲜花到房")).to_contain_text("柯净")
    phone.locator("li.ps").filter(has_text="鲜花到房").locator("h3 a").click()
    phone.wait_for_load_state("load")
    fits(phone)
    press(phone, "撤回")
    phone.goto(plan)
    expect(phone.locator("li.ps").filter(has_text="鲜花到房").get_by_role("button", name="已办")).to_be_visible()
    go_out(phone)
    come_in(phone, site, "fang")
    phone.goto(plan)
    fits(phone)
    phone.fill("#a-room", "1801")
    phone.locator("#arrive button").click()
    phone.wait_for_load_state("load")
    expect(phone.locator("h1")).to_contain_text("1801")
    go_out(phone)
    come_in_by_name(phone, site, "li")
    phone.goto(f"{site.url}/checklists/")
    fits(phone)
    luggage = phone.locator("li.ps").filter(has_text="行李进房").filter(has_text=NAME)
    luggage.get_by_role("link", name="填写交办").click()
    phone.fill("#f-value", "2 件")
    press(phone, "已办")
    expect(phone.locator("li.ps").filter(has_text=NAME).filter(has_text="2 件")).to_be_visible()
    go_out(phone)
    come_in(phone, site, "fang")
    phone.goto(plan)
    press(phone, "已离店")
    go_out(phone)
    come_in(phone, site, "lin")
    phone.goto(plan)
    fits(phone)
    phone.fill("#k-summary", "一切顺利")
    press(phone, "归档")
    phone.goto(f"{site.url}/vip/new?name={NAME}")
    phone.get_by_role("link", name=NAME).click()
    phone.wait_for_load_state("load")
    assert phone.input_value("#grade") == "V1" and phone.input_value("#arrival_time") == ""
    fits(phone)
    assert wrong == []
    phone.close()
