"""A hotel with one row of every kind that the API names, a second hotel, and programs with tokens of both."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.test import Client as Browser

from guiju.approvals.models import Approval, ApprovalStep
from guiju.artwork.models import ArtOrder
from guiju.bookings.models import Booking, BookingRooms, Change, Difference, SavedView, Series, ServiceLine
from guiju.checklists import actions as checklists
from guiju.clients.models import Contact, CreditRequest
from guiju.duties.models import Duty
from guiju.editions.actions import begin_draft
from guiju.enquiries.models import Message, Reply
from guiju.feeds.models import Feed
from guiju.function_space.actions import add_hall, hold
from guiju.function_space.models import HallWaiting
from guiju.history.replay.models import Replay
from guiju.house import tokens
from guiju.house.facts import POSTS
from guiju.house.models import Appointment, Delegation, Hotel, Person, Receiver, SignedIn, Tablet
from guiju.mailroom.models import Mailbox
from guiju.notices.models import Robot
from guiju.rates.models import Deviation, MealRate, RackRate, Season, VoidDay
from guiju.rooms.models import Waiting
from guiju.shelf import registry
from guiju.shelf.actor import the_clock
from guiju.shelf.ids import uuid7
from guiju.vip import actions as vips
from guiju.visitors.models import Visit, VisitChange, VisitPaper
from tests.cast import TODAY, ZONE, Cast
from tests.enquiries.scene import Scene, dress
from tests.events import wardrobe as events
from tests.history.scene import past_file
from tests.longstay.scene import one_of_each
from tests.papers.scene import Scene as Papers
from tests.vip.scene import Stage as Vips


@dataclass
class Stage:
    """The rows by what the paths name, and `send` for a program of either hotel."""

    scene: Scene
    rows: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def cast(self) -> Cast:
        return self.scene.cast

    def token(self, who: str, scopes: Sequence[str] = (), hotel: Hotel | None = None) -> str:
        """A new token of this person."""
        place = hotel or self.cast.hotel
        person = Person.objects.get(username=who)
        now = self.cast.at("00:01", TODAY - timedelta(days=30))
        _row, text = tokens.create(place, person=person, name="sample", scopes=scopes, by=the_clock(place.pk, via="cli"), now=now)
        return text

    def send(self, who: str, method: str, path: str, body: Any = None, *, key: str = "", token: str = "") -> HttpResponse:
        """One request of this person's program."""
        text = token or self.keys.setdefault(who, "") or self.token(who)
        self.keys[who] = self.keys.get(who) or text
        sender = getattr(Browser(raise_request_exception=False), method.lower())
        headers = {"Authorization": f"Bearer {text}", "Idempotency-Key": key or str(uuid7())}
        data = body if method == "GET" else json.dumps({} if body is None else body)
        found: HttpResponse = sender(f"/api/v1{path}", data=data, content_type="application/json", headers=headers)
        return found

    def path(self, path: str) -> str:
        """The path with the row of its kind in it."""
        path = path.replace("{clause}", "booking.reply-30").replace("{number}", "0")
        if "{key}" in path:
            return path.replace("{key}", "sales")
        if "{pk}" not in path:
            return path
        kind = max((one for one in self.rows if path.startswith(one + "/{pk}")), key=len)
        return path.replace("{pk}", self.rows[kind])


def vip_rows(found: Stage) -> None:
    """A VIP whose plan went ahead, with an item to tick (vip) and one that is ticked."""
    vip = Vips(found.cast)
    vip_plan = vip.draft("08:30")
    vips.go_ahead(vip_plan, reason="今天就到", **vip.by("lin", "08:40"))
    found.rows["/vips"], found.rows["/vips/guests"] = _key(vip_plan), _key(vip_plan.guest)
    found.rows["/checklists/items"] = _key(Duty.objects.get(clause="vip.room-check", occurrence="equipment"))
    vip_tick = {"clause": "vip.room-check", "rule": "room", "item": "flowers"}
    found.rows["/checklists/ticks"] = _key(checklists.tick(found.cast.hotel, subject=vip_plan.subject, **vip_tick, **vip.by("ke", "08:50")))


def everybody(hotel: Hotel, name: str) -> Person:
    """Somebody of this hotel in every post at once: all rights."""
    person = Person.objects.create(username=name, name=name, password="!")
    Appointment.objects.bulk_create(
        Appointment(hotel=hotel, person=person, post=post, from_at=hotel.created_at) for post in POSTS
    )
    return person


