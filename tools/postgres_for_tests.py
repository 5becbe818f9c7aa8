"""A throw-away PostgreSQL in a temporary folder, on a socket and a free port, gone when the tests end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
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


@contextmanager
def throw_away(*, durable: bool = False) -> Iterator[str | None]:
    """The address of a fresh server (postgresql://…), or None when there are no binaries. `durable`: fsync on, for crash tests."""
    home = binaries()
    if home is None:
        yield None
        return
    who = _as_server_user()
    place = Path(tempfile.mkdtemp(prefix="guiju-pg-"))
    if who:
        os.chown(place, int(str(who["user"])), int(str(who["group"])))
    data, port = place / "data", _free_port()
    run = {"check": True, "capture_output": True, "cwd": place, **who}
    subprocess.run([home / "initdb", "-D", data, "-U", "guiju", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums"], **run)
    options = f"-p {port} -k {place} -c listen_addresses=127.0.0.1 -c max_connections=200"
    if not durable:
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    subprocess.run(
        [home / "pg_ctl", "-D", data, "-w", "-l", place / "log", "-o", options, "start"],
        **{**run, "capture_output": False, "stdout": subprocess.DEVNULL},
    )
    subprocess.run([home / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "guiju", "guiju"], **run)
    try:
        yield f"postgresql://guiju@127.0.0.1:{port}/guiju"
    finally:
        subprocess.run([home / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **{**run, "check": False})
        shutil.rmtree(place, ignore_errors=True)
