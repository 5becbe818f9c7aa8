"""A booking's papers: what stands on them, and how they follow the booking (booking.form-…, booking.change-notice)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from guiju.bookings.actions.steps import for_the_house
from guiju.bookings.blocks import held_block
from guiju.bookings.lines import all_types
from guiju.bookings.models import Booking, Change
from guiju.bookings.stay import arrival_at, has_meals, lines_of, same_day_arrival, zone_of
from guiju.bookings.words import field_name, shown
from guiju.duties.owners import head_post
from guiju.house.facts import DEPARTMENTS
from guiju.logbook.verbs import verb
from guiju.notices.actions import tell
from guiju.papers import actions as papers
from guiju.papers.actions.issuing import current_copies
from guiju.papers.models import Paper, Revision
from guiju.shelf.actor import Actor
from guiju.shelf.errors import GateRefused, Refusal

KINDS = {Booking.Kind.GROUP: "group_schedule", Booking.Kind.ON_ACCOUNT: "reservation_form", Booking.Kind.FIT_CASH: "reservation_form"}
EARNED = (Booking.State.CONFIRMED, Booking.State.ARRIVED)


def _moment(at: datetime | None, booking: Booking) -> str:
    return at.astimezone(zone_of(booking)).strftime("%Y-%m-%d %H:%M") if at else ""


def _when(on: date, clock: Any, how: str) -> str:
    return " ".join(part for part in (on.isoformat(), clock.strftime("%H:%M") if clock else "", how) if part)


def _money(amount: Any) -> str:
    return f"{amount:,.2f}".removesuffix(".00")


def _rate(line: Any) -> str:
    amounts = [night["amount"] for night in line.nightly]
    shown = dict.fromkeys(str(amount).removesuffix(".00") for amount in amounts)
    return " / ".join(shown)


def _rooms(booking: Booking) -> list[dict[str, Any]]:
    return [
        {
            "type": line.room_type.name, "from": line.from_on.isoformat(), "until": line.until_on.isoformat(),
            "type_en": line.room_type.name_en, "extra_beds": line.extra_beds, "breakfasts": line.breakfasts,
            "rooms": line.rooms, "use": line.use, "rate": "" if booking.rate_confidential else _rate(line),
        }
        for line in lines_of(booking)
    ]


def _meals(booking: Booking) -> list[dict[str, Any]]:
    rows = booking.meal_plan.filter(removed_at__isnull=True).order_by("on", "time", "id")
    return [
        {
            "on": row.on.isoformat(), "meal": row.meal, "time": row.time.strftime("%H:%M") if row.time else "",
            "place": row.place, "persons": row.persons, "escorts": row.escorts or "", "standard": row.standard,
            "style": row.style, "diet": row.diet,
        }
        for row in rows
    ]


def _payer(booking: Booking) -> str:
    return "；".join(f"{key}: {value}" for key, value in sorted(booking.payer_split.items()))


def _common(booking: Booking) -> dict[str, Any]:
    contact = booking.contact
    return {
        "booking": booking.number, "booked_on": booking.created_at.astimezone(zone_of(booking)).date().isoformat(),
        "client": booking.client.name if booking.client else "", "agreement": booking.agreement.number if booking.agreement else "",
        "contact": contact.name if contact else "", "phone": contact.phone if contact else "",
        "nationality": booking.nationality, "persons": booking.persons,
        "arrival": _when(booking.arrival_on, booking.arrival_time, booking.arrival_by),
        "departure": _when(booking.departure_on, booking.departure_time, booking.departure_by),
        "payment": booking.payment, "payer": _payer(booking), "requests": booking.requests,
        "total": "" if booking.rate_confidential else _money(booking.total), "rooms": _rooms(booking), "meals": _meals(booking),
        "issued_by": booking.seller.name if booking.seller else "",
    }


def reservation_content(booking: Booking) -> dict[str, Any]:
    """What stands on the reservation form."""
    return {
        **_common(booking), "guest": booking.name, "hold_until": _moment(booking.hold_until_at, booking),
        "guarantee": booking.guarantee, "collection": "；".join(f"{key}: {value}" for key, value in sorted(booking.collection.items())),
        "confidential": booking.rate_confidential,
    }


def group_content(booking: Booking) -> dict[str, Any]:
    """What stands on the group lodging and meal schedule."""
    people: dict[str, list[str]] = {}
    for one in booking.escort_people.filter(removed_at__isnull=True).order_by("id"):
        people.setdefault("leader" if one.role == "leader" else "guides", []).append(f"{one.name} {one.phone}".strip())
    return {
        **_common(booking), "group": booking.name, "tour_code": booking.tour_code, "escorts": booking.escorts or "",
        "important": booking.is_important, "reason": booking.important_reason, "free_beds": booking.free_beds or "",
        "leader": "；".join(people.get("leader", [])), "guides": "；".join(people.get("guides", [])),
        "liaison": booking.liaison.name if booking.liaison else "", "wake_up": booking.details.get("wake_up", ""),
        "luggage": booking.details.get("luggage", ""),
        "services": [
            {"department": row.department, "text": row.text, "at": _moment(row.at, booking)}
            for row in booking.service_lines.filter(dropped_at__isnull=True).exclude(service="meal_time").order_by("ordered_at", "id")
        ],
        **_guests(booking),
    }


def _guests(booking: Booking) -> dict[str, Any]:
    """The rooming list, and what the desk counts in it: men, women, and how many of each nationality."""
    rows = list(booking.guests.filter(removed_at__isnull=True).select_related("room_type").order_by("order"))
    sexes, nations = Counter(row.gender for row in rows), Counter(row.nationality for row in rows if row.nationality)
    return {
        "men": sexes["m"] or "", "women": sexes["f"] or "",
        "nationalities": "；".join(f"{name} {count}" for name, count in nations.most_common()) if len(nations) > 1 else "",
        "guests": [
            {
                "name": row.name, "gender": row.gender, "nationality": row.nationality, "share": row.share, "room": row.room_number,
                "type": row.room_type.name if row.room_type else "", "type_en": row.room_type.name_en if row.room_type else "",
                "remarks": row.remarks,
            }
            for row in rows
        ],
    }


def content_of(booking: Booking, kind: str) -> dict[str, Any]:
    """The content of one of the booking's papers as it would be issued now."""
    if kind == "group_schedule":
        return group_content(booking)
    return letter_content(booking) if kind == "confirmation_letter" else reservation_content(booking)


