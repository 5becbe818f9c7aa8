"""What the pages of bookings can do, a program can do: every field, the rooming list, a series, saved views."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.test import Client as Browser

from guiju.house import tokens
from guiju.shelf.actor import the_clock
from guiju.shelf.ids import uuid7
from tests.bookings.scene import Room
from tests.cast import TODAY


def program(room: Room, who: str = "he") -> Any:
    """A program of this person: send(method, path, body) -> answer."""
    hotel = room.cast.hotel
    by = the_clock(hotel.pk, via="cli")
    _row, key = tokens.create(hotel, person=room.cast.people[who], name="p", by=by, now=room.cast.at("00:01", TODAY - timedelta(days=2)))

    def send(method: str, path: str, body: Any = None) -> Any:
        return getattr(Browser(), method)(
            f"/api/v1/bookings{path}", data=json.dumps(body) if body is not None else None, content_type="application/json",
            headers={"Authorization": f"Bearer {key}", "Idempotency-Key": str(uuid7())},
        )

    return send


def test_a_program_writes_the_same_fields_and_the_whole_rooming_list(room: Room) -> None:
    send = program(room)
    row = room.group()
    guest = {"name": "黎曼", "gender": "m", "nationality": "新加坡", "room_type": "TWN", "share": "A", "room_number": "801"}
    change = {
        "version": row.version, "guests": [guest], "nationality": "新加坡", "tour_code": "MY-1", "departure_time": "08:30", "payment": "on_account",
        "escort_people": [{"role": "leader", "name": "周敏"}], "payer_split": {"rooms": "client"}, "told_by": "Z", "told_how": "fax",
    }
    answer = send("patch", f"/{row.pk}", change)
    assert answer.status_code == 200, answer.content
    assert answer.json()["guests"] == [guest | {"remarks": ""}] and answer.json()["escort_people"][0]["name"] == "周敏"
    row.refresh_from_db()
    assert (row.nationality, row.tour_code, row.payment, row.payer_split) == ("新加坡", "MY-1", "on_account", {"rooms": "client"})
    assert send("patch", f"/{row.pk}", change).status_code == 409
    unknown = send("patch", f"/{row.pk}", {"version": row.version, "guests": [guest | {"room_type": "XXX"}]})
    assert unknown.status_code == 422 and "guests 1" in unknown.json()["errors"]


def test_a_program_books_a_series_and_reads_it(room: Room) -> None:
    send = program(room)
    body = {
        "client": str(room.scene.client.pk), "name": "江南系列", "dates": ["2026-12-06", "2026-12-13"], "nights": 2, "persons": 4,
        "rooms": [{"room_type": "TWN", "rooms": 2}], "meals": [{"day": 1, "meal": "dinner", "persons": 4, "standard": "80"}],
    }
    made = send("post", "/series", body)
    assert made.status_code == 201, made.content
    assert [one["arrival_on"] for one in send("get", f"/series/{made.json()['id']}").json()["bookings"]] == body["dates"]
    full = send("post", "/series", body | {"rooms": [{"room_type": "TWN", "rooms": 19}]})
    assert full.status_code == 409 and full.json()["shortage"]
    assert program(room, "fang")("post", "/series", body).status_code == 403


def test_a_program_keeps_views(room: Room) -> None:
    send = program(room)
    made = send("post", "/views", {"name": "团", "query": "kind=group", "share": True})
    assert made.status_code == 201 and made.json()["shared_with"] == "sales"
    assert [one["mine"] for one in program(room, "lin")("get", "/views").json()] == [False]
    assert program(room, "lin")("post", f"/views/{made.json()['id']}/drop").status_code == 403
    assert send("post", f"/views/{made.json()['id']}/drop").status_code == 200 and send("get", "/views").json() == []
