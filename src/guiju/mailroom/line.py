"""The wire to a mail server: with an end to every wait and to every size, whatever the far end sends."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from django.conf import settings
from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError, MailboxLoginError
from imap_tools.utils import encode_folder

from guiju.reading.airlock import MAX_BYTES

STEP_SECONDS = 20.0  # one answer's silence
WHOLE_SECONDS = 240.0  # a whole look's waiting, so that a server that drips a byte a second ends too
LONGEST_LINE = 4 * 1024 * 1024  # numbers of half a million messages
MORE = 4 * 1024 * 1024  # beside the message itself
MOST_LINES = 200_000
MONTHS = {name: place for place, name in enumerate(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], start=1)}
DATE = re.compile(rb'INTERNALDATE "\s?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"', re.I)
UID, SIZE = re.compile(rb"\bUID (\d{1,10})\b", re.I), re.compile(rb"\bRFC822\.SIZE (\d{1,12})\b", re.I)


class Trouble(Exception):
    """What is wrong with a mailbox: `code` for words of ours, `detail` as the far end said it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, " ".join(detail.split())[:300]


class _TooMuch(imaplib.IMAP4.abort):
    """More bytes than a mailbox has any reason to send."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What the server knows of a message without its text."""

    uid: int
    size: int
    arrived_at: datetime


class _Client(imaplib.IMAP4):
    """imaplib with its own reading: each recv ends in time, lines and literals have a size."""

    def __init__(self, host: str, port: int, *, tls: bool, context: ssl.SSLContext | None, seconds: float) -> None:
        self.seconds, self.left, self.lines = seconds, MORE, MOST_LINES  # seconds of waiting for the far end that are left
        self.buffer = bytearray()
        self._tls, self._context = tls, context
        super().__init__(host, port, STEP_SECONDS)

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        self.host, self.port = host, port
        wire = socket.create_connection((host, port), self._wait())
        if self._tls and self._context is not None:
            wire = self._context.wrap_socket(wire, server_hostname=host)
        self.sock = wire

    def secure(self) -> None:
        """STARTTLS; what was sent before it is thrown away (it may be anybody's)."""
        if "STARTTLS" not in self.capabilities or self._context is None:
            raise Trouble("starttls")
        kind, data = self._simple_command("STARTTLS")
        if kind != "OK":
            raise Trouble("starttls", str(data))
        self.buffer.clear()
        self.untagged_responses = {}
        self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)
        self._tls_established = True
        self._get_capabilities()

    def allow(self, size: int) -> None:
        """What the next answer may have."""
        self.left, self.lines = size + MORE, MOST_LINES

    def _wait(self) -> float:
        """How long the next answer may take."""
        if self.seconds <= 0:
            raise TimeoutError("the whole look took too long")
        return min(STEP_SECONDS, self.seconds)

    def _more(self) -> None:
        self.sock.settimeout(self._wait())
        begun = time.monotonic()
        try:
            found = self.sock.recv(65536)
        finally:
            self.seconds -= time.monotonic() - begun
        if not found:
            raise self.abort("socket error: EOF")
        self.left -= len(found)
        if self.left < 0:
            raise _TooMuch("the server sends without end")
        self.buffer += found

    def read(self, size: int) -> bytes:
        if size > self.left + len(self.buffer):
            raise _TooMuch(f"a piece of {size} bytes")
        while len(self.buffer) < size:
            self._more()
        found = bytes(self.buffer[:size])
        del self.buffer[:size]
        return found

    def readline(self) -> bytes:
        self.lines -= 1
        if self.lines < 0:
            raise _TooMuch("the server sends without end")
        looked = 0
        while (end := self.buffer.find(b"\n", looked)) < 0:
            looked = len(self.buffer)
            if looked > LONGEST_LINE:
                raise _TooMuch("a line without end")
            self._more()
        found = bytes(self.buffer[: end + 1])
        del self.buffer[: end + 1]
        return found

    def send(self, data: Any) -> None:
        self.sock.settimeout(self._wait())
        self.sock.sendall(data)

    def shutdown(self) -> None:
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        finally:
            self.sock.close()


