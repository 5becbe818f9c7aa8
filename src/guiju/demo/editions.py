"""The standard of the invented hotel over time: read by its people, changed once, and a draft that somebody works at."""

from __future__ import annotations

from datetime import datetime, timedelta

from guiju.demo.base import Stage
from guiju.editions import actions
from guiju.editions.posts import posts_held
from guiju.editions.reading import ask_everybody, owed_by
from guiju.editions.wordings import wordings_of
from guiju.house.acting import acting
from guiju.logbook.writing import writing
from guiju.shelf.actor import Actor, the_clock

BEHIND = ("lin", "tang", "fang", "chen")  # they have not read the latest change yet


def first_reading(stage: Stage) -> None:
    """When the hotel began, everybody read the clauses of his post."""
    begun = stage.hotel.created_at
    with writing(stage.hotel.pk, by=the_clock(stage.hotel.pk, via="cli"), now=begun):
        ask_everybody(stage.hotel.pk, begun)
    _read(stage, begun + timedelta(days=1), leave=())


def second_edition(stage: Stage) -> None:
    """Twelve days ago the supervisor was to hear sooner of a request nobody takes: proposed by one, approved by the other, mostly read."""
    at = stage.now - timedelta(days=14)
    shen = _who(stage, "shen", at)
    draft = actions.begin_draft(stage.hotel, title="没人接手的询订，主管早一点知道", by=shen, now=at)
    changes = {"rule.0.escalates": {"at": ["50%", "60%", "100%"], "to": ["duty_seller", "supervisor", "sales_manager"]}}
    actions.change_clause(draft, clause="booking.handle-at-once", changes=changes, version=draft.version, by=shen, now=at)
    since = stage.at((stage.now - timedelta(days=12)).date(), "00:00")
    actions.propose(draft, effective_at=since, version=draft.version, by=shen, now=at + timedelta(hours=2))
    later = at + timedelta(hours=20)
    actions.approve(draft, version=draft.version, by=_who(stage, "lu", later), now=later)
    _read(stage, later + timedelta(hours=5), leave=BEHIND)


def draft_in_work(stage: Stage) -> None:
    """Since yesterday the sales manager tries what twenty minutes instead of thirty would mean."""
    at = stage.now - timedelta(hours=20)
    shen = _who(stage, "shen", at)
    draft = actions.begin_draft(stage.hotel, title="协议单位二十分钟内答复", by=shen, now=at)
    changes = {
        "text.zh": "协议单位平日订房，二十分钟内书面或电话整答复；等客户回话的时间不算",
        "text.en": "On ordinary days an agreement client has a complete answer, written or by telephone, within twenty minutes; "
        "time spent waiting for the client does not count",
        "rule.0.due.within": "20m",
    }
    actions.change_clause(draft, clause="booking.reply-30", changes=changes, version=draft.version, by=shen, now=at)


def _who(stage: Stage, name: str, now: datetime) -> Actor:
    return acting(stage.people[name], stage.hotel, now=now)


def _read(stage: Stage, now: datetime, *, leave: tuple[str, ...]) -> None:
    held = posts_held(stage.hotel.pk, now)
    owed = owed_by(stage.hotel.pk, held)
    by_key = {person.pk: name for name, person in stage.people.items()}
    for person, found in owed.items():
        if found.unread and by_key[person] not in leave:
            worded = wordings_of(found.edition.texts)
            clauses = {name: worded[name] for name in found.unread}
            actions.acknowledge(stage.hotel, clauses=clauses, by=_who(stage, by_key[person], now), now=now)
