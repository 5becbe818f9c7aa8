"""What one page asks for twice is asked of the database once: remembered while a page is being read, never longer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_page: ContextVar[dict[Any, Any] | None] = ContextVar("guiju_page", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """While a page is read (and nothing is written) remembered answers hold."""
    token = _page.set({})
    try:
        yield
    finally:
        _page.reset(token)


def known(function: Callable[..., R], answer: R, *asked: Any) -> None:
    """Within a page: the answer to a question that came along with another one, so that it is not asked again."""
    kept = _page.get()
    if kept is not None:
        kept[(getattr(function, "__wrapped__", function), asked)] = answer


def once_a_page(function: Callable[P, R]) -> Callable[P, R]:
    """The same question within one page gets the same answer; outside of a page it is always asked anew."""

    said = signature(function)

    @wraps(function)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        kept = _page.get()
        if kept is None:
            return function(*args, **kwargs)
        whole = said.bind(*args, **kwargs)
        whole.apply_defaults()  # asked with or without what is meant anyway it is the same question
        key = (function, tuple(whole.arguments.values()))
        if key not in kept:
            kept[key] = function(*args, **kwargs)
        found: R = kept[key]
        return found

    return ask
