"""Rates are looked up (booking.rate-by-agreement): each night once, by agreement, season and weekday."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from guiju.rates import queries
from guiju.rates.models import Agreement, RackRate, Season, VoidDay
from guiju.rates.pricing import nights_of
from guiju.shelf.errors import Invalid, Refusal
from tests.cast import TODAY, Cast
from tests.rates.wardrobe import Wardrobe, agreement, company, dress, rate


@pytest.fixture
def house(cast: Cast) -> Wardrobe:
    return dress(cast)


def ask(
    house: Wardrobe, arrival: date, departure: date, code: str = "TWN", use: str = "fit", **more: object
) -> queries.Quote:
    given = {"client": house.client, "agreement": None, **more}
    nights = nights_of(arrival, departure)
    return queries.quote(
        house.hotel_id, room_type=house.types[code], use=use, nights=nights, today=TODAY, **given
    )


def amounts(quote: queries.Quote) -> list[int]:
    return [int(line.amount) for line in quote.lines]


def test_an_agreement_prices_by_season(house: Wardrobe) -> None:
    quote = ask(house, date(2026, 10, 30), date(2026, 11, 3))
    assert amounts(quote) == [380, 380, 320, 320]
    assert quote.total == Decimal(1400)
    assert {line.agreement_id for line in quote.lines} == {house.agreement.pk}
    assert [line.breakfasts for line in quote.lines] == [1, 1, 1, 1]


def test_use_makes_the_price(house: Wardrobe) -> None:
    night = (date(2026, 12, 1), date(2026, 12, 2))
    assert amounts(ask(house, *night, use="group")) == [280]
    assert amounts(ask(house, *night, code="ESC", use="escort")) == [150]


def test_without_agreement_the_rack_rate(house: Wardrobe) -> None:
    for client in (None, company(house.cast, "新客户", "C26-0002")):
        quote = ask(house, date(2026, 12, 1), date(2026, 12, 3), client=client)
        assert amounts(quote) == [500, 500]
        assert [line.agreement_id for line in quote.lines] == [None, None]


def test_a_room_type_that_the_agreement_does_not_name_is_at_rack(house: Wardrobe) -> None:
    quote = ask(house, date(2026, 12, 1), date(2026, 12, 2), code="STE")
    assert amounts(quote) == [1300]
    assert quote.lines[0].agreement_id is None
    assert house.agreement.number in quote.lines[0].basis


def test_void_days_are_at_rack_with_their_reason(house: Wardrobe) -> None:
    VoidDay.objects.create(hotel=house.cast.hotel, on=date(2026, 10, 1), why="国庆节")
    quote = ask(house, date(2026, 9, 30), date(2026, 10, 3))
    assert amounts(quote) == [380, 600, 380]
    assert [line.void_reason for line in quote.lines] == [None, "国庆节", None]
    Agreement.objects.update(void_on_holidays=False)
    assert amounts(ask(house, date(2026, 9, 30), date(2026, 10, 3))) == [380, 380, 380]


def test_weekdays_beat_every_day(house: Wardrobe) -> None:
    rate(house.agreement, house.types["TWN"], 350, use="fit", season_kind="any", weekdays="45")
    assert date(2026, 12, 3).weekday() == 3
    assert amounts(ask(house, date(2026, 12, 3), date(2026, 12, 7))) == [320, 350, 350, 320]
    # a season's own line says more than weekdays of any season
    assert amounts(ask(house, date(2026, 7, 3), date(2026, 7, 4))) == [380]


def test_an_ended_agreement_stops_on_that_day(house: Wardrobe) -> None:
    Agreement.objects.update(ended_at=house.cast.at("00:30", date(2026, 12, 2)))
    assert amounts(ask(house, date(2026, 11, 30), date(2026, 12, 4))) == [320, 320, 500, 500]
    assert queries.agreement_of(house.client, date(2026, 12, 1)) == house.agreement
    assert queries.agreement_of(house.client, date(2026, 12, 2)) is None


def test_the_agreement_of_the_night_not_of_the_booking(house: Wardrobe) -> None:
    Season.objects.create(
        hotel=house.cast.hotel, name="淡季", kind="low", from_on=date(2027, 1, 1), until_on=date(2027, 4, 1)
    )
    following = agreement(
        house.cast, house.client, "A27-0001", from_on=date(2027, 1, 1), until_on=date(2027, 12, 31)
    )
    rate(following, house.types["TWN"], 330, use="fit")
    quote = ask(house, date(2026, 12, 30), date(2027, 1, 2))
    assert amounts(quote) == [320, 320, 330]
    assert [line.agreement_id for line in quote.lines] == [house.agreement.pk] * 2 + [following.pk]


@pytest.mark.parametrize("code, night", [("ESC", date(2026, 12, 1)), ("TWN", date(2027, 2, 28))])
def test_a_missing_rate_is_refused_naming_room_type_and_night(
    house: Wardrobe, code: str, night: date
) -> None:
    with pytest.raises(Refusal) as refused:
        ask(house, night, night + timedelta(days=1), code=code)
    assert refused.value.code == "no_rate"
    assert house.types[code].name in refused.value.message
    assert night.isoformat() in refused.value.message


@pytest.mark.parametrize("nights", [[], [TODAY, TODAY]])
def test_no_night_and_a_night_twice_are_refused(house: Wardrobe, nights: list[date]) -> None:
    with pytest.raises(Invalid):
        queries.quote(
            house.hotel_id, client=None, room_type=house.types["TWN"], use="fit", nights=nights, today=TODAY
        )


def test_another_hotels_rates_price_nothing(house: Wardrobe) -> None:
    from guiju.house.models import Hotel

    other = Hotel.objects.create(code="other", name="别家", created_at=house.cast.at("09:00"))
    RackRate.objects.update(hotel=other)
    with pytest.raises(Refusal):
        ask(house, date(2026, 12, 1), date(2026, 12, 2), code="STE")


def test_thirty_nights_are_as_few_queries_as_one(
    house: Wardrobe, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(5):  # type: ignore[operator]  # the fixture is untyped
        assert len(ask(house, date(2026, 11, 1), date(2026, 12, 1)).lines) == 30


@pytest.mark.parametrize(
    "persons, beds", [(33, 2), (32, 2), (16, 1), (15, 0), (0, 0), (80, 4), (64, 4), (63, 3)]
)
def test_free_beds(house: Wardrobe, persons: int, beds: int) -> None:
    assert queries.free_beds(house.agreement, persons) == beds
    assert queries.free_beds(None, persons) == 0


def test_hold_until(house: Wardrobe) -> None:
    cast = house.cast
    now, far, soon = cast.at("10:00"), TODAY + timedelta(days=9), TODAY + timedelta(days=1)
    assert queries.hold_until(None, far, now, cast.hotel) == cast.at("18:00", far)
    assert queries.hold_until(house.agreement, far, now, cast.hotel) == now + timedelta(hours=48)
    assert queries.hold_until(house.agreement, soon, now, cast.hotel) == cast.at("18:00", soon)
    late = cast.at("19:00")
    assert queries.hold_until(None, TODAY, late, cast.hotel) == late + timedelta(hours=1)


def test_cut_off_and_rooming_list(house: Wardrobe) -> None:
    assert queries.cut_off_on(house.agreement, date(2027, 3, 5)) == date(2027, 2, 26)
    assert queries.rooming_list_on(house.agreement, date(2027, 3, 5)) == date(2027, 2, 26)
    assert queries.cut_off_on(None, date(2027, 3, 5)) is None


@pytest.mark.parametrize("days, percent", [(4, 0), (3, 0), (2, 0), (1, 30), (0, 50), (-1, 50)])
def test_cancellation_by_the_terms(house: Wardrobe, days: int, percent: int) -> None:
    house.agreement.cancel_days = 2
    house.agreement.cancel_terms = [{"days_before": 0, "percent": "50"}, {"days_before": 1, "percent": 30}]
    stay = queries.StayFacts(arrival_on=TODAY, first_night_amount=Decimal("3333.33"))
    charge = queries.cancellation_charge(house.agreement, stay, TODAY - timedelta(days=days))
    assert (charge.percent, charge.in_time) == (percent, days >= 2)
    assert charge.amount == {0: Decimal(0), 30: Decimal("1000.00"), 50: Decimal("1666.67")}[percent]


def test_a_late_cancellation_without_steps_pays_the_first_night(house: Wardrobe) -> None:
    stay = queries.StayFacts(arrival_on=TODAY, first_night_amount=Decimal(900))
    assert queries.cancellation_charge(house.agreement, stay, TODAY - timedelta(days=2)).amount == 900
    assert queries.cancellation_charge(None, stay, TODAY).amount == 0
    guaranteed = queries.StayFacts(TODAY, Decimal(900), guaranteed=True)
    assert queries.cancellation_charge(None, guaranteed, TODAY).amount == 900
