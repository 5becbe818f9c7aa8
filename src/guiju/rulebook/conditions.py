"""`where`: equality, and small tables that say more. Compiled once when a standard is loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from guiju.rulebook.clauses import Test, Where

OPERATORS = ("min", "max", "over", "under", "any", "not", "none", "has", "lacks", "given")


def plain(value: Any) -> Any:
    """A value as it compares: numbers as numbers, dates and moments as the text the logbook keeps."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float, Decimal)):
        return Decimal(str(value))
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value


def same(left: Any, right: Any) -> bool:
    """Equality that does not mind how a number or a date is carried; yes is not 1."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, str) and isinstance(right, (int, float, Decimal)):
        return number(left) == number(right)
    if isinstance(right, str) and isinstance(left, (int, float, Decimal)):
        return number(left) == number(right)
    return bool(plain(left) == plain(right))


def number(value: Any) -> Decimal | None:
    """A number, however it is carried; None if it is none."""
    if value is None or isinstance(value, bool):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def held(value: Any) -> Sequence[Any]:
    """The elements of a list attribute; a single value counts as a list of one."""
    if value is None:
        return ()
    return value if isinstance(value, (list, tuple)) else (value,)


def _compared(limit: Any, operator: str) -> Test:
    bound = number(limit)
    if bound is None:
        raise ValueError(f"{operator} needs a number")

    def fits(value: Any) -> bool:
        found = number(value)
        if found is None:
            return False
        if operator == "min":
            return found >= bound
        if operator == "max":
            return found <= bound
        return found > bound if operator == "over" else found < bound

    return fits


def _one(operator: str, wanted: Any) -> Test:
    if operator in ("min", "max", "over", "under"):
        return _compared(wanted, operator)
    if operator == "given":
        if not isinstance(wanted, bool):
            raise ValueError("given is true or false")
        return lambda value: (value not in (None, "", [])) is wanted
    if operator == "not":
        return lambda value: not same(value, wanted)
    several = wanted if isinstance(wanted, list) else [wanted]
    if operator == "any":
        return lambda value: any(same(value, one) for one in several)
    if operator == "none":
        return lambda value: not any(same(value, one) for one in several)
    if operator == "has":
        return lambda value: all(any(same(part, one) for part in held(value)) for one in several)
    return lambda value: not any(same(part, one) for part in held(value) for one in several)


def test(wanted: Any) -> Test:
    """The test of one attribute. Raises ValueError with what is wrong."""
    if not isinstance(wanted, Mapping):
        if isinstance(wanted, list):
            raise ValueError("a list must say how: { any = [..] }, { has = [..] }")
        return lambda value: same(value, wanted)
    unknown = sorted(set(wanted) - set(OPERATORS))
    if unknown or not wanted:
        raise ValueError(f"unknown comparison {', '.join(unknown) or '{}'}; known: {' '.join(OPERATORS)}")
    tests = [_one(operator, value) for operator, value in wanted.items()]
    return tests[0] if len(tests) == 1 else lambda value: all(fits(value) for fits in tests)


def fits(where: Where, attrs: Mapping[str, Any]) -> bool:
    """Whether a set of attributes fits."""
    return all(check(attrs.get(name)) for name, check in where)
