"""A mailbox is set up, changed, switched on and off, tried, and removed; each with who and when in the logbook, never its password."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from guiju.house.models import Hotel
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.mailroom import secrets
from guiju.mailroom.models import Mailbox
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

PORTS = {"tls": 993, "starttls": 143, "none": 143}
HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,198}[A-Za-z0-9])?|\[?[0-9A-Fa-f:]{2,45}\]?")
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
FIELDS = ("name", "host", "port", "security", "user", "secret_from", "folder", "after", "move_to", "every_seconds", "idle")
PLACE = ("host", "port", "user", "security")  # whoever changes these must know the password
MOST = 20


@verb("mailroom.setup")
def set_up_mailbox(hotel: Hotel, *, card: Mapping[str, Any], secret: str = "", by: Actor, now: datetime) -> Mailbox:
    """Set up a mailbox; what comes into it from now on is taken in. Raises Invalid at each field."""
    if Mailbox.objects.of(hotel.pk).filter(closed_at__isnull=True).count() >= MOST:
        raise Invalid(errors={"name": [_("At most %(n)s mailboxes.") % {"n": MOST}]})
    row = Mailbox(hotel=hotel, since_at=now, next_look_at=now)
    values = _checked(row, card, secret, kept=False)
    for field, value in values.items():
        setattr(row, field, value)
    if secret:
        row.secret_sealed = secrets.seal(row, secret)
    row.save(force_insert=True)
    note("mailbox.set_up", row, name=row.name, host=row.host)
    return row


@verb("mailroom.setup")
def change_mailbox(mailbox: Mailbox, *, card: Mapping[str, Any], secret: str = "", version: int, by: Actor, now: datetime) -> Mailbox:
    """Change a mailbox's card. Another server, user or encryption needs the password again. Raises Invalid, Conflict."""
    _imap(mailbox)
    whole = {**{field: getattr(mailbox, field) for field in FIELDS}, **card}
    elsewhere = any(str(whole[field]).strip().lower() != str(getattr(mailbox, field)).lower() for field in PLACE)
    values = _checked(mailbox, whole, secret, kept=bool(mailbox.secret_sealed) and not elsewhere)
    changed = [field for field, value in values.items() if value != getattr(mailbox, field)]
    sealed = bytes(mailbox.secret_sealed) if mailbox.secret_sealed else None
    if secret or values["secret_from"]:
        changed.append("secret")
        shape = Mailbox(pk=mailbox.pk, **{field: values[field] for field in ("host", "port", "user")})
        sealed = secrets.seal(shape, secret) if secret else None
    if elsewhere or values["folder"] != mailbox.folder:  # another place numbers otherwise: what came before is known by its identity
        values.update(uid_validity=0, uid_done=0)
    mailbox.save_from(version, **values, next_look_at=now, failures=0, error_code="", error_detail="", error_at=None, try_code="", try_detail="")
    Mailbox.objects.filter(pk=mailbox.pk).update(secret_sealed=sealed)
    mailbox.refresh_from_db()
    note("mailbox.changed", mailbox, name=mailbox.name, changed=", ".join(changed))
    return mailbox


@verb("mailroom.setup")
def switch_mailbox(mailbox: Mailbox, *, on: bool, by: Actor, now: datetime) -> Mailbox:
    """Look into it or not; what comes while it is off is taken in when it is on again."""
    changed = Mailbox.objects.of(mailbox.hotel_id).filter(pk=mailbox.pk, is_on=not on, closed_at__isnull=True)
    if changed.update(is_on=on, next_look_at=now, failures=0, error_code="", error_detail="", error_at=None):
        note("mailbox.switched", mailbox, name=mailbox.name, on=on)
    mailbox.refresh_from_db()
    return mailbox


@verb("mailroom.setup")
def close_mailbox(mailbox: Mailbox, *, by: Actor, now: datetime) -> Mailbox:
    """Remove a mailbox; its password is forgotten, what came from it stays. Raises Refusal when it is removed already."""
    rows = Mailbox.objects.of(mailbox.hotel_id).filter(pk=mailbox.pk, closed_at__isnull=True)
    if not rows.update(closed_at=now, is_on=False, secret_sealed=None, secret_from=""):
        raise Refusal(_("This mailbox is removed already."), code="wrong_state")
    mailbox.refresh_from_db()
    note("mailbox.closed", mailbox, name=mailbox.name)
    return mailbox


