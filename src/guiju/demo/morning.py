"""This morning's messages, their times relative to now, so that the clocks are running when a newcomer opens the page."""

from __future__ import annotations

import random
from datetime import date, time, timedelta

from guiju.bookings import actions as bookings
from guiju.bookings.papers import issue_form
from guiju.bookings.shapes import MealLine, RoomLine
from guiju.demo import scanned
from guiju.demo.base import Stage
from guiju.enquiries import actions
from guiju.enquiries.actions.scanning import take_words
from guiju.enquiries.scans import Scan
from guiju.house.acting import acting
from guiju.papers import actions as papers
from guiju.papers.models import Copy
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Refusal


def messages(stage: Stage) -> None:
    """A fax and mails from agreement clients, a group without agreement, a telephone note."""
    today = stage.today
    agreed = [one for one in stage.clients if str(one.pk) in stage.agreements]
    company = next(one for one in agreed if one.kind == "company")
    agency = next(one for one in agreed if one.kind == "agency")
    other = next(one for one in agreed if one.kind == "company" and one.pk != company.pk)
    for minutes, sender, text in (
        (12, company.email, _individual(company.name, today + timedelta(days=4), "标准双床房 2 间，高级大床房 1 间", 2)),
        (4, agency.email, _group(agency.name, today + timedelta(days=9))),
        (1, "wei.lan@north.example", _stranger_group(today + timedelta(days=16))),
        (22, other.email, _english(other.name, today + timedelta(days=6))),
        (55, company.email, _individual(company.name, today + timedelta(days=2), "高级大床房 1 间", 1)),
    ):
        at = stage.now - timedelta(minutes=minutes)
        by = acting(stage.people["wen"], stage.hotel, now=at)
        try:
            actions.take_in(stage.hotel, data=text.encode(), filename="传真.txt", sender=sender, channel="fax", by=by, now=at)
        except Refusal:
            continue


def scanned_fax(stage: Stage) -> None:
    """A fax as a picture, its words read already: the desk shows each point where it stands, one of them to be checked."""
    at = stage.now - timedelta(minutes=8)
    client = [one for one in stage.clients if one.kind == "company" and str(one.pk) in stage.agreements][2]
    picture, found = scanned.fax(client.name, stage.today + timedelta(days=12), random.Random(stage.today.isoformat()))
    by = acting(stage.people["wen"], stage.hotel, now=at)
    actions.take_in(stage.hotel, data=picture, filename="传真 0812.png", sender="0592-5550 1287", channel="fax", by=by, now=at)
    scan = Scan.objects.of(stage.hotel.pk).get()
    Scan.objects.filter(pk=scan.pk).update(state=Scan.State.READING, tries=1)
    take_words(scan, found=found, pictures=[picture], tries=1, by=the_clock(stage.hotel.pk), now=at + timedelta(seconds=20))


def papers_out(stage: Stage) -> None:
    """Two forms that went out within the hour, so that departments find something to sign for."""
    group_client = next(one for one in stage.clients if one.kind == "agency" and str(one.pk) in stage.agreements)
    company = next(one for one in stage.clients if one.kind == "company" and one.on_account and str(one.pk) in stage.agreements)
    day = stage.today + timedelta(days=6)
    until, twin = day + timedelta(days=2), stage.types["TWN"].pk
    at = stage.now - timedelta(minutes=35)
    he, lin = (acting(stage.people[name], stage.hotel, now=at) for name in ("he", "lin"))
    dinner = [MealLine(day + timedelta(days=n), "dinner", 24, time(18, 30), "一楼中餐厅", 2, "80", diet="两位素食") for n in range(2)]
    group = bookings.draft_booking(
        stage.hotel, kind="group", client=group_client, name="鹿鸣秋日团", tour_code="WL-QR", arrival_on=day, departure_on=until,
        arrival_time=time(16, 10), persons=24, escorts=2, payment="transfer", rooms=[RoomLine(twin, day, until, 12)], meals=dinner, by=he, now=at,
    )
    single = bookings.draft_booking(
        stage.hotel, kind="on_account", client=company, name="韩听雨", arrival_on=day, departure_on=until, persons=1,
        rooms=[RoomLine(stage.types["KNG"].pk, day, until, 1)], by=lin, now=at,
    )
    for booking, by in ((group, he), (single, lin)):
        bookings.place_hold(booking, by=by, now=at)
        bookings.attach_written(booking, paper="传真夹 11 号", by=by, now=at)
    bookings.mark_important(group, reason="省旅游局推介团", by=he, now=at)
    bookings.name_liaison(group, person=stage.people["tang"], by=he, now=at)
    for booking, by in ((group, he), (single, lin)):
        bookings.confirm(booking, by=by, now=at)
        issue_form(booking, by=by, now=at)
    cashier = acting(stage.people["ma"], stage.hotel, now=at)
    for copy in Copy.objects.filter(paper__title="鹿鸣秋日团", department="front_cashier"):
        papers.sign_for(copy, by=cashier, now=at + timedelta(minutes=9))


def _cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _individual(client: str, arrival: date, rooms: str, nights: int) -> str:
    return (
        f"致：望澜酒店销售部\n订房单位：{client}\n联系人：许经理\n电话：0592-5550 1234\n\n请按协议价预订：\n"
        f"宾客姓名：魏子衿、韩明远\n抵店日期：{_cn(arrival)}\n离店日期：{_cn(arrival + timedelta(days=nights))}\n"
        f"用房：{rooms}\n人数：3 人\n付款方式：挂账\n请尽快书面答复。谢谢！\n"
    )


def _group(client: str, arrival: date) -> str:
    return (
        f"望澜酒店销售部：\n订房单位：{client}\n团号：XF{arrival:%m%d}A\n人数：32 人\n联系人：潘小姐  电话：13955500023\n"
        f"抵店日期：{_cn(arrival)} 16:20\n离店日期：{_cn(arrival + timedelta(days=2))}\n用房：标准双床房 16 间\n司陪房：1 间\n"
        f"用餐：{arrival.month}月{arrival.day}日晚餐 餐标 80 元/人\n付款方式：转账\n请确认。\n"
    )


def _stranger_group(arrival: date) -> str:
    return (
        "您好，我们是北川登山协会，第一次联系贵酒店。\n订房单位：北川登山协会\n团队人数：45 人\n"
        f"抵店日期：{_cn(arrival)}\n离店日期：{_cn(arrival + timedelta(days=1))}\n用房：标准双床房 23 间\n"
        "联系人：魏岚  电话：13955500077\n请报价。\n"
    )


def _english(client: str, arrival: date) -> str:
    leaves = arrival + timedelta(days=3)
    return (
        f"To: Reservations, Wanglan Hotel\nCompany: {client}\nGuest: Ms Ingrid Solberg\n"
        f"Arrival: {arrival:%d %B %Y}\nDeparture: {leaves:%d %B %Y}\nRoom: 1 superior king\nPersons: 1\n"
        "Payment: on our account\nPlease confirm by return e-mail.\n"
    )
