"""Backup and restore: one archive with the database (by its online backup), the files, the keys and a manifest of hashes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

from guiju import __version__
from guiju.shelf import clock
from guiju.shelf.errors import Refusal

KEPT = ("files", "keys")


def _sha(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        for chunk in iter(lambda: handle.read(1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()


def _dump(folder: Path) -> Path:
    if connection.vendor == "sqlite":
        import sqlite3

        target = folder / "guiju.sqlite3"
        connection.ensure_connection()
        with sqlite3.connect(str(target)) as copy:
            connection.connection.backup(copy)
        return target
    target = folder / "guiju.pgdump"
    database = settings.DATABASES["default"]
    subprocess.run(
        ["pg_dump", "--format=custom", f"--file={target}", *_pg(database)],
        check=True, env={**os.environ, "PGPASSWORD": str(database["PASSWORD"])},
    )
    return target


def _pg(database: dict[str, Any]) -> list[str]:
    said = [f"--dbname={database['NAME']}"]
    for option, name in (("host", "HOST"), ("port", "PORT"), ("username", "USER")):
        if database[name]:
            said.append(f"--{option}={database[name]}")
    return said


def backup(file: str) -> dict[str, Any]:
    """Write everything an installation needs into one .tar.gz; safe while web and worker run."""
    target = Path(file).resolve()
    data = Path(settings.DATA_DIR)
    with tempfile.TemporaryDirectory() as place:
        dumped = _dump(Path(place))
        parts = {dumped.name: dumped}
        for name in KEPT:
            for path in sorted((data / name).rglob("*")) if (data / name).exists() else []:
                if path.is_file():
                    parts[str(path.relative_to(data))] = path
        manifest = {
            "guiju": __version__, "made_at": clock.now().isoformat(), "engine": connection.vendor,
            "files": {name: _sha(path) for name, path in parts.items()},
        }
        partial = target.with_suffix(target.suffix + ".part")
        with tarfile.open(partial, "w:gz") as archive:
            text = json.dumps(manifest, indent=1).encode()
            info = tarfile.TarInfo("manifest.json")
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text))
            for name, path in parts.items():
                archive.add(path, arcname=name)
        os.chmod(partial, 0o600)
        partial.replace(target)
    return {"file": str(target), "bytes": target.stat().st_size, "parts": len(parts), "engine": connection.vendor}


def _unpack(file: str, place: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(place, filter="data")
        manifest = json.loads((place / "manifest.json").read_text())
    except (OSError, tarfile.TarError, ValueError, EOFError) as error:
        raise Refusal(f"this is no backup, or it is broken: {error}") from error
    for name, expected in manifest["files"].items():
        path = place / name
        if not path.is_file() or _sha(path) != expected:
            raise Refusal(f"the backup is broken at {name}; nothing was restored")
    return manifest


def restore(file: str, *, force: bool = False) -> dict[str, Any]:
    """Put a backup back; refused before anything is touched when a part is missing or changed."""
    data = Path(settings.DATA_DIR)
    with tempfile.TemporaryDirectory(dir=data) as name:
        place = Path(name)
        manifest = _unpack(file, place)
        if manifest["engine"] != connection.vendor:
            raise Refusal(f"this backup is of {manifest['engine']}; this installation runs on {connection.vendor}")
        if _occupied() and not force:
            raise Refusal("there is data here already; use --force to replace it")
        connections.close_all()
        _put_back(place, data)
        for kept in KEPT:
            for path in sorted((place / kept).rglob("*")) if (place / kept).exists() else []:
                if path.is_file():
                    goal = data / path.relative_to(place)
                    goal.parent.mkdir(parents=True, exist_ok=True)
                    path.replace(goal)
    return {"restored": manifest["made_at"], "parts": len(manifest["files"])}


def _occupied() -> bool:
    if "house_hotel" not in connection.introspection.table_names():
        return False
    from guiju.house.models import Hotel

    return Hotel.objects.exists()


def _put_back(place: Path, data: Path) -> None:
    if connection.vendor == "sqlite":
        target = Path(settings.DATABASES["default"]["NAME"])
        for suffix in ("-wal", "-shm"):
            Path(f"{target}{suffix}").unlink(missing_ok=True)
        (place / "guiju.sqlite3").replace(target)
        return
    database = settings.DATABASES["default"]
    subprocess.run(
        ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", *_pg(database), str(place / "guiju.pgdump")],
        check=True, env={**os.environ, "PGPASSWORD": str(database["PASSWORD"])},
    )


def empty_database() -> None:
    """Throw all tables away (demo and test only: the caller has checked the mode)."""
    if connection.vendor == "sqlite":
        connections.close_all()
        target = Path(settings.DATABASES["default"]["NAME"])
        for suffix in ("", "-wal", "-shm"):
            Path(f"{target}{suffix}").unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
