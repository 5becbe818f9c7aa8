"""The parts of the design language as template tags (builtin in every template)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django import template
from django.forms import BoundField, widgets
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guiju.desk import icons, seals
from guiju.duties import saying
from guiju.shelf import clock as the_clock
from guiju.shelf import registry, wording
from guiju.shelf.ids import uuid7

register = template.Library()


def _now(context: Any = None) -> datetime:
    found = context.get("now") if context is not None else None
    return found or the_clock.now()


# ── the four parts ──────────────────────────────────────────────────────────────────────────────


@register.simple_tag
def ic(name: str, css: str = "") -> SafeString:
    """An icon from the sprite: {% ic "phone" %}."""
    return icons.icon(name, css)


@register.simple_tag
def sprite() -> SafeString:
    """The drawings that {% ic %} refers to; base.html has it."""
    return icons.sprite()


@register.simple_tag
def yin(state: Any, css: str = "") -> SafeString:
    """印: {% yin "late" %}; takes a seal's name or a duty's status."""
    return seals.seal(str(getattr(state, "value", state)), css)


@register.simple_tag(takes_context=True)
def yin_of(context: Any, item: Any, now: datetime | None = None, css: str = "") -> SafeString:
    """印 of an item, its state read from its moments: {% yin_of duty now %}."""
    return seals.seal(seals.state_of(item, now or _now(context)), css)


@register.simple_tag(takes_context=True)
def state_of(context: Any, item: Any, now: datetime | None = None) -> str:
    """The name of an item's seal, for grouping: {% state_of duty now as state %}."""
    return seals.state_of(item, now or _now(context))


@register.simple_tag(takes_context=True)
def xiang(context: Any, item: Any, now: datetime | None = None, width: int = 96) -> SafeString:
    """香: {% xiang duty now %}; the item (object or mapping) has starts_at or opens_at, due_at, met_at, state."""
    moment = now or _now(context)
    return seals.incense(seals.state_of(item, moment), seals.burnt(item, moment), width)


@register.simple_tag(takes_context=True)
def left(context: Any, item: Any, now: datetime | None = None) -> SafeString:
    """剩 18 分 / 14:36 前, beside the incense: {% left duty now %}."""
    return seals.time_left(item, now or _now(context))


@register.simple_tag(takes_context=True)
def countdown(context: Any, item: Any, now: datetime | None = None) -> SafeString:
    """剩 18 分 alone, for a sentence: {% countdown duty now %}."""
    return seals.countdown(item, now or _now(context))


@register.simple_tag(takes_context=True)
def tiao(context: Any, clause_id: str, text: str = "") -> SafeString:
    """条: the clause, in the manual's own face, linked to its full text: {% tiao "booking.reply-30" %}."""
    body = format_html("<b>§</b> {}", text or _clause_texts(context).get(clause_id) or clause_id)
    url = to("duties:clause", clause_id)
    if not url:
        return format_html('<span class="tiao" title="{}">{}</span>', clause_id, body)
    return format_html('<a class="tiao" href="{}" title="{}">{}</a>', url, clause_id, body)


def _clause_texts(context: Any) -> Mapping[str, str]:
    """The standard's sentences, read once a page."""
    hotel, render = context.get("hotel"), context.render_context
    if hotel is None or registry.clause_texts is None:
        return {}
    request = context.get("request") or render
    found: Mapping[str, str] | None = getattr(request, "clause_texts", None)
    if found is None:
        found = registry.clause_texts(hotel.pk)
        request.clause_texts = found
    return found


@register.simple_tag
def pz(text: Any, url: str = "") -> SafeString:
    """凭: the evidence that counts; a link once it exists: {% pz _("Sending receipt") url %}."""
    if url:
        return format_html('<a class="pz" href="{}">{}{}</a>', url, icons.icon("clip"), text)
    return format_html('<span class="pz">{}{}</span>', icons.icon("clip"), text)


# ── forms and links ─────────────────────────────────────────────────────────────────────────────


@register.simple_tag(takes_context=True)
def once(context: Any) -> SafeString:
    """Inside every form: the proof that it came from this site, and the key by which it is answered once."""
    request = context.get("request")
    token = context.get("csrf_token") or (get_token(request) if request is not None else "")
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="idempotency_key" value="{}">',
        token, uuid7(),
    )


