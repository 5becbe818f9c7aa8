"""Long-stay guests through HTTP: from the request to the contract, its papers, flowers, lists, rent, and what is confidential."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from guiju.duties.models import Duty
from guiju.longstay.models import Apartment
from tests.cast import TODAY, ZONE
from tests.stories.conftest import Story

FROM, UNTIL = date(2026, 12, 1), date(2027, 12, 1)
WHO = {"front_desk": "fang", "finance": "cai", "housekeeping": "ke", "fnb": "chen"}


def room(story: Story, number: str = "1206", *, floor: int = 12, unit: str = "apartment", rent: int = 18600) -> str:
    """A numbered room on the list: its id."""
    said = {"number": number, "floor": floor, "room_type": "KNG", "unit": unit, "rent": str(rent), "remarks": "双卧带厨"}
    return str(story.do("shen", "/longstay/rooms", said)["id"])


def begun(story: Story, pk: str, **more: Any) -> str:
    """A contract begun with everything but credit, agreed rent and payment rules: its id."""
    said: dict[str, Any] = {
        "client": str(story.scene.client.pk), "guest": "小野健", "nationality": "日本", "birthday": "1979-12-21", "address": "高新路 8 号",
        "contact": "许经理", "contact_phone": "0571-5550", "payment": "transfer", "room": pk, "from_on": FROM.isoformat(),
        "until_on": UNTIL.isoformat(), "rent": "18600", "prepayment": "37200", "requests": "厨房带烤箱",
    }
    said |= more
    return str(story.do("lin", "/longstay", {key: value for key, value in said.items() if value is not None})["id"])


def prepared(story: Story, pk: str, **more: Any) -> str:
    """A contract that may be put up for approval."""
    stay = begun(story, pk, **more)
    story.do("cai", f"/longstay/{stay}/credit", {"nature": "外资仪器公司", "standing": "good", "found": "三年往来，无拖欠"})
    story.do("lin", f"/longstay/{stay}/agree-rent")
    story.do("lin", f"/longstay/{stay}/terms", {"by_whom": "许经理"})
    return stay


def signed(story: Story, pk: str = "", **more: Any) -> str:
    """A contract in force: asked, approved by the sales manager and the general manager."""
    stay = prepared(story, pk or room(story), **more)
    asked = story.do("lin", f"/longstay/{stay}/ask")["approval"]
    for who in ("shen", "lu"):
        story.do(who, f"/approvals/{asked}/decide", {"accept": True})
    assert story.get("lin", f"/longstay/{stay}")["state"] == "in_force"
    return stay


def papers(story: Story, stay: str) -> dict[str, str]:
    """The papers of a contract by kind."""
    from guiju.papers.models import Paper

    return {kind: str(pk) for kind, pk in Paper.objects.filter(about_kind="longstay", about_id=stay).values_list("kind", "pk")}


def sign(story: Story, paper: str, *departments: str) -> None:
    """These departments sign (all that must, without a name)."""
    for copy in story.get("shen", f"/papers/{paper}")["copies"]:
        if copy["must_sign"] and not copy["signed_at"] and (not departments or copy["department"] in departments):
            story.do(WHO[copy["department"]], f"/papers/copies/{copy['id']}/sign")


def runs_out(story: Story, who: str, clause: str, rule: str, clock: str, day: date) -> None:
    """As Story.runs_out, for what comes round: the one that is owed now, whatever is planned after it."""
    at = story.cast.at(clock, day)
    for minutes, status in ((0, "soon"), (1, "late")):
        story.clock.write_text((at + timedelta(minutes=minutes)).isoformat())
        first = min(story.owed(who, clause, rule), key=lambda one: str(one["due_at"]))
        assert (datetime.fromisoformat(first["due_at"]).astimezone(at.tzinfo), first["status"]) == (at, status), (clause, rule, first)


def due(duty: Duty) -> tuple[str, datetime]:
    return duty.status, duty.due_at.astimezone(ZONE).replace(tzinfo=None)  # type: ignore[attr-defined]  # as with_status annotates it


def judged(story: Story, clause: str, kind: str, stay: str) -> tuple[str, list[str]]:
    (found,) = [one for one in story.get("shen", f"/compliance/records/{kind}/{stay}") if one["clause"] == clause]
    return found["stands"], found["gaps"]


def test_a_long_stay_request_is_answered_with_rooms_and_rent(story: Story) -> None:
    """longstay.recommend: within half a working day, higher floors first; the quotation says just these rents."""
    low, high = room(story, "806", floor=8, unit="room", rent=9000), room(story)
    asked = story.scene.came_in(client=story.scene.client, kind="longstay", rooms={})
    story.do("lin", f"/enquiries/{asked.pk}/take")
    story.runs_out("lin", "longstay.recommend", "recommend", "14:00")
    story.at("11:00")
    found = story.get("lin", "/longstay/rooms", from_on=FROM.isoformat(), until_on=UNTIL.isoformat())
    assert [one["number"] for one in found] == ["1206", "806"]
    both = {"rooms": [{"room": high, "rent": "18000"}, {"room": low, "rent": "8800"}], "from_on": FROM.isoformat(), "until_on": UNTIL.isoformat()}
    story.refused("lin", f"/longstay/recommend/{asked.pk}/letter", {"channel": "letter"})
    story.do("lin", f"/longstay/recommend/{asked.pk}", both)
    assert story.status("longstay.recommend") == ["met"]
    wrong = {"channel": "letter", "body": "1206 房每月 RMB 17,000"}
    assert story.do("lin", f"/longstay/recommend/{asked.pk}/letter", wrong)["complete"] is False  # a rent that nobody recommended
    letter = story.do("lin", f"/longstay/recommend/{asked.pk}/letter", {"channel": "wechat"})
    assert letter["complete"] and "18,000" in letter["body"] and letter["body"].index("1206") < letter["body"].index("806")
    assert story.status("booking.reply-30") == ["met_late"]


def test_a_request_that_is_none_is_owed_no_recommendation(story: Story) -> None:
    """longstay.recommend: not a guest for two nights; withdrawn, it is owed no more."""
    story.scene.came_in(client=story.scene.client)
    assert story.status("longstay.recommend") == []
    asked = story.scene.came_in(client=story.scene.client, kind="longstay", rooms={})
    story.do("lin", f"/enquiries/{asked.pk}/withdraw", {"reason": "改租公寓"})
    assert story.status("longstay.recommend") == ["superseded"]


def test_credit_and_rent_come_before_the_contract(story: Story) -> None:
    """longstay.credit-first: refused while finance has not looked, or the rent is not agreed; the general manager may let it go."""
    stay = begun(story, room(story))
    told = story.refused("lin", f"/longstay/{stay}/ask")
    assert told["code"] == "gate" and "longstay.credit-first" in str(told) and "credit_checked" in str(told)
    story.refused("lin", f"/longstay/{stay}/credit", {"nature": "x", "standing": "good", "found": "x"}, 403)
    story.do("cai", f"/longstay/{stay}/credit", {"nature": "外资仪器公司", "standing": "fair", "found": "工商登记"})
    told = story.refused("lin", f"/longstay/{stay}/ask")
    assert "rent_agreed" in str(told) and "credit_checked" not in str(told.get("clauses", ""))
    story.do("lin", f"/longstay/{stay}/agree-rent")
    assert story.do("lin", f"/longstay/{stay}/ask")["state"] == "asked"


def test_without_period_room_and_prepayment_no_contract(story: Story) -> None:
    """longstay.contract-terms: each of the three is asked for; with them it waits for two people, and the room is blocked."""
    pk = room(story)
    for lacking in ("until_on", "room", "prepayment"):
        stay = prepared(story, pk, **{lacking: None})
        told = story.refused("lin", f"/longstay/{stay}/ask")
        assert told["code"] == "gate" and "longstay.contract-terms" in str(told)
    stay = prepared(story, pk)
    asked = story.do("lin", f"/longstay/{stay}/ask")["approval"]
    steps = story.get("lin", f"/approvals/{asked}")["steps"]
    assert [step["post"] for step in steps] == ["sales_manager", "gm"]
    other = prepared(story, pk, guest="罗杰", from_on=(UNTIL - timedelta(days=1)).isoformat(), until_on=(UNTIL + timedelta(days=90)).isoformat())
    assert story.refused("lin", f"/longstay/{other}/ask")["code"] == "room_taken"
    story.do("shen", f"/approvals/{asked}/decide", {"accept": False, "reason": "租金太低"})
    assert story.get("lin", f"/longstay/{stay}")["state"] == "draft"
    assert story.do("lin", f"/longstay/{other}/ask")["state"] == "asked"


def test_going_on_is_talked_over_two_months_before(story: Story) -> None:
    """longstay.contract-terms: the talk is due sixty days before the end; a renewal moves the end, and is approved by the manager."""
    stay = signed(story)
    (duty,) = story.duties("longstay.contract-terms", "renewal")
    assert due(duty) == ("planned", datetime(2027, 10, 2, 18, 0)) and str(duty.owner_person_id) == str(story.cast.people["lin"].pk)
    story.at("10:00", date(2027, 9, 20))
    asked = story.do("lin", f"/longstay/{stay}/renew", {"until_on": "2028-06-01", "rent": "19000"})
    assert story.status("longstay.contract-terms", "renewal") == ["met"]
    assert asked["from_on"] == UNTIL.isoformat()
    found = [one for one in story.get("shen", "/approvals") if one["kind"] == "longstay_renewal"]
    assert len(found) == 1, "the sales manager is not asked"
    waits = found[0]
    assert [step["post"] for step in waits["steps"]] == ["sales_manager"]
    story.do("shen", f"/approvals/{waits['id']}/decide", {"accept": True})
    now = story.get("lin", f"/longstay/{stay}")
    assert (now["until_on"], now["rent"]) == ("2028-06-01", "19000.00")
    assert [due(one)[1].date() for one in story.duties("longstay.contract-terms", "renewal")][-1] == date(2028, 4, 2)


def test_the_client_card_says_who_and_where(story: Story) -> None:
    """longstay.contact-card: company, address, contact, telephone, guest."""
    stay = begun(story, room(story), address="", contact_phone="")
    assert judged(story, "longstay.contact-card", "longstay", stay) == ("gap", ["address", "contact_phone"])
    page = story.cast.sign_in("lin").get(f"/longstay/{stay}/").content.decode()
    assert "还缺" in page and "联系地址" in page
    version = story.get("lin", f"/longstay/{stay}")["version"]
    story.do("lin", f"/longstay/{stay}", {"version": version, "address": "高新路 8 号", "contact_phone": "0571"}, method="patch")
    assert judged(story, "longstay.contact-card", "longstay", stay) == ("complete", [])


def test_the_payment_rules_are_explained(story: Story) -> None:
    """longstay.payment-terms: asked of a contract that is put up, not of one being made."""
    stay = begun(story, room(story), payment=None)
    assert judged(story, "longstay.payment-terms", "longstay", stay)[0] == "not_applicable"
    story.do("cai", f"/longstay/{stay}/credit", {"nature": "公司", "standing": "good", "found": "往来"})
    story.do("lin", f"/longstay/{stay}/agree-rent")
    story.do("lin", f"/longstay/{stay}/ask")
    assert judged(story, "longstay.payment-terms", "longstay", stay) == ("gap", ["payment", "terms_told", "terms_acknowledged"])
    story.do("lin", f"/longstay/{stay}/terms", {"by_whom": "许经理"})
    version = story.get("lin", f"/longstay/{stay}")["version"]
    story.do("lin", f"/longstay/{stay}", {"version": version, "payment": "transfer"}, method="patch")
    assert judged(story, "longstay.payment-terms", "longstay", stay) == ("complete", [])


def test_the_departments_are_told_the_day_it_is_signed(story: Story) -> None:
    """longstay.notify-depts: front desk, finance and housekeeping, by 18:00 of that day; a signature taken back is owed again."""
    stay = signed(story)
    paper = papers(story, stay)["longstay_notice"]
    assert [one for one, copy in story.copies(paper).items() if copy["must_sign"]] == ["front_desk", "finance", "housekeeping"]
    story.runs_out("lin", "longstay.notify-depts", "signed", "18:00")
    story.at("11:00")
    sign(story, paper, "front_desk", "finance")
    assert story.status("longstay.notify-depts") == ["open"]
    sign(story, paper, "housekeeping")
    assert story.status("longstay.notify-depts") == ["met"]
    story.at("11:02")
    story.do("ke", f"/papers/copies/{story.copies(paper)['housekeeping']['id']}/undo")
    assert story.status("longstay.notify-depts") == ["open"]


def test_finance_knows_whom_to_bill(story: Story) -> None:
    """longstay.notify-finance: address, contact and way of paying go to finance alone, signed that day."""
    stay = signed(story)
    paper = papers(story, stay)["longstay_billing"]
    assert [one for one, copy in story.copies(paper).items() if copy["must_sign"]] == ["finance"]
    page = story.cast.sign_in("cai").get(f"/papers/{paper}/").content.decode()
    assert "高新路 8 号" in page and "许经理" in page and "转账" in page
    assert story.cast.sign_in("ke").get(f"/papers/{paper}/").status_code == 404
    story.runs_out("lin", "longstay.notify-finance", "signed", "18:00")
    story.at("11:00")
    sign(story, paper)
    assert story.status("longstay.notify-finance") == ["met"]


def test_a_contract_of_the_evening_is_signed_for_by_nine(story: Story) -> None:
    """longstay.notify-depts, notify-finance: after 18:00 by nine the next morning."""
    stay = prepared(story, room(story))
    story.at("18:30")
    asked = story.do("lin", f"/longstay/{stay}/ask")["approval"]
    story.do("shen", f"/approvals/{asked}/decide", {"accept": True})
    story.do("lu", f"/approvals/{asked}/decide", {"accept": True})
    tomorrow = datetime.combine(TODAY + timedelta(days=1), datetime.min.time()).replace(hour=9)
    for clause in ("longstay.notify-depts", "longstay.notify-finance"):
        assert [due(one)[1] for one in story.duties(clause, "signed")] == [tomorrow]


def test_an_apartment_gets_flowers_a_room_none(story: Story) -> None:
    """longstay.flowers-suite: ordered as the contract is signed, from housekeeping, by two in the afternoon of the day of moving in."""
    signed(story)
    assert story.status("longstay.flowers-suite", "order") == ["met"]
    (order,) = story.get("ke", "/longstay/orders")
    assert (order["what"], order["department"], order["room"]) == ("flowers", "housekeeping", "1206")
    story.runs_out("ke", "longstay.flowers-suite", "flowers", "14:00", FROM)
    assert story.get("chen", "/longstay/orders") == []
    story.refused("chen", f"/longstay/orders/{order['id']}/done", status=403)
    story.at("13:00", FROM)
    story.do("ke", f"/longstay/orders/{order['id']}/done")
    assert story.status("longstay.flowers-suite", "flowers") == ["met"]
    signed(story, room(story, "806", unit="room"))
    assert story.get("ke", "/longstay/orders") == []


def test_the_card_has_the_birthday_and_the_form_goes_to_reservations(story: Story) -> None:
    """longstay.card: the card within a day, the reservation form signed for that day, the birthday known."""
    stay = signed(story, birthday=None)
    assert judged(story, "longstay.card", "longstay_card", stay) == ("gap", ["birthday", "card_printed"])
    assert "birthday" in story.refused("lin", f"/longstay/{stay}/card", status=422)["errors"]
    version = story.get("lin", f"/longstay/{stay}")["version"]
    story.do("lin", f"/longstay/{stay}", {"version": version, "birthday": "1979-10-21"}, method="patch")
    story.runs_out("lin", "longstay.card", "form", "18:00")
    story.runs_out("lin", "longstay.card", "card", "10:00", TODAY + timedelta(days=1))
    story.at("12:00")
    card = story.do("lin", f"/longstay/{stay}/card")["paper"]
    assert story.cast.sign_in("lin").get(f"/papers/{card}/").status_code == 200
    paper = papers(story, stay)["longstay_reservation"]
    assert [one for one, copy in story.copies(paper).items() if copy["must_sign"]] == ["front_desk"]
    sign(story, paper)
    assert story.status("longstay.card", "card") == ["met"] and story.status("longstay.card", "form") == ["met"]
    assert judged(story, "longstay.card", "longstay_card", stay) == ("complete", [])


def test_the_list_of_the_month_goes_to_four_departments(story: Story) -> None:
    """longstay.monthly-list: by itself on the first, four sign by 18:00."""
    signed(story)
    first = date(2026, 12, 1)
    story.at("07:59", first)
    story.round()
    assert story.get("lin", "/longstay/lists") == []
    story.at("08:01", first)
    story.round()
    story.round()
    (row,) = story.get("lin", "/longstay/lists")
    assert (row["month"], row["guests"], row["open"]) == ("2026-12", 1, ["front_desk", "finance", "housekeeping", "fnb"])
    runs_out(story, "wen", "longstay.monthly-list", "list", "18:00", first)
    story.at("12:00", first)
    sign(story, row["paper"], "front_desk", "finance", "housekeeping")
    assert story.status("longstay.monthly-list", "list")[0] == "soon" or story.status("longstay.monthly-list", "list")[0] == "open"
    sign(story, row["paper"], "fnb")
    assert story.status("longstay.monthly-list", "list")[0] == "met"


def test_on_a_birthday_flowers_and_fruit_stand_in_the_room(story: Story) -> None:
    """longstay.monthly-list: three days before, housekeeping and F&B are asked, for ten that morning."""
    signed(story)
    story.at("08:00", date(2026, 12, 17))
    story.round()
    assert len(story.get("lin", "/longstay/orders")) == 1  # the flowers of moving in
    story.at("08:01", date(2026, 12, 18))
    story.round()
    story.round()
    found = {(one["what"], one["department"], one["needed_at"][:16]) for one in story.get("lin", "/longstay/orders") if one["occasion"] == "birthday"}
    assert {one[:2] for one in found} == {("flowers", "housekeeping"), ("fruit", "fnb")}
    assert [due(one) for one in story.duties("longstay.monthly-list", "birthday")][:1] == [("met", datetime(2026, 12, 18, 12, 0))]
    story.runs_out("chen", "longstay.monthly-list", "orders", "10:00", date(2026, 12, 21))


def test_a_lunar_birthday_moves_with_the_moon(story: Story) -> None:
    """longstay.monthly-list: the first month's fifteenth of 2027 is the 20th of February."""
    signed(story, birthday="1980-03-01", lunar_birthday=True)
    story.at("09:00", date(2027, 2, 17))
    story.round()
    assert story.status("longstay.monthly-list", "birthday") == []
    assert [due(one) for one in story.duties("longstay.monthly-list", "birthday-lunar")][:1] == [("met", datetime(2027, 2, 17, 12, 0))]
    orders = [one for one in story.get("lin", "/longstay/orders") if one["occasion"] == "birthday"]
    assert {one["needed_at"][:10] for one in orders} == {"2027-02-20"}


