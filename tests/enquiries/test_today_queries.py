"""Today asks the database equally often however many requests wait."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.enquiries.scene import Scene


@pytest.mark.parametrize("who", ["shen", "lin"])
def test_today_costs_the_same_however_many_wait(scene: Scene, who: str) -> None:
    """At most twelve queries for a seller and for the manager, with one request or with nine."""
    cast = scene.cast
    browser = cast.sign_in(who)
    browser.get("/today/")
    counts = []
    for more in (1, 8):
        for n in range(more):
            scene.came_in(client=scene.client if n % 2 else None, kind="group" if n % 3 == 0 else "fit", clock="10:00")
        with CaptureQueriesContext(connection) as seen:
            assert browser.get("/today/").status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 12
