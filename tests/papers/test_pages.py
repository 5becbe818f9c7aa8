"""The pages of papers: the inbox on a phone, a paper with its sign-off, signatures on paper, the register, the QR page."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from guiju.papers import actions
from guiju.papers.models import Copy, Paper, Receipt, StoredFile
from guiju.shelf import registry
from tests.papers.scene import GROUP, Scene

Bounded = Callable[..., Any]


def png() -> bytes:
    """A picture of one grey point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\x80"))
        + chunk(b"IEND", b"")
    )


def page(browser: Browser, url: str, status: int = 200) -> str:
    answer = browser.get(url)
    assert answer.status_code == status, answer.content[:300]
    return answer.content.decode()


def test_the_inbox_shows_only_what_concerns_the_department(
    scene: Scene, django_assert_max_num_queries: Bounded
) -> None:
    scene.group(meals=True)
    scene.group(meals=True)
    browser = scene.cast.sign_in("chen", now=scene.at("10:58"))
    with django_assert_max_num_queries(12):
        shown = page(browser, "/inbox/")
    assert "团体食宿安排表" in shown and "素食 1 位" in shown
    assert shown.count('class="btn sign"') == 2
    card = shown.split('<section class="ip"')[0]
    assert "30,960" not in card and "叫醒" not in card


def test_a_colleague_who_is_not_named_sees_who_signs_and_no_button(scene: Scene) -> None:
    scene.group(meals=True)
    shown = page(scene.cast.sign_in("can", now=scene.at("10:58")), "/inbox/")
    assert 'class="btn sign"' not in shown and "陈味" in shown


def test_signing_and_withdrawing_on_the_phone(scene: Scene) -> None:
    copy = scene.copy(scene.group(meals=True), "fnb")
    browser = scene.cast.sign_in("chen", now=scene.at("10:58"))
    key = {"idempotency_key": "one"}
    answer = browser.post(f"/copies/{copy.pk}/sign/", key)
    assert (answer.status_code, answer["Location"]) == (302, "/inbox/")
    browser.post(f"/copies/{copy.pk}/sign/", key)
    assert Receipt.objects.filter(copy=copy, what="signed").count() == 1
    shown = page(browser, "/inbox/")
    assert f"/copies/{copy.pk}/undo/" in shown
    browser.post(f"/copies/{copy.pk}/undo/")
    copy.refresh_from_db()
    assert copy.signed_at is None


@pytest.mark.parametrize(
    "wanted", ["//evil.example/x", "https://evil.example/papers/", "/papers//..//@evil", "javascript:x"]
)
def test_after_signing_nobody_is_sent_elsewhere(scene: Scene, wanted: str) -> None:
    copy = scene.copy(scene.group(), "front_desk")
    browser = scene.cast.sign_in("fang", now=scene.at("10:58"))
    answer = browser.post(f"/copies/{copy.pk}/sign/", {"next": wanted})
    assert answer["Location"].startswith("/") and not answer["Location"].startswith("//")


def test_not_the_named_receiver_is_refused_with_the_clause(scene: Scene) -> None:
    copy = scene.copy(scene.group(meals=True), "fnb")
    answer = scene.cast.sign_in("can", now=scene.at("10:58")).post(f"/copies/{copy.pk}/sign/")
    assert answer.status_code == 409
    copy.refresh_from_db()
    assert copy.signed_at is None


def test_a_superseded_copy_cannot_be_signed_from_an_old_page(scene: Scene) -> None:
    paper = scene.group(meals=True)
    old = scene.copy(paper, "fnb")
    actions.revise(
        paper,
        content={**GROUP, "meals": GROUP["meals"][:1]},
        attrs=scene.attrs(meals=True),
        **scene.by("tang", "10:30"),
    )
    answer = scene.cast.sign_in("chen", now=scene.at("10:58")).post(f"/copies/{old.pk}/sign/")
    assert answer.status_code == 409
    assert not Receipt.objects.filter(what="signed").exists()


def test_another_departments_copy_does_not_exist_for_one(scene: Scene) -> None:
    paper = scene.group(meals=True)
    mine, other = scene.copy(paper, "fnb"), scene.copy(paper, "front_cashier")
    browser = scene.cast.sign_in("chen", now=scene.at("10:58"))
    assert browser.get(f"/copies/{other.pk}/sign/").status_code == 404
    assert browser.get(f"/papers/{paper.pk}/pdf/?copy={other.pk}").status_code == 404
    assert browser.get(f"/papers/{paper.pk}/pdf/?copy={mine.pk}").status_code == 200
    assert browser.get(f"/papers/{scene.reservation().pk}/").status_code == 404
    shown = page(browser, f"/papers/{paper.pk}/")
    assert "总台收银" not in shown.split("<aside")[1]


