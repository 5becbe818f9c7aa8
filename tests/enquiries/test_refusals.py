"""What is refused: said beside its field, kept a month, then dropped; nothing of it becomes an enquiry, a booking or a duty."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from guiju.bookings.models import Booking
from guiju.duties.models import Duty
from guiju.enquiries.models import Attachment, Enquiry, Message
from guiju.house import tokens
from guiju.logbook.models import Entry, PersonalKey
from guiju.logbook.queries import export
from guiju.papers.models import StoredFile
from guiju.rounds.actions import go_round
from tests.enquiries.scene import Scene
from tests.enquiries.test_intake import FAX, take
from tests.enquiries.test_mail_door import hang, mail

BROKEN = b"%PDF-1.4 nothing"


def test_the_page_says_it_beside_the_file_and_keeps_what_was_typed(scene: Scene) -> None:
    browser = scene.cast.sign_in("lin")
    files = [SimpleUploadedFile("fax.pdf", BROKEN), SimpleUploadedFile("good.txt", FAX.encode())]
    answer = browser.post("/enquiries/intake/", {"files": files, "text": "再看一下", "channel": "letter", "sender": "0591 5550"})
    page = answer.content.decode()
    field = page[page.index('id="files"') : page.index('id="text"')]
    assert answer.status_code == 422 and "fax.pdf" in field and 'class="err"' in field and "good.txt" not in field
    assert "再看一下" in page and 'value="0591 5550"' in page and '<option value="letter" selected>' in page
    assert Enquiry.objects.count() == Booking.objects.count() == Duty.objects.count() == 0
    assert Entry.objects.filter(kind="message.refused").count() == 1 and Entry.objects.filter(kind="message.received").count() == 0
    many = [SimpleUploadedFile(f"{place}.txt", FAX.encode()) for place in range(21)]
    assert browser.post("/enquiries/intake/", {"files": many}).status_code == 422 and Enquiry.objects.count() == 0


def test_programs_get_422_with_the_field(scene: Scene) -> None:
    _row, secret = tokens.create(scene.cast.hotel, person=scene.cast.people["lin"], name="t", by=scene.actor("lin"), now=scene.now)
    browser = scene.cast.sign_in("lin")

    def send(**body: Any) -> Any:
        return browser.post("/api/v1/enquiries/messages", body, content_type="application/json", headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": str(body)[:60]})

    refused = send(file=base64.b64encode(BROKEN).decode(), filename="fax.pdf")
    assert refused.status_code == 422 and refused["Content-Type"] == "application/problem+json" and refused.json()["errors"]["file"]
    assert send(text="").status_code == 422 and send(file="***").status_code == 422
    assert Entry.objects.filter(kind="message.refused").count() == 2 and Enquiry.objects.count() == 0
    good = send(text=FAX)
    assert good.status_code == 200 and good.json()[0]["arrival"] == "2026-12-06" and good.json()[0]["rooms"] == {"TWN": 2}
    assert send(text=FAX).json() == good.json() and Enquiry.objects.count() == 1


def test_after_a_month_file_error_and_sender_are_gone_and_the_entry_stays(scene: Scene) -> None:
    take(scene, BROKEN, "fax.pdf", sender="boese@example.org")
    letter = mail()
    hang(letter, b"MZ\x90\x00" + bytes(range(256)), "x.exe")
    take(scene, letter.as_bytes(), "m.eml")
    message, hung = Message.objects.get(form="refused"), Attachment.objects.select_related("file").get()
    paths = [message.file.path, hung.file.path]
    assert all(default_storage.exists(path) for path in paths)
    go_round(scene.now + timedelta(days=29, hours=23))
    assert Message.objects.filter(pk=message.pk).exists() and default_storage.exists(paths[0])
    go_round(scene.now + timedelta(days=30, seconds=1))
    assert not Message.objects.filter(pk=message.pk).exists() and not StoredFile.objects.filter(quarantined=True).exists()
    assert not any(default_storage.exists(path) for path in paths)
    entry = Entry.objects.get(kind="message.refused")
    assert PersonalKey.objects.get(about=f"message:{message.pk}").wrapped is None
    assert "boese" not in "\n".join(export(entry.chain)) and Entry.objects.filter(kind="message.refused").count() == 1
    hung.refresh_from_db()
    assert hung.file is None and hung.name == "x.exe"
    assert Enquiry.objects.count() == 1 and scene.cast.sign_in("lin").get(f"/enquiries/{Enquiry.objects.get().pk}").status_code == 200


def test_what_is_refused_again_is_kept_for_the_later_one_and_what_is_let_in_stays(scene: Scene) -> None:
    take(scene, BROKEN, "fax.pdf")
    later = scene.now + timedelta(days=20)
    from guiju.enquiries.actions import take_in
    from guiju.shelf.actor import the_clock

    take_in(scene.cast.hotel, data=BROKEN, filename="again.pdf", by=the_clock(scene.cast.hotel.pk), now=later)
    go_round(scene.now + timedelta(days=31))
    assert Message.objects.filter(form="refused").count() == 1 and StoredFile.objects.filter(quarantined=True).count() == 1
    go_round(later + timedelta(days=31))
    assert not Message.objects.filter(form="refused").exists() and not StoredFile.objects.filter(quarantined=True).exists()


@pytest.mark.parametrize("data", [b"", b"\x00" * 2000, b"PK\x03\x04 no zip", b"\x89PNG\r\n\x1a\n", b"II*\x00" + b"\xff" * 40, b"<OTA_HotelResNotifRQ><a>"])
def test_a_broken_message_makes_no_enquiry_booking_or_duty(scene: Scene, data: bytes) -> None:
    (found,) = take(scene, data, "../../x/y.pdf", sender="a@b.example")
    message = Message.objects.get()
    assert found["status"] == "refused" and found["error"] and message.refused_why and message.subject_line == "y.pdf"
    assert Enquiry.objects.count() == Booking.objects.count() == Duty.objects.count() == 0
    assert [entry.kind for entry in Entry.objects.filter(kind__startswith="message")] == ["message.refused"]
