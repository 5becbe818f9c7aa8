"""Every page that takes a POST, and the operations with which a program does the same; or why a program may not."""

from __future__ import annotations

SIGN_IN = "a browser's door: a program comes in by its token"
SECRET = "a person's own secret is set by the person, in a browser, never by a program"
COOKIE = "kept in this browser's cookie only"
VIP_STEPS = ("ask", "go-ahead", "ask-afterwards", "distribute", "acknowledge", "arrived", "departed", "keep", "cancel")

PAGES: dict[str, tuple[str, ...] | str] = {
    # coming in
    "house:sign_in": SIGN_IN, "house:second_step": SIGN_IN, "house:demo_sign_in": SIGN_IN, "house:sign_out": SIGN_IN,
    "house:reset": SIGN_IN, "house:reset_link": SIGN_IN, "house:tablet_sign_in": SIGN_IN,
    "house:password": SECRET, "house:totp": SECRET, "house:pin": SECRET,
    "house:hotels": "a token belongs to one hotel",
    "desk:home": "only leads on", "desk:healthz": "only reads", "desk:readyz": "only reads", "papers:latest": "only reads",
    "desk:theme": ("PATCH /me",), "desk:language": ("PATCH /me",),
    # my own
    "desk:profile": ("PATCH /me",),
    "house:sessions": ("POST /me/sessions/{pk}/end", "POST /me/sessions/end"),
    "house:delegate": ("POST /me/delegates", "POST /me/delegates/{pk}/end"),
    "notices:bell": ("POST /bell/seen",),
    "feeds:mine": ("POST /me/calendar", "PATCH /me/calendar", "POST /me/calendar/end"),
    "feeds:calendar": "only reads", "papers:phone": "a browser's door to one copy: a program signs by its token",
    # the house
    "house:people": ("POST /house/people",),
    "house:people_import": ("POST /house/people/import",),
    "house:person": (
        "PATCH /house/people/{pk}", "POST /house/people/{pk}/appoint", "POST /house/people/{pk}/relieve",
        "POST /house/people/{pk}/reset-password", "POST /house/people/{pk}/remove-second-step",
        "POST /house/people/{pk}/end-sessions", "POST /house/people/{pk}/disable",
    ),
    "house:tokens": ("POST /house/tokens", "POST /house/tokens/{pk}/revoke"),
    "house:receivers": ("POST /house/receivers", "POST /house/receivers/{pk}/remove"),
    "house:roster": ("POST /house/roster", "POST /house/roster/clear", "POST /house/roster/import"),
    "house:calendar": ("PUT /house/calendar", "POST /house/calendar/take"),
    "house:hours": ("PUT /house/departments/{key}/hours",),
    "house:settings": ("POST /house/settings",),
    "house:tablets": ("POST /house/tablets", "POST /house/tablets/{pk}/revoke"),
    "notices:robots": ("POST /house/robots/{pk}/try", "POST /house/robots/{pk}/end"),
    "notices:robot_new": ("POST /house/robots",), "notices:robot": ("PATCH /house/robots/{pk}",),
    "feeds:end_of": ("POST /house/people/{pk}/end-calendar",),
    "house:wizard": ("PATCH /house/hotel", "POST /house/calendar/take", "POST /house/hotel/finish-setup"),
    # clients
    "clients:new": ("POST /clients",),
    "clients:table": ("POST /clients/import",),
    "clients:edit": ("PATCH /clients/{pk}",),
    "clients:merge": ("POST /clients/{pk}/merge",),
    "clients:contact": ("POST /clients/{pk}/contacts",),
    "clients:contact_edit": ("PATCH /clients/contacts/{pk}", "POST /clients/contacts/{pk}/left"),
    "clients:credit": ("POST /clients/{pk}/credit",),
    "clients:decide_credit": ("POST /clients/credit/{pk}/decide",),
    "clients:overdue": ("POST /clients/{pk}/overdue", "POST /clients/{pk}/overdue/clear"),
    "clients:chase": ("POST /clients/{pk}/chase",),
    # rates
    "rates:table": ("POST /agreements/import",),
    "rates:agreement_new": ("POST /agreements",),
    "rates:agreement_edit": ("PATCH /agreements/{pk}",),
    "rates:agreement_rates": ("PUT /agreements/{pk}/rates",),
    "rates:agreement_renew": ("POST /agreements/{pk}/renew",),
    "rates:agreement_end": ("POST /agreements/{pk}/end",),
    "rates:agreement_meal": ("POST /agreements/{pk}/meals", "DELETE /rates/meals/{pk}"),
    "rates:seasons": (
        "POST /rates/seasons", "PUT /rates/seasons/{pk}", "DELETE /rates/seasons/{pk}", "POST /rates/void-days",
        "DELETE /rates/void-days/{pk}",
    ),
    "rates:rack": ("POST /rates/rack", "DELETE /rates/rack/{pk}", "POST /rates/meals", "DELETE /rates/meals/{pk}"),
    "rates:decide": ("POST /rates/deviations/{pk}/decide",),
    "rates:ladder": ("POST /rates/ladder",),
    # booking history
    "history:files": ("POST /history/batches",),
    "history:columns": ("PUT /history/batches/{pk}/columns",),
    "history:row": (
        "POST /history/batches/{pk}/correct", "POST /history/batches/{pk}/set-aside", "POST /history/batches/{pk}/take-back",
    ),
    "history:aside": ("POST /history/batches/{pk}/set-aside", "POST /history/batches/{pk}/take-back"),
    "history:apply": ("POST /history/batches/{pk}/apply",),
    "history:undo": ("POST /history/batches/{pk}/undo",),
    "history:drop": ("POST /history/batches/{pk}/drop",),
    # rooms
    "rooms:limits": ("POST /rooms/limits",),
    "rooms:elsewhere": ("POST /rooms/elsewhere",),
    "rooms:elsewhere_table": ("POST /rooms/elsewhere/import",),
    "rooms:waiting": ("POST /rooms/waiting", "POST /rooms/waiting/{pk}/close"),
    "rooms:type_new": ("POST /rooms/types",),
    "rooms:type": ("PATCH /rooms/types/{pk}", "POST /rooms/types/{pk}/close", "POST /rooms/types/{pk}/reopen"),
    "rooms:types_table": ("POST /rooms/types/import",),
    # function space
    "function_space:new": ("POST /functions", "POST /functions/waiting"),
    "function_space:repair": ("POST /functions/repairs",),
    "function_space:function": (
        "POST /functions/{pk}/confirm", "POST /functions/{pk}/extend", "POST /functions/{pk}/move", "PATCH /functions/{pk}",
        "POST /functions/{pk}/release", "POST /functions/{pk}/back",
    ),
    "function_space:waiting": ("POST /functions/waiting", "POST /functions/waiting/{pk}/take", "POST /functions/waiting/{pk}/close"),
    "function_space:hall_new": ("POST /functions/halls",),
    "function_space:hall": ("PATCH /functions/halls/{pk}", "POST /functions/halls/{pk}/close", "POST /functions/halls/{pk}/reopen"),
    "function_space:halls_table": ("POST /functions/halls/import",),
    # papers and duties
    "papers:sign": ("POST /papers/copies/{pk}/sign",),
    "papers:undo": ("POST /papers/copies/{pk}/undo",),
    "papers:question": ("POST /papers/copies/{pk}/question",),
    "papers:remind": ("POST /papers/copies/{pk}/remind",),
    "papers:answer": ("POST /papers/copies/{pk}/answer",),
    "papers:deliver": ("POST /papers/copies/{pk}/deliver",),
    "papers:backfill": ("POST /papers/copies/{pk}/on-paper",),
    "duties:waive": ("POST /duties/{pk}/waive",),
    "duties:reassign": ("POST /duties/{pk}/reassign",),
    "duties:waive_gate": ("POST /gates/waive",),
    # approvals
    "approvals:decide": ("POST /approvals/{pk}/decide",),
    "approvals:withdraw": ("POST /approvals/{pk}/withdraw",),
    # visitors
    "visitors:new": ("POST /visits",),
    "visitors:change": ("PATCH /visits/{pk}", "POST /visits/{pk}/ask-change", "POST /visits/{pk}/emergency"),
    "visitors:do": tuple(f"POST /visits/{{pk}}/{step}" for step in ("submit", "confirm", "acknowledge", "receive", "report", "call-off")),
    "visitors:attach": ("POST /visits/{pk}/papers",),
    "visitors:detach": ("POST /visits/papers/{pk}/detach",),
    "visitors:ask_again": ("POST /visits/changes/{pk}/ask",),
    "visitors:save_view": ("POST /visits/views",),
    "visitors:drop_view": ("POST /visits/views/{pk}/drop",),
    # VIPs
    "vip:new": ("POST /vips", "POST /vips/guests"), "vip:change": ("PATCH /vips/{pk}",),
    "vip:do": tuple(f"POST /vips/{{pk}}/{step}" for step in VIP_STEPS),
    "vip:guest": ("PATCH /vips/guests/{pk}",), "vip:note": ("PUT /vips/guests/{pk}/note",),
    # checklists
    "checklists:item": ("POST /checklists/items/{pk}/tick",),
    "checklists:undo": ("POST /checklists/ticks/{pk}/undo",),
    # long-stay guests
    "longstay:new": ("POST /longstay",),
    "longstay:edit": ("PATCH /longstay/{pk}",),
    "longstay:room_new": ("POST /longstay/rooms",),
    "longstay:room": ("PUT /longstay/rooms/{pk}", "POST /longstay/rooms/{pk}/close", "POST /longstay/rooms/{pk}/reopen"),
    "longstay:recommend": ("POST /longstay/recommend/{pk}", "POST /longstay/recommend/{pk}/letter"),
    "longstay:do": (
        *(
            f"POST /longstay/{{pk}}/{step}" for step in (
                "agree-rent", "credit", "terms", "ask", "take-back", "drop", "card", "payments", "charges", "late", "talks", "ask-finance",
                "renewal-talk", "renew", "leave", "orders", "birthday",
            )
        ),
        "POST /longstay/cases/{pk}/take", "POST /longstay/cases/{pk}/outcome",
    ),
    "longstay:drop_charge": ("POST /longstay/charges/{pk}/drop",),
    "longstay:order": ("POST /longstay/orders/{pk}/done", "POST /longstay/orders/{pk}/drop"),
    "longstay:lists": ("POST /longstay/lists",),
    "longstay:watch_new": ("POST /longstay/{pk}/notes",),
    "longstay:watch": tuple(f"POST /longstay/notes/{{pk}}/{step}" for step in ("told", "seen", "close")),
    # the standard itself
    "editions:begin": ("POST /standard/drafts",),
    "editions:import": ("POST /standard/drafts/import", "POST /standard/check"),
    "editions:propose": ("POST /standard/drafts/{pk}/propose",),
    "editions:take_back": ("POST /standard/drafts/{pk}/take-back",),
    "editions:decide": ("POST /standard/drafts/{pk}/decide",),
    "editions:drop": ("POST /standard/drafts/{pk}/drop",),
    "editions:newer": ("POST /standard/drafts/{pk}/newer",),
    "editions:add_clause": ("POST /standard/drafts/{pk}/clauses",),
    "editions:clause": ("PATCH /standard/drafts/{pk}/clauses/{clause}",),
    "editions:clause_text": ("PUT /standard/drafts/{pk}/clauses/{clause}",),
    "editions:restore_clause": ("POST /standard/drafts/{pk}/clauses/{clause}/restore",),
    "editions:remove_clause": ("POST /standard/drafts/{pk}/clauses/{clause}/remove",),
    "editions:case": ("PATCH /standard/drafts/{pk}/clauses/{clause}/cases/{number}",),
    "editions:expect": ("POST /standard/drafts/{pk}/clauses/{clause}/cases/{number}/expect",),
    "editions:copy_case": ("POST /standard/drafts/{pk}/clauses/{clause}/cases/{number}/copy",),
    "editions:remove_case": ("POST /standard/drafts/{pk}/clauses/{clause}/cases/{number}/remove",),
    "editions:reading": ("POST /standard/mine/acknowledge",),
    # replays of past bookings
    "replay:list": ("POST /replays",),
    "replay:stop": ("POST /replays/{pk}/stop",),
    # enquiries
    "enquiries:take": ("POST /enquiries/{pk}/take",),
    "enquiries:hand_over": ("POST /enquiries/{pk}/hand-over",),
    "enquiries:check": ("POST /enquiries/{pk}/fields",),
    "enquiries:client": ("POST /enquiries/{pk}/client",),
    "enquiries:wait": ("POST /enquiries/{pk}/wait",),
    "enquiries:withdraw": ("POST /enquiries/{pk}/withdraw",),
    "enquiries:merge": ("POST /enquiries/{pk}/merge",),
    "enquiries:relate": ("POST /enquiries/{pk}/relate",),
    "enquiries:decide": ("POST /enquiries/{pk}/decide",),
    "enquiries:book": ("POST /enquiries/{pk}/book",),
    "enquiries:reply": ("POST /enquiries/{pk}/reply",),
    "enquiries:receipt": ("POST /enquiries/replies/{pk}/receipt",),
    "enquiries:take_back": ("POST /enquiries/replies/{pk}/take-back",),
    "enquiries:bounced": ("POST /enquiries/replies/{pk}/bounced",),
    "enquiries:seen": ("POST /enquiries/heard/{pk}/seen",),
    "enquiries:split": ("POST /enquiries/heard/{pk}/split",),
    "mailroom:new": ("POST /mailboxes",),
    "mailroom:mailbox": ("PATCH /mailboxes/{pk}", "POST /mailboxes/{pk}/switch", "POST /mailboxes/{pk}/close"),
    "mailroom:try": ("POST /mailboxes/{pk}/try", "POST /mailboxes/{pk}/look"),
    "enquiries:intake": ("POST /enquiries/messages",),
    "enquiries:phone": ("POST /enquiries/calls",),
    # art orders
    "artwork:new": ("POST /art",),
    "artwork:change": ("PATCH /art/{pk}",),
    "artwork:do": tuple(
        f"POST /art/{{pk}}/{step}" for step in (
            "take", "proof", "approve", "return", "finish", "check", "deliver", "photo", "sign", "refuse", "down", "cancel",
        )
    ),
    # bookings
    "bookings:new": ("POST /bookings",),
    "bookings:new_series": ("POST /bookings/series",),
    "bookings:save_view": ("POST /bookings/views",),
    "bookings:drop_view": ("POST /bookings/views/{pk}/drop",),
    "bookings:change": ("PATCH /bookings/{pk}",),
    "bookings:cancel": ("POST /bookings/{pk}/cancel",),
    "bookings:rooming": ("PATCH /bookings/{pk}",),
    "bookings:do": tuple(
        f"POST /bookings/{{pk}}/{step}" for step in (
            "hold", "extend", "guarantee", "written", "confirm", "issue", "letter", "liaison", "important", "arrived", "no-show",
            "departed", "decide", "rate", "check", "liaise", "services", "ordinary", "price", "reconfirm", "chase-names", "cut-off",
            "add-rooms", "luggage-down", "bill", "settle",
        )
    ),
    "bookings:service": ("POST /bookings/services/{pk}/confirm", "POST /bookings/services/{pk}/drop"),
    "bookings:arrivals_file": ("POST /bookings/arrivals", "POST /bookings/arrivals/check"),
    "bookings:notice": ("POST /bookings/changes/{pk}/notice",),
    "bookings:resolve": ("POST /bookings/differences/{pk}/resolve",),
    # events
    "events:new": ("POST /events",), "events:change": ("PATCH /events/{pk}",), "events:cancel": ("POST /events/{pk}/cancel",),
    "events:function_new": ("POST /events/{pk}/functions",), "events:function": ("PATCH /events/functions/{pk}", "POST /events/functions/{pk}/drop"),
    "events:line_new": ("POST /events/{pk}/lines",), "events:line": ("PATCH /events/lines/{pk}", "POST /events/lines/{pk}/drop"),
    "events:menu_new": ("POST /events/menus",), "events:menu": ("PATCH /events/menus/{pk}", "POST /events/menus/{pk}/close"),
    "events:do": (
        *(
            f"POST /events/{{pk}}/{step}" for step in (
                "quote", "confirm", "lose", "guarantee", "ask-gm", "issue", "deposits", "took-place", "enclose", "file", "archive", "again",
                "asked-again",
            )
        ),
        "POST /events/functions/{pk}/hall", "POST /events/functions/{pk}/release", "POST /events/deposits/{pk}/received", "POST /events/deposits/{pk}/drop",
    ),
}
