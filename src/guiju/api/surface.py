"""Programs' entrance: REST under /api/v1, described by OpenAPI 3.1.

A token (Authorization: Bearer …) acts as the person it belongs to, within its scopes. Every unsafe request is one
step and is answered once by its Idempotency-Key; refusals are problem+json.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.security import HttpBearer
from ninja.utils import normalize_path, replace_path_param_notation

from guiju import __version__
from guiju.api.problems import in_words, problem
from guiju.desk import refusals
from guiju.house import tokens
from guiju.house.acting import acting
from guiju.house.middleware import address_of
from guiju.shelf.errors import Refusal


@cache
def permissions() -> dict[tuple[str, str], str]:
    """What each operation asks for, by its method and address."""
    found = {}
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            route = normalize_path("/".join(part for part in ("api/v1", prefix, path) if part))
            for operation in view.operations:
                asked = getattr(operation.view_func, "permission", "")
                found.update({(method, replace_path_param_notation(route).lstrip("/")): asked for method in operation.methods})
    return found


class Token(HttpBearer):
    """The token of a program; a wrong, ended or revoked one is 401."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        now = request.now  # type: ignore[attr-defined]  # set by ActorMiddleware
        row = tokens.recognise(token, now=now)
        if row is None:
            return None
        request.hotel, request.person = row.hotel, row.person  # type: ignore[attr-defined]  # as ActorMiddleware does
        request.actor = acting(  # type: ignore[attr-defined]  # as ActorMiddleware does
            row.person, row.hotel, now=now, via="api", address=address_of(request), device=row.name,
            scopes=frozenset(row.scopes) or None,
        )
        asked = permissions().get((request.method or "", request.resolver_match.route if request.resolver_match else ""))
        if asked:  # before the body is looked at: who may not take the step is not told what it wants
            request.actor.require(asked)  # type: ignore[attr-defined]  # set just above
        said = request.META.get("CONTENT_LENGTH") or request.headers.get("Transfer-Encoding")
        if request.method != "GET" and said in (None, "", "0"):
            request._body = b"{}"  # type: ignore[attr-defined]  # a step sent without a body is one with nothing said
        return row


class Text(Parser):
    """JSON of text that can be kept: a NUL or half a sign (a lone surrogate) is no text to any database."""

    def parse_body(self, request: HttpRequest) -> Any:
        found = super().parse_body(request)
        json.dumps(found, ensure_ascii=False).encode()
        if b"\\u0000" in request.body:
            raise ValueError("a NUL in the text")
        return found


api = NinjaAPI(
    parser=Text(),
    title="Guiju", version=__version__, urls_namespace="api", docs_url=None, auth=Token(),
    description="What a page can do, a program can do: the same verbs, gates and errors.",
)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    """A refusal by a verb or a clause."""
    return refusals.refused(request, error)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Fields of the wrong shape, named."""
    errors: dict[str, list[str]] = {}
    for item in error.errors:
        place = ".".join(str(part) for part in item.get("loc", ())[1:] if part != "data") or "body"
        errors.setdefault(place, []).append(in_words(item))
    return problem(422, "invalid", _("Something is not right yet"), errors=errors)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No token, or one that is not good any more."""
    response = problem(401, "no_token", _("A token is needed"))
    response["WWW-Authenticate"] = 'Bearer realm="guiju"'
    return response


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A request that is no JSON."""
    return problem(error.status_code, "unreadable", _("The body is no JSON that can be read"))


def _routers() -> None:
    from guiju.api import (
        agreements,
        approvals,
        arrivals,
        artwork,
        booking_groups,
        booking_lists,
        booking_steps,
        briefing,
        calendars,
        chats,
        checklists,
        clients,
        compliance,
        credit,
        duties,
        editions,
        enquiries,
        enquiry_steps,
        events,
        function_space,
        halls,
        history,
        house,
        longstay,
        longstay_house,
        mailboxes,
        mine,
        papers,
        people,
        replays,
        room_types,
        rooms,
        standards,
        tariff,
        vips,
        visits,
    )

    for prefix, module in (
        ("/standard", standards), ("/standard", editions),
        ("/enquiries", enquiries), ("/enquiries", enquiry_steps), ("/bookings", booking_lists),
        ("/bookings", booking_groups), ("/bookings", booking_steps), ("/bookings", arrivals),
        ("/papers", papers), ("/rooms/types", room_types),
        ("/rooms", rooms), ("/clients", clients), ("/clients", credit), ("/agreements", agreements), ("/rates", tariff),
        ("/house", people), ("/house", house), ("/me", mine), ("/me", calendars), ("/house", chats), ("", duties), ("/compliance", compliance),
        ("/history", history),
        ("/replays", replays),
        ("/mailboxes", mailboxes),
        ("/longstay", longstay), ("/longstay", longstay_house),
        ("/art", artwork),
        ("/briefing", briefing),
        ("/checklists", checklists),
        ("/events", events),
        ("/vips", vips),
        ("/functions/halls", halls), ("/functions", function_space),
        ("/approvals", approvals),
        ("/visits", visits),
    ):
        api.add_router(prefix, module.router)
    api.add_router("/house", calendars.of_people)


_routers()
