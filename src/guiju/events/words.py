"""Codes of an event's papers in both languages, and the names its pages give to choices."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

# For papers: code -> (Chinese, English).
SETUPS: dict[str, tuple[str, str]] = {
    "banquet": ("圆桌", "banquet rounds"), "theatre": ("剧院式", "theatre"), "classroom": ("课桌式", "classroom"),
    "herringbone": ("鱼骨式", "herringbone"),
    "u_shape": ("U 形", "U-shape"), "hollow_square": ("回形", "hollow square"), "boardroom": ("董事会式", "boardroom"),
    "cocktail": ("酒会式", "standing reception"),
}
EVENT_KINDS: dict[str, tuple[str, str]] = {
    "wedding": ("婚宴", "wedding banquet"), "banquet": ("宴会", "banquet"), "conference": ("会议", "conference"), "tea": ("茶话会", "tea reception"),
    "reception": ("答谢会", "client appreciation"), "birthday": ("寿宴", "birthday banquet"), "other": ("其他", "other"),
}
TOLD_NAMES: dict[str, Any] = {
    "fax": _("fax"), "mail": _("e-mail"), "phone": _("telephone"), "letter": _("letter"), "wechat": _("WeChat"), "front_desk": _("in person"),
    "system": _("by program"),
}
