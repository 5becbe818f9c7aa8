"""An event's papers: what stands on the order and the quotation, and how the order follows the event (event.order)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from guiju import rulebook
from guiju.artwork.models import ArtOrder
from guiju.bookings.stay import lines_of as rooms_lines
from guiju.duties.editions import editions_of
from guiju.events import pricing
from guiju.events.actions.steps import for_the_house, fresh
from guiju.events.models import Event, EventFunction, EventLine
from guiju.events.shape import CLAUSE, attrs_of, functions_of, lines_of, local, priced, size_of, zone_of
from guiju.logbook.verbs import verb
from guiju.papers import actions as papers
from guiju.papers.actions.issuing import current_copies
from guiju.papers.models import Paper, Revision
from guiju.shelf.actor import Actor

ORDER, QUOTATION = "event_order", "event_quotation"
SHOWN_TO_CLIENT = ("function", "on", "time", "hall", "hall_en", "setup", "persons", "tables")
FURTHEST_STEP = 120  # days before an event within which cancelling may cost something


def money(amount: Decimal) -> str:
    """12,000 or 12,000.50."""
    return f"{amount:,.2f}".removesuffix(".00")


def _number(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _days(event: Event) -> str:
    if event.starts_at is None:
        return event.on.isoformat()
    return "；".join(dict.fromkeys(local(event, row.from_at).date().isoformat() for row in functions_of(event)))


def _functions(event: Event) -> list[dict[str, Any]]:
    return [_function(event, row) for row in functions_of(event)]


def _function(event: Event, row: EventFunction) -> dict[str, Any]:
    from_at, until_at = local(event, row.from_at), local(event, row.until_at)
    more = "" if from_at.date() == until_at.date() else f" (+{(until_at.date() - from_at.date()).days})"
    return {
        "function": row.name, "on": from_at.date().isoformat(), "time": f"{from_at:%H:%M}–{until_at:%H:%M}{more}",
        "hall": row.hall.name if row.hall else "", "hall_en": (row.hall.name_en or row.hall.name) if row.hall else "", "setup": row.setup,
        "persons": row.persons or "", "tables": row.tables or "", "spare": row.spare_tables or "", "decoration": row.decoration,
    }


def _count(line: EventLine, units: Decimal) -> tuple[str, str]:
    """The quantity in Chinese and English: 30 桌 | 30 tables."""
    unit = {"table": ("桌", "tables"), "person": ("位", "persons"), "piece": ("", "")}[line.basis]
    return tuple(f"{_number(units)} {word}".strip() for word in unit)  # type: ignore[return-value]  # two words


def _lines(event: Event, level: str) -> list[tuple[EventLine, dict[str, Any]]]:
    """Each line with its row for a paper, quantities at this level."""
    lines = lines_of(event)
    found = []
    for line, sum_ in zip(lines, priced(event, lines), strict=True):
        zh, en = _count(line, sum_.units(level))
        found.append((line, {
            "text": line.text, "text_en": line.text_en or line.text, "function": line.function.name if line.function else "", "count": zh,
            "count_en": en, "details": "、".join(line.details.splitlines()), "rate": money(line.price),
            "charge": money(sum_.amount(level)), "department": line.department,
        }))
    return found


def _picked(row: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: row[key] for key in keys if key in row}


def _signs(event: Event) -> list[dict[str, Any]]:
    orders = ArtOrder.objects.of(event.hotel_id).filter(about_kind="event", about_id=str(event.pk), cancelled_at__isnull=True)
    found = []
    for row in orders.order_by("ordered_at", "id"):
        words = {}
        for lang, mark in (("zh-hans", ""), ("en", "_en")):
            with override(lang):
                words[f"sort{mark}"] = str(row.get_item_display())
        text = " / ".join(part for part in (row.text_zh, row.text_en) if part)
        found.append({**words, "text": text, "size": row.size, "place": row.place})
    return found


def _rooms(event: Event) -> list[dict[str, Any]]:
    if event.booking is None:
        return []
    return [
        {"type": line.room_type.name, "type_en": line.room_type.name_en, "from": line.from_on.isoformat(), "until": line.until_on.isoformat(),
         "rooms": line.rooms, "use": line.use}
        for line in rooms_lines(event.booking)
    ]


def _deposits(event: Event) -> str:
    said = []
    for row in event.deposits.filter(dropped_at__isnull=True).order_by("due_on", "id"):
        came = f" ✓ {row.received_on} {row.receipt}" if row.received_on else ""
        said.append(f"{row.label} {money(row.amount)} {row.due_on.isoformat()}{came}")
    return "；".join(said)


def order_content(event: Event) -> dict[str, Any]:
    """What stands on the event order as it would be issued now."""
    rows, total = _lines(event, pricing.GUARANTEED), pricing.total(priced(event), pricing.GUARANTEED, event.service_percent)
    foods = (EventLine.Part.MENU, EventLine.Part.DRINKS)
    return {
        "event": event.number, "name": event.name, "kind_of_event": event.kind, "client": event.client.name if event.client else event.organiser,
        "organiser": event.contact or event.organiser, "phone": event.phone, "occasion": event.occasion,
        "seller": event.seller.name if event.seller else "", "banquet_host": event.banquet_host, "days": _days(event),
        "functions": _functions(event),
        "menus": [_picked(row, "text", "text_en", "function", "count", "count_en", "details") for line, row in rows if line.part in foods],
        "arrangements": [
            _picked(row, "text", "text_en", "function", "count", "count_en", "details", "department")
            for line, row in rows if line.part in (EventLine.Part.EQUIPMENT, EventLine.Part.EXTRA)
        ],
        "signs": _signs(event), "rooms": _rooms(event), "flowers": event.flowers, "security": event.security, "parking": event.parking,
        "luggage": event.luggage, "staff_meals": event.staff_meals, "driver_meals": event.driver_meals, "requests": event.requests,
        "charges": [_picked(row, "text", "text_en", "function", "count", "count_en", "rate", "charge") for _line, row in rows],
        "service": money(total.service) if total.service else "", "total": money(total.total), "deposits": _deposits(event), "payment": event.payment,
        "signers": event.signers, "agreed": event.agreed_how, "issued_by": event.seller.name if event.seller else "",
    }


def quotation_content(event: Event, *, valid_until_on: date, remarks: str, now: datetime) -> dict[str, Any]:
    """What stands on the quotation, in the client's language where it has one."""
    total = pricing.total(priced(event), pricing.ESTIMATED, event.service_percent)
    rows = _lines(event, pricing.ESTIMATED)
    english = event.lang.startswith("en")
    menus = [
        f"{line.text_en if english and line.text_en else line.text}: {'、'.join(line.details.splitlines())}" for line, _row in rows if line.menu_id
    ]
    return {
        "to": event.client.name if event.client else event.organiser or event.name, "attention": event.contact, "event": event.number,
        "name": event.name, "days": _days(event), "lang": event.lang, "valid_until": valid_until_on.isoformat(),
        "functions": [{key: row[key] for key in SHOWN_TO_CLIENT} for row in _functions(event)],
        "lines": [_picked(row, "text", "text_en", "function", "count", "count_en", "rate", "charge") for _line, row in rows],
        "net": money(total.net) if total.service else "", "service": money(total.service) if total.service else "", "total": money(total.total),
        "deposits": _deposits(event), "cancellation": cancellation_terms(event, now, event.lang), "menus": "；".join(menus), "remarks": remarks,
        "issued_by": event.seller.name if event.seller else "",
    }


