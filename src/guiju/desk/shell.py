"""What every page of the shell needs."""

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, object]:
    """Person, hotel, the moment and the mode."""
    return {
        "hotel": getattr(request, "hotel", None),
        "person": getattr(request, "person", None),
        "actor": getattr(request, "actor", None),
        "now": getattr(request, "now", None),
        "guiju_mode": settings.GUIJU_MODE,
        "lang": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
    }
