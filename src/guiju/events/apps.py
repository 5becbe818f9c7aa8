"""Events: enquiry, quotation, event order, deposits, what happened, the file."""
from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_


class EventsConfig(AppConfig):
    name = "guiju.events"
    label = "events"

    def ready(self) -> None:
        from guiju.events import following, offers, paper_forms, records
        from guiju.events.actions.ordering import decided
        from guiju.events.words import EVENT_KINDS, SETUPS
        from guiju.logbook import writing
        from guiju.papers.actions.issuing import SERIES
        from guiju.papers.forms import FORMS, comparing, words
        from guiju.shelf import registry

        FORMS["event_order"], FORMS["event_quotation"] = paper_forms.ORDER, paper_forms.QUOTATION
        SERIES["event_order"], SERIES["event_quotation"] = "EO", "EQ"
        words.WORDS["setup"], words.WORDS["kind_of_event"] = SETUPS, EVENT_KINDS
        comparing.UNITS["tables"], comparing.UNITS["spare"] = ("{} 桌", "{} tables"), ("备 {} 桌", "{} spare")
        registry.subjects["event"] = registry.SubjectKind("event", offers.titles, "events.view")
        registry.subjects["deposit"] = registry.SubjectKind("deposit", offers.deposit_titles, "events.view")
        registry.briefs["event"], registry.briefs["deposit"] = offers.briefs, offers.deposit_briefs
        registry.records.update(records.KINDS)
        if following.follow not in writing.subscribers:
            writing.subscribers.append(following.follow)
        registry.approval_kinds["event_order"] = registry.ApprovalKind("event_order", _("Event order"), decided)
        registry.navigation += [
            registry.NavItem("orders", 50, _("Events"), "food", "events:list", "events.view", None, "v"),
            registry.NavItem("department", 30, _("Coming events"), "diary", "events:mine", "events.part"),
        ]
        registry.steps.append(registry.Step(_("New event"), "plus", "events:new", "events.edit", words="xhd xj hd yh"))
        registry.searches.append(registry.SearchSource("events", _("Events"), "events.view", offers.find))
        registry.day_sheet.append(registry.DaySheetPart("events", _("Events: orders and deposits"), 35, "events.view", offers.day_sheet))
        registry.panels += [
            registry.Panel("enquiry.top", "events/_of_enquiry.html", offers.for_enquiry, "events.view", 40),
            registry.Panel("client.side", "events/_of_client.html", offers.of_client, "events.view", 35),
        ]
        registry.need_words.update({
            "gm_signed": N_("the general manager's signature"), "definite": N_("a definite event"), "halls_held": N_("its halls held"),
            "agreed": N_("what the client agreed with"),
        })
        registry.duty_verbs.update({
            "event.order/issue": _("Issue the order"), "event.order/issue-soon": _("Issue the order"), "event.order/sign": _("Sign for"),
            "event.order/sign-soon": _("Sign for"), "event.order/guarantee": _("Guarantee the numbers"),
            "event.order/deposit": _("Receive the deposit"),
            "event.file/hand-in": _("Hand the file in"), "event.archive/keep": _("Archive"), "event.archive/ask-again": _("Ask about next time"),
        })
        registry.duty_places.update({
            "event.order/issue": "order/", "event.order/issue-soon": "order/", "event.order/guarantee": "order/#step-guarantee",
            "event.file/hand-in": "file/", "event.archive/keep": "file/#step-archive", "event.archive/ask-again": "file/#step-again",
        })
