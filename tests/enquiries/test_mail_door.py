"""Mails through the page: their words, what hangs on them, mails inside mails, old charsets, HTML; and forms saved as HTML."""

from __future__ import annotations

import io
from email.message import EmailMessage
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from guiju.enquiries.models import Attachment, Enquiry, Message
from guiju.papers.files import read_back
from guiju.papers.models import StoredFile
from tests.enquiries.scene import Scene
from tests.enquiries.test_intake import DATA, FAX, needs_data, take
from tests.enquiries.test_ota_door import message, stay


def mail(text: str = "", *, subject: str = "订房", sender: str = "zhao@dongjia.example", number: str = "<1@x>") -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"], letter["Message-ID"] = sender, "s@h.example", subject, number
    letter.set_content(text or FAX)
    return letter


def hang(letter: EmailMessage, data: bytes, name: str, kind: str = "application/octet-stream") -> None:
    main, sub = kind.split("/")
    letter.add_attachment(data, maintype=main, subtype=sub, filename=name)


def table() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("名单")
        for row, line in enumerate((("抵店日期：2026年12月6日", ""), ("离店日期：2026年12月8日", ""), ("用房：标准双人间", "2 间"), ("订房单位：东岬港务集团有限公司", ""))):
            for column, cell in enumerate(line):
                sheet.write(row, column, cell)
    return out.getvalue()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("L", (40, 30), 200).save(out, "PNG")
    return out.getvalue()


def test_attachments_are_kept_under_their_hash_listed_and_read(scene: Scene) -> None:
    letter = mail("见附件，谢谢。\n东岬港务集团有限公司 赵晴")
    hang(letter, FAX.encode("gb18030"), "订单.txt", "text/plain")
    hang(letter, table(), "名单.xlsx")
    hang(letter, picture(), "../../etc/扫描.png", "image/png")
    (found,) = take(scene, letter.as_bytes(), "m.eml")
    row = Enquiry.objects.select_related("message").get(number=found["enquiry"])
    assert (found["arrival"], found["departure"], found["rooms"]) == ("2026-12-06", "2026-12-08", {"TWN": 2})
    kept = list(Attachment.objects.filter(message=row.message).select_related("file").order_by("order"))
    assert [(one.name, one.kind, bool(one.why)) for one in kept] == [("订单.txt", "text", False), ("名单.xlsx", "xlsx", False), ("扫描.png", "png", True)]
    assert read_back(kept[1].file) == table() or kept[1].file.size > 1000
    assert len({one.file.sha256 for one in kept}) == 3 and "—— 订单.txt ——" in row.message.text
    browser = scene.cast.sign_in("lin")
    page = browser.get(f"/enquiries/{row.pk}").content.decode()
    assert all(one.name in page for one in kept)
    got = browser.get(f"/enquiries/{row.pk}/attachments/0")
    assert got.content == FAX.encode("gb18030")
    assert got["Content-Disposition"].startswith("attachment") and got["X-Content-Type-Options"] == "nosniff"
    assert browser.get(f"/enquiries/{row.pk}/attachments/9").status_code == 404
    assert scene.cast.sign_in("chen").get(f"/enquiries/{row.pk}/attachments/0").status_code == 403


def test_an_opentravel_attachment_is_taken_as_what_it_is(scene: Scene) -> None:
    letter = mail("Please find our booking attached.")
    hang(letter, message(stay(units=3)), "booking.xml", "application/xml")
    (found,) = take(scene, letter.as_bytes(), "m.eml")
    row = Enquiry.objects.select_related("message__parent").get()
    assert (found["kind"], row.rooms, row.message.channel) == ("reservation", {"TWN": 3}, "ota")
    assert row.message.sender == "zhao@dongjia.example" and row.message.parent.mail_message_id == "<1@x>"
    assert "booking.xml" in scene.cast.sign_in("lin").get(f"/enquiries/{row.pk}").content.decode()
    (again,) = {one["status"] for one in take(scene, letter.as_bytes(), "m.eml")}
    assert again == "duplicate" and Enquiry.objects.count() == 1


