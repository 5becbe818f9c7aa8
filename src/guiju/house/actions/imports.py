"""People from a table: read and checked first, then added all or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from guiju.house.actions.people import add_person, faults
from guiju.house.actions.standing import GUARDED
from guiju.house.facts import POSTS
from guiju.house.models import Appointment, Hotel, Person
from guiju.logbook.verbs import verb
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid
from guiju.shelf.tables import Line

HEADS = {
    "username": ("登录名", "账号", "用户名", "Sign-in name", "Username"),
    "name": ("姓名", "名字", "Full name", "Name"),
    "name_en": ("英文名", "English name"),
    "posts": ("岗位", "职务", "Posts", "Post"),
    "email": ("邮箱", "电子邮箱", "E-mail address", "E-mail", "Email"),
    "phone": ("电话", "手机", "Telephone", "Phone"),
}
NEEDED = ("username", "name", "posts")
SPELLED = {word.casefold(): key for key, (_department, zh, en) in POSTS.items() for word in (key, zh, en)}


@dataclass(slots=True)
class Candidate:
    """One row as read: who it would add, or what is wrong with it."""

    number: int
    values: dict[str, Any]
    errors: dict[str, list[str]] = field(default_factory=dict)
    known: bool = False  # stands in the house already with this name and these posts


def read_people(hotel: Hotel, lines: list[Line], *, may_guarded: bool = True) -> list[Candidate]:
    """Each row of the table with what is wrong with it; nothing is written. Raises Invalid when a column is missing."""
    if lines:
        there = {head.casefold() for line in lines for head in line}
        missing = [HEADS[key][0] for key in NEEDED if not there & {head.casefold() for head in HEADS[key]}]
        if missing:
            raise Invalid(errors={"file": [_("Columns missing: %(heads)s") % {"heads": ", ".join(missing)}]})
    found = [_candidate(line) for line in lines]
    _check_names(hotel.pk, found)
    if not may_guarded:
        for one in found:
            if GUARDED & set(one.values["posts"]) and not one.known:
                one.errors.setdefault("posts", []).append(_("Only the administrator gives this post."))
    return found


def _candidate(line: Line) -> Candidate:
    by_head = {head.casefold(): value for head, value in line.items()}
    said = {
        key: next((str(by_head[head.casefold()]).strip() for head in heads if by_head.get(head.casefold()) is not None), "")
        for key, heads in HEADS.items()
    }
    words = [word.strip() for word in re.split(r"[;；,，、/|\n]+", said["posts"]) if word.strip()]
    values: dict[str, Any] = {**said, "username": said["username"].lower(), "posts": [SPELLED.get(word.casefold(), word) for word in words]}
    errors = faults(username=values["username"], name=said["name"], posts=values["posts"], email=said["email"])
    if not words:
        errors["posts"] = [_("At least one post.")]
    return Candidate(line.number, values, errors)


def _check_names(hotel_id: UUID, found: list[Candidate]) -> None:
    names = [one.values["username"] for one in found]
    taken = {person.username: person for person in Person.objects.filter(username__in=names)}
    posts: dict[UUID, set[str]] = {}
    held = Appointment.objects.of(hotel_id).filter(person__in=taken.values(), until_at__isnull=True)
    for person_id, post in held.values_list("person_id", "post"):
        posts.setdefault(person_id, set()).add(post)
    seen: dict[str, int] = {}
    for one in found:
        name = one.values["username"]
        person = taken.get(name)
        if name in seen:
            one.errors.setdefault("username", []).append(_("The same as in row %(n)s.") % {"n": seen[name]})
        elif person is not None:
            one.known = person.name == one.values["name"] and posts.get(person.pk, set()) >= set(one.values["posts"])
            if not one.known:
                one.errors.setdefault("username", []).append(_("This sign-in name is taken."))
        seen.setdefault(name, one.number)


@verb("house.people")
def import_people(hotel: Hotel, *, lines: list[Line], by: Actor, now: datetime) -> list[tuple[Person, str]]:
    """Add everybody in the table; returns each new person with a one-time password. Rows already there change nothing.

    Raises Invalid with every wrong row; then nobody was added.
    """
    found = read_people(hotel, lines, may_guarded=by.may("house.setup"))
    errors = {
        _("row {n}").format(n=one.number): [line for lines_ in one.errors.values() for line in lines_]
        for one in found if one.errors
    }
    if errors:
        raise Invalid(errors=errors)
    return [add_person(hotel, **one.values, by=by, now=now) for one in found if not one.known]
