"""Departments that see no bookings: a list of what to arrange, and no link that answers 403."""

from __future__ import annotations

import re

import pytest

from guiju.bookings import actions
from guiju.bookings.models import Difference
from guiju.papers.models import Copy
from tests.bookings.scene import Room


def refused_links(room: Room, who: str, url: str) -> list[str]:
    """The links of a page that answer 403 to this person."""
    browser = room.browser(who)
    page = browser.get(url)
    assert page.status_code == 200, (url, page.status_code)
    links = set(re.findall(r'href="(/[^"#]*)', page.content.decode())) - {"/sign-out/"}
    return sorted(link for link in links if "/static/" not in link and browser.get(link.replace("&amp;", "&")).status_code == 403)


def test_fnb_arranges_what_was_ordered_with_it(room: Room) -> None:
    row = room.confirmed()
    mine = actions.order_service(row, service="meals", department="fnb", text="生日蛋糕", **room.by())
    actions.order_service(row, service="transfer", department="bell_desk", text="接机", **room.by())
    browser = room.browser("chen")
    page = browser.get("/arrange/").content.decode()
    assert "生日蛋糕" in page and "接机" not in page and room.url(row) not in page
    assert browser.get(f"/services/{mine.pk}/")["Location"].startswith("/arrange/")
    assert room.browser("he").get(f"/services/{mine.pk}/")["Location"].startswith(room.url(row))
    assert browser.post(f"/services/{mine.pk}/confirm/")["Location"] == "/arrange/"
    mine.refresh_from_db()
    assert mine.confirmed_at


def test_fnb_settles_a_difference_about_meals(room: Room) -> None:
    row = room.confirmed(arrival=room.now.date())
    (one,) = actions.match_meals(row, differences=["少两份素餐"], **room.by())
    browser = room.browser("chen")
    assert "少两份素餐" in browser.get("/arrange/").content.decode()
    bad = browser.post(f"/differences/{one.pk}/resolve/", {"resolution": ""})
    assert bad.status_code == 422 and "少两份素餐" in bad.content.decode()
    assert browser.post(f"/differences/{one.pk}/resolve/", {"resolution": "已加"})["Location"] == "/arrange/"
    assert Difference.objects.get().resolved_at


@pytest.mark.parametrize("who", ["chen", "ke", "an", "qiao", "zong", "fang"])
def test_a_department_meets_no_link_that_is_refused(room: Room, who: str) -> None:
    row = room.issued()
    actions.mark_important(row, reason="考察团", **room.by())
    for department in ("fnb", "bell_desk", "housekeeping", "front_desk"):
        actions.order_service(row, service="request", department=department, text="花", **room.by())
    row.refresh_from_db()
    actions.change(row, version=row.version, fields={"persons": 11}, told_by="赵晴", told_how="fax", **room.by())
    department = room.cast.actor(who).departments
    copies = Copy.objects.filter(department__in=department, superseded_at__isnull=True)
    pages = ["/today/", "/inbox/", "/papers/", *(f"/papers/{copy.paper_id}/" for copy in copies), *(["/arrange/"] if who in ("chen", "ke", "fang") else [])]
    assert {url: refused_links(room, who, url) for url in pages} == {url: [] for url in pages}
