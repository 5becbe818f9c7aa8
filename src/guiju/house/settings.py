"""Every number the manual leaves to the hotel, with its default; changed on the settings page, each change in the logbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guiju.house.models import Setting


@dataclass(frozen=True, slots=True)
class Spec:
    """One setting: its default, kind (number, yesno, clock, choice, list, text), label, and the clause it serves."""

    default: Any
    kind: str
    label: str | Promise
    clause: str = ""
    choices: tuple[str, ...] = ()
    unit: str = ""


SETTINGS: dict[str, Spec] = {
    "hold.default_clock": Spec("18:00", "clock", _("Hold until, on the arrival day"), "booking.hold-until"),
    "group.extra_receivers": Spec([], "list", _("Further departments that get the group schedule"), "booking.copies-group"),
    "reservation.extra_receivers": Spec([], "list", _("Further departments that get the reservation form"), "booking.copies-reservation"),
    "notice.all_sign": Spec(
        False, "yesno", _("A change notice is signed by all holders, also where nothing of theirs changed"), "booking.change-notice"
    ),
    "letters.undo_seconds": Spec(8, "number", _("A letter leaves after"), unit="s"),
    "papers.deliver_on_screen": Spec(
        True,
        "yesno",
        _("A copy counts as delivered when it stands in the department's inbox (no: the issuer notes each hand-over)"),
        "booking.by-1800",
    ),
    "copies.undo_minutes": Spec(5, "number", _("A signature may be withdrawn for"), unit="min"),
    "copies.remind_minutes": Spec(15, "number", _("Reminding a department by hand, at most every"), unit="min"),
    "security.totp_required": Spec(True, "yesno", _("GM, finance and administrators sign in with a second step")),
    "roster.warn_days": Spec(3, "number", _("A day with arrivals and no duty person is shown in red ahead by"), "booking.duty-roster", unit="d"),
    "longstay.late_days": Spec(7, "number", _("A long-stay rent counts as late after"), "longstay.watch-account", unit="d"),
    "ota.hotel_codes": Spec("", "text", _("Codes that online channels use for this hotel, with commas")),
    "language.client_default": Spec("zh-hans", "choice", _("Language of replies"), choices=("zh-hans", "en")),
}


def setting(hotel_id: UUID, key: str) -> Any:
    """The hotel's value of a setting, or its default."""
    spec = SETTINGS[key]
    row = Setting.objects.of(hotel_id).filter(key=key).values_list("value", flat=True).first()
    return spec.default if row is None else row


def settings_of(hotel_id: UUID, *keys: str) -> dict[str, Any]:
    """Several settings in one query."""
    rows = dict(Setting.objects.of(hotel_id).filter(key__in=keys).values_list("key", "value"))
    return {key: rows.get(key, SETTINGS[key].default) for key in keys}
