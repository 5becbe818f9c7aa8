"""Lists out (xlsx, csv) and in: typed cells, nothing that a spreadsheet would run, files read within limits."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guiju.shelf.errors import Invalid

FORMATS = ("xlsx", "csv")
SHEET_ROWS = 1_048_575  # what one xlsx sheet holds below its heading
CELL_TEXT = 32_767
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 80 * 1024 * 1024
MAX_ROWS = 5_000
MAX_COLUMNS = 200
MAX_CELLS = 200_000

Cell = str | int | Decimal | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an export: its heading, how to get the value from a row, its width in characters."""

    label: Any
    get: Callable[[Any], Any]
    width: int = 14


def _as_now(lines: Iterable[str]) -> Iterator[str]:
    """Lines made in the zone and language of the request: they are sent after it has ended."""
    zone, language, source = timezone.get_current_timezone(), get_language(), iter(lines)

    def sent() -> Iterator[str]:
        while True:
            with timezone.override(zone), translation.override(language):
                line = next(source, None)
            if line is None:
                return
            yield line

    return sent()


def columns_of(given: Sequence[Any]) -> list[Column]:
    """Columns from Column, ("Heading", "attribute.path") or ("Heading", function)."""
    found = []
    for one in given:
        if isinstance(one, Column):
            found.append(one)
        else:
            label, get = one
            found.append(Column(label, get if callable(get) else _reader(get)))
    return found


def _reader(path: str) -> Callable[[Any], Any]:
    by_attribute = attrgetter(path)
    return lambda row: row.get(path) if isinstance(row, dict) else by_attribute(row)


def export(rows: Iterable[Any], columns: Sequence[Any], name: str, fmt: str) -> HttpResponseBase:
    """The list as a download, row by row: numbers, dates and moments typed, text never a formula.

    `columns`: Column, or (heading, attribute path or function). `fmt`: xlsx or csv; anything else is Invalid.
    """
    shown = columns_of(columns)
    safe = get_valid_filename(name) or "list"
    if fmt == "xlsx":
        return _xlsx(rows, shown, f"{safe}.xlsx")
    if fmt == "csv":
        lines = _as_now(csv_lines(rows, shown))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = content_disposition_header(True, f"{safe}.csv") or "attachment"
        return response
    raise Invalid(errors={"export": [_("Choose xlsx or csv.")]})


def csv_lines(rows: Iterable[Any], columns: Sequence[Column]) -> Iterator[bytes]:
    """The csv, line by line, with the mark by which Excel knows UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def taken() -> bytes:
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return text.encode()

    writer.writerow([escaped(str(column.label)) for column in columns])
    yield b"\xef\xbb\xbf" + taken()
    for row in rows:
        writer.writerow([_csv_value(column.get(row)) for column in columns])
        yield taken()


def escaped(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before a dangerous first sign, full-width ones too."""
    return "'" + text if text.lstrip(" \u3000\u00a0").startswith(DANGEROUS) or text.startswith(DANGEROUS) else text


def _csv_value(value: Any) -> str:
    value = plain_value(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date | time):
        return value.isoformat() if isinstance(value, date) else f"{value:%H:%M}"
    return escaped(value) if isinstance(value, str) else str(value)


def plain_value(value: Any) -> Cell:
    """A value as a cell can hold it: moments on the hotel's clock, lazy texts and ids as text, lists joined."""
    if callable(value):
        value = value()
    if value is None or isinstance(value, bool | int | Decimal | time):
        return value
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, date):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(str(plain_value(one)) for one in value)
    return str(value)


def _xlsx(rows: Iterable[Any], columns: Sequence[Column], filename: str) -> FileResponse:
    import xlsxwriter

    spool = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False,
        "in_memory": False,
    }
    book = xlsxwriter.Workbook(spool, options)
    sheet = book.add_worksheet()
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        "time": book.add_format({"num_format": "hh:mm"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
    }
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, str(column.label), formats["head"])
    for number, row in enumerate(rows, start=1):
        if number > SHEET_ROWS:
            book.close()
            raise Invalid(errors={"export": [_("More rows than a sheet holds. Narrow the list or take csv.")]})
        for place, column in enumerate(columns):
            _put(sheet, number, place, plain_value(column.get(row)), formats)
    book.close()
    spool.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return FileResponse(spool, as_attachment=True, filename=filename, content_type=kind)


