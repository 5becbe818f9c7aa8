"""With statistics SQLite reaches rows by their keys instead of walking the hotel."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from guiju.clients.models import Client
from guiju.rounds.statistics import take_statistics, working_night
from tests.cast import Cast


def test_rows_by_key_are_reached_by_their_key(cast: Cast) -> None:
    made = Client.objects.bulk_create(
        Client(hotel=cast.hotel, number=f"C{n}", name=f"客户{n}", created_at=cast.at("09:00")) for n in range(4000)
    )
    wanted = Client.objects.of(cast.hotel.pk).filter(pk__in=[row.pk for row in made[:50]])
    before = wanted.explain()
    take_statistics()
    if connection.vendor != "sqlite":
        return  # PostgreSQL's autovacuum does this by itself; here it is only asked for without harm
    after = wanted.explain()
    assert "hotel_id=?" in before or "id=?" in before
    assert "(id=?" in after, (before, after)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'clients_client'")
        assert cursor.fetchone()[0] > 0


def test_the_night_ends_at_three_in_the_hotel(cast: Cast) -> None:
    zone = ZoneInfo(cast.hotel.zone)
    late, early = datetime(2026, 11, 25, 2, 59, tzinfo=zone), datetime(2026, 11, 25, 3, 0, tzinfo=zone)
    assert (working_night(late).day, working_night(early).day) == (24, 25)
