"""Gathers the words of all rooms: what the rulebook may speak of in this installation."""

from functools import cache
from importlib import import_module

from guiju.rulebook.vocabulary import Vocabulary

ROOMS = ("house", "clients", "rates", "rooms", "bookings", "papers", "duties")


@cache
def vocabulary() -> Vocabulary:
    """Every fact, verb, effect, post and role that the rooms declare."""
    words = Vocabulary()
    for room in ROOMS:
        facts = import_module(f"guiju.{room}.facts")
        words.add(*facts.KINDS)
        for verb in getattr(facts, "VERBS", ()):
            words.add_verb(verb)
        words.effects.update(getattr(facts, "EFFECTS", ()))
        words.posts.update(getattr(facts, "POSTS", ()))
        words.departments.update(getattr(facts, "DEPARTMENTS", ()))
        words.roles.update(getattr(facts, "ROLES", ()))
        words.figures.update(getattr(facts, "FIGURES", ()))
    words.papers.update(("reservation_form", "group_schedule", "change_notice", "confirmation_letter"))
    return words
