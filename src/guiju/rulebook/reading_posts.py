"""Reads what the posts have to do by the manual, and what in the system carries each of these duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guiju.rulebook.places import Path
from guiju.rulebook.reading_parts import Reader
from guiju.rulebook.standard import PostDuty, Problem

KEYS = ("id", "source", "text", "posts", "carried", "training", "like")
CARRIERS = ("clauses", "pages", "papers", "records")


def read_post_duty(reader: Reader, table: Mapping[str, Any], path: Path, found: dict[str, PostDuty]) -> None:
    """One [[post_duty]]; a slip is named with its place."""
    reader.keys(table, KEYS, path)
    name = reader.text(table, "id", path)
    if not name:
        reader.wrong(path, "a duty of a post needs an id")
    elif name in found:
        reader.wrong((*path, "id"), f"the duty {name!r} stands here twice")
    text = reader.table(table.get("text", {}), (*path, "text"))
    for lang in ("zh", "en"):
        if not str(text.get(lang, "")).strip():
            reader.wrong((*path, "text"), f"the text is missing in {lang}")
    posts = reader.names(table.get("posts", []), (*path, "posts"))
    if not posts:
        reader.wrong((*path, "posts"), "a duty of a post says whose it is: posts")
    for post in posts:
        reader.one_of(post, reader.words.posts, "post", (*path, "posts"))
    carried = _carried(reader, table, path)
    training, like = table.get("training", False), reader.text(table, "like", path)
    if not isinstance(training, bool):
        reader.wrong((*path, "training"), "training is true or false")
    if sum((bool(carried), training is True, bool(like))) != 1:
        reader.wrong(path, "say one of: carried (by what), training = true, like (another duty)")
    found[name] = PostDuty(
        name,
        reader.text(table, "source", path),
        dict(text),
        posts,
        carried,
        training is True,
        like,
        reader.file,
        reader.places.of(path),
    )


def _carried(reader: Reader, table: Mapping[str, Any], path: Path) -> dict[str, tuple[str, ...]]:
    given, place = reader.table(table.get("carried", {}), (*path, "carried")), (*path, "carried")
    reader.keys(given, CARRIERS, place)
    out = {key: reader.names(given[key], (*place, key)) for key in CARRIERS if given.get(key)}
    for key, known in (("pages", reader.words.pages), ("papers", reader.words.papers), ("records", reader.words.records)):
        for name in out.get(key, ()) if known else ():
            reader.one_of(name, known, key.removesuffix("s"), (*place, key))
    return out


def check_references(duties: Mapping[str, PostDuty], clauses: Iterable[str]) -> list[Problem]:
    """Clauses and duties that are named and do not exist, and duties that refer to each other in a circle."""
    known, out = set(clauses), []
    for duty in duties.values():
        for name in duty.carried.get("clauses", ()):
            if name not in known:
                out.append(Problem(duty.file, duty.line, f"{duty.id}: no such clause: {name!r}"))
        if not duty.like:
            continue
        if duty.like not in duties:
            out.append(Problem(duty.file, duty.line, f"{duty.id}: no such duty: {duty.like!r}"))
        elif _circle(duties, duty):
            out.append(Problem(duty.file, duty.line, f"a circle: {duty.id!r} is carried like {duty.like!r}, and that like this"))
    return out


def _circle(duties: Mapping[str, PostDuty], duty: PostDuty) -> bool:
    seen, at = {duty.id}, duty.like
    while at in duties and duties[at].like:
        if at in seen:
            return True
        seen.add(at)
        at = duties[at].like
    return at in seen


def carriers(duties: Mapping[str, PostDuty], duty: PostDuty) -> PostDuty:
    """The duty that says what carries this one: itself, or the one it is like."""
    seen = set()
    while duty.like and duty.like in duties and duty.id not in seen:
        seen.add(duty.id)
        duty = duties[duty.like]
    return duty
