"""Roster, receivers, settings, calendar, wizard."""

from __future__ import annotations

import io
from datetime import date, time, timedelta

import pytest

from guiju.house import actions, receivers, roster
from guiju.house.calendars import calendars_of, public_days
from guiju.house.models import CalendarRevision, Department, Receiver, RosterEntry, Setting
from guiju.house.settings import setting
from guiju.logbook.models import Entry
from guiju.shelf.errors import Conflict, Invalid, NotAllowed
from tests.cast import TODAY

pytestmark = pytest.mark.usefixtures("clock")


def csv(text):
    file = io.BytesIO(text.encode())
    file.name = "roster.csv"
    return file


def test_the_duty_person_and_his_shift(cast):
    hotel, lin = cast.hotel.pk, cast.people["lin"]
    assert roster.duty_person(hotel, "sales", cast.at("10:00")) == lin
    assert roster.duty_person(hotel, "sales", cast.at("21:00")) == lin  # the next one to come on duty
    assert roster.duty_person(hotel, "fnb", cast.at("10:00")) is None
    tomorrow = TODAY + timedelta(days=1)

    def reached(who: str, clock: str) -> object:
        people = roster.holders(hotel, person_id=cast.people[who].pk, at=cast.at(clock))
        return roster.reachable(hotel, people, cast.at(clock))

    assert reached("lin", "10:00") == (True, cast.at("10:00"))
    assert reached("lin", "21:00") == (False, cast.at("08:00", tomorrow))
    assert reached("gu", "10:00")[0] and not reached("gu", "21:00")[0]  # on no roster: the hours of his department


def test_setting_the_roster_replaces_who_stood_there(cast):
    wen = cast.people["wen"]
    actions.set_roster(
        cast.hotel, department="sales", on=TODAY, person=wen, starts=time(20), ends=time(8), by=cast.actor("shen"), now=cast.at("09:00")
    )
    row = RosterEntry.objects.get(department="sales", on=TODAY, is_duty=True)
    assert (row.person, row.ends_at) == (wen, cast.at("08:00", TODAY + timedelta(days=1)))
    assert Entry.objects.filter(kind="roster.set").count() == 1


def test_each_department_keeps_its_own(cast):
    now = cast.at("09:00")
    with pytest.raises(NotAllowed):
        actions.set_roster(cast.hotel, department="fnb", on=TODAY, person=cast.people["chen"], by=cast.actor("shen"), now=now)
    with pytest.raises(NotAllowed):
        actions.name_receiver(cast.hotel, department="fnb", person=cast.people["ke"], from_on=TODAY, by=cast.actor("ku"), now=now)
    actions.name_receiver(cast.hotel, department="fnb", person=cast.people["can"], from_on=TODAY, by=cast.actor("can"), now=now)


def test_the_roster_page_and_its_table(cast, django_assert_max_num_queries):
    clerk = cast.sign_in("wen")
    with django_assert_max_num_queries(12):
        page = clerk.get("/house/roster/")
    assert page.context["missing"] == 0
    answer = clerk.post("/house/roster/?department=sales", {"what": "set", "on": "2026-11-26", "person": str(cast.people["wen"].pk), "days": "7"})
    assert answer.status_code == 302
    assert RosterEntry.objects.filter(person=cast.people["wen"], is_duty=True).count() == 7
    clerk.post("/house/roster/?department=sales", {"what": "clear", "on": "2026-11-26"})
    assert clerk.get("/house/roster/").context["missing"] == 1
    table = "日期,值班人,上班,下班\n2026-11-26,林一舟,08:00,20:00\n2026-11-27,wen,8:00,20:00\n"
    assert clerk.post("/house/roster/?department=sales", {"what": "import", "file": csv(table)}).status_code == 302
    assert RosterEntry.objects.get(on=date(2026, 11, 26), is_duty=True).person == cast.people["lin"]
    entries = Entry.objects.count()
    clerk.post("/house/roster/?department=sales", {"what": "import", "file": csv(table)})
    assert Entry.objects.count() == entries  # the same table again changes nothing
    bad = clerk.post("/house/roster/?department=sales", {"what": "import", "file": csv(table + "2026-11-28,谁\nx,lin\n")})
    assert bad.status_code == 422 and len(bad.context["errors"]) == 2
    assert b"".join(clerk.get("/house/roster/export.csv").streaming_content).count(b"\n") > 28


