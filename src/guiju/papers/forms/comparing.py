"""What changed between two revisions, and what of a paper concerns one department."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from guiju.papers.forms.fields import FORMS, Field, Table
from guiju.papers.forms.words import shown

Row = Mapping[str, Any]
UNITS = {
    "rooms": ("{} 间", "{} rooms"),
    "persons": ("{} 位", "{} guests"),
    "escorts": ("司陪 {} 位", "{} escorts"),
    "until": ("至 {}", "until {}"),
    "share": ("同住 {}", "shares {}"),
    "extra_beds": ("加床 {} 张", "{} extra beds"),
    "breakfasts": ("早餐 {} 份", "{} breakfasts"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not what it was: where, old, new, and whom it concerns."""

    key: str
    label: str
    label_en: str
    old: str
    new: str
    old_en: str
    new_en: str
    departments: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For the revision's row."""
        return {**asdict(self), "departments": list(self.departments)}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paper that concerns a department."""

    label: str
    value: str


def differences(kind: str, old: Row, new: Row) -> list[Difference]:
    """Field by field and cell by cell, in the order of the form; the order of rows does not count.

    Each names only the departments that the changed field or column concerns: they sign again (booking.change-notice).
    """
    found: list[Difference] = []
    for part in FORMS[kind].parts:
        if isinstance(part, Table):
            found += _rows(part, old.get(part.key) or [], new.get(part.key) or [])
        else:
            found += [
                _difference(
                    field.key,
                    field.zh,
                    field.en,
                    field,
                    old.get(field.key),
                    new.get(field.key),
                    field.departments,
                )
                for field in part
                if _text(field, old) != _text(field, new)
            ]
    return found


def keyed(table: Table, rows: Sequence[Row]) -> dict[tuple[str, ...], Row]:
    """Rows by what tells them apart; a second row of the same key follows the first."""
    found: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = tuple(shown(name, row.get(name), "zh") for name in table.row_key)
        while key in found:
            key = (*key, "")
        found[key] = row
    return found


def _text(field: Field, row: Row | None, lang: str = "zh") -> str:
    text = shown(field.key, row.get(field.key), lang) if row else ""
    return "" if field.seldom and text == "0" else text


def _difference(
    key: str, label: str, label_en: str, field: Field, old: Any, new: Any, departments: tuple[str, ...]
) -> Difference:
    texts = [shown(field.key, value, lang) for lang in ("zh", "en") for value in (old, new)]
    return _made(key, label, label_en, texts, departments)


def _made(key: str, label: str, label_en: str, texts: list[str], departments: tuple[str, ...]) -> Difference:
    """`texts`: old and new in Chinese, then in English."""
    old, new, old_en, new_en = texts
    return Difference(key, label, label_en, old, new, old_en, new_en, departments)


def _rows(table: Table, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Difference]:
    before, after = keyed(table, old), keyed(table, new)
    for key in dict.fromkeys([*before, *after]):
        was, now = before.get(key), after.get(key)
        name = " ".join(part for part in key if part)
        name_en = _name(table, was or now or {}, "en")
        if was is None or now is None:
            texts = [_row_text(table, row, lang) for lang in ("zh", "en") for row in (was, now)]
            concerned = _concerned(table, table.columns, was, now)
            yield _made(
                f"{table.key}:{name}", f"{table.zh} {name}", f"{table.en} {name_en}", texts, concerned
            )
            continue
        for column in table.columns:
            if _text(column, was) != _text(column, now):
                yield _difference(
                    f"{table.key}:{name}:{column.key}",
                    f"{name} {column.zh}",
                    f"{name_en} {column.en}",
                    column,
                    was.get(column.key),
                    now.get(column.key),
                    _concerned(table, (column,), was, now),
                )


def _concerned(table: Table, columns: Sequence[Field], *rows: Row | None) -> tuple[str, ...]:
    if table.own_departments:
        named: dict[str, None] = {}
        for row in rows:
            given = (row or {}).get(table.own_departments) or ()
            named.update(dict.fromkeys([given] if isinstance(given, str) else given))
        return tuple(named) or table.departments
    filled = [column for column in columns if any(_text(column, row) for row in rows)]
    return tuple(dict.fromkeys(name for column in filled for name in column.departments))


def _name(table: Table, row: Row, lang: str) -> str:
    return " ".join(text for name in table.row_key if (text := shown(name, row.get(name), lang)))


def _row_text(table: Table, row: Row | None, lang: str) -> str:
    rest = [column for column in table.columns if column.key not in table.row_key]
    if row is None:
        return ""
    said = [text for column in rest if (text := _with_unit(column, row, lang))]
    return (", " if lang == "en" else "，").join(said) or ("yes" if lang == "en" else "有")


def lines_for(kind: str, content: Row, department: str, *, lang: str) -> list[Line]:
    """The lines of a paper that concern this department, in its reader's language; everything for sales."""
    lang, found = ("en" if lang.startswith("en") else "zh"), []
    for part in FORMS[kind].parts:
        if isinstance(part, Table):
            for row in content.get(part.key) or []:
                found += _line_of(part, row, department, lang)
            continue
        found += [
            Line(field.label(lang), value)
            for field in part
            if _for(field, department) and (value := shown(field.key, content.get(field.key), lang))
        ]
    return found


def _for(field: Field, department: str) -> bool:
    return department == "sales" or department in field.departments


def _line_of(table: Table, row: Row, department: str, lang: str) -> list[Line]:
    if (
        table.own_departments
        and department != "sales"
        and department not in _concerned(table, table.columns, row)
    ):
        return []
    columns = [column for column in table.columns if _for(column, department)]
    if not any(column.key not in table.row_key for column in columns):
        return []
    if table.key == "items":
        return [
            Line(
                in_language(row, "field", lang),
                f"{in_language(row, 'old', lang)} → {in_language(row, 'new', lang)}",
            )
        ]
    head = [text for column in columns if column.key in table.row_key if (text := _text(column, row, lang))]
    rest = [
        text
        for column in columns
        if column.key not in table.row_key
        if (text := _with_unit(column, row, lang))
    ]
    return [Line(" ".join(head), (", " if lang == "en" else "，").join(rest))]


def in_language(row: Row, key: str, lang: str) -> str:
    """A text that a row may carry in English beside the Chinese one."""
    return str((row.get(f"{key}_en") if lang == "en" else "") or row.get(key) or "")


def _with_unit(column: Field, row: Row, lang: str) -> str:
    value = _text(column, row, lang)
    return UNITS[column.key][lang == "en"].format(value) if value and column.key in UNITS else value
