"""A throw-away PostgreSQL in a temporary folder, on a socket and a free port, gone when the tests end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Where initdb is: on the path, or where Debian keeps it."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[-3])
    return homes[-1].parent if homes else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_server_user() -> dict[str, object]:
    """PostgreSQL refuses to run as root: then its commands run as the user postgres (or nobody)."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid}
    return {}


class Server:
    """One PostgreSQL of its own: its folder, its address; it can be killed without a word and started again."""

    def __init__(self, home: Path, *, durable: bool) -> None:
        self.home, self.place, self.port = home, Path(tempfile.mkdtemp(prefix="guiju-pg-")), _free_port()
        self.data, self.who = self.place / "data", _as_server_user()
        self.options = f"-p {self.port} -k {self.place} -c listen_addresses=127.0.0.1 -c max_connections=200"
        if not durable:
            self.options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        if self.who:
            os.chown(self.place, int(str(self.who["user"])), int(str(self.who["group"])))
        self._run("initdb", "-D", self.data, "-U", "guiju", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums")
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "guiju", "guiju")

    @property
    def address(self) -> str:
        """Its database, as DATABASE_URL wants it."""
        return f"postgresql://guiju@127.0.0.1:{self.port}/guiju"

    def _run(self, program: str, *words: object, check: bool = True) -> int:
        done = subprocess.run(
            [self.home / program, *map(str, words)], check=check, cwd=self.place, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, **self.who,  # type: ignore[call-overload]  # user and group, where we are root
        )
        return int(done.returncode)

    def start(self) -> None:
        """Start it and wait until it answers; the remains of a killed one may need a moment to go."""
        for _ in range(60):
            if not self._run("pg_ctl", "-D", self.data, "-w", "-l", self.place / "log", "-o", self.options, "start", check=False):
                return
            time.sleep(0.5)
        raise RuntimeError((self.place / "log").read_text()[-2000:])

    def kill(self) -> None:
        """SIGKILL to the postmaster: no shutdown, no checkpoint; its children go when they notice."""
        os.kill(int((self.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def end(self) -> None:
        """Stop it and remove its folder."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.place, ignore_errors=True)


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server | None]:
    """A fresh server, or None when there are no binaries. `durable`: fsync on, for crash tests."""
    home = binaries()
    if home is None:
        yield None
        return
    one = Server(home, durable=durable)
    try:
        yield one
    finally:
        one.end()


@contextmanager
def throw_away(*, durable: bool = False) -> Iterator[str | None]:
    """The address of a fresh server (postgresql://…), or None when there are no binaries."""
    with server(durable=durable) as one:
        yield one.address if one else None
