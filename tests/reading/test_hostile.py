"""Hostile files, exactly as made here: each is refused or read within bounded time and memory, in a process of its own that is measured."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest

SECONDS = 30  # on a busy machine; on an idle one the slowest here takes two
MEGABYTES = 520
PROBE = """
import json, resource, sys, time
from guiju.reading import airlock, hypertext, mail, ota, safe_xml
data, begun = open(sys.argv[1], "rb").read(), time.process_time()
try:
    kind = airlock.admit(data, sys.argv[1]).kind
    if kind == "xml":
        ota.read(data); said = "read"
    elif kind == "eml":
        letter = mail.read(data); said = f"read, {letter.left_out} left out"
        for one in letter.attachments:
            try:
                airlock.admit(one.data, one.name)
            except airlock.Refused as refused:
                said = refused.code
    elif kind == "html":
        said = f"read {len(hypertext.words(airlock.decode(data) or ''))}"
    else:
        said = f"admitted {kind}"
except airlock.Refused as refused:
    said = refused.code
except ota.Fault as fault:
    said = "fault"
except RecursionError:  # the intake refuses these as hostile
    said = "hostile"
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024
own, apart = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"said": said, "cpu": time.process_time() - begun, "apart": apart.ru_utime, "mb": max(peak, apart.ru_maxrss / 1024)}))
"""


def archive(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(name, data)
    return out.getvalue()


def lying_archive() -> bytes:
    """Says that it unpacks to ten bytes, and would unpack to a hundred million."""
    raw = bytearray(archive(("xl/workbook.xml", b"<x>" + b"0" * 100_000_000)))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = raw.index(mark)
        raw[at + place : at + place + 4] = struct.pack("<I", 10)
    return bytes(raw)


def png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00" * 1000)
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))  # noqa: E731
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf(content: bytes, *, extra: bytes = b"", pages: int = 1, flate: bool = False) -> bytes:
    kids = b" ".join(b"%d 0 R" % (10 + place) for place in range(pages))
    filter_ = b"/Filter/FlateDecode" if flate else b""
    rows = [b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", b"2 0 obj<</Type/Pages/Kids[%s]/Count %d>>endobj" % (kids, pages)]
    rows += [b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R%s>>endobj" % (10 + place, extra) for place in range(pages)]
    rows.append(b"3 0 obj<</Length %d%s>>stream\n%s\nendstream endobj" % (len(content), filter_, content))
    return b"%PDF-1.4\n" + b"\n".join(rows) + b"\ntrailer<</Root 1 0 R>>\n%%EOF"


def pdf_bomb() -> bytes:
    squeezed = zlib.compressobj(9)
    body = b"".join(squeezed.compress(b"0 0 m " * 1_000_000) for _ in range(100)) + squeezed.flush()
    return pdf(body, flate=True)


def nested_mail(depth: int, wide: int = 1) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "a@b.example", "x"
    letter.set_content("hello")
    for _ in range(depth):
        outer = EmailMessage()
        outer["From"], outer["Subject"] = "a@b.example", "fw"
        outer.set_content("see below")
        for _more in range(wide):
            outer.add_attachment(letter)
        letter = outer
    return letter.as_bytes()


def parts_in_parts(depth: int) -> bytes:
    head = b"From: a@b.example\nTo: c@d.example\nSubject: x\nMIME-Version: 1.0\n"
    return head + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)) + b"\nhello"


def mail_with(data: bytes, name: str) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "a@b.example", "x"
    letter.set_content("see below")
    letter.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return letter.as_bytes()


def tiff_loop() -> bytes:
    """A TIFF whose directory points at itself."""
    rows = ((256, 4, 1, 10), (257, 4, 1, 10), (258, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 8), (279, 4, 1, 100))
    return b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", len(rows)) + b"".join(struct.pack("<HHII", *row) for row in rows) + struct.pack("<I", 8)


def tiff_tags() -> bytes:
    """Says it has four thousand million values in one tag."""
    rows = ((256, 4, 1, 10), (257, 4, 1, 10), (270, 2, 0xFFFFFFF0, 8))
    return b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", len(rows)) + b"".join(struct.pack("<HHII", *row) for row in rows) + b"\x00" * 4


def laughs() -> bytes:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    return f"<?xml version='1.0'?><!DOCTYPE x [{rows}]><OTA_HotelResNotifRQ>&l9;</OTA_HotelResNotifRQ>".encode()


OTA = "<OTA_HotelResNotifRQ><HotelReservations><HotelReservation ResStatus='Reserved'><UniqueID Type='14' ID='1'/><RoomStays>{}</RoomStays></HotelReservation></HotelReservations></OTA_HotelResNotifRQ>"
FILES = {
    "xxe.xml": (lambda: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><OTA_HotelResNotifRQ>&e;</OTA_HotelResNotifRQ>', "fault"),
    "xxe-utf16.xml": (lambda: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><OTA_HotelResNotifRQ>&e;</OTA_HotelResNotifRQ>'.encode("utf-16"), "fault"),
    "parameter-entity.xml": (lambda: b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]><OTA_PingRQ/>', "fault"),
    "billion-laughs.xml": (laughs, "fault"),
    "quadratic.xml": (lambda: b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 100_000 + b'">]><OTA_PingRQ>' + b"&a;" * 100_000 + b"</OTA_PingRQ>", "fault"),
    "deep.xml": (lambda: b"<OTA_HotelResNotifRQ>" + b"<a>" * 3_000_000, "fault"),
    "wide.xml": (lambda: b"<OTA_HotelResNotifRQ>" + b"<a/>" * 2_400_000 + b"</OTA_HotelResNotifRQ>", "fault"),
    "attributes.xml": (lambda: b"<OTA_HotelResNotifRQ " + b" ".join(b'a%d="x"' % n for n in range(500_000)) + b"/>", "fault"),
    "one-long-attribute.xml": (lambda: b'<OTA_HotelResNotifRQ a="' + b"x" * 9_000_000 + b'"/>', "fault"),
    "too-large.xml": (lambda: b"<OTA_HotelResNotifRQ>" + b" " * 11_000_000 + b"</OTA_HotelResNotifRQ>", "fault"),
    "utf-7.xml": (lambda: b'<?xml version="1.0" encoding="utf-7"?><OTA_PingRQ/>', "fault"),
    "codec.xml": (lambda: b'<?xml version="1.0" encoding="unicode_escape"?><OTA_PingRQ/>', "fault"),
    "giant-duration.xml": (lambda: OTA.format("<RoomStay><RoomTypes><RoomType RoomTypeCode='A' NumberOfUnits='9999999999'/></RoomTypes><TimeSpan Start='2026-12-06' Duration='P" + "9" * 5000 + "D'/></RoomStay>").encode(), "read"),
    "many-stays.xml": (lambda: OTA.format("<RoomStay><TimeSpan Start='2026-12-06' End='2027-12-06'/></RoomStay>" * 20_000).encode(), "read"),
    "half.xml": (lambda: OTA.format("<RoomStay/>").encode()[:100], "fault"),
    "bomb.xlsx": (lambda: archive(("xl/workbook.xml", b"0" * 90_000_000)), "too_large"),
    "lying.xlsx": (lying_archive, "admitted xlsx"),
    "many.xlsx": (lambda: archive(*((f"{n}", b"") for n in range(2500)), ("xl/workbook.xml", b"")), "too_large"),
    "nested.zip": (lambda: archive(("a.zip", archive(("b.zip", archive(("c", b"0" * 10_000_000)))))), "unknown"),
    "huge.png": (lambda: png(60_000, 60_000), "too_large"),
    "huge.jpg": (lambda: b"\xff\xd8\xff\xc0\x00\x11\x08" + struct.pack(">HH", 65_000, 65_000) + b"\x03" + b"\x00" * 30, "too_large"),
    "loop.jpg": (lambda: b"\xff\xd8\xff" + b"\xe0\x00\x00" * 2_000_000, "broken"),
    "loop.tif": (tiff_loop, "admitted tiff"),
    "tags.tif": (tiff_tags, "broken"),
    "cut.tif": (lambda: b"MM\x00*" + b"\xff" * 2000, "broken"),
    "broken.pdf": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, "broken"),
    "pages-loop.pdf": (lambda: b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\ntrailer<</Root 1 0 R>>", "broken|admitted|too_large"),
    "many-pages.pdf": (lambda: pdf(b"", pages=5000), "too_large"),
    "flate-bomb.pdf": (pdf_bomb, "broken|admitted pdf"),
    "nested-mail.eml": (lambda: nested_mail(60), "read, 1 left out"),
    "wide-mail.eml": (lambda: nested_mail(5, 5), "read, "),
    "parts-in-parts.eml": (lambda: parts_in_parts(20_000), "read|unknown|hostile"),
    "headers.eml": (lambda: b"From: a@b.example\nTo: x\nSubject: x\n" + b"X-A: =?utf-8?q?" + b"=41" * 100_000 + b"?=\n" * 20 + b"\nhello", "read"),
    "mail-with-bomb.eml": (lambda: mail_with(archive(("xl/workbook.xml", b"0" * 90_000_000)), "x.xlsx"), "too_large"),
    "open-tags.html": (lambda: b"<html><body>" + b"<a <!-- <td " * 400_000, "read"),
    "scripts.html": (lambda: b"<html>" + b"<script>" * 500_000, "read"),
    "zeros.txt": (lambda: b"\x00" * 20_000_000, "empty"),
    "long-line.txt": (lambda: b"1234 " * 4_000_000, "admitted text"),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured from /proc")
@pytest.mark.parametrize("name", FILES)
def test_bounded_in_time_and_memory(name: str, tmp_path: Path) -> None:
    make, expected = FILES[name]
    file = tmp_path / name
    file.write_bytes(make())
    ran = subprocess.run([sys.executable, "-c", PROBE, str(file)], capture_output=True, text=True, timeout=SECONDS * 3, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    found = json.loads(ran.stdout)
    print(name, file.stat().st_size, found)
    assert any(found["said"].startswith(one) for one in expected.split("|")), found
    assert found["cpu"] + found["apart"] < SECONDS and found["mb"] < MEGABYTES, found
