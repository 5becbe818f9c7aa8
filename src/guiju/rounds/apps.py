from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "guiju.rounds"
    label = "rounds"

    def ready(self) -> None:
        from guiju.rounds.queries import heartbeat
        from guiju.shelf import registry

        registry.readiness["worker"] = heartbeat
