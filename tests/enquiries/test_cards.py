"""Card numbers: nowhere readable, the original unchanged under its hash all the same."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from guiju.enquiries.models import Enquiry
from guiju.house import tokens
from guiju.papers.files import read_back
from guiju.papers.models import StoredFile
from guiju.reading import cards
from tests.enquiries.scene import Scene
from tests.enquiries.test_intake import DATA, FAX, needs_data, take
from tests.enquiries.test_mail_door import hang, mail, picture
from tests.enquiries.test_ota_door import message, stay

PAN = "4444333322221111"
CARD = f'<Guarantee><GuaranteesAccepted><GuaranteeAccepted><PaymentCard CardCode="VI" SeriesCode="737"><CardNumber><PlainText>{PAN}</PlainText></CardNumber></PaymentCard></GuaranteeAccepted></GuaranteesAccepted></Guarantee>'


def everywhere() -> str:
    """Every text of every table, and every file on the disk."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(value) if not isinstance(value, bytes | memoryview) else bytes(value).decode("latin-1") for row in cursor.fetchall() for value in row]
    root = Path(default_storage.location)
    mine = {file.path for file in StoredFile.objects.all()}
    found += [(root / path).read_bytes().decode("latin-1") for path in mine]
    return "\n".join(found)


def sources() -> list[Any]:
    letter = mail(f"{FAX}\n担保卡 4444 3333 2222 1111，有效期 12/27，安全码 737", subject=f"担保 {PAN}")
    wrapped = mail(number="<w@x>")
    hang(wrapped, f"卡号：{PAN[:4]}-{PAN[4:8]}-{PAN[8:12]}-{PAN[12:]}".encode(), f"{PAN}.txt", "text/plain")
    beside = mail(number="<h@x>")
    beside.add_alternative(f"<p>{FAX}</p><p>card 4444 3333 2222 <b>1111</b></p>", subtype="html", cte="base64")
    return [
        pytest.param(beside.as_bytes(), "h.eml", id="html beside the plain text"),
        pytest.param(f"{FAX}\n信用卡 {PAN}".encode(), "fax.txt", id="text"),
        pytest.param(f"{FAX}\n信用卡 ４４４４３３３３２２２２１１１１ CVV 737".encode("gb18030"), "fax.txt", id="full width, gb"),
        pytest.param(message(stay() + CARD), "m.xml", id="ota"),
        pytest.param(message(stay(), comment=f"<Comments><Comment><Text>card {PAN}</Text></Comment></Comments>").decode().encode("utf-16"), "m.xml", id="ota, utf-16"),
        pytest.param(letter.as_bytes(), "m.eml", id="mail"),
        pytest.param(wrapped.as_bytes(), "w.eml", id="mail with attachment in base64"),
        pytest.param(f"<html><body>{FAX}<p>{PAN}</p></body></html>".encode(), f"{PAN}.html", id="html"),
    ]


@pytest.mark.parametrize(("data", "name"), sources())
def test_a_card_number_is_nowhere_to_be_read(scene: Scene, data: bytes, name: str, caplog: pytest.LogCaptureFixture) -> None:
    browser = scene.cast.sign_in("lin")
    answer = browser.post("/enquiries/intake/", {"files": SimpleUploadedFile(name, data), "sender": PAN, "channel": "mail"})
    row = Enquiry.objects.select_related("message__file").get()
    _token, secret = tokens.create(scene.cast.hotel, person=scene.cast.people["lin"], name="t", by=scene.actor("lin"), now=scene.now)
    shown = [answer.content.decode(), caplog.text, everywhere()]
    shown += [browser.get(f"/enquiries/{row.pk}{tail}").content.decode("utf-8", "replace") for tail in ("", "/answer", "/original", "/original?download", "/attachments/0")]
    shown += [browser.get(path).content.decode() for path in ("/enquiries/", "/logbook/", f"/papers/files/{row.message.file_id}")]
    shown.append(browser.get(f"/api/v1/enquiries/{row.pk}", headers={"Authorization": f"Bearer {secret}"}).content.decode())
    for text in shown:
        digits = "".join(str(int(char)) if char.isdecimal() else char for char in text)
        plain = "".join(char for char in digits if char not in " -\u3000")
        assert PAN not in plain, text[max(0, plain.find(PAN) - 300) : plain.find(PAN) + 100]
    file = row.message.file
    assert file.is_sealed and read_back(file) == data and file.sha256 == hashlib.sha256(data).hexdigest()
    copy = browser.get(f"/enquiries/{row.pk}/original")
    assert copy["Content-Disposition"].startswith("attachment") and "737" not in copy.content.decode()


