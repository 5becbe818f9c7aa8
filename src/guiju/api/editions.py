"""Drafts of the standard for programs: clauses and their cases, proposing and deciding."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from guiju.api.doors import reads, step_of, version_of, writes
from guiju.api.edition_shapes import (
    ChangesIn,
    DraftClauseOut,
    DraftDecideIn,
    DraftFileIn,
    DraftIn,
    DraftLineOut,
    DraftOut,
    KeepIn,
    ProposeIn,
    SaysIn,
    TomlIn,
)
from guiju.api.problems import PROBLEMS
from guiju.api.shapes import DONE, Done, VersionIn, unpacked
from guiju.editions import actions, cases, differences, fields, queries
from guiju.editions.files import unpacked as texts_of
from guiju.editions.models import Draft
from guiju.editions.views.files import sent
from guiju.editions.wordings import clauses_of, newest, run_cases
from guiju.house.asking import Asked
from guiju.rulebook import editing
from guiju.shelf.errors import Missing

router = Router(tags=["standard"])


def _draft(request: Asked, pk: UUID) -> Draft:
    found: Draft = Draft.objects.select_related("base", "hotel").pick(request.actor.hotel_id, pk)
    return found


def _lines(parts: tuple[differences.Part, ...]) -> list[dict[str, str]]:
    return [{"what": line.what, "old": line.old, "new": line.new} for part in parts for line in part.lines]


def _cases(row: Draft, clause: str = "", *, failing: bool = False) -> list[dict[str, Any]]:
    places: dict[str, int] = {}
    out = []
    for one in run_cases(row.texts, clause):
        number = places[one.case.clause] = places.get(one.case.clause, -1) + 1
        if failing and one.holds:
            continue
        found = [{"what": vs.what, "expected": vs.wanted, "derived": vs.found} for vs in cases.differences(one)]
        out.append({"clause": one.case.clause, "number": number, "says": one.case.says, "holds": one.holds, "differences": found})
    return out


def _line(row: Draft, latest: Any = None) -> dict[str, Any]:
    last = latest if latest is not None else newest(row.hotel_id, row.standard)
    return {
        "id": str(row.pk), "title": row.title, "state": row.state, "version": row.version, "base": row.base.number,
        "behind": row.waiting and last is not None and last.pk != row.base_id,
        "effective_at": row.effective_at.isoformat() if row.effective_at else None,
        "words": row.words,
    }


def _whole(row: Draft) -> dict[str, Any]:
    proof = queries.proof_of(row.texts)
    changes = [
        {
            "clause": one.clause, "state": one.state, "text": one.title, "lines": _lines(one.parts),
            "cases": [{"state": case.state, "old": case.old_says, "new": case.new_says,
            "lines": [_line_out(line) for line in case.lines]} for case in one.cases],
        }
        for one in differences.compare(row.base.texts, row.texts)
    ]
    return {
        **_line(row), "changes": changes, "cases_run": proof.run, "failing": _cases(row, failing=True),
        "problems": [f"{one.file}:{one.line}: {one.message}" for one in proof.problems],
    }


def _line_out(line: differences.Line) -> dict[str, str]:
    return {"what": line.what, "old": line.old, "new": line.new}


def _clause(row: Draft, clause: str) -> dict[str, Any]:
    told, place = clauses_of(row.texts).get(clause), editing.place_of(row.texts, clause)
    if told is None or place is None:
        raise Missing("no such clause in this draft")
    return {
        "clause": clause, "version": row.version, "toml": editing.block(row.texts[place.file], place),
        "fields": [{"path": one.path, "label": one.label, "kind": one.kind,
        "value": one.value} for one in fields.every(fields.of_clause(told)).values()],
        "cases": _cases(row, clause),
    }


@router.get("/drafts", response={200: list[DraftLineOut], **PROBLEMS})
@reads("standard.drafts")
def drafts(request: Asked) -> Any:
    """The drafts in work and those that wait for approval."""
    latest = newest(request.hotel.pk)
    return [_line(line.row, latest) for line in queries.draft_lines(request.hotel.pk)]


@router.post("/drafts", response={200: DraftOut, **PROBLEMS})
@writes("standard.edit")
def begin_draft(request: Asked, data: DraftIn) -> Any:
    """Begin a draft from the newest edition (manual.versions)."""
    return _whole(actions.begin_draft(request.hotel, title=data.title, **step_of(request)))


@router.post("/drafts/import", response={200: DraftOut, **PROBLEMS})
@writes("standard.edit")
def import_draft(request: Asked, data: DraftFileIn) -> Any:
    """Begin a draft from a file; what makes no sense is named with file and line and nothing is kept."""
    texts = texts_of(data.name, unpacked("content", data.content))
    return _whole(actions.import_draft(request.hotel, title=data.title, texts=texts, **step_of(request)))


@router.get("/drafts/{uuid:pk}", response={200: DraftOut, **PROBLEMS})
@reads("standard.drafts")
def draft(request: Asked, pk: UUID) -> Any:
    """A draft with what it changes and how its cases stand."""
    return _whole(_draft(request, pk))


@router.get("/drafts/{uuid:pk}/file")
@reads("standard.drafts")
def draft_file(request: Asked, pk: UUID, form: Literal["zip", "toml"] = "zip") -> HttpResponse:
    """A draft as files."""
    return sent(_draft(request, pk).texts, form, "draft")


@router.post("/drafts/{uuid:pk}/propose", response={200: DraftOut, **PROBLEMS})
@writes("standard.edit")
def propose(request: Asked, pk: UUID, data: ProposeIn) -> Any:
    """Ask the general manager to put it in force from a moment on."""
    row = _draft(request, pk)
    return _whole(actions.propose(row, effective_at=data.effective_at, version=version_of(request, data.version), **step_of(request)))


@router.post("/drafts/{uuid:pk}/take-back", response={200: DraftOut, **PROBLEMS})
@writes("standard.edit")
def take_back(request: Asked, pk: UUID) -> Any:
    """Take a proposal back into work."""
    return _whole(actions.take_back(_draft(request, pk), **step_of(request)))


@router.post("/drafts/{uuid:pk}/decide", response={200: DraftOut, **PROBLEMS})
@writes("standard.approve")
def decide(request: Asked, pk: UUID, data: DraftDecideIn) -> Any:
    """Approve what another person proposed, or return it with a reason."""
    row, version = _draft(request, pk), version_of(request, data.version)
    if data.approve:
        actions.approve(row, version=version, **step_of(request))
    else:
        actions.return_draft(row, reason=data.words, version=version, **step_of(request))
    return _whole(_draft(request, pk))


@router.post("/drafts/{uuid:pk}/drop", response={200: Done, **PROBLEMS})
@writes("standard.edit")
def drop(request: Asked, pk: UUID) -> Any:
    """Give a draft up."""
    actions.drop_draft(_draft(request, pk), **step_of(request))
    return DONE


@router.post("/drafts/{uuid:pk}/newer", response={200: DraftOut, **PROBLEMS})
@writes("standard.edit")
def newer(request: Asked, pk: UUID, data: KeepIn) -> Any:
    """Put the draft onto the edition approved meanwhile."""
    row = _draft(request, pk)
    return _whole(actions.take_in_newer(row, keep=data.keep, version=version_of(request, data.version), **step_of(request)))


@router.post("/drafts/{uuid:pk}/clauses", response={200: DraftOut, **PROBLEMS})
@writes("standard.edit")
def add_clause(request: Asked, pk: UUID, data: TomlIn) -> Any:
    """Add a clause of the hotel's own."""
    return _whole(actions.add_clause(_draft(request, pk), toml=data.toml, version=version_of(request, data.version), **step_of(request)))


