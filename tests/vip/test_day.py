"""What the day sheet, the search and Today say of a VIP, and what of it each may see."""

from __future__ import annotations

import csv
from collections.abc import Callable

from guiju.duties.models import Duty
from guiju.shelf import registry
from guiju.vip import actions, offers
from tests.cast import TODAY
from tests.vip.scene import TOMORROW, Stage


def test_the_line_of_the_day(stage: Stage) -> None:
    """Arriving with time, room, persons; leaving the next day; for finance, which has no copy, nothing; a draft for nobody."""
    plan = stage.approved()
    stage.draft(guest=plan.guest)
    part = next(one for one in registry.day_sheet if one.key == "vip")
    (line,) = part.rows(stage.cast.hotel.pk, TODAY, stage.cast.actor("lin"))
    assert line["at"] == plan.arrival_at and line["where"] == "1801" and line["persons"] == 4 and "郑怀山" in line["what"]
    (leaving,) = part.rows(stage.cast.hotel.pk, TOMORROW, stage.cast.actor("fang"))
    assert leaving["at"] == plan.departure_at
    assert list(part.rows(stage.cast.hotel.pk, TODAY, stage.cast.actor("cai"))) == []


def test_he_is_found_by_name_and_number(stage: Stage) -> None:
    plan = stage.approved()
    for text in ("郑怀", plan.number):
        assert [hit[2] for hit in offers.find(stage.cast.actor("lin"), text, 5)] == [f"/vip/{plan.pk}/"]
    assert offers.find(stage.cast.actor("chen"), "郑怀", 5) and not offers.find(stage.cast.actor("cai"), "郑怀", 5)


def test_today_leads_to_the_plan(stage: Stage, at: Callable[..., None]) -> None:
    """The bell desk's luggage stands on Today with its verb and leads to what it is about."""
    plan = stage.approved()
    at("16:52")
    actions.arrive(plan, **stage.by("fang", "16:52"))
    page = stage.cast.sign_in("li").get("/today/").content.decode()
    assert f"/vip/{plan.pk}/" in page and "交办" in page
    assert stage.cast.sign_in("li").get(f"/vip/{plan.pk}/").status_code == 200


def test_the_list_goes_out(stage: Stage) -> None:
    plan = stage.approved()
    shen = stage.cast.sign_in("shen")
    rows = list(csv.reader(b"".join(shen.get("/vip/?export=csv").streaming_content).decode("utf-8-sig").splitlines()))
    assert len(rows) == 2 and plan.number in rows[1] and "郑怀山" in rows[1]
    assert shen.get("/vip/?export=xlsx").status_code == 200
    assert stage.cast.sign_in("lin").get("/vip/?export=csv").status_code == 403, "taking lists away is a right of its own"


def test_what_is_owed_anew_is_offered(stage: Stage, at: Callable[..., None]) -> None:
    """Asking afterwards is offered only where an approval is owed and was sent back; distributing only while it is not out."""
    plan = stage.approved()
    lin = stage.cast.sign_in("lin")
    assert "报请补批" not in lin.get(f"/vip/{plan.pk}/").content.decode()
    assert f"/vip/{plan.pk}/do/distribute" not in lin.get(f"/vip/{plan.pk}/out").content.decode()
    actions.change_plan(plan, version=plan.version, fields={"room": "1901"}, reason="漏水", emergency=True, **stage.by("lin", "10:00"))
    stage.decide(plan, "shen", "10:05", accept=False, reason="再议")
    assert "报请补批" in lin.get(f"/vip/{plan.pk}/").content.decode()
    assert lin.post(f"/vip/{plan.pk}/do/ask-afterwards").status_code == 302
    assert Duty.objects.get(rule="afterwards").met_at is None


def test_another_hotels_plan_is_not_there(stage: Stage) -> None:
    plan = stage.approved()
    for path in (f"/vip/{stage.cast.hotel.pk}/", f"/vip/guests/{plan.pk}/", f"/vip/{plan.guest_id}/letter"):
        assert stage.cast.sign_in("lin").get(path).status_code == 404
