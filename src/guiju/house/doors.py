"""The door of every page: declared permission, allowed methods, and each unsafe request answered once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from guiju.house.asking import Asked
from guiju.house.models import Answered
from guiju.logbook.writing import durably, writing
from guiju.shelf.errors import KeyReused, NotAllowed

View = Callable[..., HttpResponse]
KEY_LENGTH = 80
KEPT_HEADERS = ("Location", "Content-Type", "HX-Redirect", "HX-Trigger", "ETag")


class _Unwritten(Exception):
    """Carries an answer that says "no" out of the transaction, so that nothing stays behind."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def public(view: View) -> View:
    """A page for people who have not signed in (sign-in itself, health, a paper's QR page)."""
    view.permission = "public"  # type: ignore[attr-defined]
    return view


def page(permission: str, *, methods: tuple[str, ...] = ("GET", "POST"), once: bool = True) -> Callable[[View], View]:
    """A page for people with `permission`. POSTs run as one step answered once by their hidden key.

    `once=False`: the view parses an upload first (never inside a transaction) and calls `answer_once` itself.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def run(request: Asked, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = getattr(request, "actor", None)
            if actor is None:
                return _to_sign_in(request)
            if not actor.may(permission):
                raise NotAllowed(permission, permission=permission)
            if request.person.must_change_password and not getattr(view, "while_forced", False):
                return HttpResponseRedirect(reverse("house:password"))
            method = "GET" if request.method == "HEAD" else request.method
            if method not in methods:
                return HttpResponseNotAllowed(methods)
            if request.method == "POST" and once:
                return answer_once(request, lambda: view(request, *args, **kwargs))
            return view(request, *args, **kwargs)

        run.permission = permission  # type: ignore[attr-defined]
        run.methods = methods  # type: ignore[attr-defined]
        return run

    return declare


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    target = reverse("house:sign_in") + "?next=" + quote(request.get_full_path())
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=200)
        response["HX-Redirect"] = target
        return response
    return HttpResponseRedirect(target)


def _fingerprint(request: HttpRequest) -> str:
    digest = hashlib.sha256(f"{request.method} {request.path}".encode())
    if request.content_type == "application/json":
        digest.update(request.body)
        return digest.hexdigest()
    for name in sorted(request.POST):
        if name not in ("csrfmiddlewaretoken", "idempotency_key"):
            digest.update(json.dumps([name, request.POST.getlist(name)]).encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def answer_once(request: Asked, handle: Callable[[], HttpResponse]) -> HttpResponse:
    """Run an unsafe request as one step; the same key again gives the same answer and changes nothing.

    Raises KeyReused when the key comes back with another request.
    """
    key = request.headers.get("Idempotency-Key") or request.POST.get("idempotency_key", "")
    if len(key) > KEY_LENGTH:  # two long keys may begin alike: kept by their hash
        key = hashlib.sha256(key.encode()).hexdigest()
    actor = request.actor
    now = request.now

    def step() -> HttpResponse:
        with writing(actor.hotel_id, by=actor, now=now):
            if not key:
                return _written(handle())
            known = Answered.objects.of(actor.hotel_id).filter(who=str(actor.person_id), key=key).first()
            print_ = _fingerprint(request)
            if known:
                return _again(known, print_)
            response = _written(handle())
            body = response.content.decode() if not response.streaming else ""
            Answered.objects.create(
                hotel_id=actor.hotel_id, who=str(actor.person_id), key=key, request_hash=print_, at=now,
                status=response.status_code, body=getattr(response, "kept", body),  # a secret shown once is not kept
                headers={name: response[name] for name in KEPT_HEADERS if name in response},
            )
            return response

    try:
        return durably(step)
    except _Unwritten as unwritten:
        return unwritten.response
    except IntegrityError as error:
        if "house_answered" not in str(error) and "house_answered.key" not in str(error):
            raise
        return durably(step)  # the same request, sent twice at once: the other one won; give its answer


def _written(response: HttpResponse) -> HttpResponse:
    if response.status_code >= 400:
        raise _Unwritten(response)
    return response


def _again(known: Answered, print_: str) -> HttpResponse:
    if known.request_hash != print_:
        raise KeyReused("this idempotency key was used for another request")
    response = HttpResponse(known.body, status=known.status)
    for name, value in known.headers.items():
        response[name] = value
    response["Idempotent-Replay"] = "true"
    return response


def allowed(permission: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An API operation for programs with `permission`; the API answers each unsafe request once (guiju.api)."""

    def declare(operation: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(operation)
        def run(request: Asked, *args: Any, **kwargs: Any) -> Any:
            request.actor.require(permission)
            return operation(request, *args, **kwargs)

        run.permission = permission  # type: ignore[attr-defined]
        return run

    return declare
