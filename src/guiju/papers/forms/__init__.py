"""The forms themselves: which fields a paper has, which departments each concerns, how it is laid out.

CONTENT of a paper is plain JSON, built by the room that issues it (bookings.papers). Values are text as people
read them; dates and times are ISO ("2026-11-26", "2026-11-26 17:30 coach"), numbers are numbers, codes are those
of forms.words. A missing key or an empty value is an empty field and is not printed.

reservation_form
    booking, state (new | changed | cancelled | waitlist), booked_on, client, agreement, contact, phone, guest,
    persons, nationality, arrival, departure, hold_until, guarantee, payment, payer, collection, requests, total,
    confidential (yes/no), issued_by, rooms: [{type, from, until, rooms, use, rate}],
    meals: [{on, meal, time, place, persons, standard, diet}]
group_schedule
    booking, booked_on, client, agreement, contact, phone, group, tour_code, nationality, persons, escorts,
    important, reason, arrival, departure, leader, guides, liaison, free_beds, wake_up, luggage, payment, payer,
    requests, total, issued_by, rooms: [{type, from, until, rooms, use, rate}],
    meals: [{on, meal, time, place, persons, escorts, standard, style, diet}],
    men, women, nationalities ("新加坡 30；马来西亚 8"), services: [{department, text, at}],
    guests: [{name, gender (m | f), nationality, type, type_en, share, room, remarks}]
change_notice
    original, original_revision, kind (change | cancel), group, client, arrival, departure, reason, told_by,
    told_how, told_at, in_time (yes/no), charge, issued_by,
    items: [{field, old, new, departments: [..]}] (and field_en, old_en, new_en)
confirmation_letter
    to, attention, fax, booking, guest, tour_code, arrival, departure, meals_text, payment, hold_until, guarantee,
    cancellation, total, remarks, issued_by, lang, rooms: [{type, from, until, rooms, use, rate}]

`payer` and `collection` may be text ("rooms: client；meals: guest") or an object ({"rooms": "client"}).
The papers room adds `number` and `revision` when it issues; they never count as a difference.
"""

from guiju.papers.forms.comparing import Difference, Line, differences, lines_for
from guiju.papers.forms.fields import FORMS
from guiju.papers.forms.sheets import Box, Cell, Section, Sheet, sheet
from guiju.papers.forms.words import shown

__all__ = [
    "FORMS",
    "Box",
    "Cell",
    "Difference",
    "Line",
    "Section",
    "Sheet",
    "differences",
    "lines_for",
    "sheet",
    "shown",
]
