"""Where rooms tell each other what they offer, without importing upward.

A room registers in its AppConfig.ready(): how to title and link its subjects, panels for other rooms'
pages, effects the clock may carry out, counts for the navigation, search sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """How a subject is shown: `titles(hotel_id, ids)` gives id -> (title, url path)."""

    kind: str
    titles: Callable[[UUID, Iterable[str]], Mapping[str, tuple[str, str]]]


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
    """A line of the navigation: `count(actor, now)` gives (number waiting, any of it late)."""

    group: str
    order: int
    label: Any
    icon: str
    url_name: str
    permission: str
    count: Callable[..., tuple[int, bool]] | None = None


@dataclass(frozen=True, slots=True)
class SearchSource:
    """A source of the command palette: `find(actor, text, limit)` yields (title, detail, url path, icon)."""

    key: str
    label: Any
    permission: str
    find: Callable[..., Iterable[tuple[str, str, str, str]]]


subjects: dict[str, SubjectKind] = {}
panels: list[Panel] = []
navigation: list[NavItem] = []
searches: list[SearchSource] = []
effects: dict[str, Callable[..., Any]] = {}


def titles(hotel_id: UUID, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Titles and links for many subjects: one query a kind, whatever their number."""
    by_kind: dict[str, list[str]] = {}
    for kind, pk in pairs:
        by_kind.setdefault(kind, []).append(pk)
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for kind, ids in by_kind.items():
        shown = subjects.get(kind)
        if shown:
            found.update({(kind, pk): value for pk, value in shown.titles(hotel_id, ids).items()})
    return found


def panels_at(place: str) -> list[Panel]:
    """The panels other rooms offer for this place, in order."""
    return sorted((panel for panel in panels if panel.place == place), key=lambda panel: panel.order)
