"""An edition out as a file and in from one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.duties.models import Edition
from guiju.editions import actions, queries
from guiju.editions.files import single, unpacked, zipped
from guiju.editions.views.common import draft_of, step, to
from guiju.house.asking import Asked
from guiju.house.doors import answer_once, page
from guiju.shelf.errors import Invalid, Missing


def sent(texts: dict[str, str], form: str, name: str) -> HttpResponse:
    """The texts as a zip or as one file. Raises Missing for another form."""
    if form not in ("zip", "toml"):
        raise Missing("no such form")
    content = zipped(texts) if form == "zip" else single(texts)
    response = HttpResponse(content, content_type="application/zip" if form == "zip" else "application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@page("standard.view", methods=("GET",))
def edition_file(request: Asked, pk: UUID, form: str) -> HttpResponse:
    """An edition as files."""
    row = Edition.objects.pick(request.actor.hotel_id, pk)
    return sent(row.texts, form, f"{row.standard}-{request.hotel.code}-{row.number}")


@page("standard.drafts", methods=("GET",))
def draft_file(request: Asked, pk: UUID, form: str) -> HttpResponse:
    """A draft as files."""
    row = draft_of(request, pk)
    return sent(row.texts, form, f"{row.standard}-{request.hotel.code}-draft")


@page("standard.edit", once=False)
def bring(request: Asked) -> HttpResponse:
    """A file of an edition: looked through, and taken in as a draft; never in force at once."""
    if request.method != "POST":
        return _form(request)
    title, file = request.POST.get("title", ""), request.FILES.get("file")
    try:
        if file is None or isinstance(file, list):
            raise Invalid(errors={"file": [_("Choose a file.")]})
        texts = unpacked(file.name or "", file.read())
        if request.POST.get("check"):
            proof = queries.proof_of(texts)
            said = [f"{one.file}:{one.line}: {one.message}" for one in proof.problems] + [str(one.failure) for one in proof.failing]
            return _form(request, said=said, run=proof.run)
    except Invalid as wrong:
        return _form(request, wrong.errors)

    def take() -> HttpResponse:
        try:
            row = actions.import_draft(request.hotel, title=title, texts=texts, **step(request))
        except Invalid as wrong:
            return _form(request, wrong.errors)
        messages.success(request, _("Taken in as a draft."))
        return to("draft", row.pk)

    return answer_once(request, take)


def _form(request: Asked, errors: dict[str, list[str]] | None = None, *, said: list[str] | None = None, run: int = 0) -> HttpResponse:
    context = {"errors": errors or {}, "asked": request.POST, "said": said, "run": run}
    return render(request, "editions/import.html", context, status=422 if errors else 200)
