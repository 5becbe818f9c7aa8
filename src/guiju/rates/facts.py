"""What the rates room puts in the logbook."""

from guiju.rulebook.vocabulary import FactKind

KINDS = [
    FactKind("agreement.in_force", ("agreement", "client"), {"from_on": "date", "until_on": "date", "number": "text"}, {}, "协议生效", "Agreement in force"),
    FactKind("agreement.changed", ("agreement", "client"), {"fields": "list"}, {}, "协议更改", "Agreement changed"),
    FactKind("agreement.ended", ("agreement", "client"), {}, {}, "协议终止", "Agreement ended"),
    FactKind("season.set", ("season",), {"from_on": "date", "until_on": "date"}, {}, "季节设定", "Season set"),
    FactKind("rate.asked", ("deviation", "booking"), {"below": "number", "approver": "text"}, {}, "价格请示", "Rate deviation asked"),
    FactKind("rate.decided", ("deviation", "booking"), {"approved": "yesno"}, {}, "价格批复", "Rate deviation decided"),
]
