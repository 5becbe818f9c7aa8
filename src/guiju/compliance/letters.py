"""The monthly letter to the general manager: opened once by the clock, in the first working time of the month, late rather than never."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from guiju.compliance import aims
from guiju.compliance.asking import Ask
from guiju.compliance.counting import midnight
from guiju.compliance.figures import Figure, by_clause, total
from guiju.compliance.pages import lang
from guiju.compliance.reading import by_day
from guiju.duties import editions
from guiju.house.acting import acting
from guiju.house.calendars import calendars_of
from guiju.house.models import Hotel, Person
from guiju.logbook.writing import durably, writing
from guiju.notices.actions import post_letter, tell
from guiju.notices.models import Letter
from guiju.rulebook import Rule
from guiju.shelf.actor import the_clock
from guiju.shelf.wording import span

NAMED = 8


def month_before(today: date) -> tuple[date, date]:
    """[first, last) of the month before this one."""
    last = today.replace(day=1)
    return (last - timedelta(days=1)).replace(day=1), last


def open_letter(hotel_id: UUID, now: datetime) -> bool:
    """Put last month's letter into the outbox when its time has come and it is not there yet; whether it was put there now.

    A hotel that began this month, one without a general manager with an address, and a month in which nothing was due have none.
    """
    hotel = Hotel.objects.get(pk=hotel_id)
    zone = ZoneInfo(hotel.zone)
    first, last = month_before(now.astimezone(zone).date())
    key = f"compliance:{first:%Y-%m}"
    begins = midnight(last, zone)
    if hotel.created_at >= begins or now < calendars_of(hotel_id).at(now).next_open("gm_office", begins):
        return False
    if Letter.objects.of(hotel_id).filter(key=key).exists():
        return False
    readers = _managers(hotel_id, now)
    if not readers:
        return False
    by, reader = the_clock(hotel_id), acting(readers[0], hotel, now=now, via="worker")
    figures = by_clause(by_day(reader, Ask(first, last), now, zone).values())
    if not total(figures.values()).due:
        return False

    def step() -> bool:
        with writing(hotel_id, by=by, now=now), translation.override(readers[0].lang):
            if Letter.objects.of(hotel_id).filter(key=key).exists():
                return False
            post_letter(
                hotel_id, key=key, to=", ".join(one.email for one in readers), subject=_("Compliance with the standard, %(month)s: %(hotel)s") % {
                    "month": f"{first:%Y-%m}", "hotel": _name(hotel),
                }, body=body(hotel, first, last, figures, aims.aim(hotel_id, now)), about=("hotel", str(hotel_id)), by=by, now=now, undo_seconds=0,
            )
            tell(hotel_id, text="Last month's compliance has been sent to you", key=key, post="gm", url=_address(first, last), now=now)
            return True

    return durably(step)


def _managers(hotel_id: UUID, now: datetime) -> list[Person]:
    """The general manager (or those who share the post), if he can be written to."""
    holds = Q(appointments__hotel=hotel_id, appointments__post="gm", appointments__from_at__lte=now)
    open_ = Q(appointments__until_at__isnull=True) | Q(appointments__until_at__gt=now)
    return list(Person.objects.filter(holds & open_, is_active=True).exclude(email="").distinct().order_by("username")[:5])


def _name(hotel: Hotel) -> str:
    return hotel.name_en if lang() == "en" and hotel.name_en else hotel.name


def _address(first: date, last: date) -> str:
    return reverse("compliance:page") + f"?from={first.isoformat()}&until={(last - timedelta(days=1)).isoformat()}"


def body(hotel: Hotel, first: date, last: date, figures: dict[str, Figure], aim: Rule | None) -> str:
    """The letter: the rate with its formula, waivers apart, the clauses most often not on time, and where the lists are."""
    whole = total(figures.values())
    lines = [
        _("%(hotel)s, %(first)s to %(until)s") % {"hotel": _name(hotel), "first": first, "until": last - timedelta(days=1)}, "",
        _("On-time rate: %(rate)s %% (on time ÷ (due − waived) = %(met)s ÷ (%(due)s − %(waived)s))") % {
            "rate": whole.rate if whole.rate is not None else "–", "met": whole.met, "due": whole.due, "waived": whole.waived,
        },
        _("Late: %(late)s; missed: %(missed)s; overdue now: %(open)s") % {"late": whole.met_late, "missed": whole.missed, "open": whole.late},
        _("Waived: %(waived)s") % {"waived": whole.waived}, "",
    ]
    low = sorted(
        (figure for figure in figures.values() if aims.below(aim, figure)), key=lambda one: (one.rate or 0, one.clause)
    )
    texts = _texts(hotel.pk)
    if low:
        lines.append(_("Clauses below %(low)s %%:") % {"low": f"{aims.percent(aim):g}"})
        lines += [
            f"- {figure.rate} %  {texts.get(figure.clause, figure.clause)} ({figure.met}/{figure.asked}"
            + (f", {_('median')} {span(timedelta(minutes=figure.median_minutes))}" if figure.median_minutes is not None else "") + ")"
            for figure in low[:NAMED]
        ]
        lines.append("")
    lines.append(_("Every number with the list behind it: %(url)s") % {"url": settings.PUBLIC_URL.rstrip("/") + _address(first, last)})
    return "\n".join(lines) + "\n"


def _texts(hotel_id: UUID) -> dict[str, str]:
    """Each clause's sentence, by the latest edition that has it."""
    return {clause.id: clause.text[lang()] for edition in editions.editions_of(hotel_id) for clause in edition.standard.clauses.values()}