def test_a_hostile_attachment_is_named_and_not_served_and_the_mail_is_taken(scene: Scene) -> None:
    letter = mail()
    hang(letter, b"MZ\x90\x00" + bytes(range(256)), "angebot.exe")
    hang(letter, b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><OTA_HotelResNotifRQ>&a;</OTA_HotelResNotifRQ>', "x.xml", "application/xml")
    (found,) = take(scene, letter.as_bytes(), "m.eml")
    row = Enquiry.objects.get(number=found["enquiry"])
    assert found["status"] == "accepted" and row.arrival_on
    for one in Attachment.objects.select_related("file"):
        assert one.refused_code and one.file.quarantined and one.file.is_sealed and one.file.drop_after_at
    browser = scene.cast.sign_in("lin")
    assert "angebot.exe" in browser.get(f"/enquiries/{row.pk}").content.decode()
    assert browser.get(f"/enquiries/{row.pk}/attachments/0").status_code == 404


def test_a_mail_in_a_mail_is_read_three_deep(scene: Scene) -> None:
    letter: EmailMessage = mail(FAX, number="<deep@x>")
    for level in range(6):
        outer = mail(f"转发 {level}", number=f"<{level}@x>")
        outer.add_attachment(letter)
        letter = outer
    (found,) = take(scene, letter.as_bytes(), "m.eml")
    row = Enquiry.objects.select_related("message").get(number=found["enquiry"])
    assert "转发 5" in row.message.text and "转发 2" in row.message.text and "转发 1" not in row.message.text
    assert "left_out" in found["unsure"]  # a person is told that more hangs inside
    shallow = mail("请看转发的。", number="<s@x>")
    shallow.add_attachment(mail(FAX, number="<inner@x>"))
    (found,) = take(scene, shallow.as_bytes(), "s.eml")
    assert found["arrival"] == "2026-12-06"


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "big5", "utf-16", "utf-8", "x-unknown", ""])
def test_charsets_of_real_mails(scene: Scene, charset: str) -> None:
    codec = {"gb2312": "gb18030", "x-unknown": "gb18030", "": "gb18030"}.get(charset, charset)
    words = FAX if codec != "big5" else "訂房單位：東岬\n抵店日期：2026年12月6日\n離店日期：2026年12月8日\n"
    subject = "订房 2 间".encode("gb18030")
    head = f"Content-Type: text/plain{'; charset=' + charset if charset else ''}\nContent-Transfer-Encoding: base64\n\n"
    import base64

    raw = b"From: =?gb2312?B?1dTH5w==?= <zhao@dongjia.example>\nTo: s@h.example\nSubject: " + subject + b"\nMessage-ID: <c@x>\n" + head.encode() + base64.encodebytes(words.encode(codec))
    (found,) = take(scene, raw, "m.eml")
    row = Enquiry.objects.select_related("message").get(number=found["enquiry"])
    assert row.message.text.split("\n")[0].strip() == words.split("\n")[0] and row.message.subject_line == "订房 2 间"
    assert row.arrival_on and row.reply_to == "zhao@dongjia.example"


def test_a_mail_of_html_only_is_read_without_its_scripts(scene: Scene) -> None:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "zhao@dongjia.example", "=?gbk?B?tqm3vw==?="
    rows = "".join(f"<tr><td>{line.partition('：')[0]}：</td><td><b>{line.partition('：')[2]}</b></td></tr>" for line in FAX.strip().split("\n"))
    letter.set_content(f"<html><head><style>td{{color:red}}</style></head><body><!-- 2030年1月1日 --><table>{rows}</table><script>var 抵店日期='2031年1月1日'</script></body></html>", subtype="html")
    (found,) = take(scene, letter.as_bytes(), "m.eml")
    assert (found["arrival"], found["departure"], found["rooms"]) == ("2026-12-06", "2026-12-08", {"TWN": 2})
    row = Enquiry.objects.select_related("message").get(number=found["enquiry"])
    assert row.message.subject_line == "订房" and "<" not in row.message.text and "2031" not in row.message.text and "2030" not in row.message.text