class _Box(BaseMailBox):
    def __init__(self, client: _Client) -> None:
        self._made = client
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._made


def trusted() -> ssl.SSLContext:
    """Certificates of the system, and of an in-house server where the installation names them (GUIJU_MAIL_CA)."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if settings.MAIL_CA:
        context.load_verify_locations(settings.MAIL_CA)
    return context


class Line:
    """An open mailbox: `with Line(...) as line`. Everything that goes wrong comes out as Trouble."""

    def __init__(
        self, host: str, port: int, *, security: str, user: str, secret: str, folder: str, write: bool = False, seconds: float = WHOLE_SECONDS
    ) -> None:
        self.host, self.port, self.security, self.user, self.secret = host, port, security, user, secret
        self.folder, self.write, self.seconds = folder, write, seconds

    def __enter__(self) -> Line:
        with telling():
            context = None if self.security == "none" else trusted()
            self.client = _Client(self.host, self.port, tls=self.security == "tls", context=context, seconds=self.seconds)
            try:
                self._open()
            except BaseException:
                self.client.shutdown()
                raise
        return self

    def _open(self) -> None:
        if self.security == "starttls":
            self.client.secure()
        self.box = _Box(self.client)
        try:
            if self.user.isascii() and self.secret.isascii():
                self.box.login(self.user, self.secret, initial_folder=None)
            else:
                self.box.login_utf8(self.user, self.secret, initial_folder=None)
        except MailboxLoginError as error:
            raise Trouble("login", _said(error)) from error
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:  # AUTHENTICATE refused
            raise Trouble("login", str(error)) from error
        self.secret = ""
        self.client._get_capabilities()  # many tell what they can only to those who have signed in
        try:
            self.box.folder.set(self.folder, readonly=not self.write)
        except ImapToolsError as error:
            raise Trouble("folder", _said(error)) from error
        told = self.client.response("UIDVALIDITY")[1]
        self.validity = int(told[0]) if told and told[0] and told[0].isdigit() else 0

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        try:
            if kind is None:
                self.client.logout()
        except (OSError, imaplib.IMAP4.error):
            pass
        finally:
            self.client.shutdown()

    def uids(self, after: int, since: datetime) -> list[int]:
        """Numbers above `after` of messages that came on or after that day, rising."""
        day = (since - timedelta(days=1)).astimezone(UTC)
        month = next(name for name, place in MONTHS.items() if place == day.month)
        with telling():
            self.client.allow(LONGEST_LINE)
            kind, data = self.client.uid("SEARCH", f"UID {after + 1}:*", "SINCE", f"{day.day}-{month}-{day.year}")
            if kind != "OK":
                raise Trouble("garbage", str(data))
            found = {int(one) for part in data if part for one in part.split() if one.isdigit() and len(one) < 11}
        return sorted(one for one in found if one > after)

    def meta(self, uids: Iterable[int]) -> dict[int, Meta]:
        """Size and arrival of messages; those that are gone meanwhile are left out."""
        wanted, found = set(uids), {}
        if not wanted:
            return {}
        with telling():
            self.client.allow(1024 * len(wanted))
            kind, data = self.client.uid("FETCH", ",".join(map(str, sorted(wanted))), "(UID INTERNALDATE RFC822.SIZE)")
            if kind != "OK":
                raise Trouble("garbage", str(data))
            for line in data:
                text = line if isinstance(line, bytes) else b" ".join(line) if isinstance(line, tuple) else b""
                uid, size, date = UID.search(text), SIZE.search(text), DATE.search(text)
                if uid and int(uid.group(1)) in wanted and (size or date):  # else a change of its marks, told by the way
                    if not (size and date):
                        raise Trouble("garbage", text.decode("utf-8", "replace"))
                    found[int(uid.group(1))] = Meta(int(uid.group(1)), int(size.group(1)), _moment(date))
        return found

    def message(self, uid: int, size: int, *, head: bool = False) -> bytes | None:
        """The message, or its head only; the server's marks stay as they are. None: it is gone."""
        with telling():
            self.client.allow(min(size, MAX_BYTES) + MORE)
            kind, data = self.client.uid("FETCH", str(uid), "(UID BODY.PEEK[HEADER])" if head else "(UID BODY.PEEK[])")
            if kind != "OK":
                raise Trouble("garbage", str(data))
            for part in data:
                if isinstance(part, tuple) and len(part) == 2 and isinstance(part[1], bytes):
                    told = UID.search(part[0])
                    if told is None or int(told.group(1)) == uid:  # some say the number after the text
                        return part[1]
        return None

    def move(self, uid: int, to: str) -> None:
        """Put a message that was dealt with into another folder; nobody else's deleted messages are touched."""
        with telling():
            self.client.allow(0)
            target = encode_folder(to).decode("ascii")
            if "MOVE" in self.client.capabilities:
                kind, data = self.client.uid("MOVE", str(uid), target)
            else:
                kind, data = self.client.uid("COPY", str(uid), target)
                if kind == "OK":
                    kind, data = self.client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)")
                if kind == "OK" and "UIDPLUS" in self.client.capabilities:
                    kind, data = self.client.uid("EXPUNGE", str(uid))
            if kind != "OK":
                raise Trouble("move", " ".join(one.decode("utf-8", "replace") for one in data if isinstance(one, bytes)))

    def wait(self, seconds: float) -> bool:
        """Wait for news (IDLE); True when something may have come. A server without IDLE: simply no news."""
        if "IDLE" not in self.client.capabilities:
            return False
        with telling():
            self.client.allow(MORE)
            tag = self.client._command("IDLE")
            while not self.client.readline().startswith(b"+"):
                pass
            news, until = False, time.monotonic() + seconds
            while not news and (rest := until - time.monotonic()) > 0:
                news = self._told(rest)
            self.client.send(b"DONE\r\n")
            while not self.client.readline().startswith(tag):
                pass
            self.client.tagged_commands.pop(tag, None)
        return news

    def _told(self, seconds: float) -> bool:
        if b"\n" not in self.client.buffer:
            self.client.sock.settimeout(seconds)
            try:
                found = self.client.sock.recv(65536)
            except TimeoutError:
                return False
            if not found:
                raise imaplib.IMAP4.abort("socket error: EOF")
            self.client.buffer += found
        if b"\n" not in self.client.buffer:
            return False
        line = self.client.readline().upper()
        return b"EXISTS" in line or b"RECENT" in line


