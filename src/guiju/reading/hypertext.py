"""Forms and mails written as HTML (also Word's): told from XML, and read as words, a line a row, cells apart."""

from __future__ import annotations

import html
import re

MOST_CHARS = 500_000
TAGS = frozenset(
    {
        "html", "head", "body", "table", "thead", "tbody", "tr", "td", "th", "div", "p", "span", "font", "center", "form", "meta", "title",
        "style", "h1", "h2", "h3", "h4", "ul", "ol", "li", "br", "a", "b", "i", "u", "img", "hr", "pre", "label", "input", "section", "article",
        "main", "blockquote",
    }
)
META = re.compile(rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,30})""", re.I)
SKIPPED = re.compile(r"\s+|<\?[^<>]*\?>|<!--.*?-->|<!DOCTYPE[^<>]*>", re.I | re.S)


def is_html(head: str) -> bool:
    """Whether a file that begins like this is HTML: its doctype or first element says so."""
    head = head[:4000].lstrip("\ufeff")
    if re.match(r"(?is)\s*(?:<\?xml[^<>]*\?>\s*)?(?:<!--.*?-->\s*)*<!doctype\s+html\b", head):
        return True
    place = 0
    while skipped := SKIPPED.match(head, place):
        place = skipped.end()
    first = re.match(r"<([A-Za-z][\w:]*)", head[place:])
    return first is not None and first.group(1).lower() in TAGS


def charset_of(data: bytes) -> str:
    """The charset an HTML file names for itself; "" where it names none."""
    found = META.search(data[:4096])
    return found.group(1).decode("ascii").lower() if found else ""


def words(text: str) -> str:
    """What a person reads: rows as lines, cells two spaces apart, without scripts, styles and remarks."""
    text = text[:MOST_CHARS]
    text = _without(text, "<!--", "-->")
    for name in ("script", "style", "head"):
        text = _without_element(text, name)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"(?i)<(?:br|/p|/div|/tr|/h\d|/li|/table|hr)\b[^<>]*>", "\n", text)
    text = re.sub(r"(?i)</t[dh]\b[^<>]*>", "  ", text)
    text = html.unescape(re.sub(r"<[^<>]*>", "", text)).replace("\xa0", " ")
    lines = (re.sub(r" {3,}", "  ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _without(text: str, begins: str, ends: str) -> str:
    shown, *rest = text.split(begins)
    return shown + "".join(part.partition(ends)[2] for part in rest)


def _without_element(text: str, name: str) -> str:
    shown, *rest = re.split(rf"(?i)<{name}\b[^<>]*>", text)
    return shown + "".join(re.split(rf"(?i)</{name}\b[^<>]*>", part, maxsplit=1)[-1] for part in rest)
