"""A refusal as a page that says what is wrong, which clause says so and what to do; for programs, as problem+json."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from guiju.desk.shell import post_name
from guiju.house.naming import department_name
from guiju.house.rights import RIGHTS
from guiju.shelf import registry
from guiju.shelf.errors import Conflict, GateRefused, Invalid, NotAllowed, Refusal
from guiju.shelf.requests import request_id

# status: (title, what to do). The page of a known code says more.
STATUSES: dict[int, tuple[str, str]] = {
    400: (N_("This request cannot be read"), N_("Go back, reload the page and try again.")),
    403: (N_("You may not do this"), N_("Your posts do not carry this right. The administrator gives posts.")),
    404: (N_("There is nothing here"), N_("It does not exist, was moved, or belongs to somebody else. Try the search.")),
    405: (N_("This address cannot be opened this way"), N_("Go back and use the button or the form on the page.")),
    409: (N_("Not possible as things stand"), N_("Go back, look at what changed, and decide again.")),
    413: (N_("This file is too large"), N_("Send a smaller file, or split it.")),
    422: (N_("Something is not right yet"), N_("Nothing was saved. Go back and correct it; what you typed is still there.")),
    429: (N_("Too many tries"), N_("Wait a little before trying again.")),
    500: (N_("Something broke on our side"), N_("Nothing was saved. Try again; if it happens once more, tell the administrator the number below.")),
    503: (N_("The system is busy"), N_("Nothing was saved. Send it again in a moment.")),
}
CODES: dict[str, str] = {
    "gate": N_("The standard does not allow this step yet"),
    "conflict": N_("Somebody saved this before you"),
    "no_room": N_("Not enough rooms are left"),
    "hall_taken": N_("The hall is not free at that time"),
    "key_reused": N_("This form was already sent"),
    "stale_form": N_("This page was open too long"),
    "too_large": N_("This is too large"),
}
ADVICE: dict[str, str] = {
    "too_large": N_("Nothing was saved. A file may have 25 MB; send a smaller one, or several one after the other."),
    "key_reused": N_("It was sent before with other contents. Open the page again and look at what was saved."),
    "stale_form": N_("Nothing was saved. Go back, reload the page and send it again; what you typed is still there."),
    "conflict": N_("Nothing was saved. Compare both, then open the page again and enter what is right."),
    "no_room": N_("Nothing was booked. Take fewer rooms, another type, or other nights."),
}
# What a gate may find missing, in words.
NEEDS: dict[str, str] = {
    "complete": N_("a complete reply"), "price_verified": N_("a price that was looked up or approved"),
    "held_or_regret": N_("rooms held, or a regret"), "credit_open": N_("open credit"), "hold_until": N_("the time until which rooms are held"),
    "liaison_named": N_("a named liaison"), "manager_decision": N_("the manager's decision"), "named_receiver": N_("a named receiver who signs"),
    "latest_revision": N_("the latest revision"), "original_linked": N_("the original paper"),
    "rate_by_agreement_or_approved": N_("a rate by agreement, or an approval"), "receivers_named": N_("named receivers in every department"),
    "rooms_held": N_("held rooms"), "written_basis": N_("the client's written request"),
}
# Fields of records that two people may change at once and whose rows give them no words.
FIELDS: dict[str, str] = {
    "name": N_("Name"), "name_en": N_("English name"), "email": N_("E-mail"), "phone": N_("Telephone"), "hours": N_("Working hours"),
    "seller": N_("Seller"), "client": N_("Client"), "words": N_("Description"), "order": N_("Sort order"), "merged_into": N_("Merged into"),
    "cancel_terms": N_("Cancellation terms"), "renews": N_("Renews"), "closed_at": N_("Closed since"), "left_at": N_("Left on"),
    "kind": N_("Kind"), "department": N_("The department"), "vendor": N_("Vendor"), "lang": N_("Language"), "host": N_("Host"),
    "signed": N_("With a signature"), "plain": N_("Text only"), "personal": N_("Personal notices too"), "late": N_("Overdue"),
    "soon": N_("Time running out"), "other": N_("Everything else"), "digest_at": N_("Digest at"), "stopped_at": N_("Stopped since"),
    "wait_until_at": N_("Next try"), "failures": N_("Failures"), "last_error": N_("Last error"), "on_account": N_("On account"),
    "credit_used": N_("Credit used"),
}
registry.need_words |= NEEDS
OWN_WORDS = frozenset({"not_found", "not_allowed", "busy", "key_reused", "conflict"})  # the raiser's message is for the log


def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    """The page (or problem+json under /api/) for a refusal; the same content in both."""
    problem_ = problem(request, error)
    response = _answer(request, problem_, error)
    if error.status in (429, 503):
        response["Retry-After"] = str(error.details.get("retry_after", 2))
    return response


def problem(request: HttpRequest, error: Refusal) -> dict[str, Any]:
    """RFC 9457: type, title, status, code, detail, and errors, clauses, versions or shortage where they apply."""
    title, advice = _words(error.status, error.code)
    detail = "" if error.code in OWN_WORDS or isinstance(error, GateRefused) else _(error.message) if error.message else ""
    found: dict[str, Any] = {
        "type": f"urn:guiju:{error.code}", "title": title, "status": error.status, "code": error.code,
        "detail": detail or advice,
    }
    if isinstance(error, Invalid):
        found["errors"] = error.errors
        if error.errors:
            found["detail"] = advice
    if isinstance(error, GateRefused):
        found["clauses"] = clauses_of(getattr(request, "hotel", None), error)
        if error.details.get("departments"):
            found["departments"] = [department_name(one) for one in error.details["departments"]]
    if isinstance(error, Conflict):
        found["versions"] = {key: error.details.get(key) for key in ("mine", "theirs", "version")}
    if "shortage" in error.details:
        found["shortage"] = [_short(line) for line in error.details["shortage"]]
    found.update({name: error.details[name] for name in ("clash", "free") if name in error.details})
    if "clauses" in error.details:
        found["clauses"] = [_named_clause(getattr(request, "hotel", None), clause) for clause in error.details["clauses"]]
    if isinstance(error, NotAllowed):
        permission = str(error.details.get("permission", ""))
        found["permission"] = permission
        found["who_may"] = [post_name(post) for post in RIGHTS.get(permission, ()) if post != "administrator"]
    return found


def _short(line: Any) -> Any:
    """A night that is short, in plain values: (room type, night, left, wanted)."""
    if not isinstance(line, tuple):
        return line
    room_type, night, left, wanted = line
    return {"room_type": room_type.code, "name": room_type.shown, "night": night.isoformat(), "left": left, "wanted": wanted}


def _named_clause(hotel: Any, clause: str) -> dict[str, Any]:
    """A clause that a verb itself named, with its text."""
    text = registry.clause_texts(hotel.pk).get(clause) if hotel is not None and registry.clause_texts else None
    return {"clause": clause, "rule": "", "text": text or "", "says": "", "missing": [], "waive_posts": [], "who_may_waive": []}


def clauses_of(hotel: Any, error: GateRefused) -> list[dict[str, Any]]:
    """What stands in the way, clause by clause: its text, what is missing, who may waive."""
    return [_clause(hotel, refusal) for refusal in getattr(error.verdict, "refusals", ())]


def _clause(hotel: Any, refusal: Any) -> dict[str, Any]:
    clause = str(getattr(refusal, "clause", ""))
    text = registry.clause_texts(hotel.pk).get(clause) if hotel is not None and registry.clause_texts else None
    posts = tuple(_several(_first(refusal, "waive_by", "may_waive", "waivable_by", "waivers", "waive")))
    return {
        "clause": clause,
        "rule": str(getattr(refusal, "rule", "")),
        "text": text or "",
        "says": str(getattr(refusal, "text", "") or ""),
        "missing": [str(name) for name in _several(_first(refusal, "missing", "needs", "need"))],
        "waive_posts": list(posts),
        "who_may_waive": [post_name(post) for post in posts],
    }


def _first(thing: Any, *names: str) -> Any:
    for name in names:
        value = getattr(thing, name, None)
        if value:
            return value
    return ()


def _several(value: Any) -> Iterable[Any]:
    return (value,) if isinstance(value, str) else tuple(value)


def _words(status: int, code: str) -> tuple[str, str]:
    title, advice = STATUSES.get(status, STATUSES[500 if status >= 500 else 409])
    return _(CODES.get(code, title)), _(ADVICE.get(code, advice))


def _answer(request: HttpRequest, found: dict[str, Any], error: Refusal | None = None) -> HttpResponse:
    status = int(found["status"])
    if request.path.startswith("/api/"):
        return JsonResponse(found, status=status, content_type="application/problem+json")
    return render(request, "desk/refused.html", {"problem": found, **_page_parts(request, found, error)}, status=status)


def _page_parts(request: HttpRequest, found: dict[str, Any], error: Refusal | None) -> dict[str, Any]:
    parts: dict[str, Any] = {"back": request.META.get("HTTP_REFERER", "")}
    if isinstance(error, GateRefused):
        actor = getattr(request, "actor", None)
        subject = getattr(error.verdict, "subject", None) or error.details.get("subject") or ("", "")
        verb = getattr(error.verdict, "verb", None) or error.details.get("verb") or ""
        parts |= {
            "subject_kind": subject[0], "subject_id": subject[1], "verb": verb,
            "clauses": [
                {
                    **clause, "missing_words": [_(str(registry.need_words.get(need, need))) for need in clause["missing"]],
                    "may_waive": bool(verb and actor and actor.may("duties.waive") and _holds(actor, clause)),
                }
                for clause in found["clauses"]
            ],
        }
    if isinstance(error, Conflict):
        mine, theirs = (found["versions"].get(key) or {} for key in ("mine", "theirs"))
        words = error.details.get("words") or {}
        parts["rows"] = [
            {"name": _field_name(key, words), "mine": ours, "theirs": saved, "differs": mine.get(key) != theirs.get(key)}
            for key in mine
            for _label, ours, saved in [words.get(key, ("", mine.get(key, ""), theirs.get(key, "")))]
        ]
    return parts


def _field_name(key: str, words: dict[str, Any]) -> str:
    """What a person calls a field; its key only where nobody has given it a name."""
    return words.get(key, ("",))[0] or (_(FIELDS[key]) if key in FIELDS else key)


def _holds(actor: Any, clause: dict[str, Any]) -> bool:
    return bool(actor.posts.intersection(clause["waive_posts"]))


def plain(request: HttpRequest, status: int, code: str = "") -> HttpResponse:
    """A refusal that has no error object: unknown address, wrong method, unreadable request."""
    title, advice = _words(status, code)
    return _answer(
        request,
        {"type": f"urn:guiju:{code or status}", "title": title, "status": status, "code": code or str(status), "detail": advice},
    )


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400"""
    return plain(request, 400, "unreadable")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 that Django itself raises"""
    return plain(request, 403, "not_allowed")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for an address that no room knows"""
    return plain(request, 404, "not_found")


def stale_form(request: HttpRequest) -> HttpResponse:
    """403 of the protection against forged forms, said as what it nearly always is: a page that was open too long."""
    return plain(request, 403, "stale_form")


def broken(request: HttpRequest) -> HttpResponse:
    """500: never a trace. Nothing is asked of the database, which may be what broke."""
    if request.path.startswith("/api/"):
        return plain(request, 500, "broken")
    title, advice = _words(500, "")
    text = render_to_string(
        "desk/broken.html",
        {"title": title, "advice": advice, "lang": getattr(request, "LANGUAGE_CODE", ""), "number": _request_number()},
    )
    return HttpResponse(text, status=500)


def _request_number() -> str:
    return str(request_id.get(""))
