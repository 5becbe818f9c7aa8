"""A real installation for proofs: `guiju run` in a process group of its own, and programs that talk to it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

from tools.postgres_for_tests import Server

ROOT = Path(__file__).resolve().parent.parent
GUIJU = [sys.executable, "-m", "guiju.cli"]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """One installation: its folder, its database, its server when it runs."""

    def __init__(self, folder: Path, server: Server | None, **more: str) -> None:
        self.folder, self.server, self.port = folder, server, free_port()
        self.database = server.address if server else None
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("GUIJU_", "DATABASE_URL"))}
        self.environment = {
            **kept, "GUIJU_MODE": "test", "GUIJU_DATA": str(folder), "PORT": str(self.port), "GUIJU_LOG": "WARNING", **more,
        }
        if self.database:
            self.environment["DATABASE_URL"] = self.database
        self.process: subprocess.Popen[bytes] | None = None
        self.log = folder / "run.log"

    def build(self) -> dict[str, str]:
        """Its hotel, and a key for a program."""
        done = subprocess.run(
            [sys.executable, "-m", "bench.stage"], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        answer: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
        return answer

    def start(self) -> float:
        """Start web and worker; seconds until the first answer."""
        begun = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*GUIJU, "run"], env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        while time.monotonic() < begun + 60 and self.process.poll() is None:
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)) as line:
                    line.request("GET", "/healthz")
                    if line.getresponse().status == 200:
                        return time.monotonic() - begun
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(self.log.read_text()[-3000:])

    def kill(self, number: int = signal.SIGKILL) -> None:
        """End the whole process group, without a word by default."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            self.process.wait(20)
        self.process = None
        for _ in range(100):  # a killed child may keep the port for a moment
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)):
                    return
            time.sleep(0.05)

    def crash(self) -> None:
        """Kill the installation and, on PostgreSQL, its database server in the same moment; the server comes up again."""
        if self.server:
            self.server.kill()
        self.kill()
        if self.server:
            self.server.start()

    def guiju(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One command of the program."""
        return subprocess.run([*GUIJU, *words], env=self.environment, capture_output=True, text=True, check=False)

    def connect(self) -> Any:
        """The database through its driver, past the program."""
        if self.database:
            import psycopg

            return psycopg.connect(self.database)
        import sqlite3

        return sqlite3.connect(self.folder / "guiju.sqlite3", isolation_level=None, timeout=20)


class Program:
    """A client of the REST API on one kept connection."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token
        self.line: http.client.HTTPConnection | None = None

    def post(self, path: str, body: Any = None, key: str = "") -> tuple[int, dict[str, Any]]:
        """(status, answer); raises OSError or HTTPException when the server is gone before it answered."""
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            self.line.request(
                "POST", f"/api/v1{path}", json.dumps(body or {}),
                {
                    "Authorization": f"Bearer {self.token}", "Idempotency-Key": key or str(uuid.uuid4()),
                    "Content-Type": "application/json",
                },
            )
            answer = self.line.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.line.close()
            self.line = None
            raise
        try:
            return answer.status, json.loads(text)
        except ValueError:
            return answer.status, {}


def stay(name: str, arrival: Any, departure: Any, room_type: str) -> dict[str, Any]:
    """The words of a booking for one guest."""
    line = {"room_type": room_type, "from_on": str(arrival), "until_on": str(departure), "rooms": 1}
    return {
        "kind": "fit_cash", "name": name, "arrival_on": str(arrival), "departure_on": str(departure), "persons": 1,
        "rooms": [line],
    }