def test_naming_and_removing_a_receiver(cast, django_assert_max_num_queries):
    head, can = cast.sign_in("can"), cast.people["can"]
    data = {"department": "fnb", "person": str(can.pk), "deputy": "on", "from_on": "2026-11-24"}
    assert head.post("/house/receivers/", data).status_code == 302
    assert receivers.may_sign(cast.actor("can"), "fnb", TODAY)
    row = Receiver.objects.get(person=can)
    head.post("/house/receivers/", {"remove": str(row.pk)})
    assert not receivers.may_sign(cast.actor("can"), "fnb", TODAY)
    head.post("/house/receivers/", {"remove": str(Receiver.objects.get(department="fnb", person=cast.people["chen"]).pk)})
    assert receivers.departments_without(cast.hotel.pk, ["fnb", "sales"], TODAY) == ["fnb"]
    wrong = head.post("/house/receivers/", {**data, "from_on": "2026-13-40"})
    assert wrong.status_code == 422 and 'id="e-from_on"' in wrong.content.decode()
    assert Entry.objects.filter(kind="receiver.removed").count() == 2
    with django_assert_max_num_queries(12):
        head.get("/house/receivers/")
    assert head.get("/house/receivers/export.xlsx").status_code == 200


def test_a_setting_change_is_in_the_logbook(cast):
    boss = cast.sign_in("shen")
    assert boss.post("/house/settings/", {"key": "hold.default_clock", "value": "17:30"}).status_code == 302
    assert setting(cast.hotel.pk, "hold.default_clock") == "17:30"
    entry = Entry.objects.get(kind="setting.changed")
    assert entry.attrs == {"key": "hold.default_clock"} and entry.by_id == cast.people["shen"].pk and '"17:30"' in entry.body
    boss.post("/house/settings/", {"key": "hold.default_clock", "value": "17:30"})
    assert Entry.objects.filter(kind="setting.changed").count() == 1
    assert boss.post("/house/settings/", {"key": "hold.default_clock", "value": "25:00"}).status_code == 422
    for value in ("nan", "-1", "1e99", "", "五"):
        assert boss.post("/house/settings/", {"key": "copies.undo_minutes", "value": value}).status_code == 422
    assert boss.post("/house/settings/", {"key": "no.such", "value": "1"}).status_code == 422
    boss.post("/house/settings/", {"key": "group.extra_receivers", "value": ["housekeeping", "bell_desk"]})
    assert setting(cast.hotel.pk, "group.extra_receivers") == ["housekeeping", "bell_desk"]
    boss.post("/house/settings/", {"key": "group.extra_receivers"})
    assert setting(cast.hotel.pk, "group.extra_receivers") == []
    assert boss.post("/house/settings/", {"key": "security.totp_required", "value": "false"}).status_code == 403
    assert not Setting.objects.filter(key="security.totp_required").exists()


def test_the_published_year_with_its_make_up_days():
    rest, makeup, years = public_days((2026, 2027))
    assert date(2026, 10, 4) in rest and date(2026, 10, 8) not in rest and date(2026, 2, 15) in rest
    assert date(2026, 2, 14) in makeup and date(2026, 2, 14) not in rest
    assert years == {2026}


