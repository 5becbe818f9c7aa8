"""Function space: halls that combine and divide, their diary, and who waits for them."""

from __future__ import annotations

from django.apps import AppConfig


class FunctionSpaceConfig(AppConfig):
    name = "guiju.function_space"
    label = "function_space"

    def ready(self) -> None:
        from guiju.function_space import offers
        from guiju.shelf import registry

        registry.effects["function.lapse"] = offers.lapse
        registry.subjects["function"] = registry.SubjectKind("function", offers.function_titles, "function_space.view")
        registry.briefs.update({"function": offers.briefs, "hall_waiting": offers.waiting_briefs})
