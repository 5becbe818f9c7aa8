"""What stands on the papers of a long-stay guest, and issuing them (longstay.notify-depts, -finance, card, monthly-list)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from guiju.house.acting import acting
from guiju.house.models import Hotel
from guiju.longstay import queries
from guiju.longstay.models import CreditCheck, LongStay, MonthlyList
from guiju.longstay.terms import next_birthday
from guiju.papers import actions as papers
from guiju.papers.models import Paper
from guiju.shelf.actor import Actor, the_clock

LINE = "＿＿＿＿＿＿＿＿"  # to be signed on by hand
AT_SIGNING = ("longstay_notice", "longstay_billing", "longstay_reservation")


def _money(amount: Any) -> str:
    return f"{amount:,.2f}".removesuffix(".00") if amount else ""


def _said(choice: str, label: Any) -> str:
    """A choice of a row, as the house's papers say it."""
    return str(label) if choice else ""


def _common(stay: LongStay) -> dict[str, Any]:
    room = stay.apartment
    return {
        "number_of": stay.number,
        "guest": stay.guest,
        "client": stay.client.name if stay.client else "",
        "nationality": stay.nationality,
        "companions": stay.companions,
        "starts_on": stay.from_on.isoformat() if stay.from_on else "",
        "ends_on": stay.until_on.isoformat() if stay.until_on else "",
        "room": stay.room,
        "room_type": f"{room.room_type.name} ({room.get_unit_display()})" if room else "",
        "use": stay.use,
        "habits": stay.habits,
        "requests": stay.requests,
        "issued_by": stay.seller.name,
        "seller": stay.seller.name,
    }


def _billing(stay: LongStay) -> dict[str, Any]:
    return {
        "address": stay.address,
        "contact": stay.contact,
        "phone": stay.contact_phone,
        "payment": stay.payment,
        "pays_on": _("the %(day)s. of each month") % {"day": stay.from_on.day} if stay.from_on else "",
        "rent": _money(stay.rent),
        "prepayment": _money(stay.prepayment),
        "deposit": _money(stay.deposit),
    }


def _birthday(stay: LongStay) -> str:
    if stay.birthday is None:
        return ""
    return f"{stay.birthday.isoformat()} {_('lunar calendar')}" if stay.lunar_birthday else stay.birthday.isoformat()


def content_of(stay: LongStay, kind: str) -> dict[str, Any]:
    """The content of one paper, in the house's language."""
    with override("zh-hans"):
        common, money = _common(stay), _billing(stay)
        if kind == "longstay_notice":
            return common
        if kind == "longstay_billing":
            wanted = ("number_of", "client", "guest", "room", "starts_on", "ends_on", "issued_by")
            return {**{key: common[key] for key in wanted}, **money}
        if kind == "longstay_reservation":
            return {**common, "birthday": _birthday(stay), "payment": money["payment"], "rent": money["rent"]}
        if kind == "longstay_card":
            return {**common, **money, "birthday": _birthday(stay), "credit": _credit(stay)}
        return {**common, **money, "party": LINE, "house": LINE}


def _credit(stay: LongStay) -> str:
    last = CreditCheck.objects.of(stay.hotel_id).filter(longstay=stay).order_by("-at").first()
    return f"{last.nature} / {last.get_standing_display()}" if last else ""


def seller_of(stay: LongStay, now: datetime) -> Actor:
    """Papers of a contract are issued by who looks after the guest, also when the last word was the general manager's."""
    found = acting(stay.seller, stay.hotel_id, now=now)
    return found if found.may("papers.issue") else the_clock(stay.hotel_id)


def put_out(stay: LongStay, kind: str, *, now: datetime) -> Paper:
    """Issue a paper of this contract, or its next revision when something on it changed."""
    by, content = seller_of(stay, now), content_of(stay, kind)
    attrs = {"same_day_arrival": stay.from_on == queries.today_of(stay.hotel_id, now)}
    known = Paper.objects.of(stay.hotel_id).filter(kind=kind, about_kind="longstay", about_id=str(stay.pk), voided_at__isnull=True).first()
    if known is not None:
        papers.revise(known, content=content, attrs=attrs, by=by, now=now)
        return known
    return papers.issue(
        stay.hotel, kind=kind, about=stay.subject, title=f"{stay.room} {stay.guest}".strip(), content=content, attrs=attrs, by=by, now=now
    )


def list_content(hotel: Hotel, month: date, guests: Iterable[LongStay]) -> dict[str, Any]:
    """The list of one month: who lives here, and whose birthday falls in it."""
    following = (month + timedelta(days=32)).replace(day=1)
    rows = []
    for stay in guests:
        day = next_birthday(stay, month)
        rows.append(
            {
                "room": stay.room,
                "guest": stay.guest,
                "client": stay.client.name if stay.client else "",
                "nationality": stay.nationality,
                "starts_on": stay.from_on.isoformat() if stay.from_on else "",
                "ends_on": stay.until_on.isoformat() if stay.until_on else "",
                "birthday": day.isoformat() if day is not None and day < following else "",
                "remarks": "",
            }
        )
    return {"month": f"{month:%Y-%m}", "guests_count": len(rows), "guests": rows, "issued_by": hotel.name}


def put_out_list(row: MonthlyList, guests: list[LongStay], *, by: Actor, now: datetime) -> Paper:
    """Issue the list to the departments the standard names."""
    hotel = Hotel.objects.get(pk=row.hotel_id)
    with override("zh-hans"):
        title = _("Long-stay guests %(month)s") % {"month": f"{row.month:%Y-%m}"}
    return papers.issue(
        hotel, kind="longstay_list", about=row.subject, title=title, content=list_content(hotel, row.month, guests), attrs={}, by=by, now=now
    )
