"""What the pages of papers share."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from guiju.house.asking import Asked
from guiju.papers.files import MIMES, admitted
from guiju.papers.models import Copy
from guiju.papers.queries import may_see
from guiju.reading.airlock import MAX_BYTES
from guiju.shelf.errors import Invalid, Missing

ROOMS = ("/papers/", "/copies/", "/inbox/", "/bookings/", "/today/")


def midnight(request: Asked) -> datetime:
    """The beginning of the hotel's day."""
    return timezone.localtime(request.now).replace(hour=0, minute=0, second=0, microsecond=0)


def copy_of(request: Asked, pk: Any) -> Copy:
    """A copy this person may see; anything else does not exist for him."""
    rows = Copy.objects.of(request.actor.hotel_id).select_related("paper", "revision")
    copy: Copy = rows.pick(request.actor.hotel_id, pk)
    if not may_see(request.actor, copy.department):
        raise Missing("no such copy")
    return copy


def moment_in(request: Asked, text: str) -> datetime | None:
    """A moment typed by a person, on the hotel's clock; None for anything else."""
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return local if local.tzinfo else local.replace(tzinfo=ZoneInfo(request.hotel.zone))


def way_back(request: Asked, default: str, *args: Any) -> str:
    """Where the form asked to return to, if that is a page of ours; else the default page."""
    wanted = str(request.POST.get("next", ""))
    ours = wanted.startswith(ROOMS) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else reverse(default, args=args)


def photo_of(request: Asked, errors: dict[str, list[str]]) -> tuple[bytes, str, str] | None:
    """The photo sent with a form as (bytes, name, mime), looked at by the airlock; what is wrong with it goes into `errors`."""
    upload = request.FILES.get("photo")
    if upload is None:
        return None
    if (upload.size or 0) > MAX_BYTES:
        errors["photo"] = [_("The photo is larger than %(mb)s MB.") % {"mb": MAX_BYTES // 1024 // 1024}]
        return None
    data = upload.read()
    upload.seek(0)
    try:
        kind = admitted(data, upload.name or "photo", kinds=("png", "jpeg"))
    except Invalid as refusal:
        errors["photo"] = refusal.errors["file"]
        return None
    return data, upload.name or "photo", MIMES[kind]
