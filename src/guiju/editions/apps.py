from __future__ import annotations

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "guiju.editions"
    label = "editions"

    def ready(self) -> None:
        from guiju.editions import panels, queries, reading, records
        from guiju.logbook import writing
        from guiju.shelf import registry

        if reading.follow not in writing.subscribers:
            writing.subscribers.append(reading.follow)
        registry.subjects["draft"] = registry.SubjectKind("draft", queries.draft_titles, "standard.drafts")
        registry.subjects["reading"] = registry.SubjectKind("reading", queries.reading_titles)
        registry.subjects["edition"] = registry.SubjectKind("edition", queries.edition_titles, "standard.view")
        registry.records["edition"] = records.KIND
        registry.need_words |= panels.NEEDS
        registry.duty_verbs["manual.read"] = _("Read")
        registry.panels += panels.PANELS
        registry.navigation += [
            registry.NavItem("department", 96, _("My standard"), "check", "editions:reading", "standard.acknowledge", queries.unread_count, "y"),
            registry.NavItem("department", 97, _("Editions"), "pen", "editions:list", "standard.drafts", queries.waiting_count),
        ]
        if apps.is_installed("guiju.history.replay"):
            from guiju.editions import replaying

            replaying.offer_drafts()
