"""Every page, API operation and verb with the permission it declares: for `guiju routes` and the architecture tests."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver


def _pages(patterns: list[Any], prefix: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    for item in patterns:
        if isinstance(item, URLResolver):
            if str(item.pattern).startswith("api/"):
                continue
            inner = f"{space}{item.namespace}:" if item.namespace else space
            yield from _pages(item.url_patterns, prefix + str(item.pattern), inner)
        elif isinstance(item, URLPattern):
            yield prefix + str(item.pattern), f"{space}{item.name}", item.callback


def pages() -> list[dict[str, Any]]:
    """The pages."""
    return [
        {
            "kind": "page", "name": name, "path": "/" + path, "permission": getattr(view, "permission", None),
            "methods": list(getattr(view, "methods", ("GET", "POST"))),
        }
        for path, name, view in _pages(get_resolver().url_patterns)
    ]


def operations() -> list[dict[str, Any]]:
    """The API's operations."""
    from guiju.api.surface import api

    found = []
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    found.append(
                        {
                            "kind": "api", "name": f"{method} /api/v1{prefix}{path}", "path": f"/api/v1{prefix}{path}", "method": method,
                            "permission": getattr(operation.view_func, "permission", None),
                        }
                    )
    return found


def verbs() -> list[dict[str, Any]]:
    """The verbs of all rooms."""
    from guiju.logbook.verbs import verbs as declared

    for config in apps.get_app_configs():
        if config.name.startswith("guiju.") and find_spec(f"{config.name}.actions"):
            import_module(f"{config.name}.actions")
    return [{"kind": "verb", "name": name, "path": None, "permission": permission} for name, permission in sorted(declared.items())]


def everything() -> list[dict[str, Any]]:
    """Pages, operations and verbs."""
    return pages() + operations() + verbs()
