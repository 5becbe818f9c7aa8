"""XML from strangers: its encoding as declared (GBK and Big5 too), no DTD, no entities, bounded in depth and number."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

MAX_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 100
MAX_ELEMENTS = 100_000
# Declared name -> the codec that holds all of it. Other names are refused: a codec can do more than decode.
CODECS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "euc-cn"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950", "x-x-big5"), "big5hkscs"),
    **{name: name for name in ("utf-8", "us-ascii", "shift_jis", "euc-jp", "euc-kr", "koi8-r")},
    **{f"iso-8859-{part}": f"iso-8859-{part}" for part in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)},
    **{f"windows-125{part}": f"windows-125{part}" for part in range(9)},
    "utf8": "utf-8",
    "ascii": "us-ascii",
    "latin1": "iso-8859-1",
}
DECLARED = re.compile(r"""^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>")
START = re.compile(r"<(?![?!/])(?:[\w.-]{1,40}:)?([A-Za-z_][\w.-]{0,80})((?:\s[^<>]{0,4000})?)/?>")
ATTRIBUTE = re.compile(r"""([\w.:-]{1,60})\s*=\s*(?:"([^"<]{0,400})"|'([^'<]{0,400})')""")


class Unreadable(Exception):
    """This is no XML that may be read; the text says why."""


def decoded(data: bytes) -> str:
    """The characters of an XML file, by its mark, its first bytes, or the encoding it declares. Raises Unreadable."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return _by(codec, data[len(mark) :])
    if data[:2] == b"<\x00":
        return _by("utf-16-le", data)
    if data[:2] == b"\x00<":
        return _by("utf-16-be", data)
    found = DECLARED.search(data[:400].decode("latin-1"))
    name = found.group(1).lower() if found else "utf-8"
    if name.startswith("utf-16"):  # declared, yet written in single bytes: what is there counts
        name = "utf-8"
    if name not in CODECS:
        raise Unreadable(f"the encoding {name!r} is not read here")
    return _by(CODECS[name], data)


def _by(codec: str, data: bytes) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise Unreadable(f"the characters do not fit the encoding ({codec})") from error


class _Bounded(TreeBuilder):
    """Builds the tree, and stops where no real message goes."""

    depth = count = 0

    def start(self, tag: Any, attrs: Any, /) -> Any:
        self.depth += 1
        self.count += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable("the elements stand too deep in each other")
        if self.count > MAX_ELEMENTS:
            raise Unreadable("too many elements for one message")
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Any:
        self.depth -= 1
        return super().end(tag)


def parse(data: bytes) -> Any:
    """The root element. Raises Unreadable for what is broken, hostile or beyond the bounds."""
    if len(data) > MAX_BYTES:
        raise Unreadable(f"an XML message of up to {MAX_BYTES // 1024 // 1024} MB is taken")
    text = DECLARATION.sub("", decoded(data).lstrip("\ufeff"), count=1)
    reader = DefusedXMLParser(target=_Bounded(), encoding="utf-8", forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        raw = text.encode()
        for start in range(0, len(raw), 65_536):
            reader.feed(raw[start : start + 65_536])
        return reader.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError, UnicodeEncodeError) as error:
        raise Unreadable(f"not well-formed, or not allowed XML: {type(error).__name__}") from error


def first_tag(data: bytes) -> tuple[str, dict[str, str]]:
    """The name and attributes of the first element as far as they can be made out, also of what is broken further on."""
    try:
        text = decoded(data[:20_000])
    except Unreadable:
        text = data[:20_000].decode("utf-8", "replace")
    text = "".join(part.partition("-->")[2] if place else part for place, part in enumerate(text.split("<!--")))
    found = START.search(text)
    if found is None:
        return "", {}
    attributes = {name.rpartition(":")[2]: one or two for name, one, two in ATTRIBUTE.findall(found.group(2))}
    return found.group(1), attributes
