"""A mailbox that is set up and off, and a client who wrote back on an offer that went out this morning."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from guiju.demo.base import Stage
from guiju.enquiries import actions
from guiju.enquiries.models import Enquiry
from guiju.house.acting import acting
from guiju.mailroom.actions import set_up_mailbox, switch_mailbox
from guiju.notices.sending import send_one
from guiju.shelf.errors import Refusal


def mailbox_off(stage: Stage) -> None:
    """The demo hotel reaches no real mail server: its mailbox is there to be looked at, and says that it is off."""
    at = stage.now - timedelta(hours=20)
    by = acting(stage.people["guan"], stage.hotel, now=stage.now)
    card = {
        "name": "订房邮箱", "host": "imap.wanglan.example", "security": "tls", "user": "sales@wanglan.example", "secret_from": "GUIJU_MAIL_SALES",
        "every_seconds": 60,
    }
    row = set_up_mailbox(stage.hotel, card=card, by=by, now=at)
    switch_mailbox(row, on=False, by=by, now=at)


def wrote_back(stage: Stage) -> None:
    """Asked by mail, offered within the half hour, and the client's answer has lain there for six minutes."""
    company = next(one for one in stage.clients if str(one.pk) in stage.agreements and one.kind == "company" and one.email)
    asked_at, offered_at, back_at = (stage.now - timedelta(minutes=minutes) for minutes in (75, 58, 6))
    arrival = stage.today + timedelta(days=11)
    words = (
        f"订房单位：{company.name}\n联系人：许经理\n抵店日期：{arrival.year}年{arrival.month}月{arrival.day}日\n"
        f"离店日期：{(arrival + timedelta(days=2)).isoformat()}\n用房：高级大床房 3 间\n人数：3 人\n请报价。\n"
    )
    clerk, lin = (acting(stage.people[name], stage.hotel, now=asked_at) for name in ("wen", "lin"))
    try:
        asked = _mail(company.email, "请报价", words, "<ask-1@client.example>", at=asked_at)
        (found,) = actions.take_in(stage.hotel, data=asked, filename="询价.eml", by=clerk, now=asked_at)
        row = Enquiry.objects.select_related("hotel", "message").get(hotel=stage.hotel, number=found["enquiry"])
        actions.take(row, by=lin, now=asked_at + timedelta(minutes=3))
        draft = actions.draft_reply(row, kind="quotation", by=lin, now=offered_at)
        text = {name: draft[name] for name in ("body", "parts", "subject_line")}
        reply = actions.send_reply(row, kind="quotation", channel="mail", **text, by=lin, now=offered_at)
    except Refusal:  # this day's rates do not offer it: then there is simply no such letter
        return
    if reply.letter is None:
        return
    send_one(reply.letter, offered_at + timedelta(minutes=1))
    back = "价格可以。其中一间请安排在高层，安静一些的房间，麻烦确认。谢谢！\n许经理"
    raw = _mail(company.email, f"答复: {reply.letter.subject}", back, "<back-1@client.example>", at=back_at, answers=reply.letter.message_id)
    actions.take_in(stage.hotel, data=raw, filename="回信.eml", by=clerk, now=back_at)


def _mail(sender: str, subject: str, words: str, number: str, *, at: datetime, answers: str = "") -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"], letter["Message-ID"] = sender, "sales@wanglan.example", subject, number
    letter["Date"] = format_datetime(at)
    if answers:
        letter["In-Reply-To"] = letter["References"] = answers
    letter.set_content(words)
    return letter.as_bytes()