def stage(cast: Cast) -> Stage:
    """One row of every kind."""
    found = Stage(dress(cast))
    hotel, now, rows = cast.hotel, cast.at("09:00"), found.rows
    everybody(hotel, "alle")
    other = Hotel.objects.create(code="andere", name="别家饭店", zone=str(ZONE), created_at=hotel.created_at)
    everybody(other, "fremd")
    found.keys["fremd"] = found.token("fremd", hotel=other)
    scene, lin, shen = found.scene, cast.people["lin"], cast.people["shen"]
    rows["/clients"] = _key(scene.client)
    rows["/clients/contacts"] = _key(Contact.objects.create(hotel=hotel, client=scene.client, name="赵晴"))
    rows["/clients/credit"] = _key(
        CreditRequest.objects.create(hotel=hotel, client=scene.client, limit=60000, reason="年度", asked_by_id=lin.pk, asked_at=now)
    )
    rows["/agreements"] = _key(scene.agreement)
    rows["/rates/seasons"] = _key(Season.objects.get())
    rows["/rates/void-days"] = _key(VoidDay.objects.create(hotel=hotel, on=date(2027, 2, 6), why="春节"))
    rows["/rates/rack"] = _key(RackRate.objects.first())
    rows["/rates/meals"] = _key(MealRate.objects.create(hotel=hotel, meal="lunch", standard="80", amount=80))
    rows["/rates/deviations"] = _key(
        Deviation.objects.create(
            hotel=hotel, about_kind="booking", about_id=str(uuid7()), room_type=scene.twin, looked_up=Decimal(500), asked=Decimal(450),
            reason="老客户", asked_by_id=lin.pk, asked_at=now, approver_post="gm",
        )
    )
    rows["/rooms/types"] = _key(scene.king)
    rows["/rooms/waiting"] = _key(
        Waiting.objects.create(
            hotel=hotel, about_kind="waiting", about_id=str(uuid7()), label="沐野", room_type=scene.twin, from_on=TODAY,
            until_on=TODAY + timedelta(days=1), rooms=2, at=now,
        )
    )
    hall = add_hall(hotel, code="BH", name="百合厅", capacity={"banquet": 200}, by=cast.actor("shen"), now=now)
    begins, ends = cast.at("18:00", TODAY + timedelta(days=5)), cast.at("21:00", TODAY + timedelta(days=5))
    rows["/functions/halls"] = _key(hall)
    rows["/functions"] = _key(hold(hotel, hall=hall, from_at=begins, until_at=ends, label="青岱晚宴", option_until_at=cast.at("18:00"), by=cast.actor("lin"), now=now))
    rows["/functions/waiting"] = _key(
        HallWaiting.objects.create(
            hotel=hotel, about_kind="hall_waiting", about_id="沐野", label="沐野", hall=hall, from_at=begins, until_at=ends, at=now
        )
    )
    rows["/house/people"] = _key(cast.people["wen"])
    rows["/house/receivers"] = _key(Receiver.objects.get(department="fnb"))
    rows["/house/tablets"] = _key(
        Tablet.objects.create(hotel=hotel, department="fnb", name="餐饮", token_hash="x", enrolled_at=now)
    )
    rows["/house/tokens"] = _token_row(found, shen)
    rows["/house/robots"] = _key(
        Robot.objects.create(
            hotel=hotel, name="餐饮群", vendor="wecom", department="fnb", host="https://qyapi.weixin.qq.com", sealed=b"", created_at=now,
            told_until_at=now, digested_at=now,
        )
    )
    alle = Person.objects.get(username="alle")
    for person in (alle, cast.people["wen"]):
        Feed.objects.create(hotel=hotel, person=person, token_hash=person.username, created_at=now)
    rows["/history/batches"] = _key(past_file(hotel, now))
    rows["/me/sessions"] = _key(
        SignedIn.objects.create(person=alle, hotel=hotel, session_key="s1", created_at=now, last_seen_at=now)
    )
    rows["/me/delegates"] = _key(
        Delegation.objects.create(hotel=hotel, person=alle, to=lin, from_at=now, until_at=now + timedelta(days=3))
    )
    enquiry = scene.came_in(client=scene.client)
    rows["/enquiries"] = _key(enquiry)
    rows["/enquiries/replies"] = _key(
        Reply.objects.create(
            hotel=hotel, enquiry=enquiry, kind="quotation", channel="fax", lang="zh-hans", body="报价", complete=True, by=lin,
            created_at=cast.at("09:05"),
        )
    )
    rows["/enquiries/heard"] = _key(
        Message.objects.create(
            hotel=hotel, channel="mail", form="text", sender="zhao@dongjia.example", business_hash="1", text="谢谢", received_at=now,
            answers=enquiry,
        )
    )
    rows["/mailboxes"] = _key(
        Mailbox.objects.create(
            hotel=hotel, name="预订", host="imap.h.example", user="sales", secret_from="GUIJU_MAIL_SALES", since_at=now, next_look_at=now
        )
    )
    booking = Booking.objects.create(
        hotel=hotel, number="X26-0001", kind="group", name="江南秋色", client=scene.client, arrival_on=TODAY + timedelta(days=2),
        departure_on=TODAY + timedelta(days=4), created_at=now, persons=20,
    )
    rows["/bookings/series"] = _key(Series.objects.create(hotel=hotel, client=scene.client, number="S26-0001", name="江南", created_at=now))
    rows["/bookings/views"] = _key(SavedView.objects.create(hotel=hotel, person=alle, name="我的"))
    BookingRooms.objects.create(
        hotel=hotel, booking=booking, room_type=scene.twin, from_on=booking.arrival_on, until_on=booking.departure_on, rooms=10
    )
    rows["/bookings"] = _key(booking)
    rows["/bookings/services"] = _key(
        ServiceLine.objects.create(hotel=hotel, booking=booking, service="tickets", department="fnb", text="门票", ordered_at=now)
    )
    rows["/bookings/differences"] = _key(
        Difference.objects.create(hotel=hotel, booking=booking, about="rooms", text="少一间", found_at=now, found_by_id=lin.pk)
    )
    rows["/bookings/changes"] = _key(
        Change.objects.create(
            hotel=hotel, booking=booking, what="change", reason="改期", told_by="秦岚", told_how="fax", told_at=now, at=now, by_id=lin.pk
        )
    )
    rows["/art"] = _key(
        ArtOrder.objects.create(
            hotel=hotel, number="A26-9001", department="sales", item="banner", text_zh="热烈欢迎", ordered_at=now, due_at=now + timedelta(days=1)
        )
    )
    rows.update(events.rows(cast))
    vip_rows(found)
    rows.update(one_of_each(cast, scene, now))
    draft = begin_draft(hotel, title="二十分钟答复", by=cast.actor("shen"), now=now)
    rows["/standard/drafts"], rows["/standard/editions"] = _key(draft), _key(draft.base)
    rows["/replays"] = _key(
        Replay.objects.create(hotel=hotel, edition=f"draft:{draft.pk}", edition_label="二十分钟答复", asked_by_id=shen.pk, asked_at=now)
    )
    paper = Papers(cast).reservation("09:10")
    rows["/papers"] = _key(paper)
    rows["/papers/copies"] = _key(paper.copies.get(department="front_desk"))
    registry.approval_kinds.setdefault("sample", registry.ApprovalKind("sample", "样", lambda _pk, **_said: None))
    asking = Approval.objects.create(
        hotel=hotel, kind="sample", about_kind="booking", about_id=_key(booking), title="样", asked_by_id=lin.pk, asked_at=now
    )
    ApprovalStep.objects.create(hotel=hotel, approval=asking, number=0, key="gm", post="gm", opened_at=now)
    rows["/approvals"] = _key(asking)
    visit = Visit.objects.create(
        hotel=hotel, number="J26-9001", organisation="青岱大学", visitor="school", rank="staff", purpose="study", persons=20,
        arrival_at=now + timedelta(days=3), grade="C", scope=["lobby"], handler=lin, created_at=now,
    )
    rows["/visits"] = _key(visit)
    rows["/visits/views"] = _key(SavedView.objects.create(hotel=hotel, person=alle, name="来访", page="visits"))
    rows["/visits/papers"] = _key(
        VisitPaper.objects.create(hotel=hotel, visit=visit, kind="letter", lies_at="档案柜", attached_at=now, attached_by_id=lin.pk)
    )
    rows["/visits/changes"] = _key(
        VisitChange.objects.create(hotel=hotel, visit=visit, before={}, after={}, reason="改期", asked_at=now, asked_by_id=lin.pk)
    )
    rows["/duties"] = rows["/compliance/duties"] = _key(Duty.objects.filter(met_at__isnull=True, ended_at__isnull=True).first())
    return found


def _key(row: Any) -> str:
    return str(row.pk)


def _token_row(found: Stage, person: Person) -> str:
    hotel = found.cast.hotel
    row, _text = tokens.create(
        hotel, person=person, name="old", by=the_clock(hotel.pk, via="cli"), now=found.cast.at("00:01", TODAY - timedelta(days=30))
    )
    return str(row.pk)


