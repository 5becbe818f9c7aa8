"""The door of every operation: its permission, and each unsafe request as one step answered once."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from guiju.house.asking import Asked
from guiju.house.doors import answer_once
from guiju.shelf.errors import Invalid, Missing

Operation = Callable[..., Any]


def reads(permission: str) -> Callable[[Operation], Operation]:
    """An operation that only reads."""

    def declare(operation: Operation) -> Operation:
        @wraps(operation)
        def run(request: Asked, *args: Any, **kwargs: Any) -> Any:
            request.actor.require(permission)
            return operation(request, *args, **kwargs)

        run.permission = permission  # type: ignore[attr-defined]
        run.__signature__ = signature(operation, eval_str=True)  # type: ignore[attr-defined]  # the names are that module's
        return run

    return declare


def writes(permission: str, status: int = 200, *, secret: str = "") -> Callable[[Operation], Operation]:
    """An operation that changes something: one step; the same Idempotency-Key gives the same answer.

    `secret` names a field of the answer that is shown once and kept nowhere: repeated, the answer has null there.
    """

    def declare(operation: Operation) -> Operation:
        @wraps(operation)
        def run(request: Asked, *args: Any, **kwargs: Any) -> HttpResponse:
            request.actor.require(permission)
            return answer_once(request, lambda: _answer(operation(request, *args, **kwargs), status, secret))

        run.permission = permission  # type: ignore[attr-defined]
        run.__signature__ = signature(operation, eval_str=True)  # type: ignore[attr-defined]  # the names are that module's
        return run

    return declare


def _answer(found: Any, status: int, secret: str) -> HttpResponse:
    if isinstance(found, HttpResponse):
        return found
    response = JsonResponse(found, status=status, safe=False)
    if secret:
        response.kept = json.dumps(_without(found, secret))  # type: ignore[attr-defined]  # read by answer_once
    return response


def _without(found: Any, secret: str) -> Any:
    if isinstance(found, list):
        return [_without(one, secret) for one in found]
    return {**found, secret: None} if isinstance(found, dict) and secret in found else found


def step_of(request: Asked) -> dict[str, Any]:
    """Who asks and when, as every verb wants it."""
    return {"by": request.actor, "now": request.now}


def version_of(request: HttpRequest, given: int | None) -> int:
    """The version a change starts from: in the body, or as If-Match."""
    text = request.headers.get("If-Match", "").strip('W/" ')
    if given is None and not text.isdecimal():
        raise Invalid(errors={"version": [_("Say which version you changed (in the body or as If-Match).")]})
    return given if given is not None else int(text)


def row_or_missing(row: Any) -> Any:
    """The row, or 404."""
    if row is None:
        raise Missing("not found")
    return row
