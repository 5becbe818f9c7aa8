"""Where rooms tell each other what they offer, without importing upward.

A room registers in its AppConfig.ready(): how to title and link its subjects, panels for other rooms'
pages, effects the clock may carry out, counts for the navigation, search sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Event
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from guiju.shelf.actor import Actor


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """How a subject is shown: `titles(hotel_id, ids)` gives id -> (title, url path); `permission` opens its page."""

    kind: str
    titles: Callable[[UUID, Iterable[str]], Mapping[str, tuple[str, str]]]
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of another room's page: `context(request, subject)` feeds `template`; None hides it."""

    place: str
    template: str
    context: Callable[..., Mapping[str, Any] | None]
    permission: str
    order: int = 100


@dataclass(frozen=True, slots=True)
class NavItem:
    """A line of the navigation: `count(actor, now)` gives (number waiting for this actor, any of it late).

    `group` is "" (top), orders, clients, reception or department. `key` is the letter after G ("t": G then T).
    `tabs` says on whose phone bar it stands: role (sales, gm, department) -> place 1..5; `short` is its label there.
    """

    group: str
    order: int
    label: Any
    icon: str
    url_name: str
    permission: str
    count: Callable[..., tuple[int, bool]] | None = None
    key: str = ""
    tabs: Mapping[str, int] = field(default_factory=dict)
    short: Any = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do from the command palette (typed after ">"): `key` is a single-key shortcut, e.g. "n".

    `tabs` puts it on phone bars as the round middle button: role -> place.
    """

    label: Any
    icon: str
    url_name: str
    permission: str
    key: str = ""
    tabs: Mapping[str, int] = field(default_factory=dict)
    words: str = ""  # further words it is found by, e.g. pinyin initials


@dataclass(frozen=True, slots=True)
class SearchSource:
    """A source of the command palette: `find(actor, text, limit)` yields (title, detail, url path, icon)."""

    key: str
    label: Any
    permission: str
    find: Callable[..., Iterable[tuple[str, str, str, str]]]


@dataclass(frozen=True, slots=True)
class Record:
    """Something written down: what it is about, its fields and attributes as clauses name them (empty: None), whose it is.

    `over`: cancelled or dropped, nothing is asked of it any more. `on`: the day it belongs to; it is judged by the standard of that day.
    """

    subject: tuple[str, str]
    fields: Mapping[str, Any]
    person_id: UUID | None = None
    over: bool = False
    on: date | None = None


@dataclass(frozen=True, slots=True)
class RecordKind:
    """Records that clauses ask to be complete: those of a period (hotel, from, until), one by its id, and their fields in words.

    `label` is what many of them are called; `rows(hotel, from, until)` are the rows of a period unread, so that one query can ask all rooms
    whether there are any (empty: there may always be some).
    """

    of_period: Callable[[UUID, date, date], Iterable[Record]]
    one: Callable[[UUID, str], Record | None]
    words: Mapping[str, Any]
    label: Any = ""
    rows: Callable[[UUID, date, date], QuerySet[Any]] | None = None


@dataclass(frozen=True, slots=True)
class DaySheetPart:
    """What a room adds to the sheet of one day: `rows(hotel_id, on, actor)` gives lines with at, what, where, persons, note, url."""

    key: str
    label: Any
    order: int
    permission: str
    rows: Callable[[UUID, date, Actor], Iterable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class ApprovalKind:
    """Something that waits for a yes: `decided(about_id, accepted=, approval=, by=, now=)` runs in the step of the last word.

    `withdrawn(about_id, approval=, by=, now=)` runs when the asker takes the question back. The person deciding need not
    have the room's own rights.
    """

    kind: str
    label: Any
    decided: Callable[..., None]
    withdrawn: Callable[..., None] | None = None


subjects: dict[str, SubjectKind] = {}
day_sheet: list[DaySheetPart] = []
approval_kinds: dict[str, ApprovalKind] = {}
briefs: dict[str, Callable[[UUID, Iterable[str]], Mapping[str, str]]] = {}  # kind -> id -> what it is by number, without anybody's name
records: dict[str, RecordKind] = {}  # the name a clause's rule gives it (record = "booking") -> how it is read
panels: list[Panel] = []
navigation: list[NavItem] = []
searches: list[SearchSource] = []
steps: list[Step] = []
clause_texts: Callable[[UUID], Mapping[str, str]] | None = None  # hotel -> clause id -> its sentence in the reader's language
clause_search: Callable[..., Iterable[tuple[str, str]]] | None = None  # (actor, text, limit) -> (clause id, short text)
bell: Callable[..., bool] | None = None  # (actor, now) -> whether something came since he last looked
readiness: dict[str, Callable[[datetime], tuple[bool, Any]]] = {}  # /readyz: name -> check(now) -> (ready, details)
effects: dict[str, Callable[..., Any]] = {}


def titles(hotel_id: UUID, pairs: Iterable[tuple[str, str]], actor: Actor | None = None) -> dict[tuple[str, str], tuple[str, str]]:
    """Titles and links for many subjects: one query a kind, whatever their number; for an actor only links he may open."""
    by_kind: dict[str, list[str]] = {}
    for kind, pk in pairs:
        by_kind.setdefault(kind, []).append(pk)
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for kind, ids in by_kind.items():
        shown = subjects.get(kind)
        if shown:
            closed = actor is not None and shown.permission and not actor.may(shown.permission)
            found.update({(kind, pk): (title, "" if closed else url) for pk, (title, url) in shown.titles(hotel_id, ids).items()})
    return found


def panels_at(place: str) -> list[Panel]:
    """The panels other rooms offer for this place, in order."""
    return sorted((panel for panel in panels if panel.place == place), key=lambda panel: panel.order)

# What a row of Today offers as its one verb: "clause/rule" or "clause" -> the button's word.
duty_verbs: dict[str, Any] = {}
# Where on the subject's page that is done, after the page's address: "clause/rule" or "clause" -> "people/#step-meet".
duty_places: dict[str, str] = {}
# Things of mine that wait for others: each hook gives items with title, url, text, since_at, clause.
waiting: list[Callable[..., Iterable[Any]]] = []

# Called with (hotel, by, now) when a hotel has been made: rooms give it what it begins with (its first edition).
on_hotel_created: list[Callable[..., None]] = []
# How a room below the notices puts a letter into the outbox: (hotel_id, *, key, to, subject, body, by, now).
send_letter: Callable[..., Any] | None = None
# The demo people with what each post will see: username, password, name, name_en, post, post_en, sees, sees_en.
demo_sign_ins: Callable[[], list[dict[str, str]]] | None = None
# A short-lived address of a department's copy, opened on a phone by name and PIN: (hotel_id, copy id, department, now) -> its key or None
make_phone_link: Callable[[UUID, str, str, datetime], UUID | None] | None = None
# The path of such an address, its secret made anew from its key: it stands in no table.
phone_path: Callable[[UUID], str] | None = None
# What a gate may find missing, in words (English msgids): need -> words.
need_words: dict[str, Any] = {}
# What rooms do at each round of the clock: (hotel_id, now).
round_steps: list[Callable[[UUID, datetime], Any]] = []
# What the worker does beside its rounds, each in a thread of its own until the event is set: name -> run(stop).
beside_rounds: dict[str, Callable[[Event], None]] = {}
