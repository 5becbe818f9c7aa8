"""Checks the house's verbs share: who works here, and which accounts only the administrator may touch."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

from guiju.house.facts import POSTS
from guiju.house.models import Appointment, Hotel, Person
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Missing, NotAllowed

GUARDED = frozenset({"gm", "finance_head", "finance", "administrator"})


def plain(text: str, longest: int = 200) -> str:
    """What was typed, without control signs (a NUL is refused by PostgreSQL) and outer blanks, within its length."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cc").strip()[:longest]


def works_here(hotel: Hotel, person: Person, field: str = "person") -> None:
    """Raise Invalid at the field for somebody without a post in this hotel."""
    if not Appointment.objects.of(hotel.pk).filter(person=person, until_at__isnull=True).exists():
        raise Invalid(errors={field: [_("This person does not work here.")]})


def works_in(hotel: Hotel, department: str, person: Person, field: str = "person") -> None:
    """Raise Invalid at the field for somebody without a post in this department of this hotel."""
    works_here(hotel, person, field)
    posts = [post for post, (where, _zh, _en) in POSTS.items() if where == department]
    if not Appointment.objects.of(hotel.pk).filter(person=person, post__in=posts, until_at__isnull=True).exists():
        raise Invalid(errors={field: [_("This person has no post in this department.")]})


def known_here(hotel: Hotel, person: Person) -> None:
    """Raise Missing for somebody who never had a post in this hotel: another hotel's person is nobody here."""
    if not Appointment.objects.of(hotel.pk).filter(person=person).exists():
        raise Missing("no such person")


def guard(hotel: Hotel, person: Person, by: Actor) -> None:
    """Accounts of the GM, finance and administrators are touched by an administrator only.

    An account that works in another hotel too, only by an administrator of both: its password opens both.
    """
    others = set(Appointment.objects.filter(person=person, until_at__isnull=True).exclude(hotel=hotel).values_list("hotel_id", flat=True))
    if others and by.person_id is not None:
        mine = Appointment.objects.filter(person_id=by.person_id, post="administrator", until_at__isnull=True, hotel_id__in=others)
        if mine.values("hotel_id").distinct().count() < len(others):
            raise NotAllowed("an account of another hotel too", permission="house.setup")
    if by.may("house.setup"):
        return
    if Appointment.objects.of(hotel.pk).filter(person=person, post__in=GUARDED, until_at__isnull=True).exists():
        raise NotAllowed("house.setup", permission="house.setup")


def guard_post(post: str, by: Actor) -> None:
    """The posts of the GM, finance and administrators are given and taken by an administrator only."""
    if post in GUARDED:
        by.require("house.setup")


def own_department(department: str, by: Actor) -> None:
    """Each department keeps its own receivers, roster and tablets; GM, duty manager and administrator keep all."""
    if not (by.may("house.setup") or by.posts & {"gm", "duty_manager"} or department in by.departments):
        raise NotAllowed("house.department", permission="house.setup")
