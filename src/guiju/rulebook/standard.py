"""A standard: its clauses, compiled and indexed, with the cases that show them at work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from guiju.rulebook.clauses import Clause, Rule
from guiju.rulebook.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a text of the standard, and where."""

    file: str
    line: int
    message: str


class StandardError(ValueError):
    """The texts do not make a standard; `problems` says why, place by place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{one.file}:{one.line}: {one.message}" for one in self.problems))


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, facts in, duties or a verdict out."""

    clause: str
    says: str
    told: Mapping[str, Any]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class PostDuty:
    """What a post has to do by the manual, and what carries it: clauses, pages, papers, records; or training only."""

    id: str
    source: str
    text: Mapping[str, str]
    posts: tuple[str, ...]
    carried: Mapping[str, tuple[str, ...]]  # clauses | pages | papers | records -> names
    training: bool
    like: str  # carried in the same way as this other duty
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Bound:
    """A rule with the clause it stands in."""

    clause: Clause
    rule: Rule


@dataclass(frozen=True)
class Standard:
    """All clauses of an edition."""

    clauses: Mapping[str, Clause]
    cases: tuple[Case, ...] = ()
    post_duties: Mapping[str, PostDuty] = field(default_factory=dict)
    subject_kinds: frozenset[str] = frozenset()
    opening: Mapping[tuple[str, str], tuple[Bound, ...]] = field(default_factory=dict, repr=False)
    cadences: Mapping[str, tuple[Bound, ...]] = field(default_factory=dict, repr=False)
    gates: Mapping[str, tuple[Bound, ...]] = field(default_factory=dict, repr=False)
    papers: Mapping[str, tuple[Bound, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def from_toml_texts(cls, texts: Mapping[str, str], vocabulary: Vocabulary) -> Standard:
        """Read the texts of an edition (file name -> TOML). Raises StandardError with every problem found."""
        from guiju.rulebook.loading import read

        standard, problems = read(texts, vocabulary)
        if problems:
            raise StandardError(problems)
        return standard

    @classmethod
    def of(
        cls, clauses: Sequence[Clause], cases: Sequence[Case] = (), post_duties: Mapping[str, PostDuty] | None = None
    ) -> Standard:
        """Index the clauses by what opens, refuses or distributes."""
        opening: dict[tuple[str, str], list[Bound]] = {}
        cadences: dict[str, list[Bound]] = {}
        gates: dict[str, list[Bound]] = {}
        papers: dict[str, list[Bound]] = {}
        kinds = set()
        for clause in clauses:
            for rule in clause.rules:
                bound = Bound(clause, rule)
                if rule.kind == "gate":
                    gates.setdefault(rule.verb, []).append(bound)
                elif rule.kind == "distributes":
                    papers.setdefault(rule.paper, []).append(bound)
                if not rule.subject:
                    continue
                kinds.add(rule.subject)
                if rule.due is not None and rule.due.form in ("every", "yearly"):
                    cadences.setdefault(rule.subject, []).append(bound)
                    continue
                sliding = rule.due.after_last if rule.due is not None else None
                for kind in {
                    kind for trigger in (*rule.opens, *([sliding] if sliding else ())) for kind in trigger.own
                }:
                    opening.setdefault((rule.subject, kind), []).append(bound)
        return cls(
            clauses={clause.id: clause for clause in clauses},
            cases=tuple(cases),
            post_duties=dict(post_duties or {}),
            subject_kinds=frozenset(kinds),
            opening={key: tuple(found) for key, found in opening.items()},
            cadences={key: tuple(found) for key, found in cadences.items()},
            gates={key: tuple(found) for key, found in gates.items()},
            papers={key: tuple(found) for key, found in papers.items()},
        )


@dataclass(frozen=True, slots=True)
class Edition:
    """A standard as it is in force from a moment."""

    id: str
    effective_at: datetime
    standard: Standard


def in_force(editions: Sequence[Edition], at: datetime) -> Edition | None:
    """The edition in force at a moment, if any."""
    current: Edition | None = None
    for edition in editions:
        if edition.effective_at <= at and (current is None or edition.effective_at >= current.effective_at):
            current = edition
    return current