def test_the_calendar_without_a_revision(cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        calendar = calendars_of(cast.hotel.pk).at(cast.at("10:00"))
    saturday = date(2026, 10, 10)  # worked, for the long holiday before it
    assert calendar.is_workday("gm_office", saturday) and not calendar.is_workday("gm_office", date(2026, 10, 17))
    assert not calendar.is_workday("gm_office", date(2026, 10, 6))
    assert calendar.published(2026) and not calendar.published(2027)


def test_a_calendar_change_is_a_new_revision_and_the_past_keeps_its_own(cast, clock):
    admin = cast.sign_in("guan")
    assert admin.post("/house/calendar/?year=2026", {"what": "makeup", "on": "2026-11-28", "base": "0"}).status_code == 302
    clock(cast.at("11:00"))
    assert admin.post("/house/calendar/?year=2026", {"what": "holiday", "on": "2026-11-30", "name": "店庆", "base": "1"}).status_code == 302
    calendars = calendars_of(cast.hotel.pk)
    assert len(calendars.revisions) == 2
    assert calendars.at(cast.at("10:30")).is_workday("gm_office", date(2026, 11, 28))
    assert calendars.at(cast.at("10:30")).is_workday("gm_office", date(2026, 11, 30))
    assert not calendars.at(cast.at("11:00")).is_workday("gm_office", date(2026, 11, 30))
    stale = admin.post("/house/calendar/?year=2026", {"what": "remove", "on": "2026-11-30", "base": "1"})
    assert stale.status_code == 409
    assert Entry.objects.filter(kind="calendar.changed").count() == 2
    assert cast.sign_in("wen").post("/house/calendar/?year=2026", {"what": "remove", "on": "2026-11-30", "base": "2"}).status_code == 403


def test_revisions_are_read_once(cast, django_assert_num_queries):
    actions.take_published_year(cast.hotel, year=2026, by=cast.actor("guan"), now=cast.at("10:00"))
    calendars_of(cast.hotel.pk)
    with django_assert_num_queries(1):
        calendars_of(cast.hotel.pk)
    with pytest.raises(Invalid):
        actions.take_published_year(cast.hotel, year=2031, by=cast.actor("guan"), now=cast.at("10:00"))


def test_a_departments_hours(cast):
    head = cast.sign_in("can")
    row = Department.objects.get(hotel=cast.hotel, key="fnb")
    days = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "6:30-10:00, 11:00-24:00")
    bad = head.post("/house/hours/fnb/", {**days, "tue": "early", "version": row.version})
    assert bad.status_code == 422 and 'value="early"' in bad.content.decode()
    assert head.post("/house/hours/fnb/", {**days, "holiday": "08:00-20:00", "version": row.version}).status_code == 302
    calendar = calendars_of(cast.hotel.pk).at(cast.at("10:00"))
    assert calendar.spans("fnb", TODAY)[0] == (cast.at("06:30"), cast.at("10:00"))
    assert calendar.spans("sales", TODAY) == ((cast.at("08:00"), cast.at("20:00")),)
    assert head.post("/house/hours/fnb/", {**days, "version": row.version}).status_code == 409
    assert head.post("/house/hours/sales/", {**days, "version": 1}).status_code == 403
    assert head.get("/house/hours/nowhere/").status_code == 404


def test_a_new_revision_from_a_stale_base_is_a_conflict(cast):
    step = {"by": cast.actor("guan"), "now": cast.at("10:00")}
    actions.change_calendar(cast.hotel, holidays={}, makeup=(), years=(2026,), base=0, **step)
    with pytest.raises(Conflict):
        actions.change_calendar(cast.hotel, holidays={}, makeup=(), years=(2026,), base=0, **step)
    assert CalendarRevision.objects.count() == 1


def test_the_first_steps_of_a_hotel(cast, django_assert_max_num_queries):
    from django.test import Client as Browser

    actions.change_setting(cast.hotel, key="security.totp_required", value="no", by=cast.actor("guan"), now=cast.at("09:00"))
    admin = Browser()
    answer = admin.post("/sign-in/", {"username": "guan", "password": "correct horse battery"})
    assert answer["Location"] == "/house/first-steps/"
    with django_assert_max_num_queries(14):
        assert admin.get("/house/first-steps/").status_code == 200
    card = {"name": "听涛饭店", "name_en": "Tingtao", "zone": "Mars/Base", "address": "海滨路 8 号", "phone": "021", "fax": "", "email": "x"}
    bad = admin.post("/house/first-steps/", card)
    assert bad.status_code == 422 and "海滨路" in bad.content.decode()
    assert admin.post("/house/first-steps/", {**card, "zone": "Asia/Shanghai", "email": "a@b.example"}).status_code == 302
    cast.hotel.refresh_from_db()
    assert cast.hotel.address == "海滨路 8 号"
    assert admin.post("/house/first-steps/", {"what": "finish"}).status_code == 302
    cast.hotel.refresh_from_db()
    assert cast.hotel.wizard_done_at is not None
    assert cast.sign_in("shen").get("/house/first-steps/").status_code == 403


