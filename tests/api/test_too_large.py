"""A body over the limit is answered, in words, through the real web server: 413 for people and for programs, not a cut line."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client as Browser

MB = 1024 * 1024


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The web server alone, without tables: it must say no before it asks them anything."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    folder: Path = tmp_path_factory.mktemp("web")
    environment = {**os.environ, "GUIJU_MODE": "test", "GUIJU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "guiju.config.settings"}
    for name in ("DATABASE_URL", "GUIJU_CLOCK", "GUIJU_CLOCK_FILE"):
        environment.pop(name, None)
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(free), "--workers", "1",
             "--log-level", "warning", "guiju.config.wsgi:application"]
    web = subprocess.Popen(words, env=environment)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", free)) == 0:
                    break
            time.sleep(0.1)
        yield free
    finally:
        web.terminate()
        try:
            web.wait(15)
        except subprocess.TimeoutExpired:
            web.kill()


def send(port: int, path: str, size: int, kind: str, lang: str = "zh") -> tuple[int, str, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.putrequest("POST", path)
    line.putheader("Content-Type", kind)
    line.putheader("Content-Length", str(size))
    line.putheader("Accept-Language", lang)
    line.endheaders()
    left = size
    while left > 0:
        line.send(b" " * min(left, MB))
        left -= MB
    answer = line.getresponse()
    found = (answer.status, answer.getheader("Content-Type") or "", answer.read())
    line.close()
    return found


def test_a_program_reads_a_problem(port: int) -> None:
    status, kind, body = send(port, "/api/v1/enquiries/messages", 40 * MB, "application/json", "en")
    problem = json.loads(body)
    assert (status, kind, problem["code"]) == (413, "application/problem+json", "too_large") and "25 MB" in problem["detail"]


def test_a_person_reads_a_page(port: int) -> None:
    status, kind, body = send(port, "/sign-in/", 26 * MB, "application/x-www-form-urlencoded")
    assert status == 413 and kind.startswith("text/html") and "太大了" in body.decode()
    assert send(port, "/enquiries/intake/", 120 * MB, "multipart/form-data; boundary=x")[0] == 413


def test_within_the_limit_nothing_is_different(db: None) -> None:
    answer = Browser().post("/api/v1/clients", data=b" " * 1000, content_type="application/json")
    assert answer.status_code == 401
    assert Browser().post("/sign-in/", data=b"x", content_type="text/plain", CONTENT_LENGTH="many").status_code < 500