def letter_content(booking: Booking) -> dict[str, Any]:
    """What stands on the confirmation letter, in the client's language."""
    lang = booking.client.lang if booking.client else "zh-hans"
    meals = "；".join(f"{meal['on']} {meal['meal']} {meal['time']} {meal['persons']}" for meal in _meals(booking))
    with override(lang):
        agreement = booking.agreement
        cancellation = (
            _("Free of charge until %(days)s days before arrival.") % {"days": agreement.cancel_days}
            if agreement else _("Rooms not guaranteed are held until the stated time.")
        )
    found = _common(booking)
    return {
        **{key: found[key] for key in ("booking", "arrival", "departure", "rooms", "payment", "total", "issued_by")},
        "to": found["client"] or booking.name, "attention": found["contact"], "fax": booking.client.fax if booking.client else "",
        "guest": booking.name, "tour_code": booking.tour_code, "meals_text": meals,
        "hold_until": _moment(booking.hold_until_at, booking), "guarantee": booking.guarantee, "cancellation": cancellation,
        "remarks": booking.requests, "lang": lang,
    }


def attrs_of(booking: Booking, now: datetime) -> dict[str, Any]:
    """What decides who gets a copy and until when."""
    return {
        "important": booking.is_important, "meals": has_meals(booking), "collection": bool(booking.collection),
        "same_day_arrival": same_day_arrival(booking, now), "arrival_at": arrival_at(booking),
    }


def form_of(booking: Booking) -> Paper | None:
    """The booking's form in force, if one was issued."""
    about = booking.subject
    found: Paper | None = (
        Paper.objects.of(booking.hotel_id)
        .filter(kind=KINDS[Booking.Kind(booking.kind)], about_kind=about[0], about_id=about[1], voided_at__isnull=True)
        .first()
    )
    return found


def _fresh(booking: Booking) -> Booking:
    found: Booking = Booking.objects.select_related("hotel", "client", "agreement", "contact", "seller", "liaison").get(pk=booking.pk)
    return found