def test_a_refused_file_is_sealed_too(scene: Scene) -> None:
    (found,) = take(scene, f"<OTA_HotelResNotifRQ><x>{PAN}</x>".encode(), f"{PAN}.xml", sender=f"x {PAN}")
    assert found["status"] == "refused" and PAN not in everywhere()
    assert StoredFile.objects.get().is_sealed and StoredFile.objects.get().quarantined


def test_an_original_without_a_card_is_kept_and_served_as_it_is(scene: Scene) -> None:
    (found,) = take(scene, FAX.encode(), "fax.txt")
    row = Enquiry.objects.select_related("message__file").get(number=found["enquiry"])
    assert not row.message.file.is_sealed
    assert scene.cast.sign_in("lin").get(f"/enquiries/{row.pk}/original").content == FAX.encode()


def test_a_mail_with_a_large_scan_is_not_sealed_for_its_size(scene: Scene) -> None:
    letter = mail(number="<big@x>")
    hang(letter, b"\x89PNG\r\n\x1a\n" + picture()[8:] + os.urandom(2_500_000), "scan.png", "image/png")
    (found,) = take(scene, letter.as_bytes(), "m.eml")
    assert not Enquiry.objects.select_related("message__file").get(number=found["enquiry"]).message.file.is_sealed


def test_the_border_of_a_mails_parts_is_no_card(scene: Scene) -> None:
    """Mail programs part a letter by long random numbers; one of them may pass the check digit."""
    letter = mail(number="<border@x>")
    hang(letter, picture(), "scan.png", "image/png")
    letter.set_boundary(f"==============={PAN}==")
    (found,) = take(scene, letter.as_bytes(), "m.eml")
    assert not Enquiry.objects.select_related("message__file").get(number=found["enquiry"]).message.file.is_sealed


@needs_data
def test_card_numbers_of_the_real_input_are_struck_out(scene: Scene) -> None:
    for path in sorted((DATA / "ota_xml").rglob("*reservation*.xml")):
        take(scene, path.read_bytes(), path.name, sender=path.as_posix()[-80:])
    assert Enquiry.objects.count() >= 6 and PAN not in everywhere()


@pytest.mark.parametrize(
    ("text", "is_card"),
    [
        (PAN, True), ("4111-1111-1111-1111", True), ("6222 0212 3456 7894", cards.luhn("6222021234567894")), ("378282246310005", True),
        ("13800138000", False), ("+86 138 0013 8000", False), ("0592-5550 1234 5678", False), ("1234567890123456", False),
        ("110101199003074514", False), ("4444333322221112", False), ("0000000000000000", False), ("2026120620261208", False),
    ],
)  # fmt: skip
def test_only_card_numbers_are_struck_out(text: str, is_card: bool) -> None:
    assert (cards.mask_pans(f"号 {text} 止") != f"号 {text} 止") is bool(is_card)


def test_the_key_of_sealed_files_is_the_installations(scene: Scene) -> None:
    (found,) = take(scene, f"{FAX}{PAN}".encode(), "a.txt")
    file = Enquiry.objects.select_related("message__file").get(number=found["enquiry"]).message.file
    raw = default_storage.open(file.path, "rb").read()
    assert len(raw) == file.size + 28 and settings.LOGBOOK_KEY not in raw
