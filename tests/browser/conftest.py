"""A real installation for the browser: `guiju run` on a free port with the demo hotel, and a Chromium."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import prepared

MUST = os.environ.get("GUIJU_MUST_BROWSER") == "1"
STARTS_WITHIN_SECONDS = 120


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.fspath):
            item.add_marker(pytest.mark.browser)


def chromium() -> str | None:
    """A Chromium of this machine."""
    return os.environ.get("GUIJU_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """A running installation: its address and data folder."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("GUIJU_", "DATABASE_URL"))},
            "GUIJU_MODE": "demo", "GUIJU_DATA": str(folder), "PORT": str(self.port), "GUIJU_LOG": "WARNING", **environment,
        }
        self.log = (folder / "run.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "guiju.cli", "run"], env=self.environment, stdout=self.log, stderr=self.log,
            start_new_session=True,
        )

    def wait(self) -> None:
        """Until the first page answers."""
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise RuntimeError((self.folder / "run.log").read_text()[-3000:])

    def stop(self) -> None:
        """Everything of it."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
        self.log.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo hotel as `make run` starts it."""
    running = Site(prepared.furnish(tmp_path_factory.mktemp("site")))
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def chrome() -> Iterator[Any]:
    """A headless Chromium; without one the test is skipped, or fails where it must be there."""
    path = chromium()
    if path is None:
        if MUST:
            pytest.fail("no Chromium was found, and GUIJU_MUST_BROWSER is set")
        pytest.skip("no Chromium was found (apt: chromium)")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        )
        yield browser
        browser.close()
