"""What comes back: the client's letters on their request, machines' answers, reports; through the same door as every message."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.duties.models import Duty
from guiju.enquiries import actions
from guiju.enquiries.models import Enquiry, Message, Reply
from guiju.logbook.models import Entry
from guiju.notices import sending
from guiju.notices.models import Letter, Notice
from guiju.shelf.errors import Refusal
from tests.enquiries.scene import Scene
from tests.mailroom.mails import FAX, GUEST, mail, plain_report, report
from tests.mailroom.smtpd import Smtp

pytestmark = pytest.mark.django_db
WORDS = "标准双人间 2 间，每晚 620 元，含早餐。取消政策见下。"


def take(scene: Scene, data: bytes, clock: str = "10:40", **more: Any) -> dict[str, Any]:
    (found,) = actions.take_in(scene.cast.hotel, data=data, filename="m.eml", by=scene.actor(), now=scene.cast.at(clock), **more)
    return found


def answered(scene: Scene, clock: str = "10:10") -> tuple[Enquiry, Letter]:
    """A request that came by mail and was answered by mail, which left."""
    found = take(scene, mail().as_bytes(), "10:05")
    row = Enquiry.objects.select_related("hotel", "message").get(number=found["enquiry"])
    actions.take(row, **scene.at("10:06"))
    draft = actions.draft_reply(row, kind="quotation", **scene.at(clock))
    reply = actions.send_reply(
        row, kind="quotation", channel="mail", body=draft["body"], parts=draft["parts"], subject_line=draft["subject_line"], to=GUEST, **scene.at(clock)
    )
    sending.send_due(scene.cast.at(clock) + timedelta(seconds=30))
    row.refresh_from_db()
    assert row.state == "answered" and Reply.objects.get(pk=reply.pk).sent_at
    return row, Letter.objects.get(about_id=str(reply.pk))


def duty(row: Enquiry, clause: str = "booking.reply-30", rule: str = "reply") -> Duty:
    return Duty.objects.filter(subject_id=str(row.pk), clause=clause, rule=rule).order_by("opens_at").last()


def test_an_answer_to_our_letter_is_a_message_on_its_request(scene: Scene) -> None:
    row, letter = answered(scene)
    browser = scene.cast.sign_in("lin")
    browser.get(f"/enquiries/{row.pk}")  # reads the edition in force once
    with CaptureQueriesContext(connection) as before:
        browser.get(f"/enquiries/{row.pk}")
    found = take(scene, mail("好的，就按这个价，谢谢。", number="<2@x>", answers=letter.message_id, subject="Re: 报价").as_bytes())
    assert (found["status"], found["enquiry"]) == ("answered", row.number) and Enquiry.objects.count() == 1
    row.refresh_from_db()
    assert row.state == "answered" and row.answered_at  # it reopens nothing by itself
    heard = Message.objects.get(answers=row)
    assert heard.text.startswith("好的") and heard.form == "text"
    read = duty(row, "booking.handle-at-once", "read")
    assert read.due_at == scene.cast.at("10:55") and read.met_at is None and read.owner_person_id == scene.cast.people["lin"].pk
    assert Notice.objects.filter(person_id=scene.cast.people["lin"].pk, text="%(number)s: the client wrote back").exists()
    with CaptureQueriesContext(connection) as after:
        page = browser.get(f"/enquiries/{row.pk}").content.decode()
    assert "好的，就按这个价" in page and len(after) <= len(before) + 1, [one["sql"][:150] for one in after]
    actions.see_message(heard, **scene.at("10:50"))
    assert duty(row, "booking.handle-at-once", "read").met_at == scene.cast.at("10:50")


def test_two_letters_are_read_when_both_are(scene: Scene) -> None:
    row, letter = answered(scene)
    for number, clock in (("<2@x>", "10:40"), ("<3@x>", "10:45")):
        take(scene, mail(f"还有 {number}", number=number, answers=letter.message_id).as_bytes(), clock)
    first, second = Message.objects.filter(answers=row).order_by("received_at")
    actions.see_message(first, **scene.at("10:50"))
    assert duty(row, "booking.handle-at-once", "read").met_at is None
    actions.see_message(second, **scene.at("10:52"))
    assert duty(row, "booking.handle-at-once", "read").met_at == scene.cast.at("10:52")


def test_who_answers_has_read(scene: Scene) -> None:
    row, letter = answered(scene)
    take(scene, mail("能便宜点吗？", number="<2@x>", answers=letter.message_id).as_bytes())
    draft = actions.draft_reply(row, kind="quotation", **scene.at("10:43"))
    actions.log_call(row, kind="quotation", spoken_to="赵晴", body=draft["body"], parts=draft["parts"], **scene.at("10:44"))
    assert Message.objects.get(answers=row).seen_at == scene.cast.at("10:44")
    assert duty(row, "booking.handle-at-once", "read").met_at == scene.cast.at("10:44")


def test_our_mark_in_the_subject_is_enough_from_the_client_s_own_house(scene: Scene) -> None:
    row, letter = answered(scene)
    assert letter.subject.endswith(f"[{row.number}]")
    found = take(scene, mail("收到", number="<2@x>", subject=f"答复: {letter.subject}", sender="wu@dongjia.example").as_bytes())
    assert found["status"] == "answered"
    stranger = take(scene, mail(FAX, number="<3@x>", subject=f"Re: {letter.subject}", sender="x@evil.example").as_bytes())
    assert stranger["status"] == "accepted" and stranger["enquiry"] != row.number


def test_a_shared_mail_house_says_nothing_about_who_writes(scene: Scene) -> None:
    found = take(scene, mail(sender="someone@qq.com").as_bytes())
    row = Enquiry.objects.get(number=found["enquiry"])
    other = take(scene, mail(FAX, number="<2@x>", subject=f"Re: [{row.number}]", sender="other@qq.com").as_bytes())
    assert other["status"] == "accepted"
    same = take(scene, mail("好", number="<3@x>", subject=f"Re: [{row.number}]", sender="someone@qq.com").as_bytes())
    assert same["status"] == "answered"


def test_the_clock_runs_on_when_he_has_thought(scene: Scene) -> None:
    found = take(scene, mail().as_bytes(), "10:05")
    row = Enquiry.objects.select_related("hotel").get(number=found["enquiry"])
    actions.ask_to_wait(row, **scene.at("10:10"))
    assert take(scene, mail("想好了", number="<2@x>", subject=f"Re: 订房 [{row.number}]").as_bytes())["status"] == "answered"
    row.refresh_from_db()
    assert row.waiting_since_at is None
    assert Entry.objects.filter(kind="client.answered").count() == 1


def test_a_change_in_an_answer_is_named_and_can_be_its_own_request(scene: Scene) -> None:
    row, letter = answered(scene)
    words = f"请改为 3 间标准双人间，12 月 7 日至 8 日。\n\n发件人: 听涛饭店 <s@h.example>\n{WORDS}\n抵店日期：2026年12月6日"
    take(scene, mail(words, number="<2@x>", answers=letter.message_id, subject="Re: 报价").as_bytes(), "10:40")
    heard = Message.objects.get(answers=row)
    assert heard.form == "modification"
    assert Notice.objects.filter(text="%(number)s: the client wants a change").exists()
    fresh = actions.split_message(heard, **scene.at("10:45"))
    assert fresh.about_id == row.pk and fresh.form == "modification" and fresh.received_at == scene.cast.at("10:40")
    assert fresh.rooms == {"TWN": 3}
    assert duty(fresh).due_at == scene.cast.at("11:10") and Message.objects.get(answers=row).seen_at
    with pytest.raises(Refusal):
        actions.split_message(heard, **scene.at("10:46"))


def test_our_own_words_below_his_are_not_read_as_his(scene: Scene) -> None:
    row, letter = answered(scene)
    words = "收到，谢谢。\n\n在 2026-11-24 10:10，销售部 <s@h.example> 写道：\n请取消原来的预订；如需取消请提前告知"
    take(scene, mail(words, number="<2@x>", answers=letter.message_id).as_bytes())
    assert Message.objects.get(answers=row).form == "text"


@pytest.mark.parametrize(
    "heads", [{"Auto_Submitted": "auto-replied"}, {"subject": "自动回复: 报价"}, {"X_Autoreply": "yes"}, {"subject": "Out of office: back on Monday"}]
)
def test_a_machine_s_answer_owes_nothing(scene: Scene, heads: dict[str, str]) -> None:
    row, letter = answered(scene)
    found = take(scene, mail("我在休假，12 月 1 日回来。", number="<2@x>", answers=letter.message_id, **{"subject": "Re: 报价", **heads}).as_bytes())
    assert found["status"] == "auto" and Enquiry.objects.count() == 1
    assert Message.objects.get(answers=row).form == "auto" and duty(row, "booking.handle-at-once", "read") is None
    assert not Entry.objects.filter(kind="client.wrote").exists()


def test_a_machine_s_answer_with_our_letter_below_it_is_no_request(scene: Scene) -> None:
    _row, letter = answered(scene)
    words = f"我在休假。\n\n在 2026-11-24 10:10，销售部 <s@h.example> 写道：\n{FAX}"
    assert take(scene, mail(words, number="<2@x>", answers=letter.message_id, subject="自动回复: 报价").as_bytes())["status"] == "auto"


def test_a_request_sent_from_holiday_or_by_a_system_is_a_request(scene: Scene) -> None:
    assert take(scene, mail(FAX, subject="自动回复: 转订单").as_bytes())["status"] == "accepted"
    assert take(scene, mail(FAX, number="<2@x>", Auto_Submitted="auto-generated", Precedence="bulk").as_bytes())["status"] == "accepted"


def test_our_own_letter_comes_back_as_a_copy(scene: Scene) -> None:
    _row, letter = answered(scene)
    assert take(scene, mail("报价", number=letter.message_id, sender="sales@guiju.example").as_bytes())["status"] == "own"
    assert take(scene, mail("报价", number="<other@x>", sender="Sales <sales@guiju.example>").as_bytes())["status"] == "own"
    assert Enquiry.objects.count() == 1
    form = take(scene, mail(FAX, number="<form@x>", sender="sales@guiju.example", subject="网站订房").as_bytes())
    assert form["status"] == "accepted"  # the website's form sends from our own address what a guest asks


def test_two_machines_that_answer_each_other_are_stopped(scene: Scene) -> None:
    _row, letter = answered(scene)
    states = [
        take(scene, mail("您的来信已收到，我们会尽快处理。", number=f"<loop{n}@x>", answers=letter.message_id, subject="Re: 报价").as_bytes())["status"]
        for n in range(6)
    ]
    assert states == ["answered"] * 3 + ["auto"] * 3
    many = [take(scene, mail(FAX, number=f"<new{n}@x>").as_bytes())["status"] for n in range(6)]
    assert many == ["accepted"] * 6  # the same order sent six times is six orders for a person to look at


@pytest.mark.parametrize("how", ["book", "words", "verp", "head"])
def test_a_letter_that_came_back_is_no_answer(scene: Scene, settings: Any, how: str) -> None:
    """The report is found by the letter's id or its return address; the clause is owed again, by its own words."""
    settings.BOUNCE_ADDRESS = "bounces@hotel.example"
    row, letter = answered(scene)
    assert duty(row).met_at
    raw = {
        "book": report(letter.message_id), "words": plain_report(letter.message_id),
        "verp": report("<unknown@x>").replace(b"To: sales@guiju.example", f"To: {sending.return_address(letter)}".encode(), 1),
        "head": mail("550 5.1.1 nobody here", sender="MAILER-DAEMON@mx.example", subject="Returned mail: see transcript", answers=letter.message_id).as_bytes(),
    }[how]
    found = take(scene, raw, "10:40")
    assert (found["status"], found["enquiry"]) == ("returned", row.number) and "5.1.1" in found["error"]
    row.refresh_from_db()
    letter.refresh_from_db()
    reply = Reply.objects.get()
    assert letter.state == "returned" and reply.bounced_at == scene.cast.at("10:40") and row.state == "open" and row.answered_at is None
    again = duty(row)
    assert again.met_at is None and again.due_at == scene.cast.at("10:35")
    assert Notice.objects.filter(key=f"bounced:{reply.pk}", person_id=scene.cast.people["lin"].pk).exists()
    page = scene.cast.sign_in("lin").get(f"/enquiries/{row.pk}").content.decode()
    assert "5.1.1" in page
    assert take(scene, raw, "10:41")["status"] == "duplicate" and Entry.objects.filter(kind="reply.bounced").count() == 1


