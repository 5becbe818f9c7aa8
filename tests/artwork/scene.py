"""The art workers and what they make: two people more than the cast, and an order as the sales department gives it."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PIL import Image

from guiju.artwork import actions
from guiju.artwork.models import ArtOrder
from guiju.house.models import Appointment, Person
from guiju.papers.files import keep
from guiju.papers.models import StoredFile
from tests.cast import TODAY, Cast

MAKERS = {"mei": ("梅影", "art_supervisor"), "hua": ("华青", "art_worker")}
BANNER = {
    "what": "banner", "title": "东岬机电答谢会", "text_zh": "热烈欢迎东岬机电 2026 年度答谢会", "text_en": "Welcome to the Dongjia Annual Dinner 2026",
    "size": "8 × 0.7 m", "material": "布", "place": "海晏厅",
}


def picture(colour: str = "white") -> bytes:
    """A small png."""
    out = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(out, "PNG")
    return out.getvalue()


def base64_of(colour: str = "white") -> str:
    return base64.b64encode(picture(colour)).decode()


def hire(cast: Cast) -> None:
    """Put the art workers into the hotel."""
    for who, (name, post) in MAKERS.items():
        person = Person.objects.create(username=who, name=name, password="!")
        cast.people[who] = person
        Appointment.objects.create(hotel=cast.hotel, person=person, post=post, from_at=cast.hotel.created_at)


@dataclass
class Studio:
    """The hotel with its art workers, and hands for each step."""

    cast: Cast

    def by(self, who: str, clock: str = "10:00", day: Any = TODAY) -> dict[str, Any]:
        now = self.cast.at(clock, day)
        return {"by": self.cast.actor(who, now=now), "now": now}

    def due(self, clock: str = "16:00", days: int = 1) -> datetime:
        return self.cast.at(clock, TODAY + timedelta(days=days))

    def order(self, who: str = "lin", clock: str = "10:00", **more: Any) -> ArtOrder:
        return actions.order(self.cast.hotel, **{**BANNER, "due_at": self.due(), **more}, **self.by(who, clock))

    def file(self, colour: str = "white") -> StoredFile:
        return keep(self.cast.hotel.pk, picture(colour), "banner.png", kinds=("png", "jpeg"), now=self.cast.at("10:00"))

    def made(self, **more: Any) -> ArtOrder:
        """Ordered, taken, proofed, approved, made and found good."""
        row = self.order(**more)
        actions.take(row, **self.by("hua", "10:05"))
        if row.worded:
            actions.show_proof(row, file=self.file(), **self.by("hua", "10:30"))
            actions.approve_text(row, text_hash=row.text_hash, **self.by("lin", "10:40"))
        actions.finish(row, used="布 8 米", **self.by("hua", "11:30"))
        actions.check(row, good=True, **self.by("mei", "11:40"))
        return row

    def hung(self, **more: Any) -> ArtOrder:
        row = self.made(**{"until_at": self.due("21:00", 2), "from_at": self.due("17:00", 1), **more})
        return actions.deliver(row, photo=self.file("red"), **self.by("hua", "12:00"))
