"""Codes of a visit in words: what may be shown, fields of the plan."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from guiju.visitors.models import Visit

SCOPES: dict[str, Any] = {
    "lobby": _("Lobby and public areas"), "rooms": _("Show rooms"), "suite": _("Presidential suite"), "dining": _("Restaurants and banquet halls"),
    "kitchen": _("Kitchens"), "back": _("Back of house and plant rooms"),
}
HOSTS: dict[str, Any] = {"gm": _("General manager"), "head": _("Head of the department"), "pr": _("PR")}
LISTS: dict[str, Any] = {"guests": _("Who comes"), "programme": _("Programme of the visit"), "parts": _("Participants of the house")}


def field_name(name: str) -> str:
    """What a field of the plan is called."""
    return str(LISTS[name]) if name in LISTS else str(Visit._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def scope_words(scope: list[str]) -> str:
    """The places that are shown, in one line."""
    return pgettext("list", ", ").join(str(SCOPES[one]) for one in SCOPES if one in scope)


def value_words(name: str, value: Any) -> list[str]:
    """A value of the plan as lines that a person reads; nothing for an empty one."""
    if name == "scope":
        return [str(SCOPES.get(one, one)) for one in value or []]
    if name in LISTS:
        return [" ".join(str(part) for part in row.values() if part) for row in value or []]
    if isinstance(value, bool):
        return [str(_("Yes") if value else _("No"))]
    choices = dict(getattr(Visit._meta.get_field(name), "flatchoices", ()) or ())
    return [] if value in (None, "") else [str(choices.get(value, value))]


# The same codes for papers, which hold both languages: code -> (Chinese, English).
VISITOR_PAIRS = {
    "government": ("政府机关", "Government office"), "client": ("酒店客户", "Client of the hotel"), "press": ("新闻媒体", "Press"),
    "peer": ("同行酒店", "Other hotels"), "school": ("院校", "School or university"), "other": ("其他", "Others"),
}
RANK_PAIRS = {
    "state": ("国家元首、政府首脑", "Head of state or government"), "ministry": ("省部级", "Province or ministry"),
    "bureau": ("厅局级", "Bureau or city"), "county": ("县处级", "County or division"),
    "executive": ("单位负责人", "Head of a company or institution"), "staff": ("一般人员", "Staff and others"),
}
PURPOSE_PAIRS = {
    "leaders": ("领导视察", "Leaders' visit"), "inspection": ("检查", "Official inspection"), "study": ("参观考察", "Study visit"),
    "venue": ("看房看场地", "Looking at rooms and halls before booking"), "interview": ("采访拍摄", "Interview or filming"),
    "courtesy": ("礼节性拜访", "Courtesy call"),
}
GRADE_PAIRS = {
    "A": ("A 重要接待", "A: important"), "B": ("B 部门负责人接待", "B: received by the department's head"), "C": ("C 一般参观", "C: shown round"),
}
SCOPE_PAIRS = {
    "lobby": ("大堂与公共区域", "Lobby and public areas"), "rooms": ("样板房", "Show rooms"), "suite": ("总统套房", "Presidential suite"),
    "dining": ("餐厅与宴会厅", "Restaurants and banquet halls"), "kitchen": ("厨房", "Kitchens"),
    "back": ("后场与机房", "Back of house and plant rooms"),
}
