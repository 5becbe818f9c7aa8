"""One client inside the process: server time, queries and their time of pages and steps, beside the same SQL by the driver."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bench.filling import NOW

PAGES = {
    "today": "/today/", "enquiry desk": "/enquiries/", "bookings list": "/bookings/", "matrix": "/rooms/",
    "client search": "/clients/?q=机电", "arrivals": "/arrivals/", "papers": "/papers/",
}


def session_of(stage: Any, who: str) -> str:
    """The session of a person who signed in: what his browser keeps in its cookie."""
    from django.contrib.sessions.backends.db import SessionStore

    from guiju.house.models import SignedIn

    person = stage.people[who]
    row = SignedIn.objects.create(
        person=person, hotel=stage.hotel, session_key=f"bench-{who}-{time.monotonic_ns()}", created_at=NOW, last_seen_at=NOW
    )
    store = SessionStore()
    store["signed_in"], store["epoch"] = str(row.pk), person.session_epoch
    store.save()
    return str(store.session_key)


def browser_of(stage: Any, who: str) -> Any:
    """A signed-in browser inside this process."""
    from django.conf import settings
    from django.test import Client as Browser

    browser = Browser()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session_of(stage, who)
    return browser


def measure(step: Callable[[], Any], times: int) -> dict[str, Any]:
    """p50 and p95 of the whole, queries of one, their time."""
    from django.db import connection

    seen: list[float] = []

    def count(execute: Any, *args: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(*args)
        finally:
            seen.append(time.perf_counter() - begun)

    step()
    with connection.execute_wrapper(count):
        step()
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        step()
        took.append((time.perf_counter() - begun) * 1000)
    return {**times_of(took), "queries": len(seen), "sql_ms": round(sum(seen) * 1000, 2)}


def pages(stage: Any, times: int) -> dict[str, Any]:
    """Each page as the sales manager sees it; what is not there yet says so."""
    browser, found = browser_of(stage, "shen"), {}
    for name, url in PAGES.items():
        status = browser.get(url).status_code
        found[name] = measure(lambda url=url: browser.get(url), times) if status == 200 else {"skipped": f"{url}: {status}"}
    return found


def held_bookings(stage: Any, count: int) -> list[Any]:
    """So many bookings with their rooms held, ready to be confirmed."""
    from guiju.bookings import actions
    from guiju.bookings.shapes import RoomLine
    from guiju.house.acting import acting
    from guiju.logbook.writing import writing

    by, made = acting(stage.people["lin"], stage.hotel, now=NOW), []
    for n in range(count):
        day = stage.today + timedelta(days=30 + n % 20)
        with writing(stage.hotel.pk, by=by, now=NOW):
            row = actions.draft_booking(
                stage.hotel, kind="fit_cash", name=f"量 {n}", arrival_on=day, departure_on=day + timedelta(days=2), persons=1,
                rooms=[RoomLine(stage.types["TWN"].pk, day, day + timedelta(days=2), 1)], by=by, now=NOW,
            )
            actions.place_hold(row, by=by, now=NOW)
        made.append(row.pk)
    return made


def steps(stage: Any, times: int) -> dict[str, Any]:
    """confirm, issue, sign, my duties, availability, lists and a PDF: without a template."""
    from guiju.bookings import actions
    from guiju.bookings.models import Booking
    from guiju.bookings.papers import issue_form
    from guiju.bookings.queries import filtered, page_of
    from guiju.clients.search import search
    from guiju.duties.queries import my_open
    from guiju.house.acting import acting
    from guiju.logbook.writing import writing
    from guiju.papers.actions.signing import sign_for
    from guiju.papers.models import Copy
    from guiju.rooms.queries.availability import availability

    hotel = stage.hotel
    by, desk = acting(stage.people["lin"], hotel, now=NOW), acting(stage.people["fang"], hotel, now=NOW)
    ready = held_bookings(stage, 2 * times + 4)
    waiting, papers, again = ready[: times + 2], ready[: times + 2], ready[times + 2 :]

    def confirm() -> None:
        row = Booking.objects.select_related("hotel", "client", "agreement").get(pk=waiting.pop())
        with writing(hotel.pk, by=by, now=NOW):
            actions.confirm(row, by=by, now=NOW)

    def issue() -> None:
        row = Booking.objects.select_related("hotel", "client", "agreement").get(pk=papers.pop())
        with writing(hotel.pk, by=by, now=NOW):
            issue_form(row, by=by, now=NOW)

    def sign() -> None:
        copy = Copy.objects.filter(department="front_desk", signed_at__isnull=True, superseded_at__isnull=True).first()
        with writing(hotel.pk, by=desk, now=NOW):
            sign_for(copy, by=desk, now=NOW)

    found = {}
    for name, step, count in (
        ("confirm (verb, duties, log)", confirm, times), ("issue the form (rows)", issue, times), ("sign", sign, times - 1),
        ("bookings list (query, objects)", lambda: page_of(filtered(hotel.pk, {"from": str(stage.today)}), ""), times),
        ("my open duties (query, objects)", lambda: my_open(by, NOW), times),
        ("availability 31 nights × 6 types", lambda: availability(hotel.pk, stage.today, stage.today + timedelta(days=31)), times),
        ("client search (query)", lambda: search(hotel.pk, "机电"), times),
        ("client search (query), no such name", lambda: search(hotel.pk, "量子玻色"), times),
        ("one form to PDF, warm", pdf(stage), times),
    ):
        try:
            found[name] = measure(step, count)
        except Exception as error:  # a part that fails is reported beside the others
            found[name] = {"skipped": f"{type(error).__name__}: {error}"[:200]}
    found["confirm, the same statements by the driver"] = played_again(stage, again)
    return found


def pdf(stage: Any) -> Callable[[], Any]:
    """One reservation form as PDF."""
    from guiju.bookings.models import Booking
    from guiju.bookings.papers import reservation_content
    from guiju.papers.forms import sheet
    from guiju.papers.printing import render

    row = Booking.objects.select_related("hotel", "client", "agreement").filter(name__startswith="量").first()
    laid = sheet("reservation_form", reservation_content(row), lang="zh-hans", old=None, hotel_name=stage.hotel.name)
    return lambda: render([laid])


def played_again(stage: Any, ready: list[Any]) -> dict[str, Any]:
    """The very statements of a confirm, through the driver: taken down in a step that is rolled back, then played with their
    values in one transaction that is committed, with the same durability; once for each of the bookings."""
    from django.db import connection, transaction

    from guiju.bookings import actions
    from guiju.bookings.models import Booking
    from guiju.house.acting import acting
    from guiju.logbook.writing import writing

    by = acting(stage.people["lin"], stage.hotel, now=NOW)
    postgres, took, kinds = connection.vendor == "postgresql", [], {"reads": 0, "writes": 0}
    for pk in ready:
        statements: list[tuple[str, Any, bool]] = []

        def take_down(execute: Any, sql: str, params: Any, many: bool, context: Any, kept: Any = statements) -> Any:
            if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK TO")):
                kept.append((sql if postgres else sql.replace("%s", "?").replace("%%", "%"), params, many))
            return execute(sql, params, many, context)

        with transaction.atomic():
            with connection.execute_wrapper(take_down):
                row = Booking.objects.select_related("hotel", "client", "agreement").get(pk=pk)
                with writing(stage.hotel.pk, by=by, now=NOW):
                    actions.confirm(row, by=by, now=NOW)
            transaction.set_rollback(True)
        cursor = connection.connection.cursor()
        begun = time.perf_counter()
        cursor.execute("BEGIN" if postgres else "BEGIN IMMEDIATE")
        for sql, params, many in statements:
            if many:
                cursor.executemany(sql, params)
                continue
            cursor.execute(sql, params or ())
            if cursor.description:
                cursor.fetchall()
        cursor.execute("COMMIT")
        took.append((time.perf_counter() - begun) * 1000)
        kinds["reads"] = sum(sql.lstrip().startswith("SELECT") for sql, *_ in statements)
        kinds["writes"] = len(statements) - kinds["reads"]
    done = Booking.objects.filter(pk__in=ready, state=Booking.State.CONFIRMED).count()
    if done != len(ready):
        raise RuntimeError(f"{done} of {len(ready)} bookings were confirmed by the statements played again")
    return {**times_of(took), "queries": sum(kinds.values()), "statements": kinds}


def times_of(took: list[float]) -> dict[str, Any]:
    """p50 and p95 of times in milliseconds."""
    took = sorted(took)
    return {"p50_ms": round(took[len(took) // 2], 2), "p95_ms": round(took[int(len(took) * 0.95)], 2), "times": len(took)}
