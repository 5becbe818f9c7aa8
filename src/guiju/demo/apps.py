from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Installed in demo mode only: offers the demo sign-ins to the first page."""

    name = "guiju.demo"
    label = "demo"

    def ready(self) -> None:
        from guiju.demo.people import sign_ins
        from guiju.shelf import registry

        registry.demo_sign_ins = sign_ins
