from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_


class ArtworkConfig(AppConfig):
    name = "guiju.artwork"
    label = "artwork"

    def ready(self) -> None:
        from guiju.artwork import day_sheet, offers, queries, records
        from guiju.artwork.paper_forms import JOB
        from guiju.papers.forms import FORMS
        from guiju.shelf import registry

        FORMS["art_order"] = JOB
        registry.subjects["art_order"] = registry.SubjectKind("art_order", queries.titles, "artwork.view")
        registry.briefs["art_order"] = queries.briefs
        registry.records.update(records.KINDS)
        registry.navigation.append(
            registry.NavItem("department", 40, _("Art orders"), "pen", "artwork:list", "artwork.view", queries.count, "", {"sales": 9})
        )
        registry.searches.append(registry.SearchSource("art_orders", _("Art orders"), "artwork.view", queries.find))
        registry.steps.append(registry.Step(_("Order artwork"), "pen", "artwork:new", "artwork.order", words="xmgd"))
        registry.duty_verbs.update({
            "post.art.orders/take": _("Take it"), "post.art.orders/proof": _("Read the proof"), "post.art.orders/hand-over": _("Hand it over"),
            "post.art.orders/sign": _("Sign for it"), "post.art.orders/take-down": _("Take it down"),
            "post.art.attendance/correct": _("Put it right"),
        })
        registry.duty_places.update({
            "post.art.orders/proof": "#step-proof-answer", "post.art.orders/sign": "#step-sign", "post.art.orders/take-down": "#step-down",
        })
        registry.need_words.update({
            "text_approved": N_("the text approved by whoever ordered it"), "quality_checked": N_("the quality checked by somebody else"),
        })
        registry.panels += [
            registry.Panel("booking.side", "artwork/_of.html", offers.of_booking, "artwork.view", 40),
            registry.Panel("vip.side", "artwork/_of.html", offers.of_subject, "artwork.view", 40),
            registry.Panel("event.side", "artwork/_of.html", offers.of_subject, "artwork.view", 40),
        ]
        registry.day_sheet.append(registry.DaySheetPart("artwork", _("Artwork"), 80, "artwork.view", day_sheet.due))
