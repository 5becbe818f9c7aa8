"""The list of clients as a table: what goes out, and how lines come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from guiju.clients.models import Client
from guiju.shelf.errors import Invalid
from guiju.shelf.tables import Column, Line

HEADS: dict[str, Any] = {
    "number": gettext_lazy("Number"),
    "name": gettext_lazy("Name"),
    "kind": gettext_lazy("Kind"),
    "tier": gettext_lazy("Tier"),
    "name_en": gettext_lazy("English name"),
    "short_name": gettext_lazy("Short name"),
    "phone": gettext_lazy("Telephone"),
    "fax": gettext_lazy("Fax"),
    "email": gettext_lazy("E-mail"),
    "address": gettext_lazy("Address"),
    "tax_number": gettext_lazy("Tax number"),
    "remarks": gettext_lazy("Remarks"),
}


def columns() -> list[Column]:
    """The columns of the export; the first twelve can be read in again."""
    shown = [Column(head, _reader(name), 28 if name == "name" else 14) for name, head in HEADS.items()]
    return [
        *shown,
        Column(_("Looked after by"), lambda row: row.seller.name if row.seller else ""),
        Column(_("May book on account"), lambda row: row.on_account),
        Column(_("Credit limit"), lambda row: row.credit_limit),
        Column(_("Credit in use"), lambda row: row.credit_used),
        Column(_("Overdue since"), lambda row: row.overdue_since_on),
    ]


def _reader(name: str) -> Any:
    if name == "kind":
        return lambda row: row.get_kind_display()
    return lambda row: getattr(row, name)


def fields_of(line: Line) -> dict[str, Any]:
    """One line of a table as a client's fields; headings in either language. Raises Invalid at the row."""
    known = by_heading()
    values: dict[str, Any] = {}
    for head, cell in line.items():
        name = known.get(head.strip().casefold())
        if name and cell is not None:
            values[name] = str(cell)
    kind = values.get("kind")
    if kind is not None:
        values["kind"] = _kind(kind)
        if not values["kind"]:
            where = _("row {n}").format(n=line.number)
            raise Invalid(errors={where: [_("“%(kind)s” is no kind of client.") % {"kind": kind}]})
    return values


def by_heading() -> dict[str, str]:
    """Heading in lower case -> field, in Chinese, English and as the field is called."""
    found = {name: name for name in HEADS}
    for language in ("zh-hans", "en"):
        with override(language):
            found |= {str(head).casefold(): name for name, head in HEADS.items()}
    return found


def _kind(said: str) -> str:
    text = said.strip().casefold()
    for language in ("zh-hans", "en"):
        with override(language):
            for value, label in Client.Kind.choices:
                if text in (value, str(label).casefold()):
                    return value
    return ""


def rows_of(lines: Iterable[Line]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(row number, fields) of each line. Raises Invalid when no column is the name, or naming a bad row."""
    errors: dict[str, list[str]] = {}
    found: list[tuple[int, dict[str, Any]]] = []
    for line in lines:
        try:
            found.append((line.number, fields_of(line)))
        except Invalid as wrong:
            errors |= wrong.errors
    if found and not any("name" in values for _number, values in found):
        errors = {"file": [_("There is no column “Name”.")]}
    if errors:
        raise Invalid(errors=errors)
    return iter(found)


def client_by(hotel_id: UUID, said: Iterable[str]) -> dict[str, Client]:
    """Clients by number or exact name, as tables name them."""
    wanted = list(said)
    rows = Client.objects.of(hotel_id).filter(merged_into__isnull=True)
    found = {row.name: row for row in rows.filter(name__in=wanted)}
    found |= {row.number: row for row in rows.filter(number__in=wanted)}
    return found
