"""A story that passes whatever the standard says proves nothing: each number, gate and copy is changed, and its story must fail."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from guiju.duties import editions
from guiju.rulebook.loading import readable
from guiju.shelf.words import vocabulary
from tests.stories import test_arrival_day as day
from tests.stories import test_artwork as art
from tests.stories import test_asking as asking
from tests.stories import test_clauses as clauses
from tests.stories import test_compliance as figures
from tests.stories import test_departments_told as told
from tests.stories import test_editions as standard_itself
from tests.stories import test_events as events
from tests.stories import test_function_space as space
from tests.stories import test_groups as groups
from tests.stories import test_longstay as longstay
from tests.stories import test_mail as mails
from tests.stories import test_main_job as job
from tests.stories import test_records as records
from tests.stories import test_vip as vips
from tests.stories import test_visitors as visitors
from tests.stories.conftest import Story

Tale = Callable[[Story], None]
QUARTER = ('within = "15m"', 'within = "31m"')
SIX = ('by = "18:00"', 'by = "19:00"')
NOBODY = ('kind = "fit_cash"', 'kind = "none"')
OFF = ("needs", 'where = { kind = "none" }\nneeds')
GONE = ("", "")  # the whole rule is taken out
UNASKED = ("needs", "where = { changed = { under = 0 } }\nneeds")

# clause, rule, what it says, what it says instead, the story that must notice
CHANGES: list[tuple[str, str, tuple[str, str], Tale]] = [
    ("booking.handle-at-once", "take", QUARTER, asking.test_a_request_is_in_hand_within_a_quarter_of_an_hour),
    ("booking.handle-at-once", "read", QUARTER, mails.test_what_the_client_writes_back_is_read_within_a_quarter_of_an_hour),
    ("booking.handle-at-once", "read", (", where = { left = 0 }", ""), mails.test_all_that_he_wrote_is_read),
    ("booking.reply-30", "reply", ('"30m"', '"31m"'), asking.test_an_agreement_client_has_the_answer_in_half_an_hour),
    ("booking.reply-30", "reply", ('pauses = { from = "client.asked_to_wait", to = "client.answered" }', ""), asking.test_the_clock_stands_while_the_client_thinks),
    ("booking.reply-30", "reply", (', days = "ordinary"', ""), asking.test_on_a_public_holiday_the_half_hour_does_not_run),
    ("booking.reply-30", "reply", (', undone_by = ["reply.bounced"]', ""), asking.test_an_answer_that_came_back_is_no_answer),
    ("booking.reply-30", "reply", ('"enquiry.withdrawn", ', ""), asking.test_a_withdrawn_request_is_owed_no_answer),
    ("booking.group-escalate", "decide", ('"2h"', '"5h"'), asking.test_the_manager_decides_within_two_hours),
    ("booking.form-on-account", "form", ('"2h"', '"5h"'), asking.test_the_reservation_form_follows_within_two_hours),
    ("booking.form-group", "form", ('"4h"', '"9h"'), asking.test_the_group_schedule_follows_within_four_hours),
    ("booking.hold-until", "on-confirm", NOBODY, asking.test_no_hold_no_confirmation_of_a_guest_without_agreement),
    ("booking.hold-until", "on-confirm", ('"sales_manager"', '"gm"'), asking.test_the_manager_may_let_a_hold_time_go),
    ("booking.hold-until", "lapse", ('then  = { at = "due", do = "hold.lapse" }', ""), job.test_a_guest_without_agreement_is_held_until_six),
    ("booking.rate-by-agreement", "looked-up", OFF, clauses.test_a_rate_below_the_agreement_waits_for_approval),
    ("booking.collect-debts", "chase", ("3 workdays", "4 workdays"), asking.test_a_debt_is_chased_within_three_working_days),
    ("booking.collect-debts", "credit", GONE, clauses.test_an_overdue_account_gets_no_further_credit),
    ("booking.no-oversell", "rooms", OFF, asking.test_rooms_are_held_before_they_are_sold),
    ("booking.written-basis", "written", ('any = ["on_account", "group"]', 'any = ["on_account"]'), asking.test_a_group_with_agreement_goes_ahead),
    ("booking.group-escalate", "manager", (", agreement = false", ""), asking.test_a_group_with_agreement_goes_ahead),
    ("booking.liaison-named", "liaison", OFF, clauses.test_a_schedule_needs_a_liaison_and_receivers),
    ("group.availability-first", "letter", OFF, clauses.test_availability_comes_before_the_confirmation),
    ("group.availability-first", "reply", GONE, asking.test_the_reply_waits_for_held_rooms),
    ("booking.by-1800", "deliver", SIX, told.test_a_copy_is_there_by_six),
    ("booking.by-1800", "sign", SIX, told.test_a_copy_is_signed_for_by_six),
    ("booking.by-1800", "sign", ("next-day 09:00", "next-day 10:00"), told.test_a_copy_of_the_evening_is_signed_for_by_nine),
    ("booking.by-1800", "sign", ('same_day_arrival = true }, within = "15m"', 'same_day_arrival = true }, within = "31m"'), told.test_a_guest_of_the_same_evening_is_told_at_once),
    ("booking.by-1800", "sign", (', never_after = "arrival_at"', ""), told.test_a_guest_of_this_afternoon_is_known_before_he_comes),
    ("booking.by-1800", "sign", ('grace   = { after = "copy.delivered", within = "15m", charge = "issuer" }', ""), told.test_a_copy_carried_late_leaves_its_receiver_a_quarter_of_an_hour),
    ("booking.by-1800", "sign", ('"75%"', '"76%"'), told.test_who_hears_that_nobody_has_signed),
    ("booking.by-1800", "sign", ('"department_head", "sales_manager"]', '"department_head", "gm"]'), told.test_who_hears_that_nobody_has_signed),
    ("booking.by-1800", "sign", (', undone_by = ["copy.signature_undone"]', ""), told.test_a_signature_taken_back_is_owed_again),
    ("booking.by-1800", "deliver", ('"supervisor", "sales_manager"]', '"supervisor", "supervisor"]'), told.test_the_manager_hears_of_requests_and_papers_left_lying),
    ("booking.copies-group", "copies", (', "front_cashier"', ""), told.test_who_holds_the_group_schedule),
    ("booking.copies-meals", "meals", ("where = { meals = true }", ""), told.test_who_holds_the_group_schedule),
    ("booking.copies-important", "important", ('"pr", ', ""), told.test_who_holds_the_group_schedule),
    ("booking.copies-reservation", "collection", GONE, told.test_collected_on_behalf_the_cashier_holds_a_copy),
    ("booking.copies-reservation", "collection", ('"front_cashier"', '"finance"'), told.test_collected_on_behalf_the_cashier_holds_a_copy),
    ("booking.copies-reservation", "collection", ("where   = { collection = true }\n", ""), told.test_collected_on_behalf_the_cashier_holds_a_copy),
    ("booking.named-receivers", "reservation", GONE, told.test_no_reservation_form_to_a_desk_without_receiver),
    ("booking.named-receivers", "group", GONE, told.test_no_group_schedule_to_a_cashier_without_receiver),
    ("booking.named-receivers", "notice", GONE, told.test_no_change_notice_to_a_cashier_without_receiver),
    ("booking.named-receivers", "signer", (', "latest_revision"', ""), told.test_signing_is_for_the_latest_revision),
    ("booking.change-notice", "issue", QUARTER, told.test_the_notice_of_a_cancellation_is_due_in_a_quarter_of_an_hour),
    ("booking.change-notice", "deliver", QUARTER, told.test_a_change_is_carried_there_within_a_quarter_of_an_hour),
    ("booking.change-notice", "sign", ('due     = { within = "15m"', 'due     = { within = "31m"'), told.test_a_change_is_signed_for_within_a_quarter_of_an_hour),
    ("booking.change-notice", "copies", ('archive = "sales"\n', ""), told.test_a_change_goes_to_the_three_and_to_who_holds_the_form),
    ("booking.change-notice", "copies", (', "front_cashier"', ""), told.test_a_change_goes_to_the_three_and_to_who_holds_the_form),
    ("booking.change-notice", "meals", GONE, told.test_a_change_goes_to_the_three_and_to_who_holds_the_form),
    ("group.change-notify", "notify", QUARTER, told.test_the_departments_hear_of_a_changed_group_in_a_quarter_of_an_hour),
    ("booking.duty-roster", "fill", ('"1d"', '"2d"'), day.test_a_day_with_a_group_and_nobody_on_duty),
    ("booking.arrival-check", "rooms", ('"11:00"', '"12:00"'), day.test_rooms_and_meals_are_checked_by_eleven),
    ("booking.arrival-check", "meals", ('"11:00"', '"12:00"'), day.test_rooms_and_meals_are_checked_by_eleven),
    ("booking.arrival-check", "resolve", ('"2h"', '"5h"'), day.test_a_difference_is_settled_within_two_hours),
    ("booking.arrival-check", "rooms", ('"-3h"', '"-4h"'), day.test_rooms_and_meals_are_checked_by_eleven),
    ("booking.form-group", "form", ('"booking.cancelled", ', ""), day.test_what_is_cancelled_is_owed_no_more),
    ("group.meet", "meet", ('supervisor", "sales_manager"]', 'supervisor", "gm"]'), day.test_the_manager_hears_of_what_nobody_did),
    ("booking.liaison-normal", "on-time", ('"-2h"', '"-3h"'), day.test_two_hours_before_it_is_known_whether_they_come_in_time),
    ("booking.liaison-important", "check-in", ('"1h"', '"2h"'), day.test_an_important_group_is_helped_met_and_seen_off),
    ("booking.liaison-important", "leader", ('"2h"', '"3h"'), day.test_an_important_group_is_helped_met_and_seen_off),
    ("booking.liaison-important", "see-off", ('"1h"', '"2h"'), day.test_an_important_group_is_helped_met_and_seen_off),
    ("group.pre-arrival", "check", ("-1d 18:00", "-1d 17:00"), day.test_the_day_before_everything_is_gone_through),
    ("group.pre-arrival", "important-first", ("-1d 12:00", "-1d 13:00"), day.test_an_important_group_is_gone_through_first),
    ("group.pre-arrival", "reconfirm", ("-3d 18:00", "-3d 17:00"), groups.test_three_days_before_the_agency_is_asked_once_more),
    ("group.pre-arrival", "reconfirm", ('"-10h"', '"-9h"'), groups.test_three_days_before_the_agency_is_asked_once_more),
    ("group.pre-arrival", "reconfirm", ('["as_agreed", "changed"]', '["as_agreed", "changed", "no_answer"]'), groups.test_three_days_before_the_agency_is_asked_once_more),
    ("group.pre-arrival", "reconfirm", ("min = 4", "min = 3"), groups.test_a_group_of_the_day_after_tomorrow_is_not_asked_again),
    ("group.pre-arrival", "reconfirm", ('"group_sales_supervisor", "sales_manager"]', '"group_sales_supervisor", "gm"]'), groups.test_the_manager_hears_of_a_group_nobody_prepared),
    ("group.pre-arrival", "take-change", ('"4h"', '"6h"'), groups.test_what_the_agency_changes_is_written_within_four_hours),
    ("group.pre-arrival", "important-first", ("agents = true", 'agents = "no"'), groups.test_a_group_of_agents_is_gone_through_first),
    ("booking.form-group", "names", ('offset = "18:00"', 'offset = "17:00"'), groups.test_the_names_are_here_by_the_agreements_day),
    ("booking.form-group", "names", (', undone_by = ["rooming_list.short"]', ""), groups.test_the_names_are_here_by_the_agreements_day),
    ("booking.form-group", "chase", ("1d 12:00", "1d 11:00"), groups.test_names_that_did_not_come_are_asked_for),
    ("booking.form-group", "chase", (", where = { overdue = true }", ""), groups.test_names_that_did_not_come_are_asked_for),
    ("booking.form-group", "cut-off", ('offset = "18:00"', 'offset = "19:00"'), groups.test_at_the_cut_off_somebody_decides_on_rooms_without_names),
    ("booking.form-group", "cut-off", ('"sales_manager"]', '"gm"]'), groups.test_the_manager_hears_of_a_group_nobody_prepared),
    ("group.meet", "meet", ('"1h"', '"3h"'), day.test_the_leader_is_met_within_the_hour),
    ("group.luggage-leader", "luggage", ('"90m"', '"2h"'), day.test_the_leader_is_met_within_the_hour),
    ("group.order-details", "arrange", ('"1d"', '"2d"'), day.test_what_was_ordered_is_arranged_within_a_day),
    ("group.order-details", "named", (', "text"', ""), records.test_what_is_ordered_says_what_of_whom),
    ("booking.duty-roster", "duty-person", GONE, records.test_a_day_on_which_a_group_comes_has_its_duty_person),
    ("booking.duty-roster", "duty-person", ("{ min = 1 }", "{ min = 0 }"), records.test_a_day_on_which_a_group_comes_has_its_duty_person),
    ("booking.form-cash-fit", "entered", (', "payment"', ""), records.test_a_cash_guest_is_entered_with_name_nights_room_and_payment),
    ("booking.form-cash-fit", "entered", ('"departure_on", ', ""), records.test_a_cash_guest_is_entered_with_name_nights_room_and_payment),
    ("booking.form-cash-fit", "hold-time", GONE, records.test_a_cash_guest_is_entered_with_name_nights_room_and_payment),
    ("booking.form-cash-fit", "hold-time", (", guaranteed = false", ""), records.test_a_cash_guest_is_entered_with_name_nights_room_and_payment),
    ("booking.form-on-account", "fields", ('"contact", ', ""), records.test_on_account_it_says_who_booked),
    ("booking.form-group", "fields", ('"guests", ', ""), records.test_a_groups_schedule_has_names_meals_and_how_they_travel),
    ("booking.form-group", "fields", (', "departure_by"', ""), records.test_a_groups_schedule_has_names_meals_and_how_they_travel),
    ("longstay.recommend", "recommend", ('"4h"', '"5h"'), longstay.test_a_long_stay_request_is_answered_with_rooms_and_rent),
    ("longstay.recommend", "recommend", ('"enquiry.withdrawn", ', ""), longstay.test_a_request_that_is_none_is_owed_no_recommendation),
    ("longstay.credit-first", "before", ('"credit_checked", ', ""), longstay.test_credit_and_rent_come_before_the_contract),
    ("longstay.contact-card", "card", (', "contact_phone"', ""), longstay.test_the_client_card_says_who_and_where),
    ("longstay.payment-terms", "terms", ('"terms_told", ', ""), longstay.test_the_payment_rules_are_explained),
    ("longstay.contract-terms", "three", (', "prepayment"', ""), longstay.test_without_period_room_and_prepayment_no_contract),
    ("longstay.contract-terms", "approval", (', { by = "gm", within = "24h" }', ""), longstay.test_without_period_room_and_prepayment_no_contract),
    ("longstay.contract-terms", "go-on", ('"sales_manager"', '"gm"'), longstay.test_going_on_is_talked_over_two_months_before),
    ("longstay.contract-terms", "renewal", ("-60d", "-50d"), longstay.test_going_on_is_talked_over_two_months_before),
    ("longstay.notify-depts", "copies", (', "housekeeping"', ""), longstay.test_the_departments_are_told_the_day_it_is_signed),
    ("longstay.notify-depts", "signed", ("18:00", "19:00"), longstay.test_the_departments_are_told_the_day_it_is_signed),
    ("longstay.notify-depts", "signed", (', undone_by = ["longstay.notice_unsigned"]', ""), longstay.test_the_departments_are_told_the_day_it_is_signed),
    ("longstay.notify-finance", "copies", ('["finance"]', '["front_cashier"]'), longstay.test_finance_knows_whom_to_bill),
    ("longstay.notify-finance", "signed", ("next-day 09:00", "next-day 10:00"), longstay.test_a_contract_of_the_evening_is_signed_for_by_nine),
    ("longstay.flowers-suite", "order", ('where = { unit = { any = ["suite", "apartment"] } }', 'where = { unit = "suite" }'), longstay.test_an_apartment_gets_flowers_a_room_none),
    ("longstay.flowers-suite", "flowers", ('occasion = "move_in"', 'occasion = "birthday"'), longstay.test_an_apartment_gets_flowers_a_room_none),
    ("longstay.card", "written", (', "card_printed"', ""), longstay.test_the_card_has_the_birthday_and_the_form_goes_to_reservations),
    ("longstay.card", "copies", ('"front_desk"', '"front_cashier"'), longstay.test_the_card_has_the_birthday_and_the_form_goes_to_reservations),
    ("longstay.card", "card", ('"1d"', '"2d"'), longstay.test_the_card_has_the_birthday_and_the_form_goes_to_reservations),
    ("longstay.monthly-list", "copies", (', "fnb"', ""), longstay.test_the_list_of_the_month_goes_to_four_departments),
    ("longstay.monthly-list", "list", (', "fnb"]', "]"), longstay.test_the_list_of_the_month_goes_to_four_departments),
    ("longstay.monthly-list", "birthday", ("-3d", "-2d"), longstay.test_on_a_birthday_flowers_and_fruit_stand_in_the_room),
    ("longstay.monthly-list", "birthday-lunar", ('"lunar"', '"gregorian"'), longstay.test_a_lunar_birthday_moves_with_the_moon),
    ("longstay.monthly-list", "orders", ('anchor = "needed_at"', 'anchor = "needed_at", offset = "-1h"'), longstay.test_on_a_birthday_flowers_and_fruit_stand_in_the_room),
    ("longstay.watch-account", "ask", ("BYDAY=TH", "BYDAY=FR"), longstay.test_while_rent_is_late_finance_is_asked_every_week),
    ("longstay.two-months", "ask", ('"2 months"', '"3 months"'), longstay.test_at_two_months_finance_acts),
    ("longstay.two-months", "ask", ('ends   = { on = "rent.settled" }\n', ""), longstay.test_a_payment_of_a_part_moves_the_two_months),
    ("longstay.two-months", "sign", ("1 workdays", "2 workdays"), longstay.test_at_two_months_finance_acts),
    ("longstay.suspicious", "floor", ('"2h"', '"3h"'), longstay.test_a_suspicion_is_told_to_floor_and_security_and_nobody_else),
    ("longstay.suspicious", "security", ('"2h"', '"3h"'), longstay.test_a_suspicion_is_told_to_floor_and_security_and_nobody_else),
    ("longstay.suspicious", "watch", ("20:00", "22:00"), longstay.test_a_suspicion_is_told_to_floor_and_security_and_nobody_else),
    ("manual.read", "read", ("3 workdays", "4 workdays"), standard_itself.test_everyone_reads_the_clauses_of_his_post),
    ("manual.read", "read", ("standard.read_through", "standard.acknowledged"), standard_itself.test_everyone_reads_the_clauses_of_his_post),
    ("manual.read", "read", ('"department_head", "sales_manager"]', '"gm", "gm"]'), standard_itself.test_who_hears_that_somebody_does_not_read),
    ("manual.read", "read", ('ends   = { on = "reading.ended" }\n', ""), standard_itself.test_whoever_leaves_his_post_reads_no_more),
    ("manual.versions", "propose", UNASKED, standard_itself.test_cases_hold_before_an_edition_is_proposed),
    ("manual.versions", "approve", UNASKED, standard_itself.test_its_day_lies_ahead_when_it_is_approved),
    ("manual.versions", "written", (', "approved_by"', ""), standard_itself.test_an_edition_past_the_pages_lacks_its_people),
    ("manual.score", "on-time", ("0.85", "0.95"), figures.test_a_clause_below_the_rate_is_marked),
    ("manual.score", "on-time", ("0.85", "0.7"), figures.test_a_clause_below_the_rate_is_marked),
    ("post.art.orders", "take", ('within = "30m"', 'within = "31m"'), art.test_art_work_is_taken_in_hand_at_once),
    ("post.art.orders", "take", ('"owner"', '"always"'), art.test_art_work_is_taken_in_hand_at_once),
    ("post.art.orders", "proof", ('within = "2h"', 'within = "3h"'), art.test_the_text_is_read_within_two_hours_and_before_it_is_made),
    ("post.art.orders", "proof", (', "art.proof_returned"', ""), art.test_the_text_is_read_within_two_hours_and_before_it_is_made),
    ("post.art.orders", "approved", ("worded = true", "worded = false"), art.test_the_text_is_read_within_two_hours_and_before_it_is_made),
    ("post.art.orders", "hand-over", ('anchor = "due_at"', 'anchor = "due_at", offset = "+1h"'), art.test_it_is_in_place_by_the_time_it_is_needed),
    ("post.art.orders", "hand-over", ('"-1d"', '"-2d"'), art.test_it_is_in_place_by_the_time_it_is_needed),
    ("post.art.orders", "hand-over", (', undone_by = ["art.refused"]', ""), art.test_it_is_in_place_by_the_time_it_is_needed),
    ("post.art.orders", "sign", ('within = "1d"', 'within = "2d"'), art.test_the_work_is_signed_for_within_a_day),
    ("post.art.orders", "take-down", ('"+1d 10:00"', '"+1d 12:00"'), art.test_what_hung_comes_down_the_next_morning),
    ("post.art.attendance", "quality", ("needs", 'where = { item = "none" }\nneeds'), art.test_quality_is_looked_at_by_somebody_else_and_faults_are_put_right_at_once),
    ("post.art.attendance", "correct", ('within = "2h"', 'within = "3h"'), art.test_quality_is_looked_at_by_somebody_else_and_faults_are_put_right_at_once),
    ("post.artist.products", "order", (', "place"', ""), art.test_an_order_says_size_material_and_place_and_the_work_is_filed),
    ("post.artist.products", "filed", GONE, art.test_an_order_says_size_material_and_place_and_the_work_is_filed),
    ("event.function-space", "free", GONE, space.test_no_hall_is_let_twice),
    ("event.function-space", "lapse", ('then  = { at = "due", do = "function.lapse" }', ""), space.test_an_option_lapses_by_itself_at_its_time),
    ("event.function-space", "lapse", ('"-1d"', '"-2d"'), space.test_an_option_lapses_by_itself_at_its_time),
    ("event.function-space", "lapse", ('"50%"', '"60%"'), space.test_who_hears_that_an_option_runs_out),
    ("event.function-space", "waiting", ('"4h"', '"6h"'), space.test_who_waits_for_a_hall_is_answered_within_four_hours),
    ("reception.grade-by-visitor", "grade", ('{ when = { purpose = "inspection" }', '{ when = { purpose = "venue", rank = "county" }'), visitors.test_grade_and_scope_follow_from_who_comes_and_why),
    ("reception.grade-by-visitor", "grade", ('visitor = { any = ["peer", "school"] }', 'visitor = "peer"'), visitors.test_grade_and_scope_follow_from_who_comes_and_why),
    ("reception.grade-by-visitor", "reason", GONE, visitors.test_another_grade_has_its_reason),
    ("reception.grade-by-visitor", "approved", GONE, visitors.test_the_plan_is_approved_before_the_visit_is_confirmed),
    ("reception.grade-by-visitor", "approved", ('waive = { by = ["gm"] }', 'waive = { by = ["sales_manager"] }'), visitors.test_the_general_manager_may_let_a_visit_be_confirmed_before),
    ("reception.grade-by-visitor", "submit", ('"-1d 12:00"', '"-1d 13:00"'), visitors.test_a_plan_is_submitted_the_day_before_by_noon),
    ("reception.grade-by-visitor", "submit", ('"handler", "pr_manager", "gm"]', '"handler", "handler", "gm"]'), visitors.test_a_plan_is_submitted_the_day_before_by_noon),
    ("reception.grade-by-visitor", "approve", ('"24h"', '"25h"'), visitors.test_the_head_of_pr_approves_within_a_day_and_not_her_own),
    ("reception.grade-by-visitor", "approve-heads", ('"24h"', '"25h"'), visitors.test_the_head_of_pr_approves_within_a_day_and_not_her_own),
    ("reception.grade-by-visitor", "copies", (', "security"', ""), visitors.test_who_holds_the_plan_of_an_ordinary_visit),
    ("reception.grade-by-visitor", "copies", ('archive = "pr"\n', ""), visitors.test_who_holds_the_plan_of_an_ordinary_visit),
    ("reception.grade-by-visitor", "who-and-why", (', "host"', ""), visitors.test_it_says_who_comes_why_and_who_receives_them),
    ("reception.grade-by-visitor", "report", ("3 workdays", "4 workdays"), visitors.test_an_ordinary_visit_is_reported_on_within_three_working_days),
    ("reception.important-plan", "papers", (', "plan_filled"', ""), visitors.test_an_important_plan_has_its_papers_and_is_filled),
    ("reception.important-plan", "papers", ('waive = { by = ["gm"] }', ""), visitors.test_the_general_manager_may_let_a_plan_be_submitted_without_papers),
    ("reception.important-plan", "instruction", GONE, visitors.test_the_instruction_of_the_government_office_is_attached),
    ("reception.important-plan", "by-gm", GONE, visitors.test_the_general_manager_approves_an_important_plan),
    ("reception.important-plan", "approve", ('"4h"', '"5h"'), visitors.test_the_general_manager_approves_an_important_plan),
    ("reception.important-plan", "approve", ('"24h"', '"25h"'), visitors.test_the_general_manager_approves_an_important_plan),
    ("reception.important-plan", "approve", ('"approval.refused", ', ""), visitors.test_a_plan_sent_back_is_drawn_again),
    ("reception.important-plan", "copies", (', "fnb"', ""), visitors.test_who_holds_the_plan_of_an_important_visit),
    ("reception.important-plan", "plan", ('"programme", ', ""), visitors.test_an_important_plan_has_its_papers_and_is_filled),
    ("reception.important-plan", "plan", ("where  = { important = true }\n", ""), visitors.test_an_important_plan_has_its_papers_and_is_filled),
    ("reception.important-plan", "report", ("1 workdays", "2 workdays"), visitors.test_an_important_visit_is_reported_on_by_the_next_working_day),
    ("reception.protocol", "briefing", ('"-1h"', '"-2h"'), visitors.test_everybody_who_takes_part_acknowledges_the_rules_himself),
    ("reception.protocol", "briefing", ('"reader", "pr_manager", "gm"]', '"reader", "reader", "gm"]'), visitors.test_everybody_who_takes_part_acknowledges_the_rules_himself),
    ("reception.protocol", "briefing", ('"visit.part_dropped", ', ""), visitors.test_who_is_replaced_reads_no_more),
    ("reception.protocol", "briefing", (', "visit.cancelled"', ""), visitors.test_who_is_replaced_reads_no_more),
    ("reception.no-own-changes", "ask-first", GONE, visitors.test_an_approved_plan_changes_by_a_new_approval_only),
    ("reception.no-own-changes", "ask-first", ('waive = { by = ["gm"] }', ""), visitors.test_the_general_manager_may_let_a_change_be_made_on_the_spot),
    ("reception.no-own-changes", "afterwards", ('{ by = "pr_manager", within = "24h" }', '{ by = "pr_manager", within = "25h" }'), visitors.test_in_an_emergency_it_changes_at_once_and_is_approved_afterwards),
    ("reception.no-own-changes", "afterwards", (', { by = "gm", within = "24h" }', ""), visitors.test_in_an_emergency_it_changes_at_once_and_is_approved_afterwards),
    ("reception.no-own-changes", "afterwards-general", ('"24h"', '"25h"'), visitors.test_an_emergency_change_of_an_ordinary_visit_goes_to_the_head_of_pr),
    ("vip.room-key", "key", ('"-1h"', '"-2h"'), vips.test_the_key_lies_at_the_floor_desk_an_hour_before),
    ("vip.room-key", "key", ('"vip.approved", "vip.changed"', '"vip.drafted"'), vips.test_the_key_lies_at_the_floor_desk_an_hour_before),
    ("vip.room-key", "key", ('"sales_manager", "duty_manager"] }\nwaive', '"gm", "duty_manager"] }\nwaive'), vips.test_who_hears_of_an_item_nobody_did),
    ("vip.room-check", "room", ('owner = "fnb", offset = "-1h"', 'owner = "fnb", offset = "-30m"'), vips.test_the_room_is_gone_through_an_hour_before),
    ("vip.room-check", "room", (', proof = "photo"', ""), vips.test_the_room_is_gone_through_an_hour_before),
    ("vip.room-check", "room", ('"letter", owner = "handler", offset = "-1h", where = { grade = { any = ["VVIP", "V1", "V2"]', '"letter", owner = "handler", offset = "-1h", where = { grade = { any = ["VVIP", "V1", "V2", "V3"]'), vips.test_a_lower_grade_has_fewer_things),
    ("vip.room-check", "ladder", ('"cookies", ', ""), vips.test_the_room_is_gone_through_an_hour_before),
    ("vip.meals", "complete", GONE, vips.test_meals_are_complete_before_and_confirmed_after_approval),
    ("vip.meals", "order", ('"4h"', '"5h"'), vips.test_meals_are_complete_before_and_confirmed_after_approval),
    ("vip.meals", "fields", (', "diet"', ""), vips.test_a_meal_is_written_down_whole),
    ("vip.arrival-known", "known", ("needs", 'where = { grade = "none" }\nneeds'), vips.test_the_arrival_is_known_before_the_plan_is_put_up),
    ("vip.arrival-known", "known", ('["gm"]', '["sales_manager", "gm"]'), vips.test_the_arrival_is_known_before_the_plan_is_put_up),
    ("vip.plan-approved", "approved", GONE, vips.test_the_general_manager_approves_the_highest),
    ("vip.plan-approved", "chain", (', { by = "gm", within = "4h" }', ""), vips.test_the_general_manager_approves_the_highest),
    ("vip.plan-approved", "chain-others", ('by = "gm_office"', 'by = "gm"'), vips.test_the_general_manager_approves_the_highest),
    ("vip.plan-approved", "receivers", GONE, vips.test_it_is_not_out_while_nobody_signs),
    ("vip.plan-approved", "distribute", ('"1h"', '"2h"'), vips.test_it_is_not_out_while_nobody_signs),
    ("vip.plan-approved", "change", GONE, vips.test_an_approved_plan_changes_only_by_approval),
    ("vip.plan-approved", "afterwards", ('"24h"', '"48h"'), vips.test_an_approved_plan_changes_only_by_approval),
    ("vip.plan-approved", "go-ahead", ('"24h"', '"48h"'), vips.test_what_went_ahead_is_approved_within_a_day),
    ("vip.plan-approved", "copies", ('"security", ', ""), vips.test_an_approved_plan_goes_to_seven_departments),
    ("vip.plan-approved", "duty-manager", ('"4h"', '"5h"'), vips.test_an_approved_plan_goes_to_seven_departments),
    ("vip.greet", "door", ('owner = "gm_office", offset = "-10m"', 'owner = "gm_office", offset = "-5m"'), vips.test_half_an_hour_before_they_stand_at_the_door),
    ("vip.greet", "door", ('owner = "sales_manager", offset = "-30m"', 'owner = "sales_manager", offset = "-20m"'), vips.test_half_an_hour_before_they_stand_at_the_door),
    ("vip.parking", "spaces", (', for_each = "spaces"', ""), vips.test_the_spaces_at_the_door_are_kept),
    ("vip.escort", "floor", ('"30m"', '"31m"'), vips.test_within_half_an_hour_he_is_on_his_floor),
    ("vip.register-on-floor", "card", ('"30m"', '"31m"'), vips.test_within_half_an_hour_his_card_is_at_the_desk),
    ("vip.luggage-in", "luggage", ('"30m"', '"31m"'), vips.test_within_half_an_hour_his_luggage_is_in_the_room),
    ("vip.luggage-in", "luggage", (', proof = "value"', ""), vips.test_within_half_an_hour_his_luggage_is_in_the_room),
    ("vip.security", "posts", ('"posts", owner = "security", offset = "-30m"', '"posts", owner = "security", offset = "-1h"'), vips.test_security_signs_and_mans_its_posts),
    ("vip.security", "posts", ('secured = true', 'secured = false'), vips.test_security_that_is_ordered_for_a_lower_grade),
    ("vip.security", "told", ('"-2h"', '"-3h"'), vips.test_security_signs_and_mans_its_posts),
    ("vip.meals-attend", "table", ('"+10m"', '"+30m"'), vips.test_meals_are_served_and_attended),
    ("vip.departure", "leaving", ('owner = "front_cashier", offset = "-30m"', 'owner = "front_cashier", offset = "-1h"'), vips.test_the_departure_is_prepared),
    ("vip.departure", "leaving", ('"vip.arrived"', '"vip.approved"'), vips.test_the_departure_is_prepared),
    ("vip.history", "keep", ('"3d"', '"4d"'), vips.test_what_he_likes_is_kept_for_the_next_time),
    ("vip.history", "fields", (', "summary"', ""), vips.test_what_he_likes_is_kept_for_the_next_time),
    ("event.order", "large", ("min = 50", "min = 60"), events.test_a_large_event_is_signed_by_the_general_manager_first),
    ("event.order", "large", ("min = 5 }", "min = 4 }"), events.test_a_large_event_is_signed_by_the_general_manager_first),
    ("event.order", "gm-first", GONE, events.test_a_large_event_is_signed_by_the_general_manager_first),
    ("event.order", "gm-signs", ('by = "gm"', 'by = "sales_manager"'), events.test_a_large_event_is_signed_by_the_general_manager_first),
    ("event.order", "receivers", (', "receivers_named"', ""), events.test_an_order_that_is_not_definite_does_not_go_out),
    ("event.order", "copies", (', "finance"', ""), events.test_who_holds_the_order),
    ("event.order", "art", GONE, events.test_who_holds_the_order),
    ("event.order", "gm-copy", ("where   = { large = true }", ""), events.test_who_holds_the_order),
    ("event.order", "issue", ("-3d 18:00", "-3d 17:00"), events.test_the_order_is_out_three_days_before),
    ("event.order", "issue-soon", ('"4h"', '"5h"'), events.test_an_event_at_short_notice),
    ("event.order", "sign", ("-3d 18:00", "-3d 17:00"), events.test_departments_sign_three_days_before),
    ("event.order", "sign-soon", SIX, events.test_a_late_order_is_signed_the_same_day),
    ("event.order", "guarantee", ("-72h", "-48h"), events.test_numbers_are_guaranteed_72_hours_before),
    ("event.order", "deposit", ('anchor = "due_at"', 'anchor = "due_at", offset = "1h"'), events.test_a_deposit_is_received_on_its_day),
    ("event.order", "cancellation", ("percent = 50", "percent = 60"), events.test_what_cancelling_costs),
    ("event.file", "hand-in", ("3d 18:00", "4d 18:00"), events.test_the_file_is_handed_in_within_three_days),
    ("event.file", "fields", (', "opinions"', ""), events.test_the_file_is_handed_in_within_three_days),
    ("event.archive", "keep", ("2 workdays", "3 workdays"), events.test_the_clerk_keeps_the_file),
    ("event.archive", "ask-again", ("-90d 18:00", "-60d 18:00"), events.test_the_client_is_asked_before_its_time_comes_round),
]


def changed(clause: str, rule: str, says: str, instead: str) -> dict[str, str]:
    """The shipped standard with one rule of one clause saying something else, or taken out."""
    texts, hits = editions.shipped_texts(), 0
    for name, text in texts.items():
        blocks = re.split(r"(?m)^(?=\[\[)", text)
        here = ""
        for place, block in enumerate(blocks):
            if block.startswith("[[clause]]"):
                here = block.split('"')[1]
            elif block.startswith("[[clause.rule]]") and here == clause and block.split('"')[1] == rule:
                assert says in block, (clause, rule, says)
                blocks[place] = block.replace(says, instead, 1) if says else ""
                hits += 1
        texts[name] = "".join(blocks)
    assert hits == 1, (clause, rule)
    return texts


def test_every_clause_has_a_story_that_notices() -> None:
    """Nobody adds a clause without one."""
    standard, _broken = readable(editions.shipped_texts(), vocabulary())
    asked = {(clause.id, rule.name) for clause in standard.clauses.values() for rule in clause.rules if rule.kind == "record"}
    assert set(standard.clauses) == {clause for clause, *_more in CHANGES}
    assert not asked - {(clause, rule) for clause, rule, *_more in CHANGES}


@pytest.mark.django_db
@pytest.mark.parametrize("clause, rule, words, tale", CHANGES, ids=lambda part: getattr(part, "__name__", part if isinstance(part, str) else "-"))
def test_the_story_notices(
    clause: str, rule: str, words: tuple[str, str], tale: Tale, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """With the clause changed the hotel lives by the changed text, and the clause's story fails."""
    texts = changed(clause, rule, *words)
    _standard, broken = readable(texts, vocabulary())
    assert not broken
    monkeypatch.setattr(editions, "shipped_texts", lambda _name="hotel-sales": texts)
    story: Any = request.getfixturevalue("story")
    with pytest.raises(AssertionError):
        tale(story)
