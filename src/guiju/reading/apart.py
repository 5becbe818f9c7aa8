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
from importlib.util import find_spec
from typing import Any, BinaryIO

MEMORY = 512 * 1024 * 1024
SECONDS = 12
WORD_PAGES = 200  # as many as are taken at all
PICTURES = 6
MOST_WORDS = 200_000
HEAD_SIGNS = 90  # a line that a fax program sets above a page
MOST_ROWS, MOST_CELLS = 400, 30


class Failed(Exception):
    """The file could not be opened within its bounds."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was found: pages, words, the pages whose words are only a picture, and pictures of the first pages (PNG) if asked for."""

    pages: int
    words: str = ""
    pictures: list[bytes] = field(default_factory=list)
    bare: list[int] = field(default_factory=list)


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
    return Opened(int(told["pages"]), str(told["words"]), found, [int(one) for one in told["bare"]])


def main() -> None:
    """The process apart: its own limits first, then the file."""
    limit()
    kind, want = sys.argv[1], sys.argv[2]
    data = sys.stdin.buffer.read()
    try:
        pages, words, found, bare = READERS[kind](data, want == "pictures")
    except MemoryError:
        told: dict[str, Any] = {"error": "it needs too much memory"}
        found = []
    except BaseException as error:  # libraries raise their own, and panics of other languages, for damaged files
        told, found = {"error": f"damaged ({type(error).__name__})"}, []
    else:
        told = {"pages": pages, "words": words[:MOST_WORDS], "sizes": [len(one) for one in found], "bare": bare}
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


Found = tuple[int, str, list[bytes], list[int]]


def _pdf(data: bytes, pictures: bool) -> Found:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    pages = len(document)
    words: list[str] = []
    found, bare, size = [], [], 0
    for place in range(min(pages, WORD_PAGES)):
        page = document[place]
        text = page.get_textpage().get_text_range()
        if _is_bare(page, text):
            bare.append(place + 1)
            continue
        words.append(text)
        size += len(text)
        if size > MOST_WORDS:
            break
    for place in range(min(pages, PICTURES) if pictures else 0):
        page = document[place]
        scale = min(2.0, 1600 / max(page.get_size()))  # a page of a hundred metres is still one screen high
        found.append(_png(page.render(scale=scale, grayscale=True).to_pil()))
    return pages, "\n".join(words), found, bare


def _is_bare(page: Any, text: str) -> bool:
    """Whether a page's words are only a picture: none at all, no more than a line that a fax program set above it, or a machine's guess
    laid unseen under it, which nobody vouches for (taken where nothing else can read it)."""
    import pypdfium2.raw as raw

    signs = len("".join(text.split()))
    if not signs:
        return any(True for _one in page.get_objects(max_depth=2))
    wide, high = page.get_size()
    pictures = [one.get_bounds() for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    if not any((right - left) * (top - bottom) > 0.5 * wide * high for left, bottom, right, top in pictures):
        return False
    if signs <= HEAD_SIGNS:
        return True
    printed = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3))
    unseen = bool(printed) and all(raw.FPDFTextObj_GetTextRenderMode(one.raw) == raw.FPDF_TEXTRENDERMODE_INVISIBLE for one in printed)
    return unseen and find_spec("rapidocr") is not None


def _tiff(data: bytes, pictures: bool) -> Found:
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
    return pages, "", found, []


def _png(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()


def _xlsx(data: bytes, pictures: bool) -> Found:
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
    return len(book.sheet_names), "\n".join(lines), [], []


def _cell(value: Any) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    text = text.removesuffix("T00:00:00")
    if isinstance(value, float) and value.is_integer():
        text = str(int(value))
    return " ".join(text.split())[:300]


READERS = {"pdf": _pdf, "tiff": _tiff, "xlsx": _xlsx}
