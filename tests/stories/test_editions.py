"""The standard itself: who reads it, who changes it, and whose word it takes (manual.read, manual.versions)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from guiju.duties.actions import adopt
from guiju.duties.models import Edition
from guiju.house import actions as house
from guiju.shelf.actor import the_clock
from tests.cast import TODAY
from tests.stories.conftest import Story

TWENTY = {"rule.0.due.within": "20m"}
NOON = "2026-11-24T12:00:00+08:00"


def draft(story: Story, changes: dict[str, Any]) -> tuple[str, int]:
    """A draft of the sales manager with the thirty minutes changed: its path and version."""
    row = story.do("shen", "/standard/drafts", {"title": "二十分钟答复"})
    path = f"/standard/drafts/{row['id']}"
    body = {"version": row["version"], "changes": changes}
    return path, int(story.do("shen", f"{path}/clauses/booking.reply-30", body, method="patch")["version"])


def settled(story: Story, path: str, version: int) -> int:
    """Its cases expect what the clause now gives."""
    for one in story.get("shen", path)["failing"]:
        version = story.do("shen", f"{path}/clauses/{one['clause']}/cases/{one['number']}/expect", {"version": version})["version"]
    return version


def new_edition(story: Story) -> None:
    """Twenty minutes from noon on: changed, its cases settled, proposed by one and approved by the other."""
    path, version = draft(story, TWENTY)
    version = settled(story, path, version)
    version = story.do("shen", f"{path}/propose", {"version": version, "effective_at": NOON})["version"]
    story.do("lu", f"{path}/decide", {"approve": True, "version": version})


def read(story: Story, who: str, first: int | None = None) -> None:
    """He acknowledges what he has not read yet, or only the first few of it."""
    unread = [(one["clause"], one["wording"]) for one in story.get(who, "/standard/mine") if not one["read"]]
    story.do(who, "/standard/mine/acknowledge", {"clauses": dict(unread[:first])})


def test_everyone_reads_the_clauses_of_his_post(story: Story) -> None:
    """manual.read: from the new wording three working days, until the close of the third; asked again when it changes."""
    new_edition(story)
    story.runs_out("lin", "manual.read", "read", "20:00", TODAY + timedelta(days=3))
    read(story, "lin", first=3)
    assert story.owed("lin", "manual.read")
    read(story, "lin")
    assert not story.owed("lin", "manual.read") and story.owed("wen", "manual.read")


def test_who_hears_that_somebody_does_not_read(story: Story) -> None:
    """manual.read: after half the time oneself, at its end the head of the department, a day later the sales manager."""
    new_edition(story)
    for who in ("fu", "shen"):
        read(story, who)
    def heard(who: str) -> int:
        return sum("manual.read" in one["text"] for one in story.get(who, "/bell"))

    story.at("09:00", TODAY + timedelta(days=2))
    story.round()
    assert heard("fang") == 1 and heard("fu") == 0
    story.at("09:00", TODAY + timedelta(days=4))
    story.round()
    before = heard("shen")
    assert heard("fu") >= 1
    story.at("09:00", TODAY + timedelta(days=5))
    story.round()
    assert heard("shen") > before


def test_whoever_leaves_his_post_reads_no_more(story: Story) -> None:
    """manual.read: disabled in time, nothing is owed."""
    new_edition(story)
    cast = story.cast
    house.disable_person(cast.hotel, person=cast.people["wen"], by=the_clock(cast.hotel.pk, via="cli"), now=story.at("15:00"))
    from guiju.duties.models import Duty

    (duty,) = Duty.objects.filter(clause="manual.read", owner_person_id=cast.people["wen"].pk)
    assert duty.ended_at is not None


def test_cases_hold_before_an_edition_is_proposed(story: Story) -> None:
    """manual.versions: with one red case the general manager is not even asked."""
    path, version = draft(story, TWENTY)
    said = story.refused("shen", f"{path}/propose", {"version": version, "effective_at": NOON})
    assert said["code"] == "gate" and [one["clause"] for one in said["clauses"]] == ["manual.versions"]
    version = settled(story, path, version)
    assert story.do("shen", f"{path}/propose", {"version": version, "effective_at": NOON})["state"] == "proposed"


def test_its_day_lies_ahead_when_it_is_approved(story: Story) -> None:
    """manual.versions: approved too late it goes back for another day."""
    path, version = draft(story, {"weight": 2})
    version = story.do("shen", f"{path}/propose", {"version": version, "effective_at": NOON})["version"]
    story.at("12:01")
    said = story.refused("lu", f"{path}/decide", {"approve": True, "version": version})
    assert said["code"] == "gate" and said["clauses"][0]["missing"] == ["effective_ahead"]
    story.do("lu", f"{path}/decide", {"approve": False, "words": "日期过了", "version": version})


def test_an_edition_past_the_pages_lacks_its_people(story: Story) -> None:
    """manual.versions: put in force from the terminal, nobody proposed and nobody approved; the figures say so."""
    hotel = story.cast.hotel
    texts = {name: f"{text}\n# from the terminal\n" for name, text in Edition.objects.get().texts.items()}
    adopt(hotel, texts=texts, effective_at=story.cast.at("11:00"), by=the_clock(hotel.pk, via="cli"), now=story.at("10:30"))
    story.at("13:00")
    (gap,) = story.get("lu", "/compliance/manual.versions/gaps")
    assert gap["gaps"] == ["proposed_by", "approved_by"]
    new_edition_later(story)
    found = {one["clause"]: one["records"] for one in story.get("lu", "/compliance")}
    assert (found["manual.versions"]["of"], found["manual.versions"]["complete"]) == (2, 1)


def new_edition_later(story: Story) -> None:
    """One more by the pages, in force from two o'clock."""
    path, version = draft(story, {"weight": 2})
    version = story.do("shen", f"{path}/propose", {"version": version, "effective_at": "2026-11-24T14:00:00+08:00"})["version"]
    story.do("lu", f"{path}/decide", {"approve": True, "version": version})
    story.at("14:01")
