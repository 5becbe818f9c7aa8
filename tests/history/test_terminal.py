"""`guiju import history` and `guiju report history` as a person at a terminal meets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from guiju import cli
from guiju.history.models import Batch, PastBooking
from tests.cast import Cast
from tests.history.conftest import ROWS, table

SPOILT = [*ROWS[:2], ROWS[2].replace("420.00", "x"), *ROWS[3:]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "past.csv"
    path.write_bytes(table())
    return path


def test_a_file_is_applied_and_reported(cast: Cast, file: Path, capsys: Any) -> None:
    assert cli.main(["import", "history", str(file), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["rows"], said["groups"], said["hotels"]) == ("applied", 10, 1, ["听涛饭店", "望海楼"])
    assert cli.main(["report", "history", "--by", "segment", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[-1] == {"hotel": "望海楼", "segment": "团队", "bookings": 5, "cancelled": 1, "no_show": 0, "stayed": 4, "room_nights": 12, "room_revenue": 3480.0}
    assert cli.main(["report", "history"]) == 0 and "望海楼" in capsys.readouterr().out
    assert cli.main(["import", "history", str(file), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["status"] == "already_imported"
    assert cli.main(["import", "history", str(file)]) == 1 and PastBooking.objects.count() == 10


def test_a_row_with_an_error_stops_the_whole_file(cast: Cast, file: Path, capsys: Any) -> None:
    file.write_bytes(table(SPOILT))
    assert cli.main(["import", "history", str(file), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["bad_rows"], list(said["errors"]), list(said["errors"]["4"])) == ("checked", 1, ["4"], ["rate"])
    assert not PastBooking.objects.exists()
    assert cli.main(["report", "history", "--json"]) == 0 and capsys.readouterr().out == ""
    assert cli.main(["import", "history", str(file), "--set-aside"]) == 0
    assert PastBooking.objects.count() == 9 and Batch.objects.get(state="applied").aside_rows == 1


def test_a_dry_run_leaves_nothing(cast: Cast, file: Path, capsys: Any) -> None:
    assert cli.main(["import", "history", str(file), "--dry-run"]) == 0
    assert "10" in capsys.readouterr().out
    assert not PastBooking.objects.exists() and not Batch.objects.exclude(state="dropped").exists()


def test_columns_named_by_hand(cast: Cast, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "odd.csv"
    file.write_bytes(b"made;came;stay;price;end\n1/3/2025;2/3/2025;2;1.234,50;left\n")
    named = {"booked_on": "made", "arrival_on": "came", "nights": "stay", "rate": "price", "status": "end"}
    assert cli.main(["import", "history", str(file)]) == 1
    named["status"] = "nowhere"
    assert cli.main(["import", "history", str(file), "--mapping", json.dumps(named)]) == 1
    assert cli.main(["import", "history", str(file), "--mapping", "not json"]) == 1
    (tmp_path / "mapping.json").write_text(json.dumps({**named, "status": "end"}))
    file.write_bytes(file.read_bytes().replace(b"left", b"Checked out"))
    assert cli.main(["import", "history", str(file), "--mapping", str(tmp_path / "mapping.json"), "--as", "Seaview", "--date-order", "dmy"]) == 0
    past = PastBooking.objects.get()
    assert (past.past_hotel, str(past.arrival_on), past.nights, str(past.rate)) == ("Seaview", "2025-03-02", 2, "1234.5000")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_table_is_said(cast: Cast, file: Path, data: bytes, capsys: Any) -> None:
    file.write_bytes(data)
    assert cli.main(["import", "history", str(file)]) == 1
    assert capsys.readouterr().err.strip() and not Batch.objects.exists()
    assert cli.main(["import", "history", str(file.parent / "none.csv")]) == 1
