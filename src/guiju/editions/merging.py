"""Two drafts of one edition: whose clauses both changed, and the one put onto the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from guiju.editions.wordings import changed_clauses, clauses_of
from guiju.rulebook import editing


def changed_twice(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Clauses that both changed, and not to the same."""
    ours, others = clauses_of(mine), clauses_of(theirs)
    both = set(changed_clauses(base, theirs))
    return [name for name in changed_clauses(base, mine) if name in both and ours.get(name) != others.get(name)]


def merged(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str], keep_theirs: Collection[str]) -> dict[str, str]:
    """Their texts with my changed clauses in them, except those that stay theirs."""
    texts = dict(theirs)
    for name in changed_clauses(base, mine):
        if name not in keep_theirs:
            texts = with_clause_of(texts, mine, name)
    return texts


def with_clause_of(texts: Mapping[str, str], source: Mapping[str, str], name: str) -> dict[str, str]:
    """The texts with one clause as another text has it: changed, added, or taken out."""
    out = dict(texts)
    here, there = editing.place_of(texts, name), editing.place_of(source, name)
    if there is None:
        if here is not None:
            out[here.file] = editing.with_block(texts[here.file], here, "")
        return out
    block = editing.block(source[there.file], there)
    if there.path == ():  # a file of its own
        out[there.file] = source[there.file]
    elif here is not None:
        out[here.file] = editing.with_block(texts[here.file], here, block)
    elif there.file in texts:
        out[there.file] = editing.with_clause(texts[there.file], block)
    else:
        out[there.file] = block + "\n"
    return out
