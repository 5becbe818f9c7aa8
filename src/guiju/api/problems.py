"""Errors for programs: application/problem+json (RFC 9457)."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from ninja import Schema


class Problem(Schema):
    """What went wrong: `code` for programs, `title` and `detail` for people, `errors` by field."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    errors: dict[str, list[str]] = {}


PROBLEMS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 503: Problem}


# What the shapes find wrong, by pydantic's kind of error, in the caller's language; %(…)s from its context.
FAULTS: dict[str, str] = {
    "missing": N_("This is needed."), "extra_forbidden": N_("There is no such field."), "string_type": N_("Text, please."),
    "string_too_short": N_("At least %(min_length)s characters, please."), "string_too_long": N_("At most %(max_length)s characters, please."),
    "string_pattern_mismatch": N_("It does not have the form it must have."), "int_type": N_("A whole number, please."),
    "int_parsing": N_("A whole number, please."), "int_from_float": N_("A whole number, please."), "int_parsing_size": N_("A whole number, please."),
    "bool_type": N_("Yes or no, please."), "bool_parsing": N_("Yes or no, please."), "decimal_type": N_("A number, please."),
    "decimal_parsing": N_("A number, please."), "float_type": N_("A number, please."), "float_parsing": N_("A number, please."),
    "decimal_max_places": N_("At most %(decimal_places)s decimal places, please."), "finite_number": N_("A number, please."),
    "greater_than": N_("More than %(gt)s, please."), "greater_than_equal": N_("At least %(ge)s, please."),
    "less_than": N_("Less than %(lt)s, please."), "less_than_equal": N_("At most %(le)s, please."), "literal_error": N_("One of: %(expected)s."),
    "enum": N_("One of: %(expected)s."), "date_type": N_("A day like 2026-11-30, please."), "date_parsing": N_("A day like 2026-11-30, please."),
    "date_from_datetime_parsing": N_("A day like 2026-11-30, please."), "date_from_datetime_inexact": N_("A day like 2026-11-30, please."),
    "datetime_type": N_("A moment with its time zone, please."), "datetime_parsing": N_("A moment with its time zone, please."),
    "datetime_from_date_parsing": N_("A moment with its time zone, please."), "timezone_aware": N_("A moment with its time zone, please."),
    "time_type": N_("A time like 18:00, please."), "time_parsing": N_("A time like 18:00, please."), "uuid_type": N_("An id, please."),
    "uuid_parsing": N_("An id, please."), "list_type": N_("A list, please."), "dict_type": N_("An object, please."),
    "model_attributes_type": N_("An object, please."), "model_type": N_("An object, please."),
    "too_short": N_("At least %(min_length)s of them, please."),
    "too_long": N_("At most %(max_length)s of them, please."),
}


def in_words(item: dict[str, Any]) -> str:
    """One thing the shapes found wrong, in the caller's language; as pydantic says it where no words are given."""
    text = FAULTS.get(str(item.get("type", "")))
    try:
        return _(text) % (item.get("ctx") or {}) if text else str(item.get("msg", ""))
    except (KeyError, ValueError, TypeError):
        return str(item.get("msg", ""))


def problem(status: int, code: str, title: str, **more: Any) -> JsonResponse:
    """A problem answer."""
    body = {"type": f"urn:guiju:{code}", "title": title, "status": status, "code": code, "detail": title, **more}
    return JsonResponse(body, status=status, content_type="application/problem+json")