def _put(sheet: Any, row: int, place: int, value: Cell, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, place, _("yes") if value else _("no"))
    elif isinstance(value, Decimal):
        sheet.write_number(row, place, float(value), formats["money"])
    elif isinstance(value, int):
        sheet.write_number(row, place, value) if abs(value) < 10**15 else sheet.write_string(row, place, str(value))
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, value, formats["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, formats["date"])
    elif isinstance(value, time):
        sheet.write_datetime(row, place, value, formats["time"])
    else:
        sheet.write_string(row, place, value[:CELL_TEXT])


# ── in ──────────────────────────────────────────────────────────────────────────────────────────


class Line(dict[str, Cell]):
    """One row of an imported table by heading; `number` is its row in the file, as the person sees it there."""

    def __init__(self, number: int, values: dict[str, Cell]) -> None:
        super().__init__(values)
        self.number = number


def parse(data: bytes, filename: str, *, max_rows: int = MAX_ROWS) -> list[Line]:
    """The rows of an xlsx or csv file below its heading line; empty rows are left out, cells trimmed.

    Text may be UTF-8 (with or without mark), UTF-16 or GBK. Raises Invalid with the file or the row named.
    """
    if len(data) > MAX_BYTES:
        raise _bad_file(_("The file is larger than {n} MB.").format(n=MAX_BYTES // 1024 // 1024))
    if not data.strip():
        raise _bad_file(_("The file is empty."))
    if data.startswith(b"PK\x03\x04"):
        raw = _read_xlsx(data, max_rows)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raw = None
    else:
        raw = _read_csv(_text_of(data), max_rows)
    if raw is None:
        raise _bad_file(_("This is an old .xls file. Save it as .xlsx and send that."))
    return _lines(raw, max_rows)


def _bad_file(text: str) -> Invalid:
    return Invalid(errors={"file": [text]})


def _bad_row(number: int, text: str) -> Invalid:
    return Invalid(errors={_("row {n}").format(n=number): [text]})


def _lines(raw: Iterable[Sequence[Any]], max_rows: int) -> list[Line]:
    heads: list[str] = []
    found: list[Line] = []
    for number, cells in enumerate(raw, start=1):
        values = [cell_value(cell) for cell in cells]
        while values and values[-1] is None:
            values.pop()
        if not values:
            continue
        if not heads:
            heads = [str(value or "") for value in values]
            if len(heads) > MAX_COLUMNS:
                raise _bad_file(_("More than {n} columns.").format(n=MAX_COLUMNS))
            doubled = {head for head in heads if head and heads.count(head) > 1}
            if doubled:
                raise _bad_row(number, _("The heading {head} stands there twice.").format(head=", ".join(sorted(doubled))))
            continue
        if len(found) >= max_rows:
            raise _bad_file(_("More than {n} rows. Split the file.").format(n=max_rows))
        extra = [value for value in values[len(heads):] if value is not None]
        if extra:
            raise _bad_row(number, _("There is a value beyond the last heading: {value}").format(value=str(extra[0])[:40]))
        padded = values + [None] * (len(heads) - len(values))
        found.append(Line(number, {head: value for head, value in zip(heads, padded, strict=False) if head}))
    if not heads:
        raise _bad_file(_("The file is empty."))
    return found


def cell_value(cell: Any) -> Cell:
    """A cell as a plain value: text trimmed and normalised (NFC), whole floats as integers, empty as None."""
    if cell is None:
        return None
    if isinstance(cell, str):
        text = unicodedata.normalize("NFC", cell).replace("\u200b", "").replace("\ufeff", "").strip(" \t\r\n\u3000\u00a0")
        return text[:CELL_TEXT] or None
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 10**15 else Decimal(repr(cell))
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time(0) else cell
    return cell if isinstance(cell, int | Decimal | date | time) else str(cell)


def _text_of(data: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, encoding)
    sample = data[:2000]
    if sample.count(0) > len(sample) // 5:  # UTF-16 without its mark: every second byte of Latin text is zero
        return _decoded(data, "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _bad_file(_("The text cannot be read: it is neither UTF-8 nor GBK nor UTF-16.")) from error
    return text.removeprefix("\ufeff")


def _read_csv(text: str, max_rows: int) -> list[list[str]]:
    if "\x00" in text or sum(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n" for sign in text[:4000]) > 3:
        raise _bad_file(_("This is not a table. Send xlsx or csv."))
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max((",", "\t", ";", "|", "，"), key=first.count)
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    cells = 0
    try:
        for row in reader:
            cells += len(row)
            if len(rows) > max_rows * 2 or cells > MAX_CELLS:
                raise _bad_file(_("More than {n} rows. Split the file.").format(n=max_rows))
            if len(row) > MAX_COLUMNS:
                raise _bad_row(reader.line_num, _("More than {n} columns.").format(n=MAX_COLUMNS))
            rows.append(row)
    except csv.Error as error:
        raise _bad_row(reader.line_num, _("This line cannot be read.")) from error
    return rows


CELL_PLACE = re.compile(rb'<(?:\w+:)?(c|row)\b[^>]*?\br="([A-Z]{0,3})(\d{1,9})"')


def _read_xlsx(data: bytes, max_rows: int) -> list[list[Any]]:
    _check_package(data, max_rows)
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        return sheet.to_python(skip_empty_area=False)
    except Exception as error:  # the reader raises many kinds for broken files; all mean the same to a person
        raise _bad_file(_("This file is damaged or not a real xlsx.")) from error


def _check_package(data: bytes, max_rows: int) -> None:
    """Refuse packages that unpack to too much or whose cells lie so far out that the table would not fit in memory."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        infos = package.infolist()
        if len(infos) > 2000 or sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise _bad_file(_("This file unpacks to too much."))
        for info in infos:
            if re.search(r"worksheets/[^/]+\.xml$", info.filename.lower()):
                with package.open(info) as part:
                    _check_extent(part.read(MAX_UNPACKED), max_rows)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _bad_file(_("This file is damaged or not a real xlsx.")) from error


def _check_extent(xml: bytes, max_rows: int) -> None:
    if b"<!DOCTYPE" in xml[:2000] or b"<!ENTITY" in xml:
        raise _bad_file(_("This file is damaged or not a real xlsx."))
    last_row = last_column = 0
    for match in CELL_PLACE.finditer(xml):
        last_row = max(last_row, int(match[3]))
        if match[2]:
            last_column = max(last_column, _column_number(match[2]))
    if last_row > max_rows * 4 + 100:
        raise _bad_file(_("More than {n} rows. Split the file.").format(n=max_rows))
    if last_column > MAX_COLUMNS:
        raise _bad_file(_("More than {n} columns.").format(n=MAX_COLUMNS))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
