"""The `guiju` command as a person at a terminal meets it: each test runs the real program in a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STANDARD = ROOT / "src" / "guiju" / "standards" / "hotel-sales"


def environment(folder: Path, **more: str) -> dict[str, str]:
    """A clean environment: production, SQLite in the folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUIJU_", "DATABASE_URL", "PORT"))}
    return {**kept, "GUIJU_DATA": str(folder), **more}


def guiju(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run it; what it said and how it ended."""
    return subprocess.run(
        [sys.executable, "-m", "guiju.cli", *words], env=environment(folder, **more), capture_output=True, text=True, check=False, timeout=120,
    )


@pytest.fixture(scope="module")
def hotel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `hotel create` was the very first command."""
    folder = tmp_path_factory.mktemp("hotel")
    done = guiju(folder, "hotel", "create", "seaview", "--name", "望海饭店")
    assert done.returncode == 0, done.stderr
    assert "admin" in done.stdout
    return folder


def test_a_new_hotel_verifies_and_owes_nothing(hotel: Path) -> None:
    assert guiju(hotel, "verify").returncode == 0
    done = guiju(hotel, "due", "--at", "2026-11-27T18:00")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("words", [("due",), ("verify",), ("user", "add", "x", "--name", "x"), ("logbook", "export")])
def test_without_a_database_it_says_so(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = guiju(tmp_path, *words)
    assert done.returncode == 1 and "guiju hotel create" in done.stderr and "Traceback" not in done.stderr


def test_backup_and_restore_verify_what_came_back(hotel: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept.tar.gz"
    assert guiju(hotel, "backup", str(file)).returncode == 0
    back = guiju(tmp_path / "new", "restore", str(file))
    assert back.returncode == 0, back.stderr
    assert "logbook entries checked" in back.stdout
    assert guiju(tmp_path / "new", "restore", str(file)).returncode == 1  # there is data already
    done = guiju(hotel, "backup", str(tmp_path / "no" / "such" / "folder.tgz"))
    assert done.returncode == 1 and "No such file" in done.stderr and "Traceback" not in done.stderr


def test_a_changed_standard_is_adopted_and_written_down(hotel: Path, tmp_path: Path) -> None:
    """A hotel that exists gets a new wording by a command, from a moment on; the same wording twice is refused."""
    assert guiju(hotel, "standard", "adopt").returncode == 1
    mine = tmp_path / "mine"
    shutil.copytree(STANDARD, mine)
    first = next(mine.glob("1*.toml"))
    first.write_text(first.read_text() + "\n# our own wording\n")
    assert guiju(hotel, "standard", "adopt", "--dir", str(mine), "--from", "2020-01-01T00:00").returncode == 1
    done = guiju(hotel, "standard", "adopt", "--dir", str(mine), "--from", "2099-01-01T00:00")
    assert done.returncode == 0 and "edition 2" in done.stdout and "2099-01-01T00:00+08:00" in done.stdout
    kinds = [json.loads(json.loads(line)["body"])["kind"] for line in guiju(hotel, "logbook", "export").stdout.splitlines()]
    assert kinds.count("edition.adopted") == 1


def test_standard_check_names_what_is_wrong(tmp_path: Path) -> None:
    assert guiju(tmp_path, "standard", "check", "--dir", str(tmp_path)).returncode == 1
    (tmp_path / "a.toml").write_bytes("id = '订房'".encode("gbk"))
    done = guiju(tmp_path, "standard", "check", "--dir", str(tmp_path))
    assert done.returncode == 1 and "UTF-8" in done.stdout and "Traceback" not in done.stderr
    shown = guiju(tmp_path, "standard", "show", "booking.reply-30").stdout
    assert '"handler"' in shown and "30" in shown and "协议单位" in shown


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"GUIJU_MODE": "test", "GUIJU_CLOCK": "yesterday"}, 2), ({"GUIJU_MODE": "test", "GUIJU_CLOCK_FILE": "/no/such/file"}, 2),
        ({"GUIJU_CLOCK": "2026-11-24T10:00+08:00"}, 2), ({"GUIJU_CLOCK_FILE": "/no/such/file"}, 2), ({"PORT": "abc"}, 2), ({"GUIJU_MODE": "x"}, 2),
    ],
)
def test_a_wrong_environment_is_refused_in_words(tmp_path: Path, more: dict[str, str], code: int) -> None:
    done = guiju(tmp_path, "run", **more)
    assert done.returncode == code and done.stderr and "Traceback" not in done.stderr


def test_ctrl_c_stops_everything(hotel: Path) -> None:
    """The terminal sends Ctrl-C to every process of the group: all of them end, the port is free, the code is 0."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "guiju.cli", "run"], env=environment(hotel, PORT=str(port)), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        alive = False
        for _ in range(300):
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                alive = answer.status == 200
                break
            time.sleep(0.1)
        assert alive
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(30) == 0
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)  # nobody of the group is left
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
