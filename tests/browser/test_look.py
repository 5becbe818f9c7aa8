"""The look of the main pages for six posts: both languages, both themes, desk and phone; keys; and all of it without script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect
from pypinyin import lazy_pinyin

from tests.browser.conftest import Site
from tests.browser.looking import Look, words_amiss

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
CODES = frozenset({"TWN", "KNG", "DLX", "STE", "ESC"})
# Post -> (language, theme, screen, its pages; "first:" takes the first link of that kind on the page before).
LOOKS = [
    ("lin", "zh-hans", "light", WIDE, ["/today/", "/enquiries/", "first:/enquiries/0", "/enquiries/intake/", "/bookings/", "first:/bookings/0"]),
    ("lin", "en", "dark", PHONE, ["/today/", "/enquiries/", "first:/enquiries/0", "/bookings/new/", "/enquiries/phone/", "/help/"]),
    ("shen", "zh-hans", "dark", WIDE, ["/today/?who=all", "/clients/", "first:/clients/0", "/agreements/", "/rooms/", "/house/roster/"]),
    ("shen", "en", "light", WIDE, ["/today/?who=all", "/papers/", "first:/papers/0", "/rates/rack", "/rates/deviations", "/house/settings/", "/bell/"]),
    ("fang", "zh-hans", "light", PHONE, ["/inbox/", "first:/copies/0", "/arrivals/", "/today/", "/me/"]),
    ("fang", "en", "dark", WIDE, ["/inbox/", "/arrivals/", "/rooms/", "/search/?q=a"]),
    ("chen", "zh-hans", "dark", PHONE, ["/inbox/", "/today/", "/standard/"]),
    ("lu", "en", "light", WIDE, ["/compliance/", "/compliance/?clause=booking.by-1800", "/compliance/list/?status=not_on_time", "/standard/booking.by-1800/", "/today/"]),
    ("lu", "zh-hans", "light", PHONE, ["/compliance/?clause=booking.by-1800", "/compliance/list/", "/compliance/coverage/", "/today/", "/house/receivers/"]),
    ("he", "zh-hans", "light", WIDE, ["/today/", "/bookings/", "/papers/", "first:/papers/0", "/rooms/waiting"]),
    ("shen", "zh-hans", "light", WIDE, ["/my-standard/readers/", "/editions/import/", "/editions/", "first:/editions/drafts/", "first:/editions/drafts/"]),
    ("shen", "en", "dark", PHONE, ["/editions/", "first:/editions/drafts/", "first:/editions/drafts/"]),
    ("lin", "en", "dark", PHONE, ["/my-standard/", "/posts/", "/posts/group_sales_manager/"]),
    ("lu", "zh-hans", "dark", WIDE, ["/my-standard/", "/editions/", "first:/editions/0", "/posts/sales_manager/"]),
]
LOOKS += [
    ("guan", "zh-hans", "light", WIDE, ["/house/robots/", "first:/house/robots/0", "/house/robots/new/", "/me/calendar/"]),
    ("guan", "zh-hans", "light", WIDE, ["/house/mail/", "first:/house/mail/0", "/house/mail/new"]),
    ("shen", "en", "dark", PHONE, ["/house/mail/", "first:/house/mail/0"]),
    ("lin", "en", "dark", PHONE, ["/me/", "/me/calendar/"]), ("shen", "en", "dark", PHONE, ["/house/robots/", "/house/robots/new/"]),
]
LOOKS += [
    ("hua", "zh-hans", "light", PHONE, ["/art/", "first:/art/0", "/briefing/"]), ("shen", "en", "dark", WIDE, ["/art/", "first:/art/0", "/art/new/", "/briefing/"]),
]
LOOKS += [("he", "zh-hans", "light", PHONE, ["/arrivals/checks/"]), ("tang", "en", "dark", WIDE, ["/arrivals/checks/"])]
LOOKS += [("lin", "zh-hans", "light", WIDE, ["/events/", "first:/events/0"]), ("shen", "en", "dark", PHONE, ["/events/", "first:/events/0", "/events/menus/"]), ("chen", "zh-hans", "light", PHONE, ["/events/mine/"])]
VIP = ["/vip/", "first:/vip/0", "/vip/new"]
LOOKS += [("lin", "zh-hans", "light", WIDE, VIP), ("lin", "en", "dark", PHONE, VIP), ("chen", "zh-hans", "dark", PHONE, ["/vip/", "first:/vip/0", "/checklists/", "first:/checklists/items/0"])]
LOOKS += [("fang", "en", "light", PHONE, ["/vip/", "first:/vip/0", "/checklists/"])]
STAYS = ["/longstay/", "first:/longstay/0", "/longstay/new", "/longstay/rooms", "/longstay/orders", "/longstay/lists"]
LOOKS += [("shen", "zh-hans", "light", WIDE, STAYS), ("shen", "en", "dark", PHONE, STAYS), ("fang", "en", "dark", WIDE, ["/longstay/", "first:/longstay/0"])]
VISITS = ["/visitors/", "first:/visitors/0", "/visitors/new", "/approvals/", "first:/approvals/0"]
LOOKS += [("shen", "zh-hans", "dark", WIDE, VISITS), ("shen", "en", "light", PHONE, VISITS), ("lu", "zh-hans", "light", PHONE, ["/approvals/", "first:/approvals/0"])]
HALLS = ["/functions/", "first:/functions/0", "/functions/new", "/functions/rooms", "/functions/waiting", "/functions/halls"]
LOOKS += [("lin", "zh-hans", "light", WIDE, HALLS), ("shen", "en", "dark", PHONE, HALLS)]
REPLAYS = ["/history/replay/", "first:/history/replay/0"]
LOOKS += [("shen", "zh-hans", "light", WIDE, REPLAYS), ("lu", "en", "dark", PHONE, REPLAYS)]
TRIED: dict[str, set[str]] = {}


def enter(look: Look, who: str) -> None:
    """One-tap sign-in, in the language and theme of the cookies."""
    look.page.goto(f"{look.url}/sign-in/")
    look.page.locator(f'form:has(input[name="username"][value="{who}"]) button').first.click()
    look.page.wait_for_url(lambda url: "/sign-in" not in url)


def opened(site: Site, chrome: Any, lang: str, theme: str, screen: dict[str, int], **more: Any) -> Look:
    context = chrome.new_context(viewport=screen, **more)
    context.add_cookies([
        {"name": "guiju_lang", "value": lang, "url": site.url}, {"name": "guiju_theme", "value": theme, "url": site.url},
    ])
    return Look(context, site.url, lang, CODES)


@pytest.mark.parametrize(("who", "lang", "theme", "screen", "paths"), LOOKS, ids=lambda one: one if isinstance(one, str) else "")
def test_pages_look_right(site: Site, chrome: Any, who: str, lang: str, theme: str, screen: dict[str, int], paths: list[str]) -> None:
    look = opened(site, chrome, lang, theme, screen)
    look.tried = TRIED.setdefault(who, set())
    try:
        enter(look, who)
        look.context.add_cookies([{"name": "guiju_lang", "value": lang, "url": site.url}])
        wrong: list[str] = []
        for path in paths:
            if path.startswith("first:"):
                kind = path.removeprefix("first:")
                links = look.page.eval_on_selector_all("main a[href]", "all => all.map(one => new URL(one.href).pathname)")
                path = next((link for link in links if link.startswith(kind)), "")
                if not path:
                    continue  # nothing of the kind waits for this post now
            wrong += look.at(path)
        assert wrong == [], "\n".join(wrong)
    finally:
        look.context.close()


@pytest.mark.parametrize("screen", [WIDE, PHONE], ids=["desk", "phone"])
def test_the_sign_in_looks_right(site: Site, chrome: Any, screen: dict[str, int]) -> None:
    for lang, theme in (("zh-hans", "light"), ("en", "dark")):
        look = opened(site, chrome, lang, theme, screen)
        assert look.at("/sign-in/") == []
        look.context.close()


def test_these_looks_can_fail(site: Site, chrome: Any) -> None:
    """The control: a page with every fault is told apart."""
    look = opened(site, chrome, "zh-hans", "light", PHONE)
    look.page.goto(f"{site.url}/sign-in/")
    look.page.evaluate(
        """() => { document.querySelector("main").innerHTML =
        '<p>booking_kind</p><p>2026-11-27</p><p>TWN × 2</p><p>Sign in</p><input><div><a href="/nowhere/">x</a></div>';
        document.querySelector("main div").style.width = "900px";
        const script = document.createElement("script"); script.textContent = "1"; document.body.append(script); }"""
    )
    found = [*look.faults(), *look.leads("/sign-in/")]
    for sign in ("a raw key", "a machine's date", "a bare code", "not in Chinese", "axe label", "wider than", "console", "answers 404"):
        assert any(sign in one for one in found), (sign, found)
    assert list(words_amiss(["11月27日", "标准双床房 × 2"], "zh-hans", CODES)) == []
    look.context.close()


def test_keys_lead_everywhere(site: Site, chrome: Any) -> None:
    """Ctrl K finds a client by pinyin initials; J and E walk and act; G then B goes; ? explains; none of it while typing."""
    look = opened(site, chrome, "zh-hans", "light", WIDE)
    page = look.page
    enter(look, "shen")
    page.goto(f"{site.url}/clients/")
    name = page.locator("table tbody tr").first.locator("a").first.inner_text().strip()
    initials = "".join(word[0] for word in lazy_pinyin(name[:4]))
    page.keyboard.press("Control+k")
    page.locator("dialog.pal input").fill(initials)
    expect(page.locator("dialog.pal .opt", has_text=name).first).to_be_visible()
    page.keyboard.press("Escape")
    page.goto(f"{site.url}/today/?who=all")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('.row.cur') !== null")
    style = page.evaluate("(() => { const seen = getComputedStyle(document.activeElement); return [seen.outlineStyle, seen.outlineWidth]; })()")
    assert style[0] == "solid" and style[1] == "2px", style
    place = page.locator(".row.cur .btn").get_attribute("href")
    page.keyboard.press("e")
    page.wait_for_url(f"**{place}")
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.wait_for_url("**/bookings/")
    page.keyboard.press("?")
    page.wait_for_url("**/help/")
    page.goto(f"{site.url}/search/?q=")
    page.locator("main input[name=q]").first.press_sequentially("gb?j")
    assert "/search/" in page.url
    assert look.said == []
    look.context.close()


def test_everything_goes_without_script(site: Site, chrome: Any) -> None:
    """Taken in, booked, answered, confirmed, issued and signed by plain links and forms."""
    look = opened(site, chrome, "zh-hans", "light", WIDE, java_script_enabled=False)
    page = look.page

    def push(selector: str) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state("load")

    enter(look, "lin")
    page.goto(f"{site.url}/clients/")
    name = page.locator("table tbody tr").first.locator("a").first.inner_text().strip()
    page.goto(f"{site.url}/enquiries/intake/")
    page.fill("#text", f"订房单位：{name}\n联系人：许经理\n抵店日期：明天\n离店日期：后天\n用房：豪华海景房 1 间\n人数：1 人\n付款方式：挂账\n")
    page.fill("#sender", "xu@client.example")
    push("form.pad button.pri")
    enquiry = page.url
    push('form[action$="/take"] button')
    page.goto(enquiry)
    push('form[action$="/book"] button')
    page.goto(enquiry)
    push("#answer a.btn")
    assert page.url.endswith("/answer")
    push('form#reply button[value^="send"]')
    page.goto(enquiry)
    push('main a[href^="/bookings/"]')
    booking = page.url
    push('form[action$="/do/confirm/"] button')
    page.goto(booking)
    push('form[action$="/do/issue/"] button')
    page.goto(booking)
    paper = page.locator('main a[href^="/papers/"]').first.get_attribute("href")
    page.context.clear_cookies()
    enter(look, "fang")
    page.goto(f"{site.url}/inbox/")
    waiting = page.locator("form[action$='/sign/'] button")
    before = waiting.count()
    assert before >= 1
    waiting.last.click()
    page.goto(f"{site.url}/inbox/")
    assert page.locator("form[action$='/sign/'] button").count() == before - 1
    page.goto(f"{site.url}{paper}")
    expect(page.locator("main")).to_contain_text("方前")
    look.context.close()
