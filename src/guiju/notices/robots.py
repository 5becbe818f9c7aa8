"""The robots of group chats as their page shows them: where each stands, without its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.house.naming import department_name
from guiju.notices.chat.vendors import VENDORS
from guiju.notices.models import Letter, Robot
from guiju.shelf.actor import Actor

# What the vendors' codes come to, for whoever has to mend it.
CODES = {
    "93000": N_("there is no such robot: was it taken out of the group?"), "300001": N_("there is no such robot: was it taken out of the group?"),
    "300005": N_("there is no such robot: was it taken out of the group?"), "400101": N_("there is no such robot: was it taken out of the group?"),
    "400106": N_("there is no such robot: was it taken out of the group?"), "19001": N_("there is no such robot: was it taken out of the group?"),
    "400102": N_("the robot is switched off in the group"), "400013": N_("the group was dissolved"),
    "310000": N_("signature, key word or address list of the robot do not agree"), "19021": N_("the signature does not agree, or our clock is wrong"),
    "19022": N_("our address is not on the robot's list"), "19024": N_("the robot wants a key word: take the signature instead"),
    "45009": N_("too many messages a minute"), "130101": N_("too many messages a minute"), "11232": N_("too many messages a minute"),
}


def reason(last_error: str) -> str:
    """Why a robot does not get through, in the reader's words; the vendor's own code and words after it."""
    if not last_error:
        return ""
    code = last_error.partition(" ")[0]
    return f"{_(CODES[code])} ({last_error})" if code in CODES else _(last_error)


@dataclass(slots=True)
class Standing:
    """One robot with what became of its last message."""

    robot: Robot
    vendor: str
    department: str
    state: str  # done | wait | late: the seal
    words: str
    why: str
    may: bool
    waiting: int

    @property
    def digests(self) -> bool:
        """Whether it keeps anything for its digest."""
        return Robot.When.DIGEST in (self.robot.late, self.robot.soon, self.robot.other)


def may_keep(actor: Actor, department: str) -> bool:
    """Whether this person keeps the robots of a department; those of the whole house: administrator, GM, duty manager."""
    return actor.may("house.setup") or bool(actor.posts & {"gm", "duty_manager"}) or department in actor.departments


def vendor_name(key: str, lang: str) -> str:
    """What the vendor is called."""
    return (VENDORS[key].name_en if lang.startswith("en") else VENDORS[key].name) if key in VENDORS else key


def standing(actor: Actor, now: datetime, lang: str) -> list[Standing]:
    """All living robots, those that do not get through first: two queries."""
    rows = list(Robot.objects.of(actor.hotel_id).filter(ended_at__isnull=True).order_by("department", "name"))
    waiting = _waiting(actor.hotel_id, [str(row.pk) for row in rows])
    found = [_one(row, waiting.get(str(row.pk), 0), actor, lang) for row in rows]
    return sorted(found, key=lambda one: {"late": 0, "wait": 1}.get(one.state, 2))


def _waiting(hotel_id: UUID, robots: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    rows = Letter.objects.of(hotel_id).filter(channel="chat", to__in=robots, state__in=("waiting", "sending"))
    for to in rows.values_list("to", flat=True):
        counts[to] = counts.get(to, 0) + 1
    return counts


def _one(row: Robot, waiting: int, actor: Actor, lang: str) -> Standing:
    if row.stopped_at:
        state, words = "late", _("stands still until somebody mends it")
    elif row.failures:
        state, words = "wait", _("does not get through, tries again")
    elif waiting:
        state, words = "wait", _("a message is on its way")
    elif row.sent_at:
        state, words = "done", _("gets through")
    else:
        state, words = "wait", _("has said nothing yet")
    why = reason(row.last_error)
    house = department_name(row.department) if row.department else _("Whole house")
    return Standing(row, vendor_name(row.vendor, lang), house, state, words, why, may_keep(actor, row.department), waiting)


def as_given(data: Any) -> dict[str, Any]:
    """A form's fields as the verbs want them."""
    found = {
        name: data.get(name, "")
        for name in ("name", "vendor", "department", "address", "secret", "lang", "late", "soon", "other", "digest_at")
    }
    return found | {"plain": data.get("plain") == "on", "personal": data.get("personal") == "on"}