class telling:  # reads as a phrase: with telling():
    """Whatever goes wrong on the wire, in our own words."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if error is None or isinstance(error, Trouble) or not isinstance(error, Exception):
            return
        raise Trouble(*_code(error)) from error


def _code(error: Exception) -> tuple[str, str]:
    said = str(error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return "certificate", error.verify_message or said
    if isinstance(error, ssl.SSLError):
        return "tls", said
    if isinstance(error, socket.gaierror):
        return "address", said
    if isinstance(error, ConnectionRefusedError):
        return "closed", said
    if isinstance(error, TimeoutError):
        return "slow", said
    if isinstance(error, _TooMuch) or isinstance(error.__context__, _TooMuch):  # imaplib puts its own around it
        return "endless", said
    if "EOF" in said or isinstance(error, ConnectionError):
        return "cut", said
    if isinstance(error, OSError):
        return "network", said
    return "garbage", said


def _said(error: ImapToolsError) -> str:
    result = getattr(error, "command_result", None)
    parts = result[1] if isinstance(result, tuple) and len(result) > 1 else []
    return " ".join(one.decode("utf-8", "replace") for one in parts if isinstance(one, bytes)) or str(error)


def _moment(date: re.Match[bytes]) -> datetime:
    day, month, year, hour, minute, second, sign, hours, minutes = date.groups()
    off = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == b"-" else 1)
    return datetime(
        int(year), MONTHS[month.decode().title()], int(day), int(hour), int(minute), min(int(second), 59), tzinfo=timezone(off)
    )
