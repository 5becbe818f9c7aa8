"""The first visitor after a start waits for no program's schemas."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests import prepared

SEEN = """
import sys, guiju.config.wsgi
from django.test import Client
assert Client().get("/sign-in/").status_code in (200, 302)
first = "guiju.api.urls" in sys.modules
from django.urls import reverse
assert reverse("api:openapi-json") == "/api/v1/openapi.json"
assert Client().get("/api/v1/me").status_code == 401
print(first, "guiju.api.urls" in sys.modules)
"""


def test_the_sign_in_loads_no_api_and_a_program_does(tmp_path: Path) -> None:
    house = prepared.furnish(tmp_path)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUIJU_", "DATABASE_URL", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", SEEN], env={**kept, "GUIJU_MODE": "test", "GUIJU_DATA": str(house)}, capture_output=True, text=True, check=True,
    )
    assert done.stdout.split()[-2:] == ["False", "True"]
