"""What approvals put in the logbook, and what a clause may say about them."""

from guiju.rulebook.vocabulary import AttrType, FactKind

# What an approval may be about; a room whose things wait for a yes adds its kind.
ABOUT = ("visit", "vip", "event", "contract", "long_stay", "art_order", "booking")
_MATTER: dict[str, AttrType] = {"matter": "text", "afterwards": "yesno"}  # matter: the kind of approval, e.g. visit_plan

KINDS = [
    FactKind("approval.asked", ("approval", *ABOUT), {**_MATTER, "step": "text", "steps": "list"}, {}, "请示批准", "Approval asked"),
    FactKind(
        "approval.given", ("approval", *ABOUT), {**_MATTER, "step": "text", "last": "yesno", "delegate": "yesno"}, {}, "已批准", "Approved"
    ),
    FactKind("approval.refused", ("approval", *ABOUT), {**_MATTER, "step": "text", "delegate": "yesno"}, {}, "已退回", "Sent back"),
    FactKind("approval.withdrawn", ("approval", *ABOUT), {**_MATTER, "replaced": "yesno"}, {}, "已收回请示", "Asking taken back"),
]
