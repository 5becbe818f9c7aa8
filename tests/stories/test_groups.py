"""A group from the agency's request to its history: gone through three days before, names in time, cuts and no-shows by its terms."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from guiju.notices.models import Letter
from guiju.rooms.models import RoomType
from tests.cast import TODAY
from tests.stories.conftest import Story
from tests.stories.test_asking import asked, clauses
from tests.stories.test_main_job import LATER, confirmed

FAX = (
    "订房单位：东岬港务集团有限公司\n联系人：赵晴\n团名：东岬考察团\n抵店日期：2026年12月6日\n离店日期：2026年12月8日\n"
    "用房：标准双人间 {rooms} 间\n人数：{persons} 人\n付款方式：转账\n"
)
CUT_OFF = date(2026, 11, 29)  # seven days before
NAMES = [{"name": f"客人{n}"} for n in range(12)]


def version(story: Story, pk: str) -> int:
    return int(story.get("he", f"/bookings/{pk}")["version"])


def change(story: Story, pk: str, **fields: Any) -> Any:
    """The group manager writes a change that the client told him."""
    body = {"version": version(story, pk), "reason": "旅行社来电", "told_by": "赵晴", "told_how": "phone", **fields}
    return story.do("he", f"/bookings/{pk}", body, method="patch")


def rooms(pk: str, story: Story, many: int) -> list[dict[str, Any]]:
    """Its room line with another number."""
    (line,) = [one for one in story.get("he", f"/bookings/{pk}")["rooms"] if one["use"] == "guest"]
    return [{name: line[name] for name in ("room_type", "from_on", "until_on", "use")} | {"rooms": many}]


def test_an_agencys_group_is_confirmed_against_held_rooms(story: Story) -> None:
    """group.availability-first: the rooms are there, so they are held and the confirmation goes out."""
    row = asked(story, FAX.format(rooms=6, persons=12))
    story.do("he", f"/enquiries/{row['id']}/take")
    answer = {"kind": "confirmation", "channel": "mail", "to": "zhao@dongjia.example"}
    assert clauses(story.refused("he", f"/enquiries/{row['id']}/reply", answer)) == ["group.availability-first"]
    booked = story.do("he", f"/enquiries/{row['id']}/book", {"kind": "group"})
    assert booked["kind"] == "group" and booked["rooms"][0]["rooms"] == 6 and booked["hold_until_at"]
    sent = story.do("he", f"/enquiries/{row['id']}/reply", answer)
    body = Letter.objects.get().body
    assert sent["complete"] is True and booked["number"] in body and "标准双人间" in body


def test_a_group_there_is_no_room_for_is_told_so_with_another_way(story: Story) -> None:
    """group.availability-first: nothing is held, the regret names what could be had instead."""
    RoomType.objects.filter(code="KNG").update(physical=120)
    row = asked(story, FAX.format(rooms=60, persons=120))
    story.do("he", f"/enquiries/{row['id']}/take")
    short = story.refused("he", f"/enquiries/{row['id']}/book", {"kind": "group"})
    assert short["code"] == "no_room"
    regret = {"kind": "regret", "channel": "mail", "to": "zhao@dongjia.example", "reason": "标准双人间不够"}
    sent = story.do("he", f"/enquiries/{row['id']}/reply", regret)
    body = Letter.objects.get().body
    assert sent["complete"] is True and "标准双人间不够" in body and "大床间" in body
    assert story.get("he", "/bookings") == []


def test_each_department_arranges_its_line(story: Story) -> None:
    """group.order-details: rooms, meals, tickets, transfer and guide, each said to be arranged by the department it was ordered from."""
    pk = confirmed(story)
    who = {"rooms": ("front_desk", "fang"), "meals": ("fnb", "chen"), "tickets": ("bell_desk", "li"), "transfer": ("bell_desk", "li"), "guide": ("front_desk", "fang")}
    lines = {
        service: story.do("tang", f"/bookings/{pk}/services", {"service": service, "department": department, "text": f"{service} 12 人"})["id"]
        for service, (department, _person) in who.items()
    }
    story.refused("chen", f"/bookings/services/{lines['transfer']}/confirm", status=403)  # another department's
    for service, (_department, person) in who.items():
        assert story.owed(person, "group.order-details", "arrange")
        assert story.do(person, f"/bookings/services/{lines[service]}/confirm")["confirmed"] is True
    for person in {person for _department, person in who.values()}:
        assert story.owed(person, "group.order-details", "arrange") == []


def test_three_days_before_the_agency_is_asked_once_more(story: Story) -> None:
    """group.pre-arrival: by 18:00 three days before; nobody answering is no answer, as agreed is one."""
    pk = confirmed(story)
    day = LATER - timedelta(days=3)
    story.begins("tang", "group.pre-arrival", "reconfirm", "08:00", day)
    story.do("tang", f"/bookings/{pk}/reconfirm", {"outcome": "no_answer"})
    story.runs_out("tang", "group.pre-arrival", "reconfirm", "18:00", day)
    story.do("tang", f"/bookings/{pk}/reconfirm", {"outcome": "as_agreed", "spoke_with": "赵晴"})
    assert story.owed("tang", "group.pre-arrival", "reconfirm") == [] == story.owed("tang", "group.pre-arrival", "take-change")


def test_what_the_agency_changes_is_written_within_four_hours(story: Story) -> None:
    """group.pre-arrival: asked at 10:00, the change is in the booking by 14:00."""
    pk = confirmed(story)
    day = LATER - timedelta(days=3)
    story.at("10:00", day)
    story.refused("tang", f"/bookings/{pk}/reconfirm", {"outcome": "changed", "spoke_with": "赵晴"}, status=422)
    story.do("tang", f"/bookings/{pk}/reconfirm", {"outcome": "changed", "spoke_with": "赵晴", "text": "多两人"})
    story.runs_out("tang", "group.pre-arrival", "take-change", "14:00", day)
    change(story, pk, persons=14)
    assert story.owed("tang", "group.pre-arrival", "take-change") == []


def test_a_group_of_the_day_after_tomorrow_is_not_asked_again(story: Story) -> None:
    """group.pre-arrival: confirmed three days before, it was just gone through."""
    confirmed(story, arrival=TODAY + timedelta(days=3))
    assert story.owed("tang", "group.pre-arrival", "reconfirm") == []
    confirmed(story, arrival=TODAY + timedelta(days=4))
    assert len(story.owed("tang", "group.pre-arrival", "reconfirm")) == 1


def test_a_group_of_agents_is_gone_through_first(story: Story) -> None:
    """group.pre-arrival: by noon of the day before, as an important one."""
    pk = confirmed(story)
    story.do("he", f"/bookings/{pk}", {"version": version(story, pk), "agents": True, "reason": "踩线团"}, method="patch")
    story.runs_out("tang", "group.pre-arrival", "important-first", "12:00", LATER - timedelta(days=1))


def test_the_names_are_here_by_the_agreements_day(story: Story) -> None:
    """booking.form-group: by 18:00 seven days before; half a list is none, and a guest more opens it again."""
    pk = confirmed(story)
    story.begins("tang", "booking.form-group", "names", "08:00", CUT_OFF - timedelta(days=1))
    change(story, pk, guests=NAMES[:6])
    story.runs_out("tang", "booking.form-group", "names", "18:00", CUT_OFF)
    change(story, pk, guests=NAMES)
    assert story.owed("tang", "booking.form-group", "names") == []
    change(story, pk, persons=13)
    assert [one["status"] for one in story.owed("tang", "booking.form-group", "names")] == ["late"]


def test_names_that_did_not_come_are_asked_for(story: Story) -> None:
    """booking.form-group: by noon of the day after, a letter from the outbox; a reminder before the day does not count."""
    pk = confirmed(story)
    story.scene.client.email = "zhao@dongjia.example"
    story.scene.client.save()
    story.at("10:00", CUT_OFF - timedelta(days=2))
    assert story.do("tang", f"/bookings/{pk}/chase-names", {"how": "phone"}) == {"letter": None, "to": ""}
    story.runs_out("tang", "booking.form-group", "chase", "12:00", CUT_OFF + timedelta(days=1))
    sent = story.do("tang", f"/bookings/{pk}/chase-names")
    assert sent["to"] == "zhao@dongjia.example" and "金色年华" in Letter.objects.get(pk=sent["letter"]).subject
    assert story.owed("tang", "booking.form-group", "chase") == []
    assert story.refused("tang", f"/bookings/{pk}/chase-names")["code"] == "sent"


def test_at_the_cut_off_somebody_decides_on_rooms_without_names(story: Story) -> None:
    """booking.form-group: by 18:00 of the cut-off day; nothing goes by itself, what the house lets go costs nothing."""
    pk = confirmed(story)
    story.runs_out("tang", "booking.form-group", "cut-off", "18:00", CUT_OFF)
    assert story.get("he", f"/bookings/{pk}")["rooms"][0]["rooms"] == 6
    left = story.do("tang", f"/bookings/{pk}/cut-off", {"release": 2, "room_type": "TWN", "reason": "名单只到八人"})
    assert left["rooms"][0]["rooms"] == 4
    assert story.owed("tang", "booking.form-group", "cut-off") == []
    assert story.get("he", f"/bookings/{pk}/group")["charged_for_cuts"] == "0.00"


def test_a_cut_after_the_cut_off_costs_what_was_said_before(story: Story) -> None:
    """The agreement's allowance is five rooms; of twenty rooms cut to thirteen two pay their nights, as it was shown."""
    pk = confirmed(story, rooms=20)
    story.at("10:00", CUT_OFF)
    assert story.get("he", f"/bookings/{pk}/cut-cost", room_type="TWN", fewer=7)["amount"] == "0"
    story.at("10:00", CUT_OFF + timedelta(days=1))
    said = story.get("he", f"/bookings/{pk}/cut-cost", room_type="TWN", fewer=7)
    assert (said["amount"], said["short"], said["free"]) == ("1120.00", 7, 5)
    change(story, pk, rooms=rooms(pk, story, 13))
    told = story.get("he", f"/bookings/{pk}/group")
    assert told["charged_for_cuts"] == "1120.00" and told["cut_off_over"] is True and told["terms"]["cut_rooms"] == 5


