"""The job paper of an art order: its content from the row, laid out and printed like every other form."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from guiju.artwork.models import ArtOrder
from guiju.artwork.queries import lines_of
from guiju.house.facts import DEPARTMENTS
from guiju.house.models import Hotel
from guiju.papers.forms import sheet, shown
from guiju.papers.printing import render
from guiju.shelf import registry

LANGUAGES = {"zh": ("中文", "Chinese"), "en": ("英文", "English")}


def content_of(order: ArtOrder, *, hotel: Hotel, lang: str) -> dict[str, Any]:
    """What stands on it, in the reader's language."""
    english = lang.startswith("en")
    zone = ZoneInfo(hotel.zone)
    about = registry.titles(order.hotel_id, [(order.about_kind, order.about_id)]) if order.about_kind else {}
    last = order.proofs.order_by("-round").values_list("round", flat=True).first()

    def when(at: datetime | None) -> str:
        return at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else ""

    moments = ("ordered_at", "due_at", "from_at", "until_at", "taken_at", "approved_at", "made_at", "delivered_at", "down_at")
    return {
        **{name: when(getattr(order, name)) for name in moments},
        **{name: getattr(order, name) for name in ("size", "material", "quantity", "place", "used", "fault")},
        "number": order.number, "revision": 1, "item": str(order.get_item_display()),
        "occasion": " ".join(one for one in (order.title, next(iter(about.values()), ("",))[0]) if one),
        "department": DEPARTMENTS.get(order.department, (order.department,) * 2)[english], "orderer": _name(order.ordered_by),
        "worker": _name(order.worker), "approver": _name(order.approved_by), "checker": _name(order.checked_by),
        "proof": last or "", "spent": f"{order.cost:,.2f}" if order.cost is not None else "", "issued_by": _name(order.ordered_by),
        "lines": [
            {"row": number, "language": LANGUAGES[code][english], "words": line.text, "signs": line.signs, "read": "☐"}
            for code, text in (("zh", order.text_zh), ("en", order.text_en)) for number, line in enumerate(lines_of(text), start=1)
        ],
    }


def job_pdf(order: ArtOrder, *, hotel: Hotel, lang: str) -> bytes:
    """The job paper as PDF."""
    content = content_of(order, hotel=hotel, lang=lang)
    name = hotel.name_en if lang.startswith("en") and hotel.name_en else hotel.name
    laid = sheet("art_order", content, lang=lang, hotel_name=name)
    at = shown("moment", content["ordered_at"], laid.lang)
    signed = f"{_name(order.signed_by)}  {order.signed_at.astimezone(ZoneInfo(hotel.zone)):%Y-%m-%d %H:%M}" if order.signed_at else ""
    return render([replace(laid, issued_at=at, signature=signed, void=order.state == ArtOrder.State.CANCELLED)])


def _name(person: Any) -> str:
    return person.name if person else ""
