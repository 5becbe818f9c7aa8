"""Write the hashed locks from pyproject.toml: base, and postgres, ocr and dev constrained to it."""
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMON = ["uv", "pip", "compile", "pyproject.toml", "--generate-hashes", "--python-version", "3.11",
          "--universal", "--no-emit-index-url", "--no-emit-find-links", "--no-header", "-q"]


def compile_lock(name: str, *extra: str) -> None:
    subprocess.run([*COMMON, *extra, "-o", f"requirements/{name}.lock"], cwd=ROOT, check=True)


def main() -> int:
    compile_lock("base")
    for name in ("postgres", "dev"):
        compile_lock(name, "--extra", name, "-c", "requirements/base.lock")
    # Both stand in one environment when the tests run, so one version of what they share.
    compile_lock("ocr", "--extra", "ocr", "-c", "requirements/base.lock", "-c", "requirements/dev.lock")
    return 0


if __name__ == "__main__":
    sys.exit(main())
