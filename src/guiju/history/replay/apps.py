from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReplayConfig(AppConfig):
    name = "guiju.history.replay"
    label = "replay"

    def ready(self) -> None:
        from guiju.history.replay import queries, working
        from guiju.shelf import registry

        registry.subjects["replay"] = registry.SubjectKind("replay", queries.titles, "history.replay")
        registry.beside_rounds["replays"] = working.stand_by
        registry.navigation.append(registry.NavItem("department", 98, _("Replay"), "gauge", "replay:list", "history.replay"))
