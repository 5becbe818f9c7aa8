"""Papers in the departments: who holds which copy, until when it is there and signed for, and what a change does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from guiju.bookings.models import Change
from tests.cast import TODAY
from tests.stories.conftest import Story
from tests.stories.test_asking import GROUP_FAX, asked, clauses
from tests.stories.test_main_job import FAX, confirmed

TOLD: dict[str, Any] = {"reason": "客人来电", "told_by": "赵晴", "told_how": "phone"}
ROOMING = {"guests": [{"name": "罗盈", "room_type": "TWN"}]}
LATER_STAY = {"arrival_on": "2026-12-06", "departure_on": "2026-12-07"}


def by_hand(story: Story) -> None:
    """This house carries its papers: a copy is delivered when somebody notes it."""
    story.do("shen", "/house/settings", {"key": "papers.deliver_on_screen", "value": False})


def reservation(story: Story, **more: Any) -> str:
    """A guest on account, for a later day, confirmed: the booking's id."""
    room = {"room_type": "TWN", "from_on": LATER_STAY["arrival_on"], "until_on": LATER_STAY["departure_on"], "rooms": 1}
    body = {"kind": "on_account", "name": "魏岚", "client": str(story.scene.client.pk), "persons": 1, **LATER_STAY, "rooms": [room], **more}
    pk = str(story.do("lin", "/bookings", body)["id"])
    for step in ("written", "hold", "confirm"):
        story.do("lin", f"/bookings/{pk}/{step}", {"paper": "传真夹 11 号"} if step == "written" else None)
    return pk


def tonight(clock: str) -> dict[str, Any]:
    """A stay from this day on, expected at this time."""
    first, last = TODAY.isoformat(), (TODAY + timedelta(days=1)).isoformat()
    room = {"room_type": "TWN", "from_on": first, "until_on": last, "rooms": 1}
    return {"arrival_on": first, "departure_on": last, "arrival_time": clock, "rooms": [room]}


def issued(story: Story, pk: str, who: str = "lin") -> str:
    return str(story.do(who, f"/bookings/{pk}/issue")["id"])


def notice_of(story: Story) -> str:
    """The only change notice in the register."""
    (found,) = {copy["paper"] for copy in story.get("fang", "/papers/inbox") if copy["kind"] == "change_notice"}
    return str(found)


def important(story: Story) -> tuple[str, str]:
    """An important group with meals whose schedule is out and signed for everywhere: the booking and the paper."""
    pk = confirmed(story)
    story.do("he", f"/bookings/{pk}/important", {"text": "推介团"})
    form = issued(story, pk, "he")
    story.sign_all(form)
    return pk, form


def change(story: Story, who: str, pk: str, **fields: Any) -> Any:
    return story.do(who, f"/bookings/{pk}", {"version": story.get(who, f"/bookings/{pk}")["version"], **TOLD, **fields}, method="patch")


def test_a_copy_is_there_by_six(story: Story) -> None:
    """booking.by-1800: carried by hand, the issuer has until 18:00; at 18:01 it is late, and stays so."""
    by_hand(story)
    form = issued(story, reservation(story))
    story.runs_out("lin", "booking.by-1800", "deliver", "18:00")
    story.do("lin", f"/papers/copies/{story.copies(form)['front_desk']['id']}/deliver")
    assert [one["status"] for one in story.behind("booking.by-1800", "deliver")] == ["met_late"]


def test_a_copy_is_signed_for_by_six(story: Story) -> None:
    """booking.by-1800: the front desk signs by 18:00, as its list and the duty's own page say."""
    form = issued(story, reservation(story))
    (duty,) = story.owed("fang", "booking.by-1800", "sign")
    assert "18:00" in story.cast.sign_in("fang").get(f"/duties/{duty['id']}/").content.decode()
    story.runs_out("fang", "booking.by-1800", "sign", "18:00")
    story.sign_all(form)
    assert [one["status"] for one in story.behind("booking.by-1800", "sign")] == ["met_late"]


