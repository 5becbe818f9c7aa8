"""The original's text cut into pieces, so that each point's place bears its number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from guiju.enquiries.points import Point


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the original; `mark` is the number of the point read from it, 0 for plain text."""

    text: str
    mark: int = 0
    unsure: bool = False


def pieces(text: str, points: Iterable[Point]) -> list[Piece]:
    """The text in order; where two points claim the same words the first keeps them."""
    spans = sorted(
        (start, end, point.mark, not point.settled)
        for point in points
        for start, end in (span_of(place, text) for place in point.places)
        if 0 <= start < end <= len(text)
    )
    found, at = [], 0
    for start, end, mark, unsure in spans:
        if start < at:
            continue
        if start > at:
            found.append(Piece(text[at:start]))
        found.append(Piece(text[start:end], mark, unsure))
        at = end
    if at < len(text):
        found.append(Piece(text[at:]))
    return found


def span_of(place: Any, text: str) -> tuple[int, int]:
    """A place as (start, end): given as numbers, or as the words themselves."""
    if isinstance(place, dict):
        if place.get("start") is not None and place.get("end") is not None:
            return _numbers(place["start"], place["end"])
        place = place.get("text") or place.get("quote") or ""
    if isinstance(place, list | tuple) and len(place) == 2:
        return _numbers(*place)
    if isinstance(place, str) and place:
        start = text.find(place)
        return (start, start + len(place))
    return (-1, -1)


def _numbers(start: Any, end: Any) -> tuple[int, int]:
    try:
        return (int(start), int(end))
    except (TypeError, ValueError):
        return (-1, -1)
