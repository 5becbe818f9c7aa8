"""A replay as people live it: asked for on a page, run by the worker, read, shown to others, taken away; and by programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from guiju.duties import actions as standard
from guiju.duties import editions
from guiju.duties.models import Edition
from guiju.history.replay import choosing, working
from guiju.history.replay.models import Replay
from guiju.house import tokens
from guiju.shelf.actor import the_clock
from guiju.shelf.ids import uuid7
from tests.cast import Cast

ASKED = {"minutes": "5", "goal": "95", "by_clause": "", "confirm_after": "20", "form_after": "30", "holidays": "on"}


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """The edition in force since the beginning of the year."""
    by = the_clock(cast.hotel.pk)
    return standard.adopt_shipped(cast.hotel, effective_at=cast.at("00:00") - timedelta(days=300), by=by, now=cast.at("00:00"))


@pytest.fixture
def shen(cast: Cast, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """The sales manager's browser, the clock at ten."""
    settings.DATA_DIR = tmp_path
    clock = tmp_path / "clock"
    clock.write_text(cast.at("10:00").isoformat())
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(clock))
    return cast.sign_in("shen")


def asked(row: Edition, **more: str) -> dict[str, str]:
    return {**ASKED, "edition": f"edition:{row.pk}", "idempotency_key": str(uuid7()), **more}


def test_the_story(cast: Cast, shen: Browser, edition: Edition, applied: Callable[..., Any], clock: Any) -> None:
    """Asked, waits, is run, read with its figures and assumptions, taken away as a table and as JSON; the GM reads it too."""
    applied()
    page = shen.get("/history/replay/")
    assert page.status_code == 200 and b'value="edition:' in page.content
    answer = shen.post("/history/replay/", asked(edition, by_clause="booking.reply-30 = 12"))
    assert answer.status_code == 302
    address = answer["Location"]
    assert "http-equiv" in shen.get(address).content.decode()
    assert working.work_once(clock, processes=1) == 1
    row = Replay.objects.get()
    assert (row.state, row.done, row.total) == ("done", row.total, row.total) and row.result["history"]["rows"] == 10
    assert row.result["handling"]["by_clause"]["booking.reply-30"] == 12
    text = shen.get(address).content.decode()
    assert "听涛饭店" in text and "望海楼" in text
    assert "没有凭据" in text and "booking.handle-at-once" in text
    assert shen.get(address, {"hotel": "望海楼", "who": "post:handler"}).status_code == 200
    shen.cookies["guiju_lang"] = "en"
    assert "no evidence" in shen.get(address).content.decode()
    assert "booking.handle-at-once" in b"".join(shen.get(address, {"export": "csv"}).streaming_content).decode()  # type: ignore[attr-defined]
    assert shen.get(address, {"export": "json"}).json()["hotels"][0]["bookings"] > 0
    assert cast.sign_in("lu").get(address).status_code == 200
    assert address in shen.get("/history/replay/").content.decode()


def test_only_managers_and_the_gm(cast: Cast, shen: Browser, edition: Edition) -> None:
    for who, status in (("lu", 200), ("lin", 403), ("fang", 403), ("guan", 403)):
        assert cast.sign_in(who).get("/history/replay/").status_code == status, who
    assert cast.sign_in("lin").post("/history/replay/", asked(edition)).status_code == 403
    assert not Replay.objects.exists()


def test_without_history_it_says_what_to_do(shen: Browser, edition: Edition) -> None:
    assert "先导入往年订单" in shen.get("/history/replay/").content.decode()
    answer = shen.post("/history/replay/", asked(edition))
    assert answer.status_code == 422 and not Replay.objects.exists()


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"edition": "edition:nonsense"}, "edition:nonsense"), ({"minutes": "0"}, "1"), ({"goal": "20"}, "50"),
        ({"by_clause": "booking.reply-30 twelve"}, "booking.reply-30 twelve"), ({"by_clause": "booking.nothing = 3"}, "booking.nothing"),
        ({"confirm_after": "-4"}, "0"),
    ],
)
def test_bad_input_is_named_and_kept(shen: Browser, edition: Edition, applied: Callable[..., Any], more: dict[str, str], word: str) -> None:
    applied()
    answer = shen.post("/history/replay/", asked(edition, **more))
    assert answer.status_code == 422 and not Replay.objects.exists()
    text = answer.content.decode()
    assert word in text and "form-errors" in text
    if "by_clause" in more:
        assert more["by_clause"] in text


