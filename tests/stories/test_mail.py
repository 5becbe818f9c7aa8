"""What a client writes back after our answer: read within a quarter of an hour, all of it, by whoever has the request."""

from __future__ import annotations

import base64
from typing import Any

from guiju.notices.models import Letter
from tests.mailroom.mails import GUEST, mail
from tests.stories.conftest import Story


def post(story: Story, raw: bytes) -> dict[str, Any]:
    """A mail is taken in by the clerk's program."""
    (found,) = story.do("wen", "/enquiries/messages", {"file": base64.b64encode(raw).decode(), "filename": "m.eml"})
    return dict(found)


def answered(story: Story) -> tuple[str, str]:
    """A request by mail, answered by mail at 10:05: (its id, our letter's id)."""
    story.at("10:00")
    assert post(story, mail().as_bytes())["status"] == "accepted"
    row = story.get("lin", "/enquiries")[0]
    story.do("lin", f"/enquiries/{row['id']}/take")
    story.at("10:05")
    story.do("lin", f"/enquiries/{row['id']}/reply", {"kind": "quotation", "channel": "mail", "to": GUEST})
    story.at("10:06")
    story.round()
    return row["id"], Letter.objects.get(about_kind="reply").message_id


def test_what_the_client_writes_back_is_read_within_a_quarter_of_an_hour(story: Story) -> None:
    """booking.handle-at-once: it came at 11:00, late at 11:16; read then, it stays late in the figures."""
    pk, ours = answered(story)
    story.at("11:00")
    assert post(story, mail("好的，谢谢。", number="<2@x>", answers=ours).as_bytes())["status"] == "answered"
    story.runs_out("lin", "booking.handle-at-once", "read", "11:15")
    (letter,) = story.get("lin", f"/enquiries/{pk}/heard")
    story.do("lin", f"/enquiries/heard/{letter['id']}/seen")
    assert [one["status"] for one in story.behind("booking.handle-at-once", "read")] == ["met_late"]


def test_all_that_he_wrote_is_read(story: Story) -> None:
    """Two letters, one read: it is still owed, counted from the first; who answers has read both."""
    pk, ours = answered(story)
    for clock, number in (("11:00", "<2@x>"), ("11:05", "<3@x>")):
        story.at(clock)
        post(story, mail(f"还有一事 {number}", number=number, answers=ours).as_bytes())
    newest, first = story.get("lin", f"/enquiries/{pk}/heard")
    story.at("11:10")
    story.do("lin", f"/enquiries/heard/{first['id']}/seen")
    owed = story.owed("lin", "booking.handle-at-once", "read")
    assert [one["status"] in ("open", "soon") for one in owed] == [True] and newest["seen_at"] is None
    story.do("lin", f"/enquiries/heard/{newest['id']}/seen")
    assert not [one for one in story.owed("lin", "booking.handle-at-once", "read") if one["status"] in ("open", "soon", "late")]