def test_still_trying_and_delivered_undo_nothing(scene: Scene) -> None:
    row, letter = answered(scene)
    assert take(scene, report(letter.message_id, action="delayed", status="4.4.1"))["status"] == "auto"
    assert take(scene, report(letter.message_id, action="delivered", status="2.0.0", number="<ok@x>"))["status"] == "auto"
    letter.refresh_from_db()
    assert letter.state == "sent" and duty(row).met_at


def test_a_report_about_somebody_else_s_letter_changes_nothing(scene: Scene) -> None:
    answered(scene)
    found = take(scene, report("<not-ours@x>"))
    assert (found["status"], found["enquiry"]) == ("returned", None) and Reply.objects.get().bounced_at is None


def test_the_far_end_s_no_at_the_door_is_a_bounce_too(scene: Scene, smtp: Smtp) -> None:
    """550 at RCPT: the letter never left; 451: it waits and leaves later, with the same id."""
    smtp.refuses[GUEST] = "451 4.7.1 come back later"
    found = take(scene, mail().as_bytes(), "10:05")
    row = Enquiry.objects.select_related("hotel", "message").get(number=found["enquiry"])
    draft = actions.draft_reply(row, kind="quotation", **scene.at("10:10"))
    actions.send_reply(row, kind="quotation", channel="mail", body=draft["body"], parts=draft["parts"], to=GUEST, **scene.at("10:10"))
    sending.send_due(scene.cast.at("10:11"))
    assert Letter.objects.get().state == "waiting" and duty(row).met_at is None
    smtp.refuses.clear()
    sending.send_due(scene.cast.at("10:20"))
    (letter,) = smtp.letters
    assert Letter.objects.get().message_id.encode() in letter.data and b"In-Reply-To: <1@dongjia.example>" in letter.data and duty(row).met_at
    smtp.refuses[GUEST] = "550 5.1.1 nobody"
    actions.send_reply(row, kind="quotation", channel="mail", body=draft["body"], parts=draft["parts"], to=GUEST, **scene.at("10:30"))
    sending.send_due(scene.cast.at("10:31"))
    assert Letter.objects.order_by("created_at").last().state == "dead"


