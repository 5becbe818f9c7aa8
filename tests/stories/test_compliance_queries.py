"""How often the compliance pages ask the database, with work of every kind in the month."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.stories.conftest import Story
from tests.stories.test_compliance import REPLY, _five_ways


# Over twelve: a clause opened has the table, its list with the titles of what it is about, and the times; the coverage of the manual asks each
# room whose clauses have left nothing else for the records it keeps.
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/compliance/", 12),
        ("/compliance/records/", 12),
        ("/compliance/records/?kind=roster_day", 12),
        ("/compliance/list/?status=all", 12),
        ("/compliance/gates/", 12),
        (f"/compliance/?clause={REPLY}", 13),
        ("/compliance/coverage/", 15),
        ("/compliance/?clause=booking.form-cash-fit", 12),
    ],
)
def test_a_page_asks_seldom(story: Story, path: str, most: int) -> None:
    """As often with five duties as with any number of them."""
    _five_ways(story)
    browser = story.cast.sign_in("lu")
    browser.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    assert len(asked) <= most
