"""Scans are read in a process of their own: bounded in memory, time and pages, with no network, gone when it is done.

`python -I -c "from guiju.reading.scan_apart import main; main()" KIND PAGES < file` writes one line of JSON (the pages as `Scan.as_row`,
or {"error"}), then a picture of each page, set upright. The models take 800 MB, hence neither web nor worker loads them.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from guiju.reading import engine
from guiju.reading.apart import Failed
from guiju.reading.scan import Scan, from_row

MOST_PAGES = 12  # what stands behind them is said to be unread
MOST_POINTS = 120_000_000
MEMORY = 4 * 1024 * 1024 * 1024  # of addresses; of real memory it takes 0.8 GB
SECONDS_A_PAGE, SECONDS_TO_LOAD = 60, 30
PATIENCE = 4  # it comes after everybody else, and may wait long for its processor time
SHOWN = 1600  # the longer side of the picture shown
PDF_POINTS = 200  # an inch


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was read: its pages, and a picture (PNG) of each in the same order."""

    scan: Scan
    pictures: list[bytes] = field(default_factory=list)


def read_apart(kind: str, data: bytes, pages: Sequence[int] = (), *, still: Callable[[], bool] | None = None, every: float = 20) -> Looked:
    """Read a png, jpeg, tiff or pdf elsewhere; `pages` (from 1) or all. Raises Failed when it is damaged or takes too much.

    `still` is asked now and then whether anybody still wants it; when not, the process is ended.
    """
    command = [sys.executable, "-I", "-c", "from guiju.reading.scan_apart import main; main()", kind, ",".join(map(str, pages)), str(os.getpid())]
    most = PATIENCE * (SECONDS_TO_LOAD + SECONDS_A_PAGE * min(MOST_PAGES, len(pages) or MOST_PAGES))
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    begun, given, out = time.monotonic(), data, b""
    try:
        while True:
            try:
                out, _none = child.communicate(given, timeout=every)
                break
            except subprocess.TimeoutExpired as late:
                given = b""
                if time.monotonic() - begun > most:
                    raise Failed("it takes too long to read") from late
                if still is not None and not still():
                    raise Failed("nobody wants it any more") from late
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate()
    return _looked(out)


def _looked(out: bytes) -> Looked:
    head, _sep, rest = out.partition(b"\n")
    try:
        told: dict[str, Any] = json.loads(head)
    except ValueError as error:
        raise Failed("it cannot be read within the limits") from error
    if "error" in told:
        raise Failed(str(told["error"]))
    found, place = [], 0
    for size in told["sizes"]:
        found.append(rest[place : place + size])
        place += size
    return Looked(from_row(told), found)


# The process apart


def main() -> None:
    """Its own limits first, then the models, then the file."""
    kind, pages, parent = sys.argv[1], [int(one) for one in sys.argv[2].split(",") if one], int(sys.argv[3])
    out = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # whatever a library prints is no answer
    _limit(len(pages) or MOST_PAGES, parent)
    found: list[bytes] = []
    try:
        scan, found = _read(kind, sys.stdin.buffer.read(), pages)
        told = {**scan.as_row(), "sizes": [len(one) for one in found]}
    except MemoryError:
        told, found = {"error": "it needs too much memory"}, []
    except BaseException as error:  # libraries raise their own for damaged files
        told, found = {"error": f"damaged ({type(error).__name__})"}, []
    out.write(json.dumps(told).encode() + b"\n" + b"".join(found))
    out.flush()


def _limit(pages: int, parent: int) -> None:
    """After everybody else, within its memory and time, without files to write and without network; and never longer than who asked."""
    with suppress(OSError):
        os.nice(5)
    with suppress(ImportError, OSError, ValueError):  # where the system knows no such limits, the caller's time stands alone
        import resource

        seconds = SECONDS_TO_LOAD + SECONDS_A_PAGE * min(pages, MOST_PAGES)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _leave_network()
    _end_with(parent)


def _leave_network() -> None:
    """Out of the system's network where it lets us; and no library here opens a connection anyhow."""
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).unshare(0x10000000 | 0x40000000)  # CLONE_NEWUSER | CLONE_NEWNET

    def watch(event: str, _given: tuple[Any, ...]) -> None:
        if event.startswith("socket."):
            raise PermissionError("reading needs no network")

    sys.addaudithook(watch)


def _end_with(parent: int) -> None:
    """When the worker is killed, this process goes too."""
    import ctypes
    import signal

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if hasattr(os, "getppid") and os.getppid() != parent:
        os._exit(1)


def _read(kind: str, data: bytes, pages: Sequence[int]) -> tuple[Scan, list[bytes]]:
    models: engine.Engine | None = None
    scan, found = Scan(0), []
    for total, number, picture, dpi in PAGES[kind](data, pages):
        scan.pages = total
        if picture is not None:
            models = models or engine.Engine()  # a damaged file needs none
            sheet, grey = engine.read_page(models, picture, number, dpi)
            scan.sheets.append(sheet)
            found.append(_shown(grey))
    return scan, found


def _shown(grey: Any) -> bytes:
    """A page's picture as the desk shows it: sixteen greys are enough for print."""
    from PIL import Image

    picture = Image.fromarray(grey)
    picture.thumbnail((SHOWN, SHOWN))
    out = io.BytesIO()
    picture.quantize(16).save(out, "PNG", optimize=False)
    return out.getvalue()


Pages = Iterator[tuple[int, int, Any, "tuple[float, float] | None"]]


def _frames(data: bytes, wanted: Sequence[int]) -> Pages:
    """(pages in all, number, picture, points an inch across and down) of each page; a page too large to read has no picture."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    with Image.open(io.BytesIO(data)) as opened:
        total = min(int(getattr(opened, "n_frames", 1)), 10_000) if opened.format == "TIFF" else 1
        numbers = [one for one in (wanted or range(1, total + 1)) if one <= total][:MOST_PAGES]
        for number in numbers:
            if total > 1:
                opened.seek(number - 1)
            wide, high = opened.size
            if wide * high > MOST_POINTS:
                yield total, number, None, None
                continue
            dpi = opened.info.get("dpi")
            yield _of(total, wanted), number, _light(opened), (float(dpi[0]), float(dpi[1])) if dpi else None


def _of(total: int, wanted: Sequence[int]) -> int:
    return len(wanted) or total


def _light(opened: Any) -> Any:
    """A page in greys on white, no larger than is read."""
    from PIL import Image

    if opened.format == "JPEG":
        opened.draft("L", (3000, 3000))
    most = 3200
    if opened.mode in ("1", "L") or max(opened.size) <= most:
        grey = opened
    else:
        grey = opened.reduce(max(1, max(opened.size) // most)) if opened.mode in ("RGB", "RGBA", "LA") else opened
    if grey.mode in ("RGBA", "LA", "P"):
        clear = grey.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        grey = paper
    return grey.convert("L")


def _sheets(data: bytes, wanted: Sequence[int]) -> Pages:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    total = len(document)
    for number in [one for one in (wanted or range(1, total + 1)) if one <= total][:MOST_PAGES]:
        page = document[number - 1]
        scale = min(PDF_POINTS / 72, 2400 / max(page.get_size()))
        yield _of(total, wanted), number, page.render(scale=scale, grayscale=True).to_pil(), None


PAGES: dict[str, Callable[[bytes, Sequence[int]], Pages]] = {"png": _frames, "jpeg": _frames, "tiff": _frames, "pdf": _sheets}
