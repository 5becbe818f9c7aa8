"""Papers as PDF: typst with a bundled Chinese font, its compiler kept warm for each process."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

import segno

from guiju.papers.forms import Cell, Sheet
from guiju.papers.forms.words import UNSEEN

TEMPLATE = Path(str(files("guiju.papers"))) / "print" / "form.typ"
LONG = re.compile(r"[!-~]{19,}")
_lock = Lock()


def font_dir() -> str:
    """Where the Chinese font is: GUIJU_FONT_DIR, else the package that carries it."""
    return os.environ.get("GUIJU_FONT_DIR") or str(files("manimgx_fonts_cjk"))


@cache
def _compiler() -> Any:
    import typst  # 80 MB that a process without printing does not need

    return typst.Compiler(
        input=str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[font_dir()],
        ignore_system_fonts=True,
    )


@lru_cache(maxsize=512)
def qr_svg(address: str) -> str:
    """The QR code of an address."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=2, xmldecl=False, svgns=True)
    return out.getvalue().decode()


def words_of(sheet: Sheet) -> dict[str, str]:
    """What stands around the content, in the sheet's language."""
    english = sheet.lang == "en"
    before = sheet.revision - 1
    if english:
        return {
            "number": "No.",
            "revision": f"Revision {sheet.revision}" + (f", replaces {before}" if before else ""),
            "important": "IMPORTANT GROUP",
            "void": "VOID",
            "issued": "Issued by",
            "checked": "Checked by",
            "sign": "Signed for by",
            "time": "At",
            "copy": f"Copy {sheet.copy_number} of {sheet.copies}: {sheet.department}",
            "scan": "Scan: is this the latest?",
        }
    return {
        "number": "编号",
        "revision": f"第 {sheet.revision} 版" + (f"，取代第 {before} 版" if before else ""),
        "important": "重要团队",
        "void": "作废",
        "issued": "制表",
        "checked": "审核",
        "sign": "签收",
        "time": "时间",
        "copy": f"第 {sheet.copy_number} 联 / 共 {sheet.copies} 联 · {sheet.department}",
        "scan": "扫码查是否最新",
    }


def breakable(text: str) -> str:
    """Long runs of Latin signs (addresses, codes) may break, so that they stay inside their cell."""
    text = text.translate(UNSEEN)
    return LONG.sub(
        lambda found: "\u200b".join(found[0][at : at + 12] for at in range(0, len(found[0]), 12)), text
    )


def _cell(cell: Cell) -> dict[str, Any]:
    return {"text": breakable(cell.text), "old": breakable(cell.old), "changed": cell.changed}


def as_data(sheet: Sheet) -> dict[str, Any]:
    """A sheet as the template wants it: only text, numbers, yes/no and lists of them."""
    sections = [
        {
            "title": section.title,
            "heads": list(section.heads),
            "widths": list(section.widths),
            "grid": [[{"label": label, "cell": _cell(cell)} for label, cell in row] for row in section.grid],
            "rows": [[_cell(cell) for cell in row] for row in section.rows],
        }
        for section in sheet.sections
    ]
    plain = {
        key: breakable(value) if isinstance(value, str) else value
        for key, value in asdict(sheet).items()
        if key not in ("sections", "boxes", "qr")
    }
    return {
        **plain,
        "boxes": [asdict(box) for box in sheet.boxes],
        "sections": sections,
        "words": {name: breakable(words) for name, words in words_of(sheet).items()},
        "qr": qr_svg(sheet.qr) if sheet.qr else "",
    }


def render(sheets: Sequence[Sheet]) -> bytes:
    """These sheets as one PDF, each beginning on a page of its own and numbered for itself.

    What people wrote reaches typst as JSON strings only, so nothing in it is ever run or read as markup.
    """
    data = json.dumps({"sheets": [as_data(sheet) for sheet in sheets]}, ensure_ascii=False)
    with _lock:
        return bytes(_compiler().compile(format="pdf", sys_inputs={"data": data}))
