"""What the reception of visitors puts in the logbook, and what a clause may say about it."""

from guiju.rulebook.vocabulary import AttrType, FactKind, Verb

PLAN: dict[str, AttrType] = {
    "visitor": "text", "rank": "text", "purpose": "text", "grade": "text", "important": "yesno", "instruction": "yesno", "persons": "number",
    "arrival_at": "moment", "until_at": "moment", "deviates": "yesno", "handler": "text",
}
ASKED: dict[str, AttrType] = {
    "important": "yesno", "instruction": "yesno", "deviates": "yesno", "grade": "text", "drawn_by_head": "yesno", "emergency": "yesno",
}

KINDS = [
    FactKind("visit.planned", ("visit",), PLAN, {}, "来访已登记", "Visit written down"),
    FactKind("visit.changed", ("visit", "visit_part"), {**PLAN, "fields": "list", "emergency": "yesno"}, {}, "接待计划更改", "Plan changed"),
    FactKind("visit.change_asked", ("visit",), {"fields": "list", "drawn_by_head": "yesno"}, {}, "请示更改计划", "Change of the plan asked"),
    FactKind("visit.change_dropped", ("visit",), {"fields": "list"}, {}, "更改未获批准", "Change not made"),
    FactKind("visit.paper_attached", ("visit",), {"what": "text"}, {}, "附上资料", "Paper attached"),
    FactKind("visit.paper_removed", ("visit",), {"what": "text"}, {}, "撤下资料", "Paper taken off"),
    FactKind("visit.submitted", ("visit",), {**PLAN, "drawn_by_head": "yesno"}, {}, "接待计划报批", "Plan submitted"),
    FactKind("visit.reopened", ("visit",), {}, {}, "计划退回重拟", "Plan back at the desk"),
    FactKind("visit.approved", ("visit",), {}, {}, "接待计划已批", "Plan approved"),
    FactKind("visit.confirmed", ("visit",), PLAN, {}, "来访已确认", "Visit confirmed"),
    FactKind(
        "visit.briefing_asked", ("visit_part", "visit"), {"reader": "text", "department": "text", "arrival_at": "moment"}, {},
        "请阅接待纪律", "Briefing to be acknowledged",
    ),
    FactKind("visit.briefed", ("visit_part", "visit"), {"reader": "text"}, {}, "已阅接待纪律", "Briefing acknowledged", attested=True),
    FactKind("visit.part_dropped", ("visit_part", "visit"), {}, {}, "不再参加接待", "No longer takes part"),
    FactKind("visit.received", ("visit",), {}, {}, "来访已接待", "Visitors received", attested=True),
    FactKind("visit.reported", ("visit",), {"as_planned": "yesno", "cost": "number"}, {}, "接待情况已报", "Visit reported on", attested=True),
    FactKind("visit.cancelled", ("visit", "visit_part"), {"reason": "text"}, {}, "来访取消", "Visit called off"),
]
VERBS = [
    Verb(
        "visit.submit", ("reason_given", "papers_attached", "instruction_attached", "plan_filled"), ASKED, "接待计划报批", "Submit the plan"
    ),
    Verb("visit.approve", (), ASKED, "批准接待计划", "Approve the plan"),
    Verb("visit.confirm", ("approved", "gm_approved"), ASKED, "确认来访", "Confirm the visit"),
    Verb("visit.change", ("approved",), ASKED, "更改已批计划", "Change an approved plan"),
]
LISTS = ("protocol",)
PAPERS = ("reception_plan",)
RECORDS = ("visit",)
