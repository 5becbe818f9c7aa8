"""Halls taken: held as an option or definite, confirmed, moved, given back. Slots move in the same step.

Nobody looks and then writes. A function writes one row for each section of its hall and quarter of an hour, and the
database has each of them once (FunctionSlot); if one is there already, everything since the savepoint is undone.
`queries.proof` proves that the slots are those of the functions. Implements event.function-space.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from guiju.duties.gates import gate, verdict
from guiju.function_space.actions.freed import tell_waiting
from guiju.function_space.models import Function, FunctionSlot, Hall, HallSection, Style
from guiju.function_space.queries.space import clashes, halls_of, instead
from guiju.function_space.refusing import HallTaken
from guiju.function_space.spans import LONGEST, Span, checked
from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.rooms.actions.door import insert
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Missing, Refusal

State = Function.State
OPTION, DEFINITE, OUT = State.OPTION, State.DEFINITE, State.OUT_OF_ORDER
KEEP: Final[Any] = object()  # "leave it as it is", where None means something
CHANGEABLE = ("label", "persons", "style", "remarks", "handler_id")

# What rooms above do when a function of theirs lapsed: (function, by, now), in the same step.
on_lapse: list[Callable[[Function, Actor, datetime], None]] = []


class Clash(Exception):
    """A quarter of an hour was taken: what was written since the savepoint is undone."""


@verb("function_space.hold")
def hold(
    hotel: Hotel,
    *,
    hall: Hall,
    from_at: datetime,
    until_at: datetime,
    label: str,
    setup_minutes: int | None = None,
    turn_minutes: int | None = None,
    about: tuple[str, str] | None = None,
    option_until_at: datetime | None = None,
    persons: int | None = None,
    style: str = "",
    remarks: str = "",
    handler_id: UUID | None = None,
    by: Actor,
    now: datetime,
) -> Function:
    """Take a hall: as an option that lapses by itself at `option_until_at`, without it definite. The same again is the same function.

    Set-up and clearing are the hall's unless given. `about` is (kind, id) of what it is for, by default the function
    itself. Raises HallTaken (409, `clash`, `free`) with nothing changed, Invalid at the field. Implements event.function-space.
    """
    span = _span(hall, from_at, until_at, setup_minutes, turn_minutes)
    clean = _details(label=label, persons=persons, style=style, remarks=remarks, handler_id=handler_id or by.person_id)
    if span.until_at <= now:
        raise Invalid(errors={"until_at": [_("This time has passed.")]})
    if option_until_at is not None:
        _check_option(option_until_at, from_at, now)
    row = Function(hotel_id=hotel.pk, state=DEFINITE if option_until_at is None else OPTION, option_until_at=option_until_at,
                   created_at=now, updated_at=now, **clean)
    row.about_kind, row.about_id = (about[0], str(about[1])) if about else ("function", str(row.pk))
    present = _take(hotel, row, hall, span, now=now)
    if present is not None:
        return present
    note("function.held", *subjects_of(row), **attrs_of(row, hall))
    return row


@verb("function_space.hold")
def confirm(function: Function, *, by: Actor, now: datetime) -> Function:
    """An option becomes definite; a definite function stays so. Raises Refusal "function_over" once given back or lapsed."""
    options = Function.objects.of(function.hotel_id).filter(pk=function.pk, state=OPTION)
    changed = options.update(state=DEFINITE, option_until_at=None, updated_at=now, version=F("version") + 1)
    function.refresh_from_db()
    if changed:
        note("function.confirmed", *subjects_of(function), **attrs_of(function, function.hall))
    elif function.state != DEFINITE:
        raise _over(function)
    return function


@verb("function_space.hold")
def extend_option(function: Function, *, option_until_at: datetime, by: Actor, now: datetime) -> Function:
    """Keep the option longer, or shorter. Raises Invalid for a moment gone by or after the function begins, Refusal if it is no option."""
    _check_option(option_until_at, function.from_at, now)
    row = _locked(function)
    if row.state != OPTION:
        raise _over(row) if row.over_at else Refusal(_("This is no option."), code="no_option")
    if row.option_until_at != option_until_at:
        row.save_from(row.version, option_until_at=option_until_at, updated_at=now)
        note("function.option_extended", *subjects_of(row), option_until=option_until_at)
    return _fresh(function)


@verb("function_space.hold")
def move(
    function: Function,
    *,
    hall: Hall | None = None,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    setup_minutes: int | None = None,
    turn_minutes: int | None = None,
    version: int | None = None,
    by: Actor,
    now: datetime,
) -> Function:
    """Another hall, time, set-up or clearing; what is not given stays. Whole or not at all: raises HallTaken, Invalid, Conflict."""
    row = _locked(function)
    if row.over_at is not None:
        raise _over(row)
    goes_to = hall or row.hall
    keeps = hall is None or hall.pk == row.hall_id
    span = checked(Span(
        from_at or row.from_at, until_at or row.until_at,
        row.setup_minutes if setup_minutes is None else setup_minutes, row.turn_minutes if turn_minutes is None else turn_minutes,
    ))
    was = span_of(row)
    if keeps and span == was:
        return _fresh(function)
    if span.until_at <= now:
        raise Invalid(errors={"until_at": [_("This time has passed.")]})
    if row.option_until_at and row.option_until_at > span.from_at:
        raise Invalid(errors={"from_at": [_("The option would run beyond the beginning.")]})
    before = sections_of(row.hall)
    _check_hall(row.hotel_id, goes_to)

    def shift() -> None:
        FunctionSlot.objects.of(row.hotel_id).filter(function=row).delete()
        row.save_from(row.version if version is None else version, hall=goes_to, updated_at=now, **_times(span))
        _write_slots(row, goes_to, span)

    _whole(row, goes_to, span, shift, now=now)
    note("function.moved", *subjects_of(row), **attrs_of(row, goes_to))
    tell_waiting(row.hotel_id, before, was, because=f"{row.pk}:{row.version}", now=now)
    return _fresh(function)


@verb("function_space.hold")
def change(function: Function, *, version: int | None = None, by: Actor, now: datetime, **values: Any) -> Function:
    """Another name, number of persons, set-up style, remark or handler. Raises Invalid at the field, Conflict."""
    row = _locked(function)
    if row.over_at is not None:
        raise _over(row)
    clean = _details(**{name: values.get(name, getattr(row, name)) for name in CHANGEABLE})
    fields = sorted(name for name in clean if clean[name] != getattr(row, name))
    if fields:
        row.save_from(row.version if version is None else version, updated_at=now, **{name: clean[name] for name in fields})
        note("function.changed", *subjects_of(row), fields=fields)
    return _fresh(function)


@verb("function_space.hold")
def release(function: Function, *, reason: str, by: Actor, now: datetime) -> Function:
    """Give the hall back, with the reason; given back twice changes nothing. Who waits for it is told."""
    if not reason.strip():
        raise Invalid(errors={"reason": [_("Say why.")]})
    if let_go(function, State.RELEASED, reason, now=now):
        note("function.released", *subjects_of(function), reason=reason.strip()[:200])
    return function


def let_go(function: Function, becomes: str, reason: str, *, now: datetime, **only: Any) -> bool:
    """Give the quarters of an hour back if the function still stands (and `only` holds); True when it did (inside a verb)."""
    rows = Function.objects.of(function.hotel_id).filter(pk=function.pk, over_at__isnull=True, **only)
    changed = rows.update(state=becomes, over_at=now, over_reason=reason.strip()[:200], updated_at=now, version=F("version") + 1)
    function.refresh_from_db()
    if not changed:
        return False
    FunctionSlot.objects.of(function.hotel_id).filter(function=function).delete()
    tell_waiting(function.hotel_id, sections_of(function.hall), span_of(function), because=str(function.pk), now=now)
    return True


def take(hotel: Hotel, row: Function, hall: Hall, span: Span, *, now: datetime) -> None:
    """Write a function and its slots, whole or not at all (inside a verb). Raises HallTaken."""
    _check_hall(hotel.pk, hall)
    row.hall = hall
    for name, value in _times(span).items():
        setattr(row, name, value)

    def write() -> None:
        row.save(force_insert=True)
        _write_slots(row, hall, span)

    _whole(row, hall, span, write, now=now)


def _take(hotel: Hotel, row: Function, hall: Hall, span: Span, *, now: datetime) -> Function | None:
    """`take`; the function that is there already when the same is asked again."""
    try:
        take(hotel, row, hall, span, now=now)
    except HallTaken as taken:
        for other in taken.clash:
            same = (other.about_kind, other.about_id, other.hall_id, other.from_at, other.until_at)
            if same == (row.about_kind, row.about_id, hall.pk, row.from_at, row.until_at) and other.state != OUT:
                return other
        raise
    gate(hotel.pk, "function.hold", row.subject, attrs=attrs_of(row, hall), needs={"space_free": True}, now=now)
    return None


def _whole(row: Function, hall: Hall, span: Span, write: Callable[[], None], *, now: datetime) -> None:
    try:
        with transaction.atomic():
            write()
    except Clash:
        said = verdict(row.hotel_id, "function.hold", row.subject, attrs=attrs_of(row, hall), needs={"space_free": False}, now=now)
        halls = halls_of(row.hotel_id)
        clash = clashes(halls, hall, span, besides=row.pk)
        free = instead(halls, hall, span, persons=row.persons, style=row.style, besides=row.pk, after=now)
        raise HallTaken(
            hall, span, clash, free, halls, zone=zone_of(row.hotel_id), clauses=[refusal.clause for refusal in said.refusals]
        ) from None


def _write_slots(row: Function, hall: Hall, span: Span) -> None:
    """One row a section and quarter, in one fixed order, so that two who want the same never block each other."""
    wanted = [
        FunctionSlot(hotel_id=row.hotel_id, section_id=section, slot=slot, function=row)
        for section in sections_of(hall)
        for slot in span.slots
    ]
    if insert(wanted, unless_there=True) != len(wanted):
        raise Clash


def sections_of(hall: Hall) -> list[UUID]:
    """The sections of a hall, in their fixed order."""
    return sorted(HallSection.objects.of(hall.hotel_id).filter(hall=hall).values_list("section_id", flat=True))


def _check_hall(hotel_id: UUID, hall: Hall) -> None:
    """The hall as it is now, locked: its sections must not change under a function."""
    present = Hall.objects.of(hotel_id).select_for_update().filter(pk=hall.pk).first()
    if present is None:
        raise Missing("no such hall")
    if present.closed_at is not None:
        raise Invalid(errors={"hall": [_("%(hall)s is no longer let.") % {"hall": present.shown}]})


def _span(hall: Hall, from_at: datetime, until_at: datetime, setup: int | None, turn: int | None) -> Span:
    setup = hall.setup_minutes if setup is None else setup
    return checked(Span(from_at, until_at, setup, hall.turn_minutes if turn is None else turn), longest=LONGEST)


def _times(span: Span) -> dict[str, Any]:
    names = ("from_at", "until_at", "setup_minutes", "turn_minutes", "taken_from_at", "taken_until_at")
    return {name: getattr(span, name) for name in names}


def span_of(row: Function) -> Span:
    """The time of a function with its set-up and clearing."""
    return Span(row.from_at, row.until_at, row.setup_minutes, row.turn_minutes)


def _check_option(option_until_at: datetime, from_at: datetime, now: datetime) -> None:
    if option_until_at <= now:
        raise Invalid(errors={"option_until_at": [_("This moment has passed.")]})
    if option_until_at > from_at:
        raise Invalid(errors={"option_until_at": [_("This is after the beginning.")]})


def _details(*, label: str, persons: Any, style: str, remarks: str, handler_id: UUID | None) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    if not str(label).strip():
        errors["label"] = [_("Say what it is for.")]
    if style and style not in Style.values:
        errors["style"] = [_("There is no such set-up style.")]
    if persons is not None and not 0 < int(persons) <= 99999:
        errors["persons"] = [_("A whole number from %(least)s to %(most)s.") % {"least": 1, "most": 99999}]
    if errors:
        raise Invalid(errors=errors)
    clean = {"label": str(label).strip()[:120], "style": style, "remarks": str(remarks or "").strip()[:300]}
    return {**clean, "persons": int(persons) if persons else None, "handler_id": handler_id}


def _locked(function: Function) -> Function:
    row: Function = Function.objects.of(function.hotel_id).select_for_update(of=("self",)).select_related("hall").get(pk=function.pk)
    return row


def _fresh(function: Function) -> Function:
    function.refresh_from_db()
    return function


def _over(function: Function) -> Refusal:
    return Refusal(
        _("%(what)s is over: %(state)s.") % {"what": function.label, "state": function.get_state_display()}, code="function_over"
    )


def subjects_of(row: Function) -> tuple[tuple[str, str], ...]:
    """The function, and what it is for."""
    about = (row.about_kind, row.about_id)
    return (row.subject,) if about == row.subject else (row.subject, about)


def attrs_of(row: Function, hall: Hall) -> dict[str, Any]:
    """What every fact about a function repeats."""
    return {
        "option": row.state == OPTION, "option_until": row.option_until_at, "hall": hall.code, "from_at": row.from_at,
        "until_at": row.until_at, "persons": row.persons, "style": row.style or None,
        "handler": str(row.handler_id) if row.handler_id else None,
    }


def zone_of(hotel_id: UUID) -> ZoneInfo:
    """The hotel's time zone."""
    return ZoneInfo(Hotel.objects.values_list("zone", flat=True).get(pk=hotel_id))
