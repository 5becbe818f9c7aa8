from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "guiju.notices"
    label = "notices"

    def ready(self) -> None:
        from guiju.notices import actions, queries
        from guiju.shelf import registry

        registry.bell = queries.has_fresh
        registry.send_letter = actions.post_letter
        registry.navigation.append(registry.NavItem("house", 39, _("Group chats"), "bell", "notices:robots", "notices.robots"))
