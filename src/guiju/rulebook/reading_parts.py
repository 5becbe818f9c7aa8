"""Reads the parts of a rule (triggers, due, evidence) and notes every slip with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from guiju.rulebook import conditions, periods, spans
from guiju.rulebook.clauses import Due, Evidence, Grace, LateCase, Trigger, Where
from guiju.rulebook.places import Path, Places
from guiju.rulebook.standard import Problem
from guiju.rulebook.vocabulary import Vocabulary

T = TypeVar("T")
Table = Mapping[str, Any]
DAYS = ("any", "workday", "ordinary", "holiday", "weekend")
HOLIDAY = ("same", "next-workday", "previous-workday")
FORMS = {
    "within": {"within", "by", "calendar", "never_after"},
    "by": {"by", "late", "never_after", "calendar"},
    "anchor": {"anchor", "offset", "never_after", "calendar"},
    "every": {"every", "by", "while"},
    "after_last": {"after_last", "period", "by"},
    "when_reaches": {"when_reaches", "age", "by"},
    "yearly": {"yearly", "calendar", "offset", "by"},
}


@dataclass
class Reader:
    """One file being read."""

    file: str
    places: Places
    words: Vocabulary
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, path: Path, message: str) -> None:
        """Note a slip."""
        self.problems.append(Problem(self.file, self.places.of(path), message))

    def keys(self, table: Table, known: Iterable[str], path: Path) -> None:
        """Every key must be known."""
        known = set(known)
        for key in table:
            if key not in known:
                self.wrong((*path, key), f"unknown key {key!r}; known here: {', '.join(sorted(known))}")

    def read(self, path: Path, how: Callable[[Any], T], value: Any, default: T) -> T:
        """Read a value; what is wrong with it becomes a problem."""
        try:
            return how(value)
        except (ValueError, TypeError, AttributeError) as error:
            self.wrong(path, f"{path[-1]}: {error}")
            return default

    def text(self, table: Table, key: str, path: Path, default: str = "") -> str:
        """A text, or the default."""
        value = table.get(key, default)
        if not isinstance(value, str):
            self.wrong((*path, key), f"{key} must be text")
            return default
        return value

    def names(self, value: Any, path: Path) -> tuple[str, ...]:
        """One name or a list of names."""
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            self.wrong(path, f"{path[-1]} must be a name or a list of names")
            return ()
        return tuple(found)

    def one_of(self, value: Any, known: Iterable[str], what: str, path: Path) -> None:
        """A word of a list."""
        known = set(known)
        if value not in known:
            self.wrong(
                path,
                f"unknown {what} {value!r}"
                + (f"; known: {', '.join(sorted(known))}" if len(known) < 30 else ""),
            )

    def table(self, value: Any, path: Path) -> Table:
        """A table; anything else is a problem."""
        if isinstance(value, Mapping):
            return value
        self.wrong(path, f"{path[-1]} must be a table {{ … }}")
        return {}

    def listed(self, value: Any, path: Path) -> list[Any]:
        """A list; anything else is a problem."""
        if isinstance(value, list):
            return value
        self.wrong(path, f"{path[-1]} must be a list [ … ]")
        return []

    def where(self, value: Any, path: Path, attrs: Iterable[str] | None) -> Where:
        """Conditions; with `attrs`, only on these attributes."""
        known = None if attrs is None else set(attrs)
        out = []
        for name, wanted in self.table(value, path).items():
            if known is not None and name not in known:
                self.wrong((*path, name), f"no such attribute here: {name!r}")
            out.append((name, self.read((*path, name), conditions.test, wanted, lambda found: False)))
        return tuple(out)

    def attrs_of(self, subject: str) -> set[str]:
        """Attributes that any fact of a subject carries."""
        return {name for kind in self.words.kinds.values() if subject in kind.subjects for name in kind.attrs}

    def personal(self, subject: str) -> set[str]:
        return {
            name for kind in self.words.kinds.values() if subject in kind.subjects for name in kind.personal
        }

    def attr(self, name: Any, subject: str, path: Path) -> str:
        """An attribute that the subject's facts carry."""
        if not isinstance(name, str) or name not in self.attrs_of(subject):
            why = (
                "is personal: rules may not use it"
                if name in self.personal(subject)
                else "is carried by no fact"
            )
            self.wrong(path, f"the attribute {name!r} {why} of a {subject}")
        return str(name)

    def own(self, kinds: Iterable[str], subject: str, path: Path) -> dict[str, frozenset[str]]:
        """The kinds of fact with their attributes; each must be declared and speak of the subject."""
        out = {}
        for kind in kinds:
            known = self.words.kinds.get(kind)
            if known is None:
                self.wrong(path, f"no room declares the fact {kind!r}")
                continue
            if subject and subject not in known.subjects:
                self.wrong(
                    path,
                    f"the fact {kind!r} does not speak of a {subject} but of {', '.join(known.subjects)}",
                )
            out[kind] = frozenset(known.attrs)
        return out

    def trigger(self, value: Any, subject: str, path: Path, more: Iterable[str] = ()) -> Trigger:
        """{ on, where, days }."""
        table = {"on": value} if isinstance(value, (str, list)) else self.table(value, path)
        self.keys(table, {"on", "where", "days", *more}, path)
        if "on" not in table:
            self.wrong(path, f"{path[-1]} needs `on`: the fact it waits for")
        own = self.own(self.names(table.get("on", []), (*path, "on")), subject, (*path, "on"))
        days = self.text(table, "days", path, "any")
        self.one_of(days, DAYS, "sort of day", (*path, "days"))
        where = self.where(table.get("where", {}), (*path, "where"), self.attrs_of(subject)) if own else ()
        return Trigger(own, where, days)

    def triggers(self, value: Any, subject: str, path: Path) -> tuple[Trigger, ...]:
        """One trigger table or a list of them."""
        if isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            return tuple(self.trigger(one, subject, path) for one in value)
        return (self.trigger(value, subject, path),)

    def evidence(self, value: Any, subject: str, path: Path, before: bool) -> tuple[Evidence, ...]:
        """One `met` table or a list of them."""
        tables = value if isinstance(value, list) else [value]
        return tuple(self._evidence(self.table(one, path), subject, path, before) for one in tables)

    def _evidence(self, table: Table, subject: str, path: Path, before: bool) -> Evidence:
        more = ("undone_by", "all", "of", "count", "distinct", "outcome", "key", "before")
        self.keys(table, {"on", "where", "days", *more}, path)
        all_of = []
        for name in self.names(table.get("all", []), (*path, "all")):
            kind, _, part = name.rpartition(":")
            all_of.append((kind, part))
        on = table.get("on") or [kind for kind, _ in dict.fromkeys(all_of) if kind]
        given = {key: table[key] for key in ("where", "days") if key in table}
        trigger = self.trigger({"on": on, **given}, subject, path)
        undone = self.names(table.get("undone_by", []), (*path, "undone_by"))
        self.own(undone, subject, (*path, "undone_by"))
        for key in ("of", "distinct", "key"):
            if key in table:
                self.attr(table[key], subject, (*path, key))
        count = table.get("count", 1)
        if not isinstance(count, int) or count < 1:
            self.wrong((*path, "count"), "count is a number from 1")
            count = 1
        return Evidence(
            trigger,
            frozenset(undone),
            tuple(all_of),
            table.get("of", "department"),
            count,
            table.get("distinct"),
            table.get("outcome"),
            table.get("key"),
            bool(table.get("before", before)),
        )

    def grace(self, value: Any, subject: str, path: Path) -> Grace | None:
        """{ after, within, charge }."""
        table = self.table(value, path)
        self.keys(table, ("after", "within", "charge"), path)
        for key in ("after", "within", "charge"):
            if key not in table:
                self.wrong(path, f"grace needs `{key}`")
                return None
        self.one_of(table["charge"], self.owners(), "owner", (*path, "charge"))
        within = self.read((*path, "within"), spans.duration, table["within"], spans.Duration())
        return Grace(self.trigger(table["after"], subject, (*path, "after")), within.seconds, table["charge"])

    def owners(self) -> set[str]:
        """Posts, departments and roles."""
        return self.words.posts | self.words.departments | self.words.roles

    def due(self, value: Any, subject: str, path: Path) -> Due | None:
        """One of the forms of `due`."""
        table = self.table(value, path)
        form = next(
            (
                name
                for name in ("every", "after_last", "when_reaches", "yearly", "anchor", "within", "by")
                if name in table
            ),
            None,
        )
        if form is None:
            self.wrong(path, f"due needs one of {', '.join(FORMS)}")
            return None
        extra = {"for_each"} if form in ("within", "by", "anchor") else set()
        self.keys(table, FORMS[form] | {"holiday"} | extra, path)
        holiday, calendar = (
            self.text(table, "holiday", path, "same"),
            self.text(table, "calendar", path, "owner"),
        )
        self.one_of(holiday, HOLIDAY, "holiday rule", (*path, "holiday"))
        known = ("gregorian", "lunar") if form == "yearly" else ("owner", "hotel", "always")
        if "calendar" in table:
            self.one_of(calendar, known, "calendar", (*path, "calendar"))
        for key in ("never_after", "anchor", "when_reaches", "yearly", "for_each"):
            if key in table:
                self.attr(table[key], subject, (*path, key))
        every = self.text(table, "every", path)
        if every:
            self.read((*path, "every"), periods.parts_of, every, dict[str, str]())
        period, periods_by, given = self._period(table, subject, path)
        state = self.table(table.get("while", {}), (*path, "while"))
        self.keys(state, ("from", "to"), (*path, "while"))
        return Due(
            form,
            within=self._maybe(table, "within", spans.duration, path),
            calendar=calendar,
            by=self._maybe(table, "by", spans.clock, path),
            late=self._late(table, subject, path),
            never_after=table.get("never_after"),
            attr=str(table.get(form, "")),
            holiday=holiday,
            offset=self._maybe(table, "offset", spans.offset, path) or spans.Offset(),
            every=every,
            from_facts=self.trigger(state["from"], subject, (*path, "while")) if "from" in state else None,
            to_facts=self.trigger(state["to"], subject, (*path, "while")) if "to" in state else None,
            after_last=self.trigger(table["after_last"], subject, (*path, "after_last"))
            if form == "after_last"
            else None,
            period=period,
            period_given=given,
            periods=periods_by,
            age=self._maybe(table, "age", spans.duration, path),
            lunar=calendar == "lunar",
            for_each=table.get("for_each"),
        )

    def _maybe(self, table: Table, key: str, how: Callable[[Any], T], path: Path) -> T | None:
        return self.read((*path, key), how, table[key], None) if key in table else None

    def _period(
        self, table: Table, subject: str, path: Path
    ) -> tuple[spans.Duration | None, dict[str, spans.Duration], str | None]:
        value = table.get("period")
        if not isinstance(value, Mapping):
            return self._maybe(table, "period", spans.duration, path), {}, None
        given = self.attr(value.get("given"), subject, (*path, "period"))
        by = {
            name: self.read((*path, "period"), spans.duration, text, spans.Duration())
            for name, text in value.items()
            if name != "given"
        }
        return None, by, given

    def _late(self, table: Table, subject: str, path: Path) -> tuple[LateCase, ...]:
        out = []
        for one in self.listed(table.get("late", []), (*path, "late")):
            place = (*path, "late")
            case = self.table(one, place)
            self.keys(case, ("where", "within", "at"), place)
            where = self.where(case.get("where", {}), place, self.attrs_of(subject))
            within = self._maybe(case, "within", spans.duration, place)
            days, clock = "", None
            if "at" in case:
                days, _, at = str(case["at"]).rpartition(" ")
                clock = self.read(place, spans.clock, at, 0)
                self.one_of(days, ("", "next-day", "next-workday"), "day", place)
            elif within is None:
                self.wrong(place, "a late case needs `within` or `at`")
            out.append(LateCase(where, within.seconds if within else None, days, clock))
        return tuple(out)
