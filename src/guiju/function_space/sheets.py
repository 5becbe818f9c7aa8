"""Tables of this room: the diary, the waiting list, and halls out and in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from guiju.function_space.models import Style
from guiju.function_space.queries.space import Halls
from guiju.shelf.tables import Line

HALLS: dict[str, Any] = {
    "code": gettext_lazy("Code"), "name": gettext_lazy("Name"), "name_en": gettext_lazy("English name"), "area": gettext_lazy("Area, m²"),
    "height": gettext_lazy("Ceiling, m"), "rate_half_day": gettext_lazy("Hire for half a day"), "rate_day": gettext_lazy("Hire for a day"),
    "rate_evening": gettext_lazy("Hire for an evening"), "setup_minutes": gettext_lazy("Set-up, minutes"),
    "turn_minutes": gettext_lazy("Clearing, minutes"), "order": gettext_lazy("Place in lists"), "remarks": gettext_lazy("Remarks"),
    "parts": gettext_lazy("Made of"),
}
ALIASES = {
    "code": ("厅号", "代码", "编号"), "name": ("厅名", "名称", "厅"), "area": ("面积", "平方米"), "height": ("层高", "净高"),
    "parts": ("合并自", "组成"),
}


def styles() -> list[tuple[str, str]]:
    """The set-up styles with their names in the reader's language."""
    return [(value, str(label)) for value, label in Style.choices]


def heads() -> list[str]:
    """The columns a table of halls may have."""
    return [str(head) for head in HALLS.values()] + [str(label) for _value, label in Style.choices]


def hall_columns(halls: Halls) -> list[Any]:
    """A table of halls that an import would read back."""
    plain = [(head, name) for name, head in HALLS.items() if name != "parts"]
    capacities = [(label, lambda hall, style=value: hall.capacity.get(style)) for value, label in Style.choices]
    return [*plain, (HALLS["parts"], lambda hall: ", ".join(part.code for part in halls.smallest(hall.pk))), *capacities]


def hall_rows(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Halls as a table names them; headings in Chinese, English or as the field is called."""
    known = {name: name for name in (*HALLS, *Style.values)}
    for language in ("zh-hans", "en"):
        with override(language):
            known |= {str(head).casefold(): name for name, head in HALLS.items()}
            known |= {str(label).casefold(): value for value, label in Style.choices}
    known |= {word: name for name, words in ALIASES.items() for word in words}
    rows = []
    for line in lines:
        cells = {known.get(head.strip().casefold(), ""): cell for head, cell in line.items() if cell not in (None, "")}
        row: dict[str, Any] = {name: cell for name, cell in cells.items() if name in HALLS and name != "parts"}
        capacity = {style: cells[style] for style in Style.values if style in cells}
        if capacity:
            row["capacity"] = capacity
        rows.append({**row, "parts": _codes(cells.get("parts")), "_row": line.number})
    return rows


def _codes(said: Any) -> list[str]:
    text = str(said or "")
    for sign in "、，;；+/":
        text = text.replace(sign, ",")
    return [part for part in (part.strip() for part in text.split(",")) if part]


def diary_columns() -> list[Any]:
    """The diary as a list of functions."""
    return [
        (_("Hall"), "hall.name"), (_("From"), "from_at"), (_("Until"), "until_at"), (_("Set-up from"), "taken_from_at"),
        (_("Free again"), "taken_until_at"), (_("What for"), "label"), (_("Persons"), "persons"),
        (_("Set-up style"), lambda row: row.get_style_display()), (_("State"), lambda row: row.get_state_display()),
        (_("Option until"), "option_until_at"), (_("Remarks"), "remarks"),
    ]


def waiting_columns() -> list[Any]:
    """The waiting list as a table."""
    return [
        (_("Who waits"), "label"), (_("Hall"), "hall.name"), (_("From"), "from_at"), (_("Until"), "until_at"), (_("Persons"), "persons"),
        (_("Since"), "at"), (_("What became of it"), "closed_reason"),
    ]
