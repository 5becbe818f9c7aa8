"""An edition as files: a zip of its TOML, or all of it in one file; read within limits."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from django.utils.translation import gettext as _

from guiju.rulebook.editing import one_file
from guiju.rulebook.loading import decoded
from guiju.rulebook.standard import StandardError
from guiju.shelf.errors import Invalid

MOST_BYTES = 4 * 1024 * 1024
MOST_UNPACKED = 8 * 1024 * 1024
MOST_FILES = 200
MARK = re.compile(r"(?m)^# ── ([^/\\\n]+\.toml) ──$")
STAMP = (2000, 1, 1, 0, 0, 0)  # the same texts make the same file


def zipped(texts: Mapping[str, str]) -> bytes:
    """All TOML files of an edition in a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name in sorted(texts):
            bundle.writestr(zipfile.ZipInfo(name, STAMP), texts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def single(texts: Mapping[str, str]) -> bytes:
    """All of an edition in one TOML file."""
    return one_file(texts).encode()


def unpacked(name: str, content: bytes) -> dict[str, str]:
    """The TOML texts in an uploaded zip or single file, by file name. Raises Invalid at "file" with what is wrong and where."""
    if not content:
        raise Invalid(errors={"file": [_("The file is empty.")]})
    if len(content) > MOST_BYTES:
        raise Invalid(errors={"file": [_("The file is too large.")]})
    if content[:4] == b"PK\x03\x04":
        return _of_zip(content)
    base = name.replace("\\", "/").rpartition("/")[2] or "edition.toml"
    text = _text(base, content)
    return _parts(text) or {base if base.endswith(".toml") else f"{base}.toml": text}


def _parts(text: str) -> dict[str, str]:
    """The files that were put into one, apart again: an edition comes back as it went out."""
    pieces = MARK.split(text)
    if len(pieces) < 3 or pieces[0].strip():
        return {}
    return {name: f"{body.strip()}\n" for name, body in zip(pieces[1::2], pieces[2::2], strict=True)}


def _text(name: str, content: bytes) -> str:
    try:
        return decoded(name, content)
    except StandardError as error:
        raise Invalid(errors={"file": [f"{one.file}:{one.line}: {one.message}" for one in error.problems]}) from error


def _of_zip(content: bytes) -> dict[str, str]:
    texts: dict[str, str] = {}
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            rows = [row for row in bundle.infolist() if not row.is_dir() and row.filename.endswith(".toml")]
            if len(rows) > MOST_FILES:
                raise Invalid(errors={"file": [_("There are too many files in it.")]})
            for row in rows:
                name = row.filename.replace("\\", "/").rpartition("/")[2]
                if name.startswith("."):
                    continue  # what a Mac puts beside every file
                if name in texts:
                    raise Invalid(errors={"file": [_("Two files in it are called {name}.").format(name=name)]})
                with bundle.open(row) as handle:
                    piece = handle.read(left + 1)
                left -= len(piece)
                if left < 0:
                    raise Invalid(errors={"file": [_("The file is too large.")]})
                texts[name] = _text(name, piece)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise Invalid(errors={"file": [_("This zip cannot be read.")]}) from error
    if not texts:
        raise Invalid(errors={"file": [_("There is no TOML file in it.")]})
    return texts
