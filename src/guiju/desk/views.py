"""The shell's own pages."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from guiju.house.doors import public


@public
def home(request: HttpRequest) -> HttpResponse:
    """Where / leads: today's duties for those signed in, sign-in for the others."""
    return HttpResponseRedirect(reverse("duties:today" if getattr(request, "actor", None) else "house:sign_in"))


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers."""
    return JsonResponse({"alive": True})


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or came from elsewhere."""
    return render(request, "desk/refused.html", {"title": "The page was open too long; please go back, reload it and send again."}, status=403)
