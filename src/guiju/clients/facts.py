"""What the clients room puts in the logbook, and what a clause may say about it."""

from guiju.rulebook.vocabulary import FactKind

KINDS = [
    FactKind(
        "client.added",
        ("client",),
        {"kind": "text", "tier": "text"},
        {"name": "text"},
        "建档",
        "Client added",
    ),
    FactKind(
        "client.changed",
        ("client",),
        {"kind": "text", "tier": "text", "fields": "list"},
        {},
        "档案更改",
        "Client changed",
    ),
    FactKind("client.merged", ("client",), {"into": "text"}, {}, "档案合并", "Clients merged"),
    FactKind(
        "contact.added",
        ("client", "contact"),
        {},
        {"name": "text", "phone": "text"},
        "加联系人",
        "Contact added",
    ),
    FactKind(
        "contact.changed",
        ("client", "contact"),
        {"fields": "list"},
        {"name": "text", "phone": "text"},
        "联系人更改",
        "Contact changed",
    ),
    FactKind("contact.left", ("client", "contact"), {}, {}, "联系人离开", "Contact left"),
    FactKind(
        "credit.set",
        ("client",),
        {"on_account": "yesno", "limit": "number", "was": "number", "days": "number", "reason": "text"},
        {},
        "挂账额度设定",
        "Credit set",
    ),
    FactKind(
        "credit.taken",
        ("client", "booking"),
        {"amount": "number", "used": "number"},
        {},
        "占用额度",
        "Credit taken",
    ),
    FactKind(
        "credit.given_back",
        ("client", "booking"),
        {"amount": "number", "used": "number"},
        {},
        "退回额度",
        "Credit given back",
    ),
    FactKind(
        "account.overdue",
        ("client",),
        {"since": "date", "amount": "number"},
        {},
        "挂账逾期",
        "Account overdue",
    ),
    FactKind("account.chased", ("client",), {"how": "text", "promise_on": "date"}, {}, "已催收", "Chased"),
    FactKind("account.cleared", ("client",), {}, {}, "欠款已清", "Account cleared"),
]
