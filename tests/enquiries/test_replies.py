"""Replies: drafted, complete or not, counted when they really left, undone when they come back."""

from __future__ import annotations

from pathlib import Path
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.urls import reverse

from guiju.duties.models import Duty
from guiju.enquiries import actions, offering, queries
from guiju.enquiries.models import Enquiry, Reply
from guiju.logbook.models import Entry
from guiju.notices import sending
from guiju.notices.models import Letter, Notice
from guiju.notices.queries import bell
from guiju.shelf.errors import GateRefused, Invalid, NoRoom, Refusal
from tests.enquiries.scene import Scene

pytestmark = pytest.mark.django_db


def drafted(scene: Scene, row: Enquiry, kind: str, clock: str = "10:08", **more: Any) -> dict[str, Any]:
    draft = actions.draft_reply(row, kind=kind, **more, **scene.at(clock))
    return {key: draft[key] for key in ("body", "subject_line", "parts", "lang")}


def sent(scene: Scene, row: Enquiry) -> Any:
    return Entry.objects.filter(kind="reply.sent", subjects__subject_id=str(row.pk)).order_by("seq").last()


def reply_duty(row: Enquiry) -> Duty:
    return Duty.objects.get(clause="booking.reply-30", subject_id=str(row.pk))


def test_from_fax_to_the_reply_that_left(scene: Scene) -> None:
    row = scene.came_in(client=scene.client, unsure=("rooms",))
    browser = scene.cast.sign_in("lin")
    at = lambda name: reverse(f"enquiries:{name}", args=[row.pk])  # noqa: E731  (read once, here)
    assert browser.post(at("take")).status_code == 302
    row.refresh_from_db()
    assert browser.post(at("check"), {"confirm": "rooms", "version": row.version}).status_code == 302
    assert browser.post(at("book")).status_code == 302
    row.refresh_from_db()
    draft = drafted(scene, row, "confirmation")
    assert "RMB 320" in draft["body"] or "320 元" in draft["body"] or "320" in draft["body"]
    form = {
        "kind": "confirmation",
        "channel": "mail",
        "to": row.reply_to,
        "do": "send",
        "lang": "zh-hans",
        "body": draft["body"],
        "subject_line": draft["subject_line"],
        **draft["parts"],
    }
    assert browser.post(at("reply"), form).status_code == 302
    reply = Reply.objects.get(enquiry=row)
    assert reply.complete and reply.sent_at is None and reply.letter is not None
    assert sent(scene, row) is None  # in the outbox: meets nothing
    assert queries.queue(scene.cast.hotel.pk, scene.cast.at("10:06"))[0].on_its_way
    left = scene.cast.at("10:20")
    assert sending.send_due(left) == 1
    fact = sent(scene, row)
    assert fact.at == left and fact.attrs["complete"] is True and fact.attrs["channel"] == "mail"
    row.refresh_from_db()
    assert row.answered_at == left and row.state == Enquiry.State.BOOKED
    assert queries.queue(scene.cast.hotel.pk, left) == []
    duty = reply_duty(row)
    assert duty.met_at == left and duty.due_at == scene.cast.at("10:30")


def test_hold_and_reply_is_one_step(scene: Scene) -> None:
    row = scene.came_in(client=scene.client)
    draft = drafted(scene, row, "confirmation")
    reply = actions.reply_and_hold(row, channel="mail", **draft, **scene.at("10:10"))
    assert reply.booking is not None and reply.booking.hold_until_at is not None
    crowded = scene.came_in(client=scene.client, rooms={"TWN": 19})
    with pytest.raises(NoRoom):
        actions.reply_and_hold(crowded, channel="mail", **draft, **scene.at("10:12"))
    assert not Reply.objects.filter(enquiry=crowded).exists()
    assert Enquiry.objects.get(pk=crowded.pk).state == Enquiry.State.OPEN


def test_an_incomplete_reply_does_not_count(scene: Scene) -> None:
    row = scene.came_in(client=scene.client)
    try:
        actions.send_reply(
            row, kind="quotation", channel="wechat", body="已收到，稍后答复。", **scene.at("10:10")
        )
    except GateRefused:
        assert sent(scene, row) is None
    else:
        assert sent(scene, row).attrs["complete"] is False
    row.refresh_from_db()
    assert row.answered_at is None and row.state == Enquiry.State.OPEN


def test_what_makes_a_reply_complete() -> None:
    whole = {"offer": "TWN × 2", "price_verified": True, "next_step": "书面确认"}
    assert offering.complete("confirmation", "mail", whole) == []
    assert offering.complete("quotation", "mail", {**whole, "next_step": ""}) == ["next_step"]
    assert offering.complete("confirmation", "mail", {**whole, "price_verified": False}) == ["price_verified"]
    assert offering.complete("quotation", "call", whole) == ["spoken_to"]
    assert offering.complete("regret", "mail", {"reason": "满房"}) == ["alternative"]
    assert offering.complete("regret", "mail", {"reason": "满房", "alternative": "none"}) == []
    assert offering.complete("counter_offer", "mail", whole) == ["alternative"]