@verb("mailroom.try")
def ask_to_try(mailbox: Mailbox, *, by: Actor, now: datetime) -> Mailbox:
    """Try it: the worker connects, signs in and opens the folder, and takes nothing in."""
    rows = Mailbox.objects.of(mailbox.hotel_id).filter(pk=mailbox.pk, closed_at__isnull=True)
    if not rows.update(try_asked_at=now, try_code="", try_detail=""):
        raise Refusal(_("This mailbox is removed already."), code="wrong_state")
    mailbox.refresh_from_db()
    return mailbox


@verb("mailroom.try")
def look_soon(mailbox: Mailbox, *, by: Actor, now: datetime) -> Mailbox:
    """Look into it now instead of at its turn."""
    rows = Mailbox.objects.of(mailbox.hotel_id).filter(pk=mailbox.pk, closed_at__isnull=True, is_on=True)
    if not rows.update(next_look_at=now):
        raise Refusal(_("This mailbox is off."), code="wrong_state")
    mailbox.refresh_from_db()
    return mailbox


def _imap(mailbox: Mailbox) -> None:
    if mailbox.closed_at is not None:
        raise Refusal(_("This mailbox is removed already."), code="wrong_state")
    if mailbox.kind != Mailbox.Kind.IMAP:
        raise Refusal(_("The fax folder is named where the installation is set up (GUIJU_FAX_FOLDER)."), code="wrong_state")


def _checked(row: Mailbox, card: Mapping[str, Any], secret: str, *, kept: bool) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    found = {field: str(card.get(field) or "").strip() for field in ("name", "host", "security", "user", "secret_from", "folder", "after", "move_to")}
    values: dict[str, Any] = {**found, "idle": bool(card.get("idle"))}
    values["folder"] = found["folder"] or "INBOX"
    values["security"] = found["security"] or "tls"
    values["after"] = found["after"] or "keep"
    for field, longest, words in (("name", 60, _("A name.")), ("host", 200, _("The server's name.")), ("user", 200, _("The sign-in name."))):
        if not found[field] or len(found[field]) > longest or not found[field].isprintable():
            errors[field] = [words]
    if "host" not in errors and not HOST.fullmatch(found["host"]):
        errors["host"] = [_("This is no server name, e.g. imap.hotel.cn.")]
    _choices(values, errors)
    values["port"] = _number(card.get("port"), PORTS.get(values["security"], 993), 1, 65535, "port", errors)
    values["every_seconds"] = _number(card.get("every_seconds"), 60, 10, 3600, "every_seconds", errors)
    _secret(found, secret, kept, errors)
    others = Mailbox.objects.of(row.hotel_id).filter(name=found["name"], closed_at__isnull=True).exclude(pk=row.pk)
    if "name" not in errors and others.exists():
        errors["name"] = [_("There is a mailbox of this name already.")]
    if errors:
        raise Invalid(errors=errors)
    return values


def _choices(values: dict[str, Any], errors: dict[str, list[str]]) -> None:
    if values["security"] not in Mailbox.Security.values:
        errors["security"] = [_("Choose one.")]
    elif values["security"] == "none" and values["host"].lower().strip("[]") not in HERE:
        errors["security"] = [_("Without encryption only on this machine: the password would be readable on the way.")]
    if values["after"] not in Mailbox.After.values:
        errors["after"] = [_("Choose one.")]
    for field in ("folder", "move_to"):
        if len(values[field]) > 200 or not values[field].isprintable():
            errors[field] = [_("This is no folder's name.")]
    if values["after"] == "move" and (not values["move_to"] or values["move_to"] == values["folder"]):
        errors["move_to"] = [_("To which other folder?")]


def _secret(found: dict[str, str], secret: str, kept: bool, errors: dict[str, list[str]]) -> None:
    if found["secret_from"] and not secrets.VARIABLE.fullmatch(found["secret_from"]):
        errors["secret_from"] = [_("The variable's name begins with GUIJU_MAIL_.")]
    if found["secret_from"] and secret:
        errors["secret"] = [_("Either a password or a variable, not both.")]
    if not (secret or found["secret_from"] or kept):
        errors["secret"] = [_("The password, please.")]
    if len(secret) > 500 or not secret.isprintable():
        errors["secret"] = [_("This is no password of a mailbox.")]


def _number(given: Any, default: int, least: int, most: int, field: str, errors: dict[str, list[str]]) -> int:
    text = str(given if given not in (None, "") else default).strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and least <= int(text) <= most):
        errors[field] = [_("A whole number from %(least)s to %(most)s.") % {"least": least, "most": most}]
        return default
    return int(text)
