"""The real file counted by csv and Decimal alone, knowing nothing of the product."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

ZIP = Path(__file__).resolve().parents[3] / "shared" / "data" / "hotel_booking_demand" / "hotel_bookings.csv.zip"
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
WORDS = {"Check-Out": "stayed", "Canceled": "cancelled", "No-Show": "no_show"}


def real_rows() -> list[dict[str, str]]:
    """All rows of the csv in the zip."""
    with zipfile.ZipFile(ZIP) as package:
        text = package.read("hotel_bookings.csv").decode()
    return list(csv.DictReader(io.StringIO(text)))


def arrival_of(row: dict[str, str]) -> date:
    return date(int(row["arrival_date_year"]), MONTHS.index(row["arrival_date_month"]) + 1, int(row["arrival_date_day_of_month"]))


def nights_of(row: dict[str, str]) -> int:
    return int(row["stays_in_weekend_nights"]) + int(row["stays_in_week_nights"])


def recount(rows: list[dict[str, str]], column: str = "") -> dict[tuple[str, str], dict[str, Any]]:
    """(hotel, month or what a column says) -> the figures of the report."""
    found: dict[tuple[str, str], dict[str, Any]] = defaultdict(
        lambda: {"bookings": 0, "cancelled": 0, "no_show": 0, "stayed": 0, "room_nights": 0, "room_revenue": Decimal(0)}
    )
    for row in rows:
        line = found[row["hotel"], row[column] if column else f"{arrival_of(row):%Y-%m}"]
        line["bookings"] += 1
        line[WORDS[row["reservation_status"]]] += 1
        if row["reservation_status"] == "Check-Out":
            line["room_nights"] += nights_of(row)
            line["room_revenue"] += nights_of(row) * Decimal(row["adr"])
    return dict(found)


def on_the_books(rows: list[dict[str, str]], at: date) -> dict[str, tuple[int, int, Decimal]]:
    """Month of arrival -> (bookings, room nights, revenue) booked by the end of that day and not cancelled by then."""
    found: dict[str, list[Any]] = defaultdict(lambda: [0, 0, Decimal(0)])
    for row in rows:
        arrival = arrival_of(row)
        if arrival - timedelta(days=int(row["lead_time"])) > at:
            continue
        if row["reservation_status"] == "Canceled" and date.fromisoformat(row["reservation_status_date"]) <= at:
            continue
        line = found[f"{arrival:%Y-%m}"]
        line[0] += 1
        line[1] += nights_of(row)
        line[2] += nights_of(row) * Decimal(row["adr"])
    return {month: (line[0], line[1], line[2]) for month, line in found.items()}