def test_a_price_that_no_rate_gives_is_found() -> None:
    assert offering.amounts_in("房价 320 元，合计 ￥1,280.00；RMB 99") == [320, 1280, 99]


def test_the_price_in_the_letter_is_compared_with_the_rates(scene: Scene) -> None:
    row = scene.came_in(client=scene.client)
    draft = drafted(scene, row, "quotation")
    draft["body"] += "\n特价每间 199 元。"
    try:
        reply = actions.send_reply(row, kind="quotation", channel="mail", **draft, **scene.at("10:10"))
    except GateRefused:
        return
    assert reply.parts["price_verified"] is False and not reply.complete


def test_a_regret_needs_reason_and_alternative(scene: Scene) -> None:
    row = scene.came_in(client=scene.client, rooms={"TWN": 30})
    with pytest.raises(Invalid) as wrong:
        actions.send_reply(row, kind="regret", channel="mail", body="很抱歉，满房。", **scene.at("10:10"))
    assert set(wrong.value.errors) == {"reason", "alternative"}
    browser = scene.cast.sign_in("lin")
    form = {
        "kind": "regret",
        "channel": "mail",
        "to": row.reply_to,
        "body": "很抱歉",
        "reason": "满房",
        "do": "send",
    }
    page = browser.post(reverse("enquiries:reply", args=[row.pk]), form)
    assert page.status_code == 422 and "很抱歉" in page.content.decode()
    actions.send_reply(
        row,
        kind="regret",
        channel="mail",
        body="很抱歉，满房。",
        parts={"reason": "满房", "alternative": "none"},
        **scene.at("10:10"),
    )
    sending.send_due(scene.cast.at("10:11"))
    assert Enquiry.objects.get(pk=row.pk).state == Enquiry.State.REGRETTED


def test_a_counter_offer_names_what_is_free(scene: Scene) -> None:
    row = scene.came_in(client=scene.client, rooms={"TWN": 21}, lang="en")
    draft = actions.draft_reply(row, kind="regret", reason="full", **scene.at("10:08"))
    assert draft["lang"] == "en" and "Dear" in draft["body"] and "full" in draft["body"]
    small = scene.came_in(client=scene.client, rooms={"KNG": 11}, lang="en")
    offer = actions.draft_reply(small, kind="counter_offer", **scene.at("10:08"))
    assert "Twin × 11" in offer["body"] and "Twin × 11" in offer["parts"]["alternative"]


def test_a_fax_counts_from_its_receipt(scene: Scene) -> None:
    row = scene.came_in(client=scene.client, reply_to="0591 5550 1287")
    draft = drafted(scene, row, "quotation")
    reply = actions.send_reply(row, kind="quotation", channel="fax", **draft, **scene.at("10:10"))
    assert sent(scene, row) is None
    browser = scene.cast.sign_in("lin")
    assert draft["subject_line"] in browser.get(reverse("enquiries:print", args=[reply.pk])).content.decode()
    with pytest.raises(Invalid):
        actions.log_receipt(reply, receipt="OK 01/01", at=scene.cast.at("09:00"), **scene.at("10:25"))
    assert browser.post(reverse("enquiries:receipt", args=[reply.pk]), {"receipt": ""}).status_code == 422
    actions.log_receipt(reply, receipt="OK 01/01", at=scene.cast.at("10:18"), **scene.at("10:25"))
    assert sent(scene, row).at == scene.cast.at("10:18")
    with pytest.raises(Refusal):
        actions.log_receipt(reply, receipt="OK 01/01", **scene.at("10:26"))


def test_a_call_names_the_person_spoken_to(scene: Scene) -> None:
    row = scene.came_in(client=scene.client, channel="phone")
    parts = {"offer": "TWN × 2", "next_step": "传真确认"}
    with pytest.raises(Invalid) as wrong:
        actions.log_call(
            row, kind="quotation", spoken_to="", body="报价 320 元", parts=parts, **scene.at("10:10")
        )
    assert "spoken_to" in wrong.value.errors
    reply = actions.log_call(
        row, kind="quotation", spoken_to="赵晴", body="报价 320 元", parts=parts, **scene.at("10:10")
    )
    assert reply.complete and reply.sent_at == scene.cast.at("10:10")
    assert Enquiry.objects.get(pk=row.pk).state == Enquiry.State.ANSWERED