@router.get("/drafts/{uuid:pk}/clauses/{clause}", response={200: DraftClauseOut, **PROBLEMS})
@reads("standard.drafts")
def clause(request: Asked, pk: UUID, clause: str) -> Any:
    """A clause of a draft: its fields, its text, its cases run now."""
    return _clause(_draft(request, pk), clause)


@router.patch("/drafts/{uuid:pk}/clauses/{clause}", response={200: DraftClauseOut, **PROBLEMS})
@writes("standard.edit")
def change_clause(request: Asked, pk: UUID, clause: str, data: ChangesIn) -> Any:
    """Change fields of a clause; the answer has its cases run."""
    row, version = _draft(request, pk), version_of(request, data.version)
    return _clause(actions.change_clause(row, clause=clause, changes=data.changes, version=version, **step_of(request)), clause)


@router.put("/drafts/{uuid:pk}/clauses/{clause}", response={200: DraftClauseOut, **PROBLEMS})
@writes("standard.edit")
def rewrite_clause(request: Asked, pk: UUID, clause: str, data: TomlIn) -> Any:
    """Change the whole clause as its TOML."""
    row, version = _draft(request, pk), version_of(request, data.version)
    return _clause(actions.rewrite_clause(row, clause=clause, toml=data.toml, version=version, **step_of(request)), clause)


