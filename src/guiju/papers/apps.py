from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "guiju.papers"
    label = "papers"

    def ready(self) -> None:
        from guiju.papers import offers, phone
        from guiju.shelf import registry

        registry.subjects["paper"] = registry.SubjectKind("paper", offers.paper_titles)
        registry.subjects["copy"] = registry.SubjectKind("copy", offers.copy_titles)
        registry.briefs["paper"], registry.briefs["copy"] = offers.paper_briefs, offers.copy_briefs
        registry.make_phone_link, registry.phone_path = phone.make_link, phone.path_of
        registry.navigation += [
            registry.NavItem(
                "department",
                10,
                _("To sign for"),
                "pen",
                "papers:inbox",
                "papers.sign",
                offers.to_sign,
                "i",
                {"department": 2, "gm": 2},
                _("Sign"),
            ),
            registry.NavItem(
                "orders", 60, _("Papers"), "contract", "papers:register", "papers.view", None, "p"
            ),
        ]
        registry.searches.append(registry.SearchSource("papers", _("Papers"), "papers.view", offers.find))
        registry.waiting.append(offers.waiting_for_others)
        registry.duty_verbs.update(
            {
                "booking.by-1800/sign": _("Sign for"),
                "booking.by-1800/deliver": _("Deliver"),
                "booking.change-notice/sign": _("Sign for"),
                "booking.change-notice": _("Sign for"),
            }
        )
        registry.panels.append(
            registry.Panel("booking.side", "papers/_of_booking.html", offers.of_booking, "papers.view", 20)
        )
