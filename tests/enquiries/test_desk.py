"""The desk: queue, one request, checking what was read, two takers, and who may see what."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from guiju.enquiries import actions, queries
from guiju.enquiries.models import Enquiry, Message
from guiju.house.models import Hotel
from guiju.logbook.models import Entry
from guiju.papers.files import store
from guiju.shelf.errors import Conflict, Invalid, NotAllowed, Refusal
from tests.enquiries.scene import Scene

pytestmark = pytest.mark.django_db


def url(name: str, row: Any) -> str:
    return reverse(f"enquiries:{name}", args=[row.pk])


def test_the_queue_shows_what_waits(scene: Scene) -> None:
    scene.came_in(client=scene.client)
    page = scene.cast.sign_in("lin").get(reverse("enquiries:queue"))
    assert page.status_code == 200
    assert "东岬港务集团有限公司" in page.content.decode()


def test_the_queue_costs_the_same_whatever_its_length(
    scene: Scene, django_assert_max_num_queries: Any
) -> None:
    for minute in range(30):
        scene.came_in(client=scene.client, clock=f"09:{minute:02d}")
    browser = scene.cast.sign_in("lin")
    with django_assert_max_num_queries(12):
        assert browser.get(reverse("enquiries:queue")).status_code == 200


def test_each_page_of_a_request_stays_within_its_queries(
    scene: Scene, django_assert_max_num_queries: Any
) -> None:
    row = scene.came_in(client=scene.client)
    scene.came_in(client=scene.client, rooms={"TWN": 18}, clock="10:01")
    browser = scene.cast.sign_in("lin")
    browser.get(url("enquiry", row))  # notes when she was last seen, and reads the edition in force once
    with django_assert_max_num_queries(12):
        page = browser.get(url("enquiry", row))
    assert "需标准双人间 2 间" in page.content.decode()
    with django_assert_max_num_queries(12):
        answer = browser.get(url("answer", row))
    text = answer.content.decode()
    assert "1,280" in text  # 2 rooms, 2 nights, 320
    assert "<small>20</small>" in text and "<span>18</span>" in text  # before and after
    actions.book(row, **scene.at("10:04"))
    with django_assert_max_num_queries(12):
        text = browser.get(url("answer", row)).content.decode()
    assert "1,280" in text and "<small>20</small>" in text


def test_places_in_the_original_bear_their_number(scene: Scene) -> None:
    row = scene.came_in(client=scene.client, unsure=("rooms",))
    row.fields["rooms"]["places"] = [{"start": 8, "end": 20}]
    row.save()
    text = scene.cast.sign_in("lin").get(url("enquiry", row)).content.decode()
    assert '<mark class="unsure"><sup>' in text


def test_two_take_the_same_request(scene: Scene) -> None:
    row = scene.came_in(client=scene.client)
    other = Enquiry.objects.get(pk=row.pk)
    actions.take(row, by=scene.actor("lin"), now=scene.cast.at("10:05"))
    with pytest.raises(Refusal) as refused:
        actions.take(other, by=scene.actor("wen"), now=scene.cast.at("10:05"))
    assert refused.value.code == "taken" and "林一舟" in refused.value.message
    assert Entry.objects.filter(kind="enquiry.taken").count() == 1
    again = actions.take(other, by=scene.actor("lin"), now=scene.cast.at("10:06"))
    assert again.handler_id == scene.cast.people["lin"].pk


def test_taken_on_the_page_and_handed_over(scene: Scene) -> None:
    row = scene.came_in(client=scene.client)
    browser = scene.cast.sign_in("lin")
    assert browser.post(url("take", row)).status_code == 302
    assert browser.post(url("hand_over", row), {"to": str(scene.cast.people["wen"].pk)}).status_code == 302
    row.refresh_from_db()
    assert row.handler == scene.cast.people["wen"]
    assert browser.post(url("hand_over", row), {"to": "nobody"}).status_code == 422


def test_an_unsure_point_blocks_the_booking_until_checked(scene: Scene) -> None:
    row = scene.came_in(client=scene.client, unsure=("rooms",))
    with pytest.raises(Invalid) as wrong:
        actions.book(row, **scene.at("10:05"))
    assert set(wrong.value.errors) == {"rooms"}
    browser = scene.cast.sign_in("lin")
    assert browser.post(url("book", row)).status_code == 422
    assert browser.post(url("check", row), {"confirm": "rooms", "version": row.version}).status_code == 302
    assert browser.post(url("book", row)).status_code == 302
    booking = queries.live_booking(Enquiry.objects.get(pk=row.pk))
    assert booking is not None and booking.hold_until_at is not None
    assert booking.written_at is not None  # the fax is its written basis


def test_a_correction_stands_in_the_row_and_the_wrong_one_beside_its_field(scene: Scene) -> None:
    row = scene.came_in(client=scene.client, unsure=("rooms",))
    browser = scene.cast.sign_in("lin")
    bad = browser.post(url("check", row), {"name": "rooms", "value": "月亮房 × 3", "version": row.version})
    assert bad.status_code == 422
    assert 'value="月亮房 × 3"' in bad.content.decode() and 'id="e-rooms"' in bad.content.decode()
    good = browser.post(
        url("check", row), {"name": "rooms", "value": "标准双人间 × 3, KNG × 1", "version": row.version}
    )
    assert good.status_code == 302
    row.refresh_from_db()
    assert row.rooms == {"TWN": 3, "KNG": 1}
    assert row.fields["rooms"]["confirmed_by"] == str(scene.cast.people["lin"].pk)


def test_saving_over_a_colleague_is_a_conflict(scene: Scene) -> None:
    row = scene.came_in(client=scene.client, unsure=("rooms",))
    stale = row.version
    actions.correct(row, values={"persons": "5"}, **scene.at("10:01"))
    with pytest.raises(Conflict):
        actions.correct(
            Enquiry.objects.get(pk=row.pk), values={"persons": "6"}, version=stale, **scene.at("10:02")
        )
    page = scene.cast.sign_in("lin").post(url("check", row), {"confirm": "rooms", "version": stale})
    assert page.status_code == 409


def test_departure_before_arrival_is_refused_and_nothing_written(scene: Scene) -> None:
    row = scene.came_in(client=scene.client)
    with pytest.raises(Invalid) as wrong:
        actions.correct(row, values={"departure": "2026-12-01", "persons": "9"}, **scene.at("10:01"))
    assert "departure" in wrong.value.errors
    assert Enquiry.objects.get(pk=row.pk).persons == 4


def test_saying_which_client_judges_the_request_again(scene: Scene) -> None:
    row = scene.came_in()
    assert [one.pk for one in queries.likely_clients(row)] == [scene.client.pk]
    browser = scene.cast.sign_in("lin")
    assert browser.post(url("client", row), {"client": "C99-1", "version": row.version}).status_code == 422
    done = browser.post(url("client", row), {"client": "C26-0001", "kind": "fit", "version": row.version})
    assert done.status_code == 302
    row.refresh_from_db()
    assert row.client == scene.client and row.agreement == scene.agreement
    fact = Entry.objects.get(kind="enquiry.reclassified")
    assert fact.attrs["agreement"] is True


def test_wait_answer_withdraw_merge(scene: Scene) -> None:
    row, twin = scene.came_in(client=scene.client), scene.came_in(client=scene.client, clock="10:02")
    actions.ask_to_wait(row, **scene.at("10:05"))
    with pytest.raises(Refusal):
        actions.ask_to_wait(row, **scene.at("10:06"))
    actions.client_answered(row, **scene.at("10:07"))
    assert [one.pk for one in queries.same_request(row)] == [twin.pk]
    actions.merge(twin, into=row, **scene.at("10:08"))
    assert Enquiry.objects.get(pk=twin.pk).state == Enquiry.State.MERGED
    with pytest.raises(Invalid):
        actions.withdraw(row, reason=" ", **scene.at("10:09"))
    actions.withdraw(row, reason="行程取消", **scene.at("10:09"))
    assert queries.queue(scene.cast.hotel.pk, scene.now) == []
    with pytest.raises(Refusal):
        actions.take(row, **scene.at("10:10"))


def test_competing_requests_are_named(scene: Scene) -> None:
    row = scene.came_in(client=scene.client, rooms={"TWN": 12})
    scene.came_in(name="九章会展服务", clock="10:02", rooms={"TWN": 18})
    scene.came_in(name="砚桥律师事务所", clock="10:03", rooms={"KNG": 1})
    scarce = {(scene.twin.pk, row.arrival_on): 12}
    found = queries.others_wanting(scene.cast.hotel.pk, scarce, row.subject)  # type: ignore[arg-type]  # it has dates
    assert [(one.kind, one.rooms) for one in found] == [("enquiry", 18)]


def test_who_else_wants_the_last_rooms(scene: Scene, django_assert_max_num_queries: Any) -> None:
    row = scene.came_in(client=scene.client, rooms={"TWN": 18})
    rival = scene.came_in(name="九章会展服务", clock="10:02", rooms={"TWN": 19})
    browser = scene.cast.sign_in("lin")
    assert url("rivals", row) in browser.get(url("answer", row)).content.decode()
    with django_assert_max_num_queries(12):
        text = browser.get(url("rivals", row)).content.decode()
    assert "九章会展服务" in text and url("enquiry", rival) in text


def test_other_hotels_and_other_departments(scene: Scene, settings: Any) -> None:
    row = scene.came_in(client=scene.client)
    started: datetime = scene.cast.at("08:00")
    other = Hotel.objects.create(
        code="other", name="别家", name_en="Other", zone="Asia/Shanghai", created_at=started
    )
    Enquiry.objects.filter(pk=row.pk).update(hotel=other)
    browser = scene.cast.sign_in("lin")
    for name in ("enquiry", "answer", "original"):
        assert browser.get(url(name, row)).status_code == 404
    assert browser.post(url("take", row)).status_code == 404
    assert browser.get(reverse("enquiries:enquiry", args=[uuid4()])).status_code == 404
    mine = scene.came_in(client=scene.client)
    for who in ("chen", "ke", "an"):
        assert scene.cast.sign_in(who).get(url("enquiry", mine)).status_code == 403
        assert scene.cast.sign_in(who).post(url("take", mine)).status_code == 403
    with pytest.raises(NotAllowed):
        actions.take(mine, by=scene.actor("chen"), now=scene.now)


def test_the_original_is_served_inert(scene: Scene) -> None:
    row = scene.came_in(client=scene.client)
    browser = scene.cast.sign_in("lin")
    assert browser.get(url("original", row)).status_code == 404
    for mime, inline in (("image/png", True), ("text/html", False), ("application/xml", False)):
        row.message.file = store(scene.cast.hotel.pk, mime.encode(), "来件.bin", mime=mime, now=scene.now)  # type: ignore[union-attr]
        row.message.save()  # type: ignore[union-attr]
        page = browser.get(url("original", row))
        assert page.status_code == 200 and page.content == mime.encode()
        assert page["Content-Disposition"].startswith("inline" if inline else "attachment")
        assert page["Content-Type"] == (mime if inline else "application/octet-stream")
        assert page["X-Content-Type-Options"] == "nosniff"
        assert page["Content-Security-Policy"].startswith("sandbox")


def test_found_and_titled(scene: Scene) -> None:
    row = scene.came_in(client=scene.client)
    assert queries.find(scene.actor(), "东岬", 5)[0][2] == url("enquiry", row)
    assert queries.titles(scene.cast.hotel.pk, [str(row.pk)])[str(row.pk)][1] == url("enquiry", row)
    assert queries.waiting_count(scene.actor(), scene.now)[0] == 1


def test_a_request_that_its_client_answered_stays_within_its_queries(scene: Scene, django_assert_max_num_queries: Any) -> None:
    """Booked, confirmed, written back twice, with others waiting beside it."""
    row = scene.came_in(client=scene.client)
    actions.take(row, **scene.at("10:01"))
    actions.book(row, **scene.at("10:02"))
    row.refresh_from_db()
    words = actions.draft_reply(row, kind="confirmation", **scene.at("10:03"))["body"]
    actions.send_reply(row, kind="confirmation", channel="mail", to="zhao@dongjia.example", body=words, parts={}, **scene.at("10:04"))
    for number in (1, 2):
        Message.objects.create(
            hotel=row.hotel, answers=row, channel="mail", form="answer", sender="zhao@dongjia.example", text=f"好的，谢谢 {number}",
            mail_message_id=f"<{number}@x>", received_at=scene.cast.at("10:20"),
        )
        scene.came_in(client=scene.client, clock="10:25")
    Enquiry.objects.filter(pk=row.pk).update(heard_at=scene.cast.at("10:20"), state="answered")
    browser = scene.cast.sign_in("lin")
    browser.get(url("enquiry", row))
    with django_assert_max_num_queries(12):
        page = browser.get(url("enquiry", row)).content.decode()
    assert "好的，谢谢 1" in page and "好的，谢谢 2" in page
