"""The hotel of the stories, and a draft of its standard."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.conftest import Story, story

__all__ = ["story"]
FASTER = {"rule.0.due.within": "20m"}


def begun(story: Story, title: str = "二十分钟答复", who: str = "shen") -> dict[str, Any]:
    """A draft from the newest edition."""
    return dict(story.do(who, "/standard/drafts", {"title": title}))


def changed(story: Story, draft: dict[str, Any], changes: dict[str, Any], clause: str = "booking.reply-30") -> dict[str, Any]:
    """The clause with some of its fields changed; its cases run."""
    found = story.do("shen", f"/standard/drafts/{draft['id']}/clauses/{clause}", {"version": draft["version"], "changes": changes}, method="patch")
    draft["version"] = found["version"]
    return dict(found)


def settled(story: Story, draft: dict[str, Any], clause: str = "booking.reply-30") -> None:
    """Every case that does not hold any more expects what the clause now gives."""
    for one in story.get("shen", f"/standard/drafts/{draft['id']}")["failing"]:
        path = f"/standard/drafts/{draft['id']}/clauses/{one['clause']}/cases/{one['number']}/expect"
        draft["version"] = story.do("shen", path, {"version": draft["version"]})["version"]


def proposed(story: Story, draft: dict[str, Any], at: str) -> dict[str, Any]:
    """The draft waits for the general manager."""
    found = story.do("shen", f"/standard/drafts/{draft['id']}/propose", {"version": draft["version"], "effective_at": at})
    draft["version"] = found["version"]
    return dict(found)


def approved(story: Story, changes: dict[str, Any], at: str, clause: str = "booking.reply-30") -> dict[str, Any]:
    """A new edition with these changes, from a moment on."""
    draft = begun(story)
    changed(story, draft, changes, clause)
    settled(story, draft)
    proposed(story, draft, at)
    return dict(story.do("lu", f"/standard/drafts/{draft['id']}/decide", {"approve": True, "version": draft["version"]}))


@pytest.fixture
def draft(story: Story) -> dict[str, Any]:
    """A draft that nobody has changed yet."""
    return begun(story)
