"""A point as it is proposed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from guiju.reading.doubt import Doubt

Place = tuple[int, int]


@dataclass(slots=True)
class Field:
    """A proposal: its value, where it stands in the text, and every reason to ask a person about it."""

    value: Any
    spans: list[Place] = field(default_factory=list)  # in the plain text
    doubts: list[Doubt] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)  # in the original
    leans_on: str = ""  # the point it was counted from: its doubts hold here too

    @property
    def sure(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.doubts

    @property
    def why(self) -> list[dict[str, str]]:
        """The reasons as rows keep them: each once."""
        return [{"code": one.code, "quote": one.quote} for one in dict.fromkeys(self.doubts)]
