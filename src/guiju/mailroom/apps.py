from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailroomConfig(AppConfig):
    name = "guiju.mailroom"
    label = "mailroom"

    def ready(self) -> None:
        from guiju.mailroom import queries
        from guiju.mailroom.collecting import collect
        from guiju.shelf import registry

        registry.subjects["mailbox"] = registry.SubjectKind("mailbox", queries.titles, "mailroom.view")
        registry.readiness["mailboxes"] = queries.warnings
        registry.beside_rounds["mailboxes"] = collect
        registry.navigation.append(
            registry.NavItem("house", 45, _("Mail and faxes"), "mail", "mailroom:mailboxes", "mailroom.view")
        )
