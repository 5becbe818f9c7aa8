"""run and worker: the two processes of an installation."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any


def add_commands(commands: Any) -> None:
    run = commands.add_parser("run", help="start web and worker; the demo hotel is loaded on the first start in demo mode")
    run.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"))
    run.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    run.add_argument("--workers", type=int, default=os.environ.get("GUIJU_WORKERS", "1"))
    run.set_defaults(run=run_all, sets_up_itself=True)  # web loads meanwhile
    worker = commands.add_parser("worker", help="start a worker only (deadlines, effects, letters)")
    worker.add_argument("--once", action="store_true", help="one round, then stop")
    worker.set_defaults(run=run_worker)


def run_worker(chosen: argparse.Namespace) -> int:
    """Go the rounds; started by `run`, bring the tables up to date first: nobody is served before."""
    mark = os.environ.get("GUIJU_PREPARING")
    if mark and os.path.exists(mark):
        from django.conf import settings

        from guiju.cli.preparing import prepare

        prepare()
        Path(mark).unlink(missing_ok=True)
        _say_hello(os.environ["GUIJU_HOST"], os.environ["PORT"], settings.GUIJU_MODE)
    from guiju.rounds.worker import work

    return work(once=chosen.once)


def _port_is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def run_all(chosen: argparse.Namespace) -> int:
    """Start both processes and stop both together; the worker prepares the database first, while web loads.

    This process loads no more than the settings: it waits as long as the house runs.
    """
    from django.conf import settings

    if not _port_is_free(chosen.host, chosen.port):
        print(f"port {chosen.port} is in use; choose another with PORT=8001", file=sys.stderr)
        return 1
    mark = Path(settings.DATA_DIR) / f".preparing-{os.getpid()}"
    mark.touch()
    environment = {
        **os.environ, "PORT": str(chosen.port), "DJANGO_SETTINGS_MODULE": "guiju.config.settings", "GUIJU_PREPARING": str(mark),
        "GUIJU_STARTER": str(os.getpid()),
    }
    web = _started(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", chosen.host, "--port", str(chosen.port),
            "--workers", str(chosen.workers), "--blocking-threads", "4", "--backpressure", "64", "--no-ws",
            "--respawn-failed-workers", "--log-level", "warning", "guiju.config.wsgi:application",
        ],
        environment,
    )
    worker = _started([sys.executable, "-m", "guiju.cli", "worker"], {**environment, "GUIJU_HOST": chosen.host})
    children, told = [web, worker], threading.Event()

    def stop(*_: object) -> None:
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    while all(child.poll() is None for child in children) and not told.is_set():
        time.sleep(0.1)
    failed = not told.is_set()  # one of the two ended by itself
    if mark.exists():  # nobody is served yet, and what is half prepared is rolled back: no need to wait for anything
        code = worker.poll()  # what kept it from being ready
        _ended({pid for child in children for pid in (child.pid, *_descendants(child.pid))})
        mark.unlink(missing_ok=True)
        return max(int(failed), code or 0)
    return int(_stopped(children) or failed)


def _started(words: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """A process in this one's group, so that killing the group leaves nothing behind; but deaf to the terminal's Ctrl-C.

    Ctrl-C would reach web, its workers and this process at once: two signals while it stops make the web server hang.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return subprocess.Popen(words, env=environment)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _stopped(children: list[subprocess.Popen[bytes]]) -> bool:
    """Ask those that still run to stop; what is left of them and of their own children after ten seconds is killed: a failure."""
    family = {pid for child in children for pid in _descendants(child.pid)}
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    until, forced = time.monotonic() + 10, False
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            forced = True
    _ended(family)
    return forced


def _ended(family: set[int]) -> None:
    for pid in family:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _descendants(pid: int) -> set[int]:
    """Processes that a process started, and theirs; empty where the system does not say."""
    try:
        started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return set()
    return {int(one) for one in started} | {deeper for one in started for deeper in _descendants(int(one))}


def _say_hello(host: str, port: str, mode: str) -> None:
    address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}/"
    print(f"\n  Guiju 规矩  {address}  ({mode})", flush=True)
    if mode == "production" and not os.environ.get("GUIJU_PUBLIC_URL"):
        print("  Set GUIJU_PUBLIC_URL to the address people open: without it QR codes on papers point to this machine.", flush=True)
    if mode == "demo":
        from guiju.house.models import Person

        print("  Demo sign-ins (one tap on the first page, or name and password):", flush=True)
        from guiju.cli.installation import demo_sign_ins

        for line in demo_sign_ins()[:6]:
            print(f"    {line['username']:<10} {line['password']:<22} {line['post_zh']} {line['name']}", flush=True)
        if Person.objects.count() > 6:
            print("    … all of them: guiju demo users", flush=True)
    print("  Ctrl-C stops everything.\n", flush=True)
