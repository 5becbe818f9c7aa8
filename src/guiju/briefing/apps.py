from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BriefingConfig(AppConfig):
    name = "guiju.briefing"
    label = "briefing"

    def ready(self) -> None:
        from guiju.briefing.gathering import on_duty
        from guiju.shelf import registry

        registry.navigation.append(registry.NavItem("", 15, _("Day sheet"), "list", "briefing:day", "briefing.view"))
        registry.day_sheet.append(registry.DaySheetPart("on_duty", _("On duty"), 5, "briefing.view", on_duty))
