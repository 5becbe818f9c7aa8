"""The report on one page of A4: the rate with its formula, every clause on a line, in black and white."""

from __future__ import annotations

import json
import unicodedata
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from guiju.compliance.asking import Ask
from guiju.compliance.figures import Figure
from guiju.compliance.pages import Line, Page, lang
from guiju.house.facts import DEPARTMENTS, POSTS
from guiju.house.models import Hotel, Person
from guiju.papers.printing import breakable, font_dir
from guiju.shelf.actor import Actor
from guiju.shelf.wording import span

TEMPLATE = Path(str(files("guiju.compliance"))) / "print" / "report.typ"
MOST = 58  # clauses that fit on the page; of more the best ones are left to the screen
SIZES = (9, 8, 7.2, 6.4, 5.6, 4.9)  # points
_lock = Lock()


@cache
def _compiler() -> Any:
    import typst  # 80 MB that a process without printing does not need

    return typst.Compiler(input=str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[font_dir()], ignore_system_fonts=True)


def report(hotel: Hotel, ask: Ask, page: Page, actor: Actor, now: datetime) -> bytes:
    """The figures of a period as PDF; what was chosen and whose figures they are stand in the head."""
    lines = page.table
    if len(lines) > MOST:
        lines = sorted(lines, key=lambda line: (line.figure.rate is None, line.figure.rate or 0, line.clause.id))[:MOST]
    whole = page.total
    data = {
        "lang": lang(), "hotel": hotel.name_en if lang() == "en" and hotel.name_en else hotel.name, "title": _("Compliance with the standard"),
        "period": f"{ask.first.isoformat()} – {ask.until.isoformat()}", "whose": _whose(ask, actor),
        "printed": _("Printed %(at)s by %(who)s") % {"at": f"{now.astimezone(ZoneInfo(hotel.zone)):%Y-%m-%d %H:%M}", "who": actor.name},
        "rate": _rate(whole), "rate_label": _("On-time rate"),
        "formula": f"{_('On-time rate = on time ÷ (due − waived)')} = {whole.met} ÷ ({whole.due} − {whole.waived})",
        "before": _("period before %(rate)s%%") % {"rate": page.before} if page.before is not None else "",
        "counts": [
            [str(words), str(number)] for words, number in (
                (_("Due"), whole.due), (_("On time"), whole.met), (_("Late, done"), whole.met_late), (_("Overdue"), whole.late),
                (_("Missed"), whole.missed), (_("Waived"), whole.waived), (_("Running"), whole.running),
                (_("No longer asked"), whole.superseded), (_("Gates waived"), whole.gates_waived),
            )
        ],
        "heads": [
            _("Clause"), _("Due"), _("On time"), _("Late"), _("Missed"), _("Waived"), _("Result"), _("On-time rate"), _("Median, 90 % / limit"),
        ],
        "rows": [_row(line) for line in lines],
        "more": _("%(n)s more clauses on the screen") % {"n": len(page.table) - len(lines)} if len(page.table) > len(lines) else "",
        "weeks_label": _("12 weeks"), "weeks": [[f"{week.first:%m-%d}", week.rate] for week in page.weeks],
    }
    return _one_page(data)


def _one_page(data: dict[str, Any]) -> bytes:
    """As large as it fits on one page."""
    import pypdfium2

    made = b""
    for size in SIZES:
        with _lock:
            made = bytes(_compiler().compile(format="pdf", sys_inputs={"data": json.dumps({**data, "size": size}, ensure_ascii=False)}))
        with pypdfium2.PdfDocument(made) as document:
            if len(document) == 1:
                break
    return made


def _rate(figure: Figure) -> str:
    return "–" if figure.rate is None else f"{figure.rate:g} %"


def _row(line: Line) -> dict[str, Any]:
    figure = line.figure
    times = "–" if line.median is None else f"{_span(line.median)}, {_span(line.ninetieth)} / {_span(line.limit)}"
    return {
        "text": breakable(shortened(line.text, 66)), "cells": [
            str(figure.due), str(figure.met), str(figure.met_late + figure.late), str(figure.missed), str(figure.waived),
        ], "bar": [figure.met, figure.met_late + figure.late, figure.missed, figure.waived], "rate": _rate(figure), "times": times,
        "low": line.low,
    }


def _span(length: timedelta | None) -> str:
    """As long as fits in a column: from a day on without minutes."""
    if length is None:
        return "–"
    return str(span(timedelta(hours=round(length / timedelta(hours=1))) if length >= timedelta(days=1) else length))


def shortened(text: str, wide: int) -> str:
    """As much of a text as fits on a line: a Chinese sign is as wide as two Latin ones."""
    used = 0
    for place, sign in enumerate(text):
        used += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if used > wide:
            return text[:place].rstrip() + "…"
    return text


def _whose(ask: Ask, actor: Actor) -> str:
    place = 1 if lang() == "en" else 0
    told = [DEPARTMENTS[ask.department][place]] if ask.department else []
    if ask.post:
        told.append(POSTS[ask.post][place + 1])
    if ask.person:
        told.append(Person.objects.filter(pk=ask.person, appointments__hotel=actor.hotel_id).values_list("name", flat=True).first() or "")
    if not told and not actor.may("compliance.all"):
        told = [_("as %(name)s may see them") % {"name": actor.name}]
    return " · ".join(one for one in told if one)
