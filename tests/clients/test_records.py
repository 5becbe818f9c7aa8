"""A client's file: opened, changed, its people, and two files made one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from guiju.clients import actions, queries
from guiju.clients.models import Client, CreditEntry
from guiju.clients.search import search
from guiju.shelf.errors import Conflict, Invalid, NotAllowed, Refusal
from tests.cast import Cast


@pytest.fixture
def port(cast: Cast) -> Client:
    return add(cast, "东岬港务集团有限公司", tier="a")


def add(cast: Cast, name: str, **values: object) -> Client:
    return actions.add_client(
        cast.hotel, name=name, kind="company", by=cast.actor("lin"), now=cast.at("10:00"), **values
    )


def by(cast: Cast, who: str = "lin") -> dict[str, object]:
    return {"by": cast.actor(who), "now": cast.at("11:00")}


def on_account(cast: Cast, client: Client, limit: int) -> None:
    asked = actions.ask_credit(
        client, on_account=True, limit=Decimal(limit), days=30, reason="年度协议", **by(cast)
    )
    actions.decide_credit(asked, approve=True, **by(cast, "jin"))
    client.refresh_from_db()


def test_a_file_has_number_tier_and_initials(port: Client) -> None:
    assert port.number.startswith("C26-") and port.tier == "A" and "djgw" in port.initials


def test_the_same_name_twice_is_refused(cast: Cast, port: Client) -> None:
    with pytest.raises(Invalid) as wrong:
        add(cast, "东岬港务集团有限公司")
    assert "name" in wrong.value.errors
    with pytest.raises(Invalid) as wrong:
        add(cast, "", email="no", lang="fr", phone="1" * 41)
    assert {"name", "email", "lang", "phone"} <= set(wrong.value.errors)


def test_only_sellers_edit_and_a_stale_save_is_a_conflict(cast: Cast, port: Client) -> None:
    with pytest.raises(NotAllowed):
        actions.edit_client(port, version=1, phone="1", **by(cast, "ma"))
    actions.edit_client(port, version=1, phone="021-1", **by(cast))
    with pytest.raises(Conflict):
        actions.edit_client(port, version=1, phone="021-2", **by(cast))
    port.refresh_from_db()
    assert port.phone == "021-1"


def test_contacts_come_and_go(cast: Cast, port: Client) -> None:
    one = actions.add_contact(port, name="韩立", phone="0518-5550", **by(cast))
    actions.edit_contact(one, version=1, title="主任", **by(cast))
    actions.contact_left(one, **by(cast))
    assert [(row.name, row.title, row.left_at is None) for row in queries.people(port)] == [("韩立", "主任", False)]
    assert [line["kind"] for line in queries.history(port)] == [
        "contact.left", "contact.changed", "contact.added", "client.added",
    ]


def test_merging_moves_people_and_credit_and_leads_on(cast: Cast, port: Client) -> None:
    double = add(cast, "东岬港务")
    on_account(cast, port, 1000)
    on_account(cast, double, 500)
    actions.add_contact(double, name="许静文", **by(cast))
    actions.take_credit(double, amount=Decimal(300), about=("booking", "b1"), **by(cast))
    double.refresh_from_db()
    actions.merge_clients(double, into=port, version=double.version, **by(cast))
    port.refresh_from_db()
    double.refresh_from_db()
    assert port.credit_used == 300 and double.credit_used == 0 and double.merged_into == port
    assert [row.name for row in queries.people(port)] == ["许静文"]
    assert search(cast.hotel.pk, "东岬港务") == [port]
    assert queries.verify(cast.hotel.pk) == []
    assert actions.give_back_credit(double, about=("booking", "b1"), **by(cast)) == 300
    port.refresh_from_db()
    assert port.credit_used == 0
    with pytest.raises(Refusal):
        actions.edit_client(double, version=double.version, phone="1", **by(cast))


def test_merging_is_refused_where_the_limit_cannot_carry_it(cast: Cast, port: Client) -> None:
    double = add(cast, "东岬")
    on_account(cast, double, 500)
    actions.take_credit(double, amount=Decimal(300), about=("booking", "b1"), **by(cast))
    double.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        actions.merge_clients(double, into=port, version=double.version, **by(cast))
    assert refused.value.code == "credit"
    with pytest.raises(Invalid):
        actions.merge_clients(double, into=double, version=double.version, **by(cast))
    assert CreditEntry.objects.filter(client=double).count() == 1


def test_verify_names_a_counter_that_lies(cast: Cast, port: Client) -> None:
    on_account(cast, port, 1000)
    actions.take_credit(port, amount=Decimal(300), about=("booking", "b1"), **by(cast))
    Client.objects.filter(pk=port.pk).update(credit_used=200)
    assert len(queries.verify(cast.hotel.pk)) == 1 and port.number in queries.verify(cast.hotel.pk)[0]
