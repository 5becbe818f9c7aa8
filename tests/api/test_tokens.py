"""Each operation refuses a token without its scope, and a token of another hotel finds nothing here."""

from __future__ import annotations

from typing import Any

from guiju.config.routes import operations as declared
from guiju.logbook.models import Entry
from tests.api.samples import body_schema, operations, sample, short
from tests.api.scene import Stage

RIGHT = {(one["method"], short(one["path"])): one["permission"] for one in declared()}


def requests(api: Stage) -> list[tuple[str, str, str, Any]]:
    """Method, path as described, path with a row in it, body."""
    found = []
    for method, path, said in operations():
        schema = body_schema(said)
        query = {one["name"]: sample(one["schema"]) for one in said.get("parameters", ()) if one["in"] == "query" and one.get("required")}
        version = {"version": 1} if schema and "version" in schema.get("properties", ()) else {}
        found.append((method, path, api.path(path), {**sample(schema), **version} if schema else query))
    assert len(found) > 110
    return found


def test_a_token_without_the_scope_is_refused(api: Stage) -> None:
    narrow = api.token("alle", ("desk.help",))
    before = Entry.objects.count()
    for method, path, there, body in requests(api):
        answer = api.send("alle", method, there, body, token=narrow)
        assert answer.status_code == 403, (method, path, answer.status_code, answer.content[:300])
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["permission"] == RIGHT[(method, path)]
    assert Entry.objects.count() == before


def test_a_token_of_another_hotel_finds_nothing_here(api: Stage) -> None:
    for method, path, there, body in requests(api):
        if "{pk}" not in path:
            continue
        theirs = {**(body or {}), **{name: "fremd" for name in ("username", "to", "person") if name in (body or {})}}
        answer = api.send("fremd", method, there, theirs)
        assert answer.status_code == 404, (method, path, answer.status_code, answer.content[:300])
    mine = {row["number"] for row in api.send("alle", "GET", "/clients").json()}
    assert mine and api.send("fremd", "GET", "/clients").json() == []
    assert api.send("fremd", "GET", "/house/people").json()[0]["username"] == "fremd"


def test_the_rows_of_the_stage_are_really_there(api: Stage) -> None:
    """The control: the same requests by the hotel's own program are never 404 or 403 for want of a row or scope."""
    for method, path, there, body in requests(api):
        if "{pk}" in path and method in ("GET", "PATCH", "PUT"):
            answer = api.send("alle", method, there, body)
            assert answer.status_code not in (403, 404, 500), (method, path, answer.status_code, answer.content[:300])


def test_no_token_and_a_revoked_one(api: Stage) -> None:
    assert api.send("nobody", "GET", "/clients", token="gj_nothing").status_code == 401
    key = api.token("lin")
    row = next(row for row in api.send("alle", "GET", "/house/tokens").json() if row["person"] == "lin")
    assert api.send("lin", "GET", "/clients", token=key).status_code == 200
    assert api.send("alle", "POST", f"/house/tokens/{row['id']}/revoke").json()["revoked"] is True
    assert api.send("lin", "GET", "/clients", token=key).status_code == 401