def cancellation_terms(event: Event, now: datetime, lang: str) -> str:
    """The steps of the standard's table in words."""
    editions = editions_of(event.hotel_id)
    steps: list[list[Any]] = []  # [percent, from, until] days before
    for days in range(FURTHEST_STEP + 1):
        row = rulebook.look_up(editions, CLAUSE, "cancellation", {"days_ahead": days}, now)
        percent = row.get("percent") if row else None
        if steps and steps[-1][0] == percent:
            steps[-1][2] = days
        elif percent is not None:
            steps.append([percent, days, days])
    said = []
    with override(lang):
        for percent, first, last in reversed(steps):
            named = {"percent": percent, "first": first, "last": last}
            if last == FURTHEST_STEP:
                said.append(_("%(first)s days before or earlier: %(percent)s%% of the total") % named)
            else:
                said.append(_("%(first)s to %(last)s days before: %(percent)s%%") % named)
    return ("; " if lang.startswith("en") else "；").join(said)


def attrs_for_copies(event: Event, now: datetime) -> dict[str, Any]:
    """What decides who gets a copy and until when."""
    attrs = attrs_of(event, now)
    return {
        "important": False, "meals": any(line.part == EventLine.Part.MENU for line in lines_of(event)), "collection": False,
        "same_day_arrival": event.on <= local(event, now).date(), "arrival_at": event.starts_at, "days_ahead": attrs["days_ahead"],
        "signs": bool(_signs(event)), **size_of(event, now),
    }


