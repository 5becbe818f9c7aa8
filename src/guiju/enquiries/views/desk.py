"""The enquiry desk: the queue, a request with its original and points, its answer, the original's file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.duties.queries import duties_of
from guiju.enquiries import about, marking, points, queries, saying, scan_words, wanted
from guiju.enquiries.actions import drafting
from guiju.enquiries.actions.taking import LIVE
from guiju.enquiries.models import Enquiry, Reply
from guiju.enquiries.offering import offer_of, written_offer
from guiju.enquiries.views.words import CHANNEL_ICONS, channel_words, reply_channels, reply_kinds
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.house.lists import downloaded
from guiju.house.models import Person
from guiju.house.rights import posts_with
from guiju.rooms import queries as rooms
from guiju.rooms.models import BlockNight
from guiju.shelf.errors import Invalid

SEGMENTS = ("fax", "mail", "phone")


@page("enquiries.view", methods=("GET",))
def queue(request: Asked) -> HttpResponse:
    """What waits for an answer, by time left."""
    parts = queue_parts(request)
    if request.GET.get("export"):
        return downloaded(request, parts["queue"], _queue_columns(), "enquiries")
    today = queries.answered_today(request.hotel, request.now)
    return render(request, "enquiries/queue.html", {**parts, "today": today})


def _queue_columns() -> list[Any]:
    return [
        (_("Number"), "enquiry.number"), (_("Client"), lambda item: item.enquiry.client_name or item.enquiry.contact_name),
        (_("Came by"), lambda item: channel_words(item.enquiry.channel)), (_("Asked for"), "enquiry.said"), (_("Received"), "enquiry.received_at"),
        (_("Handled by"), lambda item: item.enquiry.handler.name if item.enquiry.handler else ""),
        (_("Due"), lambda item: item.duty.due_at if item.duty else None), (_("Stands"), _standing),
    ]


def _standing(item: queries.Waiting) -> str:
    """What the last line of its card says."""
    if item.on_its_way and item.reply is not None:
        return _("mail waiting to leave") if item.reply.channel == "mail" else _("receipt not entered")
    if item.enquiry.waiting_since_at:
        return _("client is thinking")
    return "" if item.enquiry.taken_at else _("nobody has it")


def queue_parts(request: Asked) -> dict[str, Any]:
    """The queue beside or instead of a request."""
    channel = request.GET.get("channel", "")
    channel = channel if channel in points.CHANNELS else ""
    waiting = queries.queue(request.hotel.pk, request.now, channel=channel)
    types, today = rooms.open_types(request.hotel.pk), timezone.localtime(request.now).date()
    for item in waiting:
        item.enquiry.said = saying.summary(item.enquiry, types, today)
        item.enquiry.icon = CHANNEL_ICONS.get(item.enquiry.channel, "mail")
    return {
        "queue": waiting,
        "channel": channel,
        "types": types,
        "segments": [(name, channel_words(name)) for name in SEGMENTS],
    }


def picked(request: Asked, pk: UUID) -> Enquiry:
    """The request of this hotel with this key."""
    rows = Enquiry.objects.select_related(
        "hotel", "client", "contact", "agreement", "handler", "message__file", "merged_into", "about", "about_booking"
    )
    replied = Exists(Reply.objects.filter(enquiry=OuterRef("pk")))
    found: Enquiry = rows.annotate(was_replied=replied, **about.there()).pick(request.hotel.pk, pk)
    return found


@page("enquiries.view", methods=("GET",))
def enquiry(request: Asked, pk: UUID) -> HttpResponse:
    """One request: original beside its points, the client, the replies so far."""
    return show_enquiry(request, picked(request, pk))


def show_enquiry(
    request: Asked,
    row: Enquiry,
    *,
    errors: dict[str, list[str]] | None = None,
    entered: dict[str, str] | None = None,
) -> HttpResponse:
    """The page of a request, with what is wrong beside each field (422)."""
    found = points.points_of(row)
    wrong, given = errors or {}, entered or {}
    # a request that is still open was never booked: no need to look
    booking = None if row.state == Enquiry.State.OPEN else queries.live_booking(row)
    waiting = queue_parts(request)
    today = timezone.localtime(request.now).date()
    shown = [
        {
            "point": point,
            "said": saying.point(point, waiting["types"], today),
            "errors": wrong.get(point.name, []),
            "entered": given.get(point.name, point.raw),
        }
        for point in found
    ]
    known = {point.name for point in found}
    parts = {
        "enquiry": row,
        "icon": CHANNEL_ICONS.get(row.channel, "mail"),
        "channel_text": channel_words(row.channel),
        "points": shown,
        "errors": wrong,
        "other_errors": [text for name, texts in wrong.items() if name not in known for text in texts],
        "entered": given,
        "to_check": len(points.unsettled(row)),
        "settled": sum(point.settled for point in found),
        "pieces": marking.pieces(row.message.text, found) if row.message and row.message.text else [],
        "scan": scan_words.shown_of(row.message, found),
        "likely": [] if row.client_id else queries.likely_clients(row),
        "same": queries.same_request(row) if row.form == "request" and row.state in queries.QUEUE else [],
        "booking": booking,
        "replies": queries.replies_of(row) if getattr(row, "was_replied", True) else [],
        "duty": _duty(request, row, waiting["queue"]),
        "colleagues": _colleagues(request) if row.state in queries.QUEUE else [],
        "inline_image": _is(row, "image/png", "image/jpeg"),
        "inline_pdf": _is(row, "application/pdf"),
        "is_open": row.state in LIVE,
        **about.parts_of(row, waiting["queue"]),
    }
    return render(request, "enquiries/enquiry.html", {**waiting, **parts}, status=422 if errors else 200)


def _is(row: Enquiry, *mimes: str) -> bool:
    file = row.message.file if row.message else None
    return bool(file and file.mime in mimes and not file.is_sealed)


def _duty(request: Asked, row: Enquiry, waiting: list[queries.Waiting]) -> Any:
    """The clock of this request: as in the queue, or the one it had when it was answered."""
    running = next((item.duty for item in waiting if item.enquiry.pk == row.pk), None)
    if running is not None:
        return running
    found = duties_of(row.hotel_id, row.subject, request.now)
    ranked = sorted(
        found, key=lambda duty: (duty.clause != queries.REPLY_CLAUSE, duty.met_at is not None, duty.due_at)
    )
    return ranked[0] if ranked else None


def _colleagues(request: Asked) -> list[Person]:
    rows = Person.objects.filter(
        is_active=True,
        appointments__hotel_id=request.hotel.pk,
        appointments__until_at__isnull=True,
        appointments__post__in=posts_with("enquiries.handle"),
    )
    return list(rows.distinct().order_by("username")[:50])


@page("enquiries.view", methods=("GET",))
def answer(request: Asked, pk: UUID) -> HttpResponse:
    """Availability, price and the reply's draft: a page of its own, and the right half of the desk."""
    return show_answer(request, picked(request, pk))


