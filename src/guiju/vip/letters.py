"""The general manager's letter and his welcome card, in the guest's language, as PDF."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from guiju.house.models import Appointment, Hotel
from guiju.papers.printing import breakable, font_dir
from guiju.vip.models import VipGuest, VipPlan

TEMPLATE = Path(str(files("guiju.vip"))) / "print" / "letter.typ"
KINDS = ("letter", "card")
_lock = Lock()


@cache
def _compiler() -> Any:
    import typst  # 80 MB that a process without printing does not need

    return typst.Compiler(input=str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[font_dir()], ignore_system_fonts=True)


def salutation(guest: VipGuest, lang: str) -> str:
    """How the letter begins."""
    if lang.startswith("en"):
        title = {"m": "Mr ", "f": "Ms "}.get(guest.gender, "")
        return f"Dear {title}{guest.name_en or guest.name},"
    title = {"m": "先生", "f": "女士"}.get(guest.gender, "")
    return f"尊敬的{guest.name}{guest.position or title}："


def words_of(plan: VipPlan, hotel: Hotel, lang: str) -> dict[str, Any]:
    """What stands on letter and card, as the general manager says it."""
    english = lang.startswith("en")
    name = hotel.name_en if english and hotel.name_en else hotel.name
    signer = Appointment.objects.of(hotel.pk).filter(post="gm", until_at__isnull=True).select_related("person").order_by("from_at").first()
    with override("en" if english else "zh-hans"):
        return {
            "lang": "en" if english else "zh", "hotel": name, "greeting": salutation(plan.guest, lang),
            "body": [
                _("A warm welcome to %(hotel)s. It is an honour to have you with us.") % {"hotel": name},
                _("Everything has been prepared for your stay. Should anything make it more pleasant still, please let us know at any hour."),
                _("We wish you a good rest and a successful visit."),
            ],
            "card": _("Welcome to %(hotel)s. With the compliments of the general manager.") % {"hotel": name},
            "closing": _("Yours sincerely,"), "signer": signer.person.name if signer else "", "post": _("General manager"),
            "date": _("%(year)s-%(month)s-%(day)s") % {
                "year": plan.arrival_on.year, "month": f"{plan.arrival_on.month:02d}", "day": f"{plan.arrival_on.day:02d}",
            },
        }


def pdf_of(plan: VipPlan, hotel: Hotel, *, kind: str, lang: str) -> bytes:
    """The letter (A4) or the card (A6). Names reach typst as JSON strings only: nothing in them is read as markup."""
    words = {name: breakable(value) if isinstance(value, str) else value for name, value in words_of(plan, hotel, lang).items()}
    with _lock:
        return bytes(_compiler().compile(format="pdf", sys_inputs={"data": json.dumps({**words, "kind": kind}, ensure_ascii=False)}))
