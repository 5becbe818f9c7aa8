"""Compile every room's .po into .mo with Babel (no gettext from the system needed)."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "guiju"


def main() -> int:
    for path in sorted(PACKAGE.rglob("locale/*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as source:
            catalog = read_po(source)
        with target.open("wb") as out:
            write_mo(out, catalog)
    return 0


if __name__ == "__main__":
    sys.exit(main())
