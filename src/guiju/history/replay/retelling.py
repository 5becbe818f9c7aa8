"""A past booking told as the facts the rulebook knows: requested, confirmed, papers and their copies, cancelled, arrived, left.

Dates are the history's; clock times and the steps between are assumed by the profile. Assumed evidence is never counted
as work done in time: what the history does not tell stays without evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from guiju.history.replay.profile import Profile, Spread, seconds_of
from guiju.rulebook import Calendar, Edition, Fact, distribution

Subject = tuple[str, str]
Told = tuple[Subject, list[Fact]]
CHANNELS = {"fax": "fax", "mail": "mail", "email": "mail", "phone": "phone", "direct": "phone", "ta/to": "ota", "gds": "ota", "corporate": "mail"}


@dataclass(slots=True)
class PastStay:
    """One booking of the past: a row, or all rows of a recognised group, with the minutes of the day assumed for it."""

    hotel: str
    row: int  # of the file; of a group the first
    booked_on: date
    arrival_on: date
    departure_on: date
    status: str  # stayed, cancelled, no_show; booked (still to come) is told as if they come and leave as booked
    status_on: date | None
    rooms: int
    persons: int
    group: bool
    account: bool  # on account, by agreement
    guaranteed: bool
    meals: bool
    channel: str
    requested: int = 0  # minutes of the day
    ended: int = 0
    arrived: int = 0
    departed: int = 0
    rows: int = 1
    received_at: datetime | None = None  # by the hotel's clock, where the file says it
    replied_at: datetime | None = None
    cuts: tuple[tuple[date, int], ...] = ()  # rooms of a group given up before, and when

    @property
    def name(self) -> str:
        """How the replay calls it."""
        return f"{self.hotel}/{self.row}"


class Retelling:
    """Tells past stays as facts, by one edition (who gets copies) and one calendar."""

    def __init__(self, edition: Edition, calendar: Calendar, profile: Profile) -> None:
        self.editions, self.calendar, self.profile = [edition], calendar, profile
        self._hold, self._no_show = seconds_of(profile.hold_until), seconds_of(profile.no_show_at)
        self._copies: dict[Any, list[Any]] = {}
        self._midnights: dict[date, datetime] = {}
        self._worked: dict[tuple[datetime, int], datetime] = {}

    def subjects(self, past: PastStay) -> Iterator[Told]:
        """Every subject that the booking made, with its facts in their order."""
        requested = self._clocked(past.received_at) if past.received_at else self._at(past.booked_on, past.requested)
        confirmed, over, arrival = self._moments(past, requested)
        stay = self._stay(past, confirmed, arrival)
        kind = "group" if past.group else "fit"
        enquiry = ("enquiry", past.name)
        asked = [Fact("enquiry.received", requested, (enquiry,), {
            "channel": past.channel, "kind": kind, "agreement": past.account, "written": past.account or past.group,
            "same_day_arrival": past.booked_on == past.arrival_on, "arrival_on": past.arrival_on,
        })]
        if past.received_at and past.replied_at:  # with the reply alone nobody knows how long it took
            asked.append(Fact("reply.sent", self._clocked(past.replied_at), (enquiry,), {"kind": "confirmation", "complete": True}, seq=1))
            asked.sort(key=lambda fact: (fact.at, fact.seq))
        yield enquiry, asked
        yield from self._booking(past, stay, confirmed, over, arrival)

    def _booking(self, past: PastStay, stay: dict[str, Any], confirmed: datetime, over: datetime | None, arrival: datetime) -> Iterator[Told]:
        booking = ("booking", past.name)
        mine = (booking,)
        facts = [Fact("booking.confirmed", confirmed, mine, stay, seq=1)]
        if past.guaranteed:
            facts.append(Fact("booking.guaranteed", confirmed, mine, {"how": "deposit"}, seq=2))
        form = "group_schedule" if past.group else "reservation_form" if past.account else ""
        if form:
            issued = self._later(confirmed, self.profile.form_after)
            until = over if over is not None else arrival
            if issued >= until:  # too near: the form is written at once
                issued = confirmed
            attrs = self._paper(form, past, issued, arrival)
            facts.append(Fact("paper.issued", issued, mine, attrs, seq=3))
            yield from self._copied(past, attrs, issued)
            yield from self._cut(past, facts, stay, issued, over if over is not None else arrival)
        if over is not None:
            if past.status == "no_show":
                facts.append(Fact("booking.no_show", over, mine, {"rooms": past.rooms}, seq=4))
            else:
                facts.append(Fact("booking.cancelled", over, mine, {"kind": stay["kind"], "in_time": over < arrival}, seq=4))
                if form:
                    noticed = over + timedelta(minutes=self.profile.notice_after)
                    attrs = self._paper("change_notice", past, noticed, arrival)
                    facts.append(Fact("paper.issued", noticed, mine, attrs, seq=5))
                    yield from self._copied(past, attrs, noticed)
        else:
            facts.append(Fact("booking.arrived", arrival, mine, {"rooms": past.rooms}, seq=6))
            left = max(self._at(past.departure_on, past.departed), arrival + timedelta(minutes=5))
            facts.append(Fact("booking.departed", left, mine, {}, seq=7))
        facts.sort(key=lambda fact: (fact.at, fact.seq))
        yield booking, facts

    def _cut(self, past: PastStay, facts: list[Fact], stay: dict[str, Any], issued: datetime, until: datetime) -> Iterator[Told]:
        """Rooms of a group that were given up while the rest stood: a change on the day the history tells, with its notice."""
        rooms = past.rooms
        for number, (day, gone) in enumerate(past.cuts):
            at = max(self._at(day, past.ended), issued + timedelta(minutes=5 * (number + 1)))
            rooms -= gone
            if at >= until:
                continue
            facts.append(Fact("booking.changed", at, (("booking", past.name),), {**stay, "rooms": rooms, "fields": ["rooms"]}, seq=10 + 2 * number))
            noticed = at + timedelta(minutes=self.profile.notice_after)
            if noticed < until:
                attrs = self._paper("change_notice", past, noticed, stay["arrival_at"])
                facts.append(Fact("paper.issued", noticed, (("booking", past.name),), attrs, seq=11 + 2 * number))
                yield from self._copied(past, attrs, noticed, str(number + 1))

    def _copied(self, past: PastStay, attrs: dict[str, Any], at: datetime, number: str = "") -> Iterator[Told]:
        key = (attrs["paper"], attrs["meals"], attrs["important"], attrs["collection"], attrs["same_day_arrival"])
        found = self._copies.get(key)
        if found is None:
            found = self._copies[key] = distribution(self.editions, attrs["paper"], attrs, at)
        for one in found:
            copy = ("copy", f"{past.name}/{attrs['paper']}{number}/{one.department}")
            told = {**attrs, "department": one.department, "must_sign": one.must_sign, "archive": one.archive}
            yield copy, [Fact("copy.issued", at, (copy,), told)]

    def _moments(self, past: PastStay, requested: datetime) -> tuple[datetime, datetime | None, datetime]:
        """(confirmed, cancelled or missed, arrival): in this order, on the days the history tells."""
        confirmed = self._later(requested, self.profile.confirm_after)
        arrival = self._at(past.arrival_on, past.arrived)
        over = None
        if past.status == "no_show":
            over = max(self._at(past.status_on or past.arrival_on, self._no_show // 60), requested + timedelta(minutes=5))
        elif past.status == "cancelled":
            over = max(self._at(past.status_on or past.arrival_on, past.ended), requested + timedelta(minutes=5))
        if confirmed >= (over or arrival):  # the history's day stands; the confirmation was quicker than assumed
            confirmed = requested
        return confirmed, over, max(arrival, confirmed + timedelta(minutes=5))

    def _stay(self, past: PastStay, confirmed: datetime, arrival: datetime) -> dict[str, Any]:
        told: dict[str, Any] = {
            "kind": "group" if past.group else "on_account" if past.account else "fit_cash", "agreement": past.account,
            "important": False, "meals": past.group and past.meals, "collection": False, "guaranteed": past.guaranteed,
            "rooms": past.rooms, "persons": past.persons, "arrival_on": past.arrival_on, "arrival_at": arrival,
            "departure_on": past.departure_on, "departure_at": self._at(past.departure_on, past.departed), "written": past.account or past.group,
        }
        if not past.account and not past.group and not past.guaranteed:
            hold = self._midnight(past.arrival_on) + timedelta(seconds=self._hold)
            told["hold_until"] = max(hold, arrival, confirmed + timedelta(hours=2)) if hold <= confirmed else hold
        return told

    def _paper(self, paper: str, past: PastStay, at: datetime, arrival: datetime) -> dict[str, Any]:
        return {
            "paper": paper, "revision": 1, "important": False, "meals": past.group and past.meals, "collection": False,
            "same_day_arrival": self._midnight(past.arrival_on) <= at < self._midnight(past.arrival_on) + timedelta(days=1), "arrival_at": arrival,
        }

    def _midnight(self, day: date) -> datetime:
        found = self._midnights.get(day)
        if found is None:
            found = self._midnights[day] = self.calendar.moment(day, 0)
        return found

    def _clocked(self, at: datetime) -> datetime:
        return self._at(at.date(), at.hour * 60 + at.minute)

    def _at(self, day: date, minutes: int) -> datetime:
        return self._midnight(day) + timedelta(minutes=minutes)

    def _later(self, at: datetime, minutes: int) -> datetime:
        """So many minutes of sales' working time later."""
        found = self._worked.get((at, minutes))
        if found is None:
            found = self._worked[(at, minutes)] = self.calendar.add("sales", at, minutes * 60).astimezone(UTC)
        return found


