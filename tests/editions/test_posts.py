"""The page of a post: every duty the manual gives it, and what carries it; what only training carries says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.duties.editions import shipped_texts
from guiju.editions.facts import PAGES
from guiju.editions.wordings import standard_of
from tests.stories.conftest import Story

CATALOGUE = Path(__file__).resolve().parents[3] / "shared" / "manual" / "clauses.yaml"
SALES_POSTS = {
    "sales_manager", "business_sales_manager", "business_sales_supervisor", "group_sales_manager", "group_sales_supervisor", "sales_clerk",
    "pr_manager", "pr_officer", "art_supervisor", "art_worker",
}


def test_every_post_of_the_manual_has_its_duties() -> None:
    duties = standard_of(shipped_texts())[0].post_duties
    assert {post for duty in duties.values() for post in duty.posts} == SALES_POSTS and len(duties) >= 50
    assert sum(duty.training for duty in duties.values()) >= 10  # said honestly


@pytest.mark.data
def test_none_of_the_catalogue_is_left_out() -> None:
    if not CATALOGUE.exists():
        pytest.skip("the catalogue of clauses is not here")
    import re

    wanted = set(re.findall(r"\{id: (post\.[a-z.-]+),", CATALOGUE.read_text(encoding="utf-8")))
    assert wanted == set(standard_of(shipped_texts())[0].post_duties)


def test_every_carrier_leads_somewhere(story: Story) -> None:
    from django.urls import reverse

    for address, _zh, _en in PAGES.values():
        assert reverse(address)
    browser = story.cast.sign_in("lin")
    for post in SALES_POSTS:
        page = browser.get(f"/posts/{post}/").content.decode()
        assert "手册" in page
    page = browser.get("/posts/group_sales_manager/").content.decode()
    assert "团体食宿安排表" in page and "/standard/group.order-details/" in page and "仅靠培训" in page
    assert "与本岗位有关的条款" in browser.get("/posts/front_desk/").content.decode()
    assert browser.get("/posts/admiral/").status_code == 404
    found = story.get("lin", "/standard/posts/art_worker")
    signs = next(one for one in found if one["id"] == "post.artist.signs")
    assert signs["training"] and signs["carriers"] == []  # carried like the signs of PR: by nothing yet
    story.refused("lin", "/standard/posts/admiral", status=404, method="get")