def test_a_copy_of_the_evening_is_signed_for_by_nine(story: Story) -> None:
    """booking.by-1800: what is issued after 18:00 is there by 9:00 of the next day."""
    pk = reservation(story)
    story.at("18:30")
    issued(story, pk)
    story.runs_out("fang", "booking.by-1800", "sign", "09:00", TODAY + timedelta(days=1))


def test_a_guest_of_the_same_evening_is_told_at_once(story: Story) -> None:
    """booking.by-1800: issued after 18:00 for somebody who comes tonight, it is signed for within a quarter of an hour."""
    pk = reservation(story, **tonight("22:00"))
    story.at("18:30")
    issued(story, pk)
    story.runs_out("fang", "booking.by-1800", "sign", "18:45")


def test_a_guest_of_this_afternoon_is_known_before_he_comes(story: Story) -> None:
    """booking.by-1800: never later than the arrival itself."""
    issued(story, reservation(story, **tonight("15:00")))
    story.runs_out("fang", "booking.by-1800", "sign", "15:00")


def test_a_copy_carried_late_leaves_its_receiver_a_quarter_of_an_hour(story: Story) -> None:
    """booking.by-1800: handed over at 17:55, the front desk has until 18:10."""
    by_hand(story)
    form = issued(story, reservation(story))
    story.at("17:55")
    story.do("lin", f"/papers/copies/{story.copies(form)['front_desk']['id']}/deliver")
    story.runs_out("fang", "booking.by-1800", "sign", "18:10")


def test_a_signature_taken_back_is_owed_again(story: Story) -> None:
    """booking.by-1800: signed for by mistake and taken back at once, the copy stands on the list until 18:00 as before."""
    copy = story.copies(issued(story, reservation(story)))["front_desk"]["id"]
    story.do("fang", f"/papers/copies/{copy}/sign")
    assert story.owed("fang", "booking.by-1800", "sign") == []
    story.do("fang", f"/papers/copies/{copy}/undo")
    story.runs_out("fang", "booking.by-1800", "sign", "18:00")


def test_who_hears_that_nobody_has_signed(story: Story) -> None:
    """booking.by-1800: issued at 10:00, the head of the department hears at 16:00, the manager at 18:00."""
    issued(story, reservation(story))
    for who, minute, hour in (("fu", "15:59", "16:00"), ("shen", "17:59", "18:00")):
        heard = []
        for clock in (minute, hour):
            story.at(clock)
            story.round()
            heard.append(len(story.get(who, "/bell")))
        assert heard[1] - heard[0] == 1, (who, heard)


def test_the_manager_hears_of_requests_and_papers_left_lying(story: Story) -> None:
    """Two requests, a debt, a form and a change: nobody does anything, and for each the manager hears, of the group without agreement the GM."""
    by_hand(story)
    for text in (FAX, GROUP_FAX):
        asked(story, text)
    story.do("cai", f"/clients/{story.scene.client.pk}/overdue", {"since_on": "2026-11-01", "amount": "5000"})
    reservation(story, payment="cash")
    pk = reservation(story, payment="cash")
    issued(story, pk)
    change(story, "lin", pk, persons=2)
    story.at("10:00", TODAY + timedelta(days=6))
    story.round()
    assert story.named_in_bell("shen") == {
        "booking.handle-at-once": 2, "booking.reply-30": 1, "booking.group-escalate": 3, "booking.collect-debts": 2, "booking.form-on-account": 1,
        "booking.by-1800": 2, "booking.change-notice": 2 + 2,
    }
    assert story.named_in_bell("lu") == {"booking.group-escalate": 1}


