"""Contracts: what they need, the room blocked with one of its type, approval, renewal, moving out; what is refused leaves nothing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from guiju.approvals import actions as approvals
from guiju.config.verifying import verify
from guiju.longstay import actions, queries
from guiju.longstay.models import Charge, LongStay, NightTaken, Renewal
from guiju.longstay.terms import months, next_birthday, without_year
from guiju.rooms.models import RoomNight
from guiju.rulebook.periods import anniversary
from guiju.shelf.errors import Conflict, GateRefused, Invalid, Missing, NoRoom, NotAllowed, Refusal
from tests.longstay.scene import FROM, UNTIL, House


def night(house: House, on: date) -> RoomNight | None:
    return RoomNight.objects.filter(room_type=house.scene.king, night=on).first()


def test_a_contract_blocks_its_room_and_one_of_its_type(house: House) -> None:
    """From asking on, held; approved, sold; every night of the year and not the day of moving out."""
    stay = house.ready()
    assert NightTaken.objects.count() == 0
    asked = actions.ask_approval(stay, **house.step())
    assert NightTaken.objects.count() == 365
    last = UNTIL - timedelta(days=1)
    assert [(row.held, row.sold) for row in (night(house, on) for on in (FROM, last)) if row] == [(1, 0), (1, 0)]
    assert night(house, UNTIL) is None
    for who in ("shen", "lu"):
        asked = approvals.decide(asked, accept=True, **house.step(who))
    assert [(row.held, row.sold) for row in (night(house, on) for on in (FROM, last)) if row] == [(0, 1), (0, 1)]
    assert [row.number for row in queries.free_rooms(house.cast.hotel.pk, FROM, UNTIL)] == ["1008", "806"]
    assert len(queries.free_rooms(house.cast.hotel.pk, UNTIL, UNTIL + timedelta(days=30))) == 3
    assert verify()[1] == []


def test_sent_back_it_is_free_again(house: House) -> None:
    stay = house.ready()
    asked = actions.ask_approval(stay, **house.step())
    approvals.decide(asked, accept=False, reason="租金太低", **house.step("shen"))
    stay = house.fresh(stay)
    assert stay.state == "draft" and NightTaken.objects.count() == 0
    found = night(house, FROM)
    assert found is not None and (found.held, found.sold) == (0, 0)
    actions.edit(stay, version=stay.version, rent=Decimal(19000), **house.step())
    with pytest.raises(GateRefused):  # the new rent is to be agreed anew
        actions.ask_approval(house.fresh(stay), **house.step())
    actions.agree_rent(house.fresh(stay), **house.step())
    assert actions.ask_approval(house.fresh(stay), **house.step()).state == "waiting"
    assert verify()[1] == []


@pytest.mark.parametrize("how", ["here", "there"])
def test_taken_back_it_is_being_made_again(house: House, how: str) -> None:
    """From its own page or from the page of approvals."""
    stay = house.ready()
    asked = actions.ask_approval(stay, **house.step())
    if how == "here":
        actions.take_back(house.fresh(stay), reason="改房", **house.step())
    else:
        approvals.withdraw(asked, reason="改房", **house.step())
    assert house.fresh(stay).state == "draft" and NightTaken.objects.count() == 0
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_a_type_that_is_sold_out_refuses_and_leaves_nothing(house: House) -> None:
    king = house.scene.king
    king.physical = 1
    king.save()
    house.in_force("1206")
    other = house.ready("1008")
    with pytest.raises(NoRoom):
        actions.ask_approval(other, **house.step())
    assert house.fresh(other).state == "draft"
    assert NightTaken.objects.filter(longstay=other).count() == 0


def test_overlapping_by_one_night_is_refused_touching_is_not(house: House) -> None:
    house.in_force()
    over = house.ready(from_on=UNTIL - timedelta(days=1), until_on=UNTIL + timedelta(days=60), guest="罗杰")
    with pytest.raises(Refusal) as refused:
        actions.ask_approval(over, **house.step())
    assert refused.value.code == "room_taken" and refused.value.details["night"] == (UNTIL - timedelta(days=1)).isoformat()
    next_one = house.ready(from_on=UNTIL, until_on=UNTIL + timedelta(days=60), guest="罗杰")
    assert actions.ask_approval(next_one, **house.step()).state == "waiting"


def test_the_rents_are_laid_out_month_by_month(house: House) -> None:
    stay = house.in_force()
    rows = list(Charge.objects.filter(longstay=stay).order_by("due_on").values_list("due_on", "until_on", "amount"))
    assert len(rows) == 12 and rows[0] == (FROM, date(2027, 1, 1), Decimal(18600)) and rows[-1][1] == UNTIL
    assert list(months(date(2026, 1, 31), date(2026, 4, 15), Decimal(3000))) == [
        (date(2026, 1, 31), date(2026, 2, 28), Decimal("3000.00")), (date(2026, 2, 28), date(2026, 3, 31), Decimal("3000.00")),
        (date(2026, 3, 31), date(2026, 4, 15), Decimal("1500.00")),
    ]


def test_after_signing_the_terms_stand_and_the_card_may_change(house: House) -> None:
    stay = house.in_force()
    with pytest.raises(Invalid) as refused:
        actions.edit(stay, version=stay.version, rent=Decimal(1), until_on=UNTIL, **house.step())
    assert list(refused.value.errors) == ["rent"]
    actions.edit(stay, version=stay.version, requests="加一张书桌", **house.step(clock="11:00"))
    with pytest.raises(Conflict):
        actions.edit(house.fresh(stay), version=1, requests="不要", **house.step())
    from guiju.papers.models import Paper

    assert Paper.objects.get(kind="longstay_notice").latest == 2  # the departments read the new requirement
    assert Paper.objects.get(kind="longstay_billing").latest == 1


def test_a_renewal_needs_the_room_and_a_yes(house: House) -> None:
    stay = house.in_force()
    row = actions.ask_renewal(stay, until_on=UNTIL + timedelta(days=90), rent=Decimal(19000), **house.step())
    with pytest.raises(Refusal):
        actions.ask_renewal(stay, until_on=UNTIL + timedelta(days=30), rent=Decimal(19000), **house.step())
    other = house.ready(from_on=UNTIL + timedelta(days=10), until_on=UNTIL + timedelta(days=20), guest="罗杰")
    with pytest.raises(Refusal):
        actions.ask_approval(other, **house.step())
    from guiju.approvals.models import Approval

    approvals.decide(Approval.objects.get(kind="longstay_renewal"), accept=False, reason="另有安排", **house.step("shen"))
    row = Renewal.objects.get(pk=row.pk)
    assert row.accepted is False and house.fresh(stay).until_on == UNTIL
    assert actions.ask_approval(house.fresh(other), **house.step()).state == "waiting"
    assert verify()[1] == []


def test_moving_out_ends_rent_room_and_orders(house: House) -> None:
    stay = house.in_force()
    actions.pay(stay, amount=Decimal(18600), on=FROM, **house.step("cai", day=FROM))
    day = date(2026, 12, 16)
    with pytest.raises(Invalid):
        actions.leave(stay, on=day, deposit_back=Decimal(9000), **house.step(day=day))
    gone = actions.leave(stay, on=day, deposit_back=Decimal(5000), opinion="很好", **house.step(day=day))
    assert gone.state == "left" and gone.final_bill == Decimal(9000) - Decimal(18600)  # half a month was paid too much
    assert NightTaken.objects.filter(night__gte=day).count() == 0 and NightTaken.objects.count() == 15
    found = night(house, day)
    assert found is not None and found.sold == 0
    assert queries.owed(stay.hotel_id, [stay.pk], date(2027, 6, 1)) == {}
    assert verify()[1] == []


def test_who_may_not(house: House) -> None:
    stay = house.draft()
    with pytest.raises(NotAllowed):
        actions.check_credit(stay, nature="x", standing="good", found="x", **house.step("lin"))
    with pytest.raises(NotAllowed):
        actions.edit(stay, version=1, guest="x", **house.step("cai"))
    with pytest.raises(NotAllowed):
        actions.pay(stay, amount=Decimal(1), on=FROM, **house.step("lin"))
    with pytest.raises(Refusal):
        actions.pay(stay, amount=Decimal(1), on=date(2026, 11, 1), **house.step("cai"))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"guest": " "}, "guest"), ({"until_on": FROM}, "until_on"), ({"until_on": FROM + timedelta(days=900)}, "until_on"),
        ({"rent": Decimal(0)}, "rent"), ({"prepayment": Decimal(-1)}, "prepayment"), ({"nonsense": 1}, "nonsense"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(house: House, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        house.draft(**more)
    assert list(refused.value.errors) == [field]
    assert LongStay.objects.count() == 0


def test_a_birthday_comes_round_without_its_year() -> None:
    leap = without_year(date(1996, 2, 29), lunar=False)
    assert leap == date(2000, 2, 29)
    for born in (date(1980, 3, 1), date(1979, 10, 21), date(1962, 1, 24), date(1995, 9, 24)):
        plain = without_year(born, lunar=True)
        assert plain.year <= 2001 and [anniversary(plain, year, lunar=True) for year in (2026, 2027)] == [
            anniversary(born, year, lunar=True) for year in (2026, 2027)
        ]
    stay = LongStay(birthday=date(1979, 10, 21))
    assert next_birthday(stay, date(2026, 10, 21)) == date(2026, 10, 21) and next_birthday(stay, date(2026, 10, 22)) == date(2027, 10, 21)


def test_another_hotels_contract_is_missing(house: House) -> None:
    from guiju.house.models import Hotel
    from guiju.shelf.actor import the_clock

    other = Hotel.objects.create(code="andere", name="别家", zone="Asia/Shanghai", created_at=house.cast.at("08:00"))
    with pytest.raises(Missing):
        actions.agree_rent(house.draft(), by=the_clock(other.pk), now=house.cast.at("10:00"))
