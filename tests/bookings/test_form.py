"""Writing bookings down and changing them through the page: nothing typed is lost, what is wrong stands beside its field."""

from __future__ import annotations

from datetime import date, time

from guiju.bookings import actions
from guiju.bookings.models import Booking, Change
from guiju.bookings.shapes import RoomLine
from guiju.clients.models import Client
from guiju.clients.search import index_all
from tests.bookings.scene import Room, fields, rows


def twins(room: Room, many: int = 6, **more: str) -> dict[str, str]:
    """A line of twin rooms."""
    return {"room_type": str(room.twin.pk), "rooms": str(many), "use": "guest", **more}


def meal(**more: str) -> dict[str, str]:
    """A dinner on the arrival day."""
    return {"on": "2026-12-06", "meal": "dinner", "time": "18:30", "place": "百合厅", "persons": "12", "standard": "80", "diet": "素食 1 位", **more}


def test_a_group_is_written_down_with_everything_the_schedule_needs(room: Room) -> None:
    asked = fields(
        tour_code="MY-1126", nationality="新加坡", arrival_time="16:00", arrival_by="MU512", departure_time="08:30", departure_by="大巴",
        wake_up="8日 06:30", luggage="8日 07:45", pays_rooms="client", pays_incidentals="guest",
    )
    asked |= rows("rooms", twins(room), twins(room, 1, use="escort"), blank={"room_type": str(room.twin.pk), "rooms": "", "use": "guest"})
    asked |= rows("meals", meal(escorts="2", style="table"), blank={"on": "", "meal": "dinner", "persons": ""})
    asked |= rows("escort_people", {"role": "leader", "name": "周敏", "phone": "13811112222"}, {"role": "driver", "name": "老李", "phone": ""})
    answer = room.browser().post("/bookings/new/", asked)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    row = Booking.objects.get()
    assert (row.tour_code, row.nationality, row.departure_time, row.arrival_by) == ("MY-1126", "新加坡", time(8, 30), "MU512")
    assert (row.escorts, row.payer_split) == (2, {"rooms": "client", "incidentals": "guest"})
    assert row.details == {"wake_up": "8日 06:30", "luggage": "8日 07:45"}
    assert sorted((line.rooms, line.use) for line in row.rooms.all()) == [(1, "escort"), (6, "guest")]
    dinner = row.meal_plan.get()
    assert (dinner.escorts, dinner.style, dinner.diet) == (2, "table", "素食 1 位")
    assert [one.role for one in row.escort_people.order_by("id")] == ["leader", "driver"]


def test_after_an_error_every_row_stands_again_and_the_fault_is_beside_it(room: Room) -> None:
    asked = fields(name="", requests="朝南") | rows("rooms", twins(room), twins(room, 3, from_on="2026-12-05"))
    asked |= rows("meals", meal(place="牡丹厅"), meal(on="2026-12-20", persons="7"))
    asked |= rows("escort_people", {"role": "driver", "name": "老李", "phone": "139"})
    answer = room.browser().post("/bookings/new/", asked)
    page = answer.content.decode()
    assert answer.status_code == 422 and not Booking.objects.exists()
    for typed in ("牡丹厅", "朝南", 'value="老李"', 'value="2026-12-20"', 'value="2026-12-05"', 'value="3"'):
        assert typed in page, typed
    assert answer.context["form"].errors["name"]
    named = room.browser().post("/bookings/new/", asked | {"name": "金色年华"})
    lines = named.context["entry"].rows
    assert named.status_code == 422 and "meals 2" not in named.content.decode() and "rooms 2" not in named.content.decode()
    assert lines["meals"][1].non_field_errors() and not lines["meals"][0].errors
    assert lines["rooms"][1].non_field_errors() and not lines["rooms"][0].errors


def test_no_room_at_all_is_said_where_the_rooms_are(room: Room) -> None:
    answer = room.browser().post("/bookings/new/", fields())
    assert answer.status_code == 422
    assert answer.context["entry"].part_notes["rooms"] and not answer.context["entry"].notes


def test_bad_numbers_and_days_are_beside_their_fields(room: Room) -> None:
    asked = fields(persons="many", arrival_on="soon", arrival_time="99") | rows("rooms", twins(room, 0))
    answer = room.browser().post("/bookings/new/", asked)
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"persons", "arrival_on", "arrival_time"}
    assert "rooms" in answer.context["entry"].rows["rooms"][0].errors
    assert 'value="many"' in answer.content.decode() and 'value="soon"' in answer.content.decode()


