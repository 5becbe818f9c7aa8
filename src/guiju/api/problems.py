"""Errors for programs: application/problem+json (RFC 9457)."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse
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


def problem(status: int, code: str, title: str, **more: Any) -> JsonResponse:
    """A problem answer."""
    body = {"type": f"urn:guiju:{code}", "title": title, "status": status, "code": code, "detail": title, **more}
    return JsonResponse(body, status=status, content_type="application/problem+json")
