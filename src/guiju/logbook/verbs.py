"""A verb: one thing staff do, with its permission, in one step. Pages, API, imports and the worker call the same verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from guiju.logbook.writing import durably, writing
from guiju.shelf.actor import Actor

P = ParamSpec("P")
S = TypeVar("S")
R = TypeVar("R")

verbs: dict[str, str] = {}  # dotted name -> permission: read by `guiju routes` and the architecture tests


def verb(permission: str) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """Declare a verb: `def confirm(booking, *, by, now)`; subject first, then keyword-only `by` and `now`.

    The subject is a row of a hotel (or the hotel itself). Raises NotAllowed without `permission`, Missing when
    the subject is another hotel's, Busy when the database stays locked.
    """

    def declare(function: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        verbs[f"{function.__module__.removeprefix('guiju.')}.{function.__name__}"] = permission

        @wraps(function)
        def run(subject: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            by: Actor = kwargs["by"]  # type: ignore[assignment]  # the convention above, checked by tests
            now: datetime = kwargs["now"]  # type: ignore[assignment]
            hotel_id = _hotel_of(subject)
            by.require(permission, hotel_id=hotel_id)

            def attempt() -> R:
                with writing(hotel_id, by=by, now=now):
                    return function(subject, *args, **kwargs)

            return durably(attempt)

        run.permission = permission  # type: ignore[attr-defined]
        return run

    return declare


def _hotel_of(subject: Any) -> Any:
    return subject.hotel_id if hasattr(subject, "hotel_id") else subject.pk
