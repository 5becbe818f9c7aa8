"""What happens to the standard itself: drafts, editions, and who has read what."""

from guiju.rulebook.vocabulary import FactKind, Verb

READING = {"reader": "text", "department": "text", "unread": "number", "edition": "number"}

KINDS = [
    FactKind("draft.begun", ("draft",), {"title": "text", "number": "number", "via": "text"}, {}, "起草新版", "Draft begun"),
    FactKind("draft.changed", ("draft",), {"clause": "text", "fields": "list"}, {}, "改了草案", "Draft changed"),
    FactKind("draft.taken_in", ("draft",), {"number": "number", "clauses": "list"}, {}, "并入后来的版次", "Newer edition taken in"),
    FactKind("draft.proposed", ("draft",), {"effective_at": "moment", "digest": "text"}, {}, "提请批准", "Proposed"),
    FactKind("draft.taken_back", ("draft",), {}, {}, "收回提案", "Proposal taken back"),
    FactKind("draft.returned", ("draft",), {"reason": "text"}, {}, "退回草案", "Draft returned"),
    FactKind("draft.approved", ("draft",), {"number": "number", "effective_at": "moment"}, {}, "批准新版", "Edition approved"),
    FactKind("draft.dropped", ("draft",), {}, {}, "弃用草案", "Draft dropped"),
    FactKind("standard.to_read", ("reading",), READING, {}, "条款待阅", "Clauses to read"),
    FactKind("standard.acknowledged", ("reading",), {"clauses": "list", "edition": "number"}, {}, "已阅条款", "Clauses acknowledged", attested=True),
    FactKind("standard.read_through", ("reading",), {"edition": "number"}, {}, "本岗位条款已阅", "All clauses of the post read", attested=True),
    FactKind("reading.ended", ("reading",), {}, {}, "不再要求阅读", "Reading no longer asked"),
]
VERBS = [
    Verb("edition.propose", ("cases_hold", "effective_ahead"), {"changed": "number"}, "提请批准新版标准", "Propose an edition"),
    Verb(
        "edition.approve", ("another_person", "cases_hold", "effective_ahead"), {"changed": "number"}, "批准新版标准", "Approve an edition"
    ),
]
FIGURES = ("on_time", "satisfaction", "shipment_correct")  # figures that clauses may set a threshold for
RECORDS = ("booking", "service_line", "roster_day", "edition", "client", "damage", "service_slip")
# Pages that carry a duty of a post: name -> (address, Chinese, English).
PAGES = {
    "enquiries": ("enquiries:queue", "询订受理", "Enquiries"),
    "bookings": ("bookings:list", "订单", "Bookings"),
    "papers": ("papers:register", "单据登记", "Register of papers"),
    "inbox": ("papers:inbox", "待签收", "To sign for"),
    "clients": ("clients:list", "客户档案", "Client files"),
    "agreements": ("rates:agreements", "协议", "Agreements"),
    "rates": ("rates:rack", "价格", "Rates"),
    "seasons": ("rates:seasons", "季节", "Seasons"),
    "deviations": ("rates:deviations", "低于协议价的订单", "Bookings below the agreed rate"),
    "longstay": ("longstay:list", "长住客", "Long-stay guests"),
    "rooms": ("rooms:matrix", "房态", "Rooms"),
    "functions": ("function_space:diary", "宴会日志", "Function diary"),
    "compliance": ("compliance:page", "执行情况", "Compliance"),
    "series": ("bookings:all_series", "系列团", "Series of groups"),
    "roster": ("house:roster", "值班表", "Duty roster"),
    "arrivals": ("bookings:arrivals", "今日到店", "Arrivals"),
    "arrange": ("bookings:to_arrange", "代办事项", "To arrange"),
    "events": ("events:list", "宴会会议活动", "Events"),
    "today": ("duties:today", "今日", "Today"),
    "vips": ("vip:list", "贵宾接待", "VIPs"),
    "checklists": ("checklists:mine", "清单", "Checklists"),
    "artwork": ("artwork:list", "美工单", "Art orders"),
    "standard": ("editions:reading", "我的条款", "My standard"),
    "visits": ("visitors:list", "来访接待", "Visitors"),
    "approvals": ("approvals:list", "审批", "Approvals"),
}
