"""Halls are taken once: combined halls with all their parts, set-up and clearing counted in, options lapsing by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.function_space import actions, queries
from guiju.function_space.models import Function, FunctionSlot, Hall, HallWaiting
from guiju.logbook.models import Entry
from guiju.notices.models import Notice
from guiju.shelf.errors import Invalid, Missing, NotAllowed, Refusal
from tests.cast import TODAY, Cast
from tests.function_space.wardrobe import halls, take


@pytest.fixture
def there(cast: Cast) -> dict[str, Hall]:
    return halls(cast)


def right(cast: Cast) -> bool:
    return queries.verify(cast.hotel.pk) == []


def test_a_part_taken_makes_the_whole_unavailable_and_the_whole_its_parts(cast: Cast, there: dict[str, Hall]) -> None:
    take(cast, there["B"])
    for code in ("B", "AB", "ABC"):
        with pytest.raises(actions.HallTaken):
            take(cast, there[code], label="陈府 寿宴")
    for code in ("A", "C", "VIP"):
        take(cast, there[code], label="陈府 寿宴")
    take(cast, there["ABC"], day=4)
    for code in ("A", "B", "C", "AB"):
        with pytest.raises(actions.HallTaken):
            take(cast, there[code], day=4, label="陈府 寿宴")
    assert Function.objects.count() == 5 and right(cast)


def test_set_up_and_clearing_count_and_touching_is_no_clash(cast: Cast, there: dict[str, Hall]) -> None:
    take(cast, there["A"], "11:00", "14:00")  # taken 10:30 to 14:30
    with pytest.raises(actions.HallTaken):
        take(cast, there["A"], "14:45", "17:00", label="陈府 寿宴")  # set-up would begin 14:15
    take(cast, there["A"], "15:00", "17:00", label="陈府 寿宴")
    take(cast, there["A"], "09:00", "10:00", label="青岱晨会")
    take(cast, there["A"], "17:30", "18:00", setup_minutes=0, turn_minutes=0, label="合影")
    assert right(cast)


def test_the_refusal_names_what_is_in_the_way_and_what_else_is_free(cast: Cast, there: dict[str, Hall]) -> None:
    first = take(cast, there["AB"], label="澄观设计 答谢午宴")
    with pytest.raises(actions.HallTaken) as refused:
        take(cast, there["B"], "13:00", "16:00", label="生日宴", persons=100)
    error = refused.value
    assert error.status == 409 and [row.pk for row in error.clash] == [first.pk]
    assert "澄观设计 答谢午宴" in error.message and "百合厅A+B" in error.message and "10:30–14:30" in error.message
    offers = [(offer.hall.code, offer.same_time) for offer in error.free]
    assert ("C", True) in offers and ("VIP", True) not in offers  # sixteen are too few for a hundred
    times = [offer.span for offer in error.free if not offer.same_time]
    assert min(span.from_at for span in times if span.from_at > first.from_at) == cast.at("15:00", TODAY + timedelta(days=3))
    assert Function.objects.count() == 1


def test_the_database_itself_refuses_past_the_door(cast: Cast, there: dict[str, Hall]) -> None:
    row = take(cast, there["A"])
    slot = FunctionSlot.objects.filter(function=row).first()
    assert slot is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        FunctionSlot.objects.create(hotel=cast.hotel, section=slot.section, slot=slot.slot, function=row)


def test_verify_sees_what_somebody_wrote_past_the_door(cast: Cast, there: dict[str, Hall]) -> None:
    row, other = take(cast, there["A"]), take(cast, there["VIP"], label="家宴")
    assert right(cast)
    FunctionSlot.objects.filter(function=row).first().delete()  # type: ignore[union-attr]
    assert len(queries.verify(cast.hotel.pk)) == 1
    Function.objects.filter(pk=other.pk).update(over_at=cast.at("10:00"))
    assert len(queries.verify(cast.hotel.pk)) == 2


def test_the_same_again_is_the_same_function(cast: Cast, there: dict[str, Hall]) -> None:
    about = ("event", "e-1")
    first = take(cast, there["A"], about=about)
    assert take(cast, there["A"], about=about) == first
    with pytest.raises(actions.HallTaken):
        take(cast, there["A"], about=("event", "e-2"))
    assert Function.objects.count() == 1 and Entry.objects.filter(kind="function.held").count() == 1


def test_an_option_becomes_definite_or_lapses_at_its_time(cast: Cast, there: dict[str, Hall]) -> None:
    until = cast.at("18:00", TODAY + timedelta(days=1))
    kept = take(cast, there["A"], option_until_at=until)
    gone = take(cast, there["B"], option_until_at=until, label="望潮商会")
    clock, lin = cast.actor("lin"), cast.actor("lin")
    actions.confirm(kept, by=lin, now=cast.at("11:00"))
    assert kept.state == "definite" and kept.option_until_at is None
    from guiju.function_space.offers import lapse

    lapse(gone.subject, hotel_id=cast.hotel.pk, late=False, now=until - timedelta(minutes=1))
    gone.refresh_from_db()
    assert gone.state == "option"
    for _twice in range(2):
        lapse(gone.subject, hotel_id=cast.hotel.pk, late=False, now=until + timedelta(minutes=5))
    lapse(kept.subject, hotel_id=cast.hotel.pk, late=False, now=until + timedelta(minutes=5))
    gone.refresh_from_db(), kept.refresh_from_db()
    assert (gone.state, kept.state) == ("lapsed", "definite")
    fact = Entry.objects.get(kind="function.lapsed")
    assert fact.at == until
    assert Notice.objects.filter(key=f"function_lapse:{gone.pk}", person_id=cast.people["lin"].pk).count() == 1
    with pytest.raises(Refusal) as over:
        actions.confirm(gone, by=clock, now=until)
    assert over.value.code == "function_over"
    take(cast, there["B"], label="陈府 寿宴")
    assert right(cast)


def test_the_rooms_above_hear_of_a_lapse(cast: Cast, there: dict[str, Hall], monkeypatch: pytest.MonkeyPatch) -> None:
    from guiju.function_space.actions import taking
    from guiju.function_space.offers import lapse

    heard: list[Any] = []
    monkeypatch.setattr(taking, "on_lapse", taking.on_lapse)
    taking.on_lapse.append(lambda function, by, now: heard.append(function.about_id))
    try:
        row = take(cast, there["A"], option_until_at=cast.at("12:00"), about=("event", "e-7"))
        lapse(row.subject, hotel_id=cast.hotel.pk, late=True, now=cast.at("12:00"))
    finally:
        taking.on_lapse.pop()
    assert heard == ["e-7"]


def test_moving_frees_the_old_time_and_keeps_everything_when_the_new_one_is_taken(cast: Cast, there: dict[str, Hall]) -> None:
    row, other = take(cast, there["A"]), take(cast, there["VIP"], "18:00", "20:00", label="家宴")
    lin, now = cast.actor("lin"), cast.at("11:00")
    with pytest.raises(actions.HallTaken):
        actions.move(other, hall=there["ABC"], from_at=row.from_at, until_at=row.until_at, by=lin, now=now)
    other.refresh_from_db()
    assert other.hall.code == "VIP" and right(cast)
    actions.move(row, until_at=row.until_at + timedelta(hours=1), by=lin, now=now)  # over its own old time
    actions.move(row, hall=there["C"], by=lin, now=now)
    take(cast, there["A"], label="陈府 寿宴")
    assert right(cast) and Entry.objects.filter(kind="function.moved").count() == 2


def test_giving_back_tells_who_waits(cast: Cast, there: dict[str, Hall]) -> None:
    row = take(cast, there["B"])
    on = TODAY + timedelta(days=3)
    asked: dict[str, Any] = {"from_at": cast.at("12:00", on), "until_at": cast.at("15:00", on), "now": cast.at("10:30")}
    whole = actions.wait_for(cast.hotel, hall=there["ABC"], label="市港航 年会", by=cast.actor("tang"), **asked)
    assert actions.wait_for(cast.hotel, hall=there["ABC"], label="市港航 年会", by=cast.actor("tang"), **asked) == whole
    actions.wait_for(cast.hotel, hall=there["VIP"], label="别的厅", by=cast.actor("tang"), **asked)
    actions.release(row, reason="客户改期", by=cast.actor("lin"), now=cast.at("11:00"))
    told = Notice.objects.get(key__startswith="hall_waiting:")
    assert told.person_id == cast.people["tang"].pk and told.values["label"] == "市港航 年会"
    taken = actions.take_waited_for(whole, by=cast.actor("tang"), now=cast.at("11:05"))
    whole.refresh_from_db()
    assert taken.hall.code == "ABC" and whole.closed_at and HallWaiting.objects.filter(closed_at__isnull=True).count() == 1
    actions.release(row, reason="再退一次", by=cast.actor("lin"), now=cast.at("11:10"))  # twice changes nothing
    assert Entry.objects.filter(kind="function.released").count() == 1 and right(cast)


def test_nobody_is_told_while_another_part_is_still_taken(cast: Cast, there: dict[str, Hall]) -> None:
    row = take(cast, there["B"])
    take(cast, there["C"], label="别家")
    actions.wait_for(cast.hotel, hall=there["ABC"], label="市港航 年会", from_at=row.from_at, until_at=row.until_at, by=cast.actor("lin"), now=cast.at("10:30"))
    actions.release(row, reason="客户改期", by=cast.actor("lin"), now=cast.at("11:00"))
    assert not Notice.objects.filter(key__startswith="hall_waiting:").exists()


def test_a_hall_out_of_order_is_nobodys(cast: Cast, there: dict[str, Hall]) -> None:
    on = TODAY + timedelta(days=3)
    row = take(cast, there["A"])
    can = cast.actor("can")
    with pytest.raises(actions.HallTaken):
        actions.put_out_of_order(cast.hotel, hall=there["ABC"], from_at=cast.at("08:00", on), until_at=cast.at("18:00", on), reason="换地毯", by=can, now=cast.at("10:00"))
    repair = actions.put_out_of_order(cast.hotel, hall=there["MR"], from_at=cast.at("08:00", on), until_at=cast.at("18:00", on + timedelta(days=20)), reason="投影检修", by=can, now=cast.at("10:00"))
    with pytest.raises(actions.HallTaken) as refused:
        take(cast, there["MR"], label="评审会")
    assert "投影检修" in refused.value.message
    actions.put_back_in_order(repair, by=can, now=cast.at("11:00"))
    take(cast, there["MR"], label="评审会")
    with pytest.raises(NotAllowed):
        actions.put_out_of_order(cast.hotel, hall=there["VIP"], from_at=row.from_at, until_at=row.until_at, reason="试", by=cast.actor("fang"), now=cast.at("10:00"))
    assert right(cast)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"label": " "}, "label"),
        ({"from_clock": "14:00", "until_clock": "14:00"}, "until_at"),
        ({"from_clock": "14:10"}, "from_at"),
        ({"setup_minutes": 20}, "setup_minutes"),
        ({"turn_minutes": -15}, "turn_minutes"),
        ({"persons": 0}, "persons"),
        ({"style": "circus"}, "style"),
        ({"day": -1}, "until_at"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cast: Cast, there: dict[str, Hall], change: dict[str, Any], where: str) -> None:
    given: dict[str, Any] = {"from_clock": "13:00", "until_clock": "15:00", **change}
    with pytest.raises(Invalid) as wrong:
        take(cast, there["A"], **given)
    assert where in wrong.value.errors and not Function.objects.exists()


def test_an_option_ends_between_now_and_the_beginning(cast: Cast, there: dict[str, Hall]) -> None:
    for moment in (cast.at("09:59"), cast.at("11:01", TODAY + timedelta(days=3))):
        with pytest.raises(Invalid) as wrong:
            take(cast, there["A"], option_until_at=moment)
        assert "option_until_at" in wrong.value.errors
    row = take(cast, there["A"], option_until_at=cast.at("18:00"))
    actions.extend_option(row, option_until_at=cast.at("20:00"), by=cast.actor("lin"), now=cast.at("10:30"))
    assert row.option_until_at == cast.at("20:00")
    actions.confirm(row, by=cast.actor("lin"), now=cast.at("10:31"))
    with pytest.raises(Refusal):
        actions.extend_option(row, option_until_at=cast.at("21:00"), by=cast.actor("lin"), now=cast.at("10:32"))


def test_halls_keep_their_parts_while_they_are_booked(cast: Cast, there: dict[str, Hall]) -> None:
    shen, now = cast.actor("shen"), cast.at("10:00")
    take(cast, there["ABC"])
    whole = Hall.objects.get(code="ABC")
    with pytest.raises(Refusal) as used:
        actions.edit_hall(whole, version=whole.version, parts=[there["A"], there["B"]], by=shen, now=now)
    assert used.value.code == "hall_in_use"
    with pytest.raises(Refusal):
        actions.close_hall(whole, version=whole.version, by=shen, now=now)
    pair = Hall.objects.get(code="AB")
    actions.edit_hall(pair, version=pair.version, parts=[there["B"], there["C"]], by=shen, now=now)
    take(cast, there["A"], day=5)
    take(cast, Hall.objects.get(code="AB"), day=5, label="陈府 寿宴")
    alone = Hall.objects.get(code="VIP")
    actions.close_hall(alone, version=alone.version, by=shen, now=now)
    with pytest.raises(Invalid):
        take(cast, alone, label="家宴")
    with pytest.raises(Invalid) as code:
        actions.add_hall(cast.hotel, code="mr", name="另一间", by=shen, now=now)
    assert "code" in code.value.errors and right(cast)


def test_what_was_held_stood_in_the_parts_the_hall_had_then(cast: Cast, there: dict[str, Hall]) -> None:
    shen = cast.actor("shen")
    take(cast, there["AB"], "12:00", "14:00", day=1)
    later = cast.at("18:00", TODAY + timedelta(days=2))
    pair = Hall.objects.get(code="AB")
    actions.edit_hall(pair, version=pair.version, parts=[there["B"], there["C"]], by=shen, now=later)
    assert right(cast)
    take(cast, Hall.objects.get(code="AB"), day=5)
    take(cast, there["A"], day=5, label="陈府 寿宴")
    assert right(cast)


def test_another_hotels_hall_is_missing(cast: Cast, there: dict[str, Hall]) -> None:
    from guiju.house.models import Hotel

    other = Hotel.objects.create(code="other", name="别家", created_at=cast.at("08:00"))
    foreign = Hall.objects.create(hotel=other, code="X", name="别家厅")
    with pytest.raises(Missing):
        take(cast, foreign)
