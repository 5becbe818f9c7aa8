"""The smallest request that an operation's own description admits, and the hostile ones it must refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import UUID

from guiju.api.surface import api

PLACE = re.compile(r"\{(?:\w+:)?(\w+)\}")
NOBODY = str(UUID(int=1))


@cache
def described() -> dict[str, Any]:
    """The OpenAPI document."""
    return dict(api.get_openapi_schema())


def short(path: str) -> str:
    """/api/v1/clients/{uuidstr:pk} as /clients/{pk}."""
    return PLACE.sub(r"{\1}", path.removeprefix("/api/v1")) or "/"


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path below /api/v1 and description of every operation."""
    for path, methods in described()["paths"].items():
        for method, said in methods.items():
            yield method.upper(), short(path), said


def body_schema(said: dict[str, Any]) -> dict[str, Any] | None:
    """What an operation wants in its body, if anything."""
    content = said.get("requestBody", {}).get("content", {})
    found = content.get("application/json", {}).get("schema")
    return resolved(found) if found else None


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema itself behind a reference."""
    if "$ref" in schema:
        return resolved(described()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if len(schema.get("allOf", ())) == 1:
        return resolved(schema["allOf"][0])
    return schema


def sample(schema: dict[str, Any]) -> Any:
    """The smallest value of this shape."""
    schema = resolved(schema)
    if "default" in schema:
        return schema["default"]
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return sample(schema["anyOf"][0])
    kind = schema.get("type")
    if kind == "object":
        wanted = schema.get("required", ())
        return {name: sample(schema["properties"][name]) for name in wanted}
    if kind == "array":
        return [sample(schema["items"])] * schema.get("minItems", 0)
    if kind in ("integer", "number"):
        return schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
    if kind == "boolean":
        return True
    return _text(schema)


def _text(schema: dict[str, Any]) -> str:
    shaped = {"uuid": NOBODY, "date": "2026-12-01", "date-time": "2026-12-01T10:00:00+08:00", "time": "08:00:00"}
    found = shaped.get(schema.get("format", ""))
    if found:
        return found
    return "0" if "pattern" in schema else "x" * max(schema.get("minLength", 0), min(2, schema.get("maxLength", 2)))


HOSTILE: tuple[Any, ...] = (
    None, "", "x" * 100_000, "\ud800", "nul\x00", "=cmd|' /C calc'!A0", -1, 0, 10**30, -(10**30), 1e308, "NaN", "Infinity", "1e999999",
    "9999-12-31", "0001-01-01", "2100-12-31", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2026-12-01T10:00:00", True,
    [], {}, [None], {"a": {"b": []}}, [[]] * 50, "２０２６", "'; DROP TABLE x;--", "../../etc/passwd", "<script>", "%s%n{0}",
)


def hostile(schema: dict[str, Any], *, every: int = 1) -> Iterator[tuple[str, Any]]:
    """The sample with one field at a time made hostile; `every` nth value only, beginning elsewhere for each field."""
    whole = sample(schema)
    for place, name in enumerate(schema.get("properties", {})):
        for value in HOSTILE[(place + len(name)) % every :: every]:
            yield name, {**whole, name: value}
