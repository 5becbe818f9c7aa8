"""Agreements: concluded, changed, renewed, ended, read in from a table; their pages."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guiju.house.models import Hotel
from guiju.rates import actions, queries
from guiju.rates.actions.agreements import RateGiven
from guiju.rates.models import Agreement, AgreementRate, MealRate, Season
from guiju.shelf.errors import Conflict, Invalid, NotAllowed, Refusal
from tests.cast import TODAY, Cast
from tests.rates.wardrobe import Wardrobe, company, dress

YEAR = {"from_on": date(2027, 1, 1), "until_on": date(2027, 12, 31)}


@pytest.fixture
def house(cast: Cast) -> Wardrobe:
    return dress(cast)


def by(house: Wardrobe, who: str = "shen") -> dict[str, Any]:
    return {"by": house.cast.actor(who), "now": house.cast.at("10:00")}


def test_an_agreement_begins_with_rates_and_terms(house: Wardrobe) -> None:
    twin = house.types["TWN"]
    given = [RateGiven(twin, Decimal(330)), RateGiven(twin, Decimal(360), weekdays="54", breakfasts=2)]
    row = actions.add_agreement(house.client, rates=given, free_cap_beds=2, **YEAR, **by(house))
    assert row.number.startswith("A27-") or row.number.startswith("A26-")
    assert set(row.rates.values_list("weekdays", "amount")) == {("0123456", Decimal(330)), ("45", Decimal(360))}
    quote = queries.quote(
        house.hotel_id, client=house.client, room_type=twin, use="fit",
        nights=[date(2027, 1, 7), date(2027, 1, 8)], today=TODAY,  # Thursday, Friday
    )
    assert [line.amount for line in quote.lines] == [330, 360]


def test_wrong_agreements_name_what_is_wrong(house: Wardrobe) -> None:
    twin = house.types["TWN"]
    double = [RateGiven(twin, Decimal(330), weekdays="45"), RateGiven(twin, Decimal(340), weekdays="56")]
    cases: list[tuple[dict[str, Any], str]] = [
        ({"rates": double, **YEAR}, "rates"),
        ({"rates": [RateGiven(twin, Decimal(0))], **YEAR}, "rates.1"),
        ({"from_on": date(2026, 12, 1), "until_on": date(2027, 1, 1)}, "from_on"),
        ({"from_on": date(2027, 2, 1), "until_on": date(2027, 1, 1)}, "until_on"),
        ({"hold_hours": -1, **YEAR}, "hold_hours"),
        ({"cancel_terms": [{"days_before": 1, "percent": 120}], **YEAR}, "cancel_terms"),
        ({"number": "A26-0001", **YEAR}, "number"),
    ]
    for values, field in cases:
        with pytest.raises(Invalid) as wrong:
            actions.add_agreement(house.client, **values, **by(house))
        assert field in wrong.value.errors, values
    with pytest.raises(NotAllowed):
        actions.add_agreement(house.client, **YEAR, **by(house, "lin"))
    assert Agreement.objects.count() == 1


def test_renewing_takes_everything_along(house: Wardrobe) -> None:
    actions.set_meal_rate(
        house.cast.hotel, meal="lunch", standard="80", amount=Decimal(80), agreement=house.agreement, **by(house)
    )
    row = actions.renew_agreement(house.agreement, percent=Decimal(5), **YEAR, **by(house))
    assert row.renews == house.agreement and row.free_per_persons == house.agreement.free_per_persons
    assert sorted(row.rates.values_list("amount", flat=True)) == [158, 294, 336, 399]
    assert row.meal_rates.get().amount == 80
    with pytest.raises(Invalid):
        actions.renew_agreement(house.agreement, **YEAR, **by(house))  # the year is taken


def test_ending_is_once_and_from_today_on(house: Wardrobe) -> None:
    row = actions.end_agreement(house.agreement, reason="改走散客价", **by(house))
    assert not queries.in_force(row, TODAY) and queries.in_force(row, date(2026, 11, 23))
    with pytest.raises(Refusal):
        actions.end_agreement(row, reason="再终止", **by(house))
    with pytest.raises(Refusal):
        actions.edit_agreement(row, version=row.version, hold_hours=1, **by(house))


def test_a_stale_save_is_a_conflict(house: Wardrobe) -> None:
    actions.edit_agreement(house.agreement, version=1, hold_hours=24, **by(house))
    with pytest.raises(Conflict):
        actions.set_agreement_rates(house.agreement, rates=[], version=1, **by(house))
    assert house.agreement.rates.count() == 4


def test_seasons_may_not_lie_on_each_other(house: Wardrobe) -> None:
    with pytest.raises(Invalid):
        actions.add_season(
            house.cast.hotel, name="会展", kind="high", from_on=date(2026, 12, 1), until_on=date(2026, 12, 9), **by(house)
        )
    page = house.cast.sign_in("shen").get("/rates/seasons").content.decode()
    assert "2027年1月1日" in page  # the first night without a season
    row = actions.add_season(
        house.cast.hotel, name="冬季", kind="low", from_on=date(2027, 1, 1), until_on=date(2027, 4, 1), **by(house)
    )
    actions.remove_season(row, **by(house))
    assert not Season.objects.filter(pk=row.pk).exists()


# Pages


def test_the_pages_show_and_change(house: Wardrobe, django_assert_max_num_queries: Any) -> None:
    browser = house.cast.sign_in("shen")
    for path in (
        "/agreements/?state=all", f"/agreements/{house.agreement.pk}", "/rates/rack", "/rates/seasons", "/rates/deviations",
    ):
        with django_assert_max_num_queries(12):
            page = browser.get(path)
        assert page.status_code == 200, path
    edit = f"/agreements/{house.agreement.pk}/edit"
    values = {
        "from_on": "2026-01-01", "until_on": "2026-12-31", "group_from_persons": 10, "group_from_rooms": 5,
        "free_per_persons": 16, "free_cap_beds": 2, "cut_off_days": 7, "rooming_list_days": 7, "hold_hours": 24,
        "cancel_days": 3, "cancel_terms": "2: 30，0: 100", "version": 1, "cut_rooms": 4, "cut_rooms_large": 8, "cut_notice_hours": 48,
        "short_percent": 80, "no_show_percent": 50, "no_show_nights": 0, "extra_rooms": "rack",
    }
    for name, bad in (("short_percent", 101), ("no_show_percent", -1), ("no_show_nights", 31), ("extra_rooms", "free"), ("cut_rooms", "some")):
        answer = browser.post(edit, {**values, name: bad})
        assert answer.status_code == 422 and name in answer.context["form"].errors, name
    assert browser.post(edit, {**values, "cancel_terms": "soon"}).status_code == 422
    assert browser.post(edit, values).status_code == 302
    house.agreement.refresh_from_db()
    assert house.agreement.cancel_terms == [{"days_before": 2, "percent": 30}, {"days_before": 0, "percent": 100}]
    assert (house.agreement.cut_rooms, house.agreement.no_show_nights, house.agreement.extra_rooms) == (4, 0, "rack")
    shown = browser.get(f"/agreements/{house.agreement.pk}").content.decode()
    assert "可免费减 4 间" in shown and "全部房晚的 50%" in shown and "按门市价" in shown
    assert browser.post(edit, values).status_code == 409


def test_rates_are_edited_line_by_line(house: Wardrobe) -> None:
    browser = house.cast.sign_in("shen")
    url = f"/agreements/{house.agreement.pk}/rates"
    assert browser.get(url).status_code == 200
    lines = {
        "rates-TOTAL_FORMS": 3, "rates-INITIAL_FORMS": 0, "version": 1,
        "rates-0-room_type": "TWN", "rates-0-use": "fit", "rates-0-season_kind": "any", "rates-0-weekdays": "0123456",
        "rates-0-amount": "310", "rates-0-breakfasts": 1,
        "rates-1-room_type": "KNG", "rates-1-use": "fit", "rates-1-season_kind": "high", "rates-1-weekdays": "45",
        "rates-1-amount": "0", "rates-1-breakfasts": 1,
        "rates-2-use": "fit", "rates-2-season_kind": "any", "rates-2-weekdays": "0123456", "rates-2-breakfasts": 0,
    }
    assert browser.post(url, lines).status_code == 422
    assert AgreementRate.objects.count() == 4
    assert browser.post(url, {**lines, "rates-1-amount": "350"}).status_code == 302
    assert sorted(AgreementRate.objects.values_list("amount", flat=True)) == [310, 350]


def test_rack_rates_and_meals_on_the_page(house: Wardrobe) -> None:
    browser = house.cast.sign_in("shen")
    rack = {"room_type": "ESC", "season_kind": "any", "weekdays": "0123456", "amount": "180", "breakfasts": 0}
    assert browser.post("/rates/rack", {**rack, "amount": "-1"}).status_code == 422
    assert browser.post("/rates/rack", rack).status_code == 302
    meal = {"what": "meal", "meal": "lunch", "standard": "80", "per": "head", "amount": "80", "escort_amount": "30"}
    assert browser.post("/rates/rack", meal).status_code == 302
    assert MealRate.objects.get().escort_amount == 30
    assert house.cast.sign_in("lin").post("/rates/rack", rack).status_code == 403
    assert house.cast.sign_in("ma").get("/rates/rack").status_code == 403


def test_another_hotels_agreement_is_missing(house: Wardrobe) -> None:
    Agreement.objects.filter(pk=house.agreement.pk).update(hotel=_other(house))
    assert house.cast.sign_in("shen").get(f"/agreements/{house.agreement.pk}").status_code == 404


def _other(house: Wardrobe) -> Hotel:
    return Hotel.objects.create(code="other", name="别处", zone="Asia/Shanghai", created_at=house.cast.at("08:00"))


# From a table

HEAD = "编号,客户,起,止,房型,用途,季节,星期,价格,早餐份数"


def upload(house: Wardrobe, text: str) -> Any:
    file = SimpleUploadedFile("rates.csv", text.encode(), "text/csv")
    return house.cast.sign_in("shen").post("/agreements/table", {"file": file})


def test_a_table_is_read_in_whole_or_not_at_all(house: Wardrobe) -> None:
    company(house.cast, "青岱生物", "C26-0002")
    head = "number,client,from_on,until_on,room_type,use,season,weekdays,amount,breakfasts"
    good = (
        f"{head}\nX-1,青岱生物,2027-01-01,2027-12-31,TWN,fit,any,0123456,300,1\n"
        f"X-1,青岱生物,2027-01-01,2027-12-31,标准双人间,group,high,45,320,2\n"
        f"X-2,C26-0001,2027-01-01,2027/12/31,KNG,,,,\"1,300\",\n"
    )
    bad = good + "X-3,没有这家,2027-01-01,明年,TWN,fit,any,0123456,abc,1\nX-4,青岱生物,2027-06-01,2027-07-01,,,,,,\n"
    answer = upload(house, bad)
    assert answer.status_code == 422 and Agreement.objects.count() == 1
    text = answer.content.decode()
    assert "没有这家" in text and "5" in text
    assert upload(house, good).status_code == 302
    one = Agreement.objects.get(number="X-1")
    assert one.rates.count() == 2 and Agreement.objects.get(number="X-2").rates.get().amount == 1300
    assert upload(house, good).status_code == 302 and Agreement.objects.count() == 3  # known ones are left


def test_the_export_can_be_read_in_again(house: Wardrobe) -> None:
    browser = house.cast.sign_in("shen")
    sheet = browser.get("/agreements/?state=all&export=xlsx")
    data = b"".join(sheet.streaming_content)
    assert data.startswith(b"PK")
    AgreementRate.objects.all().delete()
    Agreement.objects.all().delete()
    file = SimpleUploadedFile("agreements.xlsx", io.BytesIO(data).read())
    assert browser.post("/agreements/table", {"file": file}).status_code == 302
    assert sorted(AgreementRate.objects.values_list("amount", flat=True)) == [150, 280, 320, 380]
    assert house.cast.sign_in("lin").get("/agreements/?export=csv").status_code == 403
