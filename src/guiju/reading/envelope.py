"""What the head of a mail says of its way: what it answers, whether a machine wrote it, which letter it brings back.

Sources: RFC 3834 (automatic answers), RFC 3462 to 3464 (reports of delivery), RFC 8098 (read receipts), and what servers
send that keep to none of them.
"""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from guiju.reading.mail import MOST_PARTS, TextErrors, decoded, header

ID = re.compile(r"<[^<>\s]{3,300}>")
MOST_IDS = 100
MOST_LOOKED = 200_000  # characters of a report in which the returned letter's id is looked for
FAILED_CODE = re.compile(r"(?<![\d.])5\.\d{1,3}\.\d{1,3}(?!\d)|(?<![\d.])55[0-4](?=[ -])")
ABSENT = re.compile(
    r"^\s*(?:auto(?:matic|mated)?[ -]?(?:reply|response|antwort)|automatische antwort|out of (?:the )?office|auto:|"
    r"自动(?:回复|答复|回覆)|自動回覆|外出自动|(?:不在|离开)办公室|休假(?:自动|通知)|abwesen)", re.I,
)
RETURNED = re.compile(
    r"^\s*(?:undeliver(?:able|ed)|(?:mail )?delivery (?:status notification|fail|has failed|problem)|delivery.{0,30}fail|returned mail|"
    r"failure notice|mail (?:delivery|system) (?:failed|error)|message (?:undeliverable|could not be delivered)|"
    r"系统退信|退信|投递失败|邮件(?:退回|投递失败))", re.I,
)
MACHINES = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon|maildaemon|bounces?)(?:[+=.-].*)?@", re.I)


@dataclass(slots=True)
class Returned:
    """A report that letters did not arrive: ids of the letters it names, whose mailbox it was, what the far end said.

    `final` is False for "still trying" and for reports that all is well.
    """

    final: bool
    letters: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    said: str = ""


@dataclass(slots=True)
class Envelope:
    """The head of a mail, as far as its way is concerned."""

    message_id: str = ""
    answers: list[str] = field(default_factory=list)  # the letters it answers, the nearest first
    sender: str = ""
    to: list[str] = field(default_factory=list)
    subject: str = ""
    written_at: datetime | None = None
    auto: str = ""  # why it is held for written by a machine: auto_reply | answer | absence | report | receipt
    returned: Returned | None = None
    content: str = ""  # hash of what it says, whatever way it came


def read(data: bytes) -> Envelope:
    """Read the head of a mail; one too broken to be read is known by its bytes alone."""
    try:
        return _read(data)
    except (*TextErrors, RecursionError):
        return Envelope(content=hashlib.sha256(data).hexdigest())


def _read(data: bytes) -> Envelope:
    mail = email.message_from_bytes(data, policy=email.policy.default)
    found = Envelope(message_id="".join(_ids(mail, "Message-ID")[:1]))
    found.sender = _plain(next((address for _name, address in getaddresses([header(mail, "From")]) if address), "").lower())[:200]
    found.subject = _plain(header(mail, "Subject"))[:300]
    for name in ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Failed-Recipients"):
        found.to += [address.lower()[:300] for _name, address in getaddresses([header(mail, name)]) if address][:MOST_IDS]
    nearest = _ids(mail, "In-Reply-To") + _ids(mail, "References")[::-1]
    found.answers = list(dict.fromkeys(nearest))[:MOST_IDS]
    found.written_at = _written(mail)
    found.returned = _returned(mail, found)
    found.auto = "report" if found.returned else _auto(mail, found)
    found.content = _content(data, found)
    return found


