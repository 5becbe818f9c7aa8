"""Copies as sheets, for the screen and for print: one definition serves both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from guiju.house.facts import DEPARTMENTS
from guiju.house.models import Hotel
from guiju.papers.forms import FORMS, Sheet, sheet, shown
from guiju.papers.models import Copy, Receipt, Revision
from guiju.papers.printing import render

Before = dict[tuple[Any, int], Any]


def sheet_of(
    copy: Copy,
    *,
    hotel: Hotel,
    lang: str,
    revision: Revision | None = None,
    before: Before | None = None,
    signed: dict[Any, Receipt] | None = None,
) -> Sheet:
    """The layout of one copy: content, what the last revision changed, its number among the copies, its QR address.

    `revision` shows another revision of the same paper, which is nobody's copy. `before` and `signed` spare the
    queries where the caller knows them.
    """
    shown_one = revision or copy.revision
    before = _before([shown_one]) if before is None else before
    if revision is not None and revision.pk != copy.revision_id:
        return _laid(copy.paper.kind, shown_one, before, hotel, lang)
    return _as_copy(copy, before, _signatures([copy]) if signed is None else signed, hotel, lang)


def sheets_of(copies: Iterable[Copy], *, hotel: Hotel, lang: str) -> list[Sheet]:
    """All these copies as sheets: two queries, however many there are."""
    copies = list(copies)
    before, signed = _before(copy.revision for copy in copies), _signatures(copies)
    return [_as_copy(copy, before, signed, hotel, lang) for copy in copies]


def pdf_of(copies: list[Copy], *, hotel: Hotel, lang: str) -> bytes:
    """All these copies in one PDF, each on its own page."""
    return render(sheets_of(copies, hotel=hotel, lang=lang))


def _before(revisions: Iterable[Revision]) -> Before:
    wanted = {(one.paper_id, one.number - 1) for one in revisions if one.number > 1}
    if not wanted:
        return {}
    which = Q()
    for paper, number in wanted:
        which |= Q(paper=paper, number=number)
    rows = Revision.objects.filter(which).values_list("paper_id", "number", "content")
    return {(paper, number): content for paper, number, content in rows}


def _signatures(copies: list[Copy]) -> dict[Any, Receipt]:
    ids = [copy.carried_from_id or copy.pk for copy in copies if copy.signed_at or copy.carried_from_id]
    rows = Receipt.objects.filter(copy__in=ids, what="signed").order_by("recorded_at") if ids else ()
    return {row.copy_id: row for row in rows}


def _laid(kind: str, revision: Revision, before: Before, hotel: Hotel, lang: str) -> Sheet:
    if not FORMS[kind].signed:
        lang = str(
            revision.content.get("lang") or lang
        )  # a letter speaks the client's language, not its printer's
    name = hotel.name_en if lang.startswith("en") and hotel.name_en else hotel.name
    laid = sheet(
        kind,
        revision.content,
        lang=lang,
        old=before.get((revision.paper_id, revision.number - 1)),
        hotel_name=name,
    )
    return replace(laid, issued_at=_said(revision.issued_at, hotel, laid.lang))


def _as_copy(copy: Copy, before: Before, signed: dict[Any, Receipt], hotel: Hotel, lang: str) -> Sheet:
    laid = _laid(copy.paper.kind, copy.revision, before, hotel, lang)
    department = DEPARTMENTS.get(copy.department, (copy.department,) * 2)[laid.lang == "en"]
    receipt = signed.get(copy.carried_from_id or copy.pk)
    signature = f"{receipt.name}  {_said(receipt.at, hotel, laid.lang)}" if receipt else ""
    address = settings.PUBLIC_URL.rstrip("/") + reverse("papers:latest", args=[copy.token])
    return replace(
        laid,
        copy_number=copy.number,
        copies=copy.of,
        department=department,
        qr=address,
        signature=signature,
        void=copy.paper.voided_at is not None,
        signed=(laid.signed and copy.must_sign) or bool(signature),
    )


def _said(at: Any, hotel: Hotel, lang: str) -> str:
    return shown("moment", at.astimezone(ZoneInfo(hotel.zone)).strftime("%Y-%m-%d %H:%M"), lang)
