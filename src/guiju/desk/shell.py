"""What every page of the shell needs: who, where, when, the navigation of his posts. Costs no query."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from guiju.desk import seals
from guiju.house.facts import DEPARTMENTS, POSTS
from guiju.shelf import registry, wording
from guiju.shelf.actor import Actor

GROUPS = {
    "": "", "orders": _("Orders"), "clients": _("Clients"), "reception": _("Reception"), "department": _("Department"),
    "house": _("House"),
}
THEMES = ("auto", "light", "dark")
DENSITIES = ("roomy", "compact")
PHONE_PLACES = 5
MOST_SIDES = 400
DIRECTORS = frozenset({"gm", "duty_manager"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the navigation as this person sees it."""

    label: Any
    short: Any
    icon: str
    name: str
    url: str
    key: str = ""
    current: bool = False
    plus: bool = False


_sides: dict[tuple[tuple[tuple[str, str, str], ...], str], SafeString] = {}


def role_of(actor: Actor) -> str:
    """Which phone bar and order of things suits these posts: sales, gm or department."""
    if actor.posts & DIRECTORS:
        return "gm"
    return "sales" if actor.departments & {"sales", "pr"} else "department"


@lru_cache(maxsize=512)
def address(name: str) -> str:
    """The address of a registered name, or nothing where its room has none; looked up once, though every page has forty of them."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def lines_for(actor: Actor, path: str) -> dict[str, list[Line]]:
    """The navigation by group; the line whose address is the longest beginning of `path` is current."""
    found = [
        (item, url)
        for item in sorted(registry.navigation, key=lambda item: item.order)
        if actor.may(item.permission) and (url := address(item.url_name))
    ]
    current = max((url for _item, url in found if path.startswith(url)), key=len, default="")
    groups: dict[str, list[Line]] = {}
    for item, url in found:
        group = item.group if item.group in GROUPS else "department"
        line = Line(item.label, item.short or item.label, item.icon, item.url_name, url, item.key, url == current)
        groups.setdefault(group, []).append(line)
    return {group: groups[group] for group in GROUPS if group in groups}


def side_for(groups: dict[str, list[Line]]) -> SafeString:
    """The navigation as it stands on the page: the same for everybody with these lines, on this one, in this language."""
    places = tuple((key, line.name, line.url if line.current else "") for key, lines in groups.items() for line in lines)
    wanted = places, str(get_language())
    found = _sides.get(wanted)
    if found is None:
        found = render_to_string("desk/_navigation.html", {"navigation": [(GROUPS[key], lines) for key, lines in groups.items()]})
        if len(_sides) < MOST_SIDES:  # as many as posts, languages and lines make; no more in any house
            _sides[wanted] = found
    return found


def tabs_for(actor: Actor, groups: dict[str, list[Line]]) -> list[Line]:
    """The phone bar of this role: what rooms put there, filled up from the navigation, search last."""
    role = role_of(actor)
    by_name = {line.name: line for lines in groups.values() for line in lines}
    placed: list[tuple[int, Line]] = [
        (item.tabs[role], by_name[item.url_name])
        for item in registry.navigation
        if role in item.tabs and item.url_name in by_name
    ]
    placed += [
        (step.tabs[role], Line(step.label, step.label, step.icon, step.url_name, url, plus=True))
        for step in registry.steps
        if role in step.tabs and actor.may(step.permission) and (url := address(step.url_name))
    ]
    tabs = [line for _place, line in sorted(placed, key=lambda pair: pair[0])][:PHONE_PLACES]
    for line in by_name.values():
        if len(tabs) >= PHONE_PLACES - 1:
            break
        if line not in tabs:
            tabs.append(line)
    if len(tabs) < PHONE_PLACES and actor.may("desk.search"):
        tabs.append(Line(_("Search"), _("Search"), "search", "desk:search", address("desk:search")))
    return tabs


def steps_for(actor: Actor) -> list[Line]:
    """What this person can start from anywhere, with its single key."""
    return [
        Line(step.label, step.label, step.icon, step.url_name, url, step.key)
        for step in registry.steps
        if actor.may(step.permission) and (url := address(step.url_name))
    ]


def words_for_scripts() -> str:
    """What the browser's own sentences are made of, in the language in force (JSON)."""
    return _words_in(str(get_language()))


@lru_cache(maxsize=8)
def _words_in(_language: str) -> str:
    return json.dumps(
        {
            "span": wording.spoken(),
            "seals": {state: seals.words(state) for state in ("late", "soon", "due")},
            "now_late": gettext("Overdue now: {what}"),
            "now_soon": gettext("Less than an hour left: {what}"),
            "results": gettext("{n} results"),
            "nothing": gettext("Nothing found"),
            "fresh": gettext("Notices, something new"),
            "restored": gettext("Your unsaved text is back."),
            "discard": gettext("Discard it"),
            "offline": gettext("No connection. What you typed is kept; please try again."),
            "failed": gettext("That did not work. Please try again."),
            "rows": gettext("{n} files chosen"),
            "choose": gettext("Choose a file"),
            "no_file": gettext("no file yet"),
        },
        ensure_ascii=False,
    )


def _hotel_name(hotel: Any) -> str:
    if hotel is None:
        return ""
    return (hotel.name_en if str(get_language()).startswith("en") else "") or hotel.name


def _department(actor: Actor | None) -> str:
    english = str(get_language()).startswith("en")
    keys = sorted(actor.departments if actor else (), key=list(DEPARTMENTS).index)
    return DEPARTMENTS[keys[0]][english] if keys else ""


def post_name(post: str) -> str:
    """A post in the reader's language."""
    return POSTS[post][2 if str(get_language()).startswith("en") else 1] if post in POSTS else post


def theme_of(request: HttpRequest) -> str:
    """auto, light or dark: this browser's choice, else the person's."""
    person = getattr(request, "person", None)
    chosen = request.COOKIES.get("guiju_theme") or (person.theme if person else "auto")
    return chosen if chosen in THEMES else "auto"


def shell(request: HttpRequest) -> dict[str, object]:
    """The context of every template: person, hotel, moment, mode, and the shell's own lines."""
    actor, hotel, person = (getattr(request, name, None) for name in ("actor", "hotel", "person"))
    groups = SimpleLazyObject(partial(lines_for, actor, request.path)) if actor else {}
    name = person.name if person else ""
    return {
        "hotel": hotel,
        "hotel_name": _hotel_name(hotel),
        "person": person,
        "actor": actor,
        "now": getattr(request, "now", None),
        "guiju_mode": settings.GUIJU_MODE,
        "lang": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "theme": theme_of(request),
        "density": "compact" if request.COOKIES.get("guiju_density") == "compact" else "roomy",
        "navigation": SimpleLazyObject(lambda: [(GROUPS[key], lines) for key, lines in groups.items()]),
        "side": SimpleLazyObject(lambda: side_for(groups)),
        "tabs": SimpleLazyObject(partial(_tabs, actor, groups)),
        "steps": SimpleLazyObject(partial(_steps, actor)),
        "department_name": _department(actor),
        "post_names": [post_name(post) for post in sorted(actor.posts)] if actor else [],
        "initial": name[:1],
        "script_words": words_for_scripts,
    }


def _tabs(actor: Actor | None, groups: Any) -> list[Line]:
    return tabs_for(actor, groups) if actor else []


def _steps(actor: Actor | None) -> list[Line]:
    return steps_for(actor) if actor else []
