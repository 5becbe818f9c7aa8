"""How mailboxes stand, and what came of the latest mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.enquiries.models import Enquiry
from guiju.mailroom.models import Item, Mailbox
from guiju.mailroom.taking import WHY

SILENT = timedelta(minutes=10)
TRIED_IN = timedelta(minutes=2)
# What is wrong, for people who do not run mail servers.
WORDS = {
    "address": N_("There is no server of this name."),
    "closed": N_("The server does not answer at this port."),
    "slow": N_("The server did not answer in time."),
    "network": N_("The network did not reach the server."),
    "certificate": N_("The server's certificate is not trusted: perhaps it is not the hotel's server."),
    "tls": N_("An encrypted connection was not possible."),
    "starttls": N_("The server offers no encryption here (STARTTLS)."),
    "login": N_("The server does not accept the name or the password."),
    "secret": N_("There is no password: enter it again, or set the variable."),
    "folder": N_("There is no such folder in the mailbox."),
    "move": N_("A letter could not be moved to the other folder."),
    "cut": N_("The server cut the connection."),
    "endless": N_("The server sends without end; the look was given up."),
    "garbage": N_("The server answered something that is no IMAP."),
    "no_folder": N_("The fax folder is not there."),
    "not_readable": N_("The fax folder or a file in it cannot be read."),
    "not_moved": N_("A file could not be put away."),
    "inside": N_("Something went wrong here; the log of the worker says what."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A mailbox as the page shows it: off, well, waiting (never looked into yet), silent (nobody looks) or trouble."""

    mailbox: Mailbox
    state: str
    today: int = 0
    refused: int = 0

    @property
    def words(self) -> str:
        """What is wrong, in words."""
        return said(self.mailbox.error_code) if self.state == "trouble" else ""


def said(code: str) -> str:
    """What a code means, in the reader's language."""
    return _(WORDS.get(code, WORDS["inside"])) if code else ""


def state_of(mailbox: Mailbox, now: datetime) -> str:
    """off | trouble | waiting | silent | well."""
    if not mailbox.is_on:
        return "off"
    if mailbox.error_code:
        return "trouble"
    patience = max(mailbox.every * 5, SILENT)
    if mailbox.succeeded_at is None:
        return "waiting" if now - mailbox.since_at < patience else "silent"
    return "silent" if now - mailbox.succeeded_at > patience else "well"


def is_being_tried(mailbox: Mailbox, now: datetime) -> bool:
    """Whether somebody asked for a try that has not ended; a worker that died at it is not waited for."""
    begun = mailbox.try_code == "running" and mailbox.try_done_at is not None and now - mailbox.try_done_at < TRIED_IN
    return mailbox.try_asked_at is not None or begun


def standings(hotel_id: UUID, now: datetime) -> list[Standing]:
    """The hotel's mailboxes, how each stands, and what came in 24 hours: two queries."""
    rows = list(Mailbox.objects.of(hotel_id).filter(closed_at__isnull=True).order_by("kind", "name"))
    fresh = Item.objects.filter(mailbox__in=rows, arrived_at__gte=now - timedelta(days=1)).exclude(state=Item.State.CLAIMED)
    counted = fresh.values_list("mailbox").annotate(taken=Count("pk"), refused=Count("pk", filter=Q(state=Item.State.REFUSED)))
    told = {pk: (taken, refused) for pk, taken, refused in counted}
    return [Standing(row, state_of(row, now), *told.get(row.pk, (0, 0))) for row in rows]


@dataclass(frozen=True, slots=True)
class Came:
    """A piece of mail with the page of its request."""

    item: Item
    links: tuple[tuple[str, str], ...]

    @property
    def why(self) -> str:
        """Why it was refused, or what the far end said of a letter that came back."""
        return _(WHY.get(self.item.code, WHY["unknown"])) if self.item.code else self.item.why


def latest(hotel_id: UUID, mailbox: Mailbox | None = None, *, most: int = 50) -> list[Came]:
    """What came of the latest mail, newest first: two queries."""
    rows = Item.objects.of(hotel_id).select_related("mailbox").exclude(state=Item.State.CLAIMED)
    items = list((rows.filter(mailbox=mailbox) if mailbox else rows).order_by("-arrived_at", "-id")[:most])
    numbers = {number for item in items for number in item.enquiries}
    pages = dict(Enquiry.objects.of(hotel_id).filter(number__in=numbers).values_list("number", "pk")) if numbers else {}
    return [
        Came(item, tuple((number, reverse("enquiries:enquiry", args=[pages[number]]) if number in pages else "") for number in item.enquiries))
        for item in items
    ]


def warnings(now: datetime) -> tuple[bool, Any]:
    """For /readyz: mailboxes that are in trouble or that nobody looks into. A warning only: the house works without mail."""
    rows = Mailbox.objects.filter(closed_at__isnull=True).select_related("hotel").order_by("hotel__code", "name")
    found = []
    for row in rows:
        state = state_of(row, now)
        found.append(
            {
                "hotel": row.hotel.code, "mailbox": row.name, "state": state, "warning": state in ("trouble", "silent"),
                "last_success": row.succeeded_at.isoformat() if row.succeeded_at else None,
                "last_error": WORDS.get(row.error_code, WORDS["inside"]) if row.error_code else None,
                "last_error_at": row.error_at.isoformat() if row.error_at else None,
            }
        )
    return True, found


def titles(hotel_id: UUID, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Mailbox id -> (its name, the page of mailboxes)."""
    rows = Mailbox.objects.of(hotel_id).filter(pk__in=list(ids))
    return {str(row.pk): (row.name, reverse("mailroom:mailboxes")) for row in rows}