def test_a_group_comes_with_fewer_leaves_and_is_remembered(story: Story) -> None:
    """Here: rooms added at the agreed terms, luggage and bill on leaving, opinions and what it took in the agency's history."""
    pk = confirmed(story, rooms=8)
    story.at("16:00", LATER)
    story.do("fang", f"/bookings/{pk}/arrived")
    story.do("tang", f"/bookings/{pk}/services", {"service": "request", "department": "fnb", "text": "两桌清真"})
    with_paper = story.do("tang", f"/bookings/{pk}/add-rooms", {"room_type": "TWN", "rooms": 1, "paper": True, "told_by": "领队周"})
    assert [line["use"] for line in with_paper["rooms"]] == ["guest", "guest"]
    at_rack = story.do("tang", f"/bookings/{pk}/add-rooms", {"room_type": "TWN", "rooms": 1, "told_by": "领队周"})
    assert sorted(line["use"] for line in at_rack["rooms"]) == ["extra", "guest", "guest"]
    story.at("11:00", LATER + timedelta(days=2))
    story.do("li", f"/bookings/{pk}/luggage-down", {"pieces": 16})
    story.do("tang", f"/bookings/{pk}/bill", {"with_whom": "领队周"})
    story.do("tang", f"/bookings/{pk}/liaise", {"step": "see_off", "opinions": "房间安静", "said_by": "领队周", "marks": {"rooms": 5}})
    story.do("fang", f"/bookings/{pk}/departed")
    told = story.do("he", f"/bookings/{pk}/settle", {"rooms_used": 8, "meals_eaten": 15})
    assert (told["rooms_booked"], told["rooms_used"]) == (10, 8) and told["no_show_charge"] != "0"
    free = story.do("he", f"/bookings/{pk}/settle", {"rooms_used": 8, "waive": "加的房当晚另卖了"})
    assert free["charged"] == "0"
    (past,) = story.get("he", "/bookings/past-groups", client=str(story.scene.client.pk))
    assert (past["rooms_used"], past["opinions"], past["state"]) == (8, ["房间安静"], "departed")


def test_a_group_that_does_not_come_is_charged_by_its_terms(story: Story) -> None:
    """The agreement says eighty percent of the first night: ten rooms at 280."""
    story.scene.agreement.no_show_percent = 80
    story.scene.agreement.save()
    pk = confirmed(story, rooms=10)
    story.at("22:00", LATER)
    story.do("fang", f"/bookings/{pk}/no-show")
    (past,) = story.get("he", "/bookings/past-groups", client=str(story.scene.client.pk))
    assert (past["state"], past["rooms_used"], past["charged"]) == ("no_show", 0, "2240.00")


def test_the_manager_hears_of_a_group_nobody_prepared(story: Story) -> None:
    """Names, chasing, the cut-off and the agency asked once more: each left undone is in the manager's bell."""
    confirmed(story)
    story.at("10:00", LATER - timedelta(days=2))
    story.round()
    heard = story.named_in_bell("shen")
    assert heard["booking.form-group"] == 4 and heard["group.pre-arrival"] == 1  # the schedule, names, chase, cut-off; reconfirmed
