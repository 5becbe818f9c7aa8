from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnquiriesConfig(AppConfig):
    name = "guiju.enquiries"
    label = "enquiries"

    def ready(self) -> None:
        from guiju.enquiries import panels, queries
        from guiju.enquiries.actions import letter_bounced, letter_left
        from guiju.enquiries.actions.dropping import drop_refused_of
        from guiju.enquiries.scan_queue import keep_reading
        from guiju.notices import sending
        from guiju.rooms.queries import wanting
        from guiju.shelf import registry

        registry.subjects["enquiry"] = registry.SubjectKind("enquiry", queries.titles)
        registry.briefs["enquiry"] = queries.briefs
        registry.subjects["message"] = registry.SubjectKind("message", queries.message_titles)
        registry.navigation.append(
            registry.NavItem(
                "orders",
                20,
                _("Enquiries"),
                "enq",
                "enquiries:queue",
                "enquiries.view",
                queries.waiting_count,
                "e",
                {"sales": 2},
                _("Enquiries"),
            )
        )
        registry.steps.append(
            registry.Step(
                _("Note a call"),
                "phone",
                "enquiries:phone",
                "enquiries.intake",
                "n",
                {"sales": 3},
                "jld jldh 记来电",
            )
        )
        registry.searches.append(
            registry.SearchSource("enquiries", _("Enquiries"), "enquiries.view", queries.find)
        )
        registry.panels.append(
            registry.Panel(
                "booking.side", "enquiries/_where_from.html", panels.where_from, "enquiries.view", 60
            )
        )
        registry.duty_verbs.update(
            {
                "booking.handle-at-once": _("Take in hand"),
                "booking.reply-30": _("Reply"),
                "booking.group-escalate": _("Decide"),
            }
        )
        if queries.others_wanting not in wanting.others_wanting:
            wanting.others_wanting.append(queries.others_wanting)
        registry.beside_rounds["scans"] = keep_reading
        if drop_refused_of not in registry.round_steps:
            registry.round_steps.append(drop_refused_of)
        sending.sent_hooks["reply"] = letter_left
        sending.bounced_hooks["reply"] = letter_bounced
