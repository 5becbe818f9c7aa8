"""Several workers on one mailbox, workers killed at the worst moment, a mailbox that hangs: each mail once, and nobody waits."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import prepared
from tests.mailroom import hostile
from tests.mailroom.hostile import Imap, on
from tests.mailroom.mails import mail
from tests.mailroom.processes import House, database_for, kill

LATER = "2026-11-24T02:00:00+00:00"
MUCH_LATER = "2026-11-24T02:10:00+00:00"
COLLECT = "from guiju.cli import main\nsys.exit(main(['mailbox', 'collect']))\n"
# The worker says that it has come so far, and waits there to be killed.
STOP = "def stop(*_a, **_k):\n    print('here', flush=True)\n    time.sleep(60)\n"
POINTS = {
    "claimed, not fetched": "from guiju.mailroom import line\n" + STOP + "line.Line.message = stop\n",
    "fetched, not committed": "from guiju.mailroom import taking\n" + STOP + "taking.finish = stop\n",
    "inside the step": "from guiju.enquiries import actions\n" + STOP + "actions.receive = stop\n",
    "committed, not noted": "from guiju.mailroom import taking\n" + STOP
    + "done = taking.finish\ndef finish(*a, **k):\n    done(*a, **k)\n    stop()\ntaking.finish = finish\n",
}


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation with a hotel, made once."""
    with database_for(os.environ.get("DATABASE_URL", "")) as url:
        found = House(prepared.furnish(tmp_path_factory.mktemp("pattern")), url)
        found.found()
        yield found


@pytest.fixture
def house(pattern: House, tmp_path: Path) -> Iterator[House]:
    """A copy of it, on the database the suite runs on."""
    shutil.copytree(pattern.folder, tmp_path, dirs_exist_ok=True)
    with database_for(pattern.database, pattern.database) as url:
        yield House(tmp_path, url)


def mails(number: int) -> list[bytes]:
    return [mail(number=f"<{one}@x.example>", subject=f"订房 {one}").as_bytes() for one in range(number)]


def test_workers_share_a_mailbox(house: House) -> None:
    with Imap(mails(30)) as server:
        house.mailbox("预订", server.port)
        running = [house.start("mailbox", "collect", clock=LATER) for _ in range(3)]
        for one in running:
            out, err = one.communicate(timeout=120)
            assert one.returncode == 0, f"{out}{err}"
    found = house.counted()
    assert (found["requests"], found["messages"], found["pieces"]) == (30, 30, {"accepted": 30})
    assert found["numbers"] == [f"E26-{one:04d}" for one in range(1, 31)]


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_the_worst_moment(house: House, point: str) -> None:
    with Imap(mails(2)) as server:
        house.mailbox("预订", server.port)
        running = house.script(POINTS[point] + COLLECT, LATER)
        assert running.stdout is not None and running.stdout.readline().strip() == "here"
        kill(running)
        house.guiju("mailbox", "collect", clock=LATER)  # the other one is taken meanwhile; the dead worker's claim holds
        house.guiju("mailbox", "collect", clock=MUCH_LATER)  # its time is over
        house.guiju("mailbox", "collect", clock=MUCH_LATER)
    found = house.counted()
    assert (found["requests"], found["messages"], found["pieces"]) == (2, 2, {"accepted": 2})


def test_a_mailbox_that_hangs_holds_up_neither_the_others_nor_the_clock(house: House) -> None:
    with Imap(trick=on("LOGIN", hostile.silent)) as bad, Imap(mails(1)) as good:
        house.mailbox("坏", bad.port)
        house.mailbox("好", good.port)
        running = house.start("worker", clock=LATER)
        try:
            until = time.monotonic() + 25
            while time.monotonic() < until and house.counted()["requests"] == 0:
                time.sleep(0.3)
            assert house.counted()["requests"] == 1 and bad.talks
            beat = "from guiju.rounds.models import Heartbeat\nprint(json.dumps(Heartbeat.objects.get().at.isoformat()))"
            first = house.told(beat)
            until = time.monotonic() + 12  # less than a mailbox may be silent
            while time.monotonic() < until and house.told(beat) == first:
                time.sleep(0.5)
            assert house.told(beat) > first
        finally:
            begun = time.monotonic()
            running.send_signal(signal.SIGTERM)
            running.communicate(timeout=20)
        assert time.monotonic() - begun < 8


def test_what_stops_its_reader_again_and_again_is_refused(house: House) -> None:
    """A mail at which five workers died is put aside with that as its reason."""
    with Imap(mails(1)) as server:
        house.mailbox("预订", server.port)
        running = house.script(POINTS["fetched, not committed"] + COLLECT, LATER)
        assert running.stdout is not None and running.stdout.readline().strip() == "here"
        kill(running)
        house.told("from guiju.mailroom.models import Item\nItem.objects.update(tries=5)\nprint(1)")
        house.guiju("mailbox", "collect", clock=MUCH_LATER)
    assert house.counted()["pieces"] == {"refused": 1}
