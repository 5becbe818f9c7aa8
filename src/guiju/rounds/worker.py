"""The worker process: goes its round every few seconds until told to stop."""

from __future__ import annotations

import logging
import signal
import threading

from django.db import close_old_connections

from guiju.rounds.actions import go_round
from guiju.rounds.statistics import take_statistics, working_night
from guiju.shelf import clock

log = logging.getLogger("guiju.worker")
EVERY_SECONDS = 2.0


def work(*, once: bool = False, every_seconds: float = EVERY_SECONDS) -> int:
    """Go round until SIGTERM or Ctrl-C; a round that fails is logged and the next one tries again."""
    stop = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    looked_at = None
    while True:
        try:
            now = clock.now()
            go_round(now)
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
