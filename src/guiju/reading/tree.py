"""Walking an XML tree by local names: prefixes and namespaces differ from sender to sender."""

from __future__ import annotations

from typing import Any


def name_of(element: Any) -> str:
    """The element's name without its namespace; "" for remarks."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Any, name: str) -> Any:
    """The first element of this name directly inside, or None."""
    return next(iter(children(element, name)), None)


def children(element: Any, name: str) -> list[Any]:
    """The elements of this name directly inside."""
    return [] if element is None else [one for one in element if name_of(one) == name]


def each(element: Any, name: str) -> list[Any]:
    """The elements of this name anywhere inside."""
    return [] if element is None else [one for one in element.iter() if name_of(one) == name]


def text_of(element: Any) -> str:
    """The words of an element, on one line."""
    return "" if element is None else " ".join((element.text or "").split())
