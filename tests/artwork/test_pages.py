"""The pages of art orders as people use them: list, form, one order, pictures, job paper; who sees what, and how little it asks."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdfium2 import PdfDocument

from guiju.artwork import actions
from guiju.artwork.models import ArtOrder
from guiju.artwork.queries import lines_of, worth_a_look
from tests.artwork.scene import Studio, picture
from tests.cast import TODAY

pytestmark = pytest.mark.django_db
FORM = {
    "item": "welcome_board", "title": "江南秋色团", "text_zh": "热烈欢迎江南秋色团", "text_en": "Welcome", "size": "80 × 180 cm", "material": "KT 板",
    "quantity": "1", "place": "大堂", "due_at": "2026-11-25T16:00", "from_at": "", "until_at": "",
}


def english(browser: Any) -> Any:
    browser.cookies["guiju_lang"] = "en"
    return browser


def test_ordered_taken_proofed_made_and_signed_for_through_the_pages(studio: Studio) -> None:
    lin, hua, mei = (studio.cast.sign_in(who) for who in ("lin", "hua", "mei"))
    made = lin.post("/art/new/", FORM)
    row = ArtOrder.objects.get()
    assert made.status_code == 302 and made["Location"] == f"/art/{row.pk}/" and row.due_at == studio.cast.at("16:00", TODAY + timedelta(days=1))
    page = hua.get("/art/").content.decode()
    assert "热烈欢迎江南秋色团" in page and "/do/take/" in page and "/do/take/" not in lin.get("/art/").content.decode()
    do = f"/art/{row.pk}/do"
    assert hua.post(f"{do}/take/").status_code == 302
    assert hua.post(f"{do}/proof/", {"file": SimpleUploadedFile("p.png", picture()), "remark": "红底"}).status_code == 302
    shown = lin.get(f"/art/{row.pk}/").content.decode()
    assert f"/art/{row.pk}/picture/1/" in shown and "/do/approve/" in shown and "9 字" in shown
    assert "/do/approve/" not in hua.get(f"/art/{row.pk}/").content.decode()
    assert lin.get(f"/art/{row.pk}/picture/1/").content == picture()
    row.refresh_from_db()
    assert lin.post(f"{do}/approve/", {"text_hash": row.text_hash}).status_code == 302
    assert hua.post(f"{do}/finish/", {"used": "KT 板一张", "cost": "35"}).status_code == 302
    assert mei.post(f"{do}/good/").status_code == 302
    assert hua.post(f"{do}/deliver/", {"file": SimpleUploadedFile("f.png", picture("red"))}).status_code == 302
    assert lin.post(f"{do}/sign/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.cost, row.photo.size > 0) == ("signed", 35, True)
    assert lin.get(f"/art/{row.pk}/picture/photo/")["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"item": "x"}, "item"), ({"text_zh": "", "text_en": ""}, "text_zh"), ({"quantity": "0"}, "quantity"), ({"due_at": ""}, "due_at"), ({"due_at": "2026-11-24T09:00"}, "due_at"), ({"until_at": "2026-11-25T10:00"}, "until_at")],
)
def test_a_wrong_form_keeps_what_was_typed(studio: Studio, change: dict[str, str], field: str) -> None:
    answer = studio.cast.sign_in("lin").post("/art/new/", {**FORM, **change})
    page = answer.content.decode()
    assert answer.status_code == 422 and f'id="art-{field}-error"' in page and "江南秋色团" in page and not ArtOrder.objects.exists()


@pytest.mark.parametrize(("what", "sent", "says"), [("proof", {}, "file"), ("return", {"reason": ""}, "reason"), ("cancel", {"reason": ""}, "reason")])
def test_a_refused_step_says_why_beside_its_field(studio: Studio, what: str, sent: dict[str, str], says: str) -> None:
    row = studio.order()
    actions.take(row, **studio.by("hua"))
    if what == "return":
        actions.show_proof(row, file=studio.file(), **studio.by("hua"))
    answer = studio.cast.sign_in("hua" if what == "proof" else "lin").post(f"/art/{row.pk}/do/{what}/", sent)
    assert answer.status_code == 422 and f'id="{what}-{says}-error"' in answer.content.decode()


def test_only_pictures_are_taken(studio: Studio) -> None:
    row = studio.order()
    actions.take(row, **studio.by("hua"))
    answer = studio.cast.sign_in("hua").post(f"/art/{row.pk}/do/proof/", {"file": SimpleUploadedFile("p.png", b"%PDF-1.4 nothing")})
    assert answer.status_code == 422 and not row.proofs.exists()


def test_a_stale_change_shows_both_values(studio: Studio) -> None:
    row = studio.order()
    lin = studio.cast.sign_in("lin")
    assert lin.post(f"/art/{row.pk}/change/", {**FORM, "place": "二楼", "version": row.version}).status_code == 302
    stale = lin.post(f"/art/{row.pk}/change/", {**FORM, "place": "三楼", "version": row.version})
    assert stale.status_code == 409 and "二楼" in stale.content.decode() and "三楼" in stale.content.decode()


def test_a_department_sees_its_own_orders_and_the_art_workers_all(studio: Studio) -> None:
    ours, theirs = studio.order(), studio.order("chen", what="menu", title="私房菜", text_zh="菜谱一")
    for who, sees in (("hua", 2), ("lin", 2), ("lu", 2), ("chen", 1), ("can", 1), ("fang", 0)):
        browser = studio.cast.sign_in(who)
        assert browser.get("/art/").content.decode().count('<h2><a href="/art/') == sees, who
        assert browser.get(f"/art/{theirs.pk}/").status_code == (200 if who != "fang" else 404), who
    assert studio.cast.sign_in("chen").get(f"/art/{ours.pk}/paper/").status_code == 404
    assert studio.cast.sign_in("chen").post(f"/art/{ours.pk}/do/take/").status_code == 404
    assert studio.cast.sign_in("lin").post(f"/art/{theirs.pk}/do/take/").status_code == 403
    assert studio.cast.sign_in("guan").get("/art/").status_code == 403


def test_a_booking_of_a_group_shows_its_art_orders_and_the_button(studio: Studio, tmp_path: Path) -> None:
    from tests.bookings.scene import open_room
    from tests.enquiries.scene import dress

    room = open_room(dress(studio.cast), tmp_path / "clock")
    group = room.issued()
    he = studio.cast.sign_in("he")
    side = he.get(f"/bookings/{group.pk}/side/").content.decode()
    assert f"/art/new/?about=booking:{group.pk}" in side
    form = he.get(f"/art/new/?about=booking:{group.pk}").content.decode()
    assert group.name in form and f'value="booking:{group.pk}"' in form
    he.post("/art/new/", {**FORM, "about": f"booking:{group.pk}"})
    row = ArtOrder.objects.get()
    assert (row.about_kind, row.about_id) == ("booking", str(group.pk))
    side = he.get(f"/bookings/{group.pk}/side/").content.decode()
    assert f"/art/{row.pk}/" in side and group.name in he.get(f"/art/{row.pk}/").content.decode()
    assert 'name="about" value=""' in he.get("/art/new/?about=booking:nonsense").content.decode()


def test_every_page_asks_little_however_much_there_is(studio: Studio) -> None:
    row = studio.hung()
    for number in range(30):
        studio.order("chen" if number % 2 else "lin", title=f"第{number}场", about=row if number % 3 else None)
    for who in ("hua", "lin", "chen"):
        browser = studio.cast.sign_in(who)
        browser.get("/help/")
        mine = ArtOrder.objects.filter(department="fnb" if who == "chen" else "sales").first()
        assert mine is not None
        for path in ("/art/", "/art/?view=mine", "/art/?view=standing", "/art/?view=done", "/art/new/", f"/art/{mine.pk}/"):
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(path).status_code == 200
            assert len(asked) <= 12, (who, path, len(asked), [one["sql"][:120] for one in asked])


def test_the_list_goes_out_as_xlsx_and_csv(studio: Studio) -> None:
    studio.order(text_zh="=cmd")
    mei, gu = studio.cast.sign_in("lin"), studio.cast.sign_in("gu")
    assert mei.get("/art/?export=csv").status_code == 403
    csv = b"".join(english(gu).get("/art/?export=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "A26-0001" in csv and "'=cmd" in csv and "Chinese text" in csv
    assert gu.get("/art/?export=xlsx").status_code == 200 and gu.get("/art/?export=pdf").status_code == 422


def test_the_job_paper_is_one_sheet_with_the_text_line_by_line(studio: Studio) -> None:
    row = studio.made(text_zh="热烈欢迎\n东岬机电 2026 年度答谢会", title="答谢会")
    pdf = studio.cast.sign_in("hua").get(f"/art/{row.pk}/paper/")
    assert pdf["Content-Type"] == "application/pdf"
    with PdfDocument(io.BytesIO(pdf.content)) as document:
        text = "".join(document[0].get_textpage().get_text_range().split())
        assert len(document) == 1
    for words in ("美工工作单", "A26-0001", "热烈欢迎", "东岬机电2026年度答谢会", "华青", "林一舟", "海晏厅", "布8米"):
        assert words in text, words


def test_the_job_paper_changes_no_sign_of_the_text(studio: Studio) -> None:
    """A day, a code and two blanks stand on it as they were written, not as forms usually say them."""
    from guiju.artwork.job_paper import content_of
    from guiju.papers.forms import sheet

    row = studio.order(text_zh="2026-12-06  group 年会", text_en="")
    laid = sheet("art_order", content_of(row, hotel=studio.cast.hotel, lang="zh-hans"), lang="zh", hotel_name="听涛饭店")
    (table,) = [section for section in laid.sections if section.rows]
    assert table.rows[0][2].text == "2026-12-06  group 年会"


@pytest.mark.parametrize(
    ("zh", "en", "finds"),
    [
        ("热烈欢迎", "Welcome", 0), ("热烈\u200b欢迎", "", 1), ("“热烈欢迎", "", 1), ("热烈欢迎,各位", "", 1), ("12月6日", "7 December", 1), ("二〇二六", "The  guests", 1),
        ("2026 年答谢会", "Annual dinner 2026", 0),
    ],
)
def test_what_a_proofreaders_eye_slides_over(zh: str, en: str, finds: int) -> None:
    assert len(worth_a_look(zh, en)) == finds, worth_a_look(zh, en)


def test_characters_are_counted_line_by_line_without_blanks() -> None:
    assert [(line.text, line.signs) for line in lines_of("热烈 欢迎\n\nA B")] == [("热烈 欢迎", 4), ("", 0), ("A B", 2)]


def test_what_waits_is_counted_for_whoever_it_waits_for(studio: Studio) -> None:
    from guiju.artwork.queries import count

    row = studio.order()
    at = studio.cast.at("10:00")
    assert [count(studio.cast.actor(who), at) for who in ("hua", "lin", "chen")] == [(1, False), (0, False), (0, False)]
    actions.take(row, **studio.by("hua"))
    actions.show_proof(row, file=studio.file(), **studio.by("hua"))
    late = studio.due() + timedelta(minutes=1)
    assert [count(studio.cast.actor(who), late) for who in ("hua", "lin", "chen")] == [(0, False), (1, True), (0, False)]  # it is sales' turn
