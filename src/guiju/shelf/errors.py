"""What can go wrong for a person, said so that he knows what to do. Entrances turn these into pages and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class Refusal(Exception):
    """A step was refused; nothing was written."""

    status = 409
    code = "refused"

    def __init__(self, message: str, *, code: str | None = None, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.details = details


class Missing(Refusal):
    """There is no such thing, or it is not yours: both look the same."""

    status = 404
    code = "not_found"


class NotAllowed(Refusal):
    """Your posts do not carry this right."""

    status = 403
    code = "not_allowed"


class Invalid(Refusal):
    """A field, row or page is wrong: `errors` maps a field (or "row 7: rooms") to what is wrong with it."""

    status = 422
    code = "invalid"

    def __init__(self, message: str = "", *, errors: Mapping[str, Sequence[str]] | None = None, **details: Any) -> None:
        self.errors = {key: list(value) for key, value in (errors or {}).items()}
        if not message:
            message = "; ".join(f"{key}: {' '.join(value)}" for key, value in self.errors.items())
        super().__init__(message, **details)


class Conflict(Refusal):
    """Somebody saved this before you: `mine` and `theirs` are shown side by side."""

    code = "conflict"


class NoRoom(Refusal):
    """Not enough rooms left: `shortage` lists room type, night and how many are left."""

    code = "no_room"


class GateRefused(Refusal):
    """A clause forbids this step: `verdict` names clause, what is missing and who may waive."""

    code = "gate"

    def __init__(self, message: str, *, verdict: Any) -> None:
        super().__init__(message)
        self.verdict = verdict


class Busy(Refusal):
    """The database could not take the step right now; the same request may be sent again."""

    status = 503
    code = "busy"


class KeyReused(Refusal):
    """The idempotency key was used before with another request."""

    status = 422
    code = "key_reused"
