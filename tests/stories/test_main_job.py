"""The main job, end to end through HTTP: asked, answered in time, booked, on paper, signed, changed, cancelled, proved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from guiju.bookings.models import Booking
from guiju.config.verifying import verify
from guiju.duties.models import Firing
from guiju.papers.models import Copy, Paper
from tests.cast import TODAY
from tests.stories.conftest import Story

FAX = (
    "订房单位：东岬港务集团有限公司\n联系人：赵晴\n抵店日期：2026年12月6日\n离店日期：2026年12月8日\n"
    "用房：标准双人间 2 间\n人数：4 人\n付款方式：挂账\n"
)
LATER = date(2026, 12, 6)


def group(story: Story, *, meals: bool = True, client: bool = True, arrival: date = LATER, rooms: int = 6) -> dict[str, Any]:
    """A group booking drafted by the group manager."""
    until = arrival + timedelta(days=2)
    dinner = {"on": arrival.isoformat(), "meal": "dinner", "persons": rooms * 2, "time": "18:30", "standard": "80", "place": "百合厅"}
    return story.do(
        "he",
        "/bookings",
        {
            "kind": "group",
            "name": "金色年华",
            "client": str(story.scene.client.pk) if client else str(stranger(story)),
            "arrival_on": arrival.isoformat(),
            "departure_on": until.isoformat(),
            "arrival_time": "16:00",
            "persons": rooms * 2,
            "rooms": [{"room_type": "TWN", "from_on": arrival.isoformat(), "until_on": until.isoformat(), "rooms": rooms}],
            "meals": [dinner] if meals else [],
            "payment": "transfer",
        },
    )


def stranger(story: Story) -> Any:
    """A client without agreement."""
    from guiju.clients.models import Client

    row, _made = Client.objects.get_or_create(
        hotel=story.cast.hotel, number="C9999", defaults={"name": "北川登山协会", "created_at": story.cast.at("09:00")}
    )
    return row.pk


def confirmed(story: Story, **more: Any) -> str:
    """A group held, on written basis, with a liaison, confirmed: its id."""
    pk = group(story, **more)["id"]
    story.do("he", f"/bookings/{pk}/hold")
    story.do("he", f"/bookings/{pk}/written", {"paper": "传真夹 11 号"})
    story.do("he", f"/bookings/{pk}/liaison", {"username": "tang"})
    story.do("he", f"/bookings/{pk}/confirm")
    return str(pk)


def departments(story: Story, paper: str) -> list[str]:
    return [copy["department"] for copy in story.get("shen", f"/papers/{paper}")["copies"]]


def test_a_fax_is_answered_booked_and_signed_for(story: Story) -> None:
    """booking.reply-30, written-basis, rate-by-agreement, form-on-account, copies-reservation, by-1800."""
    page = story.cast.sign_in("wen").post("/enquiries/intake/", {"text": FAX, "channel": "fax", "sender": "zhao@dongjia.example"})
    assert page.status_code == 302
    (asked,) = story.get("lin", "/enquiries")
    assert asked["unsure"] == [] and asked["arrival_on"] == "2026-12-06"
    assert story.status("booking.reply-30") == ["soon"] and story.status("booking.handle-at-once") == ["soon"]
    story.at("10:08")
    story.do("lin", f"/enquiries/{asked['id']}/take")
    assert story.status("booking.handle-at-once") == ["met"]
    booked = story.do("lin", f"/enquiries/{asked['id']}/book", {"kind": "on_account"})
    assert booked["state"] == "tentative" and booked["written"] is True
    assert booked["total"] == "1280.00"  # 2 rooms × 2 nights × 320 by the agreement; the rack says 500
    sent = story.do("lin", f"/enquiries/{asked['id']}/reply", {"kind": "confirmation", "channel": "mail", "to": "zhao@dongjia.example"})
    assert sent["complete"] is True and sent["sent_at"] is None
    assert story.status("booking.reply-30") == ["soon"]  # waiting in the outbox meets nothing
    story.at("10:20")
    story.round()
    assert story.status("booking.reply-30") == ["met"]
    story.do("lin", f"/bookings/{booked['id']}/confirm")
    paper = story.do("lin", f"/bookings/{booked['id']}/issue")
    assert paper["kind"] == "reservation_form" and departments(story, paper["id"]) == ["front_desk", "sales"]
    assert story.status("booking.by-1800", "sign") == ["open"]
    assert story.refused("ma", f"/papers/copies/{story.get('shen', '/papers/' + paper['id'])['copies'][0]['id']}/sign", status=404)
    story.at("10:40")
    assert story.sign_all(paper["id"]) == ["front_desk"]
    assert story.status("booking.by-1800", "sign") == ["met"] and story.status("booking.form-on-account") == ["met"]
    assert verify()[1] == []


def test_an_important_group_with_meals_changes_once_and_is_cancelled(story: Story) -> None:
    """booking.copies-group, -meals, -important, change-notice, named-receivers; group.change-notify."""
    pk = confirmed(story)
    story.do("he", f"/bookings/{pk}/important", {"text": "省旅游局推介团"})
    form = story.do("he", f"/bookings/{pk}/issue")
    assert sorted(departments(story, form["id"])) == sorted(["front_desk", "front_cashier", "sales", "fnb", "gm_office", "pr", "security"])
    story.at("11:00")
    assert len(story.sign_all(form["id"])) == 6
    assert set(story.status("booking.by-1800", "sign")) == {"met"}
    story.at("13:00")
    row = story.get("he", f"/bookings/{pk}")
    meals = [
        {**{k: v for k, v in row["meals"][0].items() if k in ("on", "meal", "persons", "place", "standard")}, "time": "19:30", "diet": "素食 2 位"}
    ]
    story.do(
        "he",
        f"/bookings/{pk}",
        {"version": row["version"], "meals": meals, "reason": "航班晚点", "told_by": "赵晴", "told_how": "phone"},
        method="patch",
    )
    after = story.get("shen", f"/papers/{form['id']}")
    assert after["revision"] == 2
    waits = {copy["department"] for copy in after["copies"] if copy["must_sign"] and not copy["signed_at"]}
    assert waits == {"fnb"}  # the hour and the diet concern the restaurant; the others' signatures stand
    notice = Paper.objects.get(kind="change_notice")
    must = set(Copy.objects.filter(paper=notice, must_sign=True).values_list("department", flat=True))
    told = set(Copy.objects.filter(paper=notice, must_sign=False, archive=False).values_list("department", flat=True))
    assert must == {"front_desk", "front_cashier", "fnb"} and told == {"gm_office", "pr", "security"}
    assert set(story.status("booking.change-notice", "sign")) == {"soon"} and story.status("group.change-notify") == ["met"]
    story.at("13:10")
    story.sign_all(str(notice.pk))
    story.sign_all(form["id"])
    assert set(story.status("booking.change-notice", "sign")) == {"met"}
    old = Copy.objects.filter(paper_id=form["id"], revision__number=1, department="fnb").get()
    refused = story.refused("chen", f"/papers/copies/{old.pk}/sign")
    assert "latest_revision" in str(refused) or refused["code"] in ("gate", "copy_closed")
    story.at("15:00")
    story.do("he", f"/bookings/{pk}/cancel", {"reason": "团队取消", "told_by": "赵晴", "told_how": "fax"})
    assert Paper.objects.get(pk=form["id"]).voided_at is not None
    last = Paper.objects.filter(kind="change_notice").latest("created_at")
    assert set(Copy.objects.filter(paper=last, must_sign=True).values_list("department", flat=True)) == {
        "front_desk",
        "front_cashier",
        "fnb",
        "gm_office",
        "pr",
        "security",
    }
    left = story.get("shen", "/rooms/availability", from_on="2026-12-06", until_on="2026-12-08")
    assert {night["held"] + night["sold"] for kind in left for night in kind["nights"]} == {0}
    assert verify()[1] == []


def test_a_group_without_agreement_waits_for_the_manager(story: Story) -> None:
    """booking.group-escalate: the gate, the manager told at once, then confirmed with his rates."""
    pk = group(story, client=False)["id"]
    story.do("he", f"/bookings/{pk}/hold")
    story.do("he", f"/bookings/{pk}/written", {"paper": "传真夹 11 号"})
    refused = story.refused("he", f"/bookings/{pk}/confirm")
    assert [one["clause"] for one in refused["clauses"]] == ["booking.group-escalate"]
    story.do("tang", f"/bookings/{pk}/decide", {"accept": True, "rates": {"TWN": "450"}, "terms": "预付"}, expect=403)
    story.do("shen", f"/bookings/{pk}/decide", {"accept": True, "rates": {"TWN": "450"}, "terms": "预付一晚"})
    done = story.do("he", f"/bookings/{pk}/confirm")
    assert done["state"] == "confirmed" and done["total"] == str(6 * 2 * 450 + 12 * 80) + ".00"


def test_a_guest_without_agreement_is_held_until_six(story: Story) -> None:
    """booking.hold-until: the hold lapses at 18:00 by itself; guaranteed or arrived it never does."""
    stays = []
    for name in ("魏岚", "韩明远", "苏晓"):
        made = story.do(
            "lin",
            "/bookings",
            {
                "kind": "fit_cash",
                "name": name,
                "arrival_on": TODAY.isoformat(),
                "departure_on": (TODAY + timedelta(days=1)).isoformat(),
                "persons": 1,
                "rooms": [{"room_type": "KNG", "from_on": TODAY.isoformat(), "until_on": (TODAY + timedelta(days=1)).isoformat(), "rooms": 1}],
            },
        )
        story.do("lin", f"/bookings/{made['id']}/hold")
        story.do("lin", f"/bookings/{made['id']}/confirm")
        stays.append(made["id"])
    story.do("lin", f"/bookings/{stays[1]}/guarantee", {"text": "信用卡"})
    story.at("17:00")
    story.do("fang", f"/bookings/{stays[2]}/arrived")
    story.at("17:59")
    story.round()
    assert [Booking.objects.get(pk=pk).state for pk in stays] == ["confirmed", "confirmed", "arrived"]
    story.at("18:00")
    story.round()
    story.round()
    assert [Booking.objects.get(pk=pk).state for pk in stays] == ["lapsed", "confirmed", "arrived"]
    assert Firing.objects.filter(what="effect:hold.lapse").count() == 1
    left = story.get("shen", "/rooms/availability", from_on=TODAY.isoformat(), until_on=(TODAY + timedelta(days=1)).isoformat())
    assert [night["sold"] for kind in left if kind["code"] == "KNG" for night in kind["nights"]] == [2]


def test_the_last_room_is_sold_once(story: Story) -> None:
    """booking.no-oversell: with ten kings, the eleventh is refused with the night, and nothing of it stays."""
    stay = {"arrival_on": "2026-12-20", "departure_on": "2026-12-21", "persons": 1, "kind": "fit_cash"}
    line = {"room_type": "KNG", "from_on": "2026-12-20", "until_on": "2026-12-21", "rooms": 10}
    first = story.do("lin", "/bookings", {**stay, "name": "甲", "rooms": [line]})
    story.do("lin", f"/bookings/{first['id']}/hold")
    second = story.do("lin", "/bookings", {**stay, "name": "乙", "rooms": [{**line, "rooms": 1}]})
    refused = story.refused("lin", f"/bookings/{second['id']}/hold")
    assert refused["code"] == "no_room" and refused["shortage"]
    story.refused(
        "shen", "/rooms/limits", {"room_type": "KNG", "from_on": "2026-12-20", "until_on": "2026-12-21", "limit": 3, "reason": "试"}, status=422
    )
    story.do("shen", "/rooms/limits", {"room_type": "KNG", "from_on": "2026-12-20", "until_on": "2026-12-21", "limit": 11, "reason": "超订一间"})
    story.do("lin", f"/bookings/{second['id']}/hold")
    assert verify()[1] == []
