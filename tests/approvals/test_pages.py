"""The approver's page, on a phone first: what waits, the two buttons, and who may read what."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.approvals.models import Approval
from guiju.shelf.ids import uuid7
from tests.approvals.conftest import Desk


def test_the_approver_finds_it_and_says_yes(desk: Desk) -> None:
    row = desk.ask(text="二十人，看总统套房")
    shen = desk.browser("shen")
    page = shen.get("/approvals/").content.decode()
    assert "东嘉集团参观" in page and "看总统套房" in page and 'value="approve"' in page
    assert shen.post(f"/approvals/{row.pk}/decide", {"answer": "approve"}).status_code == 302
    assert "东嘉集团参观" not in shen.get("/approvals/").content.decode()
    assert "东嘉集团参观" in shen.get("/approvals/?show=decided").content.decode() or Approval.objects.get().state == "waiting"
    lu = desk.browser("lu")
    assert lu.post(f"/approvals/{row.pk}/decide", {"answer": "approve"}).status_code == 302
    assert Approval.objects.get().state == "given"
    assert "东嘉集团参观" in desk.browser("qiao").get("/approvals/?show=asked").content.decode()


def test_sending_back_without_a_word_comes_back_beside_the_field(desk: Desk) -> None:
    row = desk.ask()
    shen = desk.browser("shen")
    answer = shen.post(f"/approvals/{row.pk}/decide", {"answer": "back", "reason": ""})
    assert answer.status_code == 422 and 'aria-invalid="true"' in answer.content.decode()
    long = "长" * 301
    kept = shen.post(f"/approvals/{row.pk}/decide", {"answer": "approve", "reason": long})
    assert kept.status_code == 422 and long in kept.content.decode()
    row.refresh_from_db()
    assert row.state == "waiting"
    assert shen.post(f"/approvals/{row.pk}/decide", {"answer": "back", "reason": "再议"}).status_code == 302


def test_it_leads_back_to_where_it_was_decided_but_never_out_of_the_house(desk: Desk) -> None:
    row = desk.ask("qiao", "gm")
    answer = desk.browser("lu").post(f"/approvals/{row.pk}/decide", {"answer": "approve", "next": "//evil.example/"})
    assert answer["Location"] == "/approvals/"
    again = desk.ask("qiao", "gm")
    answer = desk.browser("lu").post(f"/approvals/{again.pk}/decide", {"answer": "approve", "next": "/approvals/?show=decided"})
    assert answer["Location"] == "/approvals/?show=decided"


@pytest.mark.parametrize(("who", "status"), [("qiao", 200), ("shen", 200), ("lu", 200), ("gu", 404), ("fang", 404), ("guan", 403)])
def test_who_may_read_it(desk: Desk, who: str, status: int) -> None:
    row = desk.ask()
    assert desk.browser(who).get(f"/approvals/{row.pk}").status_code == status


def test_somebody_elses_question_is_not_there_to_decide(desk: Desk) -> None:
    row = desk.ask()
    assert desk.browser("fang").post(f"/approvals/{row.pk}/decide", {"answer": "approve"}).status_code == 404
    assert desk.browser("qiao").post(f"/approvals/{row.pk}/decide", {"answer": "approve"}).status_code == 409
    assert desk.browser("lu").post(f"/approvals/{row.pk}/decide", {"answer": "approve"}).status_code == 403


def test_the_asker_takes_it_back_on_its_page(desk: Desk) -> None:
    row = desk.ask()
    qiao = desk.browser("qiao")
    assert qiao.post(f"/approvals/{row.pk}/withdraw", {"reason": ""}).status_code == 422
    assert qiao.post(f"/approvals/{row.pk}/withdraw", {"reason": "改期"}).status_code == 302
    assert Approval.objects.get().state == "withdrawn"


def test_what_i_asked_waits_for_others_on_today(desk: Desk) -> None:
    desk.ask()
    assert "东嘉集团参观" in desk.browser("qiao").get("/today/").content.decode()
    assert "东嘉集团参观" not in desk.browser("fang").get("/today/").content.decode()


def test_the_list_goes_out_as_a_file(desk: Desk) -> None:
    desk.ask()
    answer = desk.browser("shen").get("/approvals/?export=csv")
    assert "东嘉集团参观" in b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert desk.browser("qiao").get("/approvals/?show=asked&export=csv").status_code == 403


def test_a_full_list_takes_no_more_questions_to_the_database(desk: Desk) -> None:
    for number in range(30):
        desk.ask(about=("visit", str(uuid7())), title=f"参观 {number}")
    shen = desk.browser("shen")
    shen.get("/approvals/")
    with CaptureQueriesContext(connection) as asked:
        page = shen.get("/approvals/").content.decode()
    assert page.count('value="approve"') == 30 and len(asked) <= 12, len(asked)
