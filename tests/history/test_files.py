"""Files as they come: in any encoding and shape of table; what is no table, broken or hostile is refused within limits."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter

from guiju.history import files
from guiju.history.fields import guess, missing, signature
from guiju.history.files import Unreadable, open_table
from tests.history.conftest import HEADS, ROWS, table

TEXT = table().decode()


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members:
            package.writestr(name, data)
    return out.getvalue()


def workbook(rows: list[list[Any]], far: tuple[int, int] | None = None) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if far:
        sheet.write(*far, "far")
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (TEXT.encode(), "csv"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "csv"),
        (TEXT.encode("gbk"), "csv"),
        (TEXT.encode("utf-16"), "csv"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "csv"),
        (TEXT.replace("\n", "\r\n").encode(), "csv"),
        (TEXT.replace(",", "\t").encode("gb18030"), "csv"),
        (TEXT.replace(",", ";").encode(), "csv"),
        (b"\n\n" + TEXT.encode(), "csv"),
        (zipped(("past.csv", TEXT.encode())), "zip"),
        (zipped(("folder/", b""), ("folder/past.csv", TEXT.encode("gbk")), ("__MACOSX/past.csv", b"x")), "zip"),
        (workbook([line.split(",") for line in [HEADS, *ROWS]]), "xlsx"),
        (zipped(("past.xlsx", workbook([line.split(",") for line in [HEADS, *ROWS]]))), "zip"),
    ],
    ids=["utf-8", "bom", "gbk", "utf-16", "utf-16-be", "crlf", "tabs", "semicolons", "empty lines", "zip", "mac zip", "xlsx", "zipped xlsx"],
)
def test_the_same_table_however_it_comes(data: bytes, kind: str) -> None:
    found = open_table(data, "past")
    assert (found.kind, found.headings) == (kind, HEADS.split(","))
    assert [[*cells, *[""] * (14 - len(cells))] for _number, cells in found.rows()] == [row.split(",") for row in ROWS]
    assert missing(guess(found.headings)) == {}


def test_utf_16_without_its_mark_is_known_by_its_zeros() -> None:
    found = open_table("hotel,arrival\nSeaview,2025-01-01\n".encode("utf-16-le"), "past")
    assert list(found.rows()) == [(2, ["Seaview", "2025-01-01"])]


def test_days_and_numbers_of_a_sheet_are_text() -> None:
    from datetime import datetime

    found = open_table(workbook([["arrival", "rate", "rooms"], [datetime(2025, 3, 1), 388.5, 2]]), "past")
    assert list(found.rows()) == [(2, ["2025-03-01", "388.5", "2"])]


def bomb() -> bytes:
    """A zip whose one table unpacks to more than is taken."""
    return zipped(("past.csv", b"a,b\n" + b"0,0\n" * (files.MOST_UNPACKED // 4 + 10)))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00\x00 \n", b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n" + b"0" * 40, b"<html><body>hello</body></html>", b"<?xml version='1.0'?><a/>",
        b"MZ\x90\x00\x03" + bytes(range(256)) * 8, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, b"PK\x03\x04broken",
        zipped(("a.csv", b"a,b\n1,2\n"), ("b.csv", b"a,b\n1,2\n")), zipped(("a.exe", b"a,b\n1,2\n")), zipped(("a.csv", zipped(("b.csv", b"a,b\n")))),
        workbook([["a", "b"], ["1", "2"]])[:-300], b"a,b,a\n1,2,3\n", b"only\n1\n", b"a,b\n" + b"x" * 2500 + b",1\n",
        ",".join(f"c{n}" for n in range(201)).encode() + b"\n1\n", b'a,b\n"' + b"x" * 200_000 + b"\n", b"\xff\xfea\x00,\x00\xd8",
    ],
    ids=["empty", "blank", "pdf", "png", "html", "xml", "program", "old xls", "no zip", "two tables", "program in zip", "zip in zip", "cut xlsx",
         "heading twice", "one column", "long cell", "many columns", "open quote", "half a sign"],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        for _row in open_table(data, "past.csv").rows():
            pass
    assert refused.value.errors["file"] and refused.value.status == 422


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Unreadable):
        open_table(bomb(), "past.zip")


def test_a_cell_at_the_end_of_the_world_takes_only_the_process_apart_with_it() -> None:
    with pytest.raises(Unreadable):
        list(open_table(workbook([["arrival", "rate"], ["1", "2"]], far=(1_048_575, 16_383)), "past.xlsx").rows())


def test_files_of_one_layout_are_known_again() -> None:
    assert signature(["Arrival Date", "ADR"]) == signature(["arrival_date", "adr"]) != signature(["adr", "arrival_date"])