@register.simple_tag
def to(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page, or nothing where that room is not installed: {% to "notices:bell" as url %}."""
    try:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""


@register.filter
def kind_of_field(field: BoundField) -> str:
    """How a field is laid out: line, area, choice, check, group or file."""
    widget = field.field.widget
    for kind, classes in (
        ("group", (widgets.CheckboxSelectMultiple, widgets.RadioSelect)), ("check", (widgets.CheckboxInput,)),
        ("file", (widgets.FileInput,)), ("choice", (widgets.Select,)), ("area", (widgets.Textarea,)),
    ):
        if isinstance(widget, classes):
            return kind
    return "line"


BROWSER_INPUTS: tuple[tuple[type[widgets.Input], str, str], ...] = (
    (widgets.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (widgets.DateInput, "date", "%Y-%m-%d"),
    (widgets.TimeInput, "time", "%H:%M"),
)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The input of a field with its class, its browser type and what describes it; errors come from the server only."""
    widget, attrs = field.field.widget, {}
    kind = kind_of_field(field)
    if kind not in ("check", "group"):
        attrs["class"] = f"{widget.attrs.get('class', '')} inp".strip()
    for cls, browser_type, format_ in BROWSER_INPUTS:
        if isinstance(widget, cls) and widget.input_type == "text":
            widget.input_type, widget.format = browser_type, format_  # type: ignore[attr-defined]  # date-like widgets have it
            break
    described = [f"{field.auto_id}-hint"] if field.help_text else []
    if field.errors:
        attrs["aria-invalid"] = "true"
        described.append(f"{field.auto_id}-error")
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.field.required and kind != "group":
        attrs["aria-required"] = "true"
    asked, field.form.use_required_attribute = field.form.use_required_attribute, False
    try:
        return field.as_widget(attrs=attrs)
    finally:
        field.form.use_required_attribute = asked


@register.simple_tag(takes_context=True)
def panels(context: Any, place: str, subject: Any) -> SafeString:
    """What other rooms show on this page: {% panels "booking.side" booking %}."""
    request = context["request"]
    shown = []
    for panel in registry.panels_at(place):
        if request.actor is not None and request.actor.may(panel.permission):
            found = panel.context(request, subject)
            if found is not None:
                shown.append((render_to_string(panel.template, {**context.flatten(), **found}, request=request),))
    return format_html_join("", "{}", shown)


@register.filter
def undo_of(message: Any) -> dict[str, Any] | None:
    """The undo of a message sent with extra_tags="undo <address> <seconds>": {"url", "seconds"}."""
    parts = str(message.extra_tags or "").split()
    if len(parts) < 2 or parts[0] != "undo" or not parts[1].startswith("/"):
        return None
    return {"url": parts[1], "seconds": int(parts[2]) if len(parts) > 2 and parts[2].isdigit() else 8}


# ── words and figures ───────────────────────────────────────────────────────────────────────────


@register.filter
def money(amount: Any) -> str:
    """9,720 or 9,720.50: by thousands in both languages, cents only when there are any."""
    if amount is None or amount == "":
        return ""
    try:
        value = Decimal(str(amount)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return str(amount)
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


@register.filter
def day(on: date | datetime | None, now: datetime | None = None) -> str:
    """10月15日 周四 | Thu 15 Oct"""
    if not on:
        return ""
    on = wording.local(on).date() if isinstance(on, datetime) else on
    return wording.day(on, wording.local(now or _now()).date())


@register.filter
def short_day(on: date | datetime | None, now: datetime | None = None) -> str:
    """10月15日 | 15 Oct"""
    if not on:
        return ""
    on = wording.local(on).date() if isinstance(on, datetime) else on
    return wording.day(on, wording.local(now or _now()).date(), weekday=False)


@register.filter
def iso_day(on: Any, now: datetime | None = None) -> str:
    """A day kept as 2026-10-15, said as 10月15日 | 15 Oct; anything else as it stands."""
    try:
        return short_day(date.fromisoformat(str(on)), now)
    except ValueError:
        return str(on or "")


@register.simple_tag(takes_context=True)
def stay(context: Any, arrival: date | None, departure: date | None) -> str:
    """11月6–8日 | 6–8 Nov: {% stay booking.arrival_on booking.departure_on %}"""
    return wording.stay(arrival, departure, wording.local(_now(context)).date())


@register.filter
def chapter(key: str) -> str:
    """A chapter of the standard in words."""
    return saying.chapter(key)


@register.filter
def weekday(on: date | None) -> str:
    """周四 | Thu"""
    return wording._(wording.WEEKDAYS[on.weekday()]) if on else ""


@register.filter
def moment(at: datetime | None, now: datetime | None = None) -> str:
    """今天 14:06 | Today 14:06, or the date"""
    return wording.moment(at, now or _now()) if at else ""


@register.filter
def clock(at: datetime | None) -> str:
    """14:06, on the hotel's clock"""
    return wording.clock(at) if at else ""


@register.filter
def ago(at: datetime | None, now: datetime | None = None) -> str:
    """5 分前 | 5 min ago"""
    return wording.ago(at, now or _now()) if at else ""


@register.filter
def span(length: timedelta | None) -> str:
    """3 时 42 分 | 3 h 42 min"""
    return wording.span(length) if length is not None else ""


@register.filter
def minutes(number: float) -> str:
    """A number of minutes as a span."""
    return wording.span(timedelta(minutes=round(number)))


@register.filter
def nights(number: int | None) -> str:
    """3 晚 | 3 nights"""
    return wording.nights(int(number)) if number is not None else ""
