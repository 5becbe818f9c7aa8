"""Checklists: items with owner, time and proof, hung on an anchor."""
from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChecklistsConfig(AppConfig):
    name = "guiju.checklists"
    label = "checklists"

    def ready(self) -> None:
        from guiju.shelf import registry

        registry.navigation.append(
            registry.NavItem(
                "department", 15, _("Checklists"), "check", "checklists:mine", "checklists.view", None, "", {"department": 4}, _("Lists"),
            )
        )
