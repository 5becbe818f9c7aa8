"""Shared tablets of departments."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from guiju.house import tablets
from guiju.house.actions.standing import own_department, plain
from guiju.house.facts import DEPARTMENTS
from guiju.house.models import Hotel, Tablet
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid


@verb("house.tablets")
def enroll_tablet(hotel: Hotel, *, department: str, name: str, by: Actor, now: datetime) -> tuple[Tablet, str]:
    """Make this device a department's tablet; the text goes into its browser. Raises Invalid at the field."""
    errors, name = {}, plain(name, 60)
    if department not in DEPARTMENTS:
        errors["department"] = [_("Which department?")]
    if not name:
        errors["name"] = [_("A name to know it by, please.")]
    if errors:
        raise Invalid(errors=errors)
    own_department(department, by)
    text = tablets.new_token()
    row = Tablet.objects.create(
        hotel=hotel, department=department, name=name, token_hash=tablets.hashed(text), enrolled_at=now
    )
    note("tablet.enrolled", row, department=department)
    return row, text


@verb("house.tablets")
def revoke_tablet(tablet: Tablet, *, by: Actor, now: datetime) -> None:
    """This device is no tablet of the house any more; whoever is signed in on it is out at once."""
    own_department(tablet.department, by)
    if Tablet.objects.filter(pk=tablet.pk, revoked_at__isnull=True).update(revoked_at=now):
        note("tablet.revoked", tablet, department=tablet.department)
