"""The diary, a function's page, the waiting list and the halls, as people use them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.function_space import actions, queries
from guiju.function_space.models import Function, Hall, HallWaiting
from tests.cast import TODAY, Cast
from tests.function_space.wardrobe import halls, take

ON = TODAY + timedelta(days=3)


@pytest.fixture
def there(cast: Cast) -> dict[str, Hall]:
    return halls(cast)


def entry(**change: Any) -> dict[str, Any]:
    return {
        "label": "孙府婚宴", "hall": "A", "on": ON.isoformat(), "from_time": "17:30", "until_time": "20:30", "option_until": "2026-11-25T18:00",
        "persons": "100", "style": "banquet", "setup_minutes": "", "turn_minutes": "", "last_on": "", "remarks": "", **change,
    }


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_empty_hour_begins_an_option_and_a_click_makes_it_definite(cast: Cast, there: dict[str, Hall]) -> None:
    lin = cast.sign_in("lin")
    day = text_of(lin.get(f"/functions/?on={ON}"))
    cell = f"/functions/new?hall=A&amp;from={ON}T17:00"
    assert cell in day
    form = text_of(lin.get(cell.replace("&amp;", "&")))
    assert 'value="17:00"' in form and 'value="19:00"' in form and f'value="{ON}"' in form
    answer = lin.post("/functions/new", entry())
    row = Function.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/functions/{row.pk}/"
    assert row.state == "option" and row.option_until_at == cast.at("18:00", TODAY + timedelta(days=1))
    assert row.taken_from_at == cast.at("17:00", ON) and row.persons == 100
    day = text_of(lin.get(f"/functions/?on={ON}&f={row.pk}"))
    assert "孙府婚宴" in day and cell not in day
    assert lin.post(answer["Location"], {"what": "confirm"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "definite"


def test_a_hall_that_is_taken_shows_what_is_in_the_way_and_what_else_is_free(cast: Cast, there: dict[str, Hall]) -> None:
    take(cast, there["AB"], "18:00", "21:00", label="市港航 年会")
    lin = cast.sign_in("lin")
    answer = lin.post("/functions/new", entry(hall="B"))
    page = text_of(answer)
    assert answer.status_code == 409 and "市港航 年会" in page and "孙府婚宴" in page and not Function.objects.filter(label="孙府婚宴").exists()
    offers = [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) for form in re.findall(r"<form class=\"inl\" method=\"post\">.*?</form>", page, re.S)]
    other = next(offer for offer in offers if offer.get("hall") == "C")
    other.pop("csrfmiddlewaretoken", None)
    assert lin.post("/functions/new", other).status_code == 302
    assert Function.objects.get(label="孙府婚宴").hall.code == "C"
    waits = {name: value for name, value in entry(hall="B").items() if value}
    assert lin.post("/functions/new", {**waits, "what": "wait", "label": "陈府寿宴"}).status_code == 302
    assert HallWaiting.objects.get().label == "陈府寿宴"
    assert "陈府寿宴" in text_of(lin.get(f"/functions/?on={ON}"))


@pytest.mark.parametrize(
    ("change", "said"),
    [({"from_time": "17:10"}, "from_time"), ({"until_time": "17:30"}, "until_time"), ({"option_until": "2026-11-23T18:00"}, "option_until"),
     ({"label": ""}, "label"), ({"on": "soon"}, "on"), ({"hall": "Z"}, "hall"), ({"setup_minutes": "20"}, "setup_minutes"), ({"on": "2026-11-01"}, "until_time")],
)
def test_what_cannot_be_is_said_beside_its_field(cast: Cast, there: dict[str, Hall], change: dict[str, str], said: str) -> None:
    answer = cast.sign_in("lin").post("/functions/new", entry(**change))
    page = text_of(answer)
    assert answer.status_code == 422 and f'id="id_{said}-error"' in page and not Function.objects.exists()
    assert change.get("label") == "" or "孙府婚宴" in page


def test_moved_changed_extended_and_given_back(cast: Cast, there: dict[str, Hall]) -> None:
    row = take(cast, there["A"], option_until_at=cast.at("18:00"))
    other = take(cast, there["C"], label="别家")
    lin, url = cast.sign_in("lin"), f"/functions/{row.pk}/"
    where = {"what": "move", "hall": "C", "on": ON.isoformat(), "from_time": "11:00", "until_time": "14:00", "last_on": "", "setup_minutes": "30", "turn_minutes": "30", "version": str(row.version)}
    answer = lin.post(url, where)
    assert answer.status_code == 409 and "别家" in text_of(answer)
    assert lin.post(url, {**where, "hall": "B"}).status_code == 302
    row.refresh_from_db()
    assert row.hall.code == "B"
    assert lin.post(url, {**where, "hall": "MR"}).status_code == 409  # an old version: somebody saved before
    assert lin.post(url, {"what": "change", "label": "答谢晚宴", "persons": "90", "style": "theatre", "remarks": "", "version": row.version}).status_code == 302
    assert lin.post(url, {"what": "extend", "option_until": "2026-11-24T21:00"}).status_code == 302
    assert lin.post(url, {"what": "extend", "option_until": "2026-11-20T21:00"}).status_code == 422
    assert lin.post(url, {"what": "release", "reason": ""}).status_code == 422
    assert lin.post(url, {"what": "release", "reason": "客户取消"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.label, row.persons, row.over_reason) == ("released", "答谢晚宴", 90, "客户取消")
    assert "客户取消" in text_of(lin.get(url)) and other.standing and queries.verify(cast.hotel.pk) == []


def test_who_may_what(cast: Cast, there: dict[str, Hall]) -> None:
    row = take(cast, there["A"])
    guard = cast.sign_in("an")
    assert guard.get("/functions/").status_code == 200 and guard.get(f"/functions/{row.pk}/").status_code == 200
    assert "/functions/new" not in text_of(guard.get("/functions/"))
    assert guard.post("/functions/new", entry()).status_code == 403
    assert guard.post(f"/functions/{row.pk}/", {"what": "release", "reason": "试"}).status_code == 403
    assert guard.post("/functions/waiting", {"what": "add"}).status_code == 403
    assert cast.sign_in("lin").post("/functions/halls/new", {}).status_code == 403
    assert cast.sign_in("lin").get("/functions/repair").status_code == 403
    assert guard.get("/functions/rooms").status_code == 403


def test_a_repair_stops_bookings_until_the_hall_is_back(cast: Cast, there: dict[str, Hall]) -> None:
    can = cast.sign_in("can")
    sent = {"hall": "MR", "on": ON.isoformat(), "from_time": "08:00", "last_on": (ON + timedelta(days=2)).isoformat(), "until_time": "18:00", "reason": "投影检修"}
    assert can.post("/functions/repair", sent).status_code == 302
    row = Function.objects.get()
    assert "投影检修" in text_of(can.get(f"/functions/?on={ON + timedelta(days=1)}"))
    lin = cast.sign_in("lin")
    assert lin.post("/functions/new", entry(hall="MR")).status_code == 409
    assert can.post(f"/functions/{row.pk}/", {"what": "back"}).status_code == 302
    assert lin.post("/functions/new", entry(hall="MR")).status_code == 302
    answer = can.post("/functions/repair", sent)
    assert answer.status_code == 409 and "孙府婚宴" in text_of(answer)


def test_the_waiting_list_takes_and_closes(cast: Cast, there: dict[str, Hall]) -> None:
    row = take(cast, there["A"], "17:30", "20:30")
    lin = cast.sign_in("lin")
    asked = {"what": "add", "label": "衡川机电", "hall": "ABC", "on": ON.isoformat(), "from_time": "18:00", "until_time": "21:00", "persons": "300", "last_on": ""}
    assert lin.post("/functions/waiting", asked).status_code == 302
    assert lin.post("/functions/waiting", {**asked, "label": ""}).status_code == 422
    waiting = HallWaiting.objects.get()
    assert lin.post("/functions/waiting", {"what": "take", "entry": waiting.pk}).status_code == 409
    actions.release(row, reason="改期", by=cast.actor("lin"), now=cast.at("10:00"))
    assert lin.post("/functions/waiting", {"what": "take", "entry": waiting.pk}).status_code == 302
    assert Function.objects.get(over_at__isnull=True).hall.code == "ABC"
    lin.post("/functions/waiting", {**asked, "label": "宁府"})
    other = HallWaiting.objects.get(closed_at__isnull=True)
    assert lin.post("/functions/waiting", {"what": "close", "entry": other.pk, "reason": ""}).status_code == 422
    assert lin.post("/functions/waiting", {"what": "close", "entry": other.pk, "reason": "去了别家"}).status_code == 302
    assert "去了别家" in text_of(lin.get("/functions/waiting?closed=1"))


HALL = {"code": "LT", "name": "澜亭", "name_en": "Lanting", "area": "70", "height": "2.9", "rate_half_day": "1600", "rate_day": "", "rate_evening": "",
        "setup_minutes": "30", "turn_minutes": "15", "order": "50", "remarks": "", "capacity_boardroom": "24"}


def test_halls_are_added_combined_changed_and_closed(cast: Cast, there: dict[str, Hall]) -> None:
    shen = cast.sign_in("shen")
    assert shen.post("/functions/halls/new", HALL).status_code == 302
    hall = Hall.objects.get(code="LT")
    assert hall.capacity == {"boardroom": 24} and hall.rate_day is None and str(hall.rate_half_day) == "1600.00"
    url = f"/functions/halls/{hall.pk}"
    answer = shen.post(url, {**HALL, "setup_minutes": "20", "version": hall.version})
    assert answer.status_code == 422 and 'id="id_setup_minutes-error"' in text_of(answer)
    assert shen.post(url, {**HALL, "name": "澜亭会议室", "version": hall.version}).status_code == 302
    assert shen.post(url, {**HALL, "name": "别名", "version": hall.version}).status_code == 409
    assert shen.post("/functions/halls/new", {**HALL, "code": "BC", "name": "百合厅B+C", "parts": ["B", "C"]}).status_code == 302
    take(cast, there["B"])
    with pytest.raises(actions.HallTaken):
        take(cast, Hall.objects.get(code="BC"), label="别家")
    assert shen.post("/functions/halls/new", {**HALL, "code": "BX", "parts": ["B"]}).status_code == 422
    hall.refresh_from_db()
    assert shen.post(url, {"what": "close", "version": hall.version}).status_code == 302
    assert shen.post(f"/functions/halls/{there['B'].pk}", {"what": "close", "version": there["B"].version}).status_code == 409
    assert 'hall=LT' not in text_of(shen.get(f"/functions/?on={ON}"))


def test_halls_from_a_table_whole_or_not_and_back(cast: Cast) -> None:
    shen = cast.sign_in("shen")

    def send(text: str) -> Any:
        return shen.post("/functions/halls/table", {"file": SimpleUploadedFile("halls.csv", text.encode(), "text/csv")})

    head = "代码,名称,面积,组成,banquet,Theatre\n"
    bad = send(head + "A,甲厅,100,,80,100\nW,全厅,300,A+Q,200,300\n")
    assert bad.status_code == 422 and "Q" in text_of(bad) and not Hall.objects.exists()
    assert send(head + "W,全厅,300,A+B,200,300\nA,甲厅,100,,80,100\nB,乙厅,200,,120,200\n").status_code == 302
    whole = Hall.objects.get(code="W")
    assert whole.sections.count() == 2 and whole.capacity == {"banquet": 200, "theatre": 300}
    out = shen.get("/functions/halls?export=csv")
    back = b"".join(out.streaming_content)  # type: ignore[attr-defined]  # a streaming answer
    assert shen.post("/functions/halls/table", {"file": SimpleUploadedFile("halls.csv", back, "text/csv")}).status_code == 302
    assert Hall.objects.count() == 3 and Hall.objects.get(code="W").sections.count() == 2


def busy(cast: Cast, there: dict[str, Hall]) -> Function:
    """A month with something in every hall."""
    last = take(cast, there["VIP"], day=0, label="家宴")
    for day in range(1, 28):
        for code, begins, ends in (("A", "09:00", "11:00"), ("ABC", "17:00", "21:00"), ("MR", "14:00", "16:00")):
            last = take(cast, there[code], begins, ends, day=day, label=f"{code} {day}", option_until_at=cast.at("18:00") if day % 3 else None)
        actions.wait_for(cast.hotel, hall=there["ABC"], from_at=last.from_at, until_at=last.until_at, label=f"候 {day}", by=cast.actor("lin"), now=cast.at("10:00"))
    return last


@pytest.mark.parametrize("view", ["day", "week", "month", "year"])
def test_the_diary_asks_few_questions_however_much_stands_in_it(cast: Cast, there: dict[str, Hall], view: str) -> None:
    row = busy(cast, there)
    shen = cast.sign_in("shen")
    shen.get("/functions/")
    with CaptureQueriesContext(connection, ) as asked:
        answer = shen.get(f"/functions/?view={view}&on={ON}&f={row.pk}")
    assert answer.status_code == 200 and len(asked) <= 12, [one["sql"][:90] for one in asked]
    assert view in ("month", "year") or "ABC 3" in text_of(answer)


@pytest.mark.parametrize("path", ["/functions/waiting", "/functions/halls", "/functions/new?hall=A&from=2026-11-27T17:00", "/functions/rooms", "/functions/halls/new", "/functions/repair"])
def test_the_other_pages_ask_few_questions_too(cast: Cast, there: dict[str, Hall], path: str) -> None:
    from tests.inventory.wardrobe import room_types

    room_types(cast)
    row = busy(cast, there)
    shen = cast.sign_in("shen")
    shen.get("/functions/")
    for one in (path, f"/functions/{row.pk}/", f"/functions/halls/{there['ABC'].pk}"):
        with CaptureQueriesContext(connection) as asked:
            assert shen.get(one).status_code == 200
        assert len(asked) <= 12, (one, [query["sql"][:90] for query in asked])


def test_rooms_and_halls_stand_on_one_page(cast: Cast, there: dict[str, Hall]) -> None:
    from tests.inventory.wardrobe import room_types

    room_types(cast)
    take(cast, there["ABC"], "18:00", "21:00", day=1)
    page = text_of(cast.sign_in("lin").get(f"/functions/rooms?on={TODAY}"))
    assert "百合厅A" in page and "标准双人间" in page and "m003" in page and "/rooms" in page
    assert "/functions/rooms" in text_of(cast.sign_in("lin").get("/rooms/"))


@pytest.mark.parametrize("view", ["day", "week", "month"])
def test_the_diary_is_taken_away_as_a_table(cast: Cast, there: dict[str, Hall], view: str) -> None:
    take(cast, there["A"], label="澄观设计 答谢午宴", remarks="=1+1")
    answer = cast.sign_in("shen").get(f"/functions/?view={view}&on={ON}&export=csv")
    sent = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a streaming answer
    assert "澄观设计 答谢午宴" in sent and "百合厅A" in sent and ",=1+1" not in sent
    assert cast.sign_in("lin").get(f"/functions/?view={view}&export=csv").status_code == 403


def test_the_month_shows_parts_of_days(cast: Cast, there: dict[str, Hall]) -> None:
    take(cast, there["A"], "09:00", "11:00")
    take(cast, there["A"], "18:00", "21:00", option_until_at=cast.at("18:00"), label="晚宴")
    page = text_of(cast.sign_in("lin").get(f"/functions/?view=month&on={ON}"))
    assert "m301" in page


def test_a_function_over_midnight_stands_on_both_days(cast: Cast, there: dict[str, Hall]) -> None:
    lin = cast.sign_in("lin")
    assert lin.post("/functions/new", entry(from_time="21:00", until_time="01:00", last_on=(ON + timedelta(days=1)).isoformat())).status_code == 302
    for on in (ON, ON + timedelta(days=1)):
        assert "孙府婚宴" in text_of(lin.get(f"/functions/?on={on}"))


def test_an_address_that_makes_no_sense_shows_today(cast: Cast, there: dict[str, Hall]) -> None:
    lin = cast.sign_in("lin")
    for query in ("on=x&view=z", "on=0001-01-01", "on=9999-12-31&view=month", "f=x", "view=year&on=2024-02-29", "view=week&on="):
        assert lin.get(f"/functions/?{query}").status_code == 200
    assert lin.get("/functions/new?hall=Q&from=x").status_code == 200
    assert lin.get("/functions/rooms?days=9").status_code == 200


def test_a_hotel_without_halls_is_told_so(cast: Cast) -> None:
    assert "/functions/halls/new" in text_of(cast.sign_in("shen").get("/functions/"))
    for view in ("week", "month", "year"):
        assert cast.sign_in("lin").get(f"/functions/?view={view}").status_code == 200
