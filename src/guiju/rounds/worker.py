"""The worker process: goes its round every few seconds until told to stop."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import close_old_connections

from guiju.notices.chat.speaking import speak
from guiju.notices.sending import send_due
from guiju.rounds.actions import go_round
from guiju.rounds.statistics import take_statistics, working_night
from guiju.shelf import clock, registry

log = logging.getLogger("guiju.worker")
EVERY_SECONDS = 2.0


def work(*, once: bool = False, every_seconds: float = EVERY_SECONDS) -> int:
    """Go round until SIGTERM or Ctrl-C; a round that fails is logged and the next one tries again."""
    stop = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    if not once:  # a mail server that hangs must not hold up what is due at 18:00
        for name, send in (("letters", send_due), ("chats", speak)):
            threading.Thread(target=_post, args=(send, stop, every_seconds), name=name, daemon=True).start()
        for name, run in registry.beside_rounds.items():
            threading.Thread(target=run, args=(stop,), name=name, daemon=True).start()
    looked_at = None
    while True:
        try:
            now = clock.now()
            go_round(now, letters=once)
            if (night := working_night(now)) != looked_at:
                take_statistics()
                looked_at = night
        except Exception:
            log.exception("a round failed; the next one tries again")
            if once:
                return 1
        if once or stop.wait(every_seconds):
            return 0
        close_old_connections()


def _post(send: Callable[[datetime], int], stop: threading.Event, every_seconds: float) -> None:
    """Send letters (or what robots say in group chats), beside the rounds, until told to stop.

    One cut off while sending is sent again (same Message-ID).
    """
    while not stop.wait(every_seconds):
        try:
            send(clock.now())
        except Exception:
            log.exception("letters could not be looked at; the next round tries again")
        close_old_connections()
