"""What can be said in a clause: the kinds of fact, their attributes, the verbs, needs and effects.

Each room declares its own words in its `facts.py`; a clause that uses an unknown word is refused
when the standard is loaded, so a typing slip can never quietly mean "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

AttrType = Literal["text", "number", "yesno", "date", "moment", "list"]


@dataclass(frozen=True, slots=True)
class FactKind:
    """One kind of fact: the subjects it speaks of and the attributes it carries."""

    name: str
    subjects: tuple[str, ...]
    attrs: Mapping[str, AttrType] = field(default_factory=dict)
    personal: Mapping[str, AttrType] = field(default_factory=dict)
    zh: str = ""
    en: str = ""
    attested: bool = False  # it rests on the word of whoever notes it; the work itself leaves no other trace


@dataclass(frozen=True, slots=True)
class Verb:
    """A step a gate may refuse; `needs`: yes/no facts a rule may ask for; `attrs`: what `where` may use."""

    name: str
    needs: tuple[str, ...] = ()
    attrs: Mapping[str, AttrType] = field(default_factory=dict)
    zh: str = ""
    en: str = ""


class Posts(set[str]):
    """Names of posts. Given as a mapping post -> (department, …), each one's department is kept beside it."""

    def __init__(self, given: Iterable[str] = ()) -> None:
        super().__init__()
        self.departments: dict[str, str] = {}
        self.update(given)

    def update(self, *others: Iterable[str]) -> None:
        for other in others:
            super().update(other)
            if isinstance(other, Mapping):
                self.departments.update({post: told[0] for post, told in other.items()})


class UnknownWord(LookupError):
    """A clause or a verb used a word that no room declares."""


class Vocabulary:
    """All words of an installation, gathered from the rooms."""

    def __init__(
        self,
        kinds: Iterable[FactKind] = (),
        verbs: Iterable[Verb] = (),
        effects: Iterable[str] = (),
        posts: Iterable[str] = (),
        departments: Iterable[str] = (),
        roles: Iterable[str] = (),
        figures: Iterable[str] = (),
        lists: Iterable[str] = (),
        papers: Iterable[str] = (),
        pages: Iterable[str] = (),
        records: Iterable[str] = (),
    ) -> None:
        self.kinds: dict[str, FactKind] = {}
        self.verbs: dict[str, Verb] = {}
        self.effects: set[str] = set(effects)
        self.posts: Posts = Posts(posts)
        self.departments: set[str] = set(departments)
        self.roles: set[str] = set(roles)
        self.figures: set[str] = set(figures)
        self.lists: set[str] = set(lists)
        self.papers: set[str] = set(papers)
        self.pages: set[str] = set(pages)
        self.records: set[str] = set(records)
        self.add(*kinds)
        for verb in verbs:
            self.add_verb(verb)

    def add(self, *kinds: FactKind) -> None:
        for kind in kinds:
            if kind.name in self.kinds and self.kinds[kind.name] != kind:
                raise ValueError(f"fact kind {kind.name} is declared twice")
            self.kinds[kind.name] = kind

    def add_verb(self, verb: Verb) -> None:
        if verb.name in self.verbs and self.verbs[verb.name] != verb:
            raise ValueError(f"verb {verb.name} is declared twice")
        self.verbs[verb.name] = verb

    def kind(self, name: str) -> FactKind:
        try:
            return self.kinds[name]
        except KeyError:
            raise UnknownWord(f"no room declares the fact {name!r}") from None
