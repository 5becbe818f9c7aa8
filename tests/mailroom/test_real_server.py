"""A real mailbox (Dovecot over TLS): what lies there is taken in once, whatever the server says of it."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from imap_tools.utils import encode_folder

from guiju.enquiries.models import Enquiry, Message
from guiju.mailroom.looking import attempt, look
from guiju.mailroom.models import Item, Mailbox
from tests.enquiries.scene import Scene
from tests.mailroom.conftest import box
from tests.mailroom.dovecot import Dovecot
from tests.mailroom.mails import mail

pytestmark = pytest.mark.django_db


def fetch(scene: Scene, row: Mailbox, clock: str = "10:05") -> int:
    row.refresh_from_db()
    found = look(row, clock=lambda: scene.cast.at(clock))
    row.refresh_from_db()
    return found.taken


def test_a_mail_becomes_a_request_counted_from_its_arrival(scene: Scene, dovecot: Dovecot) -> None:
    row = box(scene, dovecot.tls_port)
    dovecot.put(mail().as_bytes(), arrived_at=scene.cast.at("09:41"))
    assert fetch(scene, row) == 1
    found = Enquiry.objects.select_related("message").get()
    assert found.received_at == found.message.received_at == scene.cast.at("09:41") and found.rooms == {"TWN": 2}
    assert (row.error_code, row.succeeded_at) == ("", scene.cast.at("10:05"))
    assert Item.objects.get().enquiries == [found.number]
    assert "Seen" not in dovecot.listed()[0]  # the server's marks stay as they are
    assert fetch(scene, row) == 0 and Message.objects.count() == 1


def test_what_others_have_read_is_taken_in_too(scene: Scene, dovecot: Dovecot) -> None:
    row = box(scene, dovecot.tls_port)
    dovecot.put(mail().as_bytes(), arrived_at=scene.cast.at("09:41"))
    client = dovecot.client()
    client.select("INBOX")
    client.store("1", "+FLAGS", r"(\Seen)")
    client.logout()
    assert fetch(scene, row) == 1


def test_a_server_that_numbers_anew_brings_nothing_twice(scene: Scene, dovecot: Dovecot) -> None:
    row = box(scene, dovecot.tls_port)
    for number in range(3):
        dovecot.put(mail(number=f"<{number}@x.example>", subject=f"订房 {number}").as_bytes(), arrived_at=scene.cast.at("09:41"))
    assert fetch(scene, row) == 3
    before = row.uid_validity
    dovecot.number_anew()
    dovecot.put(mail(number="<new@x.example>").as_bytes(), arrived_at=scene.cast.at("09:50"))
    fetch(scene, row)
    assert row.uid_validity != before and Enquiry.objects.count() == 4
    assert sorted(Item.objects.values_list("state", flat=True)) == ["accepted"] * 4 + ["duplicate"] * 3


def test_the_same_mail_in_two_mailboxes_is_one(scene: Scene, dovecot: Dovecot) -> None:
    first, second = box(scene, dovecot.tls_port), box(scene, dovecot.tls_port, user="second", name="总台")
    dovecot.put(b"Received: from a by b; 1\n" + mail().as_bytes(), arrived_at=scene.cast.at("09:41"))
    dovecot.put(b"Received: from a by c; 2\n" + mail().as_bytes(), arrived_at=scene.cast.at("09:42"), user="second")
    assert (fetch(scene, first), fetch(scene, second)) == (1, 1)
    assert Enquiry.objects.count() == 1 and set(Item.objects.values_list("state", flat=True)) == {"accepted", "duplicate"}


def test_older_mail_stays_where_it_is(scene: Scene, dovecot: Dovecot) -> None:
    row = box(scene, dovecot.tls_port, clock="09:00")
    dovecot.put(mail(number="<old@x>").as_bytes(), arrived_at=scene.cast.at("08:59"))
    dovecot.put(mail(number="<older@x>").as_bytes(), arrived_at=scene.cast.at("09:00") - timedelta(days=40))
    dovecot.put(mail().as_bytes(), arrived_at=scene.cast.at("09:01"))
    assert fetch(scene, row) == 1 and Enquiry.objects.get().received_at == scene.cast.at("09:01")


def test_what_is_dealt_with_is_moved(scene: Scene, dovecot: Dovecot) -> None:
    row = box(scene, dovecot.tls_port, after="move", move_to="Done")
    dovecot.put(mail().as_bytes(), arrived_at=scene.cast.at("09:41"))
    dovecot.put(mail(number="<old@x>").as_bytes(), arrived_at=scene.cast.at("08:00"))
    assert fetch(scene, row) == 1
    assert (len(dovecot.listed()), len(dovecot.listed("Done"))) == (1, 1)


def test_starttls_too_and_a_stranger_s_certificate_not(scene: Scene, dovecot: Dovecot, settings: object) -> None:
    row = box(scene, dovecot.port, security="starttls")
    dovecot.put(mail().as_bytes(), arrived_at=scene.cast.at("09:41"))
    assert attempt(row) == ("ok", "", 1)
    assert fetch(scene, row) == 1
    settings.MAIL_CA = ""  # type: ignore[attr-defined]
    assert attempt(row)[0] == "certificate"
    fetch(scene, row)
    assert row.error_code == "certificate" and row.failures == 1 and row.next_look_at > scene.cast.at("10:05")


@pytest.mark.parametrize(("change", "code"), [({"secret": "wrong"}, "login"), ({"folder": "没有"}, "folder")])
def test_what_is_wrong_is_said(scene: Scene, dovecot: Dovecot, change: dict[str, str], code: str) -> None:
    row = box(scene, dovecot.tls_port, **change)
    assert attempt(row)[0] == code
    fetch(scene, row)
    assert row.error_code == code


def test_folders_with_chinese_names(scene: Scene, dovecot: Dovecot) -> None:
    client = dovecot.client()
    client.create(encode_folder("订单"))
    client.logout()
    row = box(scene, dovecot.tls_port, folder="订单")
    dovecot.put(mail().as_bytes(), arrived_at=scene.cast.at("09:41"), folder=encode_folder("订单").decode())
    assert fetch(scene, row) == 1


def test_news_comes_at_once_where_the_server_tells(scene: Scene, dovecot: Dovecot) -> None:
    """IDLE: the look stays until something comes, and the next one is due at once."""
    row = box(scene, dovecot.tls_port, idle=True)
    late = threading.Timer(0.5, lambda: dovecot.put(mail().as_bytes(), arrived_at=scene.cast.at("10:04")))
    late.start()
    begun = time.monotonic()
    found = look(row, clock=lambda: scene.cast.at("10:05"), wait=True)
    late.join()
    assert found.more and time.monotonic() - begun < 10
    row.refresh_from_db()
    assert row.next_look_at == scene.cast.at("10:05") and fetch(scene, row) == 1