def paid(story: Story, stay: str, amount: str, on: date) -> Any:
    return story.do("cai", f"/longstay/{stay}/payments", {"amount": amount, "on": on.isoformat()})


def test_while_rent_is_late_finance_is_asked_every_week(story: Story) -> None:
    """longstay.watch-account: from the eighth day every Thursday, by the seller, until it is paid."""
    stay = signed(story)
    story.at("00:05", date(2026, 12, 1))
    story.round()
    assert story.get("lin", f"/longstay/{stay}")["unpaid_since"] == "2026-12-01"
    story.at("09:00", date(2026, 12, 8))
    story.round()
    assert not story.get("lin", f"/longstay/{stay}")["late"] and story.status("longstay.watch-account") == []
    story.at("09:00", date(2026, 12, 9))
    story.round()
    assert story.get("lin", f"/longstay/{stay}")["late"]
    runs_out(story, "lin", "longstay.watch-account", "ask", "18:00", date(2026, 12, 10))
    story.at("11:00", date(2026, 12, 10))
    story.do("lin", f"/longstay/{stay}/talks", {"kind": "client", "with_whom": "许经理", "text": "在批"})
    assert story.status("longstay.watch-account")[0] == "open"
    story.do("lin", f"/longstay/{stay}/talks", {"with_whom": "蔡正", "text": "公司付款在批"})
    assert story.status("longstay.watch-account")[0] == "met"
    story.at("09:00", date(2026, 12, 15))
    paid(story, stay, "18600", date(2026, 12, 14))
    assert set(story.status("longstay.watch-account")[1:]) <= {"superseded"}
    assert not story.get("lin", f"/longstay/{stay}")["late"]


