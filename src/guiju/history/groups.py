"""How the rooms of one group are recognised in a file that keeps each room in a row of its own and has no booking number.

The rule: rows are rooms of one group when they are alike in hotel, day booked, arrival, departure, agent, company, segment,
channel, kind of guest, deposit and meals, and there are at least five such rooms; ten where the segment is an online one,
because single guests of a large online agency book alike by chance. Room type, rate, guests and status do not count: a block has
singles and twins, and some of its rooms are cancelled. The rows stay rows; the group is a further figure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

ALIKE = (
    "past_hotel",
    "booked_on",
    "arrival_on",
    "departure_on",
    "agent",
    "company",
    "segment",
    "channel",
    "customer_type",
    "deposit",
    "meal",
)
ROOMS, ROOMS_ONLINE = 5, 10
ONLINE = ("online", "ota", "网络", "网上", "线上")


def likeness(values: Mapping[str, Any]) -> int:
    """A number that rows alike have in common."""
    text = "\x1f".join([str(values[key]) for key in ALIKE])
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def enough(rooms: int, segment: str) -> bool:
    """Whether so many rooms alike are a group."""
    if rooms < ROOMS:
        return False
    return rooms >= ROOMS_ONLINE or not is_online(segment)


def is_online(segment: str) -> bool:
    """Whether the segment's name says that its guests book for themselves on the net."""
    words = segment.casefold().replace("/", " ").split()
    return any(word == name or (not name.isascii() and name in word) for word in words for name in ONLINE)
