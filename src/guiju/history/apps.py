from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "guiju.history"
    label = "history"

    def ready(self) -> None:
        from guiju.history import queries
        from guiju.history.work import watch
        from guiju.shelf import registry

        registry.subjects["batch"] = registry.SubjectKind("batch", queries.titles, "history.view")
        registry.beside_rounds["history"] = watch
        registry.navigation.append(
            registry.NavItem("orders", 60, _("Pace and history"), "plan", "history:pace", "history.view", None, "h")
        )
        registry.steps.append(registry.Step(_("Read in past bookings"), "upload", "history:files", "history.import", words="lsdd drls"))
