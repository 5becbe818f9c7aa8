"""Past bookings in a real browser: a file with errors, put right in place, imported while one watches; pace on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site
from tests.browser.test_look import PHONE, WIDE, enter, opened
from tests.history.conftest import ROWS, table


def test_a_file_with_errors_is_put_right_where_it_stands(site: Site, chrome: Any, tmp_path: Path) -> None:
    look = opened(site, chrome, "zh-hans", "light", WIDE)
    page = look.page
    try:
        enter(look, "shen")
        file = tmp_path / "past-2025.csv"
        file.write_bytes(table([*ROWS[:2], ROWS[2].replace("420.00", "four"), ROWS[3].replace("2025-03-15,2025-03-15", "2025-02-30,2025-03-15"), *ROWS[4:]]))
        page.goto(f"{site.url}/history/files")
        page.set_input_files("input[type=file]", str(file))
        page.get_by_role("button", name="发送", exact=True).click()
        expect(page.locator("h1")).to_have_text("各列是什么意思？")
        page.select_option("#c11", "")
        page.get_by_role("button", name="检查文件").click()
        expect(page.locator(".note.late")).to_contain_text("每晚房价")
        page.select_option("#c11", "rate")
        page.get_by_role("button", name="检查文件").click()
        expect(page.locator("h1")).to_have_text("2 行有错，不能直接导入", timeout=20_000)  # the worker looked it through meanwhile
        page.fill("#r4-rate", "cheap")
        page.locator("#row-4").get_by_role("button", name="改好").click()
        expect(page.locator("#r4-rate-error")).to_contain_text("“cheap”不是金额")
        expect(page.locator("#r4-rate")).to_have_value("cheap")
        page.fill("#r4-rate", "420")
        page.locator("#row-4").get_by_role("button", name="改好").click()
        expect(page.locator("#row-4")).to_have_count(0)
        page.locator("#row-5").get_by_role("button", name="搁置").click()
        expect(page.locator("h1")).to_have_text("各行都可以导入")
        page.get_by_role("button", name="导入 9 行").click()
        expect(page.locator("h1")).to_have_text("已导入 9 条历史订单", timeout=20_000)
        page.get_by_role("button", name="整个撤回").click()
        expect(page.locator("h1")).to_contain_text("已撤回")
        assert [text for text in look.said if "422" not in text] == []
    finally:
        look.context.close()


@pytest.mark.parametrize(("who", "lang", "theme", "screen"), [("shen", "zh-hans", "light", WIDE), ("lu", "en", "dark", PHONE)], ids=["desk", "phone"])
def test_the_pages_of_history_look_right(site: Site, chrome: Any, who: str, lang: str, theme: str, screen: dict[str, int]) -> None:
    look = opened(site, chrome, lang, theme, screen)
    try:
        enter(look, who)
        look.context.add_cookies([{"name": "guiju_lang", "value": lang, "url": site.url}])
        wrong: list[str] = []
        for path in ("/history/", "/history/?measure=revenue", "/history/mix", "/history/totals", "/history/totals?by=segment", "/history/files"):
            wrong += look.at(path)
        look.page.goto(f"{site.url}/history/files")
        wrong += look.at(str(look.page.locator("table tbody th a").last.get_attribute("href")))
        assert wrong == [], "\n".join(wrong)
    finally:
        look.context.close()
