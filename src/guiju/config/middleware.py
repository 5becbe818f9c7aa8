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
from django.utils.translation.trans_real import parse_accept_lang_header

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


class SizeMiddleware:
    """A body that is too large is told so in words: it is taken off the line first, or the browser would only see it cut."""

    DRAINED = 512 * 1024 * 1024
    SECONDS = 30

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isascii() or not length.isdecimal() or len(length) > 18:
            return self.get_response(request)
        form = request.headers.get("Content-Type", "").startswith("multipart/form-data")
        if int(length) <= (settings.UPLOAD_MAX_SIZE if form else settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
            return self.get_response(request)
        from guiju.desk.refusals import plain

        self._drain(request, int(length))
        return plain(request, 413, "too_large")

    def _drain(self, request: HttpRequest, length: int) -> None:
        """Read and forget, within limits of size and time; whoever sends more is cut off."""
        line, left, until = request.META.get("wsgi.input"), min(length, self.DRAINED), time.monotonic() + self.SECONDS
        while line is not None and left > 0 and time.monotonic() < until:
            piece = line.read(min(left, 1024 * 1024))
            if not piece:
                break
            left -= len(piece)
        request._read_started, request._body = True, b""  # type: ignore[attr-defined]  # nothing below reads it again


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


def _language_of(request: HttpRequest) -> str:
    """A browser's own choice; a program says it with each request (Accept-Language); otherwise Chinese."""
    known = dict(settings.LANGUAGES)
    chosen = request.COOKIES.get("guiju_lang", "")
    if chosen in known:
        return chosen
    if request.path.startswith("/api/"):
        for asked, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200]):
            main = asked.partition("-")[0]
            if main in ("zh", "en"):
                return "en" if main == "en" else "zh-hans"
    return settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Chinese unless the person (or this browser) chose English; programs are answered in the language they ask for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        lang = _language_of(request)
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