def order_of(event: Event) -> Paper | None:
    """The event order in force, if one was issued."""
    return _paper(event, ORDER)


def _paper(event: Event, kind: str) -> Paper | None:
    rows = Paper.objects.of(event.hotel_id).filter(kind=kind, about_kind="event", about_id=str(event.pk), voided_at__isnull=True)
    found: Paper | None = rows.first()
    return found


def issue(event: Event, *, by: Actor, now: datetime) -> Paper:
    """Issue the order; again it is the same paper (inside a verb). Raises GateRefused."""
    needs = {"gm_signed": event.gm_signed_at is not None, "definite": event.state == Event.State.DEFINITE}
    paper: Paper = papers.issue(
        event.hotel, kind=ORDER, about=event.subject, title=event.name, content=order_content(event), attrs=attrs_for_copies(event, now), needs=needs,
        by=by, now=now,
    )
    return paper


@verb("events.edit")
def issue_quotation(event: Event, *, valid_until_on: date, remarks: str, by: Actor, now: datetime) -> tuple[Paper, int]:
    """Put the quotation on paper: (paper, its revision); the same offer again is the same revision."""
    house, attrs = for_the_house(by), attrs_for_copies(event, now)
    content = quotation_content(event, valid_until_on=valid_until_on, remarks=remarks, now=now)
    paper = _paper(event, QUOTATION)
    if paper is None:
        paper = papers.issue(event.hotel, kind=QUOTATION, about=event.subject, title=event.name, content=content, attrs=attrs, needs={}, by=house,
            now=now)
    else:
        papers.revise(paper, content=content, attrs=attrs, by=house, now=now)
    paper.refresh_from_db()
    return paper, paper.latest


def follow_change(event: Event, *, by: Actor, now: datetime) -> Revision | None:
    """Carry a change to those who hold the order: revision n+1, signed again only where a department's fields changed.

    None when no order is out, or nothing on it is different. Called inside the verb that changes.
    """
    order = order_of(event)
    if order is None:
        return None
    event = fresh(event)
    revision: Revision | None = papers.revise(
        order, content=order_content(event), attrs=attrs_for_copies(event, now), by=for_the_house(by), now=now
    )
    return revision


def follow_cancellation(event: Event, *, reason: str, told_by: str, told_how: str, by: Actor, now: datetime) -> Paper | None:
    """Tell everybody who holds the order that the event is cancelled; all sign, and the order is void."""
    order = order_of(event)
    quotation = _paper(event, QUOTATION)
    house = for_the_house(by)
    if quotation is not None:
        papers.void(quotation, reason="cancelled", by=house, now=now)
    if order is None:
        return None
    first: Revision = order.revisions.get(number=1)
    content = {
        "kind": "cancel", "original": order.number, "original_revision": order.latest,
        "original_on": first.issued_at.astimezone(zone_of(event)).date().isoformat(), "group": event.name,
        "client": event.client.name if event.client else event.organiser, "arrival": _days(event), "reason": reason, "told_by": told_by,
        "told_how": told_how, "told_at": local(event, now).strftime("%Y-%m-%d %H:%M"),
        "charge": money(event.cancel_charge) if event.cancel_charge else "", "items": [], "issued_by": event.seller.name if event.seller else "",
    }
    attrs = {**attrs_for_copies(event, now), "meals": any(copy.department == "fnb" for copy in current_copies(order))}
    notice: Paper = papers.issue_change(order, cancel=True, content=content, attrs=attrs, concerned=(), by=house, now=now)
    return notice
