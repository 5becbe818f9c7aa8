"""Large tables (xlsx) opened in a process of their own, bounded in memory and time, and handed over row by row.

`python -c "from guiju.reading.tables_apart import main; main()" < file` writes one JSON list of texts a row.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from typing import Any

from guiju.reading.apart import Failed

MEMORY = 2 * 1024 * 1024 * 1024
SECONDS = 120
MOST_COLUMNS = 200
MOST_SIGNS = 2000


def rows_apart(data: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet that has any. Raises Failed when it is damaged, or runs out of memory or time."""
    command = [sys.executable, "-I", "-c", "from guiju.reading.tables_apart import main; main()"]
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as complaints:
        source.write(data)
        source.seek(0)
        process = subprocess.Popen(command, stdin=source, stdout=subprocess.PIPE, stderr=complaints)
        timer = threading.Timer(SECONDS + 3, process.kill)
        timer.start()
        assert process.stdout is not None
        ended = False
        try:
            for line in process.stdout:
                told: Any = json.loads(line)
                if isinstance(told, dict):
                    if "error" in told:
                        raise Failed(str(told["error"]))
                    ended = True
                    break
                yield told
            if not ended:
                raise Failed("it cannot be opened within the limits")
        except ValueError as error:
            raise Failed("it cannot be opened within the limits") from error
        finally:
            timer.cancel()
            process.kill()
            process.stdout.close()
            process.wait()


def main() -> None:
    """The process apart: its own limits first, then the file."""
    _limit()
    out = sys.stdout
    try:
        for row in _rows(sys.stdin.buffer.read()):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    except MemoryError:
        out.write(json.dumps({"error": "it needs too much memory"}) + "\n")
    except BaseException as error:  # the library raises its own, and panics of another language, for damaged files
        out.write(json.dumps({"error": f"damaged ({type(error).__name__})"}) + "\n")
    else:
        out.write(json.dumps({"end": True}) + "\n")
    out.flush()


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the time limit of the caller stands alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _rows(data: bytes) -> Iterator[list[str]]:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        found = False
        for row in book.get_sheet_by_name(name).iter_rows():
            if len(row) > MOST_COLUMNS:
                raise ValueError("too many columns")
            found = True
            yield [text_of(cell) for cell in row]
        if found:
            return


def text_of(cell: Any) -> str:
    """A cell as text: whole numbers without decimals, days as 2026-11-24."""
    if isinstance(cell, str):
        return cell[:MOST_SIGNS]
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 10**15 else repr(cell)
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat()).removesuffix("T00:00:00")
    return "" if cell is None else str(cell)
