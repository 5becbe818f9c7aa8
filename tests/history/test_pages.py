"""The way of a file through the pages, and what the pages of figures show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guiju.history import work
from guiju.history.models import Batch, PastBooking
from tests.cast import Cast
from tests.history.conftest import ROWS, table

SPOILT = [*ROWS[:2], ROWS[2].replace("420.00", "=1+x"), ROWS[3].replace("2025-03-15,2025-03-15", "2025-02-30,2025-03-15"), *ROWS[4:]]
PAGES = ("/history/", "/history/mix", "/history/totals", "/history/files")


def sent(browser: Any, data: bytes, name: str = "past.csv") -> Any:
    return browser.post("/history/files", {"file": SimpleUploadedFile(name, data)})


def named(browser: Any, batch: Batch, **changes: str) -> Any:
    """The columns as the page offers them."""
    places = {f"c{place}": key for key, heading in batch.mapping.items() for place, one in enumerate(batch.headings) if one == heading}
    return browser.post(f"/history/files/{batch.pk}/columns", {**places, "hotel_name": "听涛饭店", "date_order": "ymd", "version": batch.version, **changes})


def test_a_file_with_errors_goes_its_whole_way_through_the_pages(cast: Cast, clock: Any, django_assert_max_num_queries: Any) -> None:
    browser = cast.sign_in("shen")
    page = browser.get("/history/")
    assert page.status_code == 200 and "还没有导入" in page.content.decode()
    went = sent(browser, table(SPOILT))
    batch = Batch.objects.get()
    url = f"/history/files/{batch.pk}"
    assert went.status_code == 302 and went["Location"] == url
    with django_assert_max_num_queries(12):
        page = browser.get(url).content.decode()
    assert "酒店" in page and "388.50" in page and f'action="{url}/columns"' in page
    wrong = named(browser, batch, c11="")
    assert wrong.status_code == 422 and "每晚房价" in wrong.content.decode()
    twice = named(browser, batch, c10="rate")
    assert twice.status_code == 422 and 'id="c10-error"' in twice.content.decode()
    assert named(browser, batch).status_code == 302
    working = browser.get(url).content.decode()
    assert 'hx-trigger="every 1s"' in working and "可以离开" in working
    assert work.work_once(clock) == 1
    with django_assert_max_num_queries(12):
        page = browser.get(url).content.decode()
    assert "2 行有错" in page and 'value="=1+x"' in page and "没有这一天" in page and "every 1s" not in page
    still = browser.post(f"{url}/rows/4", {"v_rate": "dear"})
    assert still.status_code == 422 and 'value="dear"' in still.content.decode() and "“dear”不是金额" in still.content.decode()
    assert browser.post(f"{url}/apply").status_code == 422
    assert browser.post(f"{url}/rows/4", {"v_rate": "420"}).status_code == 302
    assert browser.post(f"{url}/rows/5", {"aside": "1"}).status_code == 302
    left = b"".join(browser.get(f"{url}/left?show=aside&export=csv").streaming_content).decode("utf-8-sig")
    assert left.splitlines() == [table([]).decode().strip(), SPOILT[3]]
    assert b"".join(browser.get(f"{url}/left?show=aside&export=xlsx").streaming_content).startswith(b"PK")
    assert browser.post(f"{url}/apply").status_code == 302
    assert "导入中" in browser.get("/history/files").content.decode()
    assert work.work_once(clock) == 1
    page = browser.get(url).content.decode()
    assert "已导入 9 条" in page and "住零晚" not in page
    told = sent(browser, table(SPOILT))
    assert told.status_code == 422 and url in told.content.decode()
    assert PastBooking.objects.count() == 9
    assert browser.post(f"{url}/undo").status_code == 302
    work.work_once(clock)
    assert not PastBooking.objects.exists() and "已撤回" in browser.get(url).content.decode()


def test_a_row_of_the_file_set_aside_comes_back_as_a_file_of_the_same_layout(cast: Cast, clock: Any, checked: Callable[..., Batch]) -> None:
    batch = checked(table([ROWS[4].replace("-6.38", "-6.3x"), ROWS[0].replace("500.00", "-9")]))
    browser = cast.sign_in("shen")
    data = b"".join(browser.get(f"/history/files/{batch.pk}/left?export=csv").streaming_content)
    sent(browser, data.replace(b"-6.3x", b"-6.30"), "again.csv")
    again = Batch.objects.get(name="again.csv")
    assert again.mapping == batch.mapping and again.signature == batch.signature
    named(browser, again)
    work.work_once(clock)
    again.refresh_from_db()
    assert (again.rows, again.bad_rows) == (1, 0)


def test_a_second_file_of_the_same_time_is_warned_of(cast: Cast, applied: Callable[..., Batch], checked: Callable[..., Batch]) -> None:
    first = applied()
    again = checked(table(ROWS[:2]), "again.csv")
    later = checked(table([ROWS[0].replace("2025-03-0", "2025-09-0")]), "later.csv")
    browser = cast.sign_in("shen")
    assert f'href="/history/files/{first.pk}"' in browser.get(f"/history/files/{again.pk}").content.decode()
    assert f'href="/history/files/{first.pk}"' not in browser.get(f"/history/files/{later.pk}").content.decode()


@pytest.mark.parametrize("who", ["shen", "lu", "cai", "jin", "guan", "he"])
def test_who_may_see_sees(cast: Cast, applied: Callable[..., Batch], who: str) -> None:
    batch = applied()
    browser = cast.sign_in(who)
    for path in (*PAGES, f"/history/files/{batch.pk}"):
        assert browser.get(path).status_code == 200
    may = who in ("shen", "guan")
    assert (f"/history/files/{batch.pk}/undo" in browser.get(f"/history/files/{batch.pk}").content.decode()) is may
    assert sent(browser, table(ROWS[:1])).status_code == (302 if may else 403)
    assert browser.get(f"/history/files/{batch.pk}/left").status_code == (200 if may else 403)
    away = browser.get("/history/totals?export=csv").status_code
    assert ("export=csv" in browser.get("/history/totals").content.decode()) is (away == 200)


@pytest.mark.parametrize("who", ["lin", "wen", "fang", "chen"])
def test_who_may_not_see_is_told_so(cast: Cast, applied: Callable[..., Batch], who: str) -> None:
    batch = applied()
    browser = cast.sign_in(who)
    for path in (*PAGES, f"/history/files/{batch.pk}", f"/history/files/{batch.pk}/left"):
        assert browser.get(path).status_code == 403


def test_pages_of_figures_show_the_figures_and_ask_little(cast: Cast, applied: Callable[..., Batch], django_assert_max_num_queries: Any) -> None:
    applied()
    browser = cast.sign_in("lu")
    for path in (
        "/history/?at=2025-02-15", "/history/?at=2025-02-15&measure=revenue&of=望海楼&month=2025-04", "/history/mix?from=2025-03&to=2025-04",
        "/history/totals", "/history/totals?by=segment&of=望海楼", "/history/totals?by=channel", "/history/files",
    ):
        with django_assert_max_num_queries(12):
            assert browser.get(path).status_code == 200, path
    page = browser.get("/history/?at=2025-02-15&of=听涛饭店").content.decode()
    assert "<svg" in page and "style=" not in page.replace("stylesheet", "")
    lines = browser.get("/history/?at=2025-02-15").context["lines"]
    assert [(f"{line['month']:%Y-%m}", int(line["now"])) for line in lines][:3] == [("2025-02", 0), ("2025-03", 6), ("2025-04", 17)]
    assert browser.get("/history/totals").context["whole"].room_nights == 16
    for path in ("/history/totals?export=csv", "/history/totals?export=xlsx", "/history/?at=2025-02-15&export=csv", "/history/?export=xlsx"):
        assert b"".join(browser.get(path).streaming_content)


@pytest.mark.parametrize("path", [
    "/history/?at=yesterday", "/history/?at=0001-01-01", "/history/?month=x", "/history/mix?from=x", "/history/mix?from=2025-05&to=2025-03", "/history/?at=9999-12-31",
])
def test_bad_days_are_told_beside_the_field(cast: Cast, applied: Callable[..., Batch], path: str) -> None:
    applied()
    found = cast.sign_in("lu").get(path)
    assert found.status_code == 422 and "err" in found.content.decode()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n000", b"a\n1\n"])
def test_what_is_no_table_is_told_beside_the_field(cast: Cast, data: bytes) -> None:
    found = sent(cast.sign_in("shen"), data)
    assert found.status_code == 422 and not Batch.objects.exists()


def test_another_hotels_file_is_not_there(cast: Cast, applied: Callable[..., Batch]) -> None:
    from guiju.house.models import Hotel

    batch = applied()
    other = Hotel.objects.create(code="other", name="别的饭店", created_at=cast.at("08:00"))
    Batch.objects.filter(pk=batch.pk).update(hotel=other)
    browser = cast.sign_in("shen")
    assert browser.get(f"/history/files/{batch.pk}").status_code == 404
    assert browser.post(f"/history/files/{batch.pk}/undo").status_code == 404
    assert "望海楼" not in browser.get("/history/totals").content.decode()
