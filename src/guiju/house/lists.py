"""What every list page shares: the formats a person may take it away in, the download itself, the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guiju.house.asking import Asked
from guiju.shelf.tables import FORMATS, export


def back(name: str) -> HttpResponse:
    """To the page of this name."""
    return HttpResponseRedirect(reverse(name))


def formats(request: Asked) -> tuple[str, ...]:
    """xlsx and csv, for whom may take lists away."""
    return FORMATS if request.actor.may("house.export") else ()


def downloaded(request: Asked, rows: Any, columns: Sequence[Any], name: str) -> HttpResponse:
    """The list as a download, for whoever may open its page and take lists away (house.export): one rule for all lists.

    Raises NotAllowed without the right, Invalid for another format.
    """
    request.actor.require("house.export")
    return cast(HttpResponse, export(rows, columns, name, request.GET["export"]))


exported = downloaded
