"""From the guest's mail to the letter that came back, over a real IMAP and a real SMTP server, through the pages people use."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.duties.models import Duty
from guiju.duties.queries import with_status
from guiju.enquiries.models import Enquiry, Message
from guiju.mailroom.looking import look
from guiju.mailroom.models import Item, Mailbox
from guiju.rounds.actions import go_round
from tests.enquiries.scene import Scene
from tests.mailroom.conftest import box
from tests.mailroom.dovecot import Dovecot
from tests.mailroom.mails import mail, report
from tests.mailroom.smtpd import Smtp

pytestmark = pytest.mark.django_db


def test_a_mail_its_answer_the_guest_s_answer_and_the_letter_that_came_back(scene: Scene, dovecot: Dovecot, smtp: Smtp, tmp_path: Path) -> None:
    cast = scene.cast

    def at(clock: str) -> None:
        (tmp_path / "clock").write_text(cast.at(clock).isoformat())

    def fetch(clock: str) -> int:
        row = Mailbox.objects.select_related("hotel").get()
        return look(row, clock=lambda: cast.at(clock)).taken

    def status(rule: str, clock: str) -> list[str]:
        return [one.status for one in with_status(Duty.objects.filter(subject_id=str(row.pk), rule=rule), cast.at(clock)).order_by("opens_at")]

    # the guest's mail has lain in the mailbox for twenty minutes when the worker comes: his half hour began when it arrived
    box(scene, dovecot.tls_port)
    dovecot.put(mail().as_bytes(), arrived_at=cast.at("09:45"))
    assert fetch("10:05") == 1
    row = Enquiry.objects.get()
    duty = Duty.objects.get(subject_id=str(row.pk), rule="reply")
    assert (row.received_at, duty.due_at) == (cast.at("09:45"), cast.at("10:15"))

    # she takes it and answers by mail; it counts when the far end took it
    at("10:06")
    lin = cast.sign_in("lin", now=cast.at("10:06"))
    assert lin.post(f"/enquiries/{row.pk}/take").status_code == 302
    page = lin.get(f"/enquiries/{row.pk}/answer").context["draft"]
    form = {key: page.get(key) or "" for key in ("offer", "next_step", "body", "subject_line", "lang")}
    sent = lin.post(f"/enquiries/{row.pk}/reply", {**form, "kind": "quotation", "channel": "mail", "to": "zhao@dongjia.example"})
    assert sent.status_code == 302, sent.content.decode()[:2000]
    assert status("reply", "10:07") in (["open"], ["soon"])
    go_round(cast.at("10:08"))
    (ours,) = smtp.letters
    (number,) = [line.split(b": ")[1].strip().decode() for line in ours.data.split(b"\n") if line.startswith(b"Message-ID")]
    assert status("reply", "10:09") == ["met"]

    # the guest answers: it is on his request, nobody owes a new answer, somebody owes reading it
    back = mail("好的，请保留。", number="<2@dongjia.example>", answers=number, subject="Re: 报价")
    dovecot.put(back.as_bytes(), arrived_at=cast.at("10:20"))
    assert fetch("10:21") == 1 and Enquiry.objects.count() == 1
    row.refresh_from_db()
    assert row.state == "answered" and status("reply", "10:22") == ["met"] and status("read", "10:22") in (["open"], ["soon"])
    at("10:25")
    assert "好的，请保留。" in lin.get(f"/enquiries/{row.pk}").content.decode()
    assert lin.post(f"/enquiries/heard/{Message.objects.get(answers=row).pk}/seen").status_code == 302
    assert status("read", "10:26") == ["met"]

    # hours later the far end reports that our letter never arrived: it is no answer any more
    dovecot.put(report(number), arrived_at=cast.at("11:00"))
    assert fetch("11:01") == 1
    row.refresh_from_db()
    assert row.state == "open" and status("reply", "11:02") == ["late"]
    at("11:03")
    shown = lin.get(f"/enquiries/{row.pk}").content.decode()
    assert "User unknown" in shown and lin.get("/bell/").content.decode().count(row.number) >= 1
    assert list(Item.objects.order_by("arrived_at").values_list("state", flat=True)) == ["accepted", "answered", "returned"]
