"""Credit of a client on account: the right and its limit, what is taken and given back, and the overdue flag.

The limit is kept by the database: `credit_used + n <= credit_limit` is part of the UPDATE itself, so that two
bookings at the same moment cannot both take the last of it.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from guiju.clients.models import Client, CreditEntry, CreditRequest
from guiju.logbook.verbs import verb
from guiju.logbook.writing import note
from guiju.shelf.actor import Actor
from guiju.shelf.errors import Invalid, Refusal

Subject = tuple[str, str]


@verb("clients.ask_credit")
def ask_credit(
    client: Client,
    *,
    on_account: bool,
    limit: Decimal,
    days: int,
    reason: str,
    by: Actor,
    now: datetime,
) -> CreditRequest:
    """Ask for the right to book on account, with limit and credit period (days), or that it be taken away.

    Somebody else decides. Asking again replaces the open question. Raises Invalid at the field, for a limit
    below what is used (ask for the right to be taken away instead).
    """
    errors: dict[str, list[str]] = {}
    if not 0 <= limit < Decimal(10) ** 10:
        errors["limit"] = [_("The limit cannot be negative.")]
    elif limit < client.credit_used:
        errors["limit"] = [_too_low(client.credit_used)]
    if not 0 <= days <= 365:
        errors["days"] = [_("Between 0 and 365 days.")]
    if not reason.strip() or len(reason.strip()) > 300:
        errors["reason"] = [_("Say why, in at most 300 characters: it goes into the record.")]
    if errors:
        raise Invalid(errors=errors)
    if client.merged_into_id is not None:
        raise Refusal(_("This client was merged into another."), code="merged")
    CreditRequest.objects.of(client.hotel_id).filter(client=client, decided_at__isnull=True).update(
        decided_at=now, decided_by_id=by.person_id, approved=False, words=_("Asked anew.")
    )
    request: CreditRequest = CreditRequest.objects.create(
        hotel_id=client.hotel_id,
        client=client,
        on_account=on_account,
        limit=limit,
        days=days,
        reason=reason.strip(),
        asked_by_id=by.person_id,
        asked_at=now,
    )
    note("credit.asked", client, on_account=on_account, limit=limit, days=days, reason=request.reason)
    return request


@verb("clients.credit")
def decide_credit(request: CreditRequest, *, approve: bool, words: str = "", by: Actor, now: datetime) -> CreditRequest:
    """Approve or refuse what another person asked for a client's credit; approved, it holds at once.

    Raises Refusal "own_question" for one's own, "decided" when somebody decided before; Invalid for a refusal
    without a word, or when more is in use by now than the limit asked for.
    """
    if approve and request.asked_by_id == by.person_id:
        raise Refusal(_("Credit is given by two people: another one decides."), code="own_question")
    if not approve and not words.strip():
        raise Invalid(errors={"words": [_("Say why it is refused.")]})
    decided = CreditRequest.objects.filter(pk=request.pk, decided_at__isnull=True).update(
        approved=approve, decided_by_id=by.person_id, decided_at=now, words=words.strip()[:300]
    )
    request.refresh_from_db()
    if not decided:
        raise Refusal(_("This was decided already."), code="decided")
    if approve:
        _set(request)
    else:
        note("credit.refused", request.client, text=words.strip()[:300], limit=request.limit)
    return request


def _set(request: CreditRequest) -> None:
    """The limit and what is in use are compared in the update itself."""
    client = request.client
    was = client.credit_limit
    held = Client.objects.filter(pk=client.pk, credit_used__lte=request.limit, merged_into__isnull=True)
    changed = held.update(
        on_account=request.on_account,
        credit_limit=request.limit,
        credit_days=request.days,
        version=F("version") + 1,
    )
    client.refresh_from_db()
    if not changed:
        raise Invalid(errors={"limit": [_too_low(client.credit_used)]})
    note(
        "credit.set",
        client,
        on_account=request.on_account,
        limit=request.limit,
        was=was,
        days=request.days,
        reason=request.reason,
    )


def _too_low(used: Decimal) -> str:
    text = _("%(used)s is in use. To stop new bookings, take the right away instead.")
    return text % {"used": used}


@verb("clients.use_credit")
def take_credit(client: Client, *, amount: Decimal, about: Subject, by: Actor, now: datetime) -> None:
    """Book `amount` on the client's account for `about` (kind, id).

    Raises Refusal ("credit") with limit, used and asked when the client has no such right or the limit would
    be passed. Whether an overdue client may book is asked by the gate (booking.collect-debts).
    """
    if amount <= 0:
        raise Invalid(errors={"amount": [_("The amount must be more than zero.")]})
    client = account_of(client)
    taken = Client.objects.filter(
        pk=client.pk,
        on_account=True,
        merged_into__isnull=True,
        credit_used__lte=F("credit_limit") - amount,
    ).update(credit_used=F("credit_used") + amount)
    client.refresh_from_db()
    if not taken:
        raise _no_credit(client, amount)
    _enter(client, amount, about, now)
    note("credit.taken", client, about, amount=amount, used=client.credit_used)


@verb("clients.use_credit")
def give_back_credit(client: Client, *, about: Subject, amount: Decimal | None = None, by: Actor, now: datetime) -> Decimal:
    """Give back credit taken for `about`: all of it, or `amount`; returns what was given back.

    Raises Refusal ("credit") when more would be given back than was taken for it.
    """
    client = account_of(client)
    Client.objects.select_for_update().get(pk=client.pk)  # whoever changes this client's credit waits here
    taken = credit_taken(client, about)
    back = taken if amount is None else amount
    if back > taken or back < 0:
        text = _("Only %(taken)s was taken for this; %(asked)s cannot be given back.")
        raise Refusal(text % {"taken": taken, "asked": back}, code="credit", taken=taken, asked=back)
    if not back:
        return Decimal(0)
    Client.objects.filter(pk=client.pk).update(credit_used=F("credit_used") - back)
    client.refresh_from_db()
    _enter(client, -back, about, now)
    note("credit.given_back", client, about, amount=back, used=client.credit_used)
    return back


def credit_taken(client: Client, about: Subject) -> Decimal:
    """How much of the client's credit `about` holds now."""
    client = account_of(client)
    rows = CreditEntry.objects.of(client.hotel_id).filter(client_id=client.pk, about_kind=about[0], about_id=str(about[1]))
    return rows.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def account_of(client: Client) -> Client:
    """Whose account is meant: the client's own, or that of the file it was merged into."""
    return client.merged_into if client.merged_into is not None else client


