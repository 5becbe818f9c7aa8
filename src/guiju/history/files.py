"""A file of past bookings opened: csv (UTF-8, GBK, UTF-16), xlsx, or a zip with one of them, within limits.

Told by its content and not its name; nothing is written before the file was let in. Text is read row by row; an xlsx is opened
in a process of its own (reading.tables_apart), so that a hostile one takes only that process with it.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.reading import airlock
from guiju.reading.apart import Failed
from guiju.reading.tables_apart import rows_apart
from guiju.shelf.errors import Invalid

MOST_BYTES = 60 * 1024 * 1024
MOST_UNPACKED = 250 * 1024 * 1024
MOST_SHEET = 900 * 1024 * 1024  # an xlsx unpacked, never in this process
MOST_ROWS = 1_000_000
MOST_COLUMNS = 200
MOST_SIGNS = 2000
SAMPLE = 64 * 1024
TABLE_ENDS = (".csv", ".tsv", ".txt", ".xlsx")
MIMES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "zip": "application/zip"}

NOT_A_TABLE = N_("This is not a table. Send xlsx or csv, or a zip with one of them.")
DAMAGED = N_("The file is damaged and cannot be opened.")


class Unreadable(Invalid):
    """The file is not let in, or a line of it cannot be read; `text` is what is said before it was translated."""

    def __init__(self, text: str, /, **values: Any) -> None:
        self.text, self.values = text, values
        super().__init__(errors={"file": [_(text) % values if values else _(text)]})


@dataclass(slots=True)
class Table:
    """A file that was let in: its headings; `rows()` gives (row number, cells), the heading being row 1."""

    kind: str  # csv | xlsx | zip
    headings: list[str]
    lines: int  # about how many rows, for progress
    source: Any

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """All rows below the heading that say anything. Raises Unreadable in the middle of a damaged file."""
        rows = self.source()
        for _number, cells in rows:
            if any(cell and not cell.isspace() for cell in cells):
                break  # the heading
        count = 0
        for number, cells in rows:
            if not any(cell and not cell.isspace() for cell in cells):
                continue
            count += 1
            if count > MOST_ROWS:
                raise Unreadable(N_("More than %(n)s rows. Split the file."), n=MOST_ROWS)
            yield number, cells


def open_table(data: bytes, name: str) -> Table:
    """Let a file in and read its headings. Raises Unreadable."""
    kind = "csv"
    if not data.strip(b"\x00 \r\n\t"):
        raise Unreadable(N_("The file is empty."))
    if len(data) > MOST_BYTES:
        raise Unreadable(N_("The file is larger than %(n)s MB."), n=MOST_BYTES // 1024 // 1024)
    if data.startswith(b"PK\x03\x04"):
        kind, data = _unpacked(data)
    if data.startswith(b"PK\x03\x04"):
        lines, source = len(data) // 60, lambda: _xlsx_rows(data)
    else:
        encoding = _encoding_of(data)
        delimiter = _delimiter(data, encoding)
        lines, source = data.count(b"\n"), lambda: _csv_rows(data, encoding, delimiter)
    headings = _headings(source())
    return Table(kind, headings, max(lines - 1, 1), source)


def _headings(rows: Iterator[tuple[int, list[str]]]) -> list[str]:
    for number, cells in rows:
        heads = [cell.replace("\ufeff", "").strip()[:80] for cell in cells]
        while heads and not heads[-1]:
            heads.pop()
        if not heads:
            if number > 50:
                break
            continue
        doubled = sorted({head for head in heads if head and heads.count(head) > 1})
        if doubled:
            raise Unreadable(N_("The heading %(head)s stands there twice."), head=", ".join(doubled)[:200])
        if len(heads) < 2:
            raise Unreadable(NOT_A_TABLE)
        return heads
    raise Unreadable(N_("The file is empty."))


def _unpacked(data: bytes) -> tuple[str, bytes]:
    """(kind, bytes) of an xlsx, or of the one table in a zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            size = sum(one.file_size for one in members)
            if "xl/workbook.xml" in {one.filename for one in members}:
                if len(members) > 2000 or size > MOST_SHEET:
                    raise Unreadable(N_("This file unpacks to too much."))
                return "xlsx", data
            tables = [one for one in members if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
            if len(tables) != 1 or not tables[0].filename.lower().endswith(TABLE_ENDS):
                raise Unreadable(N_("A zip is taken when it holds one table (csv or xlsx) and nothing else."))
            if size > MOST_UNPACKED:
                raise Unreadable(N_("This file unpacks to too much."))
            with package.open(tables[0]) as part:
                inner = part.read(MOST_UNPACKED + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Unreadable(DAMAGED) from error
    if len(inner) > MOST_UNPACKED:
        raise Unreadable(N_("This file unpacks to too much."))
    if inner.startswith(b"PK\x03\x04") and _unpacked(inner)[0] != "xlsx":
        raise Unreadable(N_("A zip is taken when it holds one table (csv or xlsx) and nothing else."))
    return "zip", inner


def _xlsx_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from enumerate(rows_apart(data), start=1)
    except Failed as error:
        raise Unreadable(DAMAGED) from error


def _encoding_of(data: bytes) -> str:
    """UTF-8, UTF-16 or GBK: the first in which all of the text can be read; anything else is no table."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            tried = [encoding]
            break
    else:
        sample = data[:SAMPLE]
        if sample.count(0) > len(sample) // 5:  # UTF-16 without its mark: every second byte of Latin text is zero
            tried = ["utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"]
        else:
            tried = ["utf-8", "gb18030"]
            _not_something_else(sample)
    for encoding in tried:
        if _decodes(data, encoding):
            return encoding
    raise Unreadable(N_("The text cannot be read: it is neither UTF-8 nor GBK nor UTF-16."))


def _not_something_else(sample: bytes) -> None:
    """What the airlock knows to be a picture, a PDF, a web page or a mail is no table."""
    head = sample[: sample.rfind(b"\n") + 1] or sample
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(N_("This is an old .xls file. Save it as .xlsx and send that."))
    try:
        kind = airlock.admit(head, "table.csv").kind
    except airlock.Refused as refused:
        raise Unreadable(NOT_A_TABLE) from refused
    if kind not in ("text", "eml"):  # a first line such as "A: b" looks like a mail's head
        raise Unreadable(NOT_A_TABLE)


def _decodes(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(data)
    try:
        for place in range(0, len(data), 1 << 20):
            text = decoder.decode(view[place : place + (1 << 20)])
            if "\x00" in text:
                return False
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(data: bytes, encoding: str) -> str:
    head = data[:SAMPLE].decode(encoding, "ignore")
    first = next((line for line in head.splitlines() if line.strip()), "")
    return max((",", "\t", ";", "|", ","), key=first.count)


def _csv_rows(data: bytes, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    reader = csv.reader(text, delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=1):
            if len(cells) > MOST_COLUMNS:
                raise Unreadable(N_("Row %(row)s: more than %(n)s columns."), row=number, n=MOST_COLUMNS)
            if max(map(len, cells), default=0) > MOST_SIGNS:
                raise Unreadable(N_("Row %(row)s: a cell holds more than %(n)s signs."), row=number, n=MOST_SIGNS)
            yield number, cells
    except csv.Error as error:
        raise Unreadable(N_("Line %(row)s cannot be read."), row=reader.line_num) from error
