"""Before a start: the engine is safe, the tables are there, and in demo mode the demo hotel."""

from __future__ import annotations

import sys
from contextlib import suppress

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def tables() -> bool:
    """Check the engine and bring the tables up to date; whether there was anything to do."""
    from guiju.config.floor import faults
    from guiju.config.quick_tables import migrate

    found = faults()
    if found:
        print("\n".join(found), file=sys.stderr)
        raise SystemExit(2)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        migrate()
    return bool(plan)


def prepare() -> bool:
    """Tables up to date, and in demo mode the demo hotel if there is none; True on a first start."""
    fresh = tables()
    from guiju.house.models import Hotel
    from guiju.rounds.statistics import take_statistics

    if Hotel.objects.exists() or settings.GUIJU_MODE != "demo":
        take_statistics()
        if fresh:
            _after_an_upgrade()
        return fresh
    from guiju.cli.installation import load_demo

    print("  Preparing the demo hotel …", flush=True)
    load_demo(seed=1)
    take_statistics()
    return True


def _after_an_upgrade() -> None:
    """Clauses this version cannot read: a demo hotel takes the shipped wording, another is told that they rest until it adopts one."""
    from guiju.duties import actions, editions
    from guiju.house.models import Hotel
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock
    from guiju.shelf.errors import Refusal

    now = clock.now()
    for hotel in Hotel.objects.order_by("code"):
        resting = editions.resting(hotel.pk, now)
        if not resting:
            continue
        if settings.GUIJU_MODE == "demo":
            with suppress(Refusal):  # word for word what it has
                actions.adopt(hotel, texts=editions.shipped_texts(), effective_at=now, by=the_clock(hotel.pk, via="cli"), now=now)
            continue
        print(
            f"  {hotel.code}: this version cannot read {', '.join(resting)} of the edition in force; they rest until\n"
            f"  `guiju standard adopt --hotel {hotel.code}` puts the shipped wording in force (docs/operations/installing.md).",
            file=sys.stderr,
        )
