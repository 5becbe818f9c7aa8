"""The discount ladder: who may go how far below the looked-up rate (booking.rate-by-agreement)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from guiju.notices.models import Notice
from guiju.rates import actions
from guiju.rates.models import Deviation
from guiju.shelf.errors import Invalid, NotAllowed, Refusal
from tests.cast import Cast
from tests.rates.wardrobe import Wardrobe, dress

LADDER = {"business_sales_supervisor": 95, "group_sales_manager": 90, "sales_manager": 80, "gm": 50}


@pytest.fixture
def house(cast: Cast) -> Wardrobe:
    wardrobe = dress(cast)
    for post, floor in LADDER.items():
        who = "lu" if post != "gm" else "shen"
        with_right = cast.actor("shen") if who == "shen" or post != "sales_manager" else cast.actor("he")
        actions.set_ladder(cast.hotel, post=post, floor=Decimal(floor), by=with_right, now=cast.at("09:00"))
    return wardrobe


def ask(house: Wardrobe, asked: int, who: str = "lin", **more: Any) -> Deviation:
    given = {"about": ("booking", "01a21022-4362-77c6-8a90-8b13ed266e0f"), "looked_up": Decimal(400), "reason": "老客户，连住", **more}
    return actions.ask_deviation(
        house.cast.hotel, room_type=house.types["TWN"], asked=Decimal(asked),
        by=house.cast.actor(who), now=house.cast.at("10:00"), **given,
    )


def decide(house: Wardrobe, row: Deviation, who: str, approve: bool = True, words: str = "") -> Deviation:
    return actions.decide_deviation(
        row, approve=approve, words=words, by=house.cast.actor(who), now=house.cast.at("10:10")
    )


@pytest.mark.parametrize(
    ("asked", "approved", "approver"),
    [
        (420, True, None),  # above the rate: nobody loses
        (380, True, "business_sales_supervisor"),  # 95 %: exactly his own floor
        (379, None, "group_sales_manager"),
        (360, None, "group_sales_manager"),  # 90 %
        (359, None, "sales_manager"),
        (320, None, "sales_manager"),  # 80 %
        (319, None, "gm"),
        (10, None, "gm"),  # below everybody's floor
    ],
)
def test_the_ladder_names_who_decides(house: Wardrobe, asked: int, approved: bool | None, approver: str) -> None:
    row = ask(house, asked)
    assert row.approved is approved
    assert approver is None or row.approver_post == approver
    assert Notice.objects.filter(key=f"deviation:{row.pk}").exists() is (approved is None)


def test_only_a_post_that_reaches_so_far_decides_and_once(house: Wardrobe) -> None:
    row = ask(house, 330)
    with pytest.raises(NotAllowed):
        decide(house, row, "he")  # group sales manager: 90 %
    with pytest.raises(NotAllowed):
        decide(house, row, "tang")  # no right to decide at all
    assert decide(house, row, "shen").approved is True
    with pytest.raises(Refusal) as refused:
        decide(house, row, "lu", approve=False, words="太低")
    assert refused.value.code == "decided"


def test_a_refusal_has_a_word_and_nobody_approves_himself(house: Wardrobe) -> None:
    row = ask(house, 300, who="shen")  # 75 %: beyond the manager's own 80
    assert row.approved is None
    with pytest.raises(Refusal) as refused:
        decide(house, row, "shen")
    assert refused.value.code == "own_question"
    with pytest.raises(Invalid):
        decide(house, row, "lu", approve=False)
    assert decide(house, row, "lu", approve=False, words="旺季不降").words == "旺季不降"


def test_asking_anew_closes_the_open_question(house: Wardrobe) -> None:
    first = ask(house, 330)
    second = ask(house, 350)
    first.refresh_from_db()
    assert first.approved is False and second.approved is None


def test_without_reason_or_rate_nothing_is_asked(house: Wardrobe) -> None:
    for more in ({"reason": " "}, {"looked_up": Decimal(0)}, {"looked_up": Decimal(300)}):
        with pytest.raises(Invalid):
            ask(house, 300, **more)
    with pytest.raises(Invalid):
        ask(house, -1)
    assert not Deviation.objects.exists()


def test_nobody_widens_his_own_authority(house: Wardrobe) -> None:
    with pytest.raises(Invalid):
        actions.set_ladder(
            house.cast.hotel, post="sales_manager", floor=Decimal(10),
            by=house.cast.actor("shen"), now=house.cast.at("10:00"),
        )


def test_the_page_decides(house: Wardrobe) -> None:
    row = ask(house, 330)
    browser = house.cast.sign_in("shen")
    page = browser.get("/rates/deviations")
    assert page.status_code == 200 and "330" in page.content.decode()
    answer = browser.post(f"/rates/deviations/{row.pk}", {"answer": "refuse"})
    assert answer.status_code == 422
    assert browser.post(f"/rates/deviations/{row.pk}", {"answer": "approve"}).status_code == 302
    row.refresh_from_db()
    assert row.approved is True
    assert house.cast.sign_in("lin").post(f"/rates/deviations/{row.pk}", {"answer": "approve"}).status_code == 403
