"""A fax comes as a picture: taken in at once, read by the worker, its points shown where they stand, checked, booked."""

from __future__ import annotations

import html
import io
import re
from datetime import date, datetime
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guiju.bookings.models import Booking
from guiju.enquiries import scan_queue
from guiju.enquiries.models import Enquiry
from guiju.reading import engine
from tests.reading.faxes import Asked, Paper, form, sent
from tests.stories.conftest import Story

pytestmark = pytest.mark.skipif(not engine.installed(), reason='the extra "ocr" is not installed')
MARK = re.compile(r'<a href="#p-(\w+)"[^>]*class="pl( unsure)?"[^>]*><rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"')


def fax() -> bytes:
    at = Random(7)
    want = Asked(at, False, date(2026, 12, 6), date(2026, 12, 8), {"TWN": 2}, 4, "东岬港务集团有限公司", "赵晴", "13955500023", "on_account")
    paper = Paper(at)
    form(paper, want)
    out = io.BytesIO()
    sent(paper.image, at, fine=False, turned=0, skew=1.1, noise=0.008).save(out, "PNG", dpi=(204, 98))
    return out.getvalue()


def test_from_the_fax_machine_to_the_booking(story: Story) -> None:
    moment = story.at("10:00")
    desk = story.cast.sign_in("lin")
    desk.cookies["guiju_lang"] = "en"
    sent_in = {"files": SimpleUploadedFile("fax.png", fax(), "image/png"), "channel": "fax"}
    answer = desk.post("/enquiries/intake/", sent_in)
    assert answer.status_code == 302
    page = answer["Location"]
    assert "The scan is being read" in desk.get(page).content.decode()
    assert story.status("booking.handle-at-once"), "its clock runs before anybody has read it"

    moment = story.at("10:02")
    assert scan_queue.read_due(moment) == 1
    (reply,) = story.duties("booking.reply-30")
    assert reply.due_at == story.cast.at("10:30"), "an agreement client's thirty minutes run from the fax, not from its reading"
    row = Enquiry.objects.get()
    shown = html.unescape(desk.get(page).content.decode())
    marks = {name: (unsure, *map(int, box)) for name, unsure, *box in MARK.findall(shown)}
    assert {"arrival", "departure", "rooms", "persons", "client", "contact", "phone"} <= set(marks)
    assert abs(marks["arrival"][2] - marks["departure"][2]) < 15 and marks["arrival"][1] < marks["departure"][1]  # one row, left and right
    assert (row.arrival_on, row.departure_on, row.rooms, row.persons) == (date(2026, 12, 6), date(2026, 12, 8), {"TWN": 2}, 4)
    assert row.client == story.scene.client

    for name in [name for name, one in row.fields.items() if not one["sure"]]:
        assert desk.post(f"{page}/check", {"confirm": name, "version": Enquiry.objects.get().version}).status_code == 302
    story.at("10:05")
    assert desk.post(f"{page}/take", {}).status_code == 302
    booked = desk.post(f"{page}/book", {})
    assert booked.status_code == 302, booked.content.decode()[:400]
    booking = Booking.objects.get()
    assert (booking.arrival_on, booking.departure_on, booking.enquiry_id) == (date(2026, 12, 6), date(2026, 12, 8), row.pk)
    assert datetime.fromisoformat(story.clock.read_text()) < story.cast.at("10:30")
