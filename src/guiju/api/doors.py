"""The door of every operation: its permission, and each unsafe request as one step answered once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from guiju.house.doors import answer_once
from guiju.shelf.errors import Missing

Operation = Callable[..., Any]


def reads(permission: str) -> Callable[[Operation], Operation]:
    """An operation that only reads."""

    def declare(operation: Operation) -> Operation:
        @wraps(operation)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            request.actor.require(permission)  # type: ignore[attr-defined]
            return operation(request, *args, **kwargs)

        run.permission = permission  # type: ignore[attr-defined]
        run.__signature__ = signature(operation, eval_str=True)  # type: ignore[attr-defined]  # the names are that module's
        return run

    return declare


def writes(permission: str, status: int = 200) -> Callable[[Operation], Operation]:
    """An operation that changes something: one step; the same Idempotency-Key gives the same answer."""

    def declare(operation: Operation) -> Operation:
        @wraps(operation)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.actor.require(permission)  # type: ignore[attr-defined]
            return answer_once(request, lambda: _answer(operation(request, *args, **kwargs), status))

        run.permission = permission  # type: ignore[attr-defined]
        run.__signature__ = signature(operation, eval_str=True)  # type: ignore[attr-defined]  # the names are that module's
        return run

    return declare


def _answer(found: Any, status: int) -> HttpResponse:
    return found if isinstance(found, HttpResponse) else JsonResponse(found, status=status)


def version_of(request: HttpRequest, given: int | None) -> int:
    """The version a change starts from: in the body, or as If-Match."""
    from guiju.shelf.errors import Invalid

    text = request.headers.get("If-Match", "").strip('W/" ')
    if given is None and not text.isdecimal():
        raise Invalid(errors={"version": ["say which version you changed (body or If-Match)"]})
    return given if given is not None else int(text)


def row_or_missing(row: Any) -> Any:
    """The row, or 404."""
    if row is None:
        raise Missing("not found")
    return row
