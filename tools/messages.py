"""The rooms' message catalogs: msgids are English, Chinese is complete. `--check` reports, without it the .po files are updated."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "guiju"
CJK = re.compile(r"[\u3400-\u9fff]")
KEYWORDS = {
    "N_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2), "_": None,
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}
# Texts told through notices.actions.tell(text=...) are msgids that are translated when read.
TOLD = re.compile(r'\btext=f?"((?:[^"\\]|\\.)*)"|text = "((?:[^"\\]|\\.)*)"')


def rooms() -> list[Path]:
    """Folders with code or templates of their own, and rooms within rooms (those with an apps.py)."""
    within = {path.parent for path in PACKAGE.glob("*/*/apps.py")}
    return sorted(within | {path for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").exists()})


def _python(path: Path) -> list[tuple[str, str | tuple[str, ...], str | None]]:
    found = []
    source = path.read_bytes()
    for line, message, _comments, context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
        found.append((f"{path.name}:{line}", message, context))
    if b"tell(" in source:
        for match in TOLD.finditer(source.decode()):
            text = match.group(1) or match.group(2)
            if text:
                found.append((path.name, text, None))
    return found


def _template(path: Path) -> list[tuple[str, str | tuple[str, ...], str | None]]:
    from django.utils.translation.template import templatize

    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    found = []
    for line, message, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        found.append((f"{path.name}:{line}", message, context))
    return found


def wanted(room: Path) -> dict[tuple[str | None, str], tuple[str | tuple[str, ...], str]]:
    """The msgids a room uses: (context, first msgid) -> (msgid or pair, where)."""
    said = {}
    inner = [path for path in rooms() if path.parent == room]
    for path in sorted(room.rglob("*")):
        if any(path.is_relative_to(one) for one in inner):
            continue
        if path.suffix == ".py" and "migrations" not in path.parts:
            rows = _python(path)
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            rows = _template(path)
        else:
            continue
        for where, message, context in rows:
            first = message[0] if isinstance(message, tuple) else message
            if first:
                said[(context, first)] = (message, f"{path.relative_to(PACKAGE)} {where}")
    return said


def catalog_of(room: Path) -> tuple[Path, Catalog]:
    """The room's Chinese catalog, empty if there is none yet."""
    path = room / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    if path.exists():
        with path.open("rb") as handle:
            return path, read_po(handle, locale="zh_Hans", domain="django")
    return path, Catalog(locale="zh_Hans", domain="django", project="Guiju", charset="utf-8", fuzzy=False)


def main() -> int:
    import django
    from django.conf import settings

    settings.configure(USE_I18N=True)
    django.setup()
    checking = "--check" in sys.argv
    everything: dict[tuple[str | None, str], str] = {}
    catalogs = {room: catalog_of(room) for room in rooms()}
    for _path, catalog in catalogs.values():
        for message in catalog:
            if message.id and message.string and not message.fuzzy:
                first = message.id[0] if isinstance(message.id, list | tuple) else message.id
                everything[(message.context, first)] = first
    faults = []
    for room in rooms():
        path, catalog = catalogs[room]
        missing = {key: value for key, value in wanted(room).items() if key not in everything}
        for (context, first), (message, where) in missing.items():
            if CJK.search(first):
                faults.append(f"{where}: msgid is not English: {first[:60]}")
            elif checking:
                faults.append(f"{where}: no Chinese for: {first[:80]}")
            else:
                catalog.add(message, string="", context=context)
        if missing and not checking:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as handle:
                write_po(handle, catalog, width=110, sort_output=True)
            print(f"{path.relative_to(ROOT)}: {len(missing)} without Chinese")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
