from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClientsConfig(AppConfig):
    name = "guiju.clients"
    label = "clients"

    def ready(self) -> None:
        from guiju.clients import queries
        from guiju.shelf import registry

        registry.subjects["client"] = registry.SubjectKind("client", queries.titles)
        registry.subjects["contact"] = registry.SubjectKind("contact", queries.contact_titles)
        registry.navigation.append(
            registry.NavItem(
                "clients",
                10,
                _("Clients"),
                "client",
                "clients:list",
                "clients.view",
                None,
                "c",
                {"sales": 5, "gm": 4},
                _("Clients"),
            )
        )
        registry.searches.append(registry.SearchSource("clients", _("Clients"), "clients.view", queries.find))
        registry.steps.append(registry.Step(_("New client"), "client", "clients:new", "clients.edit", words="xkh xjkh"))
        registry.duty_verbs["booking.collect-debts"] = _("Chase the debt")
