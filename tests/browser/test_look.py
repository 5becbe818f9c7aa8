"""How the main pages stand in a real browser: no errors, no sideways scroll, nothing axe objects to, no stray Chinese."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Site

PAGES = {
    "lin": ["/today/", "/enquiries/", "/enquiries/intake/", "/bookings/", "/papers/", "/standard/", "/help/"],
    "fang": ["/inbox/", "/arrivals/", "/search/?q=a"],
    "lu": ["/today/", "/compliance/"],
}
HAN = re.compile(r"[\u4e00-\u9fff]")
CHROME = "nav.side h2, nav.side a:not(.brand), nav.tabs a > span:first-of-type, main h1"


def come_in(page: Page, site: Site, who: str) -> None:
    """One-tap sign-in."""
    page.goto(f"{site.url}/sign-in/")
    page.locator(f'form:has(input[name="username"][value="{who}"]) button').first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


@pytest.mark.parametrize("who", list(PAGES))
def test_main_pages_stand(site: Site, chrome: Any, who: str) -> None:
    """At desk and phone width: no 5xx, no console error, no overflow of the body, no axe violation."""
    context = chrome.new_context()
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    page.on("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 500 else None)
    come_in(page, site, who)
    for address in PAGES[who]:
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(site.url + address)
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                wrong.append(f"{address} at {width}: {over} px too wide")
            for found in Axe().run(page).response["violations"]:
                where = found["nodes"][0]["target"]
                wrong.append(f"{address} at {width}: {found['id']} ({len(found['nodes'])}) {where}")
    context.close()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", list(PAGES))
def test_english_leaves_no_chinese_in_the_frame(site: Site, chrome: Any, who: str) -> None:
    """Navigation and page titles are English once English is chosen."""
    context = chrome.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    come_in(page, site, who)
    page.locator('form.lang button[value="en"]').first.click()
    page.wait_for_load_state("load")
    left = []
    for address in PAGES[who]:
        page.goto(site.url + address)
        words = page.locator(CHROME).all_inner_texts()
        left += [f"{address}: {text}" for text in words if HAN.search(text)]
    context.close()
    assert not left, "\n".join(left)
