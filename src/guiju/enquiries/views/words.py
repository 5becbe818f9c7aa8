"""Channels and kinds of reply in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from guiju.enquiries.models import Reply
from guiju.enquiries.points import CHANNELS

CHANNEL_ICONS = {
    "fax": "fax",
    "mail": "mail",
    "phone": "phone",
    "wechat": "meet",
    "walk_in": "user",
    "ota": "enq",
    "text": "mail",
}


def channel_words(channel: str) -> str:
    """A channel's name."""
    return _(CHANNELS[channel]) if channel in CHANNELS else channel


def reply_channels() -> list[tuple[str, str]]:
    """The ways a reply can go."""
    return [(name, channel_words(name)) for name in ("mail", "fax", "letter", "call", "wechat")]


def reply_kinds() -> list[tuple[str, str]]:
    """The kinds of reply."""
    return [(str(kind.value), str(kind.label)) for kind in Reply.Kind]
