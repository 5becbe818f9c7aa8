"""What a file really is, told by its content and not its name, within limits, before anything else reads it."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from dataclasses import dataclass

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 120_000_000
MAX_PAGES = 200
MAX_UNPACKED = 80 * 1024 * 1024
PAN = re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)")


class Refused(Exception):
    """The file is not let in; `code` for programs, `message` for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True, slots=True)
class Admitted:
    """A file that may be read on: its kind (pdf png jpeg tiff eml xml text xlsx)."""

    kind: str
    mime: str


def admit(data: bytes, name: str) -> Admitted:
    """Say what the bytes are. Raises Refused for empty, too large, unknown, broken or hostile ones."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Refused("empty", "the file is empty")
    if len(data) > MAX_BYTES:
        raise Refused("too_large", f"the file is larger than {MAX_BYTES // 1024 // 1024} MB")
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _image("png", *_png_size(data))
    if data.startswith(b"\xff\xd8\xff"):
        return _image("jpeg", *_jpeg_size(data))
    if data[:4] in (b"II*\x00", b"MM\x00*"):
        return _tiff(data)
    if data.startswith(b"PK\x03\x04"):
        return _zip(data)
    if head.startswith(b"<") and re.search(rb"<\?xml|<[A-Za-z_:]*OTA_|<(?!html|!doctype html)[A-Za-z]", head, re.I):
        return Admitted("xml", "application/xml")
    return _words(data, name)


def _pdf(data: bytes) -> Admitted:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
        document.close()
    except Exception as error:  # the library raises its own and built-in errors for damaged files
        raise Refused("broken", "this PDF is damaged and cannot be opened") from error
    if not 0 < pages <= MAX_PAGES:
        raise Refused("too_large", f"a PDF of 1 to {MAX_PAGES} pages is taken")
    return Admitted("pdf", "application/pdf")


def _png_size(data: bytes) -> tuple[int, int]:
    if len(data) < 33 or data[12:16] != b"IHDR":
        raise Refused("broken", "this picture is damaged")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int]:
    place = 2
    while place + 9 < len(data):
        if data[place] != 0xFF:
            break
        mark = data[place + 1]
        if mark in range(0xC0, 0xD0) and mark not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        if mark == 0xFF or 0xD0 <= mark <= 0xD9:
            place += 1 if mark == 0xFF else 2
            continue
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    raise Refused("broken", "this picture is damaged")


def _image(kind: str, width: int, height: int) -> Admitted:
    if not width or not height or width * height > MAX_PIXELS:
        raise Refused("too_large", "this picture has too many points")
    return Admitted(kind, f"image/{kind}")


def _tiff(data: bytes) -> Admitted:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            return _image("tiff", *picture.size)
    except Refused:
        raise
    except Exception as error:  # damaged headers raise nearly anything
        raise Refused("broken", "this TIFF is damaged") from error


def _zip(data: bytes) -> Admitted:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > 2000 or sum(one.file_size for one in members) > MAX_UNPACKED:
                raise Refused("too_large", "this file unpacks to too much")
            names = {one.filename for one in members}
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused("broken", "this archive is damaged") from error
    if "xl/workbook.xml" in names:
        return Admitted("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    raise Refused("unknown", "archives are not taken; send the file itself")


def decode(data: bytes) -> str | None:
    """The bytes as text: UTF-8, UTF-16 with mark, or GB18030; None when they are none of these."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _words(data: bytes, name: str) -> Admitted:
    text = decode(data)
    if text is None or "\x00" in text or sum(not (c.isprintable() or c in "\r\n\t\f\u3000") for c in text[:4000]) > 8:
        raise Refused("unknown", "this kind of file is not taken: send PDF, a picture, .eml, XML or text")
    if name.lower().endswith(".eml") or re.match(r"(?:[A-Za-z-]+:.*\r?\n(?:[ \t].*\r?\n)*){3,}\r?\n", text):
        return Admitted("eml", "message/rfc822")
    return Admitted("text", "text/plain")


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def mask_pans(text: str) -> str:
    """Card numbers with their middle struck out; other long numbers stay as they are."""

    def mask(found: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", found.group())
        if not _luhn(digits) or len(set(digits)) == 1:
            return found.group()
        return f"{digits[:4]} **** {digits[-4:]}"

    return PAN.sub(mask, text)
