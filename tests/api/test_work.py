"""A program does what the pages do: a client with agreement and credit, rooms, people; versions, repeats, secrets."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import check_password

from guiju.clients.models import Client
from guiju.house.models import Answered, ApiToken, Person
from guiju.rooms.models import Block
from tests.api.scene import Stage

YEAR = {"from_on": "2027-01-01", "until_on": "2027-12-31"}


def ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[:500])
    return answer.json()


def test_a_client_with_people_credit_and_an_agreement(api: Stage) -> None:
    made = ok(api.send("lin", "POST", "/clients", {"name": "沐野国际旅行社", "kind": "agency", "tier": "a", "seller": "lin"}), 201)
    assert (made["tier"], made["seller"], made["version"]) == ("A", "lin", 1)
    path = f"/clients/{made['id']}"
    ok(api.send("lin", "POST", path + "/contacts", {"name": "秦岚", "phone": "13800001111"}), 201)
    changed = ok(api.send("lin", "PATCH", path, {"version": 1, "phone": "021-5550"}))
    assert (changed["version"], changed["phone"], changed["contacts"][0]["name"]) == (2, "021-5550", "秦岚")
    asked = ok(api.send("lin", "POST", path + "/credit", {"limit": "30000.00", "reason": "年度协议"}), 201)
    assert api.send("lin", "POST", f"/clients/credit/{asked['id']}/decide", {"approve": True}).status_code == 403
    ok(api.send("jin", "POST", f"/clients/credit/{asked['id']}/decide", {"approve": True}))
    ok(api.send("cai", "POST", path + "/overdue", {"since_on": "2026-11-01", "amount": "1200"}))
    ok(api.send("lin", "POST", path + "/chase", {"how": "call", "words": "下周付"}))
    now = ok(api.send("cai", "POST", path + "/overdue/clear"))
    assert (now["on_account"], now["credit_limit"], now["overdue_since_on"]) == (True, "30000.00", None)
    given = {"client": made["id"], **YEAR, "rates": [{"room_type": "TWN", "amount": "300", "use": "group"}]}
    agreement = ok(api.send("shen", "POST", "/agreements", given), 201)
    put = {"version": 1, "rates": [{"room_type": "KNG", "amount": "480.50", "breakfasts": 1}]}
    assert ok(api.send("shen", "PUT", f"/agreements/{agreement['id']}/rates", put))["rates"][0]["amount"] == "480.50"
    assert api.send("shen", "POST", "/agreements", given).json()["errors"]["from_on"]  # overlaps
    bad = {**given, "rates": [{"room_type": "XXX", "amount": "1"}]}
    assert api.send("shen", "POST", "/agreements", bad).json()["errors"] == {"rates.1": ["unknown room type"]}


def test_a_stale_version_is_409_with_both(api: Stage) -> None:
    path = api.path("/clients/{pk}")
    ok(api.send("lin", "PATCH", path, {"version": 1, "phone": "1"}))
    answer = api.send("lin", "PATCH", path, {"version": 1, "phone": "2"})
    assert answer.status_code == 409
    assert answer.json()["versions"] == {"mine": {"phone": "2"}, "theirs": {"phone": "1"}, "version": 2}
    assert api.send("lin", "PATCH", path, {"phone": "3"}).json()["errors"]["version"]


def test_a_repeated_request_is_answered_once(api: Stage) -> None:
    body = {"name": "青岱生物"}
    first = api.send("lin", "POST", "/clients", body, key="k1")
    again = api.send("lin", "POST", "/clients", body, key="k1")
    assert (first.status_code, again.status_code) == (201, 201) and first.json() == again.json()
    assert again["Idempotent-Replay"] == "true" and Client.objects.filter(name="青岱生物").count() == 1
    assert api.send("lin", "POST", "/clients", {"name": "别家"}, key="k1").json()["code"] == "key_reused"


def test_a_secret_is_shown_once_and_kept_nowhere(api: Stage) -> None:
    body = {"username": "xin", "name": "新人", "posts": ["sales_clerk"]}
    first = ok(api.send("guan", "POST", "/house/people", body, key="p1"), 201)
    word = first["one_time_password"]
    person = Person.objects.get(username="xin")
    assert check_password(word, person.password) and person.must_change_password
    again = ok(api.send("guan", "POST", "/house/people", body, key="p1"), 201)
    assert again == {**first, "one_time_password": None}
    text = ok(api.send("guan", "POST", "/house/tokens", {"name": "pms", "scopes": ["house.people"]}, key="t1"), 201)["text"]
    assert not any(word in row.body or text in row.body for row in Answered.objects.all())
    assert api.send("guan", "GET", "/house/people", token=text).status_code == 200


def test_a_program_gives_no_scope_that_it_has_not(api: Stage) -> None:
    narrow = api.token("guan", ("house.tokens",))
    before = ApiToken.objects.count()
    for scopes in (["house.people"], ["house.tokens", "house.setup"], []):
        answer = api.send("guan", "POST", "/house/tokens", {"name": "more", "scopes": scopes}, token=narrow)
        assert answer.status_code == 422 and answer.json()["errors"]
    assert ApiToken.objects.count() == before


def test_a_program_makes_no_token_in_another_name(api: Stage) -> None:
    before = ApiToken.objects.count()
    answer = api.send("alle", "POST", "/house/tokens", {"name": "gm", "person": "lu", "scopes": ["rooms.view"]})
    assert answer.status_code == 422 and "person" in answer.json()["errors"] and ApiToken.objects.count() == before + 1  # alle's own
    ok(api.send("alle", "POST", "/house/tokens", {"name": "own", "person": "alle", "scopes": ["rooms.view"]}), 201)
    assert not any(row["person"] != "lin" for row in api.send("lin", "GET", "/house/tokens").json())


def test_an_unknown_field_is_named(api: Stage) -> None:
    assert "teir" in str(api.send("lin", "POST", "/clients", {"name": "x", "teir": "A"}).json()["errors"])


def test_a_list_of_what_others_sold_goes_in_whole_or_not_at_all(api: Stage) -> None:
    line = {"room_type": "TWN", "from_on": "2026-12-01", "until_on": "2026-12-03", "rooms": 3}
    good = [{"source": "ota", "reference": f"C{n}", "lines": [line]} for n in range(3)]
    assert ok(api.send("fang", "POST", "/rooms/elsewhere/import", {"reports": good}))["many"] == 3
    assert ok(api.send("fang", "POST", "/rooms/elsewhere/import", {"reports": good}))["many"] == 0
    much = [*good, {"source": "pms", "reference": "P1", "lines": [{**line, "rooms": 900}]}]
    answer = api.send("fang", "POST", "/rooms/elsewhere/import", {"reports": much})
    assert answer.status_code == 409 and answer.json()["shortage"][0]["left"] == 11
    assert Block.objects.filter(about_kind="elsewhere").count() == 3
    assert len(ok(api.send("fang", "GET", "/rooms/elsewhere"))) == 3
    ok(api.send("fang", "POST", "/rooms/elsewhere", {"source": "ota", "reference": "C0"}))
    assert len(ok(api.send("fang", "GET", "/rooms/elsewhere"))) == 2


def test_the_roster_the_calendar_and_a_setting(api: Stage) -> None:
    days = [{"on": "2026-12-24", "person": "wen"}, {"on": "2026-12-25", "person": "lin", "starts": "20:00", "ends": "08:00"}]
    assert ok(api.send("shen", "POST", "/house/roster/import", {"department": "sales", "days": days}))["many"] == 2
    found = ok(api.send("shen", "GET", "/house/roster", {"department": "sales", "from_on": "2026-12-25", "until_on": "2026-12-26"}))
    assert found[0]["person"] == "lin" and found[0]["ends_at"].startswith("2026-12-26T00:00")
    number = ok(api.send("guan", "GET", "/house/calendar"))["number"]
    wanted = {"base": number, "holidays": {"2027-01-01": "元旦"}, "makeup": ["2027-01-09"], "years": [2027]}
    assert ok(api.send("guan", "PUT", "/house/calendar", wanted))["number"] == number + 1
    assert api.send("guan", "PUT", "/house/calendar", wanted).status_code == 409
    assert ok(api.send("lu", "POST", "/house/settings", {"key": "hold.default_clock", "value": "17:30"}))["hold.default_clock"] == "17:30"
    assert api.send("lu", "POST", "/house/settings", {"key": "hold.default_clock", "value": "25:99"}).status_code == 422
    assert api.send("lu", "POST", "/house/settings", {"key": "security.totp_required", "value": False}).status_code == 403
