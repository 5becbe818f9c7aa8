"""What art orders put in the logbook, and what a clause may say about them."""

from guiju.rulebook.vocabulary import AttrType, FactKind, Verb

ORDER: dict[str, AttrType] = {
    "item": "text",  # welcome_board | banner | sign | poster | place_cards | menu | invitation | decoration | photography | other
    "department": "text",  # that ordered it
    "worded": "yesno",  # there is a text to be read and approved
    "hangs": "yesno",  # it stands until a moment and is taken down then
    "quantity": "number",
    "due_at": "moment",
    "from_at": "moment",
    "until_at": "moment",
}
ABOUT = ("art_order", "booking")  # and whatever else it is made for

KINDS = [
    FactKind("art.ordered", ABOUT, ORDER, {}, "已下美工单", "Art ordered"),
    FactKind("art.changed", ABOUT, {**ORDER, "fields": "list"}, {}, "美工单已改", "Art order changed"),
    FactKind("art.taken", ABOUT, {"worker": "text"}, {}, "美工已接单", "Taken in hand"),
    FactKind("art.proof_shown", ABOUT, {"department": "text", "round": "number"}, {}, "已出小样", "Proof shown"),
    FactKind("art.text_approved", ABOUT, {"department": "text", "text_hash": "text"}, {}, "文字已认可", "Text approved", attested=True),
    FactKind("art.proof_returned", ABOUT, {"department": "text", "reason": "text"}, {}, "小样退改", "Proof returned"),
    FactKind("art.reopened", ABOUT, {"fields": "list"}, {}, "重新出样", "Back to proof"),
    FactKind("art.made", ABOUT, {"cost": "number"}, {}, "已做好", "Work done"),
    FactKind("art.checked", ABOUT, {"good": "yesno"}, {}, "已查质量", "Quality checked", attested=True),
    FactKind("art.delivered", ABOUT, {**ORDER, "photo": "yesno"}, {}, "已送到挂好", "Handed over"),
    FactKind("art.signed", ABOUT, {"department": "text"}, {}, "已验收", "Signed for", attested=True),
    FactKind("art.refused", ABOUT, {"department": "text", "reason": "text"}, {}, "验收退回", "Not accepted"),
    FactKind("art.taken_down", ABOUT, {}, {}, "已撤下", "Taken down", attested=True),
    FactKind("art.cancelled", ABOUT, {"reason": "text"}, {}, "美工单取消", "Art order cancelled"),
]
VERBS = [
    Verb("art_order.finish", ("text_approved",), ORDER, "美工制作完成", "Finish an art order"),
    Verb("art_order.deliver", ("quality_checked",), ORDER, "美工成品送出", "Hand over an art order"),
]
RECORDS = ("art_order",)
