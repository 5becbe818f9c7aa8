from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedsConfig(AppConfig):
    name = "guiju.feeds"
    label = "feeds"

    def ready(self) -> None:
        from guiju.feeds import actions, panels
        from guiju.logbook.writing import subscribers
        from guiju.shelf import registry

        subscribers.append(actions.end_with_the_person)
        registry.panels.append(registry.Panel("person", "feeds/_of_person.html", panels.of_person, "house.people", 50))
        registry.panels.append(registry.Panel("profile", "feeds/_mine.html", panels.mine, "feeds.own", 50))
        registry.steps.append(registry.Step(_("My calendar"), "diary", "feeds:mine", "feeds.own", words="wdrl rl"))
