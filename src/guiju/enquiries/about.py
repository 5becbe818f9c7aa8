"""What stands beside a request: what it changes or cancels, what followed it, and what hung on its mail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from guiju.bookings.models import Booking
from guiju.enquiries import points
from guiju.enquiries.earlier import CHANGING, booking_of, candidates
from guiju.enquiries.models import Attachment, Enquiry, Message
from guiju.enquiries.queries import QUEUE, heard_of

COMPARED = (("arrival", "arrival_on"), ("departure", "departure_on"), ("persons", "persons"), ("rooms", "rooms"))


def there() -> dict[str, Exists]:
    """Whether anything followed a request, and whether anything hung on what came back on it: asked with the request itself."""
    after = Enquiry.objects.filter(Q(about=OuterRef("pk")) | Q(message__answers=OuterRef("pk")))
    hung = Attachment.objects.filter(message__answers=OuterRef("pk"))
    return {"was_followed": Exists(after), "was_hung": Exists(hung)}


def parts_of(row: Enquiry, waiting: Iterable[Any]) -> dict[str, Any]:
    """Context for `_about.html`, given the queue that stands beside the request: no query for a plain request."""
    heard = heard_of(row) if row.heard_at else []
    found: dict[str, Any] = {"followed_by": _followed(row, waiting, heard), "heard": heard}
    mail = (row.message.parent_id or row.message_id) if row.message is not None else None
    is_mail = row.message is not None and (row.channel == "mail" or row.message.mail_message_id or row.message.parent_id)
    came = [one.pk for one in heard] if getattr(row, "was_hung", True) else []
    hung = _hung(row, [mail, *came] if is_mail else came)
    found["attachments"] = hung.get(mail, []) if is_mail else []
    for one in heard:
        one.hung = hung.get(one.pk, [])  # type: ignore[attr-defined]  # for the template
    if row.form not in CHANGING:
        return found
    booking = row.about_booking or booking_of(row.hotel_id, row.about)
    found["about_booking"] = booking
    found["differences"] = _differences(row, booking) if row.form == "modification" else []
    found["about_candidates"] = [] if booking or row.about_id else candidates(row)
    return found


def _followed(row: Enquiry, waiting: Iterable[Any], heard: list[Message]) -> list[Enquiry]:
    """The requests that change or cancel this one; and what became of each letter that came back."""
    made: list[Enquiry] = []
    if (row.state not in QUEUE or heard) and getattr(row, "was_followed", True):
        which = Q(about=row) | Q(message__in=heard) if heard else Q(about=row)
        made = list(Enquiry.objects.of(row.hotel_id).filter(which).order_by("received_at")[:30])
    for one in heard:
        one.became = [request for request in made if request.message_id == one.pk]  # type: ignore[attr-defined]  # for the template
    if row.state in QUEUE:
        return [item.enquiry for item in waiting if item.enquiry.about_id == row.pk]
    return [request for request in made if request.about_id == row.pk][:10]


def _hung(row: Enquiry, mails: list[Any]) -> dict[Any, list[Attachment]]:
    """What hung on these mails: one query."""
    found: dict[Any, list[Attachment]] = {}
    if mails:
        for one in Attachment.objects.of(row.hotel_id).filter(message__in=mails).order_by("order"):
            found.setdefault(one.message_id, []).append(one)
    return found


def _differences(row: Enquiry, booking: Booking | None) -> list[dict[str, Any]]:
    """Old → new of what matters: against the booking where there is one, else against the earlier request."""
    old: Any = booking or row.about
    if old is None:
        return []
    shown = []
    for name, attribute in COMPARED:
        new, before = getattr(row, attribute), _before(old, attribute)
        if new in (None, {}, "") or new == before:
            continue
        shown.append({"label": points.LABELS[name], "old": points.show(before), "new": points.show(new)})
    return shown


def _before(old: Any, attribute: str) -> Any:
    if attribute != "rooms" or isinstance(old, Enquiry):
        return getattr(old, attribute)
    rooms: dict[str, int] = {}
    for line in old.rooms.filter(removed_at__isnull=True).select_related("room_type"):
        rooms[line.room_type.code] = max(rooms.get(line.room_type.code, 0), line.rooms)
    return rooms
