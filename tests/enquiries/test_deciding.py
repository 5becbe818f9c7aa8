"""A group without agreement: nothing is confirmed before the manager's word with rate and terms."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from guiju.clients.models import Client
from guiju.enquiries import actions, queries
from guiju.enquiries.models import Enquiry
from guiju.logbook.models import Entry
from guiju.shelf.errors import Invalid, NotAllowed, Refusal
from tests.enquiries.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(scene: Scene) -> Enquiry:
    stranger = Client.objects.create(
        hotel=scene.cast.hotel,
        number="C26-0002",
        name="远岚旅行社",
        kind="agency",
        created_at=scene.cast.at("08:00"),
    )
    return scene.came_in(client=stranger, kind="group", rooms={"TWN": 11})


def confirm(scene: Scene, row: Enquiry, clock: str) -> Any:
    draft = actions.draft_reply(row, kind="confirmation", **scene.at(clock))
    text = {key: draft[key] for key in ("body", "subject_line", "parts", "lang")}
    return actions.send_reply(row, kind="confirmation", channel="mail", **text, **scene.at(clock))


def test_not_confirmed_before_the_decision(scene: Scene, group: Enquiry) -> None:
    actions.book(group, **scene.at("10:05"))
    with pytest.raises(Refusal) as refused:
        confirm(scene, group, "10:06")
    assert refused.value.code == "decision_missing"
    actions.decide(
        group,
        accept=True,
        rates={"TWN": Decimal(310)},
        terms="预付三成",
        by=scene.actor("he"),
        now=scene.cast.at("10:10"),
    )
    booking = queries.live_booking(group)
    assert booking is not None and booking.decision["accept"] and booking.total == Decimal(310 * 11 * 2)
    assert Entry.objects.filter(kind="enquiry.decided").count() == 1
    reply = confirm(scene, group, "10:12")
    assert "预付三成" in reply.body and reply.complete


def test_a_decision_on_the_request_goes_into_its_booking(scene: Scene, group: Enquiry) -> None:
    actions.decide(
        group,
        accept=True,
        rates={"TWN": Decimal(310)},
        terms="月结",
        by=scene.actor("shen"),
        now=scene.cast.at("10:03"),
    )
    booking = actions.book(group, **scene.at("10:05"))
    assert booking.decision["terms"] == "月结" and booking.total == Decimal(310 * 11 * 2)
    fact = Entry.objects.get(kind="enquiry.decided")
    assert fact.attrs["accept"] is True and fact.attrs["decided_by"] == str(scene.cast.people["shen"].pk)


def test_the_decision_names_rate_and_terms(scene: Scene, group: Enquiry) -> None:
    step = {"by": scene.actor("he"), "now": scene.now}
    with pytest.raises(Invalid) as wrong:
        actions.decide(group, accept=True, rates={}, terms="", **step)
    assert set(wrong.value.errors) == {"rate_TWN", "terms"}
    with pytest.raises(Invalid):
        actions.decide(group, accept=True, rates={"TWN": Decimal(-1)}, terms="月结", **step)
    actions.decide(group, accept=False, terms="旺季不接", **step)
    actions.book(group, **scene.at("10:05"))
    with pytest.raises(Refusal):
        confirm(scene, group, "10:06")


def test_only_managers_decide(scene: Scene, group: Enquiry) -> None:
    with pytest.raises(NotAllowed):
        actions.decide(group, accept=True, rates={"TWN": Decimal(310)}, terms="月结", **scene.at("10:05"))
    where = reverse("enquiries:decide", args=[group.pk])
    form = {"accept": "yes", "rate_TWN": "310", "terms": "月结"}
    assert scene.cast.sign_in("wen").post(where, form).status_code == 403
    manager = scene.cast.sign_in("he")
    assert manager.post(where, {**form, "rate_TWN": "dear"}).status_code == 422
    assert manager.post(where, form).status_code == 302
    group.refresh_from_db()
    assert group.decision["rates"] == {"TWN": "310"}


def test_one_booking_a_request(scene: Scene) -> None:
    row = scene.came_in(client=scene.client)
    actions.book(row, **scene.at("10:05"))
    with pytest.raises(Refusal) as refused:
        actions.book(Enquiry.objects.get(pk=row.pk), **scene.at("10:06"))
    assert refused.value.code == "already_booked"


def test_what_was_said_on_the_telephone_is_no_written_basis(scene: Scene) -> None:
    row = scene.came_in(client=scene.client, channel="phone")
    assert actions.book(row, **scene.at("10:05")).written_at is None
