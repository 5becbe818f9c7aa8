"""What this room puts in the logbook, and what a clause may say about it."""

from guiju.rulebook.vocabulary import AttrType, FactKind, Verb

# What every fact about a contract repeats, so that a rule needs no look-up elsewhere. A name is never among them; the birthday is the
# day on which it comes round, without the year of birth.
STAY: dict[str, AttrType] = {
    "unit": "text",  # room | suite | apartment
    "from_on": "date",
    "until_on": "date",
    "rent": "number",
    "seller": "text",  # person id
    "birthday": "date",
    "in_force": "yesno",
    "lunar": "yesno",  # the birthday is kept by the lunar calendar
}
ORDER: dict[str, AttrType] = {"what": "text", "occasion": "text", "department": "text", "needed_at": "moment"}

KINDS = [
    FactKind("longstay_room.set", ("longstay_room",), {"number": "text", "unit": "text", "rent": "number"}, {}, "长住房设定", "Long-stay room set"),
    FactKind("longstay_room.closed", ("longstay_room",), {"number": "text"}, {}, "长住房停用", "Long-stay room closed"),
    FactKind("longstay.recommended", ("enquiry", "client"), {"rooms": "number"}, {}, "已荐房报价", "Rooms recommended, rent quoted"),
    FactKind("longstay.drafted", ("longstay", "enquiry", "client"), STAY, {"birth_date": "date"}, "长住合约起草", "Long-stay contract begun"),
    FactKind("longstay.changed", ("longstay",), {**STAY, "fields": "list"}, {"birth_date": "date"}, "长住资料更改", "Long-stay file changed"),
    FactKind("longstay.rent_agreed", ("longstay",), {"rent": "number"}, {}, "房租议定", "Rent agreed", attested=True),
    FactKind("longstay.credit_checked", ("longstay", "client"), {"standing": "text"}, {}, "信誉已查", "Credit checked", attested=True),
    FactKind("longstay.terms_acknowledged", ("longstay",), {}, {"by_whom": "text"}, "付款规定已说明", "Payment rules explained", attested=True),
    FactKind("longstay.signed", ("longstay", "client"), STAY, {}, "长住合约成立", "Long-stay contract in force"),
    FactKind("longstay.returned", ("longstay",), {"reason": "text"}, {}, "长住合约退回", "Long-stay contract returned"),
    FactKind("longstay.dropped", ("longstay",), {"reason": "text"}, {}, "长住合约作罢", "Long-stay contract dropped"),
    FactKind("longstay.notice_signed", ("longstay",), {"paper": "text", "department": "text"}, {}, "长住通知已签收", "Long-stay notice signed for"),
    FactKind("longstay.notice_unsigned", ("longstay",), {"paper": "text", "department": "text"}, {}, "长住通知签收撤回", "Signature on a notice withdrawn"),
    FactKind("longstay.card_printed", ("longstay",), {}, {}, "长住卡已建", "Long-stay card made"),
    FactKind("longstay.renewal_talked", ("longstay",), {"goes_on": "yesno"}, {}, "已谈续租", "Renewal talked over", attested=True),
    FactKind("longstay.renewal_asked", ("longstay",), {"until_on": "date", "rent": "number"}, {}, "续租报批", "Renewal put up for approval"),
    FactKind("longstay.renewed", ("longstay",), STAY, {}, "已续租", "Renewed"),
    FactKind("longstay.left", ("longstay", "client"), {"on": "date", "owed": "number"}, {}, "长住客退租", "Moved out"),
    FactKind("longstay.house_has", ("hotel",), {}, {}, "有长住客", "There are long-stay guests"),
    FactKind("longstay.house_empty", ("hotel",), {}, {}, "已无长住客", "No long-stay guests any more"),
    FactKind("longstay.listed", ("hotel", "monthly_list"), {"month": "text", "guests": "number"}, {}, "长住户名单已发", "Monthly list issued"),
    FactKind("longstay.list_signed", ("hotel", "monthly_list"), {"department": "text", "month": "text"}, {}, "长住户名单已签收", "Monthly list signed for"),
    FactKind("longstay.list_unsigned", ("hotel", "monthly_list"), {"department": "text", "month": "text"}, {}, "名单签收撤回", "Signature on the list withdrawn"),
    FactKind("guest_order.placed", ("guest_order", "longstay"), ORDER, {}, "花果单已下", "Flowers or fruit ordered"),
    FactKind("guest_order.done", ("guest_order", "longstay"), {"what": "text"}, {}, "花果已送", "Flowers or fruit in the room", attested=True),
    FactKind("guest_order.dropped", ("guest_order", "longstay"), {"what": "text"}, {}, "花果单取消", "Order dropped"),
    FactKind("rent.stands", ("longstay",), {"unpaid_since": "date", "unpaid": "number", "seller": "text"}, {}, "房租现状", "How the rent stands"),
    FactKind("rent.paid", ("longstay",), {"amount": "number", "on": "date"}, {}, "收到房租", "Rent received"),
    FactKind("rent.charged", ("longstay",), {"amount": "number", "on": "date"}, {}, "另计费用", "Charge entered"),
    FactKind("rent.late", ("longstay",), {"since": "date", "seller": "text"}, {}, "推迟付款", "Paying late"),
    FactKind("rent.settled", ("longstay",), {}, {}, "欠租已清", "Rent settled"),
    FactKind("rent.finance_spoken", ("longstay",), {}, {}, "已与财务联系", "Talked with finance", attested=True),
    FactKind("rent.finance_asked", ("longstay",), {"since": "date", "amount": "number"}, {}, "已请财务联系", "Finance asked to act"),
    FactKind("rent.finance_took", ("longstay",), {}, {}, "财务已签", "Finance has taken it"),
    FactKind("rent.outcome_noted", ("longstay",), {}, {}, "催租结果已记", "What came of it noted"),
    FactKind("watch.noted", ("watch",), {}, {"text": "text"}, "保密备注", "Confidential note"),
    FactKind("watch.opened", ("watch",), {}, {}, "查阅保密备注", "Confidential note opened"),
    FactKind("watch.told", ("watch",), {"department": "text"}, {}, "已知悉", "Told", attested=True),
    FactKind("watch.observed", ("watch",), {}, {"text": "text"}, "动态已记", "Movements noted", attested=True),
    FactKind("watch.closed", ("watch",), {}, {"reason": "text"}, "保密备注了结", "Confidential note closed"),
]
VERBS = [
    Verb(
        "longstay_contract.approve", ("credit_checked", "rent_agreed", "period", "room_number", "prepayment"), STAY,
        "批准长住合约", "Approve a long-stay contract",
    ),
    Verb("longstay_contract.renew", (), STAY, "批准续租", "Approve a renewal"),
]
PAPERS = (
    "longstay_contract", "longstay_notice", "longstay_billing", "longstay_reservation", "longstay_card", "longstay_list",
)
RECORDS = ("longstay", "longstay_card")
