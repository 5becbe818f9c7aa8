"""The ledger: money goes to the oldest charge, a part of it moves the oldest unpaid, nothing is paid twice or beyond the contract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from guiju.logbook.models import Entry
from guiju.longstay import actions, queries
from guiju.longstay.models import Charge, FinanceCase, Payment
from guiju.shelf.errors import Invalid, Refusal
from tests.longstay.scene import FROM, House

JAN, FEB = date(2027, 1, 1), date(2027, 2, 1)


def around(house: House, day: date) -> None:
    """The worker goes round that morning."""
    actions.each_round(house.cast.hotel.pk, house.cast.at("00:10", day))


def test_money_goes_to_the_oldest(house: House) -> None:
    stay = house.in_force()
    around(house, FEB)
    actions.pay(stay, amount=Decimal(20000), on=FEB, reference="银行回单 1", **house.step("cai", day=FEB))
    paid = list(Charge.objects.filter(longstay=stay).order_by("due_on").values_list("paid", flat=True)[:3])
    assert paid == [Decimal(18600), Decimal(1400), Decimal(0)]
    stay = house.fresh(stay)
    assert stay.stands_since_on == JAN
    assert queries.owed(stay.hotel_id, [stay.pk], FEB) == {stay.pk: Decimal(35800)}


def test_paid_ahead_nothing_stands(house: House) -> None:
    stay = house.in_force()
    actions.pay(stay, amount=Decimal(18600) * 3, on=FROM, **house.step("cai", day=FROM))
    for day in (FROM, JAN, FEB):
        around(house, day)
    assert house.fresh(stay).stands_since_on is None and not Entry.objects.filter(kind="rent.stands").exists()


def test_a_prepayment_or_deposit_pays_no_rent(house: House) -> None:
    stay = house.in_force()
    around(house, FROM)
    actions.pay(stay, amount=Decimal(37200), on=FROM, kind="prepayment", **house.step("cai", day=FROM))
    assert house.fresh(stay).stands_since_on == FROM and Payment.objects.get().kind == "prepayment"


def test_more_than_the_contract_costs_is_refused(house: House) -> None:
    stay = house.in_force()
    with pytest.raises(Invalid) as refused:
        actions.pay(stay, amount=Decimal(18600) * 12 + 1, on=FROM, **house.step("cai", day=FROM))
    assert list(refused.value.errors) == ["amount"]
    assert Payment.objects.count() == 0 and not Charge.objects.filter(paid__gt=0).exists()


def test_a_round_that_is_repeated_notes_nothing_twice(house: House) -> None:
    stay = house.in_force()
    for _ in range(3):
        around(house, FROM)
        around(house, date(2026, 12, 9))
    kinds = list(Entry.objects.filter(kind__startswith="rent.").order_by("seq").values_list("kind", flat=True))
    assert kinds == ["rent.stands", "rent.late"]
    assert house.fresh(stay).late_since_on == FROM


def test_another_charge_counts_and_can_be_struck_out(house: House) -> None:
    stay = house.in_force()
    row = actions.add_charge(stay, amount=Decimal(120), due_on=FROM, text="洗衣", **house.step("cai", day=FROM))
    assert queries.owed(stay.hotel_id, [stay.pk], FROM) == {stay.pk: Decimal(18720)}
    actions.drop_charge(row, **house.step("cai", day=FROM))
    assert queries.owed(stay.hotel_id, [stay.pk], FROM) == {stay.pk: Decimal(18600)}
    rent = Charge.objects.filter(longstay=stay, kind="rent").first()
    assert rent is not None
    with pytest.raises(Refusal):
        actions.drop_charge(rent, **house.step("cai", day=FROM))


def test_flagged_by_hand_it_is_late_at_once(house: House) -> None:
    stay = house.in_force()
    with pytest.raises(Refusal):
        actions.flag_late(stay, **house.step())
    around(house, FROM)
    assert actions.flag_late(house.fresh(stay), **house.step(day=FROM)).late_since_on == FROM


def test_one_case_for_one_unpaid_month(house: House) -> None:
    stay = house.in_force()
    around(house, FROM)
    first = actions.ask_finance(house.fresh(stay), **house.step(day=FEB))
    assert actions.ask_finance(house.fresh(stay), **house.step(day=FEB)).pk == first.pk and FinanceCase.objects.count() == 1
    with pytest.raises(Refusal):
        actions.note_outcome(first, outcome="x", **house.step("cai", day=FEB))
    actions.take_case(first, **house.step("cai", day=FEB))
    actions.note_outcome(first, outcome="约定付款", **house.step("cai", day=FEB))
    with pytest.raises(Refusal):
        actions.note_outcome(first, outcome="又一次", **house.step("cai", day=FEB))