def show_answer(
    request: Asked,
    row: Enquiry,
    *,
    errors: dict[str, list[str]] | None = None,
    entered: dict[str, str] | None = None,
) -> HttpResponse:
    """The answering half, with what is wrong beside each field (422) and what was typed kept."""
    now = request.now
    # a request that is still open was never booked: no need to look
    booking = None if row.state == Enquiry.State.OPEN else queries.live_booking(row)
    types = rooms.open_types(row.hotel_id)
    by_key = {kind.pk: kind for kind in types}
    table = _availability(row, booking, types)
    offer = written_offer(booking, by_key) if booking else offer_of(row, None, by_key, now=now)
    of = drafting.Known(types, booking, offer)
    draft = entered or _draft(request, row, of, fits=table is None or table.fits or booking is not None)
    parts = {
        "enquiry": row,
        "booking": booking,
        "table": table,
        "offer": offer,
        "draft": draft,
        "kinds": reply_kinds(),
        "channels": reply_channels(),
        "errors": errors or {},
        "needs_decision": wanted.needs_decision(row) and not (booking and booking.decision.get("accept")),
        "asked_rates": [
            (kind, (row.decision.get("rates") or {}).get(kind.code, ""))
            for kind in types
            if kind.code in row.rooms and not kind.is_escort
        ],
        "unsettled": points.unsettled(row),
        "is_open": row.state in LIVE,
        "form_errors": [
            text for name, texts in (errors or {}).items() if name not in FIELDS for text in texts
        ],
    }
    return render(request, "enquiries/answer.html", parts, status=422 if errors else 200)


FIELDS = frozenset(
    {"to", "body", "reason", "alternative", "spoken_to", "terms", "kind", "channel", "hold_until"}
)


def _availability(row: Enquiry, booking: Any, types: list[Any]) -> Any:
    try:
        lines = wanted.inventory(wanted.room_lines(row, types), types)
        return rooms.before_after(row.hotel_id, lines, held=_held(row, booking)) if lines else None
    except Invalid:
        return None


@page("enquiries.view", methods=("GET",))
def rivals(request: Asked, pk: UUID) -> HttpResponse:
    """Who else wants the same scarce nights: held rooms and open requests."""
    row = picked(request, pk)
    types = rooms.open_types(row.hotel_id)
    lines = wanted.inventory(wanted.room_lines(row, types), types)
    found = rooms.competing(row.hotel_id, lines, exclude=row.subject) if lines else []
    booking = queries.live_booking(row)
    mine = ("booking", str(booking.pk)) if booking is not None else None
    shown = [rival for rival in found if rival.about != mine]
    return render(request, "enquiries/rivals.html", {"enquiry": row, "rivals": shown})


def _held(row: Enquiry, booking: Any) -> dict[Any, int]:
    if booking is None:
        return {}
    nights = BlockNight.objects.of(row.hotel_id).filter(
        block__about_kind="booking", block__about_id=str(booking.pk)
    )
    return {
        (kind, night): number
        for kind, night, number in nights.exclude(block__state="released").values_list(
            "room_type_id", "night", "rooms"
        )
    }


def _draft(request: Asked, row: Enquiry, of: drafting.Known, *, fits: bool) -> dict[str, Any]:
    kind, lang = request.GET.get("kind", ""), request.GET.get("lang", "")
    if row.draft and not kind and not lang:
        kept = {**row.draft.get("parts", {}), **row.draft}
        return {**kept, "channel": _channel(row), "to": row.reply_to}
    if kind not in Reply.Kind.values:
        kind = str(row.draft.get("kind") or "") or _usual(row, of.booking, fits)
    lang = lang if lang in ("zh-hans", "en") else row.lang
    seller, now = (lang == "en" and request.person.name_en) or request.actor.name, request.now
    found = drafting.compose(row, of, kind=kind, lang=lang, seller=seller, now=now)
    return {**found.parts, **found.as_dict(), "channel": _channel(row), "to": row.reply_to}


def _usual(row: Enquiry, booking: Any, fits: bool) -> str:
    if not fits:
        return str(Reply.Kind.COUNTER_OFFER)
    decided = not wanted.needs_decision(row) or bool(booking and booking.decision.get("accept"))
    return str(Reply.Kind.CONFIRMATION if decided else Reply.Kind.QUOTATION)


def _channel(row: Enquiry) -> str:
    if "@" in row.reply_to:
        return "mail"
    return {"phone": "call", "walk_in": "call", "wechat": "wechat", "fax": "fax"}.get(row.channel, "mail")