def test_a_refused_mail_and_a_bounce_reopen(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    row = scene.came_in(client=scene.client)
    draft = drafted(scene, row, "quotation")
    reply = actions.send_reply(row, kind="quotation", channel="mail", **draft, **scene.at("10:10"))
    sending.send_due(scene.cast.at("10:12"))
    row.refresh_from_db()
    assert row.state == Enquiry.State.ANSWERED
    reply.refresh_from_db()
    actions.note_bounce(reply, **scene.at("10:15"))
    row.refresh_from_db()
    assert row.state == Enquiry.State.OPEN and row.answered_at is None
    assert not Notice.objects.filter(key__startswith="bounced:").exists()  # who enters it knows
    assert reply_duty(row).met_at is None  # owed again, under its old time
    second = actions.send_reply(row, kind="quotation", channel="mail", **draft, **scene.at("10:16"))

    def refuse(letter: Letter, now: Any) -> None:
        raise SMTPRecipientsRefused({letter.to: (550, b"no such user")})

    monkeypatch.setattr(sending, "_hand_over", refuse)
    assert sending.send_due(scene.cast.at("10:17")) == 0
    second.refresh_from_db()
    assert second.bounced_at is not None and second.sent_at is None
    assert Entry.objects.filter(kind="reply.bounced").count() == 2
    told = Notice.objects.get(key__startswith="bounced:")
    assert (told.person_id, told.values, told.url) == (second.by_id, {"number": row.number}, f"/enquiries/{row.pk}")
    assert [str(line["text"]) for line in bell(scene.cast.actor(second.by.username), scene.cast.at("10:18"))] == [
        f"{row.number} 的答复被退回，客户没有收到"
    ]


def test_a_mail_can_be_taken_back_before_it_leaves(scene: Scene, tmp_path: Path) -> None:
    row = scene.came_in(client=scene.client)
    reply = actions.send_reply(
        row, kind="quotation", channel="mail", **drafted(scene, row, "quotation"), **scene.at("10:05")
    )
    browser = scene.cast.sign_in("lin")
    assert browser.post(reverse("enquiries:take_back", args=[reply.pk])).status_code == 302
    assert sending.send_due(scene.cast.at("10:30")) == 0
    again = actions.send_reply(
        row, kind="quotation", channel="mail", **drafted(scene, row, "quotation"), **scene.at("10:31")
    )
    sending.send_due(scene.cast.at("10:32"))
    again.refresh_from_db()
    with pytest.raises(Refusal):
        actions.take_back(again, **scene.at("10:33"))


def test_an_address_that_is_none(scene: Scene) -> None:
    row = scene.came_in(client=scene.client, reply_to="0591 5550 1287")
    with pytest.raises(Invalid) as wrong:
        actions.send_reply(
            row, kind="quotation", channel="mail", **drafted(scene, row, "quotation"), **scene.at("10:10")
        )
    assert "to" in wrong.value.errors


def test_no_confirmation_without_held_rooms(scene: Scene) -> None:
    row = scene.came_in(client=scene.client)
    draft = drafted(scene, row, "confirmation")
    with pytest.raises(GateRefused) as refused:
        actions.send_reply(row, kind="confirmation", channel="mail", **draft, **scene.at("10:10"))
    assert [item.clause for item in refused.value.verdict.refusals] == ["group.availability-first"]
    assert not Reply.objects.filter(enquiry=row).exists()


def test_from_the_words_of_a_fax(scene: Scene) -> None:
    words = "订房单位：东岬港务集团有限公司\n抵店：2026-12-06\n离店：2026-12-08\n"
    words += "标准双人间 2 间\n4 人\n联系人：赵晴\n挂账\n"
    found = actions.take_in(
        scene.cast.hotel, data=words.encode(), filename="fax.txt", channel="fax", **scene.at("10:00")
    )
    assert found[0]["status"] == "accepted"
    row = Enquiry.objects.select_related("hotel", "client", "agreement", "message").get(
        number=found[0]["enquiry"]
    )
    assert row.client == scene.client and row.rooms == {"TWN": 2}
    page = scene.cast.sign_in("lin").get(reverse("enquiries:enquiry", args=[row.pk])).content.decode()
    assert "<sup>" in page  # the places of what was read
    actions.take(row, **scene.at("10:03"))
    unsure = [name for name, point in row.fields.items() if not point["sure"]]
    actions.confirm_fields(row, names=unsure, **scene.at("10:05"))
    draft = drafted(scene, row, "confirmation")
    actions.reply_and_hold(row, channel="mail", to="zhao@dongjia.example", **draft, **scene.at("10:10"))
    sending.send_due(scene.cast.at("10:12"))
    assert reply_duty(row).met_at == scene.cast.at("10:12")
