"""Addresses whose code is loaded when one of them is asked for.

Django gathers every address of the site for the first link on a page; the schemas of the programs' entrance take a second or two of that, which
the first visitor after a start would wait for.
"""

from __future__ import annotations

from typing import Any

from django.urls import URLResolver
from django.utils.translation import get_language


class Later(URLResolver):
    """A part of the site, with a namespace of its own, that is left out when the addresses of the others are gathered."""

    def _populate(self) -> None:
        """Asked by the site's own resolver: its name and its beginning are all that it needs to know of this part."""

    def _gather(self) -> None:
        if get_language() not in self._reverse_dict:  # type: ignore[attr-defined]  # as the properties below: not in the stubs
            super()._populate()  # type: ignore[misc]  # as above

    @property
    def reverse_dict(self) -> Any:
        """Name -> addresses."""
        self._gather()
        return super().reverse_dict

    @property
    def namespace_dict(self) -> Any:
        """Namespaces within it."""
        self._gather()
        return super().namespace_dict

    @property
    def app_dict(self) -> Any:
        """Applications within it."""
        self._gather()
        return super().app_dict

    def _reverse_with_prefix(self, *names: Any, **more: Any) -> Any:
        self._gather()
        return super()._reverse_with_prefix(*names, **more)  # type: ignore[misc]  # as above
