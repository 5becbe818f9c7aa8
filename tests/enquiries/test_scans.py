"""Scans wait in a queue, are read by one worker, and what they say is proposed where no person has spoken."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image

from guiju.enquiries import actions, points, scan_queue
from guiju.enquiries.actions import take_in
from guiju.enquiries.models import Enquiry, Message
from guiju.enquiries.scans import Scan
from guiju.logbook.models import Entry
from guiju.papers.models import StoredFile
from guiju.reading import engine, scan_apart
from guiju.reading.apart import Failed
from guiju.reading.scan import Scan as Found
from guiju.reading.scan import Sheet
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Invalid
from tests.enquiries.scene import Scene
from tests.reading.test_scanned import faint, page

pytestmark = pytest.mark.django_db
FAX: list[list[Any]] = [
    ["订房单位", "东岬港务集团有限公司", "联系人", "赵晴"], ["抵店日期", "2026年12月6日", "离店日期", "2026年12月8日"], ["用房", "标准双人间2间"], ["人数", "4人", "付款方式", "挂账"],
]


def picture(shade: int = 255) -> bytes:
    out = io.BytesIO()
    Image.new("L", (200, 260), shade).save(out, "PNG")
    return out.getvalue()


def take(scene: Scene, data: bytes | None = None, name: str = "fax.png", **more: Any) -> Enquiry:
    by = the_clock(scene.cast.hotel.pk, via="cli")
    (found,) = take_in(scene.cast.hotel, data=data or picture(), filename=name, by=by, now=scene.now, channel="fax", **more)
    assert found["status"] == "accepted"
    return Enquiry.objects.get(number=found["enquiry"])


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    """A reader that finds what the test says, and remembers what it was asked."""

    def set_up(found: Any) -> list[Any]:
        asked: list[Any] = []

        def read_apart(kind: str, data: bytes, only: Any = (), **_more: Any) -> scan_apart.Looked:
            asked.append((kind, list(only)))
            made = found(len(asked)) if callable(found) else found
            return scan_apart.Looked(made, [picture(200 + len(asked))] * len(made.sheets))

        monkeypatch.setattr(scan_apart, "read_apart", read_apart)
        monkeypatch.setattr(engine, "installed", lambda: True)
        return asked

    return set_up


def desk(scene: Scene, row: Enquiry, lang: str = "en") -> str:
    browser = scene.cast.sign_in("lin")
    browser.cookies["guiju_lang"] = lang
    answer = browser.get(reverse("enquiries:enquiry", args=[row.pk]))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_a_scan_is_taken_in_at_once_and_waits_to_be_read(scene: Scene, reads: Any) -> None:
    reads(page(*FAX))
    row = take(scene)
    scan = Scan.objects.get()
    assert (row.state, row.arrival_on, scan.state, scan.kind) == ("open", None, "waiting", "png")
    assert Entry.objects.filter(kind="enquiry.received").exists()  # its clock runs from now
    assert "The scan is being read" in desk(scene, row)


def test_its_words_become_points_with_their_places(scene: Scene, reads: Any) -> None:
    reads(page(*FAX))
    row = take(scene)
    assert scan_queue.read_due(scene.now + timedelta(seconds=5)) == 1
    row.refresh_from_db()
    assert (row.arrival_on, row.departure_on, row.rooms, row.persons) == (date(2026, 12, 6), date(2026, 12, 8), {"TWN": 2}, 4)
    assert row.client == scene.client and row.agreement == scene.agreement and row.contact_name == "赵晴"
    assert points.unsettled(row) == [] and row.fields["arrival"]["certain"] == 99
    shown = desk(scene, row)
    assert "抵店日期：2026年12月6日" in re.sub(r"<sup>\d+</sup>|</?mark[^>]*>", "", shown)
    assert re.search(r'<a href="#p-arrival"[^>]*class="pl"[^>]*><rect x="494" y="420" width="212" height="50"', shown)
    entry = Entry.objects.get(kind="message.words_read")
    assert (entry.attrs["pages"], entry.attrs["unsure"]) == ("1", "0")
    assert Entry.objects.filter(kind="enquiry.reclassified").exists()  # an agreement is known now: its clauses apply


def test_the_page_is_served_as_it_was_read(scene: Scene, reads: Any) -> None:
    reads(page(*FAX))
    row = take(scene)
    scan_queue.read_due(scene.now)
    browser = scene.cast.sign_in("lin")
    answer = browser.get(reverse("enquiries:scan_sheet", args=[row.pk, 0, 1]))
    assert answer["Content-Type"] == "image/png" and answer.content == picture(201)
    assert browser.get(reverse("enquiries:scan_sheet", args=[row.pk, 0, 2])).status_code == 404
    assert browser.get(reverse("enquiries:scan_sheet", args=[row.pk, 7, 1])).status_code == 404


def test_an_unsure_point_must_be_confirmed_before_it_is_booked(scene: Scene, reads: Any) -> None:
    rows = [list(one) for one in FAX]
    rows[1][3] = faint("2026年12月8日", _8=60)
    reads(page(*rows))
    row = take(scene)
    scan_queue.read_due(scene.now)
    row.refresh_from_db()
    assert points.unsettled(row) == ["departure"]
    shown = desk(scene, row)
    assert "not clearly legible: “2026年12月8日”" in shown and "read with 60 %" in shown and 'class="pl unsure"' in shown
    with pytest.raises(Invalid) as wrong:
        actions.book(row, **scene.at("10:05"))
    assert "departure" in wrong.value.errors
    actions.confirm_fields(row, names=["departure"], **scene.at("10:06"))
    booking = actions.book(row, **scene.at("10:07"))
    assert booking.departure_on == date(2026, 12, 8)


def test_what_a_person_wrote_meanwhile_stays(scene: Scene, reads: Any) -> None:
    reads(page(*FAX))
    row = take(scene)
    actions.correct(row, values={"arrival": "2026-12-07", "persons": "3"}, **scene.at("10:05"))
    version = row.version
    scan_queue.read_due(scene.now)
    row.refresh_from_db()
    assert (row.arrival_on, row.persons, row.departure_on) == (date(2026, 12, 7), 3, date(2026, 12, 8))
    actions.correct(row, values={"contact": "钱工"}, version=version, **scene.at("10:06"))  # the page he has open still saves
    assert row.contact_name == "钱工"


def test_a_request_closed_meanwhile_keeps_the_words_and_nothing_else_changes(scene: Scene, reads: Any) -> None:
    reads(page(*FAX))
    row = take(scene)
    actions.withdraw(row, reason="wrong number", **scene.at("10:05"))
    scan_queue.read_due(scene.now)
    row.refresh_from_db()
    assert row.arrival_on is None and "东岬港务" in Message.objects.get().text


def test_a_reader_killed_while_reading_is_followed_by_another(scene: Scene, reads: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    reads(page(*FAX))
    take(scene)

    def killed(*_given: Any, **_more: Any) -> Any:
        raise KeyboardInterrupt  # kill -9 leaves the row as it stands

    with monkeypatch.context() as now:
        now.setattr(scan_apart, "read_apart", killed)
        with pytest.raises(KeyboardInterrupt):
            scan_queue.read_due(scene.now)
    assert Scan.objects.get().state == "reading"
    assert scan_queue.read_due(scene.now + timedelta(seconds=60)) == 0  # his lease runs
    assert scan_queue.read_due(scene.now + timedelta(seconds=100)) == 1


def test_one_who_comes_too_late_writes_nothing(scene: Scene, reads: Any) -> None:
    """Two workers read the same scan, the first one's lease having run out: what it says is written once."""
    reads(page(*FAX))
    take(scene)
    scan = Scan.objects.get()

    def meanwhile(*_given: Any, **_more: Any) -> scan_apart.Looked:
        Scan.objects.update(tries=2)  # another claimed it after the lease
        return scan_apart.Looked(page(*FAX), [picture(9)])

    with pytest.MonkeyPatch.context() as now:
        now.setattr(scan_apart, "read_apart", meanwhile)
        assert scan_queue.read_one(scan, scene.now) is False
    assert Message.objects.get().text == "" and Scan.objects.get().state == "reading"


