"""`guiju replay` as a person at a terminal meets it, on a file of ours and on a part of the real one."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from guiju.cli import main
from guiju.duties import actions as standard
from guiju.duties import editions
from guiju.shelf.actor import the_clock
from tests.cast import Cast
from tests.history.conftest import table

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "hotel_booking_demand" / "hotel_bookings.csv.zip"
HAVE = REAL.exists()
if os.environ.get("GUIJU_MUST_DATA"):
    assert HAVE, "the shared data folder is missing, and GUIJU_MUST_DATA is set"


@pytest.fixture
def house(cast: Cast) -> Cast:
    standard.adopt_shipped(cast.hotel, effective_at=cast.at("00:00"), by=the_clock(cast.hotel.pk), now=cast.at("00:00"))
    return cast


def told(capsys: Any, *words: str) -> dict[str, Any]:
    assert main(["replay", *words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.django_db
def test_a_file_is_replayed_without_being_imported(house: Cast, tmp_path: Path, capsys: Any) -> None:
    from guiju.history.models import PastBooking

    file = tmp_path / "past.csv"
    file.write_bytes(table())
    result = told(capsys, "--edition", "1", "--bookings", str(file), "--handling", "8", "booking.reply-30=12")
    assert result["history"]["rows"] == 10 and result["history"]["groups"] == 1
    assert [one["hotel"] for one in result["hotels"]] == ["听涛饭店", "望海楼"]
    assert result["handling"]["minutes"] == 8 and result["handling"]["by_clause"]["booking.reply-30"] == 12
    assert result["machine"]["peak_mb"] > 0 and result["machine"]["whole_seconds"] > 0
    assert not PastBooking.objects.exists()
    assert main(["replay", "--bookings", str(file)]) == 0
    text = capsys.readouterr().out
    assert "no evidence" in text and "assumed" in text and "people:" in text


@pytest.mark.django_db
def test_the_imported_history_says_the_same_as_its_file(house: Cast, applied: Any, tmp_path: Path, capsys: Any) -> None:
    applied()
    file = tmp_path / "past.csv"
    file.write_bytes(table())
    assert told(capsys, "--history")["hotels"] == told(capsys, "--bookings", str(file))["hotels"]


@pytest.mark.django_db
def test_a_draft_from_a_folder(house: Cast, tmp_path: Path, capsys: Any) -> None:
    file, folder = tmp_path / "past.csv", tmp_path / "draft"
    file.write_bytes(table())
    folder.mkdir()
    for name, text in editions.shipped_texts().items():
        (folder / name).write_text(text.replace('within = "15m", calendar = "owner"', 'within = "10m", calendar = "owner"'), encoding="utf-8")
    result = told(capsys, "--edition", str(folder), "--draft", "--bookings", str(file))
    assert [one["usual_minutes"] for one in result["differences"]["望海楼"]["clauses"]] == [[15, 10]]


@pytest.mark.django_db
def test_where_the_file_has_the_minutes_lateness_is_shown(house: Cast, tmp_path: Path, capsys: Any) -> None:
    """Three requests of agreement clients: answered in 20 minutes, in 50, and one whose reply is not told."""
    file = tmp_path / "past.csv"
    head = "hotel,booked_on,arrival,nights,rate,status,segment,received_at,replied_at"
    row = "Harbour,2026-03-03,2026-05-01,2,400,stayed,Corporate,2026-03-03 10:00,"
    file.write_text("\n".join([head, row + "2026-03-03 10:20", row + "2026-03-03 10:50", row, row.replace("10:00", "")]), encoding="utf-8")
    result = told(capsys, "--bookings", str(file))
    clauses = {one["clause"]: one["late"] for one in result["hotels"][0]["clauses"]}
    assert clauses["booking.reply-30"] == {"shown": 1, "in_time": 1, "no_evidence": 2}
    # taken in hand may have been sooner than the reply: a late reply proves nothing against it
    assert clauses["booking.handle-at-once"] == {"shown": 0, "in_time": 0, "no_evidence": 4}
    assert result["history"]["rows_with_reply_times"] == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--edition", "77"], "no edition 77"), (["--edition", "nowhere"], "neither"), (["--handling", "x=y"], "--handling"),
        (["--handling", "booking.nothing=3"], "booking.nothing"), (["--goal", "3"], "50"), (["--part", "0"], "--part"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(house: Cast, tmp_path: Path, capsys: Any, words: list[str], said: str) -> None:
    file = tmp_path / "past.csv"
    file.write_bytes(table())
    assert main(["replay", "--bookings", str(file), *words]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.django_db
def test_a_file_that_is_no_table_says_so(house: Cast, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "past.csv"
    file.write_text("nothing of the kind\nat all\n", encoding="utf-8")
    assert main(["replay", "--bookings", str(file)]) == 1
    assert main(["replay", "--bookings", str(tmp_path / "none.csv")]) == 1
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.data
@pytest.mark.skipif(not HAVE, reason="the shared data folder is not beside this checkout")
@pytest.mark.django_db
def test_a_part_of_the_real_file(house: Cast, tmp_path: Path, capsys: Any) -> None:
    """Every fortieth row of the two hotels; the figures equal `derive` asked booking by booking."""
    from guiju.history.replay import gathering
    from guiju.history.replay.counting import Tally
    from guiju.history.replay.profile import Profile
    from guiju.history.replay.retelling import Retelling, timed
    from guiju.history.replay.running import LONG_AGO, span_of
    from guiju.rulebook import Calendars, Edition, derive
    from guiju.rulebook.loading import readable
    from guiju.shelf import clock
    from guiju.shelf.words import vocabulary

    with zipfile.ZipFile(REAL) as package:
        rows = list(csv.reader(io.TextIOWrapper(package.open(package.namelist()[0]), "utf-8")))
    file = tmp_path / "part.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([rows[0], *rows[1::40]])
    result = told(capsys, "--bookings", str(file))
    assert result["history"]["rows"] == 2985 and result["history"]["rows_not_read"] == 0
    assert [one["hotel"] for one in result["hotels"]] == ["City Hotel", "Resort Hotel"]

    profile = Profile()
    gathered = gathering.of_file(file.read_bytes(), file.name, profile)
    first, last = span_of([past for found in gathered.by_hotel.values() for past in found])
    house_calendar = gathering.calendar_of(house.hotel, profile, first, last, clock.now())
    edition = Edition("replay", LONG_AGO, readable(editions.shipped_texts(), vocabulary())[0])
    retelling, tally = Retelling(edition, house_calendar, profile), Tally(house_calendar)
    for hotel in result["hotels"]:
        stays = gathered.by_hotel[hotel["hotel"]]
        timed(stays, profile)
        opened: dict[str, int] = {}
        came = 0
        for stay in stays:
            for subject, facts in retelling.subjects(stay):
                for duty in derive([edition], facts, Calendars([house_calendar]), subject, until=LONG_AGO.replace(year=2030)):
                    opened[duty.clause] = opened.get(duty.clause, 0) + 1
                    came += not tally.counted(duty)[4]
        assert opened == {one["clause"]: one["opened"] for one in hotel["clauses"]}
        assert came == hotel["came"]
