"""What the standard sees of a booking: duties that lead to where they are done, differences of their own, holds that lapse by rule."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from guiju.bookings import actions
from guiju.bookings.models import Booking, Change
from guiju.clients import actions as accounts
from guiju.duties.models import Duty
from guiju.duties.queries import with_status
from guiju.duties.today import rows_of
from guiju.papers.models import Paper
from guiju.rates.models import Agreement, AgreementRate
from guiju.rounds.actions import go_round
from guiju.shelf import registry
from guiju.shelf.errors import GateRefused
from tests.bookings.scene import ARRIVAL, Room


def duties(room: Room, clause: str, rule: str = "") -> list[Duty]:
    """The duties of a clause with their status now."""
    rows = Duty.objects.filter(clause=clause, **({"rule": rule} if rule else {}))
    return list(with_status(rows, room.now).order_by("opens_at", "id"))


def test_a_hold_that_lapses_by_rule_is_nobodys_failure(room: Room) -> None:
    row = room.cash()
    actions.place_hold(row, **room.by("lin"))
    go_round(room.at("18:04", ARRIVAL))
    assert Booking.objects.get().state == "lapsed"
    (one,) = duties(room, "booking.hold-until", "lapse")
    assert one.status == "superseded"
    browser = room.browser("shen")
    assert browser.get("/compliance/?period=month").status_code == 200


def test_two_differences_are_two_duties(room: Room) -> None:
    row = room.confirmed(arrival=room.now.date())
    one, other = actions.match_rooms(row, differences=["少一间", "房型不对"], **room.by())
    found = duties(room, "booking.arrival-check", "resolve")
    assert sorted(duty.subject_id for duty in found) == sorted([str(one.pk), str(other.pk)])
    room.at("10:30")
    actions.resolve_difference(one, resolution="补一间", **room.by())
    states = {duty.subject_id: duty.status for duty in duties(room, "booking.arrival-check", "resolve")}
    assert states[str(one.pk)] == "met" and states[str(other.pk)] in ("open", "soon")
    actions.mark_no_show(row, **room.by("fang"))
    assert {duty.subject_id: duty.status for duty in duties(room, "booking.arrival-check", "resolve")}[str(other.pk)] == "superseded"


def test_what_is_needed_at_four_is_due_by_four(room: Room) -> None:
    row = room.confirmed(arrival=room.now.date())
    answer = room.browser().post(room.url(row, "do/order/"), {"service": "transfer", "department": "bell_desk", "text": "接机", "at": "2026-11-24T16:00"})
    assert answer.status_code == 302
    (one,) = duties(room, "group.order-details", "arrange")
    assert one.due_at == room.cast.at("16:00") and one.owner_department == "bell_desk"


def test_the_client_s_own_seller_chases_the_debt(room: Room) -> None:
    client = room.scene.client
    client.seller = room.cast.people["wen"]
    client.save()
    accounts.mark_overdue(client, since_on=date(2026, 11, 1), amount=Decimal(900), **room.by("cai"))
    (one,) = duties(room, "booking.collect-debts", "chase")
    assert one.owner_person_id == room.cast.people["wen"].pk


def test_whoever_arrives_unconfirmed_meets_the_gate(room: Room) -> None:
    row = room.group(arrival=room.now.date())
    actions.place_hold(row, **room.by())
    with pytest.raises(GateRefused):
        actions.mark_arrived(row, **room.by("fang"))
    refused = room.browser("fang").post(room.url(row, "do/arrived/"))
    assert refused.status_code == 409 and Booking.objects.get().state == "tentative"
    actions.attach_written(row, paper="传真夹 11 号", **room.by())
    assert room.browser("fang").post(room.url(row, "do/arrived/")).status_code == 302
    row = Booking.objects.get()
    assert row.state == "arrived" and row.confirmed_at


def test_the_agreement_follows_the_dates(room: Room) -> None:
    row = room.group(arrival=date(2026, 12, 28))
    later = Agreement.objects.create(
        hotel=row.hotel, client=row.client, number="A27-0001", from_on=date(2027, 1, 1), until_on=date(2027, 12, 31), created_at=room.now
    )
    AgreementRate.objects.create(hotel=row.hotel, agreement=later, room_type=room.twin, use="group", season_kind="any", amount=Decimal(300))
    from guiju.rates.models import RackRate, Season

    Season.objects.create(hotel=row.hotel, name="平季二", kind="shoulder", from_on=date(2027, 1, 1), until_on=date(2028, 1, 1))
    actions.change(row, version=row.version, fields={"arrival_on": date(2027, 1, 5), "departure_on": date(2027, 1, 7), "meals": []}, **room.by())
    row.refresh_from_db()
    assert row.agreement == later and row.total == Decimal(300) * 6 * 2
    assert Change.objects.get().new["agreement"] == "A27-0001" and RackRate.objects.exists()
    page = room.browser().get(room.url(row, "history/")).content.decode()
    assert "A27-0001" in page


def test_an_english_notice_says_its_items_in_english(room: Room) -> None:
    row = room.issued()
    actions.change(row, version=row.version, fields={"persons": 11}, told_by="Zhao", told_how="fax", **room.by())
    notice = Paper.objects.get(kind="change_notice")
    (item,) = [one for one in notice.revisions.get().content["items"] if one["new"] == "11" or "11" in one["new_en"]][:1]
    assert item["field_en"] and item["field"] != item["field_en"]
    browser = room.browser()
    browser.cookies["guiju_lang"] = "en"
    page = browser.get(f"/papers/{notice.pk}/").content.decode()
    assert item["field_en"] in page


def test_the_buttons_of_duties_lead_to_where_they_are_done(room: Room) -> None:
    row = room.issued(arrival=room.now.date() + timedelta(days=1))
    hold = room.cash(arrival=room.now.date())
    actions.place_hold(hold, **room.by("lin"))
    actions.match_meals(row, differences=["少一席"], **room.by())
    actions.change(row, version=Booking.objects.get(pk=row.pk).version, fields={"persons": 11}, told_by="Z", told_how="fax", **room.by())
    room.at("10:00", row.arrival_on)
    go_round(room.now)
    actions.mark_arrived(Booking.objects.get(pk=row.pk), **room.by("fang"))
    open_ = list(with_status(Duty.objects.filter(met_at__isnull=True, ended_at__isnull=True), room.now))
    assert {duty.clause for duty in open_} >= {"booking.arrival-check", "group.meet", "group.luggage-leader", "booking.change-notice"}
    shown = rows_of(row.hotel_id, open_, room.now + timedelta(days=1))
    for one in shown:
        assert one.verb, (one.duty.clause, one.duty.rule)
        browser = room.browser("chen" if one.duty.owner_department == "fnb" else "fang" if one.duty.owner_department == "front_desk" else "shen")
        place, _sep, mark = one.url.partition("#")
        answer = browser.get(place, follow=True)
        assert answer.status_code == 200, (one.duty.clause, one.url)
        assert not mark or f'id="{mark}"' in answer.content.decode(), (one.duty.clause, one.url)
    assert set(registry.duty_places) <= set(registry.duty_verbs) | {
        f"{clause}/{rule}" for clause, rule in Duty.objects.values_list("clause", "rule")
    } | {"booking.liaison-important/check-in", "booking.liaison-important/leader", "booking.liaison-important/see-off"}


def test_a_change_that_shows_nowhere_on_the_form_can_still_be_told(room: Room) -> None:
    row = room.issued()
    actions.change(row, version=row.version, fields={"arrival_by": "MU 1"}, told_by="Z", told_how="fax", **room.by())
    Change.objects.update(noticed_at=None)
    change = Change.objects.get()
    browser = room.browser()
    assert f"/changes/{change.pk}/notice/" in browser.get(room.url(row, "history/")).content.decode()
    answer = browser.post(f"/changes/{change.pk}/notice/")
    assert answer.status_code == 302 and answer["Location"].startswith("/papers/")
    assert browser.post(f"/changes/{change.pk}/notice/").status_code == 409
    assert room.browser("fang").post(f"/changes/{change.pk}/notice/").status_code == 403
