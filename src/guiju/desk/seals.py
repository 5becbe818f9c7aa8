"""Seal and incense: the state of an obligation now, and how much of its time has burnt (DESIGN part 5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from guiju.shelf import wording

STATES = ("late", "soon", "due", "next", "wait", "done", "free")
# What the rulebook calls a status, as a seal; "open" depends on the day.
STATUS = {
    "planned": "next", "open": "due", "met": "done", "met_late": "done", "missed": "late", "waived": "free", "superseded": "free",
    "due soon": "soon", "waiting": "wait",
}
SOON = timedelta(minutes=60)


def ask(item: Any, *names: str) -> Any:
    """The first of these attributes (or keys) that the item has and that is not empty."""
    for name in names:
        value = item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)
        if value is not None and value != "":
            return value
    return None


def state_of(item: Any, now: datetime) -> str:
    """The seal of a duty, copy or hold: its own state or status if it names one, else read from its moments."""
    named = str(getattr(said := ask(item, "state", "status"), "value", said) or "")
    if named in STATES:
        return named
    if named in STATUS:
        return STATUS[named]
    if ask(item, "waived_at"):
        return "free"
    if ask(item, "met_at"):
        return "done"
    due = ask(item, "due_at")
    if due is None:
        return "next"
    if due < now:
        return "late"
    if due - now <= soon_span(item):
        return "soon"
    return "due" if wording.local(due).date() <= wording.local(now).date() else "next"


def soon_span(item: Any) -> timedelta:
    """How long before its deadline this item becomes urgent: 60 minutes unless its clause says otherwise."""
    minutes = ask(item, "soon_minutes")
    return timedelta(minutes=minutes) if minutes else SOON


def words(state: str) -> tuple[str, str]:
    """(the character or word on the seal, the same said in full)."""
    return _words(get_language() or "")[state]


@lru_cache(maxsize=8)
def _words(language: str) -> dict[str, tuple[str, str]]:
    """All of them in the language in force; a page asks a few hundred times."""
    return {
        "late": (pgettext("seal", "LATE"), _("Overdue")),
        "soon": (pgettext("seal", "SOON"), _("Due soon")),
        "due": (pgettext("seal", "DUE"), _("Due today")),
        "next": (pgettext("seal", "NEXT"), _("Coming up")),
        "wait": (pgettext("seal", "WAIT"), _("Waiting on others")),
        "done": (pgettext("seal", "DONE"), _("Done")),
        "free": (pgettext("seal", "WAIVED"), _("Waived")),
    }


def seal(state: str, css: str = "") -> SafeString:
    """印: one character in one shape; the full word for those who cannot see it."""
    state = STATUS.get(state, state)
    short, full = words(state)
    return format_html(
        '<span class="yin {} {}"><span aria-hidden="true">{}</span><span class="sr">{}</span></span>', state, css, short, full
    )


def burnt(item: Any, now: datetime) -> float:
    """The share of its time that is gone, 0..1, at `now` or when it was met."""
    start, due = ask(item, "starts_at", "opens_at", "created_at"), ask(item, "due_at")
    end = ask(item, "met_at") or now
    if start is None or due is None or due <= start:
        return 0.0
    return min(1.0, max(0.0, (end - start) / (due - start)))


def incense(state: str, share: float, width: int = 96) -> SafeString:
    """香: burnt part, ember, what is left, and the deadline as a tick. Attributes only; whole numbers."""
    return _incense(state, round(2 + (width - 6) * share), width)


@lru_cache(maxsize=2000)
def _incense(state: str, x: int, width: int) -> SafeString:
    """The stick with its ember at x."""
    left, right = 2, width - 4
    if state == "free":
        state = "wait"
    head = format_html('<svg class="xiang {}" viewBox="0 0 {} 12" preserveAspectRatio="xMinYMid meet" aria-hidden="true">', state, width)
    if state == "late":
        tick = round(left + (right - left) * 0.7)
        body = format_html(
            '<line class="burnt" x1="{}" y1="6" x2="{}" y2="6"/><line class="end" x1="{}" y1="1" x2="{}" y2="11"/>'
            '<line class="over" x1="{}" y1="6" x2="{}" y2="6"/><rect class="ember" x="{}" y="2" width="8" height="8"/>',
            left, tick, tick, tick, tick + 1, right, right - 4,
        )
    elif state == "done":
        x = min(max(x, left + 7), right - 8)
        body = format_html(
            '<line class="burnt" x1="{}" y1="6" x2="{}" y2="6"/><path class="tick" d="M{} 6l3 3 5-6.5"/>'
            '<line class="stick" x1="{}" y1="6" x2="{}" y2="6"/><line class="end" x1="{}" y1="1" x2="{}" y2="11"/>',
            left, x - 7, x - 5, x + 7, right, right, right,
        )
    else:
        halo = format_html('<circle class="halo" cx="{}" cy="6" r="6"/>', x) if state == "soon" else ""
        body = format_html(
            '<line class="burnt" x1="{}" y1="6" x2="{}" y2="6"/><line class="stick" x1="{}" y1="6" x2="{}" y2="6"/>'
            '<line class="end" x1="{}" y1="1" x2="{}" y2="11"/>{}<circle class="ember" cx="{}" cy="6" r="{}"/>',
            left, x, x, right, right, right, halo, x, 4 if state == "soon" else 3,
        )
    return format_html("{}{}</svg>", head, body)


def time_left(item: Any, now: datetime) -> SafeString:
    """剩 18 分 and 14:36 前, as two elements; the first is rewritten in the browser as time goes by."""
    state, due = state_of(item, now), ask(item, "due_at")
    if state == "free":
        return format_html('<span class="left">{}</span>', _("Waived"))
    if state == "wait":
        return _waiting(item, now)
    if due is None:
        return format_html('<span class="left"></span>')
    met = ask(item, "met_at")
    if state == "done":
        if met is None:
            return format_html('<span class="left done">{}</span>', _("Done"))
        said = wording.sentence("early" if met <= due else "late", due - met, bold=False)
        by = _("done {time}").format(time=wording.clock(met) if _same_day(met, now) else wording.moment(met, now))
        return format_html('<span class="left {}">{}</span><span class="by">{}</span>', "done" if met <= due else "late", said, by)
    over = due < now
    return format_html(
        '{}<span class="by" data-by="{}">{}</span>',
        countdown(item, now), wording.was_due(due, now), wording.was_due(due, now) if over else wording.by_when(due, now),
    )


def countdown(item: Any, now: datetime) -> SafeString:
    """剩 18 分 or 逾 48 分, rewritten in the browser as time goes by."""
    state, due = state_of(item, now), ask(item, "due_at")
    if due is None:
        return format_html('<span class="left"></span>')
    over = due < now
    css = "late" if over or state == "late" else state if state == "soon" else ""
    return format_html(
        '<time class="left {}" datetime="{}" data-due data-soon="{}">{}</time>',
        css, due.isoformat(timespec="seconds"), int(soon_span(item).total_seconds() // 60),
        wording.sentence("over" if over else "left", due - now),
    )


def _waiting(item: Any, now: datetime) -> SafeString:
    since = ask(item, "waiting_since", "starts_at", "opens_at", "created_at")
    if since is None:
        return format_html('<span class="left wait">{}</span>', _("Waiting on others"))
    return format_html(
        '<span class="left wait">{}</span><span class="by">{}</span>',
        wording.sentence("waited", now - since), _("since {time}").format(time=wording.moment(since, now)),
    )


def _same_day(one: datetime, other: datetime) -> bool:
    return wording.local(one).date() == wording.local(other).date()


def sample_duties(now: datetime) -> dict[str, dict[str, Any]]:
    """One obligation in each state, for the legend of the help page."""
    def at(start: int, due: int, **more: Any) -> dict[str, Any]:
        return {"starts_at": now + timedelta(minutes=start), "due_at": now + timedelta(minutes=due), **more}

    return {
        "late": at(-108, -48, state="late"), "soon": at(-12, 18, state="soon"), "due": at(-30, 222, state="due"),
        "next": at(-4320, 4320, state="next"), "wait": at(-1260, 900, state="wait"),
        "done": at(-24, 6, state="done", met_at=now), "free": at(-30, 30, state="free"),
    }