def test_a_question_keeps_what_was_typed_and_is_answered(scene: Scene) -> None:
    paper = scene.group(meals=True)
    copy = scene.copy(paper, "fnb")
    browser = scene.cast.sign_in("chen", now=scene.at("10:58"))
    assert browser.post(f"/copies/{copy.pk}/question/", {"reason": " "}).status_code == 422
    assert browser.post(f"/copies/{copy.pk}/question/", {"reason": "几桌？"}).status_code == 302
    assert "几桌？" in page(browser, "/inbox/")
    sales = scene.cast.sign_in("tang", now=scene.at("10:58"))
    assert "几桌？" in page(sales, f"/papers/{paper.pk}/")
    refused = sales.post(f"/copies/{copy.pk}/answer/", {"answer": ""})
    assert refused.status_code == 422 and "answer-error" in refused.content.decode()
    assert sales.post(f"/copies/{copy.pk}/answer/", {"answer": "四桌"}).status_code == 302
    copy.refresh_from_db()
    assert copy.objected_at is None


def test_a_paper_shows_its_sign_off_changes_and_who_held_what(
    scene: Scene, django_assert_max_num_queries: Bounded
) -> None:
    paper = scene.group(clock="09:00", meals=True, important=True)
    actions.sign_for(scene.copy(paper, "front_desk"), **scene.by("fang", "09:30"))
    new = {**GROUP, "meals": [{**GROUP["meals"][0], "diet": "素食 2 位"}, GROUP["meals"][1]]}
    actions.revise(
        paper, content=new, attrs=scene.attrs(meals=True, important=True), **scene.by("tang", "10:00")
    )
    browser = scene.cast.sign_in("tang", now=scene.at("10:58"))
    with django_assert_max_num_queries(12):
        shown = page(browser, f"/papers/{paper.pk}/?at=2026-11-24T09:45")
    assert "<del>素食 1 位</del><ins>素食 2 位</ins>" in shown
    assert "方前" in shown and "餐饮部" in shown
    first = page(browser, f"/papers/{paper.pk}/?revision=1")
    assert "<ins>" not in first and "素食 1 位" in first
    for nonsense in ("?revision=99", "?revision=x", "?at=never", "?copy=1"):
        page(browser, f"/papers/{paper.pk}/{nonsense}")


def test_printing_all_the_unsigned_or_one(scene: Scene) -> None:
    import pypdfium2

    paper = scene.group(meals=True)
    actions.sign_for(scene.copy(paper, "front_desk"), **scene.by("fang", "10:30"))
    browser = scene.cast.sign_in("tang", now=scene.at("10:58"))
    pages = []
    for query in ("", "?which=unsigned", f"?copy={scene.copy(paper, 'fnb').pk}"):
        answer = browser.get(f"/papers/{paper.pk}/pdf/{query}")
        assert answer["Content-Type"] == "application/pdf" and "no-store" in answer["Cache-Control"]
        with pypdfium2.PdfDocument(answer.content) as document:
            pages.append(len(document))
    assert pages == [8, 4, 2]


def test_a_signature_on_paper_with_its_photo(scene: Scene) -> None:
    paper = scene.group(clock="09:00")
    copy = scene.copy(paper, "front_desk")
    browser = scene.cast.sign_in("tang", now=scene.at("10:58"))
    url = f"/copies/{copy.pk}/backfill/"
    page(browser, url)
    bad = browser.post(
        url, {"name": "方前", "at": "never", "photo": SimpleUploadedFile("a.png", b"<script>")}
    )
    assert bad.status_code == 422 and 'value="方前"' in bad.content.decode()
    assert not StoredFile.objects.exists()
    early = browser.post(
        url, {"name": "方前", "at": "2026-11-24T08:00", "photo": SimpleUploadedFile("a.png", png())}
    )
    assert early.status_code == 422 and not StoredFile.objects.exists()
    done = browser.post(
        url,
        {
            "name": "方前",
            "at": "2026-11-24T10:00",
            "photo": SimpleUploadedFile("签收.png", png(), "image/png"),
            "idempotency_key": "k",
        },
    )
    assert done.status_code == 302
    copy.refresh_from_db()
    assert copy.signed_at == scene.at("10:00")
    photo = StoredFile.objects.get()
    shown = page(browser, f"/papers/{paper.pk}/")
    assert f"/files/{photo.pk}/" in shown
    answer = browser.get(f"/files/{photo.pk}/")
    assert answer.content == png()
    assert (
        answer["Content-Disposition"].startswith("attachment")
        and answer["X-Content-Type-Options"] == "nosniff"
    )
    assert scene.cast.sign_in("fang").get(f"/files/{photo.pk}/").status_code == 200
    assert scene.cast.sign_in("chen").get(f"/files/{photo.pk}/").status_code == 404
    assert Browser().get(f"/files/{photo.pk}/").status_code == 302


