"""Gathers the words of all rooms: what the rulebook may speak of in this installation."""

from functools import cache

from guiju.approvals import facts as approvals
from guiju.artwork import facts as artwork
from guiju.bookings import facts as bookings
from guiju.briefing import facts as briefing
from guiju.checklists import facts as checklists
from guiju.clients import facts as clients
from guiju.duties import facts as duties
from guiju.editions import facts as editions
from guiju.enquiries import facts as enquiries
from guiju.events import facts as events
from guiju.feeds import facts as feeds
from guiju.function_space import facts as function_space
from guiju.history import facts as history
from guiju.history.replay import facts as replay
from guiju.house import facts as house
from guiju.longstay import facts as longstay
from guiju.mailroom import facts as mailroom
from guiju.notices import facts as notices
from guiju.papers import facts as papers
from guiju.rates import facts as rates
from guiju.rooms import facts as rooms
from guiju.rulebook.vocabulary import Vocabulary
from guiju.vip import facts as vip
from guiju.visitors import facts as visitors

PAPERS = ("reservation_form", "group_schedule", "change_notice", "confirmation_letter")


@cache
def vocabulary() -> Vocabulary:
    """Every fact, verb, effect, post and role that the rooms declare."""
    words = Vocabulary(papers=PAPERS)
    for room in (
        editions, house, notices, feeds, clients, rates, rooms, bookings, enquiries, history, replay, papers, duties, mailroom,
        approvals, checklists, artwork, function_space, vip, visitors, longstay, events, briefing,
    ):
        words.add(*room.KINDS)
        for verb in getattr(room, "VERBS", ()):
            words.add_verb(verb)
        words.effects.update(getattr(room, "EFFECTS", ()))
        words.posts.update(getattr(room, "POSTS", ()))
        words.departments.update(getattr(room, "DEPARTMENTS", ()))
        words.roles.update(getattr(room, "ROLES", ()))
        words.figures.update(getattr(room, "FIGURES", ()))
        words.pages.update(getattr(room, "PAGES", ()))
        words.records.update(getattr(room, "RECORDS", ()))
        words.papers.update(getattr(room, "PAPERS", ()))
        words.lists.update(getattr(room, "LISTS", ()))
    return words
