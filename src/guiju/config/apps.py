from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The wiring: installs the vocabulary before any room is asked anything."""

    name = "guiju.config"
    label = "config"

    def ready(self) -> None:
        from guiju.config.words import vocabulary
        from guiju.shelf.words import install

        install(vocabulary())
