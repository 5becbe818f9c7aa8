from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ComplianceConfig(AppConfig):
    name = "guiju.compliance"
    label = "compliance"

    def ready(self) -> None:
        from guiju.compliance import panels
        from guiju.compliance.clockwork import each_round
        from guiju.shelf import registry

        post_migrate.connect(_mend, sender=self)
        if each_round not in registry.round_steps:
            registry.round_steps.append(each_round)
        registry.navigation.append(
            registry.NavItem("department", 90, _("Compliance"), "gauge", "compliance:page", "compliance.view", None, "g", {"gm": 3}),
        )
        registry.panels += [
            registry.Panel("clause", "compliance/_clause.html", panels.clause, "compliance.view", 20),
            registry.Panel("duty", "compliance/_trail.html", panels.trail, "duties.view", 20),
        ]


def _mend(sender: Any, using: str, **_more: Any) -> None:
    """After migrations: a table that was rebuilt without its marks gets them again."""
    from django.db import connections

    from guiju.compliance import marks
    from guiju.compliance.models import Touched

    connection = connections[using]
    if Touched._meta.db_table in connection.introspection.table_names():
        marks.mend(connection)
