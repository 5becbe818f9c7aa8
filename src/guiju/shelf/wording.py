"""How moments, days and spans of time are said: one wording for pages, in both languages (DESIGN part 5 and 9).

Under an hour minutes, under a day hours and minutes, then days and hours, over seven days only days.
The same templates go to the browser (`spoken`), where the countdown says them again every few seconds.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
MONTHS = (N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"))
MINUTE, HOUR, DAY = 60, 3600, 86400
PLAIN_DAYS = 7  # beyond this many days the hours are left out


def local(moment: datetime) -> datetime:
    """The moment on the hotel's clock (the zone that the request made current)."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def clock(moment: datetime) -> str:
    """14:06"""
    return f"{local(moment):%H:%M}"


def day(on: date, today: date, *, weekday: bool = True) -> str:
    """10月15日 周四 | Thu 15 Oct, with the year when it is not this one."""
    places = {"weekday": _(WEEKDAYS[on.weekday()]), "day": on.day, "month": _(MONTHS[on.month - 1]), "year": on.year}
    if on.year == today.year:
        return (_("{weekday} {day} {month}") if weekday else _("{day} {month}")).format(**places)
    return (_("{weekday} {day} {month} {year}") if weekday else _("{day} {month} {year}")).format(**places)


def stay(arrival: date | None, departure: date | None, today: date) -> str:
    """11月6–8日 | 6–8 Nov; both months when they differ, the year when it is not this one; "?" for what is not known."""
    if arrival and departure and (arrival.year, arrival.month) == (departure.year, departure.month) and arrival.year == today.year:
        return _("{first}–{last} {month}").format(first=arrival.day, last=departure.day, month=_(MONTHS[arrival.month - 1]))
    if not arrival and not departure:
        return ""
    first, last = (day(on, today, weekday=False) if on else "?" for on in (arrival, departure))
    return f"{first} – {last}"


def near_day(on: date, today: date) -> str:
    """Today, tomorrow, yesterday, or the date."""
    words = {0: _("Today"), 1: _("Tomorrow"), -1: _("Yesterday")}
    return words.get((on - today).days) or day(on, today, weekday=False)


def moment(at: datetime, now: datetime) -> str:
    """今天 14:06 | Today 14:06, the date instead when it is neither today nor beside it."""
    when = local(at)
    return _("{day} {clock}").format(day=near_day(when.date(), local(now).date()), clock=f"{when:%H:%M}")


def pieces(span: timedelta) -> list[tuple[int, str]]:
    """A span as (number, unit) with the units min, h, d; empty when under a minute. Its sign is ignored."""
    seconds = int(abs(span.total_seconds()))
    days, hours, minutes = seconds // DAY, seconds % DAY // HOUR, seconds % HOUR // MINUTE
    if seconds < MINUTE:
        return []
    if seconds < HOUR:
        return [(minutes, "min")]
    if seconds < DAY:
        return [(hours, "h")] + ([(minutes, "min")] if minutes else [])
    if days >= PLAIN_DAYS or not hours:
        return [(days, "d")]
    return [(days, "d"), (hours, "h")]


def spoken() -> dict[str, str]:
    """The templates of all countdown sentences in the language in force, for Python and for the browser."""
    return dict(_spoken(get_language() or ""))


@lru_cache(maxsize=8)
def _spoken(language: str) -> dict[str, str]:
    """Asked for hundreds of times a page."""
    return {
        "min": _("{n} min"), "h": _("{n} h"), "d": _("{n} d"), "moments": _("under 1 min"),
        "left": _("{time} left"), "over": _("{time} over"), "waited": _("{time} so far"),
        "early": _("{time} early"), "late": _("{time} late"),
    }


def span(length: timedelta, *, bold: bool = False) -> SafeString:
    """3 时 42 分 | 3 h 42 min; `bold` marks the numbers."""
    templates = spoken()
    found = pieces(length)
    if not found:
        return mark_safe(escape(templates["moments"]))
    number = "<b>{}</b>" if bold else "{}"
    parts = [(format_html(templates[unit].replace("{n}", number), amount),) for amount, unit in found]
    return format_html_join(" ", "{}", parts)


def sentence(kind: str, length: timedelta, *, bold: bool = True) -> SafeString:
    """剩 18 分, 逾 48 分, 已等 21 时, 提前 6 分, 迟 12 分 (kind: left over waited early late)."""
    return format_html(spoken()[kind].replace("{time}", "{}"), span(length, bold=bold))


def by_when(due: datetime, now: datetime) -> str:
    """14:36 前 | by 14:36; with tomorrow, the weekday within a week, else the date."""
    when, today = local(due), local(now).date()
    ahead = (when.date() - today).days
    if ahead == 0:
        text = f"{when:%H:%M}"
    elif ahead in (1, -1):
        text = moment(due, now)
    elif 1 < ahead < PLAIN_DAYS:
        text = f"{_(WEEKDAYS[when.weekday()])} {when:%H:%M}"
    else:
        text = day(when.date(), today, weekday=False)
    return _("by {time}").format(time=text)


def was_due(due: datetime, now: datetime) -> str:
    """应于 13:30 | was 13:30, with the day when it was not today."""
    return _("was {time}").format(time=clock(due) if local(due).date() == local(now).date() else moment(due, now))


def ago(at: datetime, now: datetime) -> str:
    """5 分前 | 5 min ago; for what lies ahead: 再过 5 分 | in 5 min."""
    if abs((now - at).total_seconds()) < MINUTE:
        return _("just now")
    return (_("{time} ago") if at <= now else _("in {time}")).format(time=span(now - at))


def nights(number: int) -> str:
    """3 晚 | 3 nights"""
    return ngettext("{n} night", "{n} nights", number).format(n=number)
