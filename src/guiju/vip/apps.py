"""VIPs: their plans, who does what before and after they come, what they like."""
from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_


class VipConfig(AppConfig):
    name = "guiju.vip"
    label = "vip"

    def ready(self) -> None:
        from guiju.checklists import words as lists
        from guiju.house.settings import SETTINGS, Spec
        from guiju.papers.actions import issuing
        from guiju.papers.forms import fields
        from guiju.papers.forms.words import WORDS
        from guiju.shelf import registry
        from guiju.vip import offers, records
        from guiju.vip.actions import approving
        from guiju.vip.paper_forms import VIP_PLAN
        from guiju.vip.words import AMENITIES, CODES, ITEM_NAMES

        fields.FORMS["vip_plan"] = VIP_PLAN
        issuing.SERIES["vip_plan"] = "P"
        issuing.EXTRA["vip_plan"] = "vip.extra_receivers"
        SETTINGS["vip.extra_receivers"] = Spec([], "list", _("Further departments that get the VIP plan"), "vip.plan-approved")
        WORDS["meal"].update(CODES["meal"])
        WORDS["register"], WORDS["amenities"] = CODES["register"], AMENITIES
        lists.ITEMS.update(ITEM_NAMES)
        lists.KEEPERS["vip"], lists.KEEPERS["vip_meal"] = offers.keepers, offers.meal_keepers
        registry.subjects["vip"] = registry.SubjectKind("vip", offers.titles, "vip.view")
        registry.subjects["vip_meal"] = registry.SubjectKind("vip_meal", offers.meal_titles, "vip.view")
        registry.subjects["vip_guest"] = registry.SubjectKind("vip_guest", offers.guest_titles, "vip.whole")
        registry.briefs.update({"vip": offers.briefs, "vip_meal": offers.meal_briefs})
        registry.records.update(records.KINDS)
        registry.approval_kinds["vip_plan"] = registry.ApprovalKind("vip_plan", _("VIP plan"), approving.plan_decided)
        registry.approval_kinds["vip_change"] = registry.ApprovalKind("vip_change", _("Change of a VIP plan"), approving.change_decided)
        registry.day_sheet.append(registry.DaySheetPart("vip", _("VIPs"), 20, "vip.view", offers.on_the_day))
        registry.navigation.append(registry.NavItem("reception", 10, _("VIPs"), "vip", "vip:list", "vip.view", None, "v"))
        registry.searches.append(registry.SearchSource("vip", _("VIPs"), "vip.view", offers.find))
        registry.need_words.update({
            "arrival_known": N_("the exact arrival time and the transport"),
            "meals_fixed": N_("place, time, number, standard and diet of each meal"),
            "plan_approved": N_("the approval of the plan"), "change_approved": N_("the approval of the change"),
        })
        registry.duty_verbs.update({
            "vip.plan-approved/distribute": _("Distribute"), "vip.plan-approved/duty-manager": _("Read"),
            "vip.plan-approved/afterwards": _("Ask for approval"), "vip.plan-approved/go-ahead": _("Ask for approval"),
            "vip.history/keep": _("Write it up"), "vip.security/told": _("Sign for"),
            **{clause: _("See to it") for clause in (
                "vip.room-key", "vip.room-check", "vip.meals", "vip.greet", "vip.parking", "vip.escort", "vip.register-on-floor", "vip.luggage-in",
                "vip.security", "vip.meals-attend", "vip.departure",
            )},
        })
        registry.duty_places.update({
            "vip.plan-approved/afterwards": "#more", "vip.plan-approved/go-ahead": "#more",
            "vip.history/keep": "#keep", "vip.plan-approved/distribute": "#out",
            "vip.plan-approved/duty-manager": "#more",
        })
