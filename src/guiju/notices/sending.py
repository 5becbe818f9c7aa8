"""Sends what stands in the outbox: claim, send, then mark; never mark, then send."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from smtplib import SMTP, SMTP_SSL, SMTPAuthenticationError, SMTPRecipientsRefused, SMTPResponseException
from ssl import create_default_context
from typing import Any
from urllib.parse import unquote, urlparse
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Q

from guiju.logbook.writing import durably, writing
from guiju.notices.models import Letter
from guiju.shelf.actor import the_clock

log = logging.getLogger("guiju.letters")
LEASE = timedelta(minutes=5)
BACK_OFF_MINUTES = (1, 2, 5, 15, 30, 60, 120)

sent_hooks: dict[str, Callable[[Letter, datetime], None]] = {}  # about_kind -> what follows when it really left
bounced_hooks: dict[str, Callable[[Letter, datetime], None]] = {}


def due(now: datetime, limit: int = 50) -> list[Letter]:
    """Letters whose undo window is over, and those whose sender died while sending."""
    return list(
        Letter.objects.filter(
            Q(state=Letter.State.WAITING, not_before_at__lte=now) | Q(state=Letter.State.SENDING, claimed_until_at__lt=now),
            channel="mail",
        ).order_by("not_before_at")[:limit]
    )


def send_due(now: datetime) -> int:
    """Send all letters that are due; how many left. A letter left when the far end took it, not when the round began."""
    begun = time.monotonic()
    return sum(send_one(letter, now + _since(begun)) for letter in due(now))


def _since(begun: float) -> timedelta:
    """Whole seconds that have gone by."""
    return timedelta(seconds=int(time.monotonic() - begun))


def send_one(letter: Letter, now: datetime) -> bool:
    """Claim one letter, hand it to the mail server, then note that it left. False when another worker has it or it failed."""
    claimed = (
        Letter.objects.filter(pk=letter.pk)
        .filter(Q(state=Letter.State.WAITING) | Q(state=Letter.State.SENDING, claimed_until_at__lt=now))
        .update(state=Letter.State.SENDING, claimed_until_at=now + LEASE, tries=letter.tries + 1)
    )
    if not claimed:
        return False
    begun = time.monotonic()
    try:
        _hand_over(letter, now)
    except SMTPRecipientsRefused as error:
        # 4xx means "not now" (greylisting, a full mailbox): only 5xx will never be taken
        final = all(code >= 500 for code, _said in error.recipients.values())
        (_dead if final else _failed)(letter, f"refused by the far end: {error}", now)
        return False
    except SMTPResponseException as error:
        final = error.smtp_code >= 500 and not isinstance(error, SMTPAuthenticationError)
        (_dead if final else _failed)(letter, str(error), now)
        return False
    except Exception as error:  # whatever is wrong with one letter must not hold up the others or the round
        _failed(letter, f"{type(error).__name__}: {error}", now)
        return False
    _left(letter, now + _since(begun))
    return True


def _left(letter: Letter, now: datetime) -> None:
    def step() -> None:
        with writing(letter.hotel_id, by=the_clock(letter.hotel_id), now=now):
            if Letter.objects.filter(pk=letter.pk, state=Letter.State.SENDING).update(
                state=Letter.State.SENT, sent_at=now, last_error=""
            ):
                hook = sent_hooks.get(letter.about_kind)
                if hook:
                    letter.refresh_from_db()
                    hook(letter, now)

    durably(step)


def _failed(letter: Letter, why: str, now: datetime) -> None:
    tries = letter.tries + 1
    if tries > len(BACK_OFF_MINUTES):
        _dead(letter, why, now)
        return
    Letter.objects.filter(pk=letter.pk).update(
        state=Letter.State.WAITING,
        last_error=why[:300],
        not_before_at=now + timedelta(minutes=BACK_OFF_MINUTES[tries - 1]),
    )
    log.warning("a letter could not be handed over (try %s): %s", tries, why[:120])


def _dead(letter: Letter, why: str, now: datetime) -> None:
    def step() -> None:
        with writing(letter.hotel_id, by=the_clock(letter.hotel_id), now=now):
            Letter.objects.filter(pk=letter.pk).update(state=Letter.State.DEAD, last_error=why[:300])
            hook = bounced_hooks.get(letter.about_kind)
            if hook:
                letter.refresh_from_db()
                hook(letter, now)

    durably(step)


def came_back(letter: Letter, why: str, *, at: datetime) -> bool:
    """A report says that a letter which had left did not arrive (inside a step): what depends on it hears so once."""
    rows = Letter.objects.filter(pk=letter.pk, returned_at__isnull=True, state__in=(Letter.State.SENT, Letter.State.SENDING, Letter.State.WAITING))
    if not rows.update(state=Letter.State.RETURNED, returned_at=at, last_error=_one_line(why)[:300]):
        return False
    letter.refresh_from_db()
    hook = bounced_hooks.get(letter.about_kind)
    if hook:
        hook(letter, at)
    return True


def letters_named(hotel_id: UUID, ids: Iterable[str], addresses: Iterable[str] = ()) -> list[Letter]:
    """Letters of this hotel by their Message-IDs, or by the return address that was made for each (`return_address`)."""
    marks = [mark for address in addresses if (mark := mark_of(address))]
    wanted = list(dict.fromkeys([*ids, *(f"<{mark}@{_domain()}>" for mark in marks)]))[:200]
    rows = {row.message_id: row for row in Letter.objects.of(hotel_id).filter(message_id__in=wanted)} if wanted else {}
    return [rows[one] for one in wanted if one in rows]


def _domain() -> str:
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].rstrip(">")


def return_address(letter: Letter) -> str:
    """Where reports about this letter go: GUIJU_BOUNCES with the letter's mark after a plus, else the sender's own address."""
    if not settings.BOUNCE_ADDRESS:
        return str(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{letter.message_id[1:].partition('@')[0]}@{domain}"


def mark_of(address: str) -> str:
    """The mark in a return address of ours; empty for any other address."""
    local, _at, domain = settings.BOUNCE_ADDRESS.lower().rpartition("@")
    found = re.fullmatch(rf"{re.escape(local)}\+([0-9a-f]{{32}})@{re.escape(domain)}", address.strip().lower()) if local else None
    return found.group(1) if found else ""


def _one_line(text: str) -> str:
    """A header has one line: whatever breaks lines becomes a blank."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def as_mail(letter: Letter, now: datetime) -> EmailMessage:
    """The letter as an e-mail message; its Message-ID is the same however often it is sent."""
    mail = EmailMessage()
    mail["From"] = settings.DEFAULT_FROM_EMAIL
    mail["To"] = letter.to
    mail["Subject"] = _one_line(letter.subject)
    mail["Message-ID"] = letter.message_id
    mail["Date"] = format_datetime(now)
    if letter.in_reply_to:
        mail["In-Reply-To"] = mail["References"] = _one_line(letter.in_reply_to)
    mail.set_content(letter.body)
    for item in letter.attachments:
        with default_storage.open(item["path"], "rb") as handle:
            main, _, sub = item.get("mime", "application/octet-stream").partition("/")
            mail.add_attachment(handle.read(), maintype=main, subtype=sub, filename=item["name"])
    return mail


def _hand_over(letter: Letter, now: datetime) -> None:
    mail = as_mail(letter, now)
    if not settings.EMAIL_URL:
        folder = Path(settings.DATA_DIR) / "outbox"
        folder.mkdir(exist_ok=True)
        (folder / f"{letter.pk}.eml").write_bytes(mail.as_bytes())
        return
    url = urlparse(settings.EMAIL_URL)
    host, trusted = url.hostname or "localhost", create_default_context()
    line: Any = (
        SMTP_SSL(host, url.port or 465, timeout=20, context=trusted) if url.scheme == "smtps" else SMTP(host, url.port or 25, timeout=20)
    )
    with line as server:
        if url.scheme == "smtp+tls":
            server.starttls(context=trusted)  # the password goes only to a server that proves its name
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(mail, from_addr=return_address(letter))
