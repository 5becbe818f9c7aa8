"""The real file, whole: every figure equals a recount by csv and Decimal alone."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from guiju import cli
from guiju.history.models import Batch, PastBooking
from guiju.history.pace import on_the_books as on_books
from guiju.history.queries import past_bookings
from guiju.logbook.models import Entry
from tests.cast import Cast
from tests.history.recount import ZIP, arrival_of, nights_of, on_the_books, real_rows, recount

pytestmark = [pytest.mark.data, pytest.mark.skipif(not ZIP.exists(), reason="the shared real-input folder is not here")]


def lines(capsys: Any, *words: str) -> list[dict[str, Any]]:
    assert cli.main(list(words)) == 0
    return [json.loads(line, parse_float=Decimal) for line in capsys.readouterr().out.splitlines()]


def test_the_real_file_is_imported_whole_and_every_figure_is_exact(cast: Cast, capsys: Any) -> None:
    said = lines(capsys, "import", "history", str(ZIP), "--json")[0]
    rows = real_rows()
    assert (said["status"], said["rows"], said["bad_rows"]) == ("applied", len(rows), 0) == ("applied", 119_390, 0)
    assert said["hotels"] == ["City Hotel", "Resort Hotel"]
    assert said["flags"] == {"zero_nights": 715, "no_guests": 180, "negative_rate": 1, "children_unknown": 4}
    for by, column in (("month", ""), ("segment", "market_segment"), ("channel", "distribution_channel")):
        shown = lines(capsys, "report", "history", "--by", by, "--json")
        key = "arrival_month" if by == "month" else by
        assert [list(line) for line in shown] == [
            ["hotel", key, "bookings", "cancelled", "no_show", "stayed", "room_nights", "room_revenue"]
        ] * len(shown)
        assert {(line.pop("hotel"), line.pop(key)): line for line in shown} == recount(rows, column)
    _the_rows_are_the_rows_of_the_file(cast, rows)
    entries = Entry.objects.filter(hotel_id=cast.hotel.pk, kind__startswith="history.")
    assert [(entry.kind, entry.attrs["sha256"], int(entry.attrs["rows"])) for entry in entries] == [("history.applied", said["sha256"], 119_390)]
    assert Entry.objects.count() < 10
    assert cli.main(["import", "history", str(ZIP)]) == 1  # told, not doubled
    assert "already" in capsys.readouterr().err or Batch.objects.count() == 1
    assert PastBooking.objects.count() == 119_390


def _the_rows_are_the_rows_of_the_file(cast: Cast, rows: list[dict[str, str]]) -> None:
    """Streamed in the order of booking, each row of the file once, exact repeats included."""
    found = sorted(past_bookings(cast.hotel), key=lambda past: past.row)
    assert [past.row for past in found] == list(range(2, len(rows) + 2))
    assert [(past.hotel, past.arrival_on, past.nights, past.rate) for past in found] == [
        (row["hotel"], arrival_of(row), nights_of(row), Decimal(row["adr"])) for row in rows
    ]
    booked = [past.booked_on for past in past_bookings(cast.hotel)]
    assert booked == sorted(booked)


@pytest.mark.parametrize("at", [date(2016, 3, 31), date(2017, 1, 15)])
def test_pace_of_the_real_file_is_exact(cast: Cast, capsys: Any, at: date) -> None:
    lines(capsys, "import", "history", str(ZIP), "--json")
    rows = real_rows()
    for hotel in ("", "City Hotel"):
        counted = on_the_books([row for row in rows if not hotel or row["hotel"] == hotel], at)
        found = on_books(cast.hotel, [at], past_hotel=hotel)
        shown = {f"{month:%Y-%m}": amounts[at] for month, amounts in found.items() if amounts[at].bookings}
        assert {month: (one.bookings, one.room_nights, one.revenue) for month, one in shown.items()} == counted
