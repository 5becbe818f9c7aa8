"""Request id, language, and refusals turned into pages or answers."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from guiju.shelf.errors import Invalid, Missing, Refusal
from guiju.shelf.ids import uuid7
from guiju.shelf.requests import request_id

Answer = Callable[[HttpRequest], HttpResponse]
QUIET = ("/static/", "/healthz", "/readyz", "/counts/")  # asked all day by browsers and watchers
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
log = logging.getLogger("guiju.requests")


class RequestIdMiddleware:
    """Every request has an id, in its answer and in each of its log lines, and one line of its own: what, how it ended, how long."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if re.fullmatch(r"[A-Za-z0-9-]{8,64}", given) else str(uuid7())
        request.request_id = name  # type: ignore[attr-defined]  # for lines written after this middleware has ended
        token, begun = request_id.set(name), time.perf_counter()
        try:
            response = self.get_response(request)
            if not request.path.startswith(QUIET):
                took = round((time.perf_counter() - begun) * 1000, 1)
                log.info("%s %s", request.method, _without_secrets(request), extra={"status": response.status_code, "took_ms": took})
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = name
        return response


def _without_secrets(request: HttpRequest) -> str:
    """The address as a log may keep it: where a word of it is the key itself (a reset link, a paper's QR), its pattern instead."""
    match = request.resolver_match
    if match is None:
        return request.path[:200]
    return f"/{match.route}" if "token" in match.kwargs else request.path


class PlainTextMiddleware:
    """Text that no database can keep (a NUL, other control characters) is refused at the door, in words, on every page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        from guiju.desk.refusals import refused

        if CONTROL.search(request.path):
            return refused(request, Missing("not found"))
        odd = [name for given in (request.GET, request.POST) for name, values in given.lists() if any(map(CONTROL.search, [name, *values]))]
        if odd:
            return refused(request, Invalid(errors={CONTROL.sub("", name)[:60]: [_("It contains signs that are no text.")] for name in odd}))
        return None


class LanguageMiddleware:
    """Chinese unless the person (or this browser) chose English."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get("guiju_lang", settings.LANGUAGE_CODE)
        lang = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(lang):
            request.LANGUAGE_CODE = lang
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", lang)
        return response


class RefusalMiddleware:
    """A refusal below becomes a page that says what is wrong and what to do; never a stack trace."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in (404, 405) and request.path.startswith("/api/") and "json" not in response.get("Content-Type", ""):
            return self._for_programs(request, response)
        return response

    def _for_programs(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        from guiju.desk.refusals import refused

        error = Refusal("", code="not_found" if response.status_code == 404 else "method_not_allowed")
        error.status = response.status_code
        answer = refused(request, error)
        if "Allow" in response:
            answer["Allow"] = response["Allow"]
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        from guiju.desk.refusals import refused

        return refused(request, error) if isinstance(error, Refusal) else None