def test_the_register_and_its_export(scene: Scene, django_assert_max_num_queries: Bounded) -> None:
    for _number in range(6):
        scene.group(meals=True)
    scene.reservation()
    browser = scene.cast.sign_in("wen", now=scene.at("10:58"))
    with django_assert_max_num_queries(8):
        shown = page(browser, "/papers/")
    assert shown.count("江南秋色") == 6 and "0 / 3" in shown and "黎曼" in shown
    assert "江南秋色" not in page(browser, "/papers/?q=黎曼")
    assert "黎曼" not in page(browser, "/papers/?kind=group_schedule")
    page(browser, "/papers/?kind=nonsense&before=nonsense", 404)
    csv = b"".join(browser.get("/papers/?export=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert csv.count("\n") == 8 and "江南秋色" in csv
    assert browser.get("/papers/?export=xlsx").status_code == 200
    assert browser.get("/papers/?export=exe").status_code == 422
    fnb = page(scene.cast.sign_in("chen", now=scene.at("10:58")), "/papers/")
    assert fnb.count("江南秋色") == 6 and "黎曼" not in fnb


def test_the_qr_page_says_number_revision_latest_or_not_hotel_and_nothing_else(scene: Scene) -> None:
    paper = scene.group(meals=True, important=True)
    old = scene.copy(paper, "fnb")
    shown = page(Browser(), f"/p/{old.token}/")
    assert paper.number in shown and "听涛饭店" in shown and "这是最新版" in shown
    actions.revise(
        paper,
        content={**GROUP, "persons": 40},
        attrs=scene.attrs(meals=True, important=True),
        **scene.by("tang", "10:30"),
    )
    shown = page(Browser(), f"/p/{old.token}/")
    assert "这是最新版" not in shown
    for secret in ("江南秋色", "沐野", "秦岚", "餐饮", "38", "30,960", str(paper.pk), "唐小满"):
        assert secret not in shown, secret
    assert len(old.token) >= 24
    page(Browser(), "/p/guess/", 404)
    answer = Browser().get(f"/p/{old.token}/")
    assert "no-store" in answer["Cache-Control"] and "noindex" in answer["X-Robots-Tag"]
    new = Copy.objects.get(paper=paper, department="fnb", superseded_at__isnull=True)
    assert str(paper.pk) in page(scene.cast.sign_in("chen"), f"/p/{new.token}/")
    assert str(paper.pk) not in page(scene.cast.sign_in("ke"), f"/p/{new.token}/")


def test_reminding_and_handing_over_from_the_paper(scene: Scene) -> None:
    copy = scene.copy(scene.group(), "front_desk")
    browser = scene.cast.sign_in("tang", now=scene.at("10:58"))
    assert browser.post(f"/copies/{copy.pk}/remind/").status_code == 302
    assert browser.post(f"/copies/{copy.pk}/remind/").status_code == 409
    assert browser.post(f"/copies/{copy.pk}/deliver/").status_code == 302
    assert scene.cast.sign_in("fang").post(f"/copies/{copy.pk}/remind/").status_code == 403


def test_other_rooms_find_titles_counts_and_what_waits(
    scene: Scene, django_assert_max_num_queries: Bounded
) -> None:
    papers = [scene.group(meals=True) for _number in range(3)]
    copies = list(Copy.objects.filter(department="fnb"))
    with django_assert_max_num_queries(2):
        found = registry.titles(
            scene.cast.hotel.pk,
            [("paper", str(paper.pk)) for paper in papers] + [("copy", str(copy.pk)) for copy in copies],
        )
    assert len(found) == 6 and all(papers[0].title in title for title, _url in found.values())
    item = next(one for one in registry.navigation if one.url_name == "papers:inbox")
    assert item.count is not None
    assert item.count(scene.cast.actor("chen"), scene.at("11:00")) == (3, False)
    assert item.count(scene.cast.actor("chen"), scene.at("18:01")) == (3, True)
    search = next(one for one in registry.searches if one.key == "papers")
    assert [row[0] for row in search.find(scene.cast.actor("chen"), papers[1].number, 5)] == [
        f"{papers[1].number} 江南秋色"
    ]
    assert list(search.find(scene.cast.actor("ke"), papers[1].number, 5)) == []
    waiting = [
        item for hook in registry.waiting for item in hook(scene.cast.actor("tang"), scene.at("11:00"))
    ]
    mine = [item for item in waiting if "/papers/" in item.url]
    assert len(mine) == 3 and "餐饮部" in mine[0].text and mine[0].duty.due_at == scene.at("18:00")


def test_a_stranger_and_another_hotel_see_nothing(scene: Scene) -> None:
    paper = scene.group()
    assert Browser().get(f"/papers/{paper.pk}/").status_code == 302
    Paper.objects.filter(pk=paper.pk).update(hotel=_other_hotel(scene))
    assert scene.cast.sign_in("tang").get(f"/papers/{paper.pk}/").status_code == 404


def _other_hotel(scene: Scene) -> Any:
    from guiju.house.models import Hotel

    return Hotel.objects.create(
        code="other", name="别处", name_en="Other", zone="Asia/Shanghai", created_at=scene.at("08:00")
    )


def test_every_page_has_its_english(scene: Scene) -> None:
    paper = scene.group(meals=True, important=True)
    copy = scene.copy(paper, "fnb")
    browser = scene.cast.sign_in("chen", now=scene.at("10:58"))
    browser.cookies["guiju_lang"] = "en"
    for url in (
        "/inbox/",
        f"/papers/{paper.pk}/",
        f"/copies/{copy.pk}/question/",
        "/papers/",
        f"/p/{copy.token}/",
    ):
        page(browser, url)
    assert "Group lodging and meals" in page(browser, "/inbox/")
