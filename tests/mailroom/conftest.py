from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guiju.mailroom.actions import set_up_mailbox
from guiju.mailroom.models import Mailbox
from tests.cast import Cast
from tests.enquiries.scene import Scene, dress
from tests.mailroom.dovecot import SECRET, Dovecot, is_here
from tests.mailroom.smtpd import Smtp


@pytest.fixture
def scene(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The hotel at 10:05, rates in force, its outbox a folder of this test."""
    settings.DATA_DIR = tmp_path
    settings.EMAIL_URL = ""
    file = tmp_path / "clock"
    file.write_text(cast.at("10:05").isoformat())
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(file))
    return dress(cast)


@pytest.fixture(scope="session")
def _dovecot() -> Iterator[Dovecot]:
    if not is_here():
        if os.environ.get("GUIJU_MUST_IMAP"):
            pytest.fail("dovecot is not here, and GUIJU_MUST_IMAP asks for it")
        pytest.skip("no dovecot on this machine (apt install dovecot-imapd)")
    with Dovecot() as server:
        yield server


@pytest.fixture
def dovecot(_dovecot: Dovecot, settings: Any) -> Dovecot:
    """A real IMAP server with an empty mailbox, its certificate trusted."""
    settings.MAIL_CA = str(_dovecot.cert)
    for user in ("sales", "second"):
        client = _dovecot.client(user)
        for folder in ("INBOX", "Done"):
            client.select(folder)
            client.store("1:*", "+FLAGS", r"(\Deleted)") if client.search(None, "ALL")[1][0] else None
            client.expunge()
        client.logout()
    return _dovecot


@pytest.fixture
def smtp(settings: Any) -> Iterator[Smtp]:
    """A real SMTP server, and the hotel's letters go there."""
    with Smtp() as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        yield server


def card(port: int, **more: Any) -> dict[str, Any]:
    return {"name": "预订", "host": "localhost", "port": port, "security": "tls", "user": "sales", "every_seconds": 30, **more}


def box(scene: Scene, port: int, *, secret: str = SECRET, clock: str = "09:00", **more: Any) -> Mailbox:
    """A mailbox as the administrator sets it up."""
    now = scene.cast.at(clock)
    return set_up_mailbox(scene.cast.hotel, card=card(port, **more), secret=secret, by=scene.cast.actor("guan"), now=now)
