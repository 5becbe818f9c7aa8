"""Before a start: the engine is safe, the tables are there, and in demo mode the demo hotel."""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def tables() -> bool:
    """Check the engine and bring the tables up to date; whether there was anything to do."""
    from guiju.config.floor import faults

    found = faults()
    if found:
        print("\n".join(found), file=sys.stderr)
        raise SystemExit(2)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", interactive=False, verbosity=0)
    return bool(plan)


def prepare() -> bool:
    """Tables up to date, and in demo mode the demo hotel if there is none; True on a first start."""
    fresh = tables()
    from guiju.house.models import Hotel
    from guiju.rounds.statistics import take_statistics

    if Hotel.objects.exists() or settings.GUIJU_MODE != "demo":
        take_statistics()
        return fresh
    from guiju.cli.installation import load_demo

    print("  Preparing the demo hotel …", flush=True)
    load_demo(seed=1)
    take_statistics()
    return True