def _plain(text: str) -> str:
    """Signs that can be shown and kept; all others are blanks."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _ids(mail: Message, name: str) -> list[str]:
    return ID.findall(header(mail, name)[:20_000])


def _written(mail: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(header(mail, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else None


def _content(data: bytes, found: Envelope) -> str:
    """The body as sent with who, when and what about: the lines that servers add on the way do not count.

    A mail that says neither its id nor its date is known by all its bytes.
    """
    if not found.message_id and found.written_at is None:
        return hashlib.sha256(data).hexdigest()
    for border in (b"\r\n\r\n", b"\n\n"):
        if border in data:
            body = data.partition(border)[2]
            break
    else:
        body = b""
    head = "\n".join((found.message_id, found.sender, found.subject, found.written_at.isoformat() if found.written_at else ""))
    return hashlib.sha256(head.encode("utf-8", "replace") + b"\n" + body.replace(b"\r\n", b"\n").rstrip()).hexdigest()


def _auto(mail: Message, found: Envelope) -> str:
    """Why a machine wrote it in answer; a booking that a system sends by itself (auto-generated) is none of these."""
    if mail.get_content_type() == "multipart/report":
        kind = str(mail.get_param("report-type", "") or "").lower()
        return "receipt" if kind == "disposition-notification" else "report"
    said = header(mail, "Auto-Submitted").lower()
    if said.startswith("auto-replied") or header(mail, "Precedence").lower().replace("-", "_") == "auto_reply":
        return "auto_reply"
    if found.answers and (said.startswith("auto-") or header(mail, "Precedence").lower() in ("bulk", "junk")):
        return "answer"  # by itself, in answer to a letter: "we have received your mail"
    if any(header(mail, name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoresponder")):
        return "auto_reply"
    if header(mail, "X-Autogenerated").lower() == "reply":
        return "auto_reply"
    return "absence" if ABSENT.match(found.subject) else ""


def _returned(mail: Message, found: Envelope) -> Returned | None:
    parts = _parts(mail)
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    if status is not None:
        return _by_the_book(status, parts)
    null = header(mail, "Return-Path").replace(" ", "") == "<>"
    machine = bool(MACHINES.match(found.sender)) or (null and bool(RETURNED.match(found.subject)))
    failed = next((one for part in [mail] for one in [header(part, "X-Failed-Recipients")] if one), "")
    if not (machine and (RETURNED.match(found.subject) or failed)) and not (failed and null):
        return None
    words = "\n".join(decoded(part) for part in parts if part.get_content_type() in ("text/plain", "text/html"))[:MOST_LOOKED]
    code = FAILED_CODE.search(words)
    waiting = re.search(r"will (?:be )?(?:retr|continue)|still trying|warning only|delayed|4\.\d\.\d|稍后.*重试", words, re.I)
    said = _line_at(words, code.start()) if code else found.subject
    recipients = [one.strip() for one in failed.split(",") if "@" in one]
    return Returned(bool(code or failed or not waiting), _named(parts, words), recipients[:20], _plain(said))


def _by_the_book(status: Message, parts: list[Message]) -> Returned:
    """Each recipient has a block: Final-Recipient, Action, Status, Diagnostic-Code."""
    final, said, recipients = False, "", []
    blocks = status.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, Message):
            continue
        action, code = header(block, "Action").lower(), header(block, "Status")
        told = header(block, "Final-Recipient") or header(block, "Original-Recipient")
        if not (action or told):
            continue
        if action == "failed" or (not action and code.startswith("5")):
            final = True
            recipients.append(told.partition(";")[2].strip() or told)
            said = said or (header(block, "Diagnostic-Code").partition(";")[2].strip() or code)
    words = "\n".join(decoded(part) for part in parts if part.get_content_type() == "text/plain")[:MOST_LOOKED]
    return Returned(final, _named(parts, words), recipients[:20], _plain(said)[:300])


def _named(parts: list[Message], words: str) -> list[str]:
    """Ids of the letters a report brings back: of the letter itself, of its head, or as they stand in its words."""
    found: list[str] = []
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inside = part.get_payload()
            for mail in (inside if isinstance(inside, list) else [])[:1]:
                found += _ids(mail, "Message-ID") if isinstance(mail, Message) else []
        elif kind in ("text/rfc822-headers", "message/rfc822-headers"):
            head = email.message_from_string(decoded(part), policy=email.policy.default)
            found += _ids(head, "Message-ID")
    found += [one for line in re.findall(r"^[>\s]*message-id:\s*(.*)$", words, re.I | re.M)[:20] for one in ID.findall(line)]
    return list(dict.fromkeys(found))[:MOST_IDS]


def _parts(mail: Message) -> list[Message]:
    """The parts of a report, without those of the letter that it brings back."""
    found: list[Message] = []
    waiting: list[Message] = [mail]
    while waiting and len(found) < MOST_PARTS:
        part = waiting.pop(0)
        found.append(part)
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting = [one for one in inner if isinstance(one, Message)] + waiting
    return found


def _line_at(words: str, place: int) -> str:
    start, end = words.rfind("\n", 0, place) + 1, words.find("\n", place)
    return " ".join(words[start : end if end > 0 else len(words)].split())[:300]
