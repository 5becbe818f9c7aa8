from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitorsConfig(AppConfig):
    name = "guiju.visitors"
    label = "visitors"

    def ready(self) -> None:
        from guiju.papers.actions import issuing
        from guiju.papers.forms import FORMS
        from guiju.papers.offers import of_booking as papers_of
        from guiju.shelf import registry
        from guiju.visitors import offers, paper_forms, records
        from guiju.visitors.actions import approving, changing
        from guiju.visitors.actions.steps import KIND_CHANGE, KIND_EMERGENCY, KIND_PLAN

        FORMS["reception_plan"] = paper_forms.RECEPTION_PLAN
        issuing.SERIES["reception_plan"] = "Y"
        issuing.ISSUED_BY["reception_plan"] = "pr"
        paper_forms.teach_words()
        registry.subjects["visit"] = registry.SubjectKind("visit", offers.titles, "visitors.view")
        registry.subjects["visit_part"] = registry.SubjectKind("visit_part", offers.part_titles, "visitors.view")
        registry.briefs.update({"visit": offers.briefs, "visit_part": offers.part_briefs})
        registry.records["visit"] = records.KIND
        registry.approval_kinds[KIND_PLAN] = registry.ApprovalKind(
            KIND_PLAN, _("Reception plan"), approving.plan_decided, approving.plan_withdrawn
        )
        registry.approval_kinds[KIND_CHANGE] = registry.ApprovalKind(
            KIND_CHANGE, _("Change of a reception plan"), changing.change_decided, changing.change_withdrawn
        )
        registry.approval_kinds[KIND_EMERGENCY] = registry.ApprovalKind(
            KIND_EMERGENCY, _("Change made in an emergency"), changing.emergency_decided
        )
        registry.navigation.append(
            registry.NavItem("reception", 30, _("Visitors"), "visit", "visitors:list", "visitors.view", offers.to_brief)
        )
        registry.steps.append(registry.Step(_("New visit"), "visit", "visitors:new", "visitors.edit", words="xjlf lf jd"))
        registry.searches.append(registry.SearchSource("visits", _("Visitors"), "visitors.view", offers.find))
        registry.day_sheet.append(registry.DaySheetPart("visits", _("Visitors"), 40, "visitors.all", offers.day_sheet))
        registry.panels.append(registry.Panel("visit.side", "papers/_of_booking.html", papers_of, "papers.view", 20))
        registry.need_words.update({
            "approved": _("the approval"), "gm_approved": _("the general manager's approval"), "reason_given": _("the reason for another grade"),
            "papers_attached": _("the papers attached"), "instruction_attached": _("the instruction of the government office"),
            "plan_filled": _("the plan form filled: guests, programme, participants, host, where they are met"),
        })
        registry.duty_verbs.update({
            "reception.grade-by-visitor/submit": _("Submit the plan"), "reception.grade-by-visitor/approve": _("Decide"),
            "reception.grade-by-visitor/approve-heads": _("Decide"), "reception.important-plan/approve": _("Decide"),
            "reception.no-own-changes": _("Decide"), "reception.protocol/briefing": _("Read and acknowledge"),
            "reception.grade-by-visitor/report": _("Report"), "reception.important-plan/report": _("Report"),
        })
        registry.duty_places.update({
            "reception.protocol/briefing": "#briefing", "reception.grade-by-visitor/report": "#report", "reception.important-plan/report": "#report",
            "reception.grade-by-visitor/approve": "#approval", "reception.grade-by-visitor/approve-heads": "#approval",
            "reception.important-plan/approve": "#approval", "reception.no-own-changes": "#approval",
        })
