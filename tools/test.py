"""make test: every test, in parallel; then the same tests on PostgreSQL where a server can be had; then what was skipped and why."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"


# What asks no database, or asks the wording of the standard with stories that run on both themselves: once is enough.
ASKED_ALREADY = (
    "rulebook", "reading", "architecture", "standards", "stories/test_noticed.py", "editions/test_writing.py", "editions/test_fields.py",
    "history/replay/test_running.py",
)


def run(arguments: list[str], environment: dict[str, str]) -> int:
    """pytest with these arguments."""
    return subprocess.run([str(BIN / "pytest"), *arguments], cwd=ROOT, env=environment).returncode


def main() -> int:
    workers = os.environ.get("GUIJU_TEST_WORKERS") or str(os.cpu_count() or 2)
    given = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="guiju-test-") as data:
        environment = {**os.environ, "GUIJU_MODE": "test", "GUIJU_DATA": data}
        if given:
            return run(given, environment)
        environment.pop("DATABASE_URL", None)
        first = run(["-n", workers, "--dist", "loadfile", "-rs"], environment)
        from postgres_for_tests import throw_away

        with throw_away() as server:
            if server is None:
                print("SKIPPED on PostgreSQL: no server binaries were found (apt: postgresql)")
                return first or (1 if os.environ.get("GUIJU_MUST_POSTGRES") else 0)
            environment["DATABASE_URL"] = server
            elsewhere = [f"--ignore=tests/{name}" for name in ASKED_ALREADY]
            second = run(["-n", workers, "--dist", "loadfile", "-rs", "-m", "not browser", *elsewhere], environment)
    return first or second


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tools"))
    sys.exit(main())