@needs_data
@pytest.mark.parametrize("name", ["预订单.html", "form.htm", "form.tpl", "预订单.doc"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_the_real_hotel_form_saved_as_html(scene: Scene, name: str, codec: str) -> None:
    form = (DATA / "cn_booking_forms" / "onetwo_reservation_form.tpl").read_text(encoding="utf-8")
    filled = form.replace("2012年7月5日", "2026年12月5日").replace("2012年7月6日", "2026年12月6日").replace("charset=UTF-8", f"charset={codec}")
    (found,) = take(scene, filled.encode(codec), name, channel="fax")
    row = Enquiry.objects.select_related("message__file").get(number=found["enquiry"])
    assert (found["arrival"], found["departure"]) == ("2026-12-05", "2026-12-06")
    assert "张三" in row.message.text and "<td" not in row.message.text
    got = scene.cast.sign_in("lin").get(f"/enquiries/{row.pk}/original")
    assert got["Content-Type"] == "application/octet-stream" and got["Content-Disposition"].startswith("attachment")
    assert got.content == filled.encode(codec)


def test_the_same_scan_twice_is_one_request(scene: Scene) -> None:
    first, again = take(scene, picture(), "a.png"), take(scene, picture(), "b.png")
    assert (first[0]["status"], again[0]["status"]) == ("accepted", "duplicate")
    assert again[0]["enquiry"] == first[0]["enquiry"]
    assert take(scene, picture(), "a.png", sender="0591")[0]["status"] == "accepted"  # from somebody else


def test_a_tiff_and_a_pdf_stand_beside_the_points_as_pictures(scene: Scene) -> None:
    out = io.BytesIO()
    pages = [Image.new("1", (1700, 2200), 1) for _ in range(2)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    pdf = io.BytesIO()
    pages[0].save(pdf, "PDF")
    browser = scene.cast.sign_in("lin")
    for data, name, count in ((out.getvalue(), "fax.tif", 2), (pdf.getvalue(), "fax.pdf", 1)):
        (found,) = take(scene, data, name)
        row = Enquiry.objects.select_related("message").get(number=found["enquiry"])
        assert found["kind"] == "scan" and len(row.message.pages) == count
        page = browser.get(f"/enquiries/{row.pk}").content.decode()
        assert f"/enquiries/{row.pk}/original/{count}" in page
        shown = browser.get(f"/enquiries/{row.pk}/original/1")
        assert shown["Content-Type"] == "image/png" and Image.open(io.BytesIO(shown.content)).size[0] <= 1700


def test_a_page_takes_several_files_and_tells_of_repeats(scene: Scene) -> None:
    browser = scene.cast.sign_in("lin")
    files = [SimpleUploadedFile("a/b/m.eml", mail().as_bytes()), SimpleUploadedFile("..\\..\\x.png", picture())]
    answer: Any = browser.post("/enquiries/intake/", {"files": files, "channel": "mail", "sender": ""})
    assert answer.status_code == 200 and Enquiry.objects.count() == 2
    assert not [file.name for file in StoredFile.objects.all() if "/" in file.name or "\\" in file.name]
    files = [SimpleUploadedFile("m.eml", mail().as_bytes())]
    again = browser.post("/enquiries/intake/", {"files": files, "channel": "mail", "sender": ""})
    assert again.status_code == 200 and f"/enquiries/{Enquiry.objects.get(message__mail_message_id='<1@x>').pk}" in again.content.decode()
    assert Enquiry.objects.count() == 2 and Message.objects.count() == 2
