"""What is let in, and what is not: told by content, within limits, quickly."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.reading import airlock, ota


def _png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (_png(100, 80), "fax.exe", "png"), ("订房单位：东岬".encode(), "a.bin", "text"), ("订房".encode("gb18030"), "a.txt", "text"),
        (b"<?xml version='1.0'?><OTA_PingRQ/>", "a.txt", "xml"), (b"From: a@b.example\nTo: c@d.example\nSubject: x\n\nhello", "x", "eml"),
        (_zip(**{"xl__workbook.xml": b"<x/>"}), "list.pdf", "xlsx"),
    ],
)
def test_kind_is_told_by_content(data: bytes, name: str, kind: str) -> None:
    assert airlock.admit(data, name).kind == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"), (b"\x00" * 50, "empty"), (_png(200_000, 200_000), "too_large"), (b"%PDF-1.7 broken", "broken"),
        (b"II*\x00" + b"\xff" * 40, "broken"), (b"\xff\xd8\xff\xe0" + b"\x00" * 20, "broken"), (b"MZ\x90\x00" + bytes(range(256)), "unknown"),
        (_zip(a=b"0" * 90_000_000), "too_large"), (_zip(a=b"x"), "unknown"), (b"PK\x03\x04 no zip", "broken"),
    ],
)
def test_hostile_and_broken_files_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(airlock.Refused) as refused:
        airlock.admit(data, "fax.pdf")
    assert refused.value.code == code


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_admitted_or_refused(data: bytes) -> None:
    try:
        assert airlock.admit(data, "x").kind
    except airlock.Refused as refused:
        assert refused.message


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><OTA_HotelResNotifRQ/>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><OTA_ResRetrieveRS>&e;</OTA_ResRetrieveRS>',
        b"<OTA_ResRetrieveRS><unclosed>", b"<html/>",
    ],
)
def test_hostile_xml_is_a_fault(xml: bytes) -> None:
    with pytest.raises(ota.Fault):
        ota.read(xml)


def test_cards_are_masked_and_other_numbers_kept() -> None:
    text = airlock.mask_pans("卡 4444 3333 2222 1111，电话 0592-55501234，订单 1234567890123456")
    assert "4444 **** 1111" in text and "2222" not in text
    assert "0592-55501234" in text and "1234567890123456" in text
