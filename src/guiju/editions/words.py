"""The parts of a clause and of a case said so that a sales director can read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from guiju.duties import saying
from guiju.editions import terms
from guiju.house.facts import DEPARTMENTS, POSTS, ROLES
from guiju.rulebook import spans
from guiju.rulebook.editing import dump
from guiju.shelf import registry, wording

HEADINGS: dict[str, Any] = {
    "text.zh": gettext_lazy("Wording, Chinese"), "text.en": gettext_lazy("Wording, English"), "weight": gettext_lazy("Weight"),
    "source": gettext_lazy("Source in the manual"), "kind": gettext_lazy("Kind"), "owner": gettext_lazy("Owes it"),
    "opens": gettext_lazy("Opens with"), "met": gettext_lazy("Evidence"), "ends": gettext_lazy("Falls away with"),
    "pauses": gettext_lazy("Clock stands still"),
    "due.within": gettext_lazy("Time allowed"), "due.by": gettext_lazy("By what time"), "due.calendar": gettext_lazy("Hours that count"),
    "due.offset": gettext_lazy("How long before or after"), "due.anchor": gettext_lazy("Reckoned from"), "due.every": gettext_lazy("How often"),
    "due.period": gettext_lazy("At the latest after"), "due.age": gettext_lazy("From what age on"), "due.holiday": gettext_lazy("On a holiday"),
    "due.never_after": gettext_lazy("Never later than"), "due.after_last": gettext_lazy("Counted from the last"),
    "due.for_each": gettext_lazy("For each"),
    "within": gettext_lazy("Time allowed"), "at": gettext_lazy("By what time"), "offset": gettext_lazy("How long before or after"),
    "starts": gettext_lazy("Shown from"), "escalates": gettext_lazy("Told when time runs out"), "waive": gettext_lazy("May waive"),
    "waive.by": gettext_lazy("May waive"), "grace.within": gettext_lazy("Grace for the receiver"),
    "grace.charge": gettext_lazy("Lateness counts against"),
    "to": gettext_lazy("Copies go to"), "archive": gettext_lazy("Kept by"), "sign": gettext_lazy("Must be signed"),
    "needs": gettext_lazy("Must be there first"),
    "fields": gettext_lazy("Must be written down"), "figure": gettext_lazy("Figure"), "at_least": gettext_lazy("At least"),
    "at_most": gettext_lazy("At most"),
    "min_count": gettext_lazy("Not judged below"), "missed_after": gettext_lazy("Missed after"), "steps": gettext_lazy("Approvers"),
    "items": gettext_lazy("Items"), "rows": gettext_lazy("Table"), "where": gettext_lazy("Only where"), "then": gettext_lazy("Then"),
    "occurs": gettext_lazy("How many times"), "paper": gettext_lazy("Paper"), "verb": gettext_lazy("Before"), "record": gettext_lazy("Record"),
    "visible_to": gettext_lazy("Visible to"), "over": gettext_lazy("Over"), "subject": gettext_lazy("About"), "score": gettext_lazy("Score"),
    "count": gettext_lazy("How many"), "posts": gettext_lazy("Posts"), "carried": gettext_lazy("Carried by"),
    "training": gettext_lazy("Training only"), "like": gettext_lazy("Carried like"), "min": gettext_lazy("at least"), "max": gettext_lazy("at most"),
    "under": gettext_lazy("less than"), "says": gettext_lazy("What it shows"), "now": gettext_lazy("Looked at"),
    "expect": gettext_lazy("What must come of it"),
}
CHOICES: dict[str, dict[str, Any]] = {
    "calendar": {
        "owner": gettext_lazy("the owner's working hours"), "hotel": gettext_lazy("the hotel's office hours"),
        "always": gettext_lazy("round the clock"),
        "lunar": gettext_lazy("the lunar calendar"), "gregorian": gettext_lazy("the common calendar"),
    },
    "holiday": {
        "same": gettext_lazy("the same day"), "next-workday": gettext_lazy("the next working day"),
        "previous-workday": gettext_lazy("the working day before"),
    },
}
LENGTHS = ("within", "period", "age", "missed_after")
OFFSETS = ("offset", "starts")
NAMES = ("to", "archive", "by", "owner", "charge", "visible_to", "owner_id", "charged_to", "copies", "archived", "escalated", "steps", "posts")
OPERATORS: dict[str, Any] = {
    "min": gettext_lazy("{value} or more"), "max": gettext_lazy("{value} or fewer"), "over": gettext_lazy("more than {value}"),
    "under": gettext_lazy("less than {value}"), "not": gettext_lazy("not {value}"), "any": gettext_lazy("{value}"),
    "none": gettext_lazy("not {value}"),
    "has": gettext_lazy("with {value}"), "lacks": gettext_lazy("without {value}"),
}


def heading(path: tuple[str | int, ...]) -> str:
    """What a place of a clause is called: ("due", "within") -> 时限."""
    names = [part for part in path if isinstance(part, str)]
    if "where" in names[:-1]:
        return f"{HEADINGS['where']} {terms.attribute(names[names.index('where') + 1])}"
    if names[:2] == ["due", "late"]:
        return _("If it comes later in the day: {what}").format(what=HEADINGS.get(names[-1], names[-1]))
    for length in (2, 1):
        found = HEADINGS.get(".".join(names[-length:]))
        if found:
            return str(found)
    return names[-1].replace("_", " ") if names else ""


def owners(found: Any) -> str:
    """Posts, departments and roles in a row."""
    names = [found] if isinstance(found, str) else found
    return pgettext("list", ", ").join(saying.owner(str(name)) for name in names) or _("nobody")


def length(text: str) -> str:
    """ "30m" -> 30 分."""
    try:
        found = spans.duration(text)
    except (ValueError, AttributeError):
        return str(text)
    spoken = wording.spoken()
    hours, minutes = found.seconds // 3600, found.seconds % 3600 // 60
    parts = [
        _("{n} months").format(n=found.months) if found.months else "", spoken["d"].format(n=found.days) if found.days else "",
        _("{n} working days").format(n=found.workdays) if found.workdays else "", spoken["h"].format(n=hours) if hours else "",
        spoken["min"].format(n=minutes) if minutes else "",
    ]
    return " ".join(part for part in parts if part) or spoken["min"].format(n=0)


def offset(text: str) -> str:
    """ "-1d 18:00" -> 前 1 天 18:00."""
    try:
        found = spans.offset(text)
    except (ValueError, AttributeError):
        return str(text)
    clock = f" {found.clock // 3600:02d}:{found.clock % 3600 // 60:02d}" if found.clock is not None else ""
    if found.length == spans.Duration():
        return clock.strip() or _("at that moment")
    return (_("{time} before") if found.back else _("{time} after")).format(time=length(text.lstrip("+-").split(" ")[0])) + clock


def share(text: str) -> str:
    """ "75%", "-30m", "+1h" of an escalation."""
    if text.endswith("%"):
        return _("at {share} of the time").format(share=text)
    return offset(text)


def escalations(found: Any) -> str:
    """Who is told when."""
    rows = zip(found.get("at", []), found.get("to", []), strict=False) if isinstance(found, Mapping) else ()
    return "; ".join(f"{share(str(at))} {saying.owner(str(to))}" for at, to in rows) or _("nobody")


def compared(found: Any) -> str:
    """What a condition asks of one attribute."""
    if isinstance(found, Mapping):
        if "given" in found:
            return _("given") if found["given"] else _("not given")
        return " ".join(str(OPERATORS.get(key, "{value}")).format(value=plain(one)) for key, one in found.items())
    return plain(found)


def plain(found: Any) -> str:
    """A single value or a list of them."""
    if isinstance(found, bool):
        return _("yes") if found else _("no")
    if isinstance(found, (list, tuple)):
        return pgettext("list", ", ").join(plain(one) for one in found) or _("none")
    if isinstance(found, datetime):
        return moment(found)
    if isinstance(found, date):
        return wording.day(found, found, weekday=False)
    text = str(found)
    if text in POSTS or text in DEPARTMENTS or text in ROLES:
        return saying.owner(text)
    return terms.value(text) if text in terms.VALUES else text


def moment(at: datetime) -> str:
    """A moment of a case: 周二 10:30, with the day."""
    return f"{wording.day(at.date(), at.date())} {at:%H:%M}" + (f":{at:%S}" if at.second else "")


def conditions(found: Mapping[str, Any]) -> str:
    """有协议 是，种类 团队"""
    return pgettext("list", ", ").join(f"{terms.attribute(key)} {compared(one)}" for key, one in found.items())


def trigger(found: Any) -> str:
    """The facts that something waits for, with what is asked of them."""
    if isinstance(found, list) and any(isinstance(one, Mapping) for one in found):
        return _(" or ").join(trigger(one) for one in found)
    if not isinstance(found, Mapping):
        return saying.facts([found] if isinstance(found, str) else found)
    on = found.get("on", [])
    words = saying.facts([on] if isinstance(on, str) else on) or pgettext("list", ", ").join(map(str, found.get("all", [])))
    asked = conditions(found.get("where", {}))
    return f"{words} ({asked})" if asked else words


def needs(found: Any) -> str:
    """What a gate asks for."""
    names = [found] if isinstance(found, str) else found
    return pgettext("list", ", ").join(need(str(name)) for name in names) or _("none")


def need(name: str) -> str:
    """One thing that a gate asks for."""
    known = registry.need_words.get(name)
    return _(str(known)) if known else name.replace("_", " ")


def value(path: tuple[str | int, ...], found: Any, record: str = "") -> str:
    """The value at a place of a clause, in words."""
    names = [part for part in path if isinstance(part, str)] or [""]
    last = names[-1]
    if found is None:
        return _("not said")
    if last in LENGTHS and isinstance(found, str):
        return length(found)
    if last in OFFSETS and isinstance(found, str):
        return offset(found)
    if last == "escalates":
        return escalations(found)
    if last in ("opens", "met", "ends", "after_last"):
        return trigger(found)
    if last == "pauses" and isinstance(found, Mapping):
        return _("from {start} until {end}").format(start=trigger(found.get("from")), end=trigger(found.get("to")))
    if last == "waive" and isinstance(found, Mapping):
        return owners(found.get("by", []))
    if last in NAMES:
        return owners(found)
    if last == "needs" and isinstance(found, (list, str)):
        return needs(found)
    if last == "fields" and isinstance(found, list):
        return pgettext("list", ", ").join(saying.word(record, name) if record in registry.records else terms.attribute(name) for name in found)
    if last in CHOICES and isinstance(found, str):
        return str(CHOICES[last].get(found, found))
    if last in ("anchor", "never_after", "for_each") and isinstance(found, str):
        return terms.attribute(found)
    if last == "verb":
        return saying.step(str(found))
    if "where" in names:
        return conditions(found) if last == "where" and isinstance(found, Mapping) else compared(found)
    if isinstance(found, Mapping) or (isinstance(found, list) and any(isinstance(one, Mapping) for one in found)):
        return listed(found)
    return plain(found)


def listed(found: Any) -> str:
    """Tables in a row: items of a checklist, approvers, lines of a table."""
    if isinstance(found, Mapping):
        return pgettext("list", ", ").join(f"{terms.attribute(key)} {value((key,), one)}" for key, one in found.items())
    if isinstance(found, list):
        return "; ".join(listed(one) for one in found)
    return plain(found) if found is not None else dump("")
