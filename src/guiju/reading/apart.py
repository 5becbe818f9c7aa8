"""Files that libraries must open (PDF, tables, TIFF) are opened in a process of their own, bounded in memory and time.

`python -m guiju.reading.apart KIND < file` writes one line of JSON: {"pages", "words"} or {"error"}, then page pictures.
A library that crashes, eats memory or never ends takes only that process with it.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any, BinaryIO

MEMORY = 512 * 1024 * 1024
SECONDS = 12
WORD_PAGES = 20
PICTURES = 6
MOST_WORDS = 200_000
MOST_ROWS, MOST_CELLS = 400, 30


class Failed(Exception):
    """The file could not be opened within its bounds."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was found: pages, words, and pictures of the first pages (PNG) when they were asked for."""

    pages: int
    words: str = ""
    pictures: list[bytes] = field(default_factory=list)


def open_apart(kind: str, data: bytes, *, pictures: bool = False) -> Opened:
    """Open a pdf, xlsx or tiff elsewhere. Raises Failed when it is damaged, or runs out of memory or time."""
    command = [sys.executable, "-I", "-c", "from guiju.reading.apart import main; main()", kind, "pictures" if pictures else "words"]
    try:
        ran = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS + 3, check=False)
    except subprocess.TimeoutExpired as error:
        raise Failed("it takes too long to open") from error
    head, _sep, rest = ran.stdout.partition(b"\n")
    try:
        told: dict[str, Any] = json.loads(head)
    except ValueError as error:
        raise Failed("it cannot be opened within the limits") from error
    if "error" in told:
        raise Failed(str(told["error"]))
    found, place = [], 0
    for size in told.get("sizes", ()):
        found.append(rest[place : place + size])
        place += size
    return Opened(int(told["pages"]), str(told["words"]), found)


def main() -> None:
    """The process apart: its own limits first, then the file."""
    limit()
    kind, want = sys.argv[1], sys.argv[2]
    data = sys.stdin.buffer.read()
    try:
        pages, words, found = READERS[kind](data, want == "pictures")
    except MemoryError:
        told: dict[str, Any] = {"error": "it needs too much memory"}
        found = []
    except BaseException as error:  # libraries raise their own, and panics of other languages, for damaged files
        told, found = {"error": f"damaged ({type(error).__name__})"}, []
    else:
        told = {"pages": pages, "words": words[:MOST_WORDS], "sizes": [len(one) for one in found]}
    out: BinaryIO = sys.stdout.buffer
    out.write(json.dumps(told).encode() + b"\n" + b"".join(found))
    out.flush()


def limit() -> None:
    """Memory, processor time and no files: where the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows: the time limit of the caller stands alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _pdf(data: bytes, pictures: bool) -> tuple[int, str, list[bytes]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    pages = len(document)
    words, found, size = [], [], 0
    for place in range(min(pages, WORD_PAGES)):
        page = document[place]
        text = page.get_textpage().get_text_range()
        words.append(text)
        size += len(text)
        if size > MOST_WORDS:
            break
    for place in range(min(pages, PICTURES) if pictures else 0):
        page = document[place]
        scale = min(2.0, 1600 / max(page.get_size()))  # a page of a hundred metres is still one screen high
        found.append(_png(page.render(scale=scale, grayscale=True).to_pil()))
    return pages, "\n".join(words), found


def _tiff(data: bytes, pictures: bool) -> tuple[int, str, list[bytes]]:
    from PIL import Image

    found = []
    with Image.open(io.BytesIO(data)) as picture:
        pages = 1
        for place in range(PICTURES if pictures else 0):
            try:
                picture.seek(place)
            except EOFError:
                break
            pages = place + 1
            page = picture.convert("L")
            page.thumbnail((1600, 2200))
            found.append(_png(page))
    return pages, "", found


def _png(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()


def _xlsx(data: bytes, pictures: bool) -> tuple[int, str, list[bytes]]:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    lines: list[str] = []
    for name in book.sheet_names[:5]:
        for row in book.get_sheet_by_name(name).iter_rows():
            cells = [_cell(cell) for cell in row[:MOST_CELLS]]
            if any(cells):
                lines.append("  ".join(cells).strip())
            if len(lines) >= MOST_ROWS:
                break
    return len(book.sheet_names), "\n".join(lines), []


def _cell(value: Any) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    text = text.removesuffix("T00:00:00")
    if isinstance(value, float) and value.is_integer():
        text = str(int(value))
    return " ".join(text.split())[:300]


READERS = {"pdf": _pdf, "tiff": _tiff, "xlsx": _xlsx}
