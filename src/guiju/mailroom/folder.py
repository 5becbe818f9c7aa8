"""The fax server's folder: a file is taken when it has stopped growing, once, and put into done/ or refused/ whole."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from guiju.house.models import Hotel
from guiju.mailroom import taking
from guiju.mailroom.line import Trouble
from guiju.mailroom.models import Item, Mailbox
from guiju.reading.airlock import MAX_BYTES

QUIET = timedelta(seconds=4)  # so long a file must not have changed
EMPTY_FOR = timedelta(minutes=2)  # a file may be made first and filled later
AT_ONCE = 50
UNFINISHED = (".tmp", ".part", ".partial", ".filepart", ".crdownload", ".swp", ".lock", "~")
_seen: dict[str, tuple[tuple[int, ...], datetime]] = {}  # path -> what it was, and since when it is so
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that lies still."""

    path: Path
    size: int
    written_at: datetime
    mark: str  # its name and the moment it was written: the same file at another look


def path_of(hotel: Hotel) -> Path | None:
    """The folder of this hotel's fax server (GUIJU_FAX_FOLDER); None: there is none."""
    told = settings.FAX_FOLDER
    if not told:
        return None
    if "=" not in told:
        return Path(told) if Hotel.objects.count() == 1 else None
    for one in told.split(","):
        code, _sign, place = one.partition("=")
        if code.strip() == hotel.code and place.strip():
            return Path(place.strip())
    return None


def ensure(now: datetime) -> None:
    """The row that shows how the folder stands, for each hotel that has one."""
    if not settings.FAX_FOLDER:
        return
    known = set(Mailbox.objects.filter(kind=Mailbox.Kind.FOLDER, closed_at__isnull=True).values_list("hotel_id", flat=True))
    for hotel in Hotel.objects.exclude(pk__in=known):
        if path_of(hotel) is not None:
            Mailbox.objects.bulk_create(
                [
                    Mailbox(
                        hotel=hotel, kind=Mailbox.Kind.FOLDER, name="Fax", port=0, security="none", folder="", every_seconds=10,
                        since_at=now, next_look_at=now,
                    )
                ],
                ignore_conflicts=True,
            )


def _root(mailbox: Mailbox) -> Path:
    root = path_of(mailbox.hotel)
    if root is None:
        raise Trouble("no_folder")
    try:
        if not root.is_dir():
            raise Trouble("no_folder")
        for name in ("done", "refused"):
            (root / name).mkdir(exist_ok=True)
    except OSError as error:
        raise Trouble("not_readable", error.strerror or "") from error
    return root


def _lying(root: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(root) as entries:
            found = [one for one in entries if not one.name.startswith(".") and not one.name.lower().endswith(UNFINISHED)]
            return sorted((one for one in found if one.is_file(follow_symlinks=False)), key=lambda one: one.name)
    except OSError as error:
        raise Trouble("not_readable", error.strerror or "") from error


def waiting(mailbox: Mailbox) -> int:
    """How many files lie there."""
    return len(_lying(_root(mailbox)))


def look(mailbox: Mailbox, *, clock: Callable[[], datetime], stopped: Callable[[], bool]) -> Any:
    """Take in what lies still; a file still growing waits for a later look."""
    from guiju.mailroom.looking import Looked

    root, found = _root(mailbox), Looked()
    entries = _lying(root)
    _forget(root, {one.path for one in entries})
    for entry in entries:
        if found.taken >= AT_ONCE or stopped():
            found.more = True
            break
        dropped = _still(entry)
        if dropped is not None and _one(mailbox, root, dropped, clock):
            found.taken += 1
    return found


def _forget(root: Path, here: set[str]) -> None:
    with _lock:
        for path in [one for one in _seen if Path(one).parent == root and one not in here]:
            _seen.pop(path, None)


def _still(entry: os.DirEntry[str]) -> Dropped | None:
    """The file, when it has not changed for a while and looked the same a while ago; by the machine's clock, which wrote its times."""
    now = datetime.now(UTC)
    try:
        told = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    shape = (told.st_ino, told.st_size, told.st_mtime_ns)
    with _lock:
        before = _seen.get(entry.path)
        if before is None or before[0] != shape:
            _seen[entry.path] = (shape, now)
            return None
    written = datetime.fromtimestamp(told.st_mtime, UTC)
    if now - before[1] < QUIET or (not told.st_size and now - before[1] < EMPTY_FOR):
        return None
    return Dropped(Path(entry.path), told.st_size, written, f"{entry.name}\n{told.st_size}\n{told.st_mtime_ns}")


def _one(mailbox: Mailbox, root: Path, dropped: Dropped, clock: Callable[[], datetime]) -> bool:
    data = _bytes(dropped)
    if data is None:
        return False
    identity = hashlib.sha256(f"{mailbox.pk}\n{dropped.mark}\n{hashlib.sha256(data).hexdigest()}".encode("utf-8", "surrogateescape")).hexdigest()
    now = clock()
    item = taking.claim(mailbox, taking.Piece(dropped.written_at, dropped.size, identity=identity), now=now)
    if item is None:
        known = Item.objects.of(mailbox.hotel_id).filter(identity=identity).exclude(state=Item.State.CLAIMED).first()
        if known is not None:  # taken in before, only not put away: its worker died, or is about to
            _put_away(root, dropped, known)
        return False
    opened = taking.opened(mailbox, item, data, _name(dropped.path), now=now)
    item = taking.finish(mailbox, item, opened, now=clock(), identity=identity)
    if item.state != Item.State.CLAIMED:
        _put_away(root, dropped, item)
    return True


def _name(path: Path) -> str:
    return path.name.encode("utf-8", "replace").decode()


def _bytes(dropped: Dropped) -> bytes | None:
    """Its bytes, one more than the limit at most; never through a link, and only if it is still the file that was looked at."""
    try:
        handle = os.open(dropped.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Trouble("not_readable", f"{_name(dropped.path)}: {error.strerror}") from error
    with os.fdopen(handle, "rb") as file:
        told = os.fstat(file.fileno())
        if not stat.S_ISREG(told.st_mode) or told.st_size != dropped.size:
            return None
        return file.read(MAX_BYTES + 1)


def _put_away(root: Path, dropped: Dropped, item: Item) -> None:
    """Into done/ or refused/ in one move; beside a refused one stands why. Another worker may have done it already."""
    refused = item.state == Item.State.REFUSED
    target = root / ("refused" if refused else "done") / f"{item.arrived_at:%Y%m%d-%H%M%S}-{item.identity[:8]}-{dropped.path.name}"[:240]
    if refused:
        with suppress(OSError):
            target.with_name(f"{target.name[:230]}.why.txt").write_text(f"{taking.WHY.get(item.code, item.code)}\n", encoding="utf-8")
    try:
        dropped.path.rename(target)
    except FileNotFoundError:
        return
    except OSError as error:
        raise Trouble("not_moved", f"{_name(dropped.path)}: {error.strerror}") from error
    with _lock:
        _seen.pop(str(dropped.path), None)
