"""What the bookings room puts in the logbook, and what a clause may say about it."""

from guiju.rulebook.vocabulary import FactKind, Verb

# What every fact about a booking repeats, so that a rule needs no look-up elsewhere.
STAY = {
    "kind": "text",  # fit_cash | on_account | group
    "agreement": "yesno",  # an agreement of the client was in force
    "important": "yesno",
    "agents": "yesno",  # the agents travel themselves
    "meals": "yesno",
    "collection": "yesno",  # collection on behalf
    "guaranteed": "yesno",
    "rooms": "number",
    "persons": "number",
    "arrival_on": "date",
    "arrival_at": "moment",
    "departure_on": "date",
    "departure_at": "moment",
    "hold_until": "moment",
    "liaison": "text",  # person id
    "written": "yesno",  # the client's written request is attached
    "lead_days": "number",  # of a confirmed group: days from the confirmation to arrival
    "rooming_list_on": "date",  # its names are due
    "cut_off_on": "date",  # from the day after unnamed rooms are no longer cut free of charge
}

KINDS = [
    FactKind("booking.drafted", ("booking", "enquiry", "client"), STAY, {}, "已起单", "Booking drafted"),
    FactKind("booking.held", ("booking", "enquiry"), STAY, {}, "已留房", "Rooms held"),
    FactKind("booking.confirmed", ("booking", "enquiry", "client"), STAY, {}, "已确认", "Confirmed"),
    FactKind("booking.changed", ("booking",), {**STAY, "fields": "list"}, {}, "已更改", "Changed"),
    FactKind("booking.cancelled", ("booking",), {"kind": "text", "reason": "text", "in_time": "yesno"}, {}, "已取消", "Cancelled"),
    FactKind("booking.guaranteed", ("booking",), {"how": "text"}, {}, "已担保", "Guaranteed"),
    FactKind("booking.written_basis", ("booking", "enquiry"), {}, {}, "书面已到", "Written basis attached"),
    FactKind("booking.priced", ("booking",), {"total": "number", "free_beds": "number"}, {}, "已核价", "Priced"),
    FactKind("booking.marked_important", ("booking",), {**STAY, "reason": "text"}, {}, "标为重要", "Marked important"),
    FactKind("booking.rate_deviated", ("booking",), {"below": "number", "approved": "yesno"}, {}, "价格偏离", "Rate deviated"),
    FactKind("hold.extended", ("booking",), {"hold_until": "moment"}, {}, "续留", "Hold extended"),
    FactKind("hold.lapsed", ("booking",), {"rooms": "number", "late": "yesno"}, {}, "留房过时", "Hold lapsed"),
    FactKind("booking.arrived", ("booking",), {"rooms": "number"}, {}, "已到店", "Arrived"),
    FactKind("booking.no_show", ("booking",), {"rooms": "number"}, {}, "未到", "No-show"),
    FactKind("booking.departed", ("booking",), {}, {}, "已离店", "Departed"),
    FactKind("liaison.named", ("booking",), {"liaison": "text", "important": "yesno"}, {}, "已定联系人", "Liaison named"),
    FactKind("liaison.on_time_known", ("booking",), {"on_time": "yesno"}, {}, "已查明到达", "Arrival known", attested=True),
    FactKind("liaison.check_in_assisted", ("booking",), {}, {}, "已协助入住", "Check-in assisted", attested=True),
    FactKind("liaison.leader_contacted", ("booking",), {}, {}, "已联系领队", "Leader contacted", attested=True),
    FactKind("liaison.seen_off", ("booking",), {"opinions": "yesno"}, {}, "已欢送并征询意见", "Seen off, opinions asked", attested=True),
    FactKind("check.rooms_matched", ("booking",), {"different": "yesno"}, {}, "已与总台核对", "Checked with the front desk", attested=True),
    FactKind("check.meals_matched", ("booking",), {"different": "yesno"}, {}, "已与餐饮核对", "Checked with F&B", attested=True),
    FactKind("check.difference_found", ("difference", "booking"), {"about": "text"}, {}, "核对有出入", "Difference found"),
    FactKind("check.difference_resolved", ("difference", "booking"), {"about": "text"}, {}, "出入已解决", "Difference resolved", attested=True),
    FactKind("check.difference_dropped", ("difference", "booking"), {"about": "text"}, {}, "出入不再要紧", "Difference no longer matters"),
    FactKind("service_line.ordered", ("service_line", "booking"), {"service": "text", "department": "text", "needed_at": "moment"}, {}, "服务项目已下", "Service ordered"),
    FactKind("service_line.confirmed", ("service_line", "booking"), {"department": "text"}, {}, "服务项目已落实", "Service confirmed", attested=True),
    FactKind("service_line.dropped", ("service_line", "booking"), {}, {}, "服务项目取消", "Service dropped"),
    FactKind("group.pre_arrival_checked", ("booking",), {"items": "number"}, {}, "抵前已查", "Pre-arrival check done", attested=True),
    FactKind("group.met", ("booking",), {"meal_time_fixed": "yesno"}, {}, "已迎接", "Group met", attested=True),
    FactKind("group.luggage_up", ("booking",), {"leader_room": "text"}, {}, "行李已送，领队房号已记", "Luggage up, leader's room noted", attested=True),
    FactKind("group.reconfirmed", ("booking",), {"outcome": "text"}, {}, "已再确认", "Reconfirmed", attested=True),
    FactKind("rooming_list.complete", ("booking",), {"names": "number", "persons": "number"}, {}, "名单齐了", "Rooming list complete"),
    FactKind("rooming_list.short", ("booking",), {"names": "number", "persons": "number"}, {}, "名单不齐", "Rooming list short of names"),
    FactKind("rooming_list.chased", ("booking",), {"overdue": "yesno", "how": "text"}, {}, "已催名单", "Rooming list chased"),
    FactKind("cut_off.decided", ("booking",), {"released": "number"}, {}, "截房日已定", "Decided at the cut-off"),
    FactKind("group.rooms_added", ("booking",), {"rooms": "number", "at_rack": "yesno"}, {}, "到店加房", "Rooms added on arrival"),
    FactKind("group.luggage_down", ("booking",), {"pieces": "number", "different": "yesno"}, {}, "行李已下", "Luggage down"),
    FactKind("group.bill_agreed", ("booking",), {}, {}, "账单已核对", "Bill gone through"),
    FactKind("group.opinion", ("booking", "client"), {"lowest": "number"}, {}, "团队意见", "Opinion of a group"),
    FactKind("group.settled", ("booking", "client"), {"rooms": "number", "used": "number", "charge": "number"}, {}, "团队已结算", "Group settled"),
]
VERBS = [
    Verb(
        "booking.confirm",
        ("manager_decision", "written_basis", "hold_until", "rate_by_agreement_or_approved", "rooms_held", "credit_open"),
        STAY,
        "确认预订",
        "Confirm the booking",
    ),
    Verb("booking.hold", ("hold_until",), STAY, "留房", "Hold rooms"),
    Verb("group_schedule.issue", ("liaison_named", "receivers_named"), STAY, "发团体食宿安排表", "Issue the group schedule"),
    Verb("reservation_form.issue", ("receivers_named",), STAY, "发预订单", "Issue the reservation form"),
    Verb("confirmation_letter.issue", ("rooms_held",), STAY, "发确认书", "Issue the confirmation letter"),
]
EFFECTS = ["hold.lapse"]