def test_the_lease_runs_on_while_it_is_read(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    take(scene)
    scan = Scan.objects.get()

    def slow(_kind: str, _data: bytes, _only: Any, *, still: Callable[[], bool], every: float) -> Any:
        Scan.objects.update(claimed_until_at=scene.now)
        assert still() and Scan.objects.get().claimed_until_at > scene.now and every < scan_queue.LEASE.total_seconds() / 3
        Scan.objects.update(tries=9)
        assert not still()  # nobody wants it any more
        raise Failed("ended")

    monkeypatch.setattr(scan_apart, "read_apart", slow)
    assert scan_queue.read_one(scan, scene.now) is False


def test_after_three_tries_it_says_so(scene: Scene, reads: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    reads(page(*FAX))
    row = take(scene)

    def fails(*_given: Any, **_more: Any) -> Any:
        raise Failed("damaged")

    monkeypatch.setattr(scan_apart, "read_apart", fails)
    now = scene.now
    for _try in range(6):
        scan_queue.read_due(now)
        now += timedelta(minutes=5)
    scan = Scan.objects.get()
    assert (scan.state, scan.tries, scan.why) == ("failed", 3, "damaged")
    assert "could not be read, after three tries" in desk(scene, row)
    assert Entry.objects.filter(kind="message.words_missing").count() == 1


def test_a_reader_that_dies_three_times_is_not_called_again(scene: Scene, reads: Any) -> None:
    asked = reads(page(*FAX))
    row = take(scene)
    Scan.objects.update(state="reading", tries=3, claimed_until_at=scene.now)
    scan_queue.read_due(scene.now + timedelta(minutes=1))
    assert Scan.objects.get().state == "failed" and asked == [] and "after three tries" in desk(scene, row)


def test_a_page_of_nothing_says_so(scene: Scene, reads: Any) -> None:
    reads(Found(1, [Sheet(1, 200, 260)]))
    row = take(scene)
    scan_queue.read_due(scene.now)
    assert Scan.objects.get().state == "blank" and "Nothing to read was found on this scan" in desk(scene, row)


def test_without_the_extra_it_says_so_and_works_as_before(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "installed", lambda: False)
    row = take(scene)
    assert scan_queue.read_due(scene.now) == 0 and Scan.objects.get().state == "waiting"
    shown = desk(scene, row)
    assert "Reading of scans is not installed here" in shown and reverse("enquiries:original", args=[row.pk]) in shown
    actions.correct(row, values={"arrival": "2026-12-07"}, **scene.at("10:05"))


def test_the_same_scan_again_is_a_duplicate_and_read_once(scene: Scene, reads: Any) -> None:
    reads(page(*FAX))
    take(scene)
    by = the_clock(scene.cast.hotel.pk, via="cli")
    (again,) = take_in(scene.cast.hotel, data=picture(), filename="fax.png", by=by, now=scene.now, channel="fax")
    assert again["status"] == "duplicate" and Scan.objects.count() == 1


def test_a_card_number_on_a_scan_is_locked_away(scene: Scene, reads: Any) -> None:
    reads(page(*FAX, ["信用卡", "4444 3333 2222 1111"]))
    row = take(scene)
    scan_queue.read_due(scene.now)
    row.refresh_from_db()
    scan, message = Scan.objects.get(), Message.objects.select_related("file").get()
    assert "3333" not in message.text and "3333" not in str(scan.found) and scan.pictures == []
    assert message.file is not None and message.file.is_sealed
    shown = desk(scene, row)
    assert "4444 3333" not in shown and 'class="pgs"' not in shown and row.arrival_on == date(2026, 12, 6)
    copy = scene.cast.sign_in("lin").get(reverse("enquiries:original", args=[row.pk]))
    assert "attachment" in copy["Content-Disposition"] and "4444" in copy.content.decode() and "3333" not in copy.content.decode()


def test_a_scan_that_hangs_on_a_mail_is_read_behind_its_words(scene: Scene, reads: Any) -> None:
    asked = reads(page(*FAX))
    mail = io.BytesIO()
    from email.message import EmailMessage

    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"], letter["Message-ID"] = "fax@gate.example", "s@h.example", "Fax", "<f1@gate>"
    letter.set_content("A fax has come for you.")
    letter.add_attachment(picture(), maintype="image", subtype="png", filename="fax.png")
    mail.write(bytes(letter))
    row = take(scene, mail.getvalue(), "m.eml")
    assert scan_queue.read_due(scene.now) == 1 and asked == [("png", [])]
    row.refresh_from_db()
    assert row.rooms == {"TWN": 2} and Message.objects.get().text.startswith("A fax has come for you.")
    shown = desk(scene, row)
    assert reverse("enquiries:scan_sheet", args=[row.pk, 1, 1]) in shown and "not read by the machine" not in shown


def test_a_scan_that_cancels_is_told_as_a_cancellation(scene: Scene, reads: Any) -> None:
    reads(page(["请取消12月6日至8日的标准双人间2间"], ["订房单位：东岬港务集团有限公司"]))
    row = take(scene)
    scan_queue.read_due(scene.now)
    row.refresh_from_db()
    assert row.form == "cancellation" and "kind" in points.unsettled(row)


def test_showing_a_scan_takes_few_queries(scene: Scene, reads: Any, django_assert_max_num_queries: Any) -> None:
    reads(page(*FAX))
    row = take(scene)
    scan_queue.read_due(scene.now)
    browser = scene.cast.sign_in("lin")
    browser.get(reverse("enquiries:enquiry", args=[row.pk]))
    with django_assert_max_num_queries(6):
        browser.get(reverse("enquiries:scan", args=[row.pk]))
    with django_assert_max_num_queries(12):
        browser.get(reverse("enquiries:enquiry", args=[row.pk]))


def test_nobody_else_sees_a_page(scene: Scene, reads: Any) -> None:
    reads(page(*FAX))
    row = take(scene)
    scan_queue.read_due(scene.now)
    assert StoredFile.objects.filter(mime="image/png").count() == 2
    assert scene.cast.sign_in("ma").get(reverse("enquiries:scan_sheet", args=[row.pk, 0, 1])).status_code in (403, 404)
