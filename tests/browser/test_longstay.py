"""A long-stay guest in a real browser: from the contract to the day the oldest rent is two months old, and finance signs for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from playwright.sync_api import Page, expect

from tests import prepared
from tests.browser.conftest import Site
from tests.browser.test_story import come_in, go_out, press

ZONE = ZoneInfo("Asia/Shanghai")
NAME = "高桥夫妇"


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[tuple[Site, Path]]:
    """An installation whose clock stands in a file: today at ten, until the story moves it."""
    clock = tmp_path / "clock"
    clock.write_text(datetime.combine(datetime.now(ZONE).date(), datetime.min.time(), ZONE).replace(hour=10).isoformat())
    folder = tmp_path / "site"
    folder.mkdir()
    running = Site(prepared.furnish(folder), GUIJU_CLOCK_FILE=str(clock))
    try:
        running.wait()
        yield running, clock
    finally:
        running.stop()


def by_name(page: Page, site: Site, who: str) -> None:
    """Name and password: finance has no one-tap sign-in."""
    page.goto(f"{site.url}/sign-in/")
    page.locator('main input[name="username"]:not([type="hidden"])').fill(who)
    page.locator('main input[type="password"]').fill(f"wanglan-{who}-demo")
    page.locator("main button.pri").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def now_is(page: Page, site: Site, who: str, *, name: bool = False) -> None:
    """Somebody else sits down at the desk."""
    go_out(page)
    if name:
        by_name(page, site, who)
    else:
        come_in(page, site, who)


def test_from_the_contract_to_two_months_unpaid(moving: tuple[Site, Path], chrome: Any) -> None:
    """林 writes the contract, finance looks into the company, 沈 and 陆 approve; two months later finance is asked and signs."""
    site, clock = moving
    page = chrome.new_page(viewport={"width": 1440, "height": 900})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None)
    first = datetime.fromisoformat(clock.read_text()).date() + timedelta(days=40)  # beyond the nights that the demo hotel has sold
    come_in(page, site, "lin")
    page.goto(f"{site.url}/clients/")
    number = re.findall(r"\bC\d{4}\b", page.content())[0]
    stay = contract(page, site, number, first)
    press(page, "报批")
    expect(page.locator("main")).to_contain_text("信誉")
    now_is(page, site, "cai", name=True)
    page.goto(stay)
    page.fill("#credit-nature", "日资精密仪器")
    page.fill("#credit-found", "工商登记，三年往来")
    press(page, "记查核结果")
    now_is(page, site, "lin")
    page.goto(stay)
    press(page, "客户同意")
    page.fill("#terms-by_whom", "许经理")
    press(page, "已说明")
    press(page, "报批")
    expect(page.locator("h1")).to_contain_text("报批")
    for who in ("shen", "lu"):
        now_is(page, site, who)
        page.goto(stay)
        page.locator('#approval button[value="approve"]').first.click()
        page.wait_for_load_state("load")
    now_is(page, site, "lin")
    page.goto(stay)
    expect(page.locator("#papers")).to_contain_text("长住客通知单")
    expect(page.locator("#papers")).to_contain_text("长住客付款资料")
    press(page, "建长住卡")

    two_months = first + relativedelta(months=2)
    clock.write_text(datetime.combine(two_months, datetime.min.time(), ZONE).replace(hour=10).isoformat())
    now_is(page, site, "lin")
    for _ in range(60):  # the worker goes its round
        page.goto(stay)
        if "两个月" in page.locator("h1").inner_text():
            break
        page.wait_for_timeout(1500)
    expect(page.locator("h1")).to_contain_text("房租欠了")
    expect(page.locator("main")).to_contain_text("房租满两个月未付")
    page.locator(".tabbar a", has_text="房租").click()
    expect(page.locator("tr.un")).to_have_count(2)
    press(page, "请财务联系客人")
    expect(page.locator("#case")).to_contain_text("候财务签收")
    rent = page.url.split("#")[0]
    now_is(page, site, "cai", name=True)
    page.goto(rent)
    page.locator("#step-take button").click()
    page.wait_for_load_state("load")
    page.fill("#outcome-outcome", "公司承诺十日内付两期")
    press(page, "记结果")
    expect(page.locator("#case")).to_contain_text("公司承诺十日内付两期")
    assert wrong == []
    page.close()


def contract(page: Page, site: Site, number: str, first: date) -> str:
    """The card and the terms: the page of the contract."""
    page.goto(f"{site.url}/longstay/new")
    said = {
        "client": number, "guest": NAME, "nationality": "日本", "birthday": "1979-05-21", "address": "高新路 8 号", "contact": "许经理",
        "contact_phone": "0592-5550", "from_on": first.isoformat(), "until_on": (first + timedelta(days=365)).isoformat(), "rent": "9800",
        "prepayment": "19600", "deposit": "5000",
    }
    for name, value in said.items():
        page.fill(f"#id_{name}", value)
    room = page.locator("#id_apartment option", has_text=re.compile(r"^\s*806 ")).first.get_attribute("value")
    page.select_option("#id_apartment", room)
    page.select_option("#id_payment", "transfer")
    press(page, "开始")
    page.wait_for_url(re.compile(r"/longstay/[0-9a-f-]{36}/"))
    return page.url
