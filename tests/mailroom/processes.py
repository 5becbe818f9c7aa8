"""Real processes on one database in a folder: the worker, the commands, and scripts that stop where a test wants to kill them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlparse, urlunparse

ROOT = Path(__file__).resolve().parents[2]
START = "2026-11-24T01:30:00+00:00"
BEGIN = "import os, sys, time\nos.environ['DJANGO_SETTINGS_MODULE'] = 'guiju.config.settings'\nimport django\ndjango.setup()\n"


@contextmanager
def database_for(url: str, like: str = "") -> Iterator[str]:
    """A database beside the one at this address, empty or a copy, dropped afterwards; empty for SQLite."""
    if not url:
        yield ""
        return
    import psycopg

    name = f"gj_mail_{os.getpid()}_{time.monotonic_ns()}"
    template = f' TEMPLATE "{urlparse(like).path.lstrip("/")}"' if like else ""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"{template}')
    parts = urlparse(url)
    try:
        yield urlunparse(parts._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class House:
    """An installation of its own; `database` is empty for SQLite in its folder."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder, self.database = folder, database

    def environment(self, clock: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUIJU_", "DATABASE_URL", "PORT"))}
        found = {**kept, "GUIJU_DATA": str(self.folder), "GUIJU_MODE": "test", "GUIJU_CLOCK": clock, "GUIJU_MAIL_T": "s", "GUIJU_LOG": "ERROR"}
        return {**found, "DATABASE_URL": self.database} if self.database else found

    def start(self, *words: str, clock: str = START, **more: str) -> subprocess.Popen[str]:
        """A `guiju` command, running."""
        return subprocess.Popen(
            [sys.executable, "-m", "guiju.cli", *words], env={**self.environment(clock), **more}, cwd=ROOT, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )

    def guiju(self, *words: str, clock: str = START, **more: str) -> str:
        """A `guiju` command to its end; what it said."""
        running = self.start(*words, clock=clock, **more)
        out, err = running.communicate(timeout=120)
        assert running.returncode == 0, f"{out}\n{err}"
        return out

    def script(self, text: str, clock: str = START) -> subprocess.Popen[str]:
        """A piece of Python with Django set up, running."""
        return subprocess.Popen(
            [sys.executable, "-c", BEGIN + text], env=self.environment(clock), cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def told(self, text: str, clock: str = START) -> Any:
        """What a piece of Python prints as JSON."""
        running = self.script(f"import json\n{text}", clock)
        out, err = running.communicate(timeout=120)
        assert running.returncode == 0, err
        return json.loads(out.strip().splitlines()[-1])

    def found(self) -> None:
        """A hotel."""
        self.guiju("hotel", "create", "seaview", "--name", "望海饭店")

    def mailbox(self, name: str, port: int) -> None:
        """A mailbox on this machine, set up at the start."""
        self.told(
            "from guiju.house.models import Hotel\nfrom guiju.mailroom.actions import set_up_mailbox\nfrom guiju.shelf import clock\n"
            "from guiju.shelf.actor import the_clock\nhotel = Hotel.objects.get()\n"
            f"card = dict(name={name!r}, host='127.0.0.1', port={port}, security='none', user='u', secret_from='GUIJU_MAIL_T', every_seconds=10)\n"
            "set_up_mailbox(hotel, card=card, by=the_clock(hotel.pk), now=clock.now())\nprint(1)"
        )

    def counted(self) -> dict[str, Any]:
        """Requests, messages and pieces of mail by what became of them."""
        return dict(
            self.told(
                "from collections import Counter\nfrom guiju.enquiries.models import Enquiry, Message\nfrom guiju.mailroom.models import Item\n"
                "print(json.dumps(dict(requests=Enquiry.objects.count(), messages=Message.objects.count(), "
                "pieces=Counter(Item.objects.values_list('state', flat=True)), numbers=sorted(Enquiry.objects.values_list('number', flat=True)))))"
            )
        )


def kill(process: subprocess.Popen[str]) -> None:
    """kill -9."""
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=20)
