"""The pages of visitors: written down, changed, looked for, kept apart from whom they do not concern."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.approvals.models import Approval
from guiju.bookings.models import SavedView
from guiju.visitors import actions
from guiju.visitors.models import Visit, VisitGuest
from tests.visitors.conftest import DAY, Room, fields


def test_a_visit_is_written_down_on_its_page_and_found(room: Room) -> None:
    qiao = room.browser()
    assert qiao.get("/visitors/new").status_code == 200
    answer = qiao.post("/visitors/new", fields())
    visit = Visit.objects.get()
    assert answer["Location"] == f"/visitors/{visit.pk}/" and (visit.grade, visit.scope) == ("C", ["lobby", "dining"])
    assert VisitGuest.objects.get().title == "院长" and visit.programme.get().at == room.cast.at("10:10", DAY)
    page = qiao.get(f"/visitors/{visit.pk}/").content.decode()
    assert "青岱大学" in page and "唐棣" in page and "看大堂" in page
    for asked in ("", "?q=青岱", "?q=唐棣", "?grade=C", "?state=drawn", "?visitor=school", "?when=week", "?handler=me", "?from=2026-11-30"):
        assert "青岱大学" in qiao.get(f"/visitors/{asked}").content.decode(), asked
    for asked in ("?q=别处", "?grade=A", "?until=2026-11-29", "?from=2026-12-01", "?state=nothing&visitor=press"):
        assert "青岱大学" not in qiao.get(f"/visitors/{asked}").content.decode(), asked


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(room: Room) -> None:
    qiao = room.browser()
    answer = qiao.post("/visitors/new", fields(organisation="", persons="0", **{"programme-0-place": "", "guests-0-name": "唐棣"}))
    page = answer.content.decode()
    assert answer.status_code == 422 and not Visit.objects.exists()
    assert page.count('aria-invalid="true"') >= 3 and 'value="唐棣"' in page and 'value="看大堂"' in page
    more = qiao.post("/visitors/new", fields(more="programme"))
    assert more.status_code == 200 and not Visit.objects.exists() and "programme-3-what" in more.content.decode()
    far = qiao.post("/visitors/new", fields(arrival_at="2226-11-30T10:00"))
    assert far.status_code == 422 and not Visit.objects.exists()


def test_a_stale_form_shows_both_and_may_be_saved_all_the_same(room: Room) -> None:
    qiao = room.browser()
    qiao.post("/visitors/new", fields())
    visit = Visit.objects.get()
    path = f"/visitors/{visit.pk}/change"
    assert 'value="青岱大学"' in qiao.get(path).content.decode()
    assert qiao.post(path, fields(host="乔安、顾晚", version="1")).status_code == 302
    stale = qiao.post(path, fields(host="别人", version="1"))
    page = stale.content.decode()
    assert stale.status_code == 409 and "乔安、顾晚" in page and 'value="别人"' in page
    assert qiao.post(path, fields(host="别人", version=str(Visit.objects.get().version))).status_code == 302
    assert Visit.objects.get().host == "别人"


def test_from_the_plan_to_the_report_by_pages(room: Room) -> None:
    visit = room.drawn()
    qiao, path = room.browser(), f"/visitors/{visit.pk}/do/"
    assert qiao.post(path + "submit").status_code == 302
    assert qiao.post(path + "confirm").status_code == 409
    for who in ("gu", "lu"):
        page = room.browser(who).get(f"/visitors/{visit.pk}/").content.decode()
        assert 'value="approve"' in page
        decided = room.browser(who).post(f"/approvals/{Approval.objects.get().pk}/decide", {"answer": "approve", "next": f"/visitors/{visit.pk}/"})
        assert decided["Location"] == f"/visitors/{visit.pk}/"
    assert qiao.post(path + "confirm").status_code == 302
    fang = room.browser("fang")
    assert f"/visitors/{visit.pk}/do/acknowledge" in fang.get(f"/visitors/{visit.pk}/").content.decode()
    assert fang.post(path + "acknowledge").status_code == 302
    assert f"/visitors/{visit.pk}/do/acknowledge" not in fang.get(f"/visitors/{visit.pk}/").content.decode()
    room.at("10:00", DAY)
    assert qiao.post(path + "receive").status_code == 302
    wrong = qiao.post(path + "report", {"as_planned": "no", "shown_text": "大堂与套房"})
    assert wrong.status_code == 422 and "大堂与套房" in wrong.content.decode()
    assert qiao.post(path + "report", {"as_planned": "yes", "shown_text": "大堂与套房", "cost": "120"}).status_code == 302
    assert Visit.objects.get().state == "reported"
    assert qiao.post(path + "nothing").status_code == 404


def test_an_approved_plan_is_changed_through_its_page(room: Room) -> None:
    visit = room.approved()
    qiao, path = room.browser(), f"/visitors/{visit.pk}/change"
    page = qiao.get(path).content.decode()
    assert 'value="emergency"' in page and "reception.no-own-changes" in page
    same = fields(
        organisation="市文旅局", visitor="government", rank="bureau", purpose="leaders", persons="9", host="陆总", meeting_point="东门",
        **{
            "guests-0-name": "方为", "guests-0-title": "局长", "programme-0-time": "10:05", "programme-0-place": "宴会厅",
            "programme-0-what": "情况介绍", "programme-0-who": "陆总", "parts-0-person": str(room.cast.people["fang"].pk), "parts-0-role": "迎接",
            "parts-1-person": str(room.cast.people["can"].pk), "parts-1-role": "介绍", "version": str(visit.version),
        },
    )
    assert qiao.post(path, {**same, "how": "ask"}).status_code == 422  # no reason
    assert qiao.post(path, {**same, "how": "now", "reason": "顺手"}).status_code == 409
    assert qiao.post(path, {**same, "how": "ask", "reason": "正门施工"}).status_code == 302
    change = visit.changes.get()
    assert list(change.after) == ["meeting_point"] and Visit.objects.get().meeting_point == "大堂正门"
    shown = qiao.get(f"/visitors/{visit.pk}/").content.decode()
    assert "<del>大堂正门</del><ins>东门</ins>" in shown and "正门施工" in shown
    assert qiao.post(path, {**same, "how": "emergency", "reason": "正门封路"}).status_code == 302
    assert Visit.objects.get().meeting_point == "东门"


def test_a_paper_is_attached_fetched_and_taken_off(room: Room) -> None:
    visit = room.drawn()
    qiao = room.browser()
    upload = SimpleUploadedFile("函.txt", "关于接待的函".encode(), content_type="text/plain")
    assert qiao.post(f"/visitors/{visit.pk}/papers", {"kind": "instruction", "file": upload}).status_code == 302
    paper = visit.papers.get(kind="instruction")
    got = qiao.get(f"/visitors/papers/{paper.pk}")
    assert got.content.decode() == "关于接待的函" and got["Content-Disposition"].startswith("attachment")
    assert room.browser("ma").get(f"/visitors/papers/{paper.pk}").status_code == 404
    bad = qiao.post(f"/visitors/{visit.pk}/papers", {"kind": "letter"})
    assert bad.status_code == 422 and 'aria-invalid="true"' in bad.content.decode()
    assert qiao.post(f"/visitors/papers/{paper.pk}/detach").status_code == 302
    assert qiao.get(f"/visitors/papers/{paper.pk}").status_code == 404


@pytest.mark.parametrize(
    ("who", "seen", "may"), [("qiao", 200, True), ("lu", 200, True), ("fu", 200, False), ("fang", 200, False), ("ma", 404, False), ("guan", 403, False)]
)
def test_who_sees_a_visit(room: Room, who: str, seen: int, may: bool) -> None:
    """All of reception and the heads; of the others who takes part in it."""
    visit = room.drawn()
    browser = room.browser(who)
    assert browser.get(f"/visitors/{visit.pk}/").status_code == seen
    listed = browser.get("/visitors/")
    assert (listed.status_code == 200 and "市文旅局" in listed.content.decode()) == (seen == 200)
    assert browser.get(f"/visitors/{visit.pk}/change").status_code == (200 if may else 403)
    assert browser.post(f"/visitors/{visit.pk}/do/submit").status_code == (302 if may else seen if seen != 200 else 403)


def test_filters_are_kept_under_a_name(room: Room) -> None:
    qiao = room.browser()
    assert qiao.post("/visitors/views", {"name": "", "query": "grade=A"}).status_code == 422
    assert qiao.post("/visitors/views", {"name": "重要来访", "query": "grade=A&drop=table", "share": "1"})["Location"] == "/visitors/?grade=A"
    view = SavedView.objects.get(page="visits")
    assert "重要来访" in room.browser("gu").get("/visitors/").content.decode()  # same department
    assert qiao.post(f"/visitors/views/{view.pk}/drop").status_code == 302 and not SavedView.objects.exists()


def test_the_list_goes_out_as_a_file_for_whom_may_take_lists_away(room: Room) -> None:
    room.drawn()
    answer = room.browser("gu").get("/visitors/?export=csv&all=1")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "市文旅局" in text and "J26-0001" in text
    assert room.browser("gu").get("/visitors/?export=xlsx&all=1").status_code == 200
    assert room.browser("qiao").get("/visitors/?export=csv").status_code == 403


def test_full_pages_ask_the_database_no_more_than_twelve_times(room: Room) -> None:
    visit = room.confirmed()
    latest = Visit.objects.get(pk=visit.pk)
    actions.change_plan(latest, plan=room.plan(host="副总"), reason="急", version=latest.version, emergency=True, **room.by())
    for number in range(20):
        room.drawn(organisation=f"来宾 {number}")
    for who in ("qiao", "gu", "fang"):
        browser = room.browser(who)
        for path in ("/visitors/", f"/visitors/{visit.pk}/") + (("/visitors/new", f"/visitors/{visit.pk}/change") if who == "qiao" else ()):
            browser.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(path).status_code == 200
            assert len(asked) <= 12, (who, path, len(asked), [one["sql"][:160] for one in asked])
