"""Which client a message comes from: by its e-mail address, else by its name as written."""

from __future__ import annotations

import re
from uuid import UUID

from django.db.models import Q

from guiju.clients.models import Client, Contact

SUFFIX = re.compile(r"(股份)?有限(责任)?公司$|集团$|公司$|\s+(co\.?,?\s*ltd\.?|ltd\.?|inc\.?|gmbh)$", re.I)


def client_named(hotel_id: UUID, name: str, sender: str = "") -> Client | None:
    """The one client with this name (or this address); None where there is none or more than one."""
    rows = Client.objects.of(hotel_id).filter(merged_into__isnull=True)
    name = name.strip()
    if name:
        exact = list(rows.filter(Q(name=name) | Q(name_en__iexact=name) | Q(short_name=name))[:2])
        if len(exact) == 1:
            return exact[0]
        core = SUFFIX.sub("", name).strip()
        if len(core) >= 3:
            near = list(rows.filter(Q(name__startswith=core) | Q(name_en__istartswith=core))[:2])
            if len(near) == 1:
                return near[0]
        return None
    if "@" in sender:
        known = list(rows.filter(email__iexact=sender)[:2])
        if not known:
            ids = Contact.objects.of(hotel_id).filter(email__iexact=sender).values_list("client_id", flat=True)[:2]
            known = list(rows.filter(pk__in=list(ids))[:2])
        if len(known) == 1:
            return known[0]
    return None
