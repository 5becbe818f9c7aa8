"""Who may do what: the one place where permissions are given to posts.

A permission is "<room>.<verb>"; a post that is not named does not have it. Everything a page, an API
operation or a verb asks for must stand here (tests/architecture checks that).
"""

from __future__ import annotations

from guiju.house.facts import POSTS

SELLERS = (
    "sales_manager",
    "business_sales_manager",
    "business_sales_supervisor",
    "group_sales_manager",
    "group_sales_supervisor",
    "sales_clerk",
    "pr_manager",
    "pr_officer",
)
SALES_MANAGERS = ("sales_manager", "business_sales_manager", "group_sales_manager")
HEADS = (*(post for post in POSTS if post.endswith("_head")), "sales_manager", "pr_manager", "gm", "duty_manager")
DESK = ("front_desk", "front_desk_head")
RECEPTION = ("pr_manager", "pr_officer", "sales_manager", "sales_clerk")  # who receives visitors
EVERYONE = tuple(POSTS)
STAFF = tuple(post for post in POSTS if post != "administrator")

RIGHTS: dict[str, tuple[str, ...]] = {
    # every signed-in person
    "desk.today": EVERYONE,
    "desk.search": EVERYONE,
    "desk.profile": EVERYONE,
    "desk.help": EVERYONE,
    "notices.view": EVERYONE,
    "house.sessions": EVERYONE,
    "house.password": EVERYONE,
    "standard.view": EVERYONE,
    "standard.adopt": ("gm",),
    "standard.acknowledge": EVERYONE,  # for oneself
    "standard.readers": (*HEADS, *SALES_MANAGERS),
    "standard.drafts": ("sales_manager", "gm"),
    "standard.edit": ("sales_manager",),
    "standard.approve": ("gm",),
    "duties.view": STAFF,
    # duties
    "duties.waive": (
        "sales_manager",
        "gm",
        "duty_manager",
        "group_sales_manager",
        "business_sales_manager",
        "front_desk_head",
        "fnb_head",
        "finance_head",
        "pr_manager",
    ),
    "duties.reassign": (
        *SALES_MANAGERS,
        "business_sales_supervisor",
        "group_sales_supervisor",
        "gm",
        "duty_manager",
        *(p for p in POSTS if p.endswith("_head")),
    ),
    "compliance.view": STAFF,
    "compliance.all": ("gm", "sales_manager", "duty_manager"),
    # clients and rates
    "clients.view": (*SELLERS, "gm", "duty_manager", "finance", "finance_head", "administrator"),
    "clients.edit": SELLERS,
    "clients.use_credit": (*SELLERS, *DESK),  # within the steps of a booking
    "clients.ask_credit": (*SELLERS, "finance", "finance_head"),
    "clients.credit": ("sales_manager", "finance_head", "gm"),
    "clients.overdue": ("finance", "finance_head"),
    "clients.chase": (*SELLERS, "finance", "finance_head"),
    "rates.view": (*SELLERS, "gm", "duty_manager", "finance_head", "front_desk_head"),
    "rates.edit": ("sales_manager", "business_sales_manager", "group_sales_manager"),
    "rates.deviate": SELLERS,
    "rates.decide": ("gm", *SALES_MANAGERS, "duty_manager"),
    # rooms
    "rooms.view": (*SELLERS, *DESK, "gm", "duty_manager", "front_cashier", "front_cashier_head", "housekeeping_head", "administrator"),
    "rooms.sell_limit": ("sales_manager", "front_desk_head", "gm"),
    "rooms.oversell": ("gm", "sales_manager"),
    "rooms.elsewhere": (*DESK, "sales_manager"),
    "rooms.setup": ("sales_manager", "administrator", "front_desk_head"),
    # function space
    "function_space.view": STAFF,
    "function_space.hold": (*SELLERS, "fnb", "fnb_head"),
    "function_space.maintain": (*SALES_MANAGERS, "fnb_head", "housekeeping_head", "duty_manager"),
    "function_space.setup": ("sales_manager", "fnb_head", "administrator"),
    "function_space.lapse": (),
    # enquiries and bookings
    "enquiries.view": (*SELLERS, "gm", "duty_manager"),
    "enquiries.intake": (*SELLERS, *DESK),
    "enquiries.handle": SELLERS,
    "enquiries.reply": SELLERS,
    "enquiries.decide": (*SALES_MANAGERS, "gm"),
    "bookings.view": (*SELLERS, *DESK, "gm", "duty_manager", "front_cashier", "front_cashier_head", "finance", "finance_head"),
    "bookings.edit": SELLERS,
    "bookings.confirm": SELLERS,
    "bookings.cancel": SELLERS,
    "bookings.hold": SELLERS,
    "bookings.liaise": SELLERS,
    "bookings.check": (*SELLERS, *DESK, "fnb", "fnb_head"),
    "bookings.arrivals": (*DESK, "sales_manager", "duty_manager"),
    "bookings.lapse": (),
    "bookings.service": (*SELLERS, *DESK, "fnb", "fnb_head", "bell_desk", "bell_desk_head", "housekeeping", "housekeeping_head"),
    # booking history
    "history.view": (*SALES_MANAGERS, "gm", "finance", "finance_head", "administrator"),
    "history.replay": ("sales_manager", "gm"),
    "history.import": ("sales_manager", "administrator"),
    # papers
    "papers.view": STAFF,
    "papers.issue": SELLERS,
    "papers.sign": STAFF,
    "papers.remind": SELLERS,
    "papers.backfill": (*SELLERS, *HEADS),
    # approvals
    "approvals.view": STAFF,
    "approvals.ask": STAFF,  # within the steps of what is to be approved
    "approvals.decide": STAFF,  # whose step it is, or who acts for him
    # checklists
    "checklists.view": STAFF,
    "checklists.tick": STAFF,
    # the day sheet: each line only for whoever may read it
    "briefing.view": STAFF,
    "bookings.expected": STAFF,  # which groups come, stay and leave; individuals only as a number
    "bookings.briefed": (*SELLERS, *DESK, "gm", "duty_manager", "fnb", "fnb_head"),  # meals of groups, open differences
    # art orders: every department orders, reads its proofs and signs; the art workers make
    "artwork.view": STAFF,
    "artwork.order": STAFF,
    "artwork.make": ("art_supervisor", "art_worker", "pr_manager"),
    "artwork.check": ("art_supervisor", "art_worker", "pr_manager"),  # not one's own work
    # visitors
    "visitors.view": STAFF,  # who takes part sees his own; all of them by visitors.all
    "visitors.all": tuple(dict.fromkeys((*SELLERS, *HEADS, "gm_office"))),
    "visitors.edit": (*RECEPTION, "gm"),
    "visitors.confirm": (*RECEPTION, "gm"),
    "visitors.take_part": STAFF,
    # VIPs
    "vip.view": STAFF,  # a department sees the plans that were sent to it, and of them its own lines
    "vip.whole": (*SELLERS, "gm", "gm_office", "duty_manager"),
    "vip.edit": SELLERS,
    "vip.receive": (*SELLERS, *DESK, "duty_manager"),
    "vip.acknowledge": ("duty_manager",),
    "vip.notes": ("sales_manager", "pr_manager", "gm", "duty_manager"),  # personal notes: these posts and nobody else
    # events
    "events.view": (
        *SELLERS, *DESK, "gm", "gm_office", "duty_manager", "fnb", "fnb_head", "finance", "finance_head", "front_cashier", "front_cashier_head",
        "housekeeping_head", "security_head", "bell_desk_head", "art_supervisor",
    ),
    "events.prices": (*SELLERS, "gm", "duty_manager", "fnb_head", "finance", "finance_head", "front_cashier", "front_cashier_head"),
    "events.part": STAFF,  # one's own department's part of the orders it holds
    "events.edit": SELLERS,
    "events.confirm": SELLERS,
    "events.cancel": SELLERS,
    "events.deposit": (*SELLERS, "finance", "finance_head", "front_cashier", "front_cashier_head"),
    "events.file": (*SELLERS, "fnb_head"),
    "events.archive": ("sales_clerk", "sales_manager"),
    "events.see_menus": (*SELLERS, "gm", "duty_manager", "fnb", "fnb_head"),
    "events.menus": (*SALES_MANAGERS, "business_sales_supervisor", "fnb_head"),
    # long-stay guests
    "longstay.view": (*SELLERS, *DESK, "gm", "duty_manager", "finance", "finance_head", "front_cashier", "front_cashier_head"),
    "longstay.edit": SELLERS,
    "longstay.setup": ("sales_manager", "business_sales_manager", "front_desk_head"),
    "longstay.credit": ("finance", "finance_head"),
    "longstay.rent": ("finance", "finance_head", "front_cashier", "front_cashier_head"),
    "longstay.late": (*SELLERS, "finance", "finance_head"),
    "longstay.take": ("finance", "finance_head"),
    "longstay.orders": (*SELLERS, "housekeeping", "housekeeping_head", "fnb", "fnb_head"),
    # only the posts that the clause longstay.suspicious names may know of a confidential note; nobody else can ever be named
    "longstay.watch": ("sales_manager", "gm", "duty_manager", "housekeeping", "housekeeping_head", "security", "security_head"),
    # the house
    "house.people": ("administrator", "sales_manager"),
    "house.roster": (
        *SALES_MANAGERS,
        "business_sales_supervisor",
        "group_sales_supervisor",
        "sales_clerk",
        *(p for p in POSTS if p.endswith("_head")),
        "administrator",
    ),
    "house.receivers": (*HEADS, "administrator"),
    "house.settings": ("administrator", "sales_manager", "gm"),
    "house.setup": ("administrator",),
    "house.tokens": EVERYONE,  # for oneself; the administrator sees and ends all
    "house.tablets": ("administrator", *(p for p in POSTS if p.endswith("_head"))),
    "notices.robots": ("administrator", "sales_manager", *(p for p in POSTS if p.endswith("_head")), "gm", "duty_manager"),
    "feeds.own": EVERYONE,
    "mailroom.view": (*SALES_MANAGERS, "business_sales_supervisor", "group_sales_supervisor", "sales_clerk", "gm", "administrator"),
    "mailroom.try": ("administrator", *SALES_MANAGERS, "sales_clerk"),
    "mailroom.setup": ("administrator",),
    "house.signin": (),
    # any list as a file, beside the right to its page: who answers for a department, and the desk, which feeds the PMS
    "house.export": ("administrator", "sales_clerk", *dict.fromkeys((*SALES_MANAGERS, *HEADS, *DESK))),
    "logbook.view": ("administrator", "gm", "sales_manager"),
}


def permissions_of(posts: frozenset[str] | set[str]) -> frozenset[str]:
    """What these posts together may do."""
    return frozenset(permission for permission, given in RIGHTS.items() if posts.intersection(given))


def posts_with(permission: str) -> tuple[str, ...]:
    """The posts that carry a permission: for "who may" in refusals."""
    return RIGHTS[permission]
