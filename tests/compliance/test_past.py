"""The past stays what it was: a new number judges only what comes after it, and what is changed in a closed day shows at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from guiju.compliance import marks
from guiju.compliance.actions import count_days
from guiju.compliance.asking import Ask
from guiju.compliance.models import CountedDay, Tally, Touched
from guiju.compliance.proving import verify
from guiju.duties import actions, editions
from guiju.duties.models import Duty
from guiju.shelf.actor import the_clock
from tests.cast import TODAY, Cast
from tests.compliance.making import counted, duty
from tests.enquiries.scene import Scene

ASK = Ask(date(2026, 11, 20), date(2026, 11, 28))


def closed(cast: Cast, **told: Any) -> Duty:
    """A duty of Friday the 20th that was missed, in a day that was counted since."""
    row = duty(cast, cast.at("10:30", TODAY - timedelta(days=4)), **told)
    row.save()
    count_days(cast.hotel.pk, cast.at("09:00"))
    assert not Touched.objects.exists() and CountedDay.objects.count() == 1
    return row


def counts(cast: Cast, who: str = "lu", now: datetime | None = None) -> dict[str, int]:
    found = counted(cast.actor(who), ASK, now or cast.at("12:00"))
    return {name: number for one in found.values() for name, number in one["counts"].items() if number}


def test_a_new_number_judges_only_what_comes_after_it(scene: Scene) -> None:
    """booking.reply-30 becomes ten minutes at noon: what was answered in twenty before stays on time, afterwards it is late."""
    cast, hotel = scene.cast, scene.cast.hotel

    def answered_in_twenty(hour: int) -> None:
        row = scene.came_in(client=scene.client, clock=f"{hour}:00")
        from guiju.logbook.writing import note, writing

        at = cast.at(f"{hour}:20")
        with writing(hotel.pk, by=cast.actor("lin"), now=at):
            note("reply.sent", row, kind="quotation", complete=True, channel="fax", lang="zh-hans")

    def figures() -> dict[str, Any]:
        return counted(cast.actor("lu"), Ask(ASK.first, ASK.last, clause="booking.reply-30"), cast.at("18:00"))["booking.reply-30"]

    answered_in_twenty(10)
    count_days(hotel.pk, cast.at("11:00"))
    before = figures()
    assert before["counts"]["met"] == 1 and before["limit"] == 30
    texts = {name: text.replace('due    = { within = "30m"', 'due    = { within = "10m"', 1) for name, text in editions.shipped_texts().items()}
    actions.adopt(hotel, texts=texts, effective_at=cast.at("12:00"), by=the_clock(hotel.pk, via="cli"), now=cast.at("11:30"))
    assert figures() == before
    answered_in_twenty(14)
    count_days(hotel.pk, cast.at("15:00"))
    after = figures()
    assert (after["counts"]["met"], after["counts"]["met_late"]) == (1, 1)
    assert verify(hotel.pk) == []


def test_a_waiver_afterwards_changes_the_closed_day(scene: Scene) -> None:
    cast = scene.cast
    row = closed(cast)
    assert counts(cast) == {"late": 1}
    actions.waive(row, reason="客户撤回", by=cast.actor("shen"), now=cast.at("10:00"))
    assert counts(cast) == {"waived": 1}
    assert Touched.objects.exists()
    count_days(cast.hotel.pk, cast.at("10:01"))
    assert counts(cast) == {"waived": 1}
    assert verify(cast.hotel.pk) == []


def test_done_late_after_all(scene: Scene) -> None:
    cast = scene.cast
    row = closed(cast)
    Duty.objects.filter(pk=row.pk).update(met_at=cast.at("09:30"), met_by_id=cast.people["lin"].pk)
    assert counts(cast) == {"met_late": 1}


def test_handed_over_it_is_in_the_figures_of_the_other(scene: Scene) -> None:
    """wen sees only her own: after the duty is hers it is in her figures, and in lin's as her manager no less."""
    cast = scene.cast
    row = closed(cast)
    assert counts(cast, "wen") == {}
    actions.reassign(row, to=cast.people["wen"].pk, reason="接班", by=cast.actor("shen"), now=cast.at("10:00"))
    assert counts(cast, "wen") == {"late": 1}
    count_days(cast.hotel.pk, cast.at("10:01"))
    assert counts(cast, "wen") == {"late": 1}


