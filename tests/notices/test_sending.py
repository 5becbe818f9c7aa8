"""Letters leave once, wait when the far end says "not now", and one bad letter holds up nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPSenderRefused
from types import SimpleNamespace

import pytest

from guiju.notices import sending
from guiju.notices.models import Letter
from tests.enquiries.scene import Scene


def letter(scene: Scene, subject: str = "报价") -> Letter:
    now = scene.cast.at("10:00")
    return Letter.objects.create(
        hotel=scene.cast.hotel, to="zhao@dongjia.example", subject=subject, body="见附件", channel="mail", not_before_at=now,
        created_at=now, message_id=f"<{subject[:6].strip().replace(' ', '')}@guiju.example>", about_kind="none", about_id="1", key=subject[:20],
    )


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (SMTPRecipientsRefused({"zhao@dongjia.example": (451, b"greylisted, come back")}), "waiting"),
        (SMTPRecipientsRefused({"zhao@dongjia.example": (550, b"no such user")}), "dead"),
        (SMTPSenderRefused(452, b"too many", "us@example.org"), "waiting"),
        (ConnectionRefusedError("no server"), "waiting"),
        (ValueError("a letter that cannot be made into a mail"), "waiting"),
    ],
)
def test_only_a_final_no_is_a_bounce(scene: Scene, monkeypatch: pytest.MonkeyPatch, error: Exception, state: str) -> None:
    """4xx means "not now": the letter waits and is tried again; 5xx comes back at once."""
    row, other = letter(scene), letter(scene, "second")

    def hand_over(one: Letter, now: datetime) -> None:
        if one.pk == row.pk:
            raise error

    monkeypatch.setattr(sending, "_hand_over", hand_over)
    assert sending.send_due(scene.cast.at("10:01")) == 1
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, other.state) == (state, "sent")
    if state == "waiting":
        assert row.not_before_at == scene.cast.at("10:02") and row.last_error


def test_a_letter_that_never_goes_through_is_given_up(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """After eight tries it lies dead, for a person to see."""
    row = letter(scene)

    def refuse(one: Letter, now: datetime) -> None:
        raise OSError("no route")

    monkeypatch.setattr(sending, "_hand_over", refuse)
    now = scene.cast.at("10:01")
    for _ in range(9):
        sending.send_due(now)
        now += timedelta(hours=3)
    row.refresh_from_db()
    assert row.state == "dead" and "no route" in row.last_error


def test_a_subject_cannot_add_a_header(scene: Scene) -> None:
    """Whatever breaks lines is a blank; the mail has the headers we gave it and no other."""
    mail = sending.as_mail(letter(scene, "Quote\rBcc: x@evil.example\n\u2028Cc: y"), scene.cast.at("10:01"))
    assert mail["Bcc"] is None and mail["Cc"] is None
    assert mail["Subject"] == "Quote Bcc: x@evil.example Cc: y"


def test_a_letter_left_when_the_far_end_took_it(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow mail server does not pre-date the answer: the time of handing over is added."""
    row, moments = letter(scene), iter([0.0, 0.0, 0.0, 840.0])
    monkeypatch.setattr(sending, "time", SimpleNamespace(monotonic=lambda: next(moments)))
    monkeypatch.setattr(sending, "_hand_over", lambda one, now: None)
    assert sending.send_due(scene.cast.at("10:01")) == 1
    row.refresh_from_db()
    assert row.sent_at == scene.cast.at("10:15")
