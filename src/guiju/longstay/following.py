"""Signatures on a long-stay guest's papers, told again as the standard counts them: by contract, by month (a logbook subscriber)."""

from __future__ import annotations

from guiju.logbook.writing import Noted, Writing, note
from guiju.longstay.models import MonthlyList
from guiju.papers.models import Copy

NOTED = {
    "copy.signed": ("longstay.notice_signed", "longstay.list_signed"),
    "copy.signature_undone": ("longstay.notice_unsigned", "longstay.list_unsigned"),
}


def follow(step: Writing, fresh: list[Noted]) -> None:
    """A signature (or one withdrawn) on a contract's paper is noted on the contract, on a list on the month."""
    signed = [fact for fact in fresh if fact.kind in NOTED]
    if not signed or step.hotel_id is None:
        return
    keys = [pk for fact in signed for kind, pk in fact.subjects if kind == "copy"]
    wanted = ("longstay", "monthly_list")
    copies = {str(row.pk): row for row in Copy.objects.of(step.hotel_id).filter(pk__in=keys, paper__about_kind__in=wanted).select_related("paper")}
    for fact in signed:
        copy = copies.get(next((pk for kind, pk in fact.subjects if kind == "copy"), ""))
        if copy is None:
            continue
        paper = copy.paper
        if paper.about_kind == "longstay":
            note(NOTED[fact.kind][0], ("longstay", paper.about_id), at=fact.at, paper=paper.kind, department=copy.department)
        else:
            month = MonthlyList.objects.values_list("month", flat=True).get(pk=paper.about_id)
            subjects = ("hotel", str(step.hotel_id)), ("monthly_list", paper.about_id)
            note(NOTED[fact.kind][1], *subjects, at=fact.at, department=copy.department, month=f"{month:%Y-%m}")
