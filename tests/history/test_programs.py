"""The same way for programs: send, name, put right, apply, read the figures, undo."""

from __future__ import annotations

import json
from typing import Any

import pytest

from guiju.history import work
from guiju.history.models import Batch
from tests.api.conftest import api  # noqa: F401  (the stage of programs)
from tests.api.scene import Stage
from tests.history.conftest import ROWS, b64, table

SPOILT = [*ROWS[:2], ROWS[2].replace("420.00", "x"), *ROWS[3:]]


def said(answer: Any) -> Any:
    return json.loads(answer.content)


def test_a_program_brings_a_file_into_the_history(api: Stage) -> None:  # noqa: F811
    clock = lambda: api.cast.at("10:00")  # noqa: E731
    sent = api.send("shen", "POST", "/history/batches", {"name": "past.csv", "content": b64(table(SPOILT))}, key="one")
    assert sent.status_code == 201
    assert said(api.send("shen", "POST", "/history/batches", {"name": "past.csv", "content": b64(table(SPOILT))}, key="one")) == said(sent)
    batch = said(sent)
    place = f"/history/batches/{batch['id']}"
    told = api.send("shen", "POST", "/history/batches", {"name": "other.csv", "content": b64(table(SPOILT))})
    assert told.status_code == 409 and said(told)["code"] == "already_imported"
    assert said(api.send("shen", "PUT", f"{place}/columns", {"mapping": {}, "hotel": "x"}))["errors"].keys() >= {"arrival_on", "rate", "status"}
    named = api.send("shen", "PUT", f"{place}/columns", {"mapping": batch["mapping"], "date_order": "ymd", "version": 1})
    assert said(named)["state"] == "checking"
    assert api.send("shen", "PUT", f"{place}/columns", {"mapping": batch["mapping"], "version": 1}).status_code == 409
    work.work_once(clock)
    assert said(api.send("cai", "GET", place))["bad_rows"] == 1
    [row] = said(api.send("cai", "GET", f"{place}/rows"))
    assert (row["row"], list(row["errors"]), row["cells"]["房价"]) == (4, ["rate"], "x")
    assert api.send("shen", "POST", f"{place}/apply").status_code == 422
    assert list(said(api.send("shen", "POST", f"{place}/correct", {"row": 4, "values": {"rate": "y"}}))["errors"]) == ["rate"]
    assert said(api.send("shen", "POST", f"{place}/set-aside", {"rows": [4]})) == {"many": 1, "bad_rows": 0}
    assert said(api.send("shen", "POST", f"{place}/take-back", {})) == {"many": 1, "bad_rows": 1}
    assert said(api.send("shen", "POST", f"{place}/correct", {"row": 4, "values": {"rate": "420"}, "everywhere": True})) == {"many": 1, "bad_rows": 0}
    assert said(api.send("shen", "POST", f"{place}/apply"))["state"] == "applying"
    work.work_once(clock)
    lines = said(api.send("cai", "GET", "/history/totals"))
    assert lines[0] == {
        "hotel": "听涛饭店", "arrival_month": "2025-03", "bookings": 4, "cancelled": 1, "no_show": 0, "stayed": 3, "room_nights": 4, "room_revenue": 1777.0
    }
    assert {line["channel"] for line in said(api.send("lu", "GET", "/history/totals?by=channel"))} == {"直订", "官网", "旅行社"}
    shown = said(api.send("lu", "GET", "/history/pace?at=2025-02-15"))
    assert shown["at"] == "2025-02-15" and shown["months"][1]["on_the_books"] == {"bookings": 4, "room_nights": 6, "revenue": 2617.0}
    assert said(api.send("lu", "GET", "/history/pace?at=2025-02-15&hotel=none"))["months"][1]["on_the_books"]["bookings"] == 0
    cut = said(api.send("lu", "GET", "/history/mix?first=2025-03-01&last=2025-04-30"))
    assert (cut["segments"][0]["name"], cut["segments"][0]["in_groups"]) == ("团队", 5)
    assert said(api.send("shen", "POST", f"{place}/undo"))["state"] == "undone"
    assert said(api.send("cai", "GET", "/history/totals")) == []
    assert [one["state"] for one in said(api.send("cai", "GET", "/history/batches"))] == ["undone", "received"]


@pytest.mark.parametrize(("content", "status"), [("%%%", 422), (b64(b"%PDF-1.7"), 422), (b64(b""), 422), ("", 422)])
def test_what_is_no_table_is_refused(api: Stage, content: str, status: int) -> None:  # noqa: F811
    assert api.send("shen", "POST", "/history/batches", {"name": "past.csv", "content": content}).status_code == status
    assert Batch.objects.count() == 1  # the one of the stage


def test_who_may_not_import_may_not(api: Stage) -> None:  # noqa: F811
    assert api.send("lu", "POST", "/history/batches", {"name": "past.csv", "content": b64(table())}).status_code == 403
    assert api.send("lin", "GET", "/history/totals").status_code == 403
    batch = said(api.send("guan", "POST", "/history/batches", {"name": "past.csv", "content": b64(table())}))
    assert api.send("lu", "POST", f"/history/batches/{batch['id']}/drop").status_code == 403
    assert said(api.send("guan", "POST", f"/history/batches/{batch['id']}/drop"))["state"] == "dropped"
