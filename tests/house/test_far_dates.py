"""Days at the ends of the calendar are refused beside the field: no page breaks on them."""

from __future__ import annotations

import io
from typing import Any

import pytest

from guiju.house.models import RosterEntry
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize("far", ["9999-12-31", "0001-01-01", "1999-12-31", "2101-01-01"])
def test_far_days_are_refused(cast: Cast, far: str) -> None:
    before = RosterEntry.objects.count()
    wen, clerk, head = str(cast.people["wen"].pk), cast.sign_in("wen"), cast.sign_in("can")
    duty = {"what": "set", "on": far, "person": wen, "starts": "20:00", "ends": "08:00", "days": "7"}
    assert clerk.post("/house/roster/?department=sales", duty).status_code == 422
    named = {"department": "fnb", "person": str(cast.people["can"].pk), "from_on": far}
    assert head.post("/house/receivers/", named).status_code == 422
    away = {"to": str(cast.people["lin"].pk), "from_at": f"{far}T00:00", "until_at": f"{far}T10:00"}
    assert clerk.post("/me/delegate/", away).status_code == 422
    file: Any = io.BytesIO(f"日期,值班人,上班,下班\n{far},wen,20:00,08:00\n".encode())
    file.name = "roster.csv"
    assert clerk.post("/house/roster/?department=sales", {"what": "import", "file": file}).status_code == 422
    assert RosterEntry.objects.count() == before
