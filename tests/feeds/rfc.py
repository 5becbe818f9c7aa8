"""The rules of RFC 5545 that a feed must keep, checked on the bytes: no library has a say here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PROPERTY = re.compile(r'^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*))*):(.*)$', re.S)
DATE, LOCAL, UTC = re.compile(r"\d{8}"), re.compile(r"\d{8}T\d{6}"), re.compile(r"\d{8}T\d{6}Z")
OFFSET = re.compile(r"[+-]\d{4}(\d{2})?")
ONCE = {"VEVENT": ("UID", "DTSTAMP", "DTSTART"), "VCALENDAR": ("PRODID", "VERSION"), "VTIMEZONE": ("TZID",), "VALARM": ("ACTION", "TRIGGER")}
ONLY_ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY", "URL", "LAST-MODIFIED", "CLASS", "TRANSP", "METHOD", "CALSCALE"}


@dataclass
class Part:
    """A component with its properties (name, parameters, value) and parts."""

    name: str
    properties: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def get(self, name: str) -> str:
        return next((value for one, _given, value in self.properties if one == name), "")

    def given(self, name: str) -> dict[str, str]:
        return next((given for one, given, _value in self.properties if one == name), {})

    def of(self, name: str) -> list[Part]:
        return [one for one in self.parts if one.name == name]


def lines_of(body: bytes) -> list[str]:
    """Content lines, unfolded; each physical line ends with CRLF, is at most 75 octets and whole signs."""
    assert body.endswith(b"\r\n") and b"\n" not in body.replace(b"\r\n", b"") and b"\r" not in body.replace(b"\r\n", b"")
    physical = body[:-2].split(b"\r\n")
    for line in physical:
        assert len(line) <= 75, line
        line.decode("utf-8")  # a fold never cuts a sign in two
        assert line, "an empty line"
    found: list[bytes] = []
    for line in physical:
        if line[:1] in (b" ", b"\t"):
            found[-1] += line[1:]
        else:
            found.append(line)
    return [line.decode("utf-8") for line in found]


def read(body: bytes) -> Part:
    """The calendar as a tree, each rule checked on the way."""
    stack = [Part("")]
    for line in lines_of(body):
        match = PROPERTY.match(line)
        assert match, line
        name, given, value = match.groups()
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", value), line
        params = dict(one.split("=", 1) for one in given.split(";")[1:])
        if name == "BEGIN":
            part = Part(value)
            stack[-1].parts.append(part)
            stack.append(part)
        elif name == "END":
            assert stack.pop().name == value
        else:
            stack[-1].properties.append((name, params, value))
    assert len(stack) == 1 and [part.name for part in stack[0].parts] == ["VCALENDAR"]
    calendar = stack[0].parts[0]
    _check(calendar, {part.get("TZID") for part in calendar.of("VTIMEZONE")})
    keys = [part.get("UID") for part in calendar.of("VEVENT")]
    assert len(keys) == len(set(keys)), "a UID twice"
    return calendar


def _check(part: Part, zones: set[str]) -> None:
    names = [name for name, _given, _value in part.properties]
    for needed in ONCE.get(part.name, ()):
        assert names.count(needed) == 1, (part.name, needed)
    for name in set(names) & ONLY_ONCE:
        assert names.count(name) == 1, (part.name, name)
    if part.name == "VCALENDAR":
        assert part.get("VERSION") == "2.0" and {one.name for one in part.parts} <= {"VTIMEZONE", "VEVENT"}
    if part.name == "VEVENT":
        _check_event(part, zones)
    if part.name in ("STANDARD", "DAYLIGHT"):
        assert LOCAL.fullmatch(part.get("DTSTART")) and not part.given("DTSTART")
        assert OFFSET.fullmatch(part.get("TZOFFSETFROM")) and OFFSET.fullmatch(part.get("TZOFFSETTO"))
    if part.name == "VTIMEZONE":
        assert part.parts and {one.name for one in part.parts} <= {"STANDARD", "DAYLIGHT"}
    if part.name == "VALARM":
        assert part.get("ACTION") == "DISPLAY" and part.get("DESCRIPTION") and re.fullmatch(r"-PT(\d+H)?(\d+M)?(\d+S)?", part.get("TRIGGER"))
    for one in part.parts:
        _check(one, zones)


def _check_event(part: Part, zones: set[str]) -> None:
    assert UTC.fullmatch(part.get("DTSTAMP")) and part.get("SEQUENCE").isdecimal() and part.get("STATUS") in ("CONFIRMED", "CANCELLED")
    starts, ends = part.given("DTSTART"), part.given("DTEND")
    if starts.get("VALUE") == "DATE":
        assert ends.get("VALUE") == "DATE" and DATE.fullmatch(part.get("DTSTART")) and DATE.fullmatch(part.get("DTEND"))
    else:
        assert starts == ends and starts["TZID"] in zones, "a zone nobody defined"
        assert LOCAL.fullmatch(part.get("DTSTART")) and LOCAL.fullmatch(part.get("DTEND"))
    assert part.get("DTEND") > part.get("DTSTART")
    for name in ("SUMMARY", "DESCRIPTION"):
        assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", part.get(name)), f"{name}: a comma or semicolon that is not escaped"


def offset_at(zone: Part, moment: datetime) -> timedelta:
    """What a calendar program makes of the VTIMEZONE at a moment (UTC): the observance whose onset was last."""
    best: tuple[datetime, timedelta] | None = None
    for one in zone.parts:
        before, after = _offset(one.get("TZOFFSETFROM")), _offset(one.get("TZOFFSETTO"))
        onset = datetime.strptime(one.get("DTSTART"), "%Y%m%dT%H%M%S").replace(tzinfo=moment.tzinfo) - before
        if onset <= moment and (best is None or onset >= best[0]):
            best = (onset, after)
    assert best is not None
    return best[1]


def _offset(text: str) -> timedelta:
    sign = -1 if text[0] == "-" else 1
    return sign * timedelta(hours=int(text[1:3]), minutes=int(text[3:5]), seconds=int(text[5:7] or 0))
