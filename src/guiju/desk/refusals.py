"""A refusal as a page (or, for programs, as problem+json)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from guiju.shelf.errors import Refusal


def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    """The page that says what is wrong, which clause says so, and what to do."""
    if request.path.startswith("/api/"):
        return JsonResponse({"title": error.message, "status": error.status, "code": error.code}, status=error.status, content_type="application/problem+json")
    response = render(request, "desk/refused.html", {"error": error, "title": error.message}, status=error.status)
    if error.status == 503:
        response["Retry-After"] = "2"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "desk/refused.html", {"title": "not found"}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/refused.html", {"title": "broken"}, status=500)