def test_who_holds_the_group_schedule(story: Story) -> None:
    """booking.copies-group, -meals, -important: three copies; one more where meals are ordered, three for an important group."""
    small = issued(story, confirmed(story, meals=False, rooms=2), "he")
    assert list(story.copies(small)) == ["front_desk", "front_cashier", "sales"]
    _pk, whole = important(story)
    assert list(story.copies(whole)) == ["front_desk", "front_cashier", "fnb", "gm_office", "pr", "security", "sales"]


def test_collected_on_behalf_the_cashier_holds_a_copy(story: Story) -> None:
    """booking.copies-reservation: what the cashier collects for the client brings him the third copy, and he signs for it."""
    plain = issued(story, reservation(story))
    assert list(story.copies(plain)) == ["front_desk", "sales"]
    form = {
        "kind": "on_account", "name": "苏晓", "client": story.scene.client.name, "client_pk": str(story.scene.client.pk), "persons": "1", **LATER_STAY,
        "rooms-0-room_type": str(story.scene.twin.pk), "rooms-0-rooms": "1", "rooms-0-use": "guest", "selling_rate": "420", "due_back": "100",
    }
    page = story.cast.sign_in("lin").post("/bookings/new/", form)
    assert page.status_code == 302, page.content.decode()[:2000]
    pk = page["Location"].rstrip("/").rpartition("/")[2]
    for step in ("written", "hold", "confirm"):
        story.do("lin", f"/bookings/{pk}/{step}", {"paper": "传真夹 11 号"} if step == "written" else None)
    copies = story.copies(issued(story, pk))
    assert list(copies) == ["front_desk", "front_cashier", "sales"]
    assert copies["front_cashier"]["must_sign"] and copies["sales"]["archive"]


def test_no_reservation_form_to_a_desk_without_receiver(story: Story) -> None:
    """booking.named-receivers: the reservation form does not go out where nobody may sign for it."""
    pk = reservation(story)
    story.nobody_signs_for("front_desk", "fu")
    assert clauses(story.refused("lin", f"/bookings/{pk}/issue")) == ["booking.named-receivers"]
    story.do("fu", "/house/receivers", {"department": "front_desk", "person": "fu"})
    assert list(story.copies(issued(story, pk))) == ["front_desk", "sales"]


def test_no_group_schedule_to_a_cashier_without_receiver(story: Story) -> None:
    """booking.named-receivers: nor does the group schedule."""
    pk = confirmed(story)
    story.nobody_signs_for("front_cashier", "bai")
    assert clauses(story.refused("he", f"/bookings/{pk}/issue")) == ["booking.named-receivers"]


def test_no_change_notice_to_a_cashier_without_receiver(story: Story) -> None:
    """booking.named-receivers: nor a change notice. The clause holds back the paper, not what the client said: the change is
    written, its notice stays owed, the head who must name somebody is told, and once he has, it goes out."""
    pk = reservation(story)
    issued(story, pk)
    story.nobody_signs_for("front_cashier", "bai")
    change(story, "lin", pk, departure_on="2026-12-08")
    assert story.get("lin", f"/bookings/{pk}")["departure_on"] == "2026-12-08"
    assert not [copy for copy in story.get("fang", "/papers/inbox") if copy["kind"] == "change_notice"]
    assert [one["status"] for one in story.behind("booking.change-notice", "issue")] == ["soon"]
    assert "没有指定签收人" in story.cast.sign_in("bai").get("/bell/").content.decode()
    row = str(Change.objects.get().pk)
    refused = story.refused("lin", f"/bookings/changes/{row}/notice")
    assert clauses(refused) == ["booking.named-receivers"] and refused["departments"] == ["总台收银"]
    story.do("bai", "/house/receivers", {"department": "front_cashier", "person": "ma"})
    story.do("lin", f"/bookings/changes/{row}/notice")
    copies = story.copies(notice_of(story))
    assert [name for name, copy in copies.items() if copy["must_sign"]] == ["front_desk", "front_cashier"]
    assert [one["status"] for one in story.behind("booking.change-notice", "issue")] == ["met"]


