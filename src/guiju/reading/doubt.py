"""Why a point is not certain: a code for programs, and the words of the original that raised it.

The sentence shown for a code is the showing room's, in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass


def N_(text: str) -> str:
    """Marks a text to be translated where it is shown."""
    return text


MESSAGES = {
    "missing": N_("nothing about it in the text"),
    "impossible": N_("there is no such day"),
    "past": N_("this day has passed"),
    "far": N_("more than a year and a half ahead"),
    "year": N_("the year is not given"),
    "month": N_("the month is not given"),
    "order": N_("day and month may be the other way round"),
    "weekday": N_("the day of the week does not fit the date"),
    "vague": N_("no exact day"),
    "inclusive": N_("the last night, or the day of departure?"),
    "small_hours": N_("arrives after midnight: from which night?"),
    "role": N_("what it is for is not said"),
    "several": N_("more than one in the text"),
    "before_arrival": N_("the departure is not after the arrival"),
    "long_stay": N_("a stay of more than 60 nights"),
    "nights": N_("the dates and the number of nights do not agree"),
    "days": N_("days, not nights: how many nights?"),
    "stays": N_("more than one stay"),
    "leftover": N_("not understood"),
    "negated": N_("a word that may turn it round"),
    "open": N_("left open"),
    "total": N_("the total is not the sum of its parts"),
    "unknown_room": N_("a room type this hotel does not know"),
    "no_type": N_("which room type?"),
    "no_number": N_("how many?"),
    "twice": N_("stands there twice"),
    "apart": N_("type and number stand apart"),
    "approximate": N_("not an exact number"),
    "sum": N_("does the second number belong to it?"),
    "children": N_("are the children counted?"),
    "misfit": N_("persons and rooms do not fit together"),
    "payment": N_("how is it paid?"),
    "value": N_("does not look right"),
    "unlabelled": N_("found without a label"),
    "kind": N_("a change or cancellation: compare it with the booking"),
    "unticked": N_("none of the form's boxes is ticked"),
    "ticks": N_("the ticks and the words do not agree"),
    "quoted": N_("the earlier mail says otherwise"),
    "subject": N_("the subject line says otherwise"),
    "cut": N_("the text is long: its end was not read"),
    "faint": N_("not clearly legible"),
    "two_readings": N_("can be read in two ways"),
    "digits": N_("are these digits right?"),
    "unread": N_("something on the page could not be read"),
    "boxes": N_("boxes to tick: which one is ticked?"),
}
CODES = frozenset(MESSAGES)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to ask a person."""

    code: str
    quote: str = ""

    def __post_init__(self) -> None:
        assert self.code in CODES, self.code


def quoted(text: str) -> str:
    """Words of the original, short enough to stand beside a point."""
    words = " ".join(text.split()).strip(" ,，;；。、:：")
    return words if len(words) <= 40 else words[:39] + "…"