def test_the_return_address_names_the_letter(scene: Scene, smtp: Smtp, settings: Any) -> None:
    settings.BOUNCE_ADDRESS = "bounces@hotel.example"
    _row, letter = answered(scene)
    assert smtp.letters[0].sender == sending.return_address(letter) != "sales@guiju.example"
    assert sending.letters_named(scene.cast.hotel.pk, [], [smtp.letters[0].sender]) == [letter]


def test_what_hung_on_an_answer_is_kept(scene: Scene) -> None:
    row, letter = answered(scene)
    back = mail("名单见附件", number="<2@x>", answers=letter.message_id)
    back.add_attachment("王小明".encode(), maintype="text", subtype="plain", filename="名单.txt")
    back.add_attachment(b"MZ\x90\x00" + bytes(range(256)), maintype="application", subtype="octet-stream", filename="x.exe")
    take(scene, back.as_bytes())
    heard = Message.objects.get(answers=row)
    browser = scene.cast.sign_in("lin")
    page = browser.get(f"/enquiries/{row.pk}").content.decode()
    assert "名单.txt" in page and "x.exe" in page
    assert browser.get(f"/enquiries/heard/{heard.pk}/attachments/0").status_code == 200
    assert browser.get(f"/enquiries/heard/{heard.pk}/attachments/1").status_code == 404
    assert browser.get(f"/enquiries/heard/{heard.pk}/original").status_code == 200
    assert scene.cast.sign_in("chen").get(f"/enquiries/heard/{heard.pk}/original").status_code == 403


def test_the_page_s_steps(scene: Scene) -> None:
    row, letter = answered(scene)
    for number in ("<2@x>", "<3@x>"):
        take(scene, mail(f"请加一间 {number}", number=number, answers=letter.message_id).as_bytes())
    first, second = Message.objects.filter(answers=row).order_by("received_at", "id")
    browser = scene.cast.sign_in("lin")
    assert browser.post(f"/enquiries/heard/{first.pk}/seen").status_code == 302
    made = browser.post(f"/enquiries/heard/{second.pk}/split")
    assert made.status_code == 302 and Enquiry.objects.count() == 2
    first.refresh_from_db()
    assert first.seen_by == scene.cast.people["lin"]
    assert scene.cast.sign_in("fang").post(f"/enquiries/heard/{first.pk}/seen").status_code == 403
