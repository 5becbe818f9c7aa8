from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RatesConfig(AppConfig):
    name = "guiju.rates"
    label = "rates"

    def ready(self) -> None:
        from guiju.rates import lists, panels, queries
        from guiju.shelf import registry

        for kind, titles in (
            ("agreement", queries.titles),
            ("season", lists.season_titles),
            ("deviation", lists.deviation_titles),
        ):
            registry.subjects[kind] = registry.SubjectKind(kind, titles)
        registry.navigation += [
            registry.NavItem("clients", 20, _("Agreements"), "contract", "rates:agreements", "rates.view", key="a"),
            registry.NavItem(
                "clients",
                30,
                _("Rates to decide"),
                "money",
                "rates:deviations",
                "rates.view",
                lists.waiting_count,
            ),
            registry.NavItem("clients", 40, _("Rack rates and seasons"), "plan", "rates:rack", "rates.view"),
        ]
        registry.panels += [
            registry.Panel("client.facts", "rates/_fact.html", panels.fact, "rates.view", 10),
            registry.Panel("client.side", "rates/_side.html", panels.side, "rates.view", 10),
        ]
