"""The pages of events: from an enquiry to the file, who sees what, what is refused beside its field, how much is asked of the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guiju.approvals.models import Approval
from guiju.artwork import actions as artwork
from guiju.events import actions
from guiju.events.models import Deposit, Event, EventFunction, EventLine, Menu
from guiju.function_space import actions as halls
from guiju.papers.models import Copy, Paper
from tests.cast import TODAY, Cast
from tests.enquiries.scene import Scene, dress
from tests.events.wardrobe import DAY, definite, hall, wedding


@pytest.fixture
def scene(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    settings.MEDIA_ROOT = tmp_path / "files"
    file = tmp_path / "clock"
    file.write_text(cast.at("10:00").isoformat())
    monkeypatch.setenv("GUIJU_CLOCK_FILE", str(file))
    found = dress(cast)
    cast.extra["clock"] = file
    return found


def at(scene: Scene, moment: datetime) -> None:
    scene.cast.extra["clock"].write_text(moment.isoformat())


def step(scene: Scene, who: str = "lin", clock: str = "09:30") -> dict[str, Any]:
    return {"by": scene.cast.actor(who), "now": scene.cast.at(clock)}


def issued(scene: Scene, **more: Any) -> Event:
    """A small event whose order is out."""
    event = definite(scene.cast, **{"persons": 40, "tables": 4, **more})
    actions.issue_order(event, **step(scene))
    return event


def test_from_an_enquiry_to_the_quotation(scene: Scene) -> None:
    """A request for a function becomes an event with what it said; function, menu and quotation follow on the pages."""
    enquiry = scene.came_in(client=scene.client, kind="function")
    lin = scene.cast.sign_in("lin")
    assert f"/events/new?enquiry={enquiry.pk}" in lin.get(reverse("enquiries:enquiry", args=[enquiry.pk])).content.decode()
    page = lin.get("/events/new", {"enquiry": str(enquiry.pk)}).content.decode()
    assert "C26-0001" in page and "2026-12-06" in page
    card = {"name": "答谢宴", "kind": "reception", "on": DAY.isoformat(), "client": "C26-0001", "enquiry": str(enquiry.pk), "lang": "en"}
    assert lin.post("/events/new", {**card, "client": "C99"}).status_code == 422
    assert lin.post("/events/new", card).status_code == 302
    event = Event.objects.get()
    assert event.enquiry_id == enquiry.pk and event.client == scene.client and event.seller == scene.cast.people["lin"]
    assert event.number in lin.get(reverse("enquiries:enquiry", args=[enquiry.pk])).content.decode()
    menu = actions.add_menu(scene.cast.hotel, card={"name": "答谢套餐", "basis": "person", "price": Decimal(198), "dishes": "冷盘\n例汤"}, **step(scene, "shen"))
    plan = {"name": "午宴", "from_at": f"{DAY}T11:30", "until_at": f"{DAY}T14:00", "hall": str(hall(scene.cast).pk), "setup": "banquet", "expected_persons": 60}
    assert "until_at" in lin.post(f"/events/{event.pk}/functions/new", {**plan, "until_at": f"{DAY}T11:00"}).context["form"].errors
    assert lin.post(f"/events/{event.pk}/functions/new", plan).status_code == 302
    row = EventFunction.objects.get()
    assert (row.setup_minutes, row.expected_persons) == (120, 60)
    line = {"part": "menu", "function": str(row.pk), "menu": str(menu.pk), "department": "fnb"}
    assert lin.post(f"/events/{event.pk}/lines/new", line).status_code == 302
    made = EventLine.objects.get()
    assert (made.text, made.basis, made.price, made.details) == ("答谢套餐", "person", Decimal(198), "冷盘\n例汤")
    assert lin.post(f"/events/{event.pk}/do/quote", {"valid_until_on": (DAY + timedelta(days=1)).isoformat()}).status_code == 422
    for _twice in range(2):
        assert lin.post(f"/events/{event.pk}/do/quote", {"valid_until_on": "2026-12-01"}).status_code == 302
    assert event.quotations.count() == 1 and event.quotations.get().total == Decimal("11880")
    actions.change_line(made, line={"price": Decimal(188)}, **step(scene))
    lin.post(f"/events/{event.pk}/do/quote", {"valid_until_on": "2026-12-01"})
    assert [(one.number, one.total) for one in event.quotations.order_by("number")] == [(1, Decimal("11880")), (2, Decimal("11280"))]
    pdf = lin.get(f"/papers/{Paper.objects.get(kind='event_quotation').pk}/pdf/")
    assert pdf.status_code == 200 and pdf.content.startswith(b"%PDF")


def test_a_hall_is_taken_once(scene: Scene) -> None:
    """Two weddings want the same evening: the second is told the clash, and cannot be made definite."""
    first, second = wedding(scene.cast), wedding(scene.cast, name="吴府婚宴")
    lin = scene.cast.sign_in("lin")
    option = {"function": str(first.functions.get().pk), "option_until_at": "2026-11-30T18:00"}
    assert lin.post(f"/events/{first.pk}/do/take-hall", option).status_code == 302
    assert lin.post(f"/events/{second.pk}/do/take-hall", {"function": str(second.functions.get().pk)}).status_code == 409
    assert lin.post(f"/events/{second.pk}/do/confirm", {"agreed_how": "合同"}).status_code == 422
    page = lin.post(f"/events/{first.pk}/do/confirm", {"agreed_how": ""})
    assert page.status_code == 422 and page.context["wrong_form"].errors["agreed_how"]
    assert lin.post(f"/events/{first.pk}/do/confirm", {"agreed_how": "合同 2026-88"}).status_code == 302
    first.refresh_from_db()
    assert first.state == "definite" and first.functions.get().diary.state == "definite"
    later = {"from_at": scene.cast.at("18:00", DAY + timedelta(days=1)), "until_at": scene.cast.at("21:00", DAY + timedelta(days=1))}
    actions.change_function(EventFunction.objects.get(event=first), plan=later, **step(scene))
    first.refresh_from_db()
    assert first.on == DAY + timedelta(days=1) and first.functions.get().diary.from_at == later["from_at"]
    assert lin.post(f"/events/{second.pk}/do/take-hall", {"function": str(second.functions.get().pk)}).status_code == 302
    assert lin.post(f"/events/{second.pk}/do/lose", {"reason": "价格太高"}).status_code == 302
    second.refresh_from_db()
    assert second.state == "lost" and not second.functions.get().diary.standing


def test_what_changes_goes_out_at_once(scene: Scene) -> None:
    """Parking concerns security and the bell desk; only they sign again, the other signatures stand."""
    event = issued(scene)
    paper = Paper.objects.get(kind="event_order")
    for copy in Copy.objects.filter(paper=paper, must_sign=True):
        Copy.objects.filter(pk=copy.pk).update(signed_at=scene.cast.at("09:40"), signed_by_id=scene.cast.people["chen"].pk)
    lin = scene.cast.sign_in("lin")
    page = lin.get(f"/events/{event.pk}/change")
    card = {name: page.context["form"].initial[name] or "" for name in page.context["form"].fields}
    saved = lin.post(f"/events/{event.pk}/change", {**card, "parking": "留三十个车位", "version": event.version})
    assert saved.status_code == 302
    again = {copy.department for copy in Copy.objects.filter(paper=paper, superseded_at__isnull=True, must_sign=True)}
    assert again == {"security", "bell_desk"}
    stale = lin.post(f"/events/{event.pk}/change", {**card, "parking": "不留", "version": event.version})
    assert stale.status_code == 409 and "留三十个车位" in stale.content.decode()


def test_a_hall_moved_in_the_diary_moves_the_event(scene: Scene) -> None:
    """Somebody moves it in the function diary, a day later: the event, its day and its order follow, and all sign again."""
    event = issued(scene)
    diary, day = event.functions.get().diary, DAY + timedelta(days=1)
    halls.move(diary, from_at=scene.cast.at("17:30", day), until_at=scene.cast.at("20:30", day), **step(scene))
    event.refresh_from_db()
    row = event.functions.get()
    assert (event.on, row.from_at) == (day, scene.cast.at("17:30", day))
    paper = Paper.objects.get(kind="event_order")
    assert paper.latest == 2 and "17:30" in str(paper.revisions.get(number=2).content["functions"])
    actions.change_function(row, plan={"decoration": "T 台"}, **step(scene))
    paper.refresh_from_db()
    assert paper.latest == 3


def test_an_event_that_grows(scene: Scene) -> None:
    """Forty-four became fifty-five: the general manager is asked after all, and the page says so."""
    event = issued(scene)
    lin = scene.cast.sign_in("lin")
    assert "总经理还没签" not in lin.get(f"/events/{event.pk}/order/").content.decode()
    assert lin.post(f"/events/{event.pk}/do/guarantee", {"persons_1": "55", "tables_1": "6"}).status_code == 302
    assert "总经理还没签" in lin.get(f"/events/{event.pk}/order/").content.decode()
    assert lin.post(f"/events/{event.pk}/do/ask-gm").status_code == 302
    lu = scene.cast.sign_in("lu")
    answer = {"answer": "approve", "reason": ""}
    assert lu.post(reverse("approvals:decide", args=[Approval.objects.get().pk]), answer).status_code == 302
    event.refresh_from_db()
    assert event.gm_signed_at and "gm_office" in {copy.department for copy in Copy.objects.filter(paper__kind="event_order", superseded_at__isnull=True)}


def test_a_department_reads_its_part(scene: Scene) -> None:
    """The kitchen reads menu and tables, no prices; security reads neither."""
    issued(scene, parking="留三十个车位")
    chen, an = scene.cast.sign_in("chen"), scene.cast.sign_in("an")
    at(scene, scene.cast.at("10:00", DAY - timedelta(days=5)))
    kitchen = scene.cast.sign_in("chen", now=scene.cast.at("09:50", DAY - timedelta(days=5))).get("/events/mine/").content.decode()
    assert "龙虾两吃" in kitchen and "4 桌" in kitchen and "3,888" not in kitchen
    guard = scene.cast.sign_in("an", now=scene.cast.at("09:50", DAY - timedelta(days=5))).get("/events/mine/").content.decode()
    assert "留三十个车位" in guard and "龙虾" not in guard
    assert chen.get(f"/events/{Event.objects.get().pk}/money/").status_code == 403 and an.get("/events/").status_code == 403


def test_deposits_on_the_page(scene: Scene) -> None:
    """What is due and not there is shown as overdue; the cashier enters the receipt."""
    event = wedding(scene.cast)
    lin = scene.cast.sign_in("lin")
    assert lin.post(f"/events/{event.pk}/do/deposit", {"label": "首期", "amount": "30000", "due_on": "2026-11-26"}).status_code == 302
    row = Deposit.objects.get()
    at(scene, scene.cast.at("10:00", TODAY + timedelta(days=3)))
    cashier = scene.cast.sign_in("ma", now=scene.cast.at("09:50", TODAY + timedelta(days=3)))
    assert "逾期" in cashier.get(f"/events/{event.pk}/money/").content.decode()
    bad = cashier.post(f"/events/{event.pk}/do/receive", {"deposit": str(row.pk), "amount": "30000", "receipt": ""})
    assert bad.status_code == 422 and bad.context["wrong_form"].errors["receipt"]
    assert cashier.post(f"/events/{event.pk}/do/receive", {"deposit": str(row.pk), "amount": "30000", "receipt": "0031"}).status_code == 302
    assert "0031" in cashier.get(f"/events/{event.pk}/money/").content.decode()
    assert cashier.post(f"/events/{event.pk}/do/lose", {"reason": "不来了"}).status_code == 403


def test_cancelling_on_the_page(scene: Scene) -> None:
    event = issued(scene)
    lin = scene.cast.sign_in("lin")
    assert "30" in lin.get(f"/events/{event.pk}/cancel").content.decode()  # twenty-five days before: three tenths
    told = {"reason": "改期", "told_by": "陈先生", "told_how": "phone"}
    assert lin.post(f"/events/{event.pk}/cancel", {**told, "told_by": ""}).status_code == 422
    assert lin.post(f"/events/{event.pk}/cancel", told).status_code == 302
    event.refresh_from_db()
    assert event.state == "cancelled" and event.cancel_charge == Decimal("5361.60")  # (15,552 + 2,320) × 30 %
    assert Paper.objects.get(kind="event_order").voided_at and Paper.objects.filter(kind="change_notice").exists()
    assert not event.functions.get().diary.standing
    assert lin.post(f"/events/{event.pk}/do/issue").status_code == 409


def test_after_the_event(scene: Scene) -> None:
    """Numbers, a photo, the file, the library, next time: each on its page."""
    event = issued(scene)
    row = event.functions.get()
    late = scene.cast.at("22:00", DAY)
    at(scene, late)
    lin, wen = scene.cast.sign_in("lin", now=late), scene.cast.sign_in("wen", now=late)
    assert lin.post(f"/events/{event.pk}/do/took-place", {"persons_1": "44", "tables_1": "5"}).status_code == 302
    png = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000" "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")
    photo = {"what": "photo", "caption": "主桌", "file": SimpleUploadedFile("a.png", png)}
    assert lin.post(f"/events/{event.pk}/do/enclose", photo).status_code == 302
    assert lin.post(f"/events/{event.pk}/do/enclose", {"what": "photo", "file": SimpleUploadedFile("a.exe", b"MZ" * 40)}).status_code == 422
    shown = lin.get(f"/events/{event.pk}/file/").content.decode()
    assert "还缺：" in shown and "主桌" in shown
    assert lin.post(f"/events/{event.pk}/do/hand-in", {"opinions": ""}).status_code == 422
    report = {"opinions": "菜好", "requests": "清真两桌", "occasion": "婚礼", "bill_number": "Z88", "bill_received": "22000"}
    assert lin.post(f"/events/{event.pk}/do/hand-in", report).status_code == 302
    assert "还缺：" not in lin.get(f"/events/{event.pk}/file/").content.decode()
    assert lin.post(f"/events/{event.pk}/do/archive", {"place": "柜 3"}).status_code == 403
    assert wen.post(f"/events/{event.pk}/do/archive", {"place": "柜 3"}).status_code == 302
    event.refresh_from_db()
    assert event.state == "archived" and event.bill_total == Decimal("21992.00")  # five tables, forty-four drink
    again = lin.post(f"/events/{event.pk}/do/again", {"on": "2027-12-18"})
    assert again.status_code == 302
    new = Event.objects.exclude(pk=event.pk).get()
    assert again["Location"] == f"/events/{new.pk}/" and new.functions.get().expected_persons == 44 and row.diary_id and new.functions.get().diary is None
    assert lin.post(f"/events/{event.pk}/do/again", {"on": "2027-12-18"})["Location"] == f"/events/{new.pk}/"  # not a third one


def test_menus(scene: Scene) -> None:
    shen, lin = scene.cast.sign_in("shen"), scene.cast.sign_in("chen")
    card = {"name": "春宴", "basis": "table", "price": "2888", "dishes": "冷盘\n\n 东坡肉 "}
    assert shen.post("/events/menus/new", {**card, "dishes": " "}).status_code == 422
    assert shen.post("/events/menus/new", card).status_code == 302
    row = Menu.objects.get()
    assert row.dishes == "冷盘\n东坡肉" and shen.post("/events/menus/new", card).status_code == 422
    assert shen.post(f"/events/menus/{row.pk}/", {**card, "price": "2999", "version": row.version}).status_code == 302
    assert shen.post(f"/events/menus/{row.pk}/", {**card, "price": "3999", "version": row.version}).status_code == 409
    assert "2,999" in lin.get("/events/menus/").content.decode() and lin.post(f"/events/menus/{row.pk}/", card).status_code == 403
    assert shen.post(f"/events/menus/{row.pk}/", {"what": "close"}).status_code == 302
    row.refresh_from_db()
    assert not row.is_active and shen.get("/events/menus/", {"export": "csv"}).status_code == 200


def test_a_page_asks_at_most_twelve_times(scene: Scene) -> None:
    """With a full event and a dozen others, for whoever reads."""
    event = issued(scene, parking="留车位")
    actions.agree_deposit(event, label="首期", amount=Decimal(9000), due_on=TODAY, **step(scene))
    actions.quote(event, valid_until_on=TODAY, **step(scene))
    artwork.order(scene.cast.hotel, about=event, what="welcome_board", text_zh="陈林联姻", due_at=scene.cast.at("10:00", DAY), **step(scene))
    for days in range(1, 13):
        wedding(scene.cast, DAY + timedelta(days=days), name=f"婚宴 {days}", with_hall=days % 2 == 0)
    paths = ["/events/", f"/events/{event.pk}/", *(f"/events/{event.pk}/{part}/" for part in ("order", "money", "file", "side")), "/events/mine/", "/events/menus/"]
    asked = {}
    for who in ("shen", "lu", "chen"):
        browser = scene.cast.sign_in(who)
        for path in paths:
            if browser.get(path).status_code == 403:
                assert who == "chen" and path.endswith("/money/"), path
                continue
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(path).status_code == 200, path
            asked[who, path] = len(caught)
    assert max(asked.values()) <= 12, asked


def test_lists_are_taken_away(scene: Scene) -> None:
    wedding(scene.cast)
    shen = scene.cast.sign_in("shen")
    for name in ("xlsx", "csv"):
        assert shen.get("/events/", {"export": name}).status_code == 200
    assert "陈林婚宴" in shen.get("/events/", {"export": "csv", "all": "1"}).getvalue().decode("utf-8-sig")
    assert scene.cast.sign_in("qiao").get("/events/", {"export": "csv"}).status_code == 403
