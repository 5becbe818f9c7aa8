"""The tables of a new installation in a third of the time.

While migrations are gone through, Django draws every model anew that hangs together with a changed one. Here all hang together through the
hotel, so each new table, index or constraint cost a drawing of all of them: 24 seconds at the first start, of which nobody had anything. These
three change no other model, so only their own is drawn. What comes out is the same (tests/cli/test_quick_tables.py); PostgreSQL's test
databases are made without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db.migrations.state import ModelState, ProjectState


def _add_model(self: ProjectState, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:  # type: ignore[attr-defined]  # its stubs know only what is public
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:
        self.apps.render_multiple([model_state])


def _append_option(self: ProjectState, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
    state = self.models[app_label, model_name]
    state.options[option_name] = [*state.options[option_name], obj]
    if "apps" in self.__dict__:
        with self.apps.bulk_update():
            self.apps.unregister_model(app_label, model_name)
        self.apps.render_multiple([state])


@contextmanager
def quickly() -> Iterator[None]:
    """Within it `migrate` goes through migrations this way."""
    with mock.patch.object(ProjectState, "add_model", _add_model), mock.patch.object(ProjectState, "_append_option", _append_option):
        yield


def migrate() -> None:
    """Bring the tables up to date."""
    from django.core.management import call_command

    with quickly():
        call_command("migrate", interactive=False, verbosity=0)
