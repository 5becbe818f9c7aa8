"""What the VIP room calls things: fields, amenities of the ladder, meals, items of the checklists."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELD_NAMES: dict[str, Any] = {
    "grade": _("Grade"), "grade_reason": _("Why this grade"), "purpose": _("Purpose"), "party": _("Party"), "party_names": _("Who comes along"),
    "host": _("Host organisation"), "host_contact": _("Contact, telephone"), "booking_number": _("Booking no."), "arrival_on": _("Arrival day"),
    "arrival_time": _("Exact arrival time"), "arrival_by": _("Arrives by"), "pickup": _("Met with a car"), "departure_on": _("Departure day"),
    "departure_time": _("Departure time"), "departure_by": _("Leaves by"), "room": _("Room no."), "room_type": _("Kind of room"),
    "party_rooms": _("Rooms of the party"), "rate": _("Rate or complimentary"), "register": _("Registers"), "amenities": _("Amenities"),
    "amenities_more": _("Further amenities"), "greeters": _("Who greets"), "greet_at": _("Greeted where"), "spaces": _("Parking spaces"),
    "plates": _("Plates"), "luggage": _("Luggage"), "lift": _("Lift"), "security": _("Security"), "signage": _("Welcome board, banner"),
    "photos": _("Photographs"), "programme": _("Programme"), "payment": _("Settlement"), "remarks": _("Remarks"), "meals": _("Meals"),
    "summary": _("How it went"), "opinions": _("Opinions"), "cost": _("Cost"), "place": _("Place"), "time": _("Time"), "persons": _("Persons"),
    "standard": _("Meal standard"), "diet": _("Diet"),
}
GUEST_NAMES: dict[str, Any] = {
    "name": _("Full name"), "name_en": _("Name in Latin letters"), "gender": _("Gender"), "position": _("Position"),
    "organisation": _("Organisation"), "nationality": _("Nationality"), "lang": _("Language of the letter"), "diet": _("Diet"),
    "preferences": _("Preferences"), "note": _("Personal note"),
}
GENDERS = (("", "–"), ("m", _("Mr")), ("f", _("Ms")))
LANGS = (("zh-hans", "中文"), ("en", "English"))
# The ladder's amenities: code -> (Chinese, English). Both stand on the paper, so both are kept here.
AMENITIES: dict[str, tuple[str, str]] = {
    "flowers_large": ("大型花艺两三处", "large flower arrangements in two or three places"),
    "flowers_two": ("花艺一两处", "one or two flower arrangements"),
    "flowers_small": ("小花篮", "small flower arrangement"),
    "flowers_stem": ("单枝鲜花", "a single stem"),
    "fruit_special": ("特制果篮五六种，每日换", "special fruit basket, five or six kinds, daily"),
    "fruit_four": ("水果四种", "four kinds of fruit"),
    "fruit_three": ("水果三种", "three kinds of fruit"),
    "fruit_two": ("水果两种", "two kinds of fruit"),
    "wine": ("红酒", "wine"),
    "cake": ("蛋糕或巧克力", "cake or chocolates"),
    "cookies": ("曲奇", "cookies"),
    "robe": ("浴袍", "bathrobe"),
    "newspapers": ("当日报纸", "daily papers"),
    "gift": ("夜床礼品", "turndown gift"),
    "drink": ("欢迎饮料", "welcome drink"),
    "red_carpet": ("红地毯", "red carpet"),
    "held_lift": ("专用候梯", "lift held"),
    "gm_letter": ("总经理致敬信", "general manager's letter"),
    "gm_card": ("总经理名片", "general manager's card"),
}
MEAL_NAMES: dict[str, Any] = {
    "breakfast": _("breakfast"), "lunch": _("lunch"), "dinner": _("dinner"), "banquet": _("banquet"), "tea": _("tea"),
}
ITEM_NAMES: dict[str, Any] = {
    "vip.room-key/key": _("Room fixed; key in an envelope with name and room number at the floor desk"),
    "vip.room-check/equipment": _("Equipment in the room checked"), "vip.room-check/flowers": _("Flowers in the room"),
    "vip.room-check/fruit": _("Fruit in the room"), "vip.room-check/letter": _("General manager's letter in the room"),
    "vip.room-check/card": _("General manager's card in the room"), "vip.room-check/extras": _("Other amenities of the grade in the room"),
    "vip.meals/order": _("Place, time, number, standard and diet confirmed"), "vip.greet/seller": _("Sales representative at the main entrance"),
    "vip.greet/manager": _("Manager at the main entrance"), "vip.greet/remind_gm": _("General manager reminded"),
    "vip.parking/parking": _("Parking space kept at the door"), "vip.escort/escort": _("Welcomed, introduced, escorted to the floor"),
    "vip.register-on-floor/register": _("Registration form from the floor at the front desk"),
    "vip.luggage-in/luggage": _("Luggage in the room, pieces counted"), "vip.security/posts": _("Posts at the door and on the floor manned"),
    "vip.security/ordered": _("Security as ordered in the plan"), "vip.security/route": _("Route and lift secured"),
    "vip.meals-attend/served": _("Meal served to plan"), "vip.meals-attend/attended": _("Meal attended"),
    "vip.departure/time": _("Departure time settled with the guest"), "vip.departure/luggage_out": _("Luggage at the door, pieces counted"),
    "vip.departure/bill": _("Bill ready and checked with finance"), "vip.departure/farewell": _("Farewell in the lobby"),
    "vip.departure/car": _("Car at the door, space free"), "vip.departure/see_off": _("Seen off at the door"),
}


def amenity(code: str, lang: str) -> str:
    """An amenity in words; the hotel's own words stand as they are."""
    found = AMENITIES.get(code)
    return code if found is None else found[lang.startswith("en")]


def amenities(codes: list[str], lang: str) -> str:
    """Several in a row."""
    return (", " if lang.startswith("en") else "、").join(amenity(code, lang) for code in codes)

# Codes on the paper: (Chinese, English).
CODES: dict[str, dict[str, tuple[str, str]]] = {
    "meal": {"banquet": ("宴会", "banquet"), "tea": ("茶叙", "tea")},
    "register": {"floor": ("楼层登记", "on the floor"), "room": ("房内登记", "in the room"), "desk": ("总台登记", "at the desk")},
}
