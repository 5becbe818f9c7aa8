"""What a column of past bookings may mean, under which headings it is known, and how a file's headings are guessed."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a row can say: `names` are headings that mean it, in lower case without blanks and signs."""

    key: str
    label: Any
    names: tuple[str, ...]


FIELDS: dict[str, Field] = {
    field.key: field
    for field in (
        Field("hotel", _("Hotel"), ("hotel", "hotelname", "property", "propertyname", "酒店", "酒店名称", "门店", "宾馆")),
        Field("booked_on", _("Booked on"), ("bookedon", "booked", "bookingdate", "bookdate", "createdon", "createddate", "creationdate",
                                            "reservationdate", "预订日期", "预定日期", "订房日期", "下单日期", "创建日期", "预订时间", "下单时间")),
        Field("lead_days", _("Days booked ahead"), ("leadtime", "leadtimedays", "leaddays", "提前天数", "提前预订天数", "预订提前期")),
        Field("arrival_on", _("Arrival"), ("arrival", "arrivalon", "arrivaldate", "arrdate", "checkin", "checkindate",
                                           "抵店日期", "到店日期", "入住日期", "抵达日期", "到达日期", "抵店", "到店", "入住时间")),
        Field("arrival_year", _("Arrival: year"), ("arrivaldateyear", "arrivalyear", "到店年", "抵店年", "年")),
        Field("arrival_month", _("Arrival: month"), ("arrivaldatemonth", "arrivalmonth", "到店月", "抵店月", "月")),
        Field("arrival_day", _("Arrival: day"), ("arrivaldatedayofmonth", "arrivalday", "到店日", "抵店日", "日")),
        Field("departure_on", _("Departure"), ("departure", "departureon", "departuredate", "depdate", "checkout", "checkoutdate",
                                               "离店日期", "退房日期", "离店", "退房", "离店时间")),
        Field("nights", _("Number of nights"), ("nights", "noofnights", "los", "lengthofstay", "晚数", "天数", "入住天数", "间夜数", "间夜")),
        Field("weekend_nights", _("Weekend nights"), ("staysinweekendnights", "weekendnights", "周末晚数", "周末间夜")),
        Field("week_nights", _("Week nights"), ("staysinweeknights", "weeknights", "平日晚数", "平日间夜")),
        Field("rooms", _("Number of rooms"), ("rooms", "noofrooms", "numberofrooms", "roomcount", "房数", "间数", "房间数", "用房数")),
        Field("adults", _("Adults"), ("adults", "adult", "pax", "persons", "guests", "成人", "成人数", "大人", "人数")),
        Field("children", _("Children"), ("children", "child", "儿童", "儿童数", "小孩")),
        Field("babies", _("Babies"), ("babies", "infants", "婴儿", "婴儿数")),
        Field("room_type", _("Room type"), ("reservedroomtype", "roomtype", "roomcategory", "房型", "预订房型", "房类")),
        Field("segment", _("Segment"), ("marketsegment", "segment", "market", "marketcode", "细分市场", "市场", "客源", "客源类别", "市场代码")),
        Field("channel", _("Channel"), ("distributionchannel", "channel", "source", "sourcecode", "渠道", "预订渠道", "来源", "分销渠道")),
        Field("agent", _("Agent"), ("agent", "travelagent", "agency", "旅行社", "代理", "代理商", "中介")),
        Field("company", _("Company"), ("company", "companyname", "account", "公司", "协议单位", "单位", "公司名称", "客户")),
        Field("customer_type", _("Kind of guest"), ("customertype", "guesttype", "客人类型", "客户类型", "宾客类型", "客人类别")),
        Field("meal", _("Meals"), ("meal", "meals", "mealplan", "board", "餐", "餐食", "早餐", "含早")),
        Field("country", _("Country"), ("country", "nationality", "国家", "国籍", "国家地区")),
        Field("rate", _("Rate a night"), ("adr", "rate", "roomrate", "averagerate", "dailyrate", "price", "房价", "平均房价", "单价", "每晚房价")),
        Field("deposit", _("Deposit"), ("deposittype", "deposit", "guarantee", "押金", "订金", "定金", "担保", "担保方式")),
        Field("status", _("Status"), ("reservationstatus", "status", "bookingstatus", "状态", "订单状态", "预订状态")),
        Field("cancelled", _("Cancelled: yes or no"), ("iscanceled", "iscancelled", "canceled", "cancelled", "是否取消", "已取消")),
        Field("status_on", _("Day of that status"), ("reservationstatusdate", "statusdate", "状态日期", "状态时间")),
        Field("cancelled_on", _("Cancelled on"), ("cancelledon", "canceledon", "cancellationdate", "canceldate", "取消日期", "取消时间")),
        Field("repeated", _("Guest came before"), ("isrepeatedguest", "repeatedguest", "repeatguest", "repeat", "回头客", "是否回头客", "常客")),
    )
}

# What a row must say: one of these sets of fields each.
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "arrival_on": (("arrival_on",), ("arrival_year", "arrival_month", "arrival_day")),
    "nights": (("departure_on",), ("nights",), ("weekend_nights", "week_nights")),
    "booked_on": (("booked_on",), ("lead_days",)),
    "rate": (("rate",),),
    "status": (("status",), ("cancelled",)),
}
MISSING = {
    "arrival_on": _("Name the column of the arrival day, or those of its year, month and day."),
    "nights": _("Name the column of the departure day or of the nights."),
    "booked_on": _("Name the column of the day it was booked, or of the days booked ahead."),
    "rate": _("Name the column of the rate a night."),
    "status": _("Name the column of the status, or of cancelled yes or no."),
}


def plain(heading: str) -> str:
    """A heading as headings are compared: lower case, without blanks, signs and what stands in brackets."""
    text = unicodedata.normalize("NFKC", heading)
    text = re.sub(r"[((\[].*?[))\]]", "", text) or text
    return re.sub(r"[\W_]+", "", text.casefold())


def guess(headings: Sequence[str]) -> dict[str, str]:
    """Field -> heading for the headings that are known; each heading is used once, the first name of a field wins."""
    by_name = {plain(heading): heading for heading in reversed(headings) if heading}
    found: dict[str, str] = {}
    for field in FIELDS.values():
        for name in field.names:
            if name in by_name:
                found[field.key] = by_name.pop(name)
                break
    return found


def missing(mapping: Mapping[str, str]) -> dict[str, list[str]]:
    """What no column says yet although it is needed: field -> what to do."""
    named = {key for key, heading in mapping.items() if heading}
    return {key: [str(MISSING[key])] for key, ways in NEEDED.items() if not any(named.issuperset(way) for way in ways)}


def signature(headings: Iterable[str]) -> str:
    """What files of one layout have in common."""
    return hashlib.sha256(json.dumps([plain(heading) for heading in headings]).encode()).hexdigest()
