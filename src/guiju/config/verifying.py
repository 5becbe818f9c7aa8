"""Proof at any hour: the chains, the counters against their ledgers, the borders between hotels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection

from guiju.house.models import Hotel
from guiju.logbook import guards
from guiju.logbook.models import Chain
from guiju.logbook.queries import prove


def _borders() -> list[str]:
    """References that cross from one hotel's rows into another's."""
    found = []
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for model in apps.get_models():
            columns = {field.name for field in model._meta.concrete_fields}
            if not model.__module__.startswith("guiju.") or "hotel" not in columns:
                continue
            for field in model._meta.concrete_fields:
                other = field.related_model
                if other is None or other is Hotel or "hotel" not in {f.name for f in other._meta.concrete_fields}:
                    continue
                cursor.execute(
                    f"SELECT count(*) FROM {quote(model._meta.db_table)} a JOIN {quote(other._meta.db_table)} b "
                    f"ON a.{quote(field.column)} = b.{quote(other._meta.pk.column)} WHERE a.hotel_id <> b.hotel_id"
                )
                count = cursor.fetchone()[0]
                if count:
                    found.append(f"{model._meta.label}.{field.name}: {count} rows point into another hotel")
    return found


def _rooms_checks() -> list[Callable[[object], list[str]]]:
    """The checks rooms offer: each takes a hotel's id and says what is wrong."""
    from guiju.clients import queries as clients
    from guiju.compliance import proving as compliance
    from guiju.function_space import queries as function_space
    from guiju.rooms import queries as rooms

    checks: list[Any] = [getattr(rooms, "verify", None), getattr(clients, "verify", None), compliance.verify, function_space.verify]
    return [check for check in checks if check]


def verify() -> tuple[int, list[str]]:
    """(logbook entries checked, what is wrong)."""
    entries, faults = 0, []
    for chain in Chain.objects.order_by("id"):
        proof = prove(chain)
        entries += proof.checked
        if proof.bad_seq is not None:
            faults.append(f"logbook {chain.hotel_id or 'installation'}: entry {proof.bad_seq}: {proof.why}")
    for hotel_id in Hotel.objects.values_list("pk", flat=True):
        for check in _rooms_checks():
            faults += [f"hotel {hotel_id}: {fault}" for fault in check(hotel_id)]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            said = cursor.fetchone()[0]
        if said != "ok":
            faults.append(f"database: {said}")
    faults += [f"logbook: the database no longer refuses changes: {name} is missing" for name in guards.missing(connection)]
    return entries, faults + _borders()