@verb("papers.issue")
def issue_form(booking: Booking, *, by: Actor, now: datetime) -> Paper:
    """Issue the reservation form or the group schedule of a confirmed booking; again it is the same paper.

    An individual without agreement gets one on demand, for its hold-until. Raises Refusal before confirmation,
    GateRefused (booking.liaison-named, booking.named-receivers).
    """
    booking = _fresh(booking)
    if booking.state not in EARNED:
        raise Refusal(_("The form is issued once the booking is confirmed."), code="wrong_state", state=booking.state)
    kind = KINDS[Booking.Kind(booking.kind)]
    needs = {"liaison_named": booking.liaison_id is not None}
    return papers.issue(
        booking.hotel, kind=kind, about=booking.subject, title=booking.name, content=content_of(booking, kind),
        attrs=attrs_of(booking, now), needs=needs, by=by, now=now,
    )


@verb("papers.issue")
def issue_letter(booking: Booking, *, by: Actor, now: datetime) -> Paper:
    """Issue the confirmation letter against held rooms (group.availability-first)."""
    booking = _fresh(booking)
    return papers.issue(
        booking.hotel, kind="confirmation_letter", about=booking.subject, title=booking.name,
        content=letter_content(booking), attrs=attrs_of(booking, now),
        needs={"rooms_held": held_block(booking) is not None}, by=by, now=now,
    )


def follow_change(booking: Booking, change: Change | None, *, by: Actor, now: datetime) -> Paper | None:
    """Carry a change to exactly those who hold the form, and whom it brings in: revision n+1 and its notice.

    None when no form was issued, or when nothing on it is different. Called inside the verb that changes.
    """
    booking = _fresh(booking)
    form = form_of(booking)
    if form is None:
        return None
    house = for_the_house(by)
    held = current_copies(form)
    before = {copy.department for copy in held}
    attrs = attrs_of(booking, now)
    had_meals = bool(form.revisions.get(number=form.latest).content.get("meals"))
    revision = papers.revise(form, content=content_of(booking, form.kind), attrs=attrs, by=house, now=now)
    if revision is None:
        return None
    form.refresh_from_db()
    brought_in = {copy.department for copy in current_copies(form)} - before
    concerned = {name for item in revision.differences for name in item["departments"]} & (before | brought_in) | brought_in

    def issue() -> Paper:
        notice: Paper = papers.issue_change(
            form, cancel=False, content=_notice(booking, form, revision.differences, change), concerned=concerned, holders=held,
            attrs={**attrs, "meals": attrs["meals"] or had_meals}, by=house, now=now,
        )
        return notice

    return issue() if change is None else _or_wait(issue, booking, change, now)


def _or_wait(issue: Callable[[], Paper], booking: Booking, change: Change, now: datetime) -> Paper | None:
    """The notice of a change; None when a department has nobody who may sign for it.

    The clause holds back the paper, not what the client said (booking.named-receivers): the change is written, its notice
    waits and stays owed (booking.change-notice), and the department's head is told to name somebody.
    """
    try:
        notice = issue()
    except GateRefused as refusal:
        missing = tuple(refusal.details.get("departments", ()))
        if not missing or any(need != "receivers_named" for one in refusal.verdict.refusals for need in one.missing):
            raise
        change.waits_for = missing
        for department in missing:
            tell(
                booking.hotel_id, post=head_post(department), key=f"receiver:{change.pk}:{department}", urgency="late", now=now,
                text="Nobody is named to sign for %(department)s: the change notice of %(number)s waits",
                values={"department": DEPARTMENTS[department][0], "number": booking.number}, url="/house/receivers/", about=booking.subject,
            )
        if change.by_id is not None:
            tell(
                booking.hotel_id, person_id=change.by_id, key=f"receiver:{change.pk}", urgency="soon", now=now,
                text="The change notice of %(number)s waits: issue it once somebody signs for %(department)s",
                values={"department": "、".join(DEPARTMENTS[one][0] for one in missing), "number": booking.number},
                url=f"/bookings/{booking.pk}/history/#changes", about=booking.subject,
            )
        return None
    Change.objects.filter(pk=change.pk).update(noticed_at=now)
    return notice


