"""Request id, language, and refusals turned into pages or answers."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from guiju.shelf.errors import Refusal
from guiju.shelf.ids import uuid7
from guiju.shelf.requests import request_id

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("guiju.requests")


class RequestIdMiddleware:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if re.fullmatch(r"[A-Za-z0-9-]{8,64}", given) else str(uuid7())
        token = request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = name
        return response


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
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        from guiju.desk.refusals import refused

        return refused(request, error) if isinstance(error, Refusal) else None