@router.post("/drafts/{uuid:pk}/clauses/{clause}/restore", response={200: DraftOut, **PROBLEMS})
@writes("standard.edit")
def restore_clause(request: Asked, pk: UUID, clause: str, data: VersionIn) -> Any:
    """Put a clause back as the edition has it."""
    return _whole(actions.restore_clause(_draft(request, pk), clause=clause, version=version_of(request, data.version), **step_of(request)))


@router.post("/drafts/{uuid:pk}/clauses/{clause}/remove", response={200: DraftOut, **PROBLEMS})
@writes("standard.edit")
def remove_clause(request: Asked, pk: UUID, clause: str, data: VersionIn) -> Any:
    """Take a clause out of the draft."""
    return _whole(actions.remove_clause(_draft(request, pk), clause=clause, version=version_of(request, data.version), **step_of(request)))


@router.patch("/drafts/{uuid:pk}/clauses/{clause}/cases/{int:number}", response={200: DraftClauseOut, **PROBLEMS})
@writes("standard.edit")
def change_case(request: Asked, pk: UUID, clause: str, number: int, data: ChangesIn) -> Any:
    """Change a case of a clause."""
    row, version = _draft(request, pk), version_of(request, data.version)
    return _clause(actions.change_case(row, clause=clause, number=number, changes=data.changes, version=version, **step_of(request)), clause)


@router.post("/drafts/{uuid:pk}/clauses/{clause}/cases/{int:number}/expect", response={200: DraftClauseOut, **PROBLEMS})
@writes("standard.edit")
def expect_derived(request: Asked, pk: UUID, clause: str, number: int, data: VersionIn) -> Any:
    """Let a case expect what the clause now gives."""
    row, version = _draft(request, pk), version_of(request, data.version)
    return _clause(actions.expect_derived(row, clause=clause, number=number, version=version, **step_of(request)), clause)


@router.post("/drafts/{uuid:pk}/clauses/{clause}/cases/{int:number}/copy", response={200: DraftClauseOut, **PROBLEMS})
@writes("standard.edit")
def copy_case(request: Asked, pk: UUID, clause: str, number: int, data: SaysIn) -> Any:
    """Write a case once more, under another sentence."""
    row, version = _draft(request, pk), version_of(request, data.version)
    return _clause(actions.copy_case(row, clause=clause, number=number, says=data.says, version=version, **step_of(request)), clause)


@router.post("/drafts/{uuid:pk}/clauses/{clause}/cases/{int:number}/remove", response={200: DraftClauseOut, **PROBLEMS})
@writes("standard.edit")
def remove_case(request: Asked, pk: UUID, clause: str, number: int, data: VersionIn) -> Any:
    """Take a case out; a clause keeps at least three."""
    row, version = _draft(request, pk), version_of(request, data.version)
    return _clause(actions.remove_case(row, clause=clause, number=number, version=version, **step_of(request)), clause)
