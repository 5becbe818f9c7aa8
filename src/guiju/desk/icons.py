"""The icons: one drawing each on a 16 px grid, stroked with the colour of the text beside them."""

from __future__ import annotations

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

DRAWINGS: dict[str, str] = {
    "today": (
        '<rect x="2.5" y="3.5" width="11" height="10" rx="1.5"/><path d="M2.5 6.5h11M5.5 2v3M10.5 '
        '2v3M5.7 10l1.6 1.6 3-3.2"/>'
    ),
    "enq": (
        '<path d="M2.5 9.5v3a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-3M2.5 9.5l1.8-6h7.4l1.8 6M2.5 9.5h3.2l1 '
        '1.7h2.6l1-1.7h3.2"/>'
    ),
    "book": '<path d="M4 2.5h6l2.5 2.5v8.5H4zM10 2.5V5h2.5M6 8h4.5M6 10.5h4.5"/>',
    "group": (
        '<circle cx="6" cy="5.5" r="2.2"/><path d="M1.8 13c.3-2.4 1.9-3.8 4.2-3.8s3.9 1.4 4.2 3.8M10.5 '
        '3.6a2 2 0 0 1 0 3.8M11.8 9.5c1.4.4 2.2 1.6 2.4 3.5"/>'
    ),
    "matrix": '<path d="M2.5 2.5h11v11h-11zM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11M9.8 2.5v11"/>',
    "diary": '<path d="M2.5 3h11M2.5 13h11M4 5.5h5v2H4zM7 9h6v2H7z"/>',
    "client": '<path d="M2.5 13.5v-9h4v-2h7v11zM6.5 4.5v9M9 5.5h2M9 8h2M9 10.5h2"/>',
    "contract": (
        '<path d="M3.5 2.5h9v11h-9zM5.5 5.5h5M5.5 8h5"/><path d="M6 11.3c.8-1 1.3-1 1.6-.2.3.7.9.6 2.4-.3"/>'
    ),
    "visit": (
        '<path d="M8 14s4.5-4.1 4.5-7.5a4.5 4.5 0 0 0-9 0C3.5 9.9 8 14 8 14z"/><circle cx="8" cy="6.5" '
        'r="1.6"/>'
    ),
    "money": '<circle cx="8" cy="8" r="5.7"/><path d="M5.8 5l2.2 3 2.2-3M8 8v3.5M6 8.6h4M6 10.3h4"/>',
    "vip": '<path d="M8 2.3l1.7 3.5 3.9.5-2.8 2.7.7 3.8L8 11l-3.5 1.8.7-3.8L2.4 6.3l3.9-.5z"/>',
    "service": (
        '<path d="M3 9V7.5a5 5 0 0 1 10 0V9M3 9h2v3.5H4a1 1 0 0 1-1-1zM13 9h-2v3.5h1a1 1 0 0 0 '
        '1-1zM12.5 12.5c0 1-1 1.5-3 1.5"/>'
    ),
    "plan": '<path d="M2.5 13.5h11M4.5 11V8M8 11V4.5M11.5 11V6.5"/>',
    "meet": '<path d="M3 3.5h10v6.5H8.5L5.5 13v-3H3z"/>',
    "lib": '<path d="M3 3h2.5v10H3zM6.5 3H9v10H6.5zM10.3 3.6l2.2-.5 2 9.5-2.2.5z"/>',
    "manual": (
        '<path d="M8 4.2C6.5 3.2 4.7 2.9 2.5 3v9.5c2.2-.1 4 .2 5.5 1.2 1.5-1 3.3-1.3 '
        '5.5-1.2V3c-2.2-.1-4 .2-5.5 1.2zM8 4.2v9.5"/>'
    ),
    "gauge": '<path d="M2.5 11.5a5.5 5.5 0 1 1 11 0M8 11.5l2.5-3.5M2.5 13.5h11"/>',
    "fax": (
        '<path d="M4.5 6V2.5h7V6M4.5 6h-2v6.5h11V6h-2M4.5 6h7M5 8.5h2.5M5 10.5h1M7 10.5h1M10 '
        '8.3h1.7v2.4H10z"/>'
    ),
    "mail": '<path d="M2.5 4h11v8.5h-11zM2.5 4.5L8 9l5.5-4.5"/>',
    "phone": (
        '<path d="M4 2.5h2l1 3-1.3 1a7 7 0 0 0 3.8 3.8l1-1.3 3 1v2c0 .8-.6 1.3-1.4 1.2C6.9 12.6 3.4 9.1 '
        '2.8 3.9 2.7 3.1 3.2 2.5 4 2.5z"/>'
    ),
    "print": '<path d="M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z"/>',
    "search": '<circle cx="7" cy="7" r="4.2"/><path d="M10.2 10.2l3.3 3.3"/>',
    "bell": '<path d="M4 11V7.2a4 4 0 0 1 8 0V11l1 1H3zM6.7 13.7h2.6"/>',
    "check": '<path d="M3 8.5l3.2 3.2L13 4.8"/>',
    "clip": (
        '<path d="M11.5 7l-4 4a2.3 2.3 0 0 1-3.3-3.3l4.6-4.6a1.6 1.6 0 0 1 2.3 2.3L6.7 9.8a.8.8 0 0 '
        '1-1.1-1.1L9.3 5"/>'
    ),
    "right": '<path d="M6 3.5L10.5 8 6 12.5"/>',
    "down": '<path d="M3.5 6L8 10.5 12.5 6"/>',
    "left": '<path d="M10 3.5L5.5 8l4.5 4.5"/>',
    "more": '<path d="M3.5 8h.01M8 8h.01M12.5 8h.01" stroke-width="2.2"/>',
    "pen": '<path d="M3 13l.6-2.6 7.2-7.2 2 2-7.2 7.2zM9.5 4.5l2 2"/>',
    "undo": '<path d="M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M3 6.5l3-3M3 6.5l3 3"/>',
    "flag": '<path d="M4 14V2.5h7.5L10 5.5l1.5 3H4"/>',
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "clock": '<circle cx="8" cy="8" r="5.7"/><path d="M8 4.8V8l2.2 1.6"/>',
    "user": '<circle cx="8" cy="5.5" r="2.5"/><path d="M3 13.5c.4-2.6 2.2-4 5-4s4.6 1.4 5 4"/>',
    "food": (
        '<path d="M4 2.5v4a1.5 1.5 0 0 0 3 0v-4M5.5 8v5.5M10.5 13.5v-5c-1.3 0-1.8-1-1.8-2.8 0-2 .7-3.2 '
        '1.8-3.2z"/>'
    ),
    "bed": '<path d="M2.5 12.5v-8M2.5 10.5h11v2M13.5 10.5V8.5a1.5 1.5 0 0 0-1.5-1.5H6.5v3.5M4.5 7.3h.01"/>',
    "bus": '<path d="M3 3.5h10v8H3zM3 8h10M5 11.5V13M11 11.5V13"/>',
    "warn": '<path d="M8 2.5l6 10.5H2zM8 6.5v3M8 11.3v.01"/>',
    "arrow": '<path d="M3 8h10M9 4l4 4-4 4"/>',
    "settings": (
        '<circle cx="8" cy="8" r="2.2"/><path d="M8 2v1.8M8 12.2V14M2 8h1.8M12.2 8H14M3.8 3.8l1.2 '
        '1.2M11 11l1.2 1.2M12.2 3.8L11 5M5 11l-1.2 1.2"/>'
    ),
    "lock": (
        '<rect x="3.5" y="7" width="9" height="6.5" rx="1.2"/><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2M8 '
        '9.7v1.3"/>'
    ),
    "tablet": '<rect x="3.5" y="2" width="9" height="12" rx="1.3"/><path d="M7.2 12h1.6"/>',
    "download": '<path d="M8 2.5v7.5M5 7l3 3 3-3M2.5 13.5h11"/>',
    "upload": '<path d="M8 10.5V3M5 6l3-3 3 3M2.5 13.5h11"/>',
    "qr": (
        '<path d="M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h1.5v1.5M13.5 9.5v1.5M9.5 '
        '13.5h1M12.5 13.5h1v-1"/>'
    ),
    "sun": (
        '<circle cx="8" cy="8" r="2.8"/><path d="M8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 '
        '1M11.4 11.4l1 1M12.4 3.6l-1 1M4.6 11.4l-1 1"/>'
    ),
    "moon": '<path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z"/>',
    "help": (
        '<circle cx="8" cy="8" r="5.7"/><path d="M6.3 6.4a1.75 1.75 0 1 1 2.5 1.6c-.5.25-.8.6-.8 1.2M8 '
        '11.2v.01"/>'
    ),
    "close": '<path d="M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4"/>',
    "filter": '<path d="M2.5 3.5h11L9.5 8.5v4.5l-3-1.5v-3z"/>',
    "star": '<path d="M8 2.3l1.7 3.5 3.9.5-2.8 2.7.7 3.8L8 11l-3.5 1.8.7-3.8L2.4 6.3l3.9-.5z"/>',
    "list": '<path d="M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01"/>',
    "out": '<path d="M6.5 2.5h-3v11h3M10 5l3 3-3 3M13 8H6.5"/>',
    "globe": (
        '<circle cx="8" cy="8" r="5.7"/><path d="M2.3 8h11.4M8 2.3c2 1.6 2.6 3.6 2.6 5.7S10 12.1 8 '
        '13.7c-2-1.6-2.6-3.6-2.6-5.7S6 3.9 8 2.3z"/>'
    ),
    "rows": '<path d="M2.5 3h11M2.5 6.3h11M2.5 9.7h11M2.5 13h11"/>',
    "key": (
        '<rect x="2" y="4.5" width="12" height="7.5" rx="1.2"/><path d="M4.5 7h.01M7 7h.01M9.5 7h.01M12 '
        '7h.01M5.5 9.5h5"/>'
    ),
    "home": '<path d="M2.5 8L8 3l5.5 5M4 7v6.5h8V7M6.8 13.5V10h2.4v3.5"/>',
}


@cache
def sprite() -> SafeString:
    """All drawings as symbols, once a page; `icon` refers to them."""
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 16 16">{shape}</symbol>' for name, shape in DRAWINGS.items()
    )
    return mark_safe(
        f'<svg class="sprite" width="0" height="0" aria-hidden="true">{symbols}</svg>'
    )  # constants


def icon(name: str, css: str = "") -> SafeString:
    """A reference to a drawing, hidden from screen readers: the words are beside it. KeyError for an unknown name."""
    if name not in DRAWINGS:
        raise KeyError(f"there is no icon {name!r}")
    return format_html('<svg class="ic {}" aria-hidden="true"><use href="#i-{}"/></svg>', css, name)
