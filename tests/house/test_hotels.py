"""Somebody with posts in two hotels goes from one to the other; his rights are those of the hotel he is in."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from guiju.house import actions
from guiju.house.acting import acting
from guiju.house.models import Appointment, Hotel, Person, Setting, SignedIn
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Missing, NotAllowed
from tests.cast import PASSWORD, ZONE, Cast

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def second(cast: Cast) -> Hotel:
    """Another house of the same owner, in which Lin leads the sales and nobody asks for a second step."""
    hotel = Hotel.objects.create(code="guanlan", name="观澜酒店", zone=str(ZONE), created_at=cast.hotel.created_at)
    by, now = the_clock(hotel.pk, via="cli"), cast.at("08:00")
    actions.appoint(hotel, person=cast.people["lin"], post="sales_manager", by=by, now=now)
    actions.appoint(hotel, person=cast.people["lin"], post="administrator", by=by, now=now)
    Setting.objects.create(hotel=hotel, key="security.totp_required", value=False)
    return hotel


def signed_in(who: str) -> Browser:
    browser = Browser()
    assert browser.post("/sign-in/", {"username": who, "password": PASSWORD}).status_code == 302
    return browser


def test_the_menu_offers_it_to_those_with_several_only(cast: Cast, second: Hotel) -> None:
    assert "/me/hotels/" in signed_in("lin").get("/me/").content.decode()
    assert "/me/hotels/" not in signed_in("wen").get("/me/").content.decode()


def test_he_goes_there_with_the_rights_he_has_there(cast: Cast, second: Hotel) -> None:
    browser = signed_in("lin")
    assert browser.get("/house/people/").status_code == 403
    page = browser.get("/me/hotels/").content.decode()
    assert "观澜酒店" in page and "听涛饭店" in page
    assert browser.post("/me/hotels/", {"hotel": str(second.pk)}).status_code == 302
    people = browser.get("/house/people/").content.decode()
    assert "林一舟" in people and "沈若溪" not in people
    assert SignedIn.objects.filter(person=cast.people["lin"], ended_at__isnull=True).count() == 1
    assert browser.post("/sign-out/").status_code == 302
    assert signed_in("lin").get("/house/people/").status_code == 200  # where he was last
    Appointment.objects.filter(hotel=second).update(until_at=cast.at("09:00"))
    assert signed_in("lin").get("/house/people/").status_code == 403


def test_a_hotel_without_a_post_is_not_there(cast: Cast, second: Hotel) -> None:
    browser = signed_in("wen")
    for wrong in (str(second.pk), "x", ""):
        assert browser.post("/me/hotels/", {"hotel": wrong}).status_code == 404
    assert browser.get("/me/").status_code == 200


def test_the_second_step_of_the_other_hotel_is_asked(cast: Cast, second: Hotel) -> None:
    Setting.objects.filter(hotel=second).update(value=True)
    browser = signed_in("lin")
    answer = browser.post("/me/hotels/", {"hotel": str(second.pk)})
    assert answer["Location"] == "/sign-in/code/"
    assert browser.get("/house/people/").status_code == 302  # nobody yet


def test_one_hotel_does_not_open_the_other_one_s_door(cast: Cast, second: Hotel) -> None:
    """An administrator here may not give a new password to an account that opens another hotel too."""
    lin, guan = cast.people["lin"], cast.actor("guan")
    with pytest.raises(NotAllowed):
        actions.reset_password(cast.hotel, person=lin, by=guan, now=cast.at("10:00"))
    with pytest.raises(NotAllowed):
        card = {"email": "x@y.example"}
        actions.change_person(cast.hotel, person=lin, version=1, card=card, by=guan, now=cast.at("10:00"))
    assert Person.objects.get(pk=lin.pk).email == "lin@tingtao.example"
    with pytest.raises(Missing):
        actions.appoint(second, person=cast.people["wen"], post="finance", by=acting(lin, second, now=cast.at("10:00")), now=cast.at("10:00"))
