"""A start: the first visitor waits for no program's schemas, and who stops it while it prepares waits for nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests import prepared

SEEN = """
import sys, guiju.config.wsgi
from django.test import Client
assert Client().get("/sign-in/").status_code in (200, 302)
first = "guiju.api.urls" in sys.modules
from django.urls import reverse
assert reverse("api:openapi-json") == "/api/v1/openapi.json"
assert Client().get("/api/v1/me").status_code == 401
print(first, "guiju.api.urls" in sys.modules)
"""


def test_the_sign_in_loads_no_api_and_a_program_does(tmp_path: Path) -> None:
    house = prepared.furnish(tmp_path)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUIJU_", "DATABASE_URL", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", SEEN], env={**kept, "GUIJU_MODE": "test", "GUIJU_DATA": str(house)}, capture_output=True, text=True, check=True,
    )
    assert done.stdout.split()[-2:] == ["False", "True"]


def test_stopped_while_it_prepares_it_is_gone_at_once(tmp_path: Path) -> None:
    """Nobody is served yet: no ten seconds of waiting, exit code 0, no mark left behind."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUIJU_", "DATABASE_URL", "DJANGO_"))}
    house = subprocess.Popen(
        [sys.executable, "-m", "guiju.cli", "run"], env={**kept, "GUIJU_MODE": "demo", "GUIJU_DATA": str(tmp_path), "PORT": str(port)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and not (tmp_path / "guiju.sqlite3").exists():
            time.sleep(0.1)
        assert list(tmp_path.glob(".preparing-*"))
        house.send_signal(signal.SIGTERM)
        assert house.wait(timeout=8) == 0
        assert not list(tmp_path.glob(".preparing-*"))
    finally:
        if house.poll() is None:
            os.killpg(house.pid, signal.SIGKILL)
