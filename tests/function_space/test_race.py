"""Small versions of `bench.prove --only halls`: many at once through the API, one winner; and the control that lets a hall twice."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bench.halls import judge, wanted
from django.db import connection
from django.test import Client as Browser

from guiju.config.verifying import verify
from guiju.function_space.models import Function
from guiju.house import tokens
from guiju.logbook import guards
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Busy
from tests.cast import TODAY, Cast, build
from tests.function_space.wardrobe import halls
from tests.proofs.test_small import guarded_again, patiently, together  # noqa: F401  # a fixture

CLIENTS = 8


@pytest.fixture
def cast(guarded_again: None, transactional_db: None) -> Iterator[Cast]:  # noqa: F811
    """The hotel in tables that threads see."""
    yield build()
    guards.remove(connection)


@pytest.fixture(autouse=True)
def clock(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "clock"
    file.write_text(cast.at("10:00").isoformat())
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(file))


def key_of(cast: Cast) -> str:
    by = the_clock(cast.hotel.pk, via="cli")
    return tokens.create(cast.hotel, person=cast.people["lin"], name="race", by=by, now=cast.at("00:01"))[1]


@pytest.mark.parametrize("kind", ["one hall", "combined halls"])
def test_a_hall_and_halls_that_share_a_section_have_one_winner(cast: Cast, kind: str) -> None:
    """event.function-space: eight at once; one has it, seven are told 409 and what is in the way."""
    there = halls(cast)
    from guiju.function_space.actions import add_hall

    add_hall(cast.hotel, code="BC", name="百合厅B+C", parts=[there["B"], there["C"]], by=cast.actor("shen"), now=cast.at("09:00"))
    token = key_of(cast)
    for number in range(2):
        day = TODAY + timedelta(days=20 + number)
        said: list[tuple[int, str]] = []

        def attempt(who: int, day: Any = day, said: list[tuple[int, str]] = said) -> str:
            asked = wanted(day, kind, who)

            def send() -> tuple[int, dict[str, Any]]:
                answer = Browser().post(
                    "/api/v1/functions", json.dumps(asked), content_type="application/json",
                    headers={"Authorization": f"Bearer {token}", "Idempotency-Key": f"{day}-{who}"},
                )
                if answer.status_code == 503:
                    raise Busy("busy")
                return answer.status_code, json.loads(answer.content)

            status, body = patiently(send)
            said.append((status, asked["label"] if status == 201 else "; ".join(one["label"] for one in body.get("clash", ()))))
            return str(status)

        answers = together([lambda who=who: attempt(who) for who in range(CLIENTS)])  # type: ignore[misc]  # a default keeps who
        standing = Function.objects.filter(over_at__isnull=True, from_at__date=day).count()
        assert judge([status for status, _told in said], standing, [told for _status, told in said]) == [], answers
    assert verify()[1] == []


def test_the_race_shows_a_house_that_looks_and_then_writes(cast: Cast) -> None:
    """The control: the same race on a table of its own, read and then written, lets one hall several times; the judge sees it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE proof_naive_halls (begins integer NOT NULL, ends integer NOT NULL)")
    looked = threading.Barrier(CLIENTS)

    def attempt() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM proof_naive_halls WHERE begins < 1260 AND ends > 1080")
            taken = cursor.fetchone()[0]
            looked.wait(20)
            time.sleep(0.01)
            if taken:
                return "409"
            cursor.execute("INSERT INTO proof_naive_halls VALUES (1080, 1260)")
            return "201"

    try:
        answers: Counter[str] = together([attempt] * CLIENTS)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM proof_naive_halls")
            standing = cursor.fetchone()[0]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE proof_naive_halls")
    assert answers["201"] > 1 and standing > 1
    assert judge([int(said) for said in answers.elements() if said.isdecimal()], standing, ["x"])
