"""What people decide about duties."""

from guiju.rulebook.vocabulary import FactKind

KINDS = [
    FactKind("duty.waived", ("duty",), {"clause": "text", "rule": "text", "reason": "text"}, {}, "免办", "Waived"),
    FactKind("duty.reassigned", ("duty",), {"clause": "text", "to": "text", "reason": "text"}, {}, "转办", "Reassigned"),
    FactKind("duty.escalated", ("duty",), {"clause": "text", "share": "text", "to": "text"}, {}, "升级提醒", "Escalated"),
    FactKind("duty.effect_done", ("duty",), {"effect": "text", "late": "yesno"}, {}, "到点执行", "Effect carried out"),
    FactKind("gate.refused", ("hotel",), {"verb": "text", "clause": "text", "missing": "text"}, {}, "被条款挡下", "Refused by a clause"),
    FactKind(
        "edition.adopted", ("hotel",), {"number": "number", "effective_at": "moment", "digest": "text"}, {}, "启用新版标准", "Edition adopted"
    ),
    FactKind("gate.waived", ("hotel",), {"verb": "text", "clause": "text", "reason": "text"}, {}, "破例放行", "Gate waived"),
]
