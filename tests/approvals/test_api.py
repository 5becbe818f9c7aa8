"""A program decides as the page does."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.test import Client as Browser

from guiju.house import tokens
from guiju.shelf.actor import the_clock
from guiju.shelf.ids import uuid7
from tests.approvals.conftest import Desk


def send(desk: Desk, who: str, method: str, path: str, body: Any = None) -> Any:
    house = desk.cast.hotel
    _row, text = tokens.create(
        house, person=desk.cast.people[who], name="t", by=the_clock(house.pk, via="cli"), now=desk.cast.at("08:00") - timedelta(days=1)
    )
    headers = {"Authorization": f"Bearer {text}", "Idempotency-Key": str(uuid7())}
    data = body if method == "get" else json.dumps(body or {})
    return getattr(Browser(), method)(f"/api/v1{path}", data=data, content_type="application/json", headers=headers)


def test_the_chain_by_program(desk: Desk) -> None:
    row = desk.ask()
    desk.at("10:05")
    assert [one["id"] for one in send(desk, "shen", "get", "/approvals").json()] == [str(row.pk)]
    assert send(desk, "lu", "get", "/approvals").json() == []
    refused = send(desk, "shen", "post", f"/approvals/{row.pk}/decide", {"accept": False})
    assert refused.status_code == 422 and refused.json()["errors"]["reason"]
    first = send(desk, "shen", "post", f"/approvals/{row.pk}/decide", {"accept": True}).json()
    assert (first["state"], [one["accepted"] for one in first["steps"]]) == ("waiting", [True, None])
    last = send(desk, "lu", "post", f"/approvals/{row.pk}/decide", {"accept": False, "reason": "规格太高"}).json()
    assert (last["state"], last["reason"]) == ("refused", "规格太高")
    assert send(desk, "qiao", "post", f"/approvals/{row.pk}/withdraw", {"reason": "改期"}).status_code == 409
    assert send(desk, "fang", "get", f"/approvals/{row.pk}").status_code == 404
    assert [one["id"] for one in send(desk, "qiao", "get", "/approvals?show=asked").json()] == [str(row.pk)]
