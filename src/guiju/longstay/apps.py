"""Long-stay guests: contract, card, monthly list, rent, watch notes."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LongstayConfig(AppConfig):
    name = "guiju.longstay"
    label = "longstay"

    def ready(self) -> None:
        from guiju.enquiries.offering import QUOTED
        from guiju.logbook.writing import subscribers
        from guiju.longstay import actions, day_sheet, following, panels, paper_forms, queries, records
        from guiju.longstay.actions import recommending
        from guiju.papers.actions import issuing
        from guiju.papers.forms import FORMS
        from guiju.papers.forms.words import WORDS
        from guiju.shelf import registry

        FORMS.update(paper_forms.FORMS)
        issuing.SERIES.update(dict.fromkeys(paper_forms.FORMS, paper_forms.SERIES))
        for key, words in paper_forms.WORDS.items():
            WORDS[key] = {**WORDS.get(key, {}), **words}
        if following.follow not in subscribers:
            subscribers.append(following.follow)
        if actions.each_round not in registry.round_steps:
            registry.round_steps.append(actions.each_round)
        QUOTED["longstay"] = recommending.quoted
        for kind, titles, permission in (
            ("longstay", queries.titles, "longstay.view"),
            ("longstay_card", queries.titles, "longstay.view"),
            ("guest_order", queries.order_titles, "longstay.orders"),
            ("monthly_list", queries.list_titles, "longstay.view"),
            ("watch", queries.watch_titles, "longstay.watch"),
        ):
            registry.subjects[kind] = registry.SubjectKind(kind, titles, permission)
        registry.briefs["longstay"] = queries.briefs
        registry.records.update(records.KINDS)
        registry.approval_kinds["longstay_contract"] = registry.ApprovalKind(
            "longstay_contract", _("Long-stay contract"), actions.decided, actions.withdrawn
        )
        registry.approval_kinds["longstay_renewal"] = registry.ApprovalKind(
            "longstay_renewal", _("Renewal of a long stay"), actions.renewal_decided, actions.renewal_withdrawn
        )
        registry.navigation += [
            registry.NavItem("clients", 15, _("Long-stay guests"), "bed", "longstay:list", "longstay.view", queries.late_count),
            registry.NavItem("department", 25, _("Flowers and fruit"), "check", "longstay:orders", "longstay.orders", queries.orders_count),
        ]
        registry.day_sheet.append(registry.DaySheetPart("longstay", _("Long-stay guests"), 65, "longstay.view", day_sheet.of_day))
        registry.searches.append(registry.SearchSource("longstay", _("Long-stay guests"), "longstay.view", queries.find))
        registry.panels += [
            registry.Panel("client.side", "longstay/_of_client.html", panels.of_client, "longstay.view", 40),
            registry.Panel("enquiry.top", "longstay/_of_enquiry.html", panels.of_enquiry, "longstay.edit", 20),
        ]
        registry.need_words.update({
            "credit_checked": _("the credit check by finance"), "rent_agreed": _("a rent agreed with the client"), "period": _("the period"),
            "room_number": _("the room number"), "prepayment": _("the prepayment"),
        })
        registry.duty_verbs.update({
            "longstay.recommend": _("Recommend rooms"), "longstay.watch-account": _("Note the talk"), "longstay.two-months/ask": _("Ask finance"),
            "longstay.two-months/sign": _("Sign for it"), "longstay.two-months/outcome": _("Note the outcome"),
            "longstay.contract-terms/renewal": _("Note the talk"), "longstay.notify-depts": _("See who has signed"),
            "longstay.notify-finance": _("See who has signed"), "longstay.card/form": _("See who has signed"),
            "longstay.card/card": _("Make the card"), "longstay.flowers-suite/order": _("Order flowers"), "longstay.flowers-suite/flowers": _("Tick"),
            "longstay.monthly-list/list": _("See who has signed"), "longstay.monthly-list/birthday": _("Order flowers and fruit"),
            "longstay.monthly-list/birthday-lunar": _("Order flowers and fruit"), "longstay.monthly-list/orders": _("Tick"),
            "longstay.suspicious": _("Open"),
        })
        registry.duty_places.update({
            "longstay.watch-account": "rent#step-spoke", "longstay.two-months/ask": "rent#step-ask-finance", "longstay.two-months/sign": "rent#case",
            "longstay.two-months/outcome": "rent#case", "longstay.contract-terms/renewal": "#step-talked", "longstay.card/card": "#step-card",
        })