def test_at_two_months_finance_acts(story: Story) -> None:
    """longstay.two-months: on the day; finance signs within a working day and notes the outcome within five."""
    stay = signed(story)
    for day in (date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)):
        story.at("00:05", day)
        story.round()
    story.begins("lin", "longstay.two-months", "ask", "09:00", date(2027, 2, 1))
    story.runs_out("lin", "longstay.two-months", "ask", "18:00", date(2027, 2, 1))
    story.at("15:00", date(2027, 2, 1))
    case = story.do("lin", f"/longstay/{stay}/ask-finance")
    assert (case["unpaid_since"], float(case["amount"]), case["taken"]) == ("2026-12-01", 55800, False)
    assert story.do("lin", f"/longstay/{stay}/ask-finance")["id"] == case["id"]
    assert story.status("longstay.two-months", "ask") == ["met"]
    story.refused("lin", f"/longstay/cases/{case['id']}/take", status=403)
    story.refused("cai", f"/longstay/cases/{case['id']}/outcome", {"outcome": "约定月底付"})
    story.runs_out("cai", "longstay.two-months", "sign", "18:00", date(2027, 2, 2))
    story.at("16:00", date(2027, 2, 1))
    story.do("cai", f"/longstay/cases/{case['id']}/take")
    (owed,) = story.owed("cai", "longstay.two-months", "outcome")
    assert datetime.fromisoformat(owed["due_at"]) > story.cast.at("18:00", date(2027, 2, 8))  # five working days, holidays left out
    story.at("09:00", date(2027, 2, 3))
    story.do("cai", f"/longstay/cases/{case['id']}/outcome", {"outcome": "公司承诺 2 月 10 日前付两期"})
    assert story.status("longstay.two-months") == ["met", "met", "met"]


