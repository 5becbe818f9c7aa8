"""Letters into the outbox and lines into people's bells: written with the fact that causes them, in its transaction."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from guiju.house.settings import setting
from guiju.logbook.verbs import verb
from guiju.notices.models import BellSeen, Letter, Notice
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Refusal


def post_letter(
    hotel_id: UUID,
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    about: tuple[str, str] = ("", ""),
    channel: str = "mail",
    attachments: list[dict[str, str]] | None = None,
    in_reply_to: str = "",
    undo_seconds: int | None = None,
    by: Actor,
    now: datetime,
) -> Letter:
    """Put a letter into the outbox; the same `key` is the same letter and is written once.

    It leaves after the undo window (setting letters.undo_seconds unless `undo_seconds` is given). Its Message-ID is
    made from the key, so that a letter sent twice after a crash is one letter at the far end.
    """
    known = Letter.objects.of(hotel_id).filter(key=key).first()
    if known is not None:
        return known
    wait = setting(hotel_id, "letters.undo_seconds") if undo_seconds is None else undo_seconds
    mark = hashlib.sha256(f"{hotel_id}:{key}".encode()).hexdigest()[:32]
    return Letter.objects.create(
        hotel_id=hotel_id,
        key=key,
        channel=channel,
        to=to,
        subject=subject,
        body=body,
        attachments=attachments or [],
        about_kind=about[0],
        about_id=str(about[1]),
        in_reply_to=in_reply_to,
        message_id=f"<{mark}@{str(settings.DEFAULT_FROM_EMAIL).rpartition('@')[2].rstrip('>')}>",
        not_before_at=now + timedelta(seconds=float(wait)),
        created_at=now,
    )


@verb("enquiries.reply")
def stop_letter(letter: Letter, *, by: Actor, now: datetime) -> None:
    """Undo: a letter that has not left yet stays here. Raises Refusal when it is already on its way."""
    stopped = Letter.objects.filter(pk=letter.pk, state=Letter.State.WAITING).update(state=Letter.State.STOPPED)
    if not stopped:
        raise Refusal(_("The letter has already left."), code="letter_left")


def tell(
    hotel_id: UUID,
    *,
    text: str,
    key: str,
    now: datetime,
    person_id: UUID | None = None,
    post: str = "",
    department: str = "",
    values: dict[str, Any] | None = None,
    url: str = "",
    urgency: str = "plain",
    show_from_at: datetime | None = None,
    about: tuple[str, str] = ("", ""),
    due_at: datetime | None = None,
    brief: str = "",
    chat: bool = True,
) -> None:
    """Put a line into the bell of a person, a post or a department; the same `key` is told once.

    `text` is an English msgid with %(name)s places filled from `values` in the reader's language. A group chat is told
    `brief` (or `text` without its names): what it is about by number, the clause, when it is due; nothing with `chat=False`.
    """
    Notice.objects.bulk_create(
        [
            Notice(
                hotel_id=hotel_id,
                person_id=person_id,
                post=post,
                department=department,
                key=key[:120],
                text=text,
                values=values or {},
                url=url,
                urgency=urgency,
                at=now,
                show_from_at=show_from_at or now,
                about_kind=about[0],
                about_id=str(about[1]),
                due_at=due_at,
                brief=brief,
                chat=chat,
            )
        ],
        ignore_conflicts=True,
    )


def see_bell(actor: Actor, *, now: datetime) -> None:
    """The person has looked at the bell: the dot goes out until something newer comes."""
    BellSeen.objects.update_or_create(
        hotel_id=actor.hotel_id, person_id=actor.person_id, defaults={"seen_at": now}
    )


def addressed_to(actor: Actor) -> Q:
    """Which notices concern this person: his own, his posts', his departments'."""
    return Q(person_id=actor.person_id) | Q(post__in=actor.posts) | Q(department__in=actor.departments)