def test_a_draft_beside_the_edition_in_force(
    cast: Cast, shen: Browser, edition: Edition, applied: Callable[..., Any], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A room above keeps drafts: it registers how they are found; the page shows clause by clause what one changes."""
    texts = {name: text.replace('within = "15m", calendar = "owner"', 'within = "10m", calendar = "owner"') for name, text in edition.texts.items()}
    drafts = choosing.Source(lambda label: f"Draft {label}", lambda *_: [("7", "faster")], lambda _hotel, pk: ("faster", texts) if pk == "7" else None)
    monkeypatch.setitem(choosing.sources, "draft", drafts)
    applied()
    page = shen.get("/history/replay/", {"edition": "7"}).content.decode()
    assert 'value="draft:7" selected' in page and "checked" in page
    address = shen.post("/history/replay/", asked(edition, edition="draft:7", beside="on"))["Location"]
    working.work_once(clock, processes=1)
    text = shen.get(address).content.decode()
    assert "15 → <b>10</b>" in text
    same = shen.post("/history/replay/", asked(edition, beside="on"))
    assert same.status_code == 422


def test_a_stopped_replay_stays_stopped(shen: Browser, edition: Edition, applied: Callable[..., Any], clock: Any) -> None:
    applied()
    address = shen.post("/history/replay/", asked(edition))["Location"]
    assert shen.post(f"{address}stop", {"idempotency_key": str(uuid7())}).status_code == 302
    assert working.work_once(clock, processes=1) == 0
    assert Replay.objects.get().state == "stopped"
    assert shen.post(f"{address}stop", {"idempotency_key": str(uuid7())}).status_code == 409


def test_a_replay_stopped_while_it_runs_keeps_no_figures(
    cast: Cast, shen: Browser, edition: Edition, applied: Callable[..., Any], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied()
    shen.post("/history/replay/", asked(edition))
    row = Replay.objects.get()
    gather = working.gathering.of_history

    def gathered(*given: Any) -> Any:
        Replay.objects.update(state="stopped", ended_at=cast.at("10:01"), worker="")
        return gather(*given)

    monkeypatch.setattr(working.gathering, "of_history", gathered)
    assert working.run(row.pk, clock, processes=1)
    row.refresh_from_db()
    assert (row.state, row.result) == ("stopped", None)


def test_a_worker_that_was_killed_leaves_it_to_the_next(cast: Cast, shen: Browser, edition: Edition, applied: Callable[..., Any], clock: Any) -> None:
    applied()
    shen.post("/history/replay/", asked(edition))
    Replay.objects.update(state="running", worker="gone/1/x", attempts=1, working_until_at=cast.at("10:05"))
    assert working.work_once(clock, processes=1) == 0  # its lease still runs
    Replay.objects.update(working_until_at=cast.at("09:59"))
    assert working.work_once(clock, processes=1) == 1
    assert Replay.objects.get().state == "done"


def test_after_three_times_cut_off_it_is_given_up(cast: Cast, shen: Browser, edition: Edition, applied: Callable[..., Any], clock: Any) -> None:
    applied()
    address = shen.post("/history/replay/", asked(edition))["Location"]
    Replay.objects.update(state="running", worker="gone/1/x", attempts=3, working_until_at=cast.at("09:00"))
    working.work_once(clock, processes=1)
    assert Replay.objects.get().state == "failed"
    assert "中途断了" in shen.get(address).content.decode()


def test_what_breaks_is_told_and_does_not_stop_the_others(
    shen: Browser, edition: Edition, applied: Callable[..., Any], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied()
    shen.post("/history/replay/", asked(edition))
    shen.post("/history/replay/", asked(edition))
    whole, calls = working.reporting.report, []

    def broken(*given: Any, **more: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("a fault")
        return whole(*given, **more)

    monkeypatch.setattr(working.reporting, "report", broken)
    assert working.work_once(clock, processes=1) == 2
    assert sorted(Replay.objects.values_list("state", flat=True)) == ["done", "failed"]


def test_queries_stay_few(cast: Cast, shen: Browser, edition: Edition, applied: Callable[..., Any], clock: Any) -> None:
    applied()
    for _ in range(4):
        shen.post("/history/replay/", asked(edition))
    working.work_once(clock, processes=1)
    row = Replay.objects.first()
    assert row is not None
    for address in ("/history/replay/", f"/history/replay/{row.pk}/"):
        shen.get(address)
        with CaptureQueriesContext(connection, ) as found:
            assert shen.get(address).status_code == 200
        assert len(found) <= 12, [one["sql"] for one in found]


def test_too_many_at_once_are_refused(shen: Browser, edition: Edition, applied: Callable[..., Any]) -> None:
    applied()
    for _ in range(5):
        assert shen.post("/history/replay/", asked(edition)).status_code == 302
    assert shen.post("/history/replay/", asked(edition)).status_code == 409


def test_another_hotels_replay_is_not_there(cast: Cast, shen: Browser, edition: Edition, applied: Callable[..., Any]) -> None:
    from guiju.house.models import Hotel

    other = Hotel.objects.create(code="other", name="别家", zone="Asia/Shanghai", created_at=cast.at("00:00"))
    row = Replay.objects.create(hotel=other, edition="shipped:hotel-sales", edition_label="hotel-sales", asked_at=cast.at("09:00"))
    assert shen.get(f"/history/replay/{row.pk}/").status_code == 404
    assert shen.post(f"/history/replay/{row.pk}/stop", {"idempotency_key": str(uuid7())}).status_code == 404


def test_programs_do_the_same(cast: Cast, shen: Browser, edition: Edition, applied: Callable[..., Any], clock: Any) -> None:
    applied()
    _row, key = tokens.create(cast.hotel, person=cast.people["shen"], name="planning", by=the_clock(cast.hotel.pk, via="cli"), now=cast.at("00:01"))
    program = Browser()

    def send(method: str, path: str, body: Any = None) -> Any:
        more = {} if method == "get" else {"data": json.dumps(body or {}), "content_type": "application/json"}
        return getattr(program, method)(f"/api/v1/replays{path}", headers={"Authorization": f"Bearer {key}", "Idempotency-Key": str(uuid7())}, **more)

    wordings = send("get", "/editions").json()
    (in_force,) = [one["edition"] for one in wordings if one["in_force"]]
    made = send("post", "", {"edition": in_force, "minutes": 7, "by_clause": {"booking.by-1800/sign": 1}, "profile": {"notice_after": 10}})
    assert made.status_code == 201, made.content
    pk = made.json()["id"]
    working.work_once(clock, processes=1)
    whole = send("get", f"/{pk}").json()
    assert whole["state"] == "done" and whole["result"]["assumptions"]["notice_after"] == 10
    assert [one["id"] for one in send("get", "").json()] == [pk]
    assert send("post", f"/{pk}/stop").status_code == 409
    wrong = send("post", "", {"edition": in_force, "profile": {"requests": {"99": 1}}})
    assert wrong.status_code == 422 and "requests" in wrong.json()["errors"]
    assert send("post", "", {"edition": in_force, "batch": str(uuid7())}).status_code == 404


def test_the_logbook_says_who_asked(cast: Cast, shen: Browser, edition: Edition, applied: Callable[..., Any]) -> None:
    from guiju.logbook.models import Entry

    applied()
    shen.post("/history/replay/", asked(edition))
    entry = Entry.objects.get(kind="replay.asked")
    assert entry.by_id == cast.people["shen"].pk and entry.attrs["edition"] == f"edition:{edition.pk}"


def test_an_edition_can_be_named_in_many_ways(cast: Cast, edition: Edition, tmp_path: Any) -> None:
    import zipfile

    from guiju.shelf.errors import Invalid

    folder = tmp_path / "wording"
    folder.mkdir()
    for name, text in editions.shipped_texts().items():
        (folder / name).write_text(text, encoding="utf-8")
    package = tmp_path / "wording.zip"
    with zipfile.ZipFile(package, "w") as zipped:
        for name, text in editions.shipped_texts().items():
            zipped.writestr(f"hotel-sales/{name}", text)
    assert choosing.of_path(folder).digest == choosing.of_path(package).digest == choosing.choose(cast.hotel.pk, f"edition:{edition.pk}").digest
    (folder / "9-wrong.toml").write_text("[[clause]]\nid = 3\n", encoding="utf-8")
    with pytest.raises(Invalid, match=r"9-wrong\.toml:\d+"):
        choosing.of_path(folder)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(Invalid):
        choosing.of_path(empty)
