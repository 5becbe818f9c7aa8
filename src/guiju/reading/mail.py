"""An .eml file: its text, who sent it, what hangs on it. GB charsets are read as GB18030, which holds them all."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, field
from email.message import EmailMessage, Message
from email.utils import parseaddr

GB = {"gb2312", "gbk", "gb_2312-80", "x-gbk"}


@dataclass(slots=True)
class Mail:
    """What a mail says."""

    subject: str = ""
    sender: str = ""
    message_id: str = ""
    text: str = ""
    attachments: list[tuple[str, bytes]] = field(default_factory=list)


def _decoded(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    charset = (part.get_content_charset() or "utf-8").lower()
    for name in ("gb18030" if charset in GB else charset, "utf-8", "gb18030"):
        try:
            return raw.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("utf-8", "replace")


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return str(mail.get(name, "") or "").replace("\r", "").replace("\n", " ").strip()
    except (ValueError, LookupError, IndexError, TypeError, AttributeError):
        return ""


def plain_of(html: str) -> str:
    """The words of an HTML mail, a line a block."""
    shown, *hidden = re.split(r"(?i)<(?:script|style)\b", html[:500_000])
    html = " ".join([shown, *(re.split(r"(?i)</(?:script|style)[^<>]*>", part, maxsplit=1)[-1] if "</s" in part.lower() else "" for part in hidden)])
    html = re.sub(r"(?i)<(br|/p|/div|/tr|/h\d|/li)[^<>]*>", "\n", html)
    text = re.sub(r"<[^<>]*>", " ", html)
    for name, char in (("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(name, char)
    return re.sub(r"\n\s*\n+", "\n", re.sub(r"[ \t]+", " ", text)).strip()


def read(data: bytes, *, depth: int = 0) -> Mail:
    """Read a mail; a mail inside it is read too, three deep."""
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    found = Mail(_header(mail, "Subject")[:300], parseaddr(_header(mail, "From"))[1][:200], _header(mail, "Message-ID")[:300])
    plain, html = [], []
    for part in mail.walk():
        if part.is_multipart():
            continue
        name = part.get_filename()
        kind = part.get_content_type()
        if name or kind not in ("text/plain", "text/html"):
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes) and raw and len(found.attachments) < 20:
                found.attachments.append((str(name or "attachment")[:200], raw))
        elif kind == "text/plain":
            plain.append(_decoded(part))
        else:
            html.append(plain_of(_decoded(part)))
    found.text = "\n".join(plain).strip() or "\n".join(html).strip()
    return found
