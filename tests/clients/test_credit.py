"""Credit on account: two people, a limit the database keeps, overdue accounts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from guiju.clients import actions
from guiju.clients.models import Client
from guiju.clients.queries import credit_open
from guiju.shelf.errors import Invalid, NotAllowed, Refusal
from tests.cast import Cast
from tests.clients.test_records import add, by, on_account


@pytest.fixture
def port(cast: Cast) -> Client:
    return add(cast, "东岬港务集团有限公司")


def ask(cast: Cast, client: Client, who: str, limit: int = 1000) -> object:
    return actions.ask_credit(client, on_account=True, limit=Decimal(limit), days=30, reason="协议", **by(cast, who))


def test_two_people_give_credit(cast: Cast, port: Client) -> None:
    asked = ask(cast, port, "jin")
    with pytest.raises(Refusal) as refused:
        actions.decide_credit(asked, approve=True, **by(cast, "jin"))
    assert refused.value.code == "own_question"
    with pytest.raises(NotAllowed):
        actions.decide_credit(asked, approve=True, **by(cast, "lin"))
    actions.decide_credit(asked, approve=True, **by(cast, "lu"))
    port.refresh_from_db()
    assert port.on_account and port.credit_limit == 1000
    with pytest.raises(Refusal):
        actions.decide_credit(asked, approve=False, words="不", **by(cast, "shen"))


def test_asking_anew_closes_the_open_question(cast: Cast, port: Client) -> None:
    first, second = ask(cast, port, "lin"), ask(cast, port, "lin", 2000)
    with pytest.raises(Refusal):
        actions.decide_credit(first, approve=True, **by(cast, "jin"))
    with pytest.raises(Invalid):
        actions.decide_credit(second, approve=False, **by(cast, "jin"))
    actions.decide_credit(second, approve=True, **by(cast, "jin"))
    port.refresh_from_db()
    assert port.credit_limit == 2000


def test_the_last_of_the_limit_is_taken_once(cast: Cast, port: Client) -> None:
    on_account(cast, port, 1000)
    first, second = Client.objects.get(pk=port.pk), Client.objects.get(pk=port.pk)  # both saw 1000 left
    actions.take_credit(first, amount=Decimal(600), about=("booking", "b1"), **by(cast))
    with pytest.raises(Refusal) as refused:
        actions.take_credit(second, amount=Decimal(600), about=("booking", "b2"), **by(cast))
    assert refused.value.code == "credit" and refused.value.details["left"] == 400
    port.refresh_from_db()
    assert port.credit_used == 600


def test_a_limit_below_what_is_in_use_is_refused(cast: Cast, port: Client) -> None:
    on_account(cast, port, 1000)
    asked = ask(cast, port, "lin", 500)
    actions.take_credit(port, amount=Decimal(600), about=("booking", "b1"), **by(cast))  # meanwhile
    with pytest.raises(Invalid):
        actions.decide_credit(asked, approve=True, **by(cast, "jin"))
    asked.refresh_from_db()
    assert asked.decided_at is None  # nothing half-written
    port.refresh_from_db()
    with pytest.raises(Invalid):
        ask(cast, port, "lin", 500)


def test_an_overdue_account_is_closed_until_cleared(cast: Cast, port: Client) -> None:
    on_account(cast, port, 1000)
    port.refresh_from_db()
    assert credit_open(port, Decimal(1000)) and not credit_open(port, Decimal("1000.01"))
    with pytest.raises(NotAllowed):
        actions.mark_overdue(port, since_on=date(2026, 9, 1), amount=Decimal(500), **by(cast))
    actions.mark_overdue(port, since_on=date(2026, 9, 1), amount=Decimal(500), **by(cast, "cai"))
    assert not credit_open(port, Decimal(1))
    with pytest.raises(Invalid):
        actions.record_chase(port, how="call", promise_on=date(2026, 11, 1), **by(cast))
    actions.record_chase(port, how="call", promise_on=date(2026, 12, 1), **by(cast))
    actions.clear_overdue(port, **by(cast, "cai"))
    assert credit_open(port, Decimal(1))
    with pytest.raises(Refusal):
        actions.record_chase(port, how="call", **by(cast))