def test_time_alone_turns_late_into_missed(scene: Scene) -> None:
    cast = scene.cast
    closed(cast, missed_at=cast.at("11:00"))
    assert counts(cast, now=cast.at("11:00")) == {"late": 1}
    assert counts(cast, now=cast.at("11:01")) == {"missed": 1}
    assert count_days(cast.hotel.pk, cast.at("11:00")) == 0
    assert count_days(cast.hotel.pk, cast.at("11:01")) == 1
    assert counts(cast, now=cast.at("11:02")) == {"missed": 1}


def test_the_clock_repeats_without_changing_anything(scene: Scene) -> None:
    cast = scene.cast
    closed(cast)
    before = list(Tally.objects.values()), list(CountedDay.objects.values())
    assert count_days(cast.hotel.pk, cast.at("09:05")) == 0
    assert (list(Tally.objects.values()), list(CountedDay.objects.values())) == before


@pytest.mark.parametrize(("column", "value"), [
    ("clause", "group.meet"), ("kind", "gate"), ("due_at", datetime(2026, 11, 25, 2, 0)), ("starts_at", datetime(2026, 11, 20, 2, 10)),
    ("met_at", datetime(2026, 11, 20, 2, 20)), ("ended_at", datetime(2026, 11, 20, 2, 20)), ("missed_at", datetime(2026, 11, 21, 0, 0)),
    ("owner_department", "fnb"), ("owner_post", "gm"), ("visible_to", '["gm"]'),
])
def test_whatever_touches_the_table_marks_the_day(scene: Scene, column: str, value: Any) -> None:
    """Not even a hand at the database changes a duty without its day being counted again."""
    row = closed(scene.cast)
    with connection.cursor() as cursor:
        cast_to = "::jsonb" if column == "visible_to" and connection.vendor == "postgresql" else ""
        zoned = f"{value:%Y-%m-%d %H:%M:%S}" + ("+00" if connection.vendor == "postgresql" else "") if isinstance(value, datetime) else value
        key = Duty._meta.pk.get_db_prep_value(row.pk, connection)
        cursor.execute(f"UPDATE duties_duty SET {column} = %s{cast_to} WHERE id = %s", [zoned, key])
    assert Touched.objects.filter(on=date(2026, 11, 20)).exists()
    assert verify(scene.cast.hotel.pk) == []


def test_a_firing_of_the_clock_marks_nothing(scene: Scene) -> None:
    row = closed(scene.cast)
    Duty.objects.filter(pk=row.pk).update(next_firing_at=scene.cast.at("12:00"), escalations=[["2026-11-20T02:20:00+00:00", "handler", "50%"]])
    assert not Touched.objects.exists()


def test_verify_finds_a_day_that_was_tampered_with(scene: Scene) -> None:
    cast = scene.cast
    closed(cast)
    assert verify(cast.hotel.pk) == []
    day = CountedDay.objects.get()
    CountedDay.objects.update(totals={"sales": {"booking.reply-30": {"met": 1}}})
    assert any("differs" in fault for fault in verify(cast.hotel.pk))
    CountedDay.objects.update(totals=day.totals)
    Tally.objects.update(figures={})
    assert any("differs" in fault for fault in verify(cast.hotel.pk))


def test_marks_taken_down_are_named_and_put_up_again(scene: Scene) -> None:
    """As when SQLite rebuilds the table in a migration: verify says so; after the migration they stand and all days are counted anew."""
    cast = scene.cast
    row = closed(cast)
    marks.remove(connection)
    Duty.objects.filter(pk=row.pk).update(waived_at=cast.at("09:30"))
    faults = verify(cast.hotel.pk)
    assert any("duties_duty_touched_update" in fault for fault in faults) and any("differs" in fault for fault in faults)
    marks.mend(connection)
    assert verify(cast.hotel.pk) == [] and counts(cast) == {"waived": 1}
    assert not marks.missing(connection)


def test_another_time_zone_counts_the_days_anew(scene: Scene) -> None:
    """23:30 in Shanghai is a day earlier in London: the day a duty belongs to follows the hotel's clock."""
    cast = scene.cast
    duty(cast, cast.at("00:30", date(2026, 11, 21))).save()
    count_days(cast.hotel.pk, cast.at("09:00"))
    friday = Ask(date(2026, 11, 20), date(2026, 11, 21))
    assert counted(cast.actor("lu"), friday, cast.at("12:00")) == {}
    type(cast.hotel).objects.filter(pk=cast.hotel.pk).update(zone="Europe/London")
    assert counted(cast.actor("lu"), friday, cast.at("12:00"))["booking.reply-30"]["counts"]["late"] == 1
    count_days(cast.hotel.pk, cast.at("12:00"))
    assert [day.on for day in CountedDay.objects.all()] == [date(2026, 11, 20)]
    assert verify(cast.hotel.pk) == []
