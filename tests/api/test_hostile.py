"""Whatever a program sends: a clear refusal at the field, nothing half-written, never a 500."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from django.db import transaction
from django.test import Client as Browser

from guiju.clients.models import Client
from guiju.logbook.models import Entry
from guiju.shelf.ids import uuid7
from tests.api.samples import body_schema, described, hostile, operations, sample
from tests.api.scene import Stage

EVERY = int(os.environ.get("GUIJU_HOSTILE_EVERY", "11"))  # 1 tries all values on all fields (some minutes)
WRITING = [(method, path, said) for method, path, said in operations() if method != "GET" and path != "/enquiries/ota"]


def _send(api: Stage, method: str, path: str, body: str) -> Any:
    headers = {"Authorization": f"Bearer {api.keys['alle']}", "Idempotency-Key": str(uuid7())}
    sender = getattr(Browser(raise_request_exception=False), method.lower())
    return sender(f"/api/v1{path}", data=body.encode(errors="surrogatepass"), content_type="application/json", headers=headers)


def test_hostile_values_are_refused_in_words(api: Stage) -> None:
    """Every field of every operation with some of the hostile values, a different choice for each field."""
    api.send("alle", "GET", "/me")
    wrong = []
    for method, path, said in WRITING:
        schema = body_schema(said)
        for name, body in hostile(schema, every=EVERY) if schema else ():
            with transaction.atomic():
                fault = _fault(api, method, api.path(path), json.dumps(body))
                transaction.set_rollback(True)
            if fault:
                wrong.append((method, path, name, json.dumps(body)[:80], fault))
    assert not wrong, wrong


def _fault(api: Stage, method: str, path: str, text: str) -> str:
    kept = Entry.objects.exclude(kind="message.refused")  # a refused message is one entry, by the standard
    before = kept.count()
    answer = _send(api, method, path, text)
    if answer.status_code < 400:
        return ""
    if answer.status_code >= 500:
        return str(answer.status_code)
    if answer["Content-Type"] != "application/problem+json" or kept.count() != before:
        return f"{answer.status_code} half-written or no problem"
    return "no field named" if answer.status_code == 422 and not answer.json()["errors"] else ""


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '{"a":' * 5000, "\x00", '"text"', "NaN", '{"name": "a", "name": "b"}'])
def test_broken_bodies(api: Stage, body: str) -> None:
    api.send("alle", "GET", "/me")
    before = Client.objects.count()
    answer = _send(api, "POST", "/clients", body)
    assert answer.status_code in (201, 400, 422)
    assert answer.status_code == 201 or Client.objects.count() == before


def test_hostile_queries(api: Stage) -> None:
    for path in ("/clients?q=%00", "/clients?q=" + "x" * 500, "/clients?limit=99999999999999999999", "/agreements?q=%00&state=all",
                 "/rooms/availability?from_on=0001-01-01&until_on=9999-12-31", "/rooms/blocks?from_on=2026-01-01&until_on=2026-01-01",
                 "/house/roster?department=%00&from_on=2026-01-01&until_on=2027-01-01", "/bookings?after=x", "/bookings?state=%00"):
        answer = api.send("alle", "GET", path)
        assert answer.status_code < 500, (path, answer.status_code)


def test_a_field_that_is_not_known_is_named(api: Stage) -> None:
    """A misspelt field is not lost silently, whatever the operation: the shapes take no others."""
    api.send("alle", "GET", "/me")
    lost, asked = [], 0
    for method, path, said in WRITING:
        schema = body_schema(said)
        if schema is None or "properties" not in schema:
            continue
        with transaction.atomic():
            answer = _send(api, method, api.path(path), json.dumps({**sample(schema), "mispelt": 1}))
            transaction.set_rollback(True)
        asked += 1
        if answer.status_code != 422 or "mispelt" not in answer.json()["errors"]:
            lost.append((method, path, answer.status_code, answer.content[:200]))
    assert asked > 100 and not lost, lost


def test_the_lines_of_a_body_take_no_unknown_fields_either() -> None:
    shapes = described()["components"]["schemas"]
    given = {name for name in shapes if name.endswith("In")}
    loose = {name for name in given if shapes[name].get("additionalProperties", True) is not False and "properties" in shapes[name]}
    assert len(given) > 60 and not loose, loose


def test_who_may_not_is_told_so_before_his_body_is_read(api: Stage) -> None:
    for path, body in (("/rooms/elsewhere", {"rooms": "many"}), ("/bookings", {}), (api.path("/duties/{pk}/waive"), {})):
        assert api.send("chen", "POST", path, body).status_code == 403, path
    assert api.send("lin", "POST", api.path("/duties/{pk}/waive"), {}).status_code == 403


def test_a_step_without_a_body_says_nothing(api: Stage) -> None:
    """Every field of holding is optional: no body at all is as good as {}."""
    api.send("alle", "GET", "/me")
    bare, empty = (_send(api, "POST", api.path("/bookings/{pk}/hold"), body) for body in ("", "{}"))
    assert "body" not in bare.json().get("errors", {}) and bare.status_code == empty.status_code == 200, (bare.content, empty.content)
