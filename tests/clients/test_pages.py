"""The pages about clients."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guiju.clients.models import Client, Contact, CreditRequest
from guiju.house.models import Hotel
from tests.cast import Cast
from tests.clients.test_records import add


@pytest.fixture
def port(cast: Cast) -> Client:
    return add(cast, "东岬港务集团有限公司", tier="A", phone="0518-5550")


def fields(**more: Any) -> dict[str, Any]:
    return {"name": "青岱生物", "kind": "company", "lang": "zh-hans", **more}


def test_the_list_finds_filters_pages_and_goes_out(
    cast: Cast, port: Client, django_assert_max_num_queries: Any
) -> None:
    for n in range(60):
        add(cast, f"客户{n:02d}有限公司", tier="B")
    browser = cast.sign_in("shen")
    with django_assert_max_num_queries(12):
        page = browser.get("/clients/").content.decode()
    assert page.count("客户") >= 50 and "东岬" not in page and "after=" in page
    seen: set[str] = set()
    cursor, pages = "", 0
    while pages < 5:
        found = browser.get(f"/clients/{cursor}")
        seen |= {row.name for row in found.context["rows"]}
        pages += 1
        if not found.context["pager"].next_cursor:
            break
        cursor = f"?after={found.context['pager'].next_cursor}"
    assert (len(seen), pages) == (61, 2)
    back = browser.get(f"/clients/?before={found.context['pager'].previous_cursor}").context["rows"]
    assert len(back) == 50
    assert [row.name for row in browser.get("/clients/?q=港务").context["rows"]] == [port.name]
    assert [row.name for row in browser.get("/clients/?tier=A").context["rows"]] == [port.name]
    assert browser.get("/clients/?agreement=yes&account=overdue&kind=agency").context["rows"] == []
    data = b"".join(browser.get("/clients/?export=csv").streaming_content).decode()
    assert data.count("\n") >= 62 and "东岬" in data
    assert b"".join(browser.get("/clients/?q=港务&export=xlsx").streaming_content).startswith(b"PK")
    assert cast.sign_in("lin").get("/clients/?export=csv").status_code == 403
    assert cast.sign_in("ma").get("/clients/").status_code == 403


def test_a_file_is_shown_with_people_credit_and_history(
    cast: Cast, port: Client, django_assert_max_num_queries: Any
) -> None:
    browser = cast.sign_in("lin")
    url = f"/clients/{port.pk}"
    assert browser.post(f"{url}/contact", {"name": ""}).status_code == 422
    assert browser.post(f"{url}/contact", {"name": "韩立", "title": "主任"}).status_code == 302
    assert browser.post(f"{url}/credit", {"on_account": "on", "limit": "9000", "days": 30, "reason": "协议"}).status_code == 302
    with django_assert_max_num_queries(12):
        page = browser.get(url).content.decode()
    assert "韩立" in page and "9,000" in page and "style=" not in page
    asked = CreditRequest.objects.get()
    assert browser.post(f"/clients/credit/{asked.pk}/decide", {"answer": "approve"}).status_code == 403
    finance = cast.sign_in("jin")
    assert finance.post(f"/clients/credit/{asked.pk}/decide", {"answer": "refuse"}).status_code == 422
    assert finance.post(f"/clients/credit/{asked.pk}/decide", {"answer": "approve"}).status_code == 302
    port.refresh_from_db()
    assert port.credit_limit == 9000
    one = Contact.objects.get()
    assert browser.post(f"{url}/contact/{one.pk}", {"left": "1"}).status_code == 302
    assert browser.get(f"{url}/contact/{one.pk}").status_code == 200


def test_a_new_file_shows_those_that_look_alike(cast: Cast, port: Client) -> None:
    browser = cast.sign_in("lin")
    again = browser.post("/clients/new", fields(name="东岬港务有限责任公司"))
    assert again.status_code == 422 and port.name in again.content.decode()
    assert Client.objects.count() == 1
    assert browser.post("/clients/new", fields(name="东岬港务有限责任公司", different="on")).status_code == 302
    assert browser.post("/clients/new", fields()).status_code == 302
    assert Client.objects.count() == 3
    assert browser.post("/clients/new", fields(name="")).status_code == 422


def test_editing_keeps_the_input_and_names_the_field(cast: Cast, port: Client) -> None:
    browser = cast.sign_in("lin")
    url = f"/clients/{port.pk}/edit"
    bad = browser.post(url, fields(name="东岬新名", email="no", version=1))
    assert bad.status_code == 422 and "东岬新名" in bad.content.decode()
    assert browser.post(url, fields(name="东岬新名", version=1)).status_code == 302
    assert browser.post(url, fields(name="东岬旧名", version=1)).status_code == 409
    assert cast.sign_in("cai").get(url).status_code == 403


def test_overdue_and_chasing(cast: Cast, port: Client) -> None:
    finance, seller = cast.sign_in("cai"), cast.sign_in("lin")
    url = f"/clients/{port.pk}"
    assert seller.get(f"{url}/overdue").status_code == 403
    assert finance.post(f"{url}/overdue", {"since_on": "2026-09-01", "amount": "0"}).status_code == 422
    assert finance.post(f"{url}/overdue", {"since_on": "2026-09-01", "amount": "500"}).status_code == 302
    assert [row.name for row in seller.get("/clients/?account=overdue").context["rows"]] == [port.name]
    assert seller.post(f"{url}/chase", {"how": "call", "words": "月底付"}).status_code == 302
    assert finance.post(f"{url}/overdue", {"cleared": "1"}).status_code == 302
    port.refresh_from_db()
    assert port.overdue_since_on is None


def test_merging_by_number(cast: Cast, port: Client) -> None:
    double = add(cast, "东岬港务公司")
    browser = cast.sign_in("lin")
    url = f"/clients/{double.pk}/merge"
    assert port.number in browser.get(url).content.decode()
    assert browser.post(url, {"into": "none", "version": 1}).status_code == 422
    assert browser.post(url, {"into": port.number, "version": 1}).status_code == 302
    assert port.name in browser.get(f"/clients/{double.pk}").content.decode()


def test_clients_from_a_table(cast: Cast, port: Client) -> None:
    browser = cast.sign_in("lin")

    def send(text: str) -> Any:
        return browser.post("/clients/table", {"file": SimpleUploadedFile("c.csv", text.encode(), "text/csv")})

    table = "name,kind,tier,phone\n青岱生物,company,B,021-1\n栖梧旅行社,travel agency,,\n"
    bad = send(table + "东岬港务集团有限公司,company,,\n砚桥,ship,,\n")
    assert bad.status_code == 422 and Client.objects.count() == 1
    assert send(table + "东岬港务集团有限公司,company,,\n").status_code == 422
    assert send(table).status_code == 302
    assert Client.objects.get(name="栖梧旅行社").kind == "agency"


def test_another_hotels_client_is_missing(cast: Cast, port: Client) -> None:
    other = Hotel.objects.create(code="other", name="别处", zone="Asia/Shanghai", created_at=cast.at("08:00"))
    Client.objects.filter(pk=port.pk).update(hotel=other)
    browser = cast.sign_in("lin")
    for path in ("", "/edit", "/contact", "/credit", "/merge", "/chase"):
        assert browser.get(f"/clients/{port.pk}{path}").status_code == 404, path


def test_the_palette_finds_clients(cast: Cast, port: Client) -> None:
    from guiju.clients.queries import find

    assert find(cast.actor("lin"), "djg", 6) == [(port.name, f"{port.number} A", f"/clients/{port.pk}", "client")]
