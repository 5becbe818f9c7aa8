"""Which request a mail belongs to: by the letter of ours that it answers, or by our number in its subject."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from guiju.clients.models import Contact
from guiju.enquiries.models import Enquiry, Reply
from guiju.notices.models import Letter
from guiju.notices.sending import letters_named
from guiju.reading.envelope import Envelope

MARK = re.compile(r"\[\s*(E\d{2}-\d{3,6})\s*\]", re.I)
# Many strangers have addresses there: the domain says nothing about who writes.
SHARED = frozenset(
    """
    qq.com vip.qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com 189.cn naver.com gmail.com outlook.com
    hotmail.com live.com msn.com yahoo.com icloud.com me.com gmx.com gmx.de web.de proton.me protonmail.com mail.ru yandex.ru
    """.split()  # noqa: SIM905  # read as a table
)


def marked(subject: str, number: str) -> str:
    """The subject with our number as the far end's answer will bring it back, once."""
    bare = MARK.sub("", subject).strip()
    return f"{bare[: 195 - len(number)]} [{number}]"


def request_of(hotel_id: UUID, head: Envelope) -> Enquiry | None:
    """The request that a mail answers; one merged away leads to the one that took its place.

    Our Message-ID is secret enough to be believed from anybody; a number in the subject only from the client's own address.
    """
    row = _by_letter(hotel_id, head.answers) or _by_mark(hotel_id, head)
    for _step in range(10):
        if row is None or row.merged_into_id is None:
            break
        row = Enquiry.objects.of(hotel_id).filter(pk=row.merged_into_id).first()
    return row


def of_letters(hotel_id: UUID, letters: Iterable[Letter]) -> Enquiry | None:
    """The request that the first of these letters answered."""
    ids = [letter.about_id for letter in letters if letter.about_kind == "reply"]
    rows = {str(row.pk): row for row in Reply.objects.of(hotel_id).filter(pk__in=ids).select_related("enquiry")} if ids else {}
    return next((rows[one].enquiry for one in ids if one in rows and rows[one].enquiry), None)


def _by_letter(hotel_id: UUID, answers: list[str]) -> Enquiry | None:
    return of_letters(hotel_id, letters_named(hotel_id, answers)) if answers else None


def _by_mark(hotel_id: UUID, head: Envelope) -> Enquiry | None:
    found = MARK.search(head.subject)
    row = Enquiry.objects.of(hotel_id).filter(number__iexact=found.group(1)).select_related("client", "message").first() if found else None
    return row if row is not None and _is_his(row, head.sender) else None


def _is_his(row: Enquiry, sender: str) -> bool:
    """Whether this address belongs to who asked: the one it came from, the client's, a contact's, or the same house's."""
    known = {row.reply_to, row.message.sender if row.message else "", row.client.email if row.client else ""}
    if row.client_id:
        known.update(Contact.objects.of(row.hotel_id).filter(client_id=row.client_id).values_list("email", flat=True)[:50])
    known = {one.strip().lower() for one in known if "@" in one}
    houses = {one.rpartition("@")[2] for one in known} - SHARED
    return sender in known or sender.rpartition("@")[2] in houses
