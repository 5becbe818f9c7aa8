"""Which wording of the standard is replayed: an edition of the hotel, the one that came with the product, a draft, a folder or zip.

Rooms above (the editions) put their own kinds into `sources`, so that a draft can be replayed before anybody approves it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from guiju.duties import editions
from guiju.duties.models import Edition
from guiju.rulebook.loading import readable, texts_of
from guiju.rulebook.standard import StandardError
from guiju.shelf.errors import Invalid
from guiju.shelf.words import vocabulary

MOST_FILES, MOST_BYTES = 200, 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Chosen:
    """A wording with its name."""

    source: str  # "edition:<id>", "shipped:hotel-sales", "draft:<id>", "file:<name>"
    label: str  # a number, a title, a file's name
    texts: Mapping[str, str]

    @property
    def digest(self) -> str:
        return editions.digest_of(self.texts)

    def told(self) -> dict[str, Any]:
        """For the result."""
        return {"source": self.source, "label": self.label, "digest": self.digest}


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of wording: which there are (id, label), and the (label, texts) of one; None for what is not there."""

    name: Callable[[str], str]  # a label in words: "Draft: faster replies"
    options: Callable[[UUID, datetime], list[tuple[str, str]]]
    texts: Callable[[UUID, str], tuple[str, Mapping[str, str]] | None]


def _editions(hotel_id: UUID, now: datetime) -> list[tuple[str, str]]:
    rows = Edition.objects.of(hotel_id).filter(approved_at__isnull=False, standard="hotel-sales").order_by("-effective_at", "-number")
    return [(str(pk), str(number)) for pk, number in rows.values_list("pk", "number")[:50]]


def _edition_texts(hotel_id: UUID, pk: str) -> tuple[str, Mapping[str, str]] | None:
    try:
        row = Edition.objects.of(hotel_id).filter(pk=UUID(pk), approved_at__isnull=False).first()
    except ValueError:
        return None
    return (str(row.number), row.texts) if row else None


def _shipped_texts(hotel_id: UUID, name: str) -> tuple[str, Mapping[str, str]] | None:
    return (name, editions.shipped_texts(name)) if name == "hotel-sales" else None


sources: dict[str, Source] = {
    "edition": Source(lambda label: _("Edition %(label)s") % {"label": label}, _editions, _edition_texts),
    "shipped": Source(lambda label: _("As shipped: %(label)s") % {"label": label}, lambda *_given: [("hotel-sales", "hotel-sales")], _shipped_texts),
}


def said(source: str, label: str) -> str:
    """A wording in words."""
    kind = sources.get(source.partition(":")[0])
    return kind.name(label) if kind else label


def choices(hotel_id: UUID, now: datetime) -> list[tuple[str, str]]:
    """Everything that can be replayed: (source, in words)."""
    return [(f"{kind}:{pk}", source.name(label)) for kind, source in sources.items() for pk, label in source.options(hotel_id, now)]


def in_force(hotel_id: UUID, now: datetime) -> str:
    """The edition in force as a source; what came with the product where none is."""
    edition = editions.in_force(hotel_id, now)
    return f"edition:{edition.id}" if edition else "shipped:hotel-sales"


def choose(hotel_id: UUID, source: str) -> Chosen:
    """The wording of a source. Raises Invalid at `edition`."""
    kind, _sep, pk = source.partition(":")
    found = sources[kind].texts(hotel_id, pk) if kind in sources else None
    if found is None:
        raise Invalid(errors={"edition": [_("There is no such edition or draft.")]})
    return checked(Chosen(source, *found))


def checked(chosen: Chosen) -> Chosen:
    """The same, if at least one clause of it can be read. Raises Invalid at `edition` with file and line."""
    standard, broken = readable(chosen.texts, vocabulary())
    if not standard.clauses or (broken and not chosen.source.startswith("edition:")):
        problems = [problem for found in broken.values() for problem in found][:5]
        lines = [f"{one.file}:{one.line}: {one.message}" for one in problems]
        raise Invalid(errors={"edition": [_("This wording cannot be read."), *lines]})
    return chosen


def of_path(path: Path) -> Chosen:
    """A folder of TOML files, one such file, or a zip of them. Raises Invalid at `edition`."""
    try:
        texts = _zipped(path.read_bytes()) if path.is_file() and path.suffix.lower() == ".zip" else texts_of(path)
    except StandardError as error:
        raise Invalid(errors={"edition": [str(error)]}) from error
    except (UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise Invalid(errors={"edition": [_("The file is damaged and cannot be opened.")]}) from error
    if not texts:
        raise Invalid(errors={"edition": [_("There is no TOML file here.")]})
    return checked(Chosen(f"file:{path.name}", path.name, texts))


def _zipped(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = [one for one in package.infolist() if one.filename.endswith(".toml") and not one.filename.startswith("__MACOSX/")]
        if len(members) > MOST_FILES or sum(one.file_size for one in members) > MOST_BYTES:
            raise Invalid(errors={"edition": [_("This file unpacks to too much.")]})
        return {Path(one.filename).name: package.read(one).decode("utf-8") for one in members}
