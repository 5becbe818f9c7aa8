"""The real Chinese booking form, filled in as clients fill it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORM = Path(__file__).resolve().parents[3] / "shared" / "data" / "cn_booking_forms" / "onetwo_reservation_form.tpl"
HAVE = FORM.exists()
if os.environ.get("GUIJU_MUST_DATA") == "1":
    assert HAVE, "the shared data folder is missing, and GUIJU_MUST_DATA is set"


@dataclass
class Block:
    """One block of the form: who stays, from when to when, in what."""

    guest: str = ""
    phone: str = ""
    arrives: str = ""
    leaves: str = ""
    nights: str = ""
    number: str = ""
    room: str = ""


@dataclass
class Filled:
    """A filled form and what is true of it."""

    first: Block
    truth: dict[str, Any]
    changes: Block = field(default_factory=Block)
    ticked: str = "新增"
    mark: str = "☑"
    client: str = "东岬机电有限公司"
    contact: str = "许经理"
    note: str = ""
    paid: str = ""
    about: str = "request"
    sure: tuple[str, ...] = ()


def words_of_the_form() -> str:
    """The form's words as a browser or a fax shows them."""
    raw = FORM.read_text(encoding="utf-8")
    raw = re.sub(r"(?s)<style.*?</style>|<!--.*?-->|<title>.*?</title>", " ", raw)
    return re.sub(r"<[^>]*>", " ", raw).replace("&nbsp;", "\xa0")


def _block(words: str, block: Block) -> str:
    words = words.replace("张三", block.guest).replace("13800138000", block.phone)
    words = words.replace("2012年7月5日", block.arrives).replace("2012年7月6日", block.leaves)
    words = re.sub(r"共1\s*晚", f"共{block.nights or '  '} 晚", words)
    words = re.sub(r"(入住数量：\s*)2", lambda hit: hit.group(1) + block.number, words)
    return words.replace("标双", block.room)


def fill(filled: Filled) -> str:
    """The form's text, filled."""
    head, _sep, rest = words_of_the_form().partition("变更：")
    cut = rest.index("结 算 价")
    text = _block(head, filled.first) + "变更：" + _block(rest[:cut], filled.changes) + rest[cut:]
    text = text.replace("广东信息有限公司", filled.client).replace("发件人：XXX", f"发件人：{filled.contact}")
    text = text.replace("{r_company}", "望澜酒店").replace("{r_linkman}", "预订部").replace("{r_telephone}", "").replace("{r_fax}", "")
    text = text.replace("{s_date}", "2026年11月26日").replace("XXXXX001", "20261126001")
    for word in filter(None, filled.ticked.split()):
        text = text.replace(f"□{word}", f"{filled.mark}{word}", 1)
    if filled.paid:
        text = text.replace("与我司结□现付□代收", filled.paid)
    return text.replace("备注：", f"备注：{filled.note}")


ONE = Block("李慕白", "13955500023", "2026年12月5日", "2026年12月6日", "1", "2", "标双")
TWO = Block("陈冬", "13955500024", "2026年12月31日", "2027年1月2日", "2", "1", "大床")
SURE = ("arrival", "departure", "rooms", "client", "contact")
FORMS = {
    "a new booking": Filled(
        ONE, {"arrival": "2026-12-05", "departure": "2026-12-06", "rooms": {"TWN": 2}, "guests": "李慕白", "client": "东岬机电有限公司", "contact": "许经理", "payment": "on_account"}, sure=SURE
    ),
    "over the new year, the box with a tick": Filled(TWO, {"arrival": "2026-12-31", "departure": "2027-01-02", "rooms": {"KNG": 1}, "guests": "陈冬"}, mark="√", sure=SURE),
    "cancelled": Filled(ONE, {"arrival": "2026-12-05", "departure": "2026-12-06", "rooms": {"TWN": 2}, "kind": "cancellation"}, ticked="取消单", about="cancellation"),
    "changed: other days": Filled(
        ONE, {"arrival": "2026-12-07", "departure": "2026-12-09", "rooms": {"TWN": 2}, "kind": "modification"},
        changes=Block("李慕白", "13955500023", "2026年12月7日", "2026年12月9日", "2", "2", "标双"), ticked="变更单", mark="■", about="modification",
    ),
    "changed: other rooms": Filled(
        ONE, {"arrival": "2026-12-05", "departure": "2026-12-06", "rooms": {"KNG": 3}, "kind": "modification"},
        changes=Block("李慕白", "13955500023", "2026年12月5日", "2026年12月6日", "1", "3", "大床"), ticked="变更单", about="modification",
    ),
    "with meals, an escort and a note": Filled(
        ONE, {"arrival": "2026-12-05", "departure": "2026-12-06", "rooms": "unsure", "escorts": 2, "requests": "晚餐2桌，司机2人，另加司陪房1间"}, note="晚餐2桌，司机2人，另加司陪房1间"
    ),
    "days and rooms left empty": Filled(Block("王芳", "13955500025", "", "", "", "", ""), {"arrival": "unsure", "departure": "unsure", "rooms": "unsure", "guests": "王芳"}),
    "no box ticked": Filled(ONE, {"arrival": "2026-12-05", "departure": "2026-12-06", "rooms": {"TWN": 2}, "kind": "unsure"}, ticked=""),
    "two boxes ticked": Filled(ONE, {"arrival": "2026-12-05", "departure": "2026-12-06", "rooms": {"TWN": 2}, "kind": "unsure"}, ticked="新增 取消单", about="cancellation"),
    "nights that do not agree": Filled(Block("赵一", "13955500026", "2026年12月9日", "2026年12月11日", "3", "10", "标间"), {"arrival": "2026-12-09", "departure": "unsure", "rooms": {"TWN": 10}}),
    "a room the hotel does not know": Filled(Block("Ana Sol", "+34915551234", "2026年12月12日", "2026年12月15日", "3", "3", "豪华家庭房"), {"arrival": "2026-12-12", "departure": "2026-12-15", "rooms": "unsure", "guests": "Ana Sol"}),
    "the template's own lines left below": Filled(
        ONE, {"arrival": "2026-12-05", "departure": "2026-12-06", "rooms": {"TWN": 2}}, changes=Block("张三", "13800138000", "2012年7月5日", "2012年7月6日", "1", "2", "标双")
    ),
    "paid at the desk": Filled(TWO, {"arrival": "2026-12-31", "departure": "2027-01-02", "rooms": {"KNG": 1}, "payment": "cash"}, paid="□与我司结☑现付□代收", sure=("payment",)),
}  # fmt: skip