def stays_of(rows: Iterable[Any], profile: Profile) -> Iterator[PastStay]:
    """Rows of the history as bookings: the rows of a recognised group are one, its rooms given up before are changes of it."""
    groups: dict[tuple[str, Any], list[Any]] = {}
    for row in rows:
        if row.group is not None:
            groups.setdefault((row.hotel, row.group), []).append(row)
        else:
            yield _stay_of([row], profile)
    for members in groups.values():
        yield _stay_of(members, profile)


def _stay_of(rows: list[Any], profile: Profile) -> PastStay:
    first = rows[0]
    told = next((found for wanted in ("stayed", "booked", "no_show") if (found := [row for row in rows if row.status == wanted])), rows)
    status = told[0].status
    days = [row.status_on for row in told if row.status_on is not None]
    last = max(days) if days else None
    gone: dict[date, int] = {}
    for row in rows:
        if row.status == "cancelled" and row.status_on is not None and (status != "cancelled" or row.status_on < last):  # type: ignore[operator]
            gone[row.status_on] = gone.get(row.status_on, 0) + row.rooms
    group = first.group is not None or profile.among(first.segment, profile.group_segments)
    return PastStay(
        hotel=first.hotel, row=first.row, booked_on=first.booked_on, arrival_on=first.arrival_on, departure_on=first.departure_on,
        status=status, status_on=last, rooms=sum(row.rooms for row in rows),
        persons=sum(row.adults + row.children + row.babies for row in rows), group=group,
        account=bool(first.agent or first.company) if group else profile.among(first.segment, profile.account_segments) or bool(first.company),
        guaranteed=first.deposit not in profile.no_guarantee, meals=first.meal in profile.meal_plans,
        channel=CHANNELS.get(first.channel.lower(), "text"), rows=len(rows), cuts=tuple(sorted(gone.items())),
    )


def timed(stays: list[PastStay], profile: Profile) -> None:
    """Give each stay its minutes of the day: those of one day are spread over the profile's hours in their order (booked, arrival, row)."""
    for wanted, curve, minutes in (("booked_on", profile.requests, "requested"), ("status_on", profile.requests, "ended"),
                                   ("arrival_on", profile.arrivals, "arrived"), ("departure_on", profile.departures, "departed")):
        spread = Spread(curve)
        placed: dict[Any, int] = {}
        of = _counted(getattr(stay, wanted) for stay in stays)
        for stay in stays:
            day = getattr(stay, wanted)
            place = placed.get(day, 0)
            placed[day] = place + 1
            setattr(stay, minutes, spread.minute(place, of[day]))


def _counted(days: Iterable[Any]) -> Mapping[Any, int]:
    found: dict[Any, int] = {}
    for day in days:
        found[day] = found.get(day, 0) + 1
    return found
