"""What a file really is, told by its content and not its name, within limits, before anything else reads it."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from dataclasses import dataclass

from guiju.reading import apart, hypertext
from guiju.reading.cards import mask_pans
from guiju.reading.safe_xml import CODECS

__all__ = ["MAX_BYTES", "Admitted", "Refused", "admit", "decode", "mask_pans"]

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 120_000_000
MAX_PAGES = 200
MAX_UNPACKED = 80 * 1024 * 1024


class Refused(Exception):
    """The file is not let in; `code` for programs, `message` for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True, slots=True)
class Admitted:
    """A file that may be read on: its kind (pdf png jpeg tiff eml xml html text xlsx); a PDF with its words, and its pages without any."""

    kind: str
    mime: str
    words: str = ""
    bare: tuple[int, ...] = ()


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
    marked = _marked(data)
    if marked:
        return marked
    return _words(data, name)


def _marked(data: bytes) -> Admitted | None:
    """HTML or XML, whatever its encoding: told by the first characters that are no remark."""
    head = data[:8192]
    if head.startswith((b"\xff\xfe", b"<\x00")):
        start = head.decode("utf-16-le", "ignore")
    elif head.startswith((b"\xfe\xff", b"\x00<")):
        start = head.decode("utf-16-be", "ignore")
    else:
        start = head.decode("latin-1").removeprefix("\xef\xbb\xbf")
    start = start.lstrip("\ufeff \r\n\t")
    if not start.startswith("<"):
        return None
    if hypertext.is_html(start):
        return Admitted("html", "text/html")
    return Admitted("xml", "application/xml") if re.match(r"<(?:[?!]|[A-Za-z_][\w:.-]*[\s/>])", start) else None


def _pdf(data: bytes) -> Admitted:
    try:
        opened = apart.open_apart("pdf", data)
    except apart.Failed as error:
        raise Refused("broken", "this PDF is damaged and cannot be opened") from error
    if not 0 < opened.pages <= MAX_PAGES:
        raise Refused("too_large", f"a PDF of 1 to {MAX_PAGES} pages is taken")
    return Admitted("pdf", "application/pdf", opened.words, tuple(opened.bare))


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


def decode(data: bytes, declared: str = "") -> str | None:
    """The bytes as text: as declared, UTF-8, UTF-16, or GB18030; None when they are none of these."""
    declared = CODECS.get(declared.lower(), "utf-8-sig")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return None
    for mark, encoding in ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in (declared, "utf-8-sig", "gb18030"):
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