def test_a_payment_of_a_part_moves_the_two_months(story: Story) -> None:
    """longstay.two-months: the oldest month paid, the next one counts; all paid, nothing is owed."""
    stay = signed(story)
    for day in (date(2026, 12, 1), date(2027, 1, 1)):
        story.at("00:05", day)
        story.round()
    story.at("10:00", date(2027, 1, 20))
    paid(story, stay, "10000", date(2027, 1, 20))
    assert story.get("lin", f"/longstay/{stay}")["unpaid_since"] == "2026-12-01"
    paid(story, stay, "8600", date(2027, 1, 20))
    assert story.get("lin", f"/longstay/{stay}")["unpaid_since"] == "2027-01-01"
    found = {one.occurrence: due(one) for one in story.duties("longstay.two-months", "ask")}
    assert found["2026-12-01"][0] == "superseded" and found["2027-01-01"] == ("planned", datetime(2027, 3, 1, 18, 0))
    paid(story, stay, "18600", date(2027, 1, 20))
    assert story.status("longstay.two-months", "ask") == ["superseded", "superseded"]
    assert story.refused("lin", f"/longstay/{stay}/ask-finance")["code"] == "nothing_unpaid"


def test_a_suspicion_is_told_to_floor_and_security_and_nobody_else(story: Story) -> None:
    """longstay.suspicious: within two hours both know, movements are noted daily; the standard's posts see it, a seller does not."""
    stay = signed(story)
    note = story.do("shen", f"/longstay/{stay}/notes", {"text": "夜间多人进出，访客不登记"})["id"]
    story.refused("lin", f"/longstay/{stay}/notes", {"text": "x"}, 403)
    story.refused("lin", f"/longstay/notes/{note}", status=403, method="get")
    assert story.owed("lin", "longstay.suspicious") == []
    story.runs_out("ke", "longstay.suspicious", "floor", "12:00")
    story.runs_out("an", "longstay.suspicious", "security", "12:00")
    story.at("11:00")
    for who in ("ke", "an"):
        assert "夜间" in story.get(who, f"/longstay/notes/{note}")["text"]
        story.do(who, f"/longstay/notes/{note}/told")
    assert story.status("longstay.suspicious", "floor") == ["met"] and story.status("longstay.suspicious", "security") == ["met"]
    runs_out(story, "an", "longstay.suspicious", "watch", "20:00", TODAY)
    story.at("19:00")
    story.do("an", f"/longstay/notes/{note}/seen", {"text": "22 点后无人进出"})
    assert story.duties("longstay.suspicious", "watch")[0].status == "met"  # type: ignore[attr-defined]  # as with_status annotates it
    story.do("shen", f"/longstay/notes/{note}/close", {"reason": "是家人来访"})
    assert set(story.status("longstay.suspicious", "watch")[1:]) <= {"superseded"}


def test_a_room_that_is_let_stays_on_the_list(story: Story) -> None:
    """A numbered room of a contract cannot be taken off, nor change its type; after the guest has left it can."""
    pk = room(story)
    stay = signed(story, pk)
    assert story.refused("shen", f"/longstay/rooms/{pk}/close")["code"] == "taken"
    story.at("10:00", date(2027, 1, 15))
    bill = story.do("lin", f"/longstay/{stay}/leave", {"on": "2027-01-15", "opinion": "很好"})
    assert (bill["state"], bill["final_bill"]) == ("left", "27000.00")
    story.do("shen", f"/longstay/rooms/{pk}/close")
    assert Apartment.objects.get(pk=pk).closed_at is not None