def test_a_cancellation_is_written_though_nobody_signs_for_the_cashier(story: Story) -> None:
    """booking.named-receivers: the rooms go back at once; the form stays with its holders until its notice can go out, then it is void."""
    pk = reservation(story)
    form = issued(story, pk)
    story.nobody_signs_for("front_cashier", "bai")
    story.do("lin", f"/bookings/{pk}/cancel", {"reason": "行程取消", **{key: value for key, value in TOLD.items() if key != "reason"}})
    assert story.get("lin", f"/bookings/{pk}")["state"] == "cancelled"
    assert story.get("shen", f"/papers/{form}")["voided_at"] is None
    story.do("bai", "/house/receivers", {"department": "front_cashier", "person": "ma"})
    story.do("lin", f"/bookings/changes/{Change.objects.get().pk}/notice")
    assert story.get("shen", f"/papers/{form}")["voided_at"] is not None and notice_of(story)


def test_a_change_goes_to_the_three_and_to_who_holds_the_form(story: Story) -> None:
    """booking.change-notice: the desk, the cashier and, with meals, the restaurant sign; sales files; the others only read."""
    pk, form = important(story)
    change(story, "he", pk, **ROOMING)
    notice = notice_of(story)
    copies = story.copies(notice)
    assert [name for name, copy in copies.items() if copy["must_sign"]] == ["front_desk", "front_cashier", "fnb"]
    assert list(copies)[3:] == ["sales", "gm_office", "pr", "security"] and copies["sales"]["archive"]
    assert story.get("shen", f"/papers/{notice}")["content"]["original"] == story.get("shen", f"/papers/{form}")["number"]


def test_a_change_is_signed_for_within_a_quarter_of_an_hour(story: Story) -> None:
    """booking.change-notice: signed by 10:15 though the house works until 18:00; without meals the restaurant is left in peace."""
    pk = reservation(story)
    issued(story, pk)
    change(story, "lin", pk, persons=2)
    assert list(story.copies(notice_of(story))) == ["front_desk", "front_cashier", "sales"]
    story.runs_out("ma", "booking.change-notice", "sign", "10:15")


def test_a_change_is_carried_there_within_a_quarter_of_an_hour(story: Story) -> None:
    """booking.change-notice: where papers are carried, the issuer has as long."""
    by_hand(story)
    pk = reservation(story)
    issued(story, pk)
    change(story, "lin", pk, persons=2)
    story.runs_out("lin", "booking.change-notice", "deliver", "10:15")
    for name, copy in story.copies(notice_of(story)).items():
        if name != "sales":
            story.do("lin", f"/papers/copies/{copy['id']}/deliver")
    assert story.owed("lin", "booking.change-notice", "deliver") == []


def test_the_notice_of_a_cancellation_is_due_in_a_quarter_of_an_hour(story: Story) -> None:
    """booking.change-notice: cancelled, the notice is out at once; its time was fifteen minutes."""
    pk = reservation(story)
    issued(story, pk)
    story.do("lin", f"/bookings/{pk}/cancel", TOLD)
    assert story.lasted("booking.change-notice", "issue") == {timedelta(minutes=15)}


def test_the_departments_hear_of_a_changed_group_in_a_quarter_of_an_hour(story: Story) -> None:
    """group.change-notify: one more guest, the departments are told at once; its time was fifteen minutes."""
    pk = confirmed(story)
    issued(story, pk, "he")
    change(story, "he", pk, persons=13)
    assert story.lasted("group.change-notify", "notify") == {timedelta(minutes=15)}


def test_signing_is_for_the_latest_revision(story: Story) -> None:
    """booking.named-receivers: a copy that a newer revision replaced is not signed for any more."""
    pk = reservation(story)
    old = story.copies(issued(story, pk))["front_desk"]["id"]
    change(story, "lin", pk, persons=2)
    assert clauses(story.refused("fang", f"/papers/copies/{old}/sign")) == ["booking.named-receivers"]


