"""What the house's pages share: reading days and times, the staff, secrets shown once."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from guiju.house.asking import Asked
from guiju.house.models import Appointment, Person
from guiju.house.naming import post_name
from guiju.shelf.errors import Invalid, Missing
from guiju.shelf.tables import FORMATS, Line, export, parse

SHOWN = "guiju_once"
SALT = "guiju.house.once"


def day(text: str, field: str, otherwise: date | None = None) -> date:
    """A day from a form. Raises Invalid at the field."""
    if not text and otherwise is not None:
        return otherwise
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year <= 2100:  # beyond, a zone's moments cannot be reckoned
        raise Invalid(errors={field: [_("A day like 2026-11-30, please.")]})
    return found


def clock(text: str, field: str, otherwise: time) -> time:
    """A time of day from a form. Raises Invalid at the field."""
    try:
        return time.fromisoformat(text) if text else otherwise
    except ValueError:
        raise Invalid(errors={field: [_("A time like 18:00, please.")]}) from None


def moment(text: str, field: str, zone: str) -> datetime:
    """A moment on the hotel's clock from a form. Raises Invalid at the field."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year <= 2100:
        raise Invalid(errors={field: [_("A day and time, please.")]})
    return found.replace(tzinfo=ZoneInfo(zone))


def person_here(request: Asked, pk: Any, field: str = "") -> Person:
    """A person with a post in this hotel, now or before. Missing otherwise; Invalid at `field` for a form."""
    rows = Person.objects.filter(appointments__hotel=request.hotel).distinct()
    try:
        found = rows.filter(pk=pk).first() if pk else None
    except (ValidationError, ValueError):
        found = None
    if found is None:
        if field:
            raise Invalid(errors={field: [_("Choose a person.")]})
        raise Missing("no such person")
    return found


def staff_of(request: Asked, *, gone: bool = False) -> list[dict[str, Any]]:
    """Everybody with a post, by name, with the posts in words; `gone`: those without any now as well."""
    rows = Appointment.objects.of(request.hotel.pk).select_related("person").order_by("person__name", "post")
    people: dict[Any, dict[str, Any]] = {}
    for row in rows if gone else rows.filter(until_at__isnull=True, person__is_active=True):
        one = people.setdefault(row.person_id, {"person": row.person, "posts": [], "keys": []})
        if row.until_at is None:
            one["posts"].append(post_name(row.post))
            one["keys"].append(row.post)
    from pypinyin import lazy_pinyin  # its tables take half a second to load: not at the start of every process

    return sorted(people.values(), key=lambda one: lazy_pinyin(one["person"].name))


def uploaded(request: HttpRequest) -> list[Line]:
    """The rows of the table sent with the form. Raises Invalid at "file" or at a row."""
    file = request.FILES.get("file")
    if file is None or isinstance(file, list):
        raise Invalid(errors={"file": [_("Choose a file.")]})
    return parse(file.read(), file.name or "")


def table(rows: Any, columns: list[Any], name: str, fmt: str) -> HttpResponse:
    """A list as a download, xlsx or csv. Raises Invalid for anything else."""
    return cast(HttpResponse, export(rows, columns, name, fmt if fmt in FORMATS else ""))


def show_once(response: HttpResponse, text: str) -> HttpResponse:
    """Let the next page show a secret; it lies in this browser only, for two minutes, and in no table."""
    response.set_cookie(
        SHOWN, signing.dumps(text, salt=SALT), max_age=120, httponly=True, samesite="Strict", secure=settings.HTTPS
    )
    return response


def shown(request: HttpRequest) -> str:
    """The secret to be shown now, if any."""
    try:
        return str(signing.loads(request.COOKIES.get(SHOWN, ""), salt=SALT, max_age=120))
    except signing.BadSignature:
        return ""


def forget(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """It was shown."""
    if SHOWN in request.COOKIES:
        response.delete_cookie(SHOWN, samesite="Strict")
    response.headers["Cache-Control"] = "no-store"
    return response