def _enter(client: Client, amount: Decimal, about: Subject, now: datetime) -> None:
    CreditEntry.objects.create(
        hotel_id=client.hotel_id,
        client=client,
        amount=amount,
        about_kind=about[0],
        about_id=str(about[1]),
        at=now,
    )


def _no_credit(client: Client, amount: Decimal) -> Refusal:
    left = client.credit_limit - client.credit_used
    figures = {"limit": client.credit_limit, "used": client.credit_used, "left": left, "asked": amount}
    if not client.on_account:
        text = _("%(name)s may not book on account.") % {"name": client.name}
    else:
        words = _("Credit of %(name)s: limit %(limit)s, used %(used)s, left %(left)s; asked %(asked)s.")
        text = words % {"name": client.name, **figures}
    return Refusal(text, code="credit", **figures)


@verb("clients.overdue")
def mark_overdue(client: Client, *, since_on: date, amount: Decimal, by: Actor, now: datetime) -> None:
    """Finance says the account is overdue: nothing on account until it is cleared (booking.collect-debts)."""
    if amount <= 0:
        raise Invalid(errors={"amount": [_("The amount must be more than zero.")]})
    if since_on > now.astimezone(ZoneInfo(client.hotel.zone)).date():
        raise Invalid(errors={"since_on": [_("The day is in the future.")]})
    Client.objects.filter(pk=client.pk).update(overdue_since_on=since_on, overdue_amount=amount, version=F("version") + 1)
    client.refresh_from_db()
    note("account.overdue", client, since=since_on, amount=amount, seller=str(client.seller_id) if client.seller_id else None)


@verb("clients.chase")
def record_chase(client: Client, *, how: str, promise_on: date | None = None, words: str = "", by: Actor, now: datetime) -> None:
    """Record that the client was asked to pay: how (call, visit, letter, mail) and what day was promised.

    Raises Refusal when nothing is overdue.
    """
    if client.overdue_since_on is None:
        raise Refusal(_("Nothing is overdue on this account."), code="not_overdue")
    errors: dict[str, list[str]] = {}
    if not how.strip():
        errors["how"] = [_("Say how the client was reached.")]
    if promise_on is not None and promise_on < now.astimezone(ZoneInfo(client.hotel.zone)).date():
        errors["promise_on"] = [_("The day is in the past.")]
    if errors:
        raise Invalid(errors=errors)
    note("account.chased", client, text=words.strip(), how=how, promise_on=promise_on)


@verb("clients.overdue")
def clear_overdue(client: Client, *, by: Actor, now: datetime) -> None:
    """The debt is paid: the client may book on account again. Raises Refusal when nothing is overdue."""
    cleared = Client.objects.filter(pk=client.pk, overdue_since_on__isnull=False).update(
        overdue_since_on=None, overdue_amount=0, version=F("version") + 1
    )
    client.refresh_from_db()
    if not cleared:
        raise Refusal(_("Nothing is overdue on this account."), code="not_overdue")
    note("account.cleared", client)
