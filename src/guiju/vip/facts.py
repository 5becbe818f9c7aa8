"""What the VIP room puts in the logbook, and what a clause may say about it."""

from guiju.rulebook.vocabulary import AttrType, FactKind, Verb

# What every fact about a plan repeats, so that a rule needs no look-up elsewhere. Names and notes of the guest are not among it.
PLAN: dict[str, AttrType] = {
    "grade": "text",  # VVIP | V1 | V2 | V3
    "arrival_at": "moment",
    "arrival_by": "yesno",  # the transport is known
    "departure_at": "moment",
    "spaces": "list",  # the parking spaces to be kept: plates where they are known, else numbers
    "secured": "yesno",  # security was ordered, whatever the grade
    "meals": "yesno",
    "same_day_arrival": "yesno",
    "handler": "text",  # person id of whoever keeps the plan
    "important": "yesno",
    "emergency": "yesno",
}
MEAL: dict[str, AttrType] = {"meal": "text", "meal_at": "moment", "persons": "number", "diet": "yesno", "grade": "text", "handler": "text"}

KINDS = [
    FactKind("vip.drafted", ("vip",), PLAN, {}, "已拟接待计划", "Plan drafted"),
    FactKind("vip.redrafted", ("vip",), {**PLAN, "fields": "list"}, {}, "计划已改（未批）", "Draft changed"),
    FactKind("vip.approved", ("vip",), PLAN, {}, "接待计划已批", "Plan approved"),
    FactKind("vip.change_asked", ("vip",), {"fields": "list"}, {}, "计划更改待批", "Change of the plan asked"),
    FactKind("vip.changed", ("vip",), {**PLAN, "fields": "list"}, {}, "接待计划已改", "Approved plan changed"),
    FactKind("vip.distributed", ("vip",), {**PLAN, "revision": "number"}, {}, "接待计划已分发", "Plan distributed"),
    FactKind("vip.acknowledged", ("vip",), {"post": "text", "revision": "number"}, {}, "已阅接待计划", "Plan read and noted", attested=True),
    FactKind("vip.arrived", ("vip",), {**PLAN, "room": "text"}, {}, "贵宾已到店", "VIP arrived", attested=True),
    FactKind("vip.departed", ("vip",), {**PLAN}, {}, "贵宾已离店", "VIP departed", attested=True),
    FactKind("vip.cancelled", ("vip",), {"reason": "text"}, {}, "接待取消", "Plan cancelled"),
    FactKind("vip.history_kept", ("vip",), {"preferences": "yesno", "opinions": "yesno"}, {}, "喜好与接待史已记", "History kept", attested=True),
    FactKind("vip_meal.planned", ("vip_meal", "vip"), MEAL, {}, "贵宾用餐已定", "Meal of a VIP planned"),
    FactKind("vip_meal.changed", ("vip_meal", "vip"), MEAL, {}, "贵宾用餐更改", "Meal of a VIP changed"),
    FactKind("vip_meal.dropped", ("vip_meal", "vip"), {}, {}, "贵宾用餐取消", "Meal of a VIP dropped"),
    FactKind("vip_guest.changed", ("vip_guest",), {"fields": "list"}, {}, "贵宾档案更改", "File of a VIP changed"),
]
VERBS = [
    Verb("vip.ask_approval", ("arrival_known", "meals_fixed"), PLAN, "贵宾接待计划报批", "Ask for approval of a VIP plan"),
    Verb("vip.approve", (), PLAN, "批准贵宾接待计划", "Approve a VIP plan"),
    Verb("vip.change", ("change_approved",), PLAN, "更改已批的接待计划", "Change an approved VIP plan"),
    Verb("vip_plan.issue", ("plan_approved", "receivers_named"), PLAN, "分发贵宾接待计划", "Distribute a VIP plan"),
]
PAPERS = ("vip_plan",)
RECORDS = ("vip", "vip_meal")
