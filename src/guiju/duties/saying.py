"""Facts, owners, evidence and whole rules of a clause, said in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from guiju.duties.records import word
from guiju.house.facts import DEPARTMENTS, POSTS, ROLES
from guiju.rulebook import Rule, Standard
from guiju.rulebook.spans import Duration, Offset
from guiju.shelf import wording
from guiju.shelf.words import vocabulary

RULE_KINDS = {
    "timed": gettext_lazy("By a time"), "cadence": gettext_lazy("Again and again"), "notice": gettext_lazy("By a time"),
    "check": gettext_lazy("By a time"), "approval": gettext_lazy("Approval"), "gate": gettext_lazy("Must be there first"),
    "distributes": gettext_lazy("Copies go to"), "record": gettext_lazy("Must be written down"), "figure": gettext_lazy("Figure"),
    "table": gettext_lazy("Table"),
}
ANCHORS = {
    "arrival_at": gettext_lazy("arrival"), "departure_at": gettext_lazy("departure"), "hold_until": gettext_lazy("the end of the hold"),
}
RESULTS = {
    "met": gettext_lazy("on time"), "met_late": gettext_lazy("late, done"), "missed": gettext_lazy("missed"), "late": gettext_lazy("overdue"),
    "waived": gettext_lazy("waived"), "superseded": gettext_lazy("no longer asked"), "planned": gettext_lazy("coming"),
    "open": gettext_lazy("running"), "due soon": gettext_lazy("running"), "soon": gettext_lazy("running"),
}


def english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "").startswith("en")


def fact(kind: str) -> str:
    """A kind of fact: 单据已签收 | Copy signed."""
    known = vocabulary().kinds.get(kind)
    return ((known.en if english() else known.zh) or kind) if known else kind


def facts(kinds: Iterable[str]) -> str:
    """Several kinds of fact, one of which is enough."""
    return _(" or ").join(dict.fromkeys(fact(kind) for kind in kinds))


def owner(key: str) -> str:
    """A post, a department or a role of the standard."""
    found = POSTS.get(key) or ROLES.get(key) or DEPARTMENTS.get(key)
    return (found[-1] if english() else found[-2]) if found else key


def step(name: str) -> str:
    """A step that a gate may refuse: 确认预订 | Confirm a booking."""
    known = vocabulary().verbs.get(name)
    return ((known.en if english() else known.zh) or name) if known else name


# The chapters of a standard by the first word of their clauses: (Chinese, English).
CHAPTERS = {
    "booking": ("订房", "Bookings"), "group": ("团队", "Groups"), "vip": ("贵宾", "VIPs"), "reception": ("来访接待", "Visitors"),
    "longstay": ("长住", "Long stay"), "event": ("宴会与会议", "Events"), "post": ("岗位", "Posts"), "manual": ("标准本身", "The standard"),
    "rate": ("价格", "Rates"), "letter": ("信函", "Letters"), "contract": ("合同", "Contracts"), "client": ("客户", "Clients"),
    "daily": ("日常", "Day by day"), "plan": ("计划", "Plans"), "report": ("报告", "Reports"), "library": ("资料", "Library"),
    "archive": ("档案", "Archive"), "meeting": ("会议", "Meetings"), "receivable": ("应收账款", "Receivables"), "service": ("售后服务", "Service"),
    "field": ("外勤服务", "Field service"), "agreement": ("销售协议", "Agreements"),
}


def chapter(key: str) -> str:
    """The chapter of a clause in the reader's language; one that is not known by its own word."""
    return CHAPTERS[key][english()] if key in CHAPTERS else key


def proof(standard: Standard | None, duty: Any) -> str:
    """凭: what did fulfil a duty, or what will (said as the thing wanted, not as done: 签收, not 已签收)."""
    if duty.evidence:
        return fact(duty.evidence)
    clause = standard.clauses.get(duty.clause) if standard else None
    rule = next((rule for rule in clause.rules if rule.name == duty.rule), None) if clause else None
    kinds = list(rule.met[0].trigger.own) if rule and rule.met else []
    return fact(kinds[0]).removeprefix("已") if kinds else ""


def fired(what: str) -> str:
    """What the clock did about a duty: escalate:75%:supervisor, or an effect's name."""
    kind, _sep, rest = what.partition(":")
    if kind != "escalate":
        return _("done by the clock")
    share, _sep, to = rest.partition(":")
    return _("%(share)s of the time gone: %(who)s told") % {"share": share, "who": owner(to)}


@dataclass(frozen=True, slots=True)
class Told:
    """One rule of a clause as its page tells it: pairs of a heading and words."""

    kind: Any
    lines: list[tuple[Any, str]]


def rule(one: Rule) -> Told:
    """Trigger, owner, deadline, evidence, who is told, who may waive; or what a gate, record or distribution asks."""
    lines: list[tuple[Any, str]] = []
    if one.verb:
        lines.append((_("Before"), step(one.verb)))
    if one.opens:
        lines.append((_("Opens with"), facts(kind for trigger in one.opens for kind in trigger.own)))
    if one.owner:
        lines.append((_("Owes it"), owner(one.owner)))
    if one.due:
        lines.append((_("Time"), _due(one.due)))
    if one.met:
        lines.append((_("Evidence"), facts(kind for met in one.met for kind in met.trigger.own)))
    if one.to:
        lines.append((_("To"), _(", ").join(owner(name) for name in one.to)))
    if one.kind == "record":
        lines.append((_("Fields"), pgettext("list", ", ").join(word(one.record, name) for name in one.fields)))
    if one.escalates:
        told = dict.fromkeys(owner(name) for _share, name in one.escalates)
        lines.append((_("Told when time runs out"), _(", ").join(told)))
    if one.waive_by:
        lines.append((_("May waive"), _(", ").join(owner(name) for name in one.waive_by)))
    return Told(RULE_KINDS.get(one.kind, one.kind), [line for line in lines if line[1]])


def _due(due: Any) -> str:
    if due.form == "within":
        return _("within {time}").format(time=_length(due.within)) + (_(" of the owner's shift") if due.calendar == "owner" else "")
    if due.form == "by":
        return _("by {time} the same day").format(time=f"{due.by // 3600:02d}:{due.by % 3600 // 60:02d}")
    if due.form == "anchor":
        return _anchored(str(ANCHORS.get(due.attr, due.attr)), due.offset)
    return ""


def _anchored(anchor: str, offset: Offset) -> str:
    length = _length(offset.length) if offset.length != Duration() else ""
    clock = f"{offset.clock // 3600:02d}:{offset.clock % 3600 // 60:02d}" if offset.clock is not None else ""
    if clock and not length:
        return _("by {time} on the day of {what}").format(time=clock, what=anchor)
    if clock:
        words = _("by {time}, {length} before {what}") if offset.back else _("by {time}, {length} after {what}")
        return words.format(time=clock, length=length, what=anchor)
    if not length:
        return _("by {what}").format(what=anchor)
    return (_("{length} before {what}") if offset.back else _("{length} after {what}")).format(length=length, what=anchor)


def _length(length: Duration | None) -> str:
    if length is None:
        return ""
    spoken = wording.spoken()
    hours, minutes = length.seconds // 3600, length.seconds % 3600 // 60
    parts = [
        spoken["d"].format(n=length.days) if length.days else "", spoken["h"].format(n=hours) if hours else "",
        spoken["min"].format(n=minutes) if minutes else "", _("{n} working days").format(n=length.workdays) if length.workdays else "",
        _("{n} months").format(n=length.months) if length.months else "",
    ]
    return " ".join(part for part in parts if part)
