"""Mails as they come: a request, an answer to ours, machines' answers, reports of several mail systems."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

FAX = "订房单位：东岬港务集团有限公司\n联系人：赵晴\n抵店日期：2026年12月6日\n离店日期：2026年12月8日\n用房：标准双人间 2 间\n人数：4 人\n付款方式：挂账\n请确认。\n"
GUEST = "zhao@dongjia.example"


def mail(
    words: str = FAX, *, subject: str = "订房", sender: str = GUEST, number: str = "<1@dongjia.example>", answers: str = "", to: str = "s@h.example",
    **heads: str,
) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"], letter["Message-ID"] = sender, to, subject, number
    letter["Date"] = format_datetime(datetime(2026, 11, 24, 1, 30, tzinfo=UTC))
    if answers:
        letter["In-Reply-To"] = letter["References"] = answers
    for name, value in heads.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(words)
    return letter


def report(letter_id: str, *, to: str = GUEST, action: str = "failed", status: str = "5.1.1", number: str = "<dsn@mx.example>") -> bytes:
    """A report by the book (RFC 3464)."""
    return (
        f"From: MAILER-DAEMON@mx.example\r\nTo: sales@guiju.example\r\nSubject: Undelivered Mail Returned to Sender\r\nMessage-ID: {number}\r\n"
        "Date: Tue, 24 Nov 2026 02:30:00 +0000\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"\r\n\r\n'
        "--b1\r\nContent-Type: text/plain\r\n\r\nI'm sorry to have to inform you that your message could not be delivered.\r\n"
        "--b1\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 {status} User unknown\r\n\r\n"
        f"--b1\r\nContent-Type: message/rfc822\r\n\r\nFrom: sales@guiju.example\r\nTo: {to}\r\nMessage-ID: {letter_id}\r\nSubject: x\r\n\r\nwords\r\n"
        "--b1--\r\n"
    ).encode()


def plain_report(letter_id: str, *, subject: str = "failure notice", said: str = "550 5.1.1 no such user", number: str = "<qm@mx.example>") -> bytes:
    """A report that keeps to no standard, as some servers send it: words, and the letter's head among them."""
    return (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: sales@guiju.example\r\nSubject: {subject}\r\nMessage-ID: {number}\r\n"
        "Date: Tue, 24 Nov 2026 02:30:00 +0000\r\nContent-Type: text/plain\r\n\r\n"
        f"Hi. This is the mail program at mx.example.\r\n\r\n<{GUEST}>:\r\n{said}\r\n\r\n--- Below this line is a copy of the message.\r\n\r\n"
        f"From: sales@guiju.example\r\nMessage-ID: {letter_id}\r\nSubject: x\r\n\r\nwords\r\n"
    ).encode()
