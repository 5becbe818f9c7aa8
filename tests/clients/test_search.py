"""Clients are found by any part of their names, by initials, number and telephone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.clients import actions
from guiju.clients.models import Client, SearchRow
from guiju.clients.names import initials_of, likeness, plain
from guiju.clients.search import alike, index_all, search
from tests.cast import Cast

NAMES = (
    "东岬港务集团有限公司", "栖梧国际旅行社", "青岱生物科技股份有限公司", "恒序医疗器械有限公司", "砚桥律师事务所", "Northwind Trading Ltd.",
    "长乐重工（上海）有限公司", "单于𬱖船舶", "A&B 咨询 公司",
)


@pytest.fixture
def house(cast: Cast) -> dict[str, Client]:
    step = {"by": cast.actor("lin"), "now": cast.at("10:00")}
    return {
        name: actions.add_client(cast.hotel, name=name, kind="company", phone=f"021-5555 00{n:02d}", **step)
        for n, name in enumerate(NAMES)
    }


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_part_of_a_name_finds_it(cast: Cast, house: dict[str, Client], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    text = plain(name)
    length = data.draw(st.integers(1, 4))
    start = data.draw(st.integers(0, max(0, len(text) - length)))
    found = search(cast.hotel.pk, text[start : start + length])
    assert house[name] in found


def test_what_is_not_in_any_name_finds_nobody(cast: Cast, house: dict[str, Client]) -> None:
    assert search(cast.hotel.pk, "东集") == []  # both characters stand in one name, but not side by side
    assert search(cast.hotel.pk, "港务东岬") == []
    assert search(cast.hotel.pk, "  ") == []
    assert search(cast.hotel.pk, '" OR *') == search(cast.hotel.pk, "or")


def test_initials_number_telephone_and_two_words(cast: Cast, house: dict[str, Client]) -> None:
    port = house["东岬港务集团有限公司"]
    assert search(cast.hotel.pk, "djgw")[0] == port
    assert search(cast.hotel.pk, port.number.lower()) == [port]
    assert search(cast.hotel.pk, "55550000") == [port]
    assert search(cast.hotel.pk, "港务 东岬") == [port]
    assert search(cast.hotel.pk, "ｎｏｒｔｈ") == [house["Northwind Trading Ltd."]]


def test_a_character_read_in_two_ways_has_both_initials() -> None:
    read = initials_of("长乐重工").split()
    assert {"clzg", "zlzg", "cyzg"} <= set(read)
    assert initials_of("Northwind") == ""


def test_a_changed_name_is_found_by_the_new_one_only(cast: Cast, house: dict[str, Client]) -> None:
    row = house["砚桥律师事务所"]
    step = {"by": cast.actor("lin"), "now": cast.at("11:00")}
    actions.edit_client(row, version=row.version, name="石梁律师事务所", **step)
    assert search(cast.hotel.pk, "石梁") == [row]
    assert search(cast.hotel.pk, "砚桥") == []


def test_another_hotel_is_not_searched(cast: Cast, house: dict[str, Client]) -> None:
    from guiju.house.models import Hotel

    other = Hotel.objects.create(code="other", name="别处", zone="Asia/Shanghai", created_at=cast.at("08:00"))
    assert search(other.pk, "东岬") == []
    assert alike(other.pk, "东岬港务集团有限公司") == []


def test_index_all_makes_the_same_rows(cast: Cast, house: dict[str, Client]) -> None:
    before = set(SearchRow.objects.values_list("client_id", "text", "tokens"))
    assert index_all(cast.hotel.pk) == len(NAMES)
    assert set(SearchRow.objects.values_list("client_id", "text", "tokens")) == before
    assert search(cast.hotel.pk, "恒序") == [house["恒序医疗器械有限公司"]]


def test_near_duplicates(cast: Cast, house: dict[str, Client]) -> None:
    found = [row.name for row, _share in alike(cast.hotel.pk, "东岬港务有限责任公司")]
    assert found == ["东岬港务集团有限公司"]
    assert alike(cast.hotel.pk, "望澜饭店管理有限公司") == []
    assert likeness("栖梧旅行社", "栖梧国际旅行社") == 1.0
