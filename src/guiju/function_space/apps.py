"""Function space: halls that combine and divide, their diary, and who waits for them."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FunctionSpaceConfig(AppConfig):
    name = "guiju.function_space"
    label = "function_space"

    def ready(self) -> None:
        from guiju.function_space import offers
        from guiju.shelf import registry

        registry.effects["function.lapse"] = offers.lapse
        registry.subjects["function"] = registry.SubjectKind("function", offers.function_titles, "function_space.view")
        registry.subjects["hall"] = registry.SubjectKind("hall", offers.hall_titles, "function_space.view")
        registry.subjects["hall_waiting"] = registry.SubjectKind("hall_waiting", offers.waiting_titles, "function_space.view")
        registry.briefs.update({"function": offers.briefs, "hall_waiting": offers.waiting_briefs})
        registry.navigation.append(
            registry.NavItem("orders", 55, _("Function diary"), "diary", "function_space:diary", "function_space.view", key="f")
        )
        registry.steps += [
            registry.Step(_("Book a hall"), "diary", "function_space:new", "function_space.hold", words="pcd dyht yhy"),
            registry.Step(_("Put a hall out of order"), "diary", "function_space:repair", "function_space.maintain", words="cdwx tyht"),
        ]
        registry.searches.append(registry.SearchSource("functions", _("Functions"), "function_space.view", offers.find))
        registry.day_sheet.append(registry.DaySheetPart("functions", _("Functions"), 30, "function_space.view", offers.day_sheet))
        registry.duty_verbs.update({
            "event.function-space/lapse": _("Confirm or extend"), "event.function-space/waiting": _("Answer the one who waits"),
        })
        registry.duty_places.update({"event.function-space/lapse": "#step-extend"})
        registry.need_words["space_free"] = _("a hall that is free")
