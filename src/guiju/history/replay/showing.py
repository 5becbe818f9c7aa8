"""A replay's figures as the page draws them: sentences, tables, the week by the hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from guiju.duties import saying
from guiju.history.replay.choosing import said
from guiju.history.replay.models import Replay
from guiju.shelf.tables import Column

LEVELS = (0.0, 0.25, 0.5, 0.75)  # parts of the fullest hour at which a cell grows darker
WEEK = (
    gettext_lazy("Mon"), gettext_lazy("Tue"), gettext_lazy("Wed"), gettext_lazy("Thu"), gettext_lazy("Fri"), gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)
WHY = {
    "no_duty": gettext_lazy("a gate, a record or a figure: it opens no duty of its own"),
    "not_told": gettext_lazy("a booking history tells nothing that opens it"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A clause in the table, with how it stands beside the edition in force."""

    clause: str
    text: str
    opened: int
    fell_away: int
    came: int
    before: int | None
    usual: int | None
    open_at_once: int
    open_on: date | None
    late: int
    in_time: int
    no_evidence: int


COLUMNS = (
    Column(gettext_lazy("Clause"), lambda line: line.clause, 26),
    Column(gettext_lazy("Wording"), lambda line: line.text, 60),
    Column(gettext_lazy("Duties opened"), lambda line: line.opened),
    Column(gettext_lazy("Fell away"), lambda line: line.fell_away),
    Column(gettext_lazy("Came to the desk"), lambda line: line.came),
    Column(gettext_lazy("In the edition in force"), lambda line: line.before),
    Column(gettext_lazy("Minutes given"), lambda line: line.usual),
    Column(gettext_lazy("Most open at once"), lambda line: line.open_at_once),
    Column(gettext_lazy("On the day"), lambda line: line.open_on, 12),
    Column(gettext_lazy("Shown late"), lambda line: line.late),
    Column(gettext_lazy("Shown in time"), lambda line: line.in_time),
    Column(gettext_lazy("No evidence"), lambda line: line.no_evidence),
)


def share(row: Replay) -> int:
    """How far it is, in percent."""
    return min(99, row.done * 100 // row.total) if row.total else 0


def page(row: Replay, hotel: Mapping[str, Any], who: str) -> dict[str, Any]:
    """Everything the page of a finished replay needs."""
    result: Mapping[str, Any] = row.result or {}
    pools = {one["department"]: one for one in hotel["departments"]} | {f"post:{one['post']}": one for one in hotel["posts"]}
    fullest = max(hotel["departments"], key=lambda one: one["came"], default=None)
    shown = pools.get(who) or fullest
    assumed = result["assumptions"]
    zone = ZoneInfo(assumed["zone"])
    return {
        "result": result, "hotel": hotel, "lines": lines(result, hotel), "posts": [_post(one, zone) for one in hotel["posts"]],
        "pools": [(key, _pool(key)) for key in pools], "who": who if who in pools else (shown["department"] if shown else ""),
        "heat": _heat(shown) if shown else None, "need": _need(shown) if shown else [], "peaks": _peaks(hotel["peak"], zone),
        "silent": [(one["clause"], _text(result, one["clause"]), WHY[one["why"]]) for one in hotel["silent"]],
        "differences": _differences(result, hotel), "against": said(row.against, row.against_label) if row.against else "",
        "departments": [
            {"name": saying.owner(one["department"]), "people": one["people"], "came": one["came"], "busiest": one["busiest_day_hours"]}
            for one in hotel["departments"]
        ],
        "requests": _curve(assumed["requests"]), "goal": round(result["handling"]["goal"] * 100), "other_minutes": _other(result),
    }


def lines(result: Mapping[str, Any], hotel: Mapping[str, Any]) -> list[Line]:
    """The clauses that opened something, in the order of their names."""
    changed = {one["clause"]: one for one in _changes(result, hotel).get("clauses", ())}
    return [
        Line(
            one["clause"], _text(result, one["clause"]), one["opened"], one["fell_away"], one["came"],
            changed[one["clause"]]["came"][0] if one["clause"] in changed else one["came"] if result["against"] else None, one["usual_minutes"],
            one["peak"]["open_at_once"]["duties"], _day(one["peak"]["open_at_once"]["at"]), one["late"]["shown"], one["late"]["in_time"],
            one["late"]["no_evidence"],
        )
        for one in hotel["clauses"]
    ]


def _changes(result: Mapping[str, Any], hotel: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = result.get("differences", {}).get(hotel["hotel"], {})
    return found


def _differences(result: Mapping[str, Any], hotel: Mapping[str, Any]) -> dict[str, Any] | None:
    if not result["against"]:
        return None
    found = _changes(result, hotel)
    clauses = [{**one, "text": _text(result, one["clause"])} for one in found.get("clauses", ())]
    return {"clauses": clauses, "posts": [{**one, "name": _role(one["post"])} for one in found.get("posts", ())]}


def _text(result: Mapping[str, Any], clause: str) -> str:
    texts = result["clauses"].get(clause, {})
    return str(texts.get("en" if saying.english() else "zh") or clause)


def _role(post: str) -> str:
    return str(saying.owner(post))


def _pool(key: str) -> str:
    post = key.removeprefix("post:")
    return _role(post) if post != key else _("%(department)s, all posts") % {"department": _role(key)}


def _post(one: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    return {**one, "name": _role(one["post"]), "department_name": _role(one["department"]), "peaks": _peaks(one["peak"], zone)}


def _peaks(peak: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """The three peaks with their moments by the hotel's clock."""
    return {key: {"duties": peak[key]["duties"], "at": _moment(peak[key]["at"], zone)} for key in ("open_at_once", "in_an_hour", "in_a_day")}


def _moment(text: str | None, zone: ZoneInfo) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=zone) if text else None


def _day(text: str | None) -> date | None:
    return datetime.fromisoformat(text).date() if text else None


def _hours(one: Mapping[str, Any]) -> list[int]:
    used = [hour for hour, many in enumerate(one["by_hour"]) if many]
    return list(range(min(used), max(used) + 1)) if used else []


def _heat(one: Mapping[str, Any]) -> dict[str, Any]:
    """Weekday by hour: each number with its shade."""
    hours, most = _hours(one), max((many for day in one["by_weekday_and_hour"] for many in day), default=0)
    rows = [
        {"day": WEEK[number], "cells": [(day[hour], _shade(day[hour], most)) for hour in hours], "sum": sum(day)}
        for number, day in enumerate(one["by_weekday_and_hour"])
    ]
    return {"hours": [f"{hour:02}" for hour in hours], "rows": rows, "sums": [one["by_hour"][hour] for hour in hours], "sum": one["came"]}


def _need(one: Mapping[str, Any]) -> list[int]:
    return [one["busy_hour_people"][hour] for hour in _hours(one)]


def _shade(many: int, most: int) -> int:
    return sum(many > level * most for level in LEVELS) if many else 0


def _curve(pairs: list[list[int]]) -> str:
    """08 6 %, 09 12 %: when requests are assumed to come."""
    whole = sum(weight for _hour, weight in pairs)
    return pgettext("between hours", ", ").join(f"{hour:02}:00 {round(weight * 100 / whole)}%" for hour, weight in pairs if weight)


def _other(result: Mapping[str, Any]) -> list[tuple[str, int]]:
    return sorted(result["handling"]["by_clause"].items())
