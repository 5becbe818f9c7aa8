"""Every list goes out as xlsx and csv: as many rows as its page shows, for whoever may open the page and nobody else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from python_calamine import CalamineWorkbook

from guiju.house.models import Person
from guiju.shelf.tables import FORMATS
from tests.api.conftest import api  # noqa: F401  (the stage: one row of every kind)
from tests.api.scene import Stage

Counting = Callable[[Any], int]


def _today(context: Any) -> int:
    page = context["today"]
    return sum(len(part) for part in (page.late, page.soon, page.today, page.later, page.done))


# address: (rows on its page, somebody whose post does not open it; "" where every post does)
LISTS: dict[str, tuple[Counting, str]] = {
    "/enquiries/": (lambda context: len(context["queue"]), "fang"),
    "/today/?who=all": (_today, ""),
    "/compliance/": (lambda context: len(context["page"].table), "guan"),
    "/compliance/?clause=booking.reply-30": (lambda context: context["page"].behind.all, "guan"),
    "/compliance/list/": (lambda context: context["number"], "guan"),
    "/compliance/coverage/": (lambda context: len(context["rows"]), "guan"),
    "/standard/": (lambda context: sum(map(len, context["chapters"].values())), ""),
    "/inbox/": (lambda context: len(context["cards"]) + len(context["signed"]), "guan"),
    "/house/calendar/": (lambda context: len(context["days"]), "fang"),
    "/house/tablets/": (lambda context: len(context["rows"]), "lin"),
    "/house/tokens/": (lambda context: len(context["rows"]), ""),
    "/me/sessions/": (lambda context: len(context["rows"]), ""),
    "/bookings/series/": (lambda context: len(context["rows"]), "chen"),
    "/arrange/": (lambda context: len(context["lines"]), "zong"),
    "/bookings/?all=1": (lambda context: len(context["listing"].rows), "chen"),
    "/arrivals/?on=2026-11-26": (lambda context: len(context["rows"]), "chen"),
    "/papers/": (lambda context: len(context["table"]), "guan"),
    "/clients/": (lambda context: len(context["rows"]), "chen"),
    "/rooms/types": (lambda context: len(context["rows"]), "chen"),
    "/rooms/waiting": (lambda context: len(context["rows"]), "chen"),
    "/rates/rack": (lambda context: len(context["lines"]), "chen"),
}


def lines(answer: HttpResponse, fmt: str) -> list[list[Any]]:
    """The table that came, heading first."""
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if fmt == "csv":
        assert data.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def away(path: str, fmt: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}export={fmt}"


@pytest.mark.parametrize("path", LISTS)
def test_a_list_goes_out_with_the_rows_of_its_page(api: Stage, path: str) -> None:  # noqa: F811
    api.cast.people["alle"] = Person.objects.get(username="alle")
    browser = api.cast.sign_in("alle")
    page = browser.get(path)
    assert page.status_code == 200
    shown = LISTS[path][0](page.context)
    assert shown, "nothing on the page: the test would prove nothing"
    for fmt in FORMATS:
        assert f"export={fmt}" in page.content.decode()
        answer = browser.get(away(path, fmt))
        assert (answer.status_code, answer["Content-Disposition"].endswith(f'.{fmt}"')) == (200, True)
        assert len(lines(answer, fmt)) == shown + 1
    assert browser.get(away(path, "exe")).status_code == 422


@pytest.mark.parametrize("path", LISTS)
def test_a_post_that_may_not_open_the_list_gets_no_file(api: Stage, path: str) -> None:  # noqa: F811
    who = LISTS[path][1]
    for fmt in FORMATS:
        if who:
            assert api.cast.sign_in(who).get(away(path, fmt)).status_code == 403
        else:
            browser = api.cast.sign_in("lin")
            browser.post("/sign-out/")
            assert browser.get(away(path, fmt)).status_code == 302


def test_the_arrivals_say_the_payment_in_words(api: Stage) -> None:  # noqa: F811
    browser = api.cast.sign_in("fang")
    heading, *rows = lines(browser.get("/arrivals/?on=2026-11-26&export=csv"), "csv")
    assert rows and "cash" not in {row[heading.index("付款")] for row in rows} and all(row[heading.index("付款")] for row in rows)