def test_the_exported_roster_can_be_sent_back_in_both_languages(cast):
    clerk = cast.sign_in("wen")
    for lang in ("zh-hans", "en"):
        clerk.cookies["guiju_lang"] = lang
        data = io.BytesIO(b"".join(clerk.get("/house/roster/export.xlsx?department=sales").streaming_content))
        data.name = "roster.xlsx"
        entries = Entry.objects.count()
        assert clerk.post("/house/roster/?department=sales", {"what": "import", "file": data}).status_code == 302, lang
        assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/house/roster/", {"what": "set", "on": "9999-99-99", "person": "x"}),
        ("/house/roster/", {"what": "set", "on": "2026-11-30", "person": "\x00"}),
        ("/house/roster/?from=0001-01-01", {"what": "clear", "on": ""}),
        ("/house/receivers/", {"department": "nowhere", "person": "1"}),
        ("/house/receivers/", {"department": "fnb", "person": "00000000-0000-0000-0000-000000000000"}),
        ("/house/people/", {"name": "\x00" * 9, "username": "a" * 5000, "posts": ["x"]}),
        ("/house/people/", {"name": "名" * 500, "username": "abc", "posts": ["fnb"]}),
        ("/house/settings/", {"key": "language.client_default", "value": "klingon"}),
        ("/house/calendar/?year=2026", {"what": "holiday", "on": "2026-02-30", "name": "x"}),
        ("/house/tokens/", {"name": "x", "scopes": ["no.such"]}),
        ("/house/tablets/", {"department": "fnb", "name": ""}),
        ("/me/delegate/", {"to": "", "from_at": "x", "until_at": ""}),
        ("/me/pin/", {"pin": "12", "again": "12"}),
    ],
)
def test_bad_input_is_said_and_changes_nothing(cast, path, data):
    before = Entry.objects.count()
    answer = cast.sign_in("guan").post(path, data)
    assert answer.status_code == 422, answer.get("Location")
    assert Entry.objects.count() == before


def test_what_is_not_there_is_missing(cast):
    admin = cast.sign_in("guan")
    for path, data in (
        ("/house/receivers/", {"remove": "x"}), ("/house/tokens/", {"revoke": "x"}), ("/house/tablets/", {"revoke": "x"}),
        ("/me/delegate/", {"end": "x"}), ("/house/people/00000000-0000-0000-0000-000000000000/", {"what": "reset"}),
    ):
        assert admin.post(path, data).status_code == 404, path


def test_what_names_nobody_of_the_department_or_no_known_step_is_refused(cast):
    """A duty person and a receiver are of the department; unknown posts, steps and answers are refused beside their field."""
    lin, wen = str(cast.people["lin"].pk), cast.people["wen"].pk
    day = (TODAY + timedelta(days=1)).isoformat()
    sheet = "日期,值班人\n2026-12-01,lin\n"
    for who, path, body, field in (
        ("fu", "/house/roster/?department=front_desk", {"what": "set", "on": day, "person": lin}, "person"),
        ("fu", "/house/roster/", {"department": "front_desk", "what": "set", "on": day, "person": lin}, "person"),
        ("fu", "/house/roster/?department=front_desk", {"what": "import", "file": csv(sheet)}, "lin"),
        ("fu", "/house/roster/?department=front_desk", {"what": "dance", "on": day, "person": lin}, "what"),
        ("fu", "/house/receivers/", {"department": "front_desk", "person": str(cast.people["chen"].pk)}, "person"),
        ("guan", f"/house/people/{wen}/", {"what": "relieve", "post": "king"}, "king"),
        ("guan", f"/house/people/{wen}/", {"what": "dance"}, "what"),
        ("guan", "/house/settings/", {"key": "security.totp_required", "value": "maybe"}, "value"),
        ("guan", "/house/calendar/?year=2026", {"what": "dance", "on": "2026-12-01", "base": "0"}, "what"),
    ):
        answer = cast.sign_in(who).post(path, body)
        assert answer.status_code == 422 and answer.context["errors" if "rows" not in answer.context else "rows"], (path, body)
        assert field in answer.content.decode(), (path, body)
    assert not RosterEntry.objects.filter(department="front_desk").exists() and not Setting.objects.filter(key="security.totp_required").exists()
    assert not Receiver.objects.filter(department="front_desk", person=cast.people["chen"]).exists()
    cast.sign_in("fu").post("/house/roster/", {"department": "front_desk", "what": "set", "on": day, "person": str(cast.people["fang"].pk)})
    assert RosterEntry.objects.get(department="front_desk").person == cast.people["fang"]