@verb("papers.issue")
def issue_notice(change: Change, *, by: Actor, now: datetime) -> Paper:
    """Issue the notice of a change that has none yet (booking.change-notice): nothing on the form was different, and
    everybody who holds it is told and signs; or it waited for a receiver, and goes to whom it would have gone.

    Raises Refusal when no form is out or the notice is, GateRefused while the receiver is not named.
    """
    booking = _fresh(change.booking)
    form = form_of(booking)
    if form is None:
        raise Refusal(_("No form of this booking is out; nobody has to be told."), code="no_form")
    if change.noticed_at is not None:
        raise Refusal(_("The notice of this change is out."), code="noticed")
    if change.what == "cancel":
        return _cancel_notice(booking, form, change, by=by, now=now)
    held = current_copies(form)
    departments = [copy.department for copy in held if not copy.archive]
    waited: Revision | None = form.revisions.filter(issued_at=change.at, number__gt=1).first()
    if waited is not None:
        before = set(form.copies.filter(revision__number=waited.number - 1).values_list("department", flat=True))
        named = {name for item in waited.differences for name in item["departments"]} & set(departments)
        concerned = named | (set(departments) - before)
        notice: Paper = papers.issue_change(
            form, cancel=False, content={**_notice(booking, form, waited.differences, change), "original_revision": waited.number - 1},
            concerned=concerned, holders=held, attrs=attrs_of(booking, now), by=for_the_house(by), now=now,
        )
        Change.objects.filter(pk=change.pk).update(noticed_at=now)
        return notice
    items = [{**_said(booking, change, name), "departments": departments} for name in change.fields]
    content = {**_notice(booking, form, items, change), "original_revision": form.latest}
    notice = papers.issue_change(
        form, cancel=False, content=content, concerned=set(departments), holders=held, attrs=attrs_of(booking, now), by=for_the_house(by), now=now
    )
    Change.objects.filter(pk=change.pk).update(noticed_at=now)
    return notice


def _said(booking: Booking, change: Change, name: str) -> dict[str, str]:
    """One field of a change in both languages, as a notice carries it."""
    said: dict[str, str] = {}
    for lang, mark in (("zh-hans", ""), ("en", "_en")):
        with override(lang):
            types = {str(pk): kind.shown for pk, kind in all_types(booking.hotel_id).items()}
            said[f"label{mark}"] = field_name(name)
            for which, values in (("old", change.old), ("new", change.new)):
                said[f"{which}{mark}"] = "; ".join(shown(name, values.get(name), types))
    return said


def follow_cancellation(booking: Booking, change: Change, *, by: Actor, now: datetime) -> Paper | None:
    """Tell everybody who holds the form that it is cancelled; all sign, and the form is void."""
    booking = _fresh(booking)
    form = form_of(booking)
    if form is None:
        return None
    return _or_wait(lambda: _cancel_notice(booking, form, change, by=by, now=now), booking, change, now)


def _cancel_notice(booking: Booking, form: Paper, change: Change, *, by: Actor, now: datetime) -> Paper:
    last: Revision = form.revisions.get(number=form.latest)
    attrs = {**attrs_of(booking, now), "meals": bool(last.content.get("meals"))}
    notice: Paper = papers.issue_change(
        form, cancel=True, content=_notice(booking, form, (), change), attrs=attrs, concerned=(), by=for_the_house(by), now=now
    )
    Change.objects.filter(pk=change.pk).update(noticed_at=now)
    return notice


def _notice(booking: Booking, form: Paper, differences: Iterable[dict[str, Any]], change: Change | None) -> dict[str, Any]:
    cancel = change is not None and change.what == "cancel"
    return {
        "kind": "cancel" if cancel else "change", "original": form.number, "original_revision": form.latest - (0 if cancel else 1),
        "original_on": _moment(form.revisions.get(number=1).issued_at, booking)[:10],
        "group": booking.name, "client": booking.client.name if booking.client else "",
        "arrival": _when(booking.arrival_on, booking.arrival_time, booking.arrival_by),
        "departure": _when(booking.departure_on, booking.departure_time, booking.departure_by),
        "reason": change.reason if change else "", "told_by": change.told_by if change else "",
        "told_how": change.told_how if change else "", "told_at": _moment(change.told_at, booking) if change else "",
        "charge": _money(change.charge) if cancel and change and change.charge else "",
        "in_time": change.in_time if cancel and change else "",
        "items": [
            {
                "field": item["label"], "old": item["old"], "new": item["new"], "departments": list(item["departments"]),
                "field_en": item.get("label_en", ""), "old_en": item.get("old_en", ""), "new_en": item.get("new_en", ""),
            }
            for item in differences
        ],
        "issued_by": booking.seller.name if booking.seller else "",
    }
