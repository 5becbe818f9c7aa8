"""The head of a mail: what it answers, whether a machine wrote it, which letter comes back; and whose words are whose."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.reading.envelope import read
from guiju.reading.quoted import own_words
from tests.mailroom.mails import FAX, mail, plain_report, report

OURS = "<0123456789abcdef0123456789abcdef@guiju.example>"


def test_an_answer_names_the_nearest_letter_first() -> None:
    letter = mail(subject="Re: 确认", answers="")
    letter["In-Reply-To"], letter["References"] = OURS, "<first@x> <second@x>"
    assert read(letter.as_bytes()).answers == [OURS, "<second@x>", "<first@x>"]


@pytest.mark.parametrize(
    ("heads", "subject", "auto"),
    [
        ({"Auto_Submitted": "auto-replied"}, "Re: 确认", "auto_reply"),
        ({"Auto_Submitted": "auto-generated"}, "Booking 4711", ""),  # a system's booking is a booking
        ({"Precedence": "bulk"}, "Booking 4711", ""),
        ({"Precedence": "auto_reply"}, "x", "auto_reply"),
        ({"X_Autoreply": "yes"}, "x", "auto_reply"),
        ({"Auto_Submitted": "auto-generated", "In_Reply_To": OURS}, "Ticket 12: we have received your mail", "answer"),
        ({}, "自动回复: 确认", "absence"),
        ({}, "Automatic reply: confirmation", "absence"),
        ({}, "Out of office until Monday", "absence"),
        ({}, "Abwesenheitsnotiz: Urlaub", "absence"),
        ({}, "Re: out of office supplies", ""),
        ({}, "请自动回复", ""),
    ],
)
def test_what_a_machine_answered_and_what_a_person_or_a_system_asks(heads: dict[str, str], subject: str, auto: str) -> None:
    assert read(mail(subject=subject, **heads).as_bytes()).auto == auto


def test_a_report_by_the_book() -> None:
    found = read(report(OURS)).returned
    assert found is not None and found.final and found.letters == [OURS] and found.recipients == ["zhao@dongjia.example"]
    assert found.said == "550 5.1.1 User unknown"
    late = read(report(OURS, action="delayed", status="4.4.1")).returned
    assert late is not None and not late.final
    well = read(report(OURS, action="delivered", status="2.0.0")).returned
    assert well is not None and not well.final


@pytest.mark.parametrize(
    ("subject", "said", "final"),
    [
        ("failure notice", "550 5.1.1 no such user", True),
        ("Undelivered Mail Returned to Sender", "host mx said: 554 rejected", True),
        ("系统退信", "收件人不存在 (550 User not found)", True),
        ("退信：确认", "无法投递", True),
        ("Delivery delayed, failure so far", "4.4.1 connection timed out, we will keep still trying", False),
    ],
)
def test_reports_that_keep_to_no_standard(subject: str, said: str, final: bool) -> None:
    found = read(plain_report(OURS, subject=subject, said=said)).returned
    if subject.startswith("Delivery delayed"):
        assert found is None or not found.final
    else:
        assert found is not None and found.final is final and found.letters == [OURS]


def test_a_person_who_writes_of_a_failure_is_no_report() -> None:
    assert read(mail("上次的邮件被退信了", subject="退信：请再发一次").as_bytes()).returned is None
    assert read(mail(subject="failure notice").as_bytes()).returned is None


def test_the_way_a_mail_took_does_not_make_it_another() -> None:
    one, other = mail().as_bytes(), b"Received: from a by b; x\n" + mail().as_bytes().replace(b"\n", b"\r\n")
    assert read(one).content == read(other).content != read(mail(FAX + "!").as_bytes()).content


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"Content-Type: multipart/report; boundary=\n\n--\n", b"Subject: =?x?b?//?=\nFrom: <>\n\n", b"\xff" * 5000])
def test_a_broken_head_is_no_head(raw: bytes) -> None:
    found = read(raw)
    assert found.content and found.returned is None


@pytest.mark.parametrize(
    "below",
    [
        "> 感谢预订\n> 取消政策：18 点前",
        "-----Original Message-----\nFrom: 听涛饭店 <s@h.example>\n取消政策",
        "On Tue, Nov 24, 2026 at 10:00 AM Sales <s@h.example> wrote:\n> cancel",
        "在 2026-11-24 10:00:00，\"销售部\" <s@h.example> 写道：\n取消政策",
        "发件人: 听涛饭店 <s@h.example>\n发送时间: 2026年11月24日\n取消政策",
        "------------------ 原始邮件 ------------------\n取消政策",
        "________________________________\nFrom: x\n取消",
    ],
)
def test_our_letter_below_his_words_is_not_his(below: str) -> None:
    assert own_words(f"好的，谢谢。\n赵晴\n\n{below}") == "好的，谢谢。\n赵晴"


def test_words_between_the_quoted_lines_are_his() -> None:
    assert own_words("> 几间？\n3 间\n> 几号？\n6 号") == "3 间\n6 号"
    assert own_words("抵店日期：2026年12月6日") == "抵店日期：2026年12月6日"


HEADS = st.lists(
    st.tuples(
        st.sampled_from(["From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Date", "Content-Type", "Auto-Submitted", "X-Failed-Recipients", "Return-Path"]),
        st.one_of(st.binary(max_size=60), st.sampled_from([b"multipart/report; report-type=delivery-status; boundary=b", b"<a@b>", b"=?gb2312?B?1dTH5w==?=", b"MAILER-DAEMON@x", b"Undelivered"])),
    ),
    max_size=8,
)
BODIES = st.one_of(st.binary(max_size=300), st.just(b"--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; \xff\nAction: failed\n\n--b--\n"))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HEADS, BODIES)
def test_whatever_comes_is_read_or_taken_for_nothing(heads: list[tuple[str, bytes]], body: bytes) -> None:
    """No head breaks the reader, and nothing that cannot be kept comes out of it."""
    found = read(b"".join(name.encode() + b": " + value + b"\n" for name, value in heads) + b"\n" + body)
    said = [found.sender, found.subject, found.returned.said if found.returned else ""]
    assert found.content and all(one.isprintable() for one in said)
    "".join([found.message_id, *found.answers, *found.to, *(found.returned.letters if found.returned else ())]).encode()
