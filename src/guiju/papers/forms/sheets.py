"""One layout of a paper for the screen and for print: sections of cells, each with what it was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from guiju.papers.forms.comparing import in_language, keyed
from guiju.papers.forms.fields import FORMS, Field, Form, Table
from guiju.papers.forms.words import WORDS, shown


@dataclass(frozen=True, slots=True)
class Cell:
    """A value; `old` is what stood here in the revision before, when it was something else."""

    text: str
    old: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A box at the top of the form, ticked or not."""

    label: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Either a grid (rows of one or two labelled cells) or a table with a heading row."""

    title: str = ""
    grid: tuple[tuple[tuple[str, Cell], ...], ...] = ()
    heads: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    css: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper as laid out: everything a reader sees on it."""

    hotel: str
    title: str
    number: str
    revision: int
    lang: str
    important: bool = False
    issued_by: str = ""
    issued_at: str = ""
    boxes: tuple[Box, ...] = ()
    sections: tuple[Section, ...] = field(default_factory=tuple)
    signed: bool = True  # the form has a line for the receiver's signature
    checked: bool = False  # has a line where the manager puts his name
    void: bool = False
    copy_number: int = 0
    copies: int = 0
    department: str = ""
    signature: str = ""  # who signed for this copy and when, once he has
    qr: str = ""


def sheet(
    kind: str, content: Mapping[str, Any], *, lang: str, old: Mapping[str, Any] | None = None, hotel_name: str
) -> Sheet:
    """Lay a paper out; `old` is the content of the revision before, whose differences are marked."""
    form, lang = FORMS[kind], "en" if lang.startswith("en") else "zh"
    made = [
        _table(part, content, old, lang) if isinstance(part, Table) else _grid(part, content, old, lang)
        for part in form.parts
    ]
    return Sheet(
        hotel=hotel_name,
        title=form.en if lang == "en" else form.zh,
        number=str(content.get("number", "")),
        revision=int(content.get("revision") or 1),
        lang=lang,
        important=bool(content.get("important")),
        issued_by=str(content.get("issued_by") or ""),
        boxes=_boxes(form, content, lang),
        sections=tuple(section for section in made if section is not None),
        signed=form.signed,
        checked=form.signed,
    )


def _boxes(form: Form, content: Mapping[str, Any], lang: str) -> tuple[Box, ...]:
    key, codes = form.boxes
    chosen = content.get(key) or ("changed" if int(content.get("revision") or 1) > 1 else "new")
    return tuple(Box(WORDS[key][code][lang == "en"], code == chosen) for code in codes)


def _cell(new: str, old: str, compared: bool) -> Cell:
    return Cell(new, old, True) if compared and old != new else Cell(new)


def _grid(
    fields: tuple[Field, ...], content: Mapping[str, Any], old: Mapping[str, Any] | None, lang: str
) -> Section | None:
    rows: list[tuple[tuple[str, Cell], ...]] = []
    waiting: tuple[str, Cell] | None = None
    for one in fields:
        cell = _cell(
            shown(one.key, content.get(one.key), lang),
            shown(one.key, (old or {}).get(one.key), lang),
            old is not None,
        )
        if not (cell.text or cell.old):
            continue
        if waiting is not None:
            if one.wide:
                rows += [(waiting,), ((one.label(lang), cell),)]
            else:
                rows.append((waiting, (one.label(lang), cell)))
            waiting = None
        elif one.wide:
            rows.append(((one.label(lang), cell),))
        else:
            waiting = (one.label(lang), cell)
    if waiting is not None:
        rows.append((waiting,))
    return Section(grid=tuple(rows)) if rows else None


def _table(
    table: Table, content: Mapping[str, Any], old: Mapping[str, Any] | None, lang: str
) -> Section | None:
    now: Sequence[Mapping[str, Any]] = content.get(table.key) or []
    before = keyed(table, (old or {}).get(table.key) or [])
    if not now and not before:
        return None
    filled = [*now, *before.values()]
    kept = [not column.seldom or any(_said(table, column, row, lang) for row in filled) for column in table.columns]
    columns = [column for column, is_kept in zip(table.columns, kept, strict=True) if is_kept]
    rows = []
    for key, row in keyed(table, now).items():
        was = before.pop(key, {})
        rows.append(
            tuple(
                _cell(_said(table, column, row, lang), _said(table, column, was, lang), old is not None)
                for column in columns
            )
        )
    rows += [  # a row that is no longer there: struck through
        tuple(_cell("", _said(table, column, gone, lang), True) for column in columns)
        for gone in before.values()
    ]
    return Section(
        title=table.label(lang),
        heads=tuple(column.label(lang) for column in columns),
        widths=tuple(compress(table.widths, kept)),
        rows=tuple(rows),
        css=table.css,
    )


def _said(table: Table, column: Field, row: Mapping[str, Any], lang: str) -> str:
    text = shown(column.key, in_language(row, column.key, lang), lang)
    return "" if column.seldom and text == "0" else text
