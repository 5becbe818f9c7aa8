"""One rule for all lists: as a file they go out with house.export, beside the right to the page; without it no link is shown."""

from __future__ import annotations

import pytest

from tests.api.conftest import api  # noqa: F401  (the stage: one row of every kind)
from tests.api.scene import Stage
from tests.house.test_lists_out import LISTS, away

MORE = ("/history/", "/history/totals", "/house/robots/", "/rates/seasons", "/rates/deviations", "/rooms/limits", "/rooms/elsewhere", "/rooms/?days=14", "/agreements/")
EXPORTS = ("/house/receivers/export.xlsx", "/house/roster/export.csv", "/house/people/export.xlsx")


@pytest.mark.parametrize("path", [*LISTS, *MORE])
def test_without_the_right_no_file_and_no_link(api: Stage, path: str) -> None:  # noqa: F811
    """lin, a supervisor, opens nearly every page and takes none away."""
    browser = api.cast.sign_in("lin")
    page = browser.get(path)
    for fmt in ("xlsx", "csv"):
        assert browser.get(away(path, fmt)).status_code == 403, fmt
        assert page.status_code == 403 or f"export={fmt}" not in page.content.decode()


@pytest.mark.parametrize("path", EXPORTS)
def test_nor_by_an_address_of_its_own(api: Stage, path: str) -> None:  # noqa: F811
    assert api.cast.sign_in("lin").get(path).status_code == 403
    page = api.cast.sign_in("lin").get("/house/roster/")
    assert page.status_code == 200 and "export." not in page.content.decode()


def test_the_desk_feeds_the_pms_and_heads_take_their_lists(api: Stage) -> None:  # noqa: F811
    for who, path in (("fang", "/arrivals/"), ("can", "/inbox/"), ("fu", "/house/receivers/"), ("shen", "/clients/"), ("wen", "/bookings/")):
        page = api.cast.sign_in(who).get(path).content.decode()
        assert "export" in page, (who, path)
    assert api.cast.sign_in("fang").get("/arrivals/?export=csv").status_code == 200