def test_a_cleared_field_stays_cleared_after_an_error(room: Room) -> None:
    row = room.group(nationality="新加坡", requests="朝南")
    answer = room.browser().post(room.url(row, "change/"), changed(row, nationality="", requests="", persons="none"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "新加坡" not in page and "朝南" not in page


def test_more_rows_without_script_keep_what_was_typed(room: Room) -> None:
    asked = fields(name="") | rows("meals", meal())
    answer = room.browser().post("/bookings/new/", asked | {"more": "meals"})
    page = answer.content.decode()
    assert answer.status_code == 200 and page.count('name="meals-') > 9 * 6 and "百合厅" in page and "form-errors" not in page
    assert not Booking.objects.exists()


def changed(row: Booking, **more: str) -> dict[str, str]:
    """What the change page posts when nothing but `more` was touched."""
    from guiju.bookings.forms import entry_for

    entry = entry_for(None, hotel_id=row.hotel_id, booking=row)
    asked = {"version": str(row.version), "told_how": "fax"}
    for form in (entry.form, *(one for part in entry.rows.values() for one in part)):
        for field in form:
            value = field.value()
            asked[field.html_name] = "" if value in (None, False) else str(value)
    return asked | more


def test_changing_a_name_touches_nothing_else(room: Room) -> None:
    row = room.group()
    actions.change(
        row, version=row.version, fields={"rooms": [RoomLine(room.twin.pk, date(2026, 12, 6), date(2026, 12, 7), 4), RoomLine(room.twin.pk, date(2026, 12, 6), date(2026, 12, 8), 2)]},
        **room.by(),
    )
    row.refresh_from_db()
    answer = room.browser().post(room.url(row, "change/"), changed(row, name="银色年华", told_by="赵晴"))
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert Change.objects.latest("at", "id").fields == ["name"]


def test_moving_the_dates_moves_rooms_and_meals(room: Room) -> None:
    row = room.group()
    answer = room.browser().post(room.url(row, "change/"), changed(row, arrival_on="2026-12-07", departure_on="2026-12-09", told_by="赵晴"))
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.meal_plan.get(removed_at__isnull=True).on == date(2026, 12, 7)
    assert row.rooms.get(removed_at__isnull=True).from_on == date(2026, 12, 7)


def test_the_page_changes_payment_escorts_transport_and_the_booker(room: Room) -> None:
    row = room.group()
    contact = room.scene.client.contacts.create(hotel=row.hotel, name="赵晴", phone="139")
    asked = changed(
        row, payment="on_account", departure_time="08:30", nationality="新加坡", tour_code="MY-9", contact_id=str(contact.pk), told_by="赵晴",
        **{"escort_people-0-role": "leader", "escort_people-0-name": "周敏"},
    )
    assert room.browser().post(room.url(row, "change/"), asked).status_code == 302
    row.refresh_from_db()
    assert (row.payment, row.departure_time, row.nationality, row.tour_code, row.contact) == ("on_account", time(8, 30), "新加坡", "MY-9", contact)
    assert row.escort_people.get(removed_at__isnull=True).name == "周敏" and row.escorts == 1


def test_a_stale_change_is_refused_with_both_shown(room: Room) -> None:
    row = room.group()
    asked = changed(row, name="银色年华", told_by="赵晴")
    actions.change(row, version=row.version, fields={"name": "铜色年华"}, **room.by())
    browser = room.browser()
    answer = browser.post(room.url(row, "change/"), asked)
    page = answer.content.decode()
    assert answer.status_code == 409 and "银色年华" in page and "铜色年华" in page
    row.refresh_from_db()
    assert row.name == "铜色年华" and f'name="version" value="{row.version}"' in page
    assert browser.post(room.url(row, "change/"), asked | {"version": str(row.version)}).status_code == 302
    row.refresh_from_db()
    assert row.name == "银色年华"


def test_a_change_without_a_version_is_refused(room: Room) -> None:
    row = room.group()
    assert room.browser().post(room.url(row, "change/"), changed(row, name="银色年华", version="")).status_code == 422
    assert room.browser().post(room.url(row, "cancel/"), {"reason": "x", "told_by": "y", "told_how": "fax"}).status_code == 422


def test_cancelling_what_somebody_changed_meanwhile_is_refused(room: Room) -> None:
    row = room.group()
    asked = {"reason": "不来了", "told_by": "赵晴", "told_how": "fax", "version": str(row.version)}
    actions.change(row, version=row.version, fields={"name": "铜色年华"}, **room.by())
    answer = room.browser().post(room.url(row, "cancel/"), asked)
    row.refresh_from_db()
    assert answer.status_code == 409 and row.state == "tentative" and "不来了" in answer.content.decode()


def test_the_client_is_found_by_part_of_the_name_and_by_initials(room: Room) -> None:
    for number in range(400):
        Client.objects.create(hotel=room.cast.hotel, number=f"K{number:04d}", name=f"东海{number:04d}贸易公司", initials="", created_at=room.now)
    far = Client.objects.create(hotel=room.cast.hotel, number="K9999", name="云岭茶业有限公司", initials="ylcyyxgs", created_at=room.now)
    index_all(room.cast.hotel.pk)
    browser = room.browser()
    for part in ("岭茶", "ylcy"):
        assert far.name in browser.get("/bookings/clients/", {"client": part}).content.decode(), part
    asked = fields(client="岭茶") | rows("rooms", twins(room))
    unsure = browser.post("/bookings/new/", asked)
    assert unsure.status_code == 422 and f'value="{far.pk}"' in unsure.content.decode() and not Booking.objects.exists()
    assert "datalist" not in unsure.content.decode()
    assert browser.post("/bookings/new/", asked | {"client_pk": str(far.pk)}).status_code == 302
    assert Booking.objects.get().client == far
    nobody = browser.post("/bookings/new/", fields(client="无此单位") | rows("rooms", twins(room)))
    assert nobody.status_code == 422 and nobody.context["form"].errors["client"]
    assert room.browser("chen").get("/bookings/clients/", {"client": "岭茶"}).status_code == 403


def test_finding_the_client_works_without_script(room: Room) -> None:
    answer = room.browser().post("/bookings/new/", fields(client="东岬", name="") | {"more": "client"})
    assert answer.status_code == 200 and f'value="{room.scene.client.pk}"' in answer.content.decode()


def test_where_a_rate_comes_from_is_said_in_the_reader_s_language(room: Room) -> None:
    row = room.group()
    browser = room.browser()
    assert "协议 A26-0001" in browser.get(room.url(row)).content.decode()
    browser.cookies["guiju_lang"] = "en"
    page = browser.get(room.url(row)).content.decode()
    assert "Agreement A26-0001" in page and "协议 A26-0001" not in page
