"""The steps on one file: put a row right, set rows aside, apply, undo, drop."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiju.clients.views.files import step_of
from guiju.history import actions
from guiju.history.fields import FIELDS
from guiju.history.views.batches import pick, shown, to_file
from guiju.house.asking import Asked
from guiju.house.doors import page
from guiju.shelf.errors import Invalid


@page("history.import", methods=("POST",))
def row(request: Asked, pk: UUID, row: int) -> HttpResponse:
    """Put a row right where it stands, or set it aside, or take it back."""
    batch = pick(request, pk)
    if "aside" in request.POST:
        actions.set_aside(batch, row_numbers=[row], **step_of(request))
        return to_file(batch, "#rows")
    if "back" in request.POST:
        actions.take_back(batch, row_numbers=[row], **step_of(request))
        return to_file(batch, "?show=aside#rows")
    values = {key: str(request.POST[f"v_{key}"]) for key in FIELDS if f"v_{key}" in request.POST}
    try:
        many = actions.correct_row(batch, row_number=row, values=values, everywhere="everywhere" in request.POST, **step_of(request))
    except Invalid as wrong:
        return shown(request, batch, errors=wrong.errors, typed=(row, values), status=422)
    messages.success(request, ngettext("%(many)s row put right.", "%(many)s rows put right.", many) % {"many": many})
    return to_file(batch, "#rows")


@page("history.import", methods=("POST",))
def aside(request: Asked, pk: UUID) -> HttpResponse:
    """Set all rows with errors aside, or take all of them back."""
    batch = pick(request, pk)
    if "back" in request.POST:
        actions.take_back(batch, **step_of(request))
    else:
        actions.set_aside(batch, **step_of(request))
    return to_file(batch, "#rows")


@page("history.import", methods=("POST",))
def apply(request: Asked, pk: UUID) -> HttpResponse:
    """Let the whole file count."""
    batch = pick(request, pk)
    try:
        actions.apply_batch(batch, **step_of(request))
    except Invalid as wrong:
        return shown(request, batch, errors=wrong.errors, status=422)
    return to_file(batch)


@page("history.import", methods=("POST",))
def undo(request: Asked, pk: UUID) -> HttpResponse:
    """Take the whole batch out again."""
    batch = pick(request, pk)
    actions.undo_batch(batch, **step_of(request))
    messages.success(request, _("Undone: none of it counts any more."))
    return to_file(batch)


@page("history.import", methods=("POST",))
def drop(request: Asked, pk: UUID) -> HttpResponse:
    """Give the file up."""
    batch = pick(request, pk)
    actions.drop_batch(batch, **step_of(request))
    messages.success(request, _("Dropped: nothing of it was taken."))
    return to_file(batch)
