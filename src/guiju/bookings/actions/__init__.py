"""What staff do with bookings: draft, hold, price, confirm, change, cancel, let lapse; arrivals; the liaison's steps; series."""

from guiju.bookings.actions.changing import change
from guiju.bookings.actions.closing import (
    cancel,
    extend_hold,
    guarantee,
    lapse_hold,
    mark_arrived,
    mark_departed,
    mark_no_show,
)
from guiju.bookings.actions.confirming import ask_rate, confirm, decide_group
from guiju.bookings.actions.drafting import (
    attach_written,
    draft_booking,
    mark_important,
    name_liaison,
    place_hold,
    price,
)
from guiju.bookings.actions.liaising import (
    Wish,
    assist_check_in,
    contact_leader,
    luggage_up,
    match_meals,
    match_rooms,
    meet_group,
    pre_arrival_check,
    record_on_time,
    resolve_difference,
    see_off,
)
from guiju.bookings.actions.reconfirming import chase_names, decide_cut_off, reconfirm
from guiju.bookings.actions.series_of_groups import create_series
from guiju.bookings.actions.serving import confirm_service, drop_service, order_service
from guiju.bookings.actions.settling import add_rooms, agree_bill, luggage_down, settle
from guiju.bookings.actions.views_of_lists import drop_view, save_view

__all__ = [
    "Wish", "add_rooms", "agree_bill", "ask_rate", "assist_check_in", "attach_written", "cancel", "change", "chase_names", "confirm",
    "confirm_service", "contact_leader", "create_series", "decide_cut_off", "decide_group", "draft_booking", "drop_service", "drop_view",
    "extend_hold", "guarantee", "lapse_hold", "luggage_down", "luggage_up", "mark_arrived", "mark_departed", "mark_important", "mark_no_show",
    "match_meals", "match_rooms", "meet_group", "name_liaison", "order_service", "place_hold", "pre_arrival_check", "price", "reconfirm",
    "record_on_time", "resolve_difference", "save_view", "see_off", "settle",
]
