"""An .eml file: its text, who sent it, what hangs on it. GB charsets are read as GB18030, which holds them all."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import EmailMessage, Message
from email.utils import parseaddr

from guiju.reading import hypertext
from guiju.reading.safe_xml import CODECS

MOST_PARTS = 200
MOST_ATTACHMENTS = 20
MOST_DEPTH = 3
TextErrors = (ValueError, LookupError, IndexError, TypeError, AttributeError, HeaderParseError)


@dataclass(slots=True)
class Attachment:
    """What hangs on a mail: its name as told, and its bytes."""

    name: str
    data: bytes


@dataclass(slots=True)
class Mail:
    """What a mail says; mails inside it are read too and their words follow its own."""

    subject: str = ""
    sender: str = ""
    message_id: str = ""
    text: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    left_out: int = 0  # attachments and mails beyond the bounds
    aside: str = ""  # the HTML beside a plain text: not read, yet looked through


def decoded(part: Message) -> str:
    """A part's words, by the charset it names or the one it is in."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    charset = (part.get_content_charset() or "").lower()
    if not charset and part.get_content_type() == "text/html":
        charset = hypertext.charset_of(raw)
    for name in (CODECS.get(charset), "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else None, "utf-8-sig", "gb18030"):
        try:
            if name:
                return raw.decode(name)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _words(text: str) -> str:
    """Words put back together that were sent as raw bytes, or in coded pieces."""
    if any("\udc80" <= char <= "\udcff" for char in text):
        raw = text.encode("utf-8", "surrogateescape")
        for name in ("utf-8", "gb18030"):
            try:
                return raw.decode(name)
            except UnicodeDecodeError:
                continue
        return raw.decode("utf-8", "replace")
    if "=?" not in text:
        return text
    parts = []
    for raw_part, charset in decode_header(text):
        if isinstance(raw_part, str):
            parts.append(raw_part)
        else:
            parts.append(raw_part.decode(CODECS.get((charset or "utf-8").lower(), "utf-8"), "replace"))
    return "".join(parts)


def header(mail: Message, name: str) -> str:
    """A header's words; broken ones as far as they can be read."""
    raw = next((value for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    try:
        text = _words(str(raw))
    except TextErrors:
        text = str(raw).encode("ascii", "replace").decode()
    return " ".join(text.split())


def _name(part: Message) -> str:
    try:
        found = part.get_filename()
        return _words(str(found))[:200] if found else ""
    except TextErrors:
        return "attachment"


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def read(data: bytes) -> Mail:
    """Read a mail; a mail inside it is read too, three deep, what lies deeper is only counted."""
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    found = _read(mail, 0, [0])
    found.text = _printable(found.text)
    return found


def _read(mail: Message, depth: int, seen: list[int]) -> Mail:
    sender = parseaddr(header(mail, "From"))[1]
    found = Mail(_printable(header(mail, "Subject"))[:300], _printable(sender)[:200], _printable(header(mail, "Message-ID"))[:300])
    plain: list[str] = []
    html: list[str] = []
    inner: list[Mail] = []
    waiting: list[Message] = [mail]
    while waiting:
        part = waiting.pop(0)
        seen[0] += 1
        if seen[0] > MOST_PARTS:
            found.left_out += 1 + len(waiting)
            break
        if part.get_content_type() == "message/rfc822":
            inside = part.get_payload()
            if depth >= MOST_DEPTH or not isinstance(inside, list) or not inside or not isinstance(inside[0], Message):
                found.left_out += 1
            else:
                inner.append(_read(inside[0], depth + 1, seen))
        elif part.is_multipart():
            waiting = [one for one in part.get_payload() if isinstance(one, Message)] + waiting
        else:
            _leaf(part, found, plain, html)
    found.text = "\n".join(plain).strip() or "\n".join(html).strip()
    found.aside = _printable("\n".join(html)) if plain else ""
    for one in inner:
        found.text += f"\n\n—— {one.subject or one.sender} ——\n{one.text}"
        found.left_out += one.left_out
        found.aside += one.aside
        found.attachments += one.attachments
    found.left_out += len(found.attachments[MOST_ATTACHMENTS:])
    del found.attachments[MOST_ATTACHMENTS:]
    found.text = found.text.strip()
    return found


def _leaf(part: Message, found: Mail, plain: list[str], html: list[str]) -> None:
    name, kind = _name(part), part.get_content_type()
    shown = kind in ("text/plain", "text/html") and not name and part.get_content_disposition() != "attachment"
    if not shown:
        raw = part.get_payload(decode=True)
        if isinstance(raw, bytes) and raw:
            found.attachments.append(Attachment(_printable(name or "attachment"), raw))
    elif kind == "text/plain":
        plain.append(decoded(part))
    else:
        html.append(hypertext.words(decoded(part)))
