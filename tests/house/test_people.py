"""People, posts, tables of people, keys for programs."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from django.test import Client as Browser

from guiju.house import actions, tokens
from guiju.house.acting import acting
from guiju.house.models import Answered, ApiToken, Appointment, Hotel, Person
from guiju.logbook.models import Entry
from guiju.shelf.errors import Conflict, Invalid, Missing, NotAllowed

pytestmark = pytest.mark.usefixtures("clock")


def sheet(*rows):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    out.seek(0)
    out.name = "people.xlsx"
    return out


def test_adding_somebody_shows_the_password_once_and_keeps_it_nowhere(cast, django_assert_max_num_queries):
    admin = cast.sign_in("guan")
    answer = admin.post("/house/people/", {"name": "苏禾", "username": "Su.He", "posts": ["sales_clerk"], "idempotency_key": "k1"})
    assert answer.status_code == 302
    page = admin.get("/house/people/").content.decode()
    word = page.split('<code class="secret">')[1].split("<")[0]
    assert word not in admin.get("/house/people/").content.decode()
    person = Person.objects.get(username="su.he")
    assert person.check_password(word) and person.must_change_password
    assert not Answered.objects.filter(body__contains=word).exists()
    assert Entry.objects.filter(kind="person.appointed", attrs__post="sales_clerk").exists()
    admin.post("/house/people/", {"name": "苏禾", "username": "Su.He", "posts": ["sales_clerk"], "idempotency_key": "k1"})
    assert Person.objects.filter(name="苏禾").count() == 1
    with django_assert_max_num_queries(12):
        admin.get("/house/people/")


def test_errors_stand_by_the_field_and_the_input_stays(cast):
    admin = cast.sign_in("guan")
    answer = admin.post("/house/people/", {"name": "苏禾", "username": "lin", "email": "no mail", "posts": ["sales_clerk"]})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'value="苏禾"' in page and 'id="e-email"' in page
    answer = admin.post("/house/people/", {"name": "苏禾", "username": "lin", "posts": ["sales_clerk"]})
    assert 'id="e-username"' in answer.content.decode()
    assert not Person.objects.filter(name="苏禾").exists()


def test_a_right_taken_away_is_gone_at_the_next_request(cast):
    browser = cast.sign_in("wen")
    assert browser.get("/house/roster/").status_code == 200
    admin = cast.sign_in("guan")
    admin.post(f"/house/people/{cast.people['wen'].pk}/", {"what": "relieve", "post": "sales_clerk"})
    assert browser.get("/house/roster/").status_code == 403


def test_a_manager_does_not_make_himself_gm_nor_take_the_gms_account(cast):
    shen, now = cast.actor("shen"), cast.at("10:00")
    for step in (
        lambda: actions.appoint(cast.hotel, person=cast.people["shen"], post="administrator", by=shen, now=now),
        lambda: actions.reset_password(cast.hotel, person=cast.people["lu"], by=shen, now=now),
        lambda: actions.disable_person(cast.hotel, person=cast.people["guan"], by=shen, now=now),
        lambda: actions.remove_totp(cast.hotel, person=cast.people["jin"], by=shen, now=now),
        lambda: actions.add_person(cast.hotel, username="xx", name="X", posts=("finance",), by=shen, now=now),
    ):
        with pytest.raises(NotAllowed):
            step()
    actions.appoint(cast.hotel, person=cast.people["wen"], post="pr_officer", by=shen, now=now)
    assert not Person.objects.filter(username="xx").exists()


def test_the_last_administrator_stays(cast):
    with pytest.raises(Invalid):
        actions.relieve(cast.hotel, person=cast.people["guan"], post="administrator", by=cast.actor("guan"), now=cast.at("10:00"))


def test_another_hotels_person_is_nobody_here(cast):
    other, admin, _word = actions.create_hotel(code="other", name="别家", admin_username="boss", now=cast.at("09:00"))
    with pytest.raises(Missing):
        actions.reset_password(cast.hotel, person=admin, by=cast.actor("guan"), now=cast.at("10:00"))
    assert cast.sign_in("guan").get(f"/house/people/{admin.pk}/").status_code == 404
    boss = acting(admin, other, now=cast.at("10:00"))
    with pytest.raises(Missing):
        actions.disable_person(cast.hotel, person=cast.people["lin"], by=boss, now=cast.at("10:00"))


def test_a_stale_card_is_a_conflict(cast):
    lin, admin = cast.people["lin"], cast.actor("guan")
    actions.change_person(cast.hotel, person=lin, version=1, card={"phone": "1"}, by=admin, now=cast.at("10:00"))
    with pytest.raises(Conflict):
        actions.change_person(cast.hotel, person=lin, version=1, card={"phone": "2"}, by=admin, now=cast.at("10:00"))
    entry = Entry.objects.get(kind="person.changed")
    assert entry.attrs == {"fields": ["phone"]}


def test_a_hotel_begins_with_departments_calendar_and_one_administrator(db, clock, cast):
    _hotel, admin, word = actions.create_hotel(code="begin", name="新店", admin_username="first", now=cast.at("09:00"))
    assert admin.check_password(word) and admin.must_change_password
    assert list(admin.appointments.values_list("post", flat=True)) == ["administrator"]
    assert Hotel.objects.get(code="begin").wizard_done_at is None
    with pytest.raises(Invalid):
        actions.create_hotel(code="begin", name="x", now=cast.at("09:00"))
    with pytest.raises(Invalid):
        actions.create_hotel(code="zone", name="x", zone="Mars/Base", now=cast.at("09:00"))


GOOD = (("登录名", "姓名", "岗位", "邮箱"), ("su", "苏禾", "总台接待", "su@x.example"), ("jiang", "江南", "F&B；Security", ""))


def test_people_from_a_table_are_looked_at_first_then_added_whole(cast):
    admin = cast.sign_in("guan")
    looked = admin.post("/house/people/import/", {"file": sheet(*GOOD)})
    assert looked.status_code == 200 and not Person.objects.filter(username="su").exists()
    read = looked.context["read"]
    added = admin.post("/house/people/import/", {"read": read})
    assert len(added.context["added"]) == 2
    person, word = added.context["added"][1]
    assert person.check_password(word)
    assert set(person.appointments.values_list("post", flat=True)) == {"fnb", "security"}
    again = admin.post("/house/people/import/", {"read": read})
    assert again.context["added"] == [] and Person.objects.filter(username="su").count() == 1
    assert admin.post("/house/people/import/", {"read": read[:-2]}).status_code == 422


def test_wrong_rows_are_named_and_nobody_is_added(cast):
    admin = cast.sign_in("guan")
    rows = (*GOOD, ("", "无名", "总台接待", ""), ("su", "苏二", "总台接待", ""), ("bo", "薄荷", "舵手", "x"), ("lin", "别人", "总台接待", ""))
    answer = admin.post("/house/people/import/", {"file": sheet(*rows)})
    assert answer.status_code == 422
    assert {row["number"] for row in answer.context["rows"] if row["wrong"]} == {4, 5, 6, 7}
    assert answer.context["read"] == "" and not Person.objects.filter(username="su").exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old", b"a,b\n1,2\n"])
def test_a_bad_file_is_a_clear_error(cast, data):
    file = io.BytesIO(data)
    file.name = "people.xlsx"
    answer = cast.sign_in("guan").post("/house/people/import/", {"file": file})
    assert answer.status_code == 422 and "role=\"alert\"" in answer.content.decode()


def test_the_list_exports_and_only_for_those_who_may(cast):
    admin = cast.sign_in("guan")
    text = b"".join(admin.get("/house/people/export.csv").streaming_content).decode("utf-8-sig")
    assert "林一舟" in text and "lin" in text
    assert admin.get("/house/people/export.xlsx").status_code == 200
    assert cast.sign_in("fang").get("/house/people/export.csv").status_code == 403
    assert admin.get("/house/people/export.exe").status_code == 422


def test_a_key_is_shown_once_narrowed_and_revoked(cast):
    admin, fang = cast.sign_in("guan"), cast.sign_in("fang")
    fang.post("/house/tokens/", {"name": "PMS", "scopes": ["rooms.elsewhere"], "days": "30"})
    page = fang.get("/house/tokens/").content.decode()
    text = page.split('<code class="secret">')[1].split("<")[0]
    assert text not in fang.get("/house/tokens/").content.decode()
    row = tokens.recognise(text, now=cast.at("11:00"))
    assert row is not None and row.person == cast.people["fang"] and row.scopes == ["rooms.elsewhere"]
    assert text not in ApiToken.objects.get().token_hash
    admin.post("/house/tokens/", {"revoke": str(row.pk)})
    assert tokens.recognise(text, now=cast.at("11:00")) is None
    assert Browser().get("/house/tokens/").status_code == 302


def test_everybody_makes_his_own_keys_only(cast):
    """A key acts in its person's name: nobody makes one to act in another's, not even the administrator."""
    admin, lin = cast.sign_in("guan"), cast.sign_in("lin")
    answer = admin.post("/house/tokens/", {"name": "x", "person": str(cast.people["lu"].pk)})
    assert answer.status_code == 422 and not ApiToken.objects.exists()
    lin.post("/house/tokens/", {"name": "kiosk-7"})
    (row,) = ApiToken.objects.all()
    assert row.person == cast.people["lin"] and "kiosk-7" in admin.get("/house/tokens/").content.decode()
    fang = cast.sign_in("fang")
    assert "kiosk-7" not in fang.get("/house/tokens/").content.decode()
    assert fang.post("/house/tokens/", {"revoke": str(row.pk)}).status_code == 404
    admin.post("/house/tokens/", {"revoke": str(row.pk)})
    row.refresh_from_db()
    assert row.revoked_at is not None


def test_who_acts_for_whom(cast):
    from guiju.house.delegates import acting_for

    lin = cast.sign_in("lin")
    bad = lin.post("/me/delegate/", {"to": str(cast.people["wen"].pk), "from_at": "2026-11-24T12:00", "until_at": "2026-11-24T11:00"})
    assert bad.status_code == 422
    lin.post("/me/delegate/", {"to": str(cast.people["wen"].pk), "from_at": "2026-11-24T12:00", "until_at": "2026-11-25T12:00"})
    wen, hotel = cast.people["wen"].pk, cast.hotel.pk
    assert acting_for(hotel, wen, cast.at("13:00")) == {cast.people["lin"].pk}
    assert acting_for(hotel, wen, cast.at("11:00")) == set()


def test_posts_are_given_from_now(cast):
    actions.appoint(cast.hotel, person=cast.people["an"], post="bell_desk", by=cast.actor("guan"), now=cast.at("10:00"))
    actions.appoint(cast.hotel, person=cast.people["an"], post="bell_desk", by=cast.actor("guan"), now=cast.at("10:05"))
    assert Appointment.objects.filter(person=cast.people["an"], post="bell_desk").count() == 1


def test_the_exported_list_can_be_sent_back_in_both_languages(cast):
    admin = cast.sign_in("guan")
    for lang in ("zh-hans", "en"):
        admin.cookies["guiju_lang"] = lang
        data = io.BytesIO(b"".join(admin.get("/house/people/export.xlsx").streaming_content))
        data.name = "people.xlsx"
        looked = admin.post("/house/people/import/", {"file": data})
        assert looked.status_code == 200 and all(row["known"] for row in looked.context["rows"]), lang
