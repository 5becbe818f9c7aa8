"""standard export and import: an edition as files, and a file as a draft."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any


def add_commands(standard: Any) -> None:
    """The commands below `guiju standard`."""
    export = standard.add_parser("export", help="write an edition of a hotel, or the shipped wording, as TOML: a zip, one file, or a folder")
    export.add_argument("--hotel", help="hotel code (needed when there are several); without a hotel the shipped wording")
    export.add_argument("--edition", type=int, help="number of the edition; the newest by default")
    export.add_argument("--shipped", metavar="NAME", help="a standard that comes with the product, e.g. hotel-sales")
    export.add_argument("--out", required=True, help="x.zip, x.toml, or a folder")
    export.set_defaults(run=standard_export)

    bring = standard.add_parser("import", help="take a zip, a TOML file or a folder in as a draft; nothing is in force before it is approved")
    bring.add_argument("path")
    bring.add_argument("--hotel", help="hotel code (needed when there are several)")
    bring.add_argument("--title", default="", help="what it is about; the file's name by default")
    bring.set_defaults(run=standard_import)


def texts_at(path: Path) -> dict[str, str]:
    """The TOML texts of a folder, a TOML file or a zip, by file name. Raises Refusal with what is wrong."""
    from guiju.editions.files import unpacked
    from guiju.rulebook.loading import texts_of
    from guiju.rulebook.standard import StandardError
    from guiju.shelf.errors import Refusal

    if path.is_dir():
        try:
            return texts_of(path)
        except StandardError as error:
            raise Refusal(str(error)) from error
    return unpacked(path.name, path.read_bytes())


def standard_export(chosen: argparse.Namespace) -> int:
    from guiju.editions.files import single, zipped

    texts, out = _chosen_texts(chosen), Path(chosen.out)
    if out.suffix in (".zip", ".toml"):
        out.write_bytes(zipped(texts) if out.suffix == ".zip" else single(texts))
    else:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (out / name).write_text(text, encoding="utf-8")
    print(f"{len(texts)} files in {out}")
    return 0


def _chosen_texts(chosen: argparse.Namespace) -> dict[str, str]:
    from guiju.cli.installation import _hotel
    from guiju.duties.editions import shipped_texts
    from guiju.duties.models import Edition
    from guiju.editions.wordings import newest
    from guiju.shelf.errors import Refusal

    if chosen.shipped:
        try:
            return shipped_texts(chosen.shipped)
        except (FileNotFoundError, NotADirectoryError):
            raise Refusal(f"no standard is called {chosen.shipped!r}") from None
    hotel = _hotel(chosen.hotel)
    row = newest(hotel.pk) if chosen.edition is None else Edition.objects.of(hotel.pk).filter(number=chosen.edition).first()
    if row is None:
        raise Refusal(f"{hotel.code} has no such edition")
    return dict(row.texts)


def standard_import(chosen: argparse.Namespace) -> int:
    from guiju.cli.installation import _hotel
    from guiju.editions import actions
    from guiju.editions.queries import proof_of
    from guiju.shelf import clock
    from guiju.shelf.actor import the_clock
    from guiju.shelf.errors import Invalid

    hotel, path = _hotel(chosen.hotel), Path(chosen.path)
    try:
        texts = texts_at(path)
        row = actions.import_draft(
            hotel, title=chosen.title or path.stem, texts=texts, by=the_clock(hotel.pk, via="cli"), now=clock.now()
        )
    except Invalid as wrong:
        for line in (text for found in wrong.errors.values() for text in found):
            print(line)
        print("nothing was taken in", file=sys.stderr)
        return 1
    proof = proof_of(row.texts)
    for one in proof.failing:
        print(one.failure)
    print(f"draft {row.title!r} of {hotel.code}: {proof.run} cases run, {len(proof.failing)} failed; propose it on its page")
    return 0
