from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "guiju.notices"
    label = "notices"

    def ready(self) -> None:
        from guiju.notices import actions, queries
        from guiju.shelf import registry

        registry.bell = queries.has_fresh
        registry.send_letter = actions.post_letter
