"""The web application, as granian starts it."""

import gc
import os
import threading
import time
from importlib import import_module

from django.core.wsgi import get_wsgi_application

WARM_AFTER_S = 3.0

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.config.settings")
application = get_wsgi_application()
import_module("guiju.config.urls")  # every page's code, before the first visitor


def _wait_until_prepared() -> None:
    """`guiju run` brings the tables up to date while this process loads; nobody is served before it says so."""
    mark, starter = os.environ.get("GUIJU_PREPARING", ""), os.environ.get("GUIJU_STARTER", "")
    while mark and os.path.exists(mark) and os.path.exists(f"/proc/{starter}" if os.path.isdir("/proc/self") else mark):
        time.sleep(0.02)


def _warm() -> None:
    """Load what the first program would otherwise wait for; what is loaded by now stays, and the collector need not look at it each time."""
    import_module("guiju.api.urls")
    gc.collect()
    gc.freeze()


_wait_until_prepared()
_timer = threading.Timer(WARM_AFTER_S, _warm)
_timer.daemon = True
_timer.start()
