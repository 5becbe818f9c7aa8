"""No personal note is visible to a post that may not see it: every post, on every page that shows VIPs, in the API, search, feeds, papers, letters."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client as Browser

from guiju.house import tokens
from guiju.house.facts import POSTS
from guiju.house.models import Appointment, Person
from guiju.house.rights import posts_with
from guiju.logbook.models import Entry, PersonalValue
from guiju.notices.models import Letter, Notice
from guiju.papers.models import Paper, Revision
from guiju.papers.sheets import pdf_of
from guiju.shelf.actor import the_clock
from guiju.vip import actions
from guiju.vip.models import VipPlan
from tests.vip.scene import NOTE, Stage

MAY = {"sales_manager", "pr_manager", "gm", "duty_manager"}
PIECE = NOTE[:5]  # a part of it is as bad as the whole


def person_in(stage: Stage, post: str) -> str:
    """Somebody who holds this post and no other."""
    row = Person.objects.create(username=f"only-{post}", name=f"专任{post}", password="!")
    Appointment.objects.create(hotel=stage.cast.hotel, person=row, post=post, from_at=stage.cast.hotel.created_at)
    stage.cast.people[row.username] = row
    return row.username


@pytest.fixture
def noted(stage: Stage) -> VipPlan:
    """An approved plan, out and half done, whose guest has a personal note."""
    plan = stage.approved()
    actions.write_note(plan.guest, text=NOTE, version=plan.guest.version, **stage.by("shen", "09:30"))
    return plan


def test_pages_api_search_and_feeds(stage: Stage, noted: VipPlan, at: Callable[..., None]) -> None:
    """A person in one post looks everywhere, post after post: only the four named posts read the note, on the guest's page and its operation."""
    at("15:00")
    paper = Paper.objects.get(kind="vip_plan")
    guest = f"/vip/guests/{noted.guest_id}/"
    pages = [
        "/vip/?which=all&q=郑", f"/vip/{noted.pk}/", f"/vip/{noted.pk}/side", f"/vip/{noted.pk}/out", f"/vip/{noted.pk}/change",
        f"/vip/new?guest={noted.guest_id}", "/vip/new?name=郑", "/vip/?export=csv", "/checklists/", "/today/", "/approvals/", "/inbox/",
        f"/papers/{paper.pk}/", "/search/?q=郑怀山", "/bell/", "/briefing/",
    ]
    for post in sorted(POSTS):
        browser = stage.cast.sign_in(person_in(stage, post))
        for path in pages:
            answer = browser.get(path)
            assert answer.status_code < 500, (post, path)
            assert PIECE.encode() not in b"".join(answer.streaming_content if answer.streaming else [answer.content]), (post, path)
        assert "郑怀山" not in browser.get(f"/search/?q={PIECE}").content.decode(), f"{post} finds somebody by his note"
        assert (PIECE in browser.get(guest).content.decode()) is (post in MAY), post
        assert (browser.post(f"{guest}note", {"note": "改", "version": "1"}).status_code == 403) is (post not in MAY), post
        programs_see(stage, noted, post)
        browser.post("/me/calendar/", {"what": "open"})
        address = browser.get("/me/calendar/").content.decode().partition("http://localhost:8000")[2].partition("</code>")[0]
        if address.startswith("/calendar/"):
            assert PIECE not in Browser().get(address).content.decode(), post


def programs_see(stage: Stage, noted: VipPlan, post: str) -> None:
    """The same person's program."""
    row = Person.objects.get(username=f"only-{post}")
    _token, text = tokens.create(stage.cast.hotel, person=row, name="p", by=the_clock(stage.cast.hotel.pk, via="cli"), now=stage.cast.at("08:00"))
    program = Browser(headers={"Authorization": f"Bearer {text}"})
    for path in ("/vips", f"/vips/{noted.pk}", "/checklists", f"/checklists/of?kind=vip&about={noted.pk}", "/duties", "/bell"):
        answer = program.get(f"/api/v1{path}")
        assert answer.status_code < 500 and PIECE not in json.dumps(answer.json(), ensure_ascii=False), (post, path)
    answer = program.get("/api/v1/vips/guests?q=郑")
    if answer.status_code == 200:
        assert {one["note"] for one in answer.json()} == ({NOTE} if post in MAY else {None}), post


def test_papers_logbook_letters_and_notices(stage: Stage, noted: VipPlan) -> None:
    """It stands on no paper, in no fact, no notice and no letter, as plain text nowhere but in its own row."""
    assert PIECE not in json.dumps(list(Revision.objects.values_list("content", flat=True)), ensure_ascii=False)
    assert PIECE not in " ".join(Entry.objects.values_list("body", flat=True)) and not PersonalValue.objects.filter(attr="note").exists()
    told = [*Notice.objects.values_list("text", "values"), *Letter.objects.values_list("subject", "body")]
    assert PIECE not in json.dumps(told, ensure_ascii=False, default=str)
    copies = list(Paper.objects.get(kind="vip_plan").copies.select_related("revision", "paper"))
    assert pdf_of(copies, hotel=stage.cast.hotel, lang="zh-hans").startswith(b"%PDF")


def test_the_right_names_exactly_those_posts() -> None:
    assert set(posts_with("vip.notes")) == MAY


@pytest.mark.parametrize(("who", "sees"), [("chen", True), ("an", True), ("fang", True), ("cai", False), ("qiao", True), ("lu", True)])
def test_a_department_sees_only_plans_that_were_sent_to_it(stage: Stage, who: str, sees: bool) -> None:
    """Finance gets no copy, so there is no such plan for it; a draft is nobody's but those who make it."""
    plan = stage.approved()
    browser = stage.cast.sign_in(who)
    assert (browser.get(f"/vip/{plan.pk}/").status_code == 200) is sees
    assert ("郑怀山" in browser.get("/vip/").content.decode()) is sees
    draft = stage.draft(guest=plan.guest)
    assert (browser.get(f"/vip/{draft.pk}/").status_code == 200) is (who in ("qiao", "lu"))


def test_a_department_reads_its_own_lines(stage: Stage) -> None:
    """F&B reads the diet, not the security; security the posts, not the settlement; nobody of them the rate."""
    plan = stage.approved(rate="免费")
    fnb = stage.cast.sign_in("chen").get(f"/vip/{plan.pk}/").content.decode()
    guard = stage.cast.sign_in("an").get(f"/vip/{plan.pk}/").content.decode()
    assert "忌海鲜" in fnb and "二级" not in fnb and "免费" not in fnb
    assert "二级" in guard and "挂账" not in guard and "480 元" not in guard
