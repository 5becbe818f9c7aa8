"""A file on its way: looked through, put right, applied as a whole, undone as a whole; nothing of it counts in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.history import actions, bulk, work
from guiju.history.actions import receiving
from guiju.history.actions.receiving import AlreadyHere
from guiju.history.figures import reported, totals
from guiju.history.models import BadRow, Batch, Figure, Layout, Movement, PastBooking, PastGroup
from guiju.history.queries import past_bookings
from guiju.logbook.models import Entry
from guiju.shelf.errors import Conflict, Invalid, Missing, NotAllowed, Refusal
from tests.cast import Cast
from tests.history.conftest import ROWS, table

State = Batch.State
SPOILT = [*ROWS[:2], ROWS[2].replace("420.00", "x"), ROWS[3].replace("2025-03-15,2025-03-15", "2025-02-30,2025-03-15"), *ROWS[4:]]


def by(cast: Cast, who: str = "shen") -> dict[str, Any]:
    return {"by": cast.actor(who), "now": cast.at("10:30")}


def counted(cast: Cast) -> list[dict[str, Any]]:
    return [reported(line, "month") for line in totals(cast.hotel)]


def test_an_applied_file_counts_exactly(cast: Cast, applied: Callable[..., Batch]) -> None:
    batch = applied()
    assert (batch.state, batch.rows, batch.bad_rows, batch.groups) == (State.APPLIED, 10, 0, 1)
    assert counted(cast) == [
        {"hotel": "听涛饭店", "arrival_month": "2025-03", "bookings": 4, "cancelled": 1, "no_show": 0, "stayed": 3, "room_nights": 4, "room_revenue": 1777.0},
        {"hotel": "听涛饭店", "arrival_month": "2025-04", "bookings": 1, "cancelled": 0, "no_show": 1, "stayed": 0, "room_nights": 0, "room_revenue": 0.0},
        {"hotel": "望海楼", "arrival_month": "2025-04", "bookings": 5, "cancelled": 1, "no_show": 0, "stayed": 4, "room_nights": 12, "room_revenue": 3480.0},
    ]
    group = PastGroup.objects.get(batch=batch)
    assert (group.rooms, group.agent, group.past_hotel) == (5, "东岬国旅", "望海楼")
    assert [past.group for past in past_bookings(cast.hotel)].count(group.likeness) == 5
    assert batch.flags == {"zero_nights": 1, "no_guests": 1, "negative_rate": 1}
    entry = Entry.objects.get(kind="history.applied")
    assert (entry.attrs["sha256"], int(entry.attrs["rows"]), entry.by_id) == (batch.sha256, 10, cast.people["shen"].pk)


def test_nothing_counts_before_it_is_applied_nor_after_it_is_undone(cast: Cast, checked: Callable[..., Batch], clock: Any) -> None:
    batch = checked(table())
    assert batch.state == State.CHECKED and PastBooking.objects.count() == 10
    assert counted(cast) == [] and list(past_bookings(cast.hotel)) == [] and list(past_bookings(cast.hotel, batch)) == []
    actions.apply_batch(batch, **by(cast))
    assert counted(cast) == [] and list(past_bookings(cast.hotel)) == []
    work.run(batch.pk, clock)
    assert len(counted(cast)) == 3 and len(list(past_bookings(cast.hotel))) == 10
    actions.undo_batch(batch, **by(cast))
    assert counted(cast) == [] and list(past_bookings(cast.hotel)) == []
    assert work.work_once(clock) == 1
    batch.refresh_from_db()
    assert batch.cleared_at and not any(model.objects.exists() for model in (PastBooking, Figure, Movement, PastGroup, BadRow))
    actions.undo_batch(batch, **by(cast))
    assert work.work_once(clock) == 0
    assert list(Entry.objects.filter(kind__startswith="history.").order_by("seq").values_list("kind", flat=True)) == ["history.applied", "history.undone"]


def test_the_same_file_is_told_not_doubled(cast: Cast, applied: Callable[..., Batch], received: Callable[..., Batch]) -> None:
    batch = applied()
    with pytest.raises(AlreadyHere) as told:
        received(table(), "another-name.csv")
    assert told.value.details["batch"] == str(batch.pk)
    actions.undo_batch(batch, **by(cast))
    assert received(table()).state == State.RECEIVED
    with pytest.raises(AlreadyHere):
        received(table())
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(state=State.CHECKED)


def test_rows_with_errors_are_put_right_where_they_stand(cast: Cast, checked: Callable[..., Batch], clock: Any) -> None:
    batch = checked(table(SPOILT))
    assert (batch.rows, batch.bad_rows) == (8, 2)
    assert {row.row_number: list(row.errors) for row in BadRow.objects.filter(batch=batch)} == {4: ["rate"], 5: ["arrival_on"]}
    with pytest.raises(Invalid) as wrong:
        actions.apply_batch(batch, **by(cast))
    assert "2" in wrong.value.errors["rows"][0]
    with pytest.raises(Invalid) as wrong:
        actions.correct_row(batch, row_number=4, values={"rate": "y"}, **by(cast))
    assert list(wrong.value.errors) == ["rate"] and BadRow.objects.get(row_number=4).cells[11] == "x"
    with pytest.raises(Invalid):
        actions.correct_row(batch, row_number=4, values={"room": "1"}, **by(cast))
    with pytest.raises(Missing):
        actions.correct_row(batch, row_number=3, values={"rate": "1"}, **by(cast))
    assert actions.correct_row(batch, row_number=4, values={"rate": "420.00"}, **by(cast)) == 1
    assert actions.correct_row(batch, row_number=5, values={"arrival_on": "2025-03-15"}, **by(cast)) == 1
    assert (batch.rows, batch.bad_rows) == (10, 0)
    actions.apply_batch(batch, **by(cast))
    work.run(batch.pk, clock)
    batch.refresh_from_db()
    assert len(counted(cast)) == 3 and batch.flags == work.counts(batch)["flags"] and batch.first_arrival_on == work.counts(batch)["first_arrival_on"]


def test_one_word_put_right_everywhere(cast: Cast, checked: Callable[..., Batch]) -> None:
    batch = checked(table([row.replace(",离店,", ",Gone,") for row in ROWS]))
    assert batch.bad_rows == 7
    assert actions.correct_row(batch, row_number=2, values={"status": "离店"}, everywhere=True, **by(cast)) == 7
    assert (batch.rows, batch.bad_rows) == (10, 0)


def test_rows_set_aside_are_left_out_and_can_be_taken_back(cast: Cast, checked: Callable[..., Batch], clock: Any) -> None:
    batch = checked(table(SPOILT))
    assert actions.set_aside(batch, row_numbers=[4], **by(cast)) == 1
    assert actions.set_aside(batch, **by(cast)) == 1
    assert (batch.bad_rows, batch.aside_rows) == (0, 2)
    assert actions.take_back(batch, row_numbers=[5], **by(cast)) == 1
    assert actions.correct_row(batch, row_number=5, values={"arrival_on": "2025-03-15"}, **by(cast)) == 1
    assert actions.correct_row(batch, row_number=4, values={"rate": "420"}, **by(cast)) == 1  # from where it lies aside
    assert (batch.rows, batch.bad_rows, batch.aside_rows) == (10, 0, 0)
    actions.apply_batch(batch, **by(cast))
    with pytest.raises(Refusal):
        actions.set_aside(batch, **by(cast))
    work.run(batch.pk, clock)
    assert int(Entry.objects.get(kind="history.applied").attrs["aside"]) == 0


def test_a_layout_is_remembered(cast: Cast, received: Callable[..., Batch], clock: Any) -> None:
    heads = "H,B,A,D,P,S"
    first = received(table(["望海楼,2025-01-01,2025-02-01,2025-02-02,100,ok"], heads))
    assert first.mapping == {}
    with pytest.raises(Invalid) as wrong:
        actions.name_columns(first, mapping={"hotel": "H", "rate": "Z", "arrival_on": "A", "departure_on": "A"}, options={}, **by(cast))
    assert set(wrong.value.errors) == {"rate", "arrival_on", "departure_on", "booked_on", "status"}
    mapping = {"hotel": "H", "booked_on": "B", "arrival_on": "A", "departure_on": "D", "rate": "P", "status": "S"}
    actions.name_columns(first, mapping=mapping, options={"words": {"stayed": "ok"}}, version=1, **by(cast))
    with pytest.raises(Conflict):
        actions.name_columns(first, mapping=mapping, options={}, version=1, **by(cast))
    work.run(first.pk, clock)
    first.refresh_from_db()
    assert (first.rows, first.bad_rows) == (1, 0) and Layout.objects.count() == 1
    again = received(table(["望海楼,2025-01-01,2025-02-01,2025-02-02,100,ok"] * 2, heads))
    assert again.mapping == mapping and again.options["words"] == {"stayed": "ok"}


def test_so_many_errors_send_the_file_back_to_its_columns(
    cast: Cast, checked: Callable[..., Batch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "MOST_BAD", 3)
    batch = checked(table([row.replace("2025-0", "x") for row in ROWS]))
    assert batch.state == State.RECEIVED and batch.said["values"] == {"n": 3}
    assert not PastBooking.objects.filter(batch__state=State.APPLIED).exists()


def test_a_file_that_breaks_in_the_middle_is_not_taken(cast: Cast, checked: Callable[..., Batch], monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Invalid):
        checked(table([*ROWS, "x" * 3000]))
    monkeypatch.setattr(receiving, "SAMPLED", 3)  # the fault lies beyond the rows looked at first
    batch = checked(table([*ROWS, "x" * 3000]))
    assert batch.state == State.FAILED and "3000" not in str(batch.said)
    assert counted(cast) == []


def test_dropped_while_somebody_works_on_it(cast: Cast, received: Callable[..., Batch], clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = received(table())
    actions.name_columns(batch, mapping=batch.mapping, options=batch.options, **by(cast))
    monkeypatch.setattr(bulk, "CHUNK", 3)

    def drop(at_work: Batch) -> None:
        if at_work.done >= 3 and at_work.state == State.CHECKING:
            actions.drop_batch(Batch.objects.get(pk=batch.pk), **by(cast))

    assert not work.run(batch.pk, clock, drop)
    batch.refresh_from_db()
    assert batch.state == State.DROPPED
    work.work_once(clock)
    assert not PastBooking.objects.exists()


def test_two_workers_do_not_take_one_batch(cast: Cast, received: Callable[..., Batch], clock: Any) -> None:
    batch = received(table())
    actions.name_columns(batch, mapping=batch.mapping, options=batch.options, **by(cast))
    other = work.Work(Batch.objects.get(pk=batch.pk), clock, lambda batch: None)
    other.claim()
    assert not work.run(batch.pk, clock) and not work.waiting(clock())
    late = Batch.objects.get(pk=batch.pk)
    with pytest.raises(work.Taken):
        work.Work(Batch(pk=batch.pk, state=State.CHECKING, worker="", attempts=0), clock, lambda batch: None).claim()
    assert work.waiting(clock() + work.LEASE + timedelta(seconds=1)) == [batch.pk]  # whoever did has stopped
    assert late.attempts == 1


def test_work_that_is_cut_off_again_and_again_is_given_up(cast: Cast, received: Callable[..., Batch], clock: Any) -> None:
    batch = received(table())
    actions.name_columns(batch, mapping=batch.mapping, options=batch.options, **by(cast))
    Batch.objects.filter(pk=batch.pk).update(attempts=work.MOST_ATTEMPTS, working_until_at=clock() - timedelta(hours=1), worker="gone/1/x")
    work.work_once(clock)
    batch.refresh_from_db()
    assert batch.state == State.FAILED


def test_who_may_and_who_may_not(cast: Cast, received: Callable[..., Batch]) -> None:
    for who in ("lin", "wen", "cai", "lu", "fang"):
        with pytest.raises(NotAllowed):
            received(table(), who=who)
    batch = received(table(), who="guan")
    for step in (actions.apply_batch, actions.undo_batch, actions.drop_batch, actions.set_aside):
        with pytest.raises(NotAllowed):
            step(batch, **by(cast, "lu"))
    with pytest.raises(Refusal):
        actions.apply_batch(batch, **by(cast))
    with pytest.raises(Refusal):
        actions.undo_batch(batch, **by(cast))


def test_whoever_sent_it_is_told_when_long_work_has_ended(cast: Cast, received: Callable[..., Batch]) -> None:
    from guiju.notices.models import Notice

    batch = received(table(SPOILT))
    actions.name_columns(batch, mapping=batch.mapping, options=batch.options, **by(cast))
    moments = iter(range(10_000))
    assert work.run(batch.pk, lambda: cast.at("10:00") + timedelta(seconds=next(moments) * 5))
    told = Notice.objects.get(person_id=cast.people["shen"].pk)
    assert told.values["bad"] == 2 and told.url == f"/history/files/{batch.pk}"


def test_a_file_gone_from_the_disk_holds_up_no_other(cast: Cast, received: Callable[..., Batch], clock: Any) -> None:
    from django.core.files.storage import default_storage

    lost, other = received(table(ROWS[:3]), "lost.csv"), received(table(ROWS[3:]), "other.csv")
    for batch in (lost, other):
        actions.name_columns(batch, mapping=batch.mapping, options=batch.options, **by(cast))
    default_storage.delete(lost.file.path)
    for _ in range(work.MOST_ATTEMPTS + 1):
        work.work_once(clock)
    lost.refresh_from_db()
    other.refresh_from_db()
    assert (lost.state, other.state) == (State.FAILED, State.CHECKED)
