"""make check: style, types, architecture, migrations, templates, messages, the standard, the meta-tests."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"


def strict() -> list[str]:
    """What is typed strictly: the rulebook, reading, the logbook and every room's verbs."""
    package = ROOT / "src" / "guiju"
    verbs = [path for path in package.glob("*/actions*") if path.suffix in ("", ".py")]
    return [str(path) for path in (package / "rulebook", package / "reading", package / "logbook", *sorted(verbs))]


def steps() -> list[tuple[str, list[str]]]:
    """Each step with its command."""
    templates = [str(path) for path in sorted((ROOT / "src").rglob("templates/**/*.html"))]
    return [
        ("ruff", ["ruff", "check", "src", "tests", "tools", "bench"]),
        ("import-linter", ["lint-imports"]),
        ("migrations", ["guiju", "makemigrations", "--check", "--dry-run"]),
        ("templates", ["djade", "--check", "--target-version", "5.2", *templates]),
        ("inline style and script", ["python", "tools/csp_lint.py"]),
        ("messages", ["python", "tools/messages.py", "--check"]),
        ("standard", ["guiju", "standard", "check"]),
        ("meta-tests", ["pytest", "tests/architecture", "-q"]),
        ("mypy", ["mypy", "--follow-imports=silent", *strict()]),
    ]


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "GUIJU_MODE": "test", "GUIJU_DATA": data, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
        environment.pop("DATABASE_URL", None)
        only = sys.argv[1:]
        for name, command in steps():
            if only and name not in only:
                continue
            started = time.monotonic()
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
            print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}  {time.monotonic() - started:.1f} s", flush=True)
            if done.returncode:
                print((done.stdout + done.stderr)[-6000:])
                failed.append(name)
    if failed:
        print(f"make check: failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
