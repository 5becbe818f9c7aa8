from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApprovalsConfig(AppConfig):
    name = "guiju.approvals"
    label = "approvals"

    def ready(self) -> None:
        from guiju.approvals import queries
        from guiju.shelf import registry

        registry.subjects["approval"] = registry.SubjectKind("approval", queries.titles, "approvals.view")
        registry.briefs["approval"] = queries.briefs
        registry.navigation.append(
            registry.NavItem(
                "department", 12, _("Approvals"), "check", "approvals:list", "approvals.view", queries.waiting_count, "", {"gm": 4},
            )
        )
        registry.waiting.append(queries.waiting_for_others)
