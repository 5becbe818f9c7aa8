"""Letters that lay traps: corrections, negations, alternatives, totals that do not add up, impossible and ambiguous days, quoted mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

from tests.reading.letters import CLIENTS, EN_CLIENTS, MONTHS, STAY, TODAY, Letter, Wish, cn, en_day, en_rooms, wish, zh_day, zh_rooms, zh_span

Trap = Callable[[Random], Letter]
TRAPS: list[Trap] = []
UNKNOWN_ZH = ["豪华房", "家庭房", "三人间", "商务标间", "海景大床房", "亲子房", "别墅", "总统套房", "豪华标双", "单人间"]
UNKNOWN_EN = ["double room", "deluxe twin room", "family room", "triple room", "queen room", "villa", "sea view king", "single room"]


def trap(make: Trap) -> Trap:
    TRAPS.append(make)
    return make


def one_type(at: Random, english: bool = False) -> tuple[Wish, str, int]:
    """A wish for one type, a second number that is not it."""
    want = wish(at, english)
    code = next(iter(want.rooms))
    want.rooms = {code: want.rooms[code]}
    return want, code, want.rooms[code] + at.randint(1, 4)


def said(at: Random, text: str, want: Wish, *names: str, about: str = "request") -> Letter:
    return Letter(text, want.truth(*(names or STAY)), about=about)


@trap
def negated(at: Random) -> Letter:
    want, code, more = one_type(at)
    other = "SUI" if code != "SUI" else "TWN"
    no, yes = zh_rooms(at, {other: more}), zh_rooms(at, want.rooms)
    text = at.choice([f"不要{no}，改{yes}", f"{no}不要了，{yes}", f"{yes}，不是{no}", f"{no}取消，改为{yes}", f"不需要{no}，只要{yes}", f"别订{no}，订{yes}", f"把{no}换成{yes}"])
    return Letter(f"{zh_span(at, want)}，{text}", want.truth("rooms"))


@trap
def instead(at: Random) -> Letter:
    want, code, more = one_type(at, True)
    yes, no = en_rooms(at, want.rooms), en_rooms(at, {code: more})
    text = at.choice([f"{yes} instead of {no}", f"not {no} but {yes}", f"please change {no} to {yes}", f"we wrote {no}, it should be {yes}, sorry for the mistake", f"{yes}, rather than {no}", f"no {no}; {yes}"])
    return Letter(f"{text}, {en_day(at, want.arrival)} to {en_day(at, want.departure)}", want.truth("rooms"))


@trap
def moved(at: Random) -> Letter:
    want, _code, _more = one_type(at)
    old = want.arrival + timedelta(days=at.choice([-1, 1, 3]))
    first, second = zh_day(at, old), zh_day(at, want.arrival)
    text = at.choice([f"原定{first}入住改为{second}入住", f"入住时间由{first}改到{second}", f"{first}的预订推迟到{second}入住", f"抵店日期更正为{second}，不是{first}", f"入住日期：{first}（更正：{second}）"])
    return Letter(f"{text}，{zh_rooms(at, want.rooms)}", want.truth("arrival"), about="modification")


@trap
def moved_en(at: Random) -> Letter:
    want, _code, _more = one_type(at, True)
    old = want.arrival + timedelta(days=at.choice([-1, 1, 3]))
    first, second = en_day(at, old), en_day(at, want.arrival)
    text = at.choice([f"please amend the arrival from {first} to {second}", f"our arrival was {first}, it is now {second}", f"arrival {second} instead of {first}", f"please move our booking of {first} to {second}", f"change of arrival: {first} becomes {second}"])
    return Letter(f"{text}. {en_rooms(at, want.rooms)}.", want.truth("arrival"))


@trap
def cancelled(at: Random) -> Letter:
    want, _code, _more = one_type(at)
    span, rooms = zh_span(at, want), zh_rooms(at, want.rooms)
    text = at.choice([f"请取消{span}{rooms}的预订", f"我司{span}预订的{rooms}因行程变化取消", f"{span}{rooms}不需要了，谢谢", f"☑取消单 □变更单 □新增\n{span} {rooms}", f"{span}{rooms}退订"])
    return said(at, text, want, about="cancellation")


@trap
def cancelled_en(at: Random) -> Letter:
    want, _code, _more = one_type(at, True)
    span, rooms = f"from {en_day(at, want.arrival)} to {en_day(at, want.departure)}", en_rooms(at, want.rooms)
    text = at.choice([f"Please cancel {rooms} {span}.", f"We no longer need {rooms} {span}.", f"Cancellation: {rooms} {span}", f"We have to cancel our reservation of {rooms} {span}"])
    return said(at, text, want, about="cancellation")


@trap
def another_total(at: Random) -> Letter:
    want, code, more = one_type(at)
    text = at.choice([f"{zh_rooms(at, want.rooms)}共{more}间", f"共{more}间，其中{zh_rooms(at, want.rooms)}", f"{more}间房，{zh_rooms(at, want.rooms)}", f"{zh_rooms(at, want.rooms)}，合计{cn(more)}间"])
    return Letter(f"{zh_span(at, want)} {text}", {"rooms": "unsure"}, about=code)


@trap
def two_numbers(at: Random) -> Letter:
    want, code, more = one_type(at)
    day = want.arrival + timedelta(days=1)
    number = want.rooms[code]
    text = at.choice(
        [f"标双{number}间({want.arrival.day}日)、{more}间({day.day}日)", f"标双{number}间，另{more}间", f"标双{number}间，再加{more}间", f"标双{number}间或{more}间", f"标双{number}-{more}间", f"标双{number}+{more}间", f"标双约{number}间", f"标双{number}间左右", f"标双{number}多间", "标双两三间", "标双十几间", f"标双{number}间；标双{more}间", f"标双、大床各{number}间", f"标双{number}间半", f"标双至少{number}间", f"标双最多{more}间", f"标双{number}间，大床若干", f"标双{number}间，第二晚{more}间", f"{number}间标双{more}", f"标双{number}间夜{more}"]
    )
    return Letter(f"{zh_span(at, want)}，{text}", {"rooms": "unsure"})


@trap
def two_numbers_en(at: Random) -> Letter:
    want, _code, more = one_type(at, True)
    number = more - 1
    text = at.choice([f"{number} or {more} twin rooms", f"{number}-{more} twin rooms", f"about {number} twin rooms", f"at least {number} twins", f"{number} twins, maybe {more}", f"up to {more} twin rooms", f"{number} twins the first night and {more} the second", f"{number} twins plus {more} more", f"approx. {number} twin rooms", f"{number} to {more} twins", f"{number} twin/king rooms", f"twin rooms for {number} couples", f"half of {more} twins"])
    return Letter(f"{en_day(at, want.arrival)} to {en_day(at, want.departure)}: {text}", {"rooms": "unsure"})


@trap
def strange_room(at: Random) -> Letter:
    want, code, more = one_type(at)
    unknown = at.choice(UNKNOWN_ZH)
    text = at.choice([f"{zh_rooms(at, want.rooms)}，{unknown}{more}间", f"{unknown}{more}间 {zh_rooms(at, want.rooms)}", f"{zh_rooms(at, want.rooms)}和{more}间{unknown}", f"{zh_rooms(at, want.rooms)}、{unknown}×{more}"])
    return Letter(f"{zh_span(at, want)} {text}", {"rooms": "unsure"}, about=code)


@trap
def strange_room_en(at: Random) -> Letter:
    want, code, more = one_type(at, True)
    unknown = at.choice(UNKNOWN_EN)
    text = at.choice([f"{more} {unknown}s and {en_rooms(at, want.rooms)}", f"{en_rooms(at, want.rooms)}, {more} {unknown}s", f"{more} x {unknown}, {en_rooms(at, want.rooms)}"])
    return Letter(f"{text} from {en_day(at, want.arrival)} to {en_day(at, want.departure)}", {"rooms": "unsure"}, about=code)


@trap
def escorts_as_people(at: Random) -> Letter:
    want, _code, more = one_type(at)
    who = at.choice(["司陪", "司机", "导游", "全陪", "领队"])
    text = at.choice([f"{zh_rooms(at, want.rooms)}，另{who}{more}人", f"{zh_rooms(at, want.rooms)}，{who}{more}名", f"{zh_rooms(at, want.rooms)}。{more}名{who}同行"])
    return Letter(f"{zh_span(at, want)} {text}", want.truth("rooms", "arrival", "departure") | {"escorts": more, "escort_rooms": None})


@trap
def people(at: Random) -> Letter:
    want, _code, more = one_type(at)
    number = want.persons
    text = at.choice([f"人数{number}+{more}", f"人数：{number}-{number + more}人", f"约{number}人", f"{number}人左右", f"{number}大{more}小", f"人数：{number}人，其中儿童{more}名", f"{number}位客人，或{number + more}位", f"人数：{number}（含司陪{more}人）", f"人数：{number}人\n共{number + more}人", "几十人", f"{number}多人", f"成人{number}名、儿童{more}名", f"男{number}人，女{more}人"])
    return Letter(f"{zh_span(at, want)} {zh_rooms(at, want.rooms)}\n{text}", {"persons": "unsure"})


@trap
def impossible(at: Random) -> Letter:
    want, _code, _more = one_type(at)
    day = at.choice(["2月30日", "9月31日", "11月31日", "2027年2月29日", "13月5日", "12月32日", "四月三十一日"])
    text = at.choice([f"{day}入住，住1晚", f"入住日期：{day}", f"抵店：{day} 离店：{zh_day(at, want.departure)}"])
    return Letter(f"{text}，{zh_rooms(at, want.rooms)}", {"arrival": "unsure"})


@trap
def numeric(at: Random) -> Letter:
    want, _code, _more = one_type(at)
    one, two = want.arrival, want.departure
    sign = at.choice("/.-")
    orders = [f"%m{sign}%d", f"%d{sign}%m"] + ([f"%d{sign}%m{sign}%Y", f"%m{sign}%d{sign}%Y", f"%d{sign}%m{sign}%y"] if sign != "-" else [])
    order = at.choice(orders)
    first, second = one.strftime(order), two.strftime(order)
    text = at.choice([f"arrive {first} depart {second} 3 twin", f"{first}{at.choice(['-', ' to ', '至', '~'])}{second} 标双3间", f"入住{first} 离店{second} 标双3间", f"check-in: {first}\ncheck-out: {second}\n3 twins"])
    want.rooms = {"TWN": 3}
    return said(at, text, want)


@trap
def other_days(at: Random) -> Letter:
    want, _code, _more = one_type(at)
    other = zh_day(at, TODAY + timedelta(days=at.randint(2, 60)))
    text = at.choice([f"合同有效期至{other}。", f"请于{other}前回复。", f"我司年会定于{other}召开。", f"确认期限：{other}", f"{other}晚餐10桌。", f"根据贵方{other}来函，", f"发票请开{other}。", f"免费取消截止{other}。", f"许总生日{other}。", f"定金于{other}支付。"])
    stay = at.choice([f"{zh_span(at, want)}，{zh_rooms(at, want.rooms)}。", f"{zh_day(at, want.arrival)}入住，{zh_rooms(at, want.rooms)}，住{want.nights}晚。", f"入住日期：{zh_day(at, want.arrival)}\n{zh_rooms(at, want.rooms)}。"])
    truth = want.truth(*STAY)
    if stay.startswith("入住日期"):
        truth["departure"] = "unsure"
    return Letter(text + stay if at.random() < 0.5 else stay + text, truth)


@trap
def only_other_day(at: Random) -> Letter:
    want, _code, _more = one_type(at)
    other = zh_day(at, TODAY + timedelta(days=at.randint(2, 60)))
    text = at.choice([f"合同自2026年1月1日至{other}有效。", f"{other}召开年会，需要住房。", f"请{other}前报价。", f"有效期：2026年1月1日至{other}", f"本报价至{other}有效。", f"{other}生日宴。"])
    return Letter(f"{text}\n{zh_rooms(at, want.rooms)}", {"arrival": "unsure", "departure": "unsure"})


@trap
def wrong_nights(at: Random) -> Letter:
    want, _code, _more = one_type(at)
    text = at.choice([f"{zh_span(at, want)}，共{want.nights + 1}晚", f"{zh_day(at, want.arrival)}入住，{zh_day(at, want.departure)}离店，住{want.nights + 2}晚"])
    return Letter(f"{text}，{zh_rooms(at, want.rooms)}", {"departure": "unsure"})


@trap
def turned_round(at: Random) -> Letter:
    want, _code, _more = one_type(at)
    text = at.choice([f"入住日期：{zh_day(at, want.departure)} 离店日期：{zh_day(at, want.arrival)}", f"arrival {en_day(at, want.departure)}, departure {en_day(at, want.arrival)}", f"抵店{zh_day(at, want.arrival)}，离店{zh_day(at, want.arrival)}"])
    return Letter(f"{text}，{zh_rooms(at, want.rooms)}", {"departure": "unsure"})


@trap
def past(at: Random) -> Letter:
    want, _code, _more = one_type(at)
    gone = TODAY - timedelta(days=at.randint(1, 300))
    text = at.choice([f"入住日期：{gone.year}年{gone.month}月{gone.day}日", f"{gone.isoformat()}入住", f"arrival {gone.day} {MONTHS[gone.month - 1]} {gone.year}"])
    return Letter(f"{text}，住2晚，{zh_rooms(at, want.rooms)}", {"arrival": "unsure"})


@trap
def vague_days(at: Random) -> Letter:
    want, _code, _more = one_type(at)
    text = at.choice(["下周三入住住两晚", "月底入住", "元旦期间", "12月初入住2晚", "国庆节入住住3晚", "6号入住8号离店", "周五到周日", "12月中旬，2晚", "next Friday for 2 nights", "in early December, 2 nights", "over Christmas", "from the 6th to the 8th", "6号到8号", "下个月初入住住1晚", "12月6日前后入住，2晚", "12月6日或7日入住，2晚", "12月6日、7日", "6 and 7 December", "6 through 8 December", "12月7日凌晨1点到店，住1晚", "农历正月初三入住，2晚", "大约12月6日入住，住2晚", "12月6日以后入住，住2晚"])
    return Letter(f"{text}，{zh_rooms(at, want.rooms)}" if not text.isascii() else f"{en_rooms(at, want.rooms)}, {text}", {"arrival": "unsure" if "through" not in text else "2026-12-06", "departure": "unsure"})


@trap
def several_stays(at: Random) -> Letter:
    want, _code, more = one_type(at)
    later = Wish(at, want.departure + timedelta(days=2), want.departure + timedelta(days=4), {"TWN": more})
    then = at.choice(["；", "，", "\n", "，另"])
    text = f"{zh_span(at, want)}{zh_rooms(at, want.rooms)}{then}{zh_span(at, later)}{zh_rooms(at, later.rooms)}"
    return Letter(text, {"arrival": "unsure", "departure": "unsure", "rooms": "unsure"})


@trap
def quoted_mail(at: Random) -> Letter:
    want, _code, more = one_type(at)
    old = Wish(at, want.arrival + timedelta(days=1), want.departure + timedelta(days=1), {"TWN": more})
    below = f"{zh_span(at, old)} {zh_rooms(at, old.rooms)}"
    mark = at.choice(["-----Original Message-----\n", "-----原始邮件-----\n发件人: 张\n", "On Mon, 23 Nov 2026 at 10:12, Lin <lin@h.example> wrote:\n> ", "发件人：张三\n发送时间：2026年11月20日 9:00\n"])
    return said(at, f"{zh_span(at, want)}，{zh_rooms(at, want.rooms)}。\n\n{mark}{below}", want)


@trap
def wrong_weekday(at: Random) -> Letter:
    want, _code, _more = one_type(at)
    day = "一二三四五六日"[(want.arrival.weekday() + at.randint(1, 6)) % 7]
    return Letter(f"{zh_day(at, want.arrival)}（周{day}）入住，住{want.nights}晚，{zh_rooms(at, want.rooms)}", {"arrival": "unsure"})


@trap
def right_weekday(at: Random) -> Letter:
    want, _code, _more = one_type(at)
    day = "一二三四五六日"[want.arrival.weekday()]
    return said(at, f"{zh_day(at, want.arrival)}（{at.choice(['周', '星期'])}{day}）入住，住{want.nights}晚，{zh_rooms(at, want.rooms)}", want)


@trap
def noise(at: Random) -> Letter:
    """Numbers that are nobody's: they neither pollute nor silence."""
    want, _code, _more = one_type(at)
    junk = at.choice(["订单号：20261204001", "房价680元/间夜", "含税总价RMB 2,720.00", "航班 MU5101 14:35到", "厦门市湖滨路88号12楼", "传真：0592-5551287", "护照 E12345678", "餐标80元/人", "5星级", "1.8米床", "成立20周年庆", "身份证350203199001011234", "确认号 A12-3344", "T3航站楼", "G1234次"])
    text = f"{zh_span(at, want)}，{zh_rooms(at, want.rooms)}"
    return said(at, f"{junk}\n{text}" if at.random() < 0.5 else f"{text}\n{junk}", want)


@trap
def last_time(at: Random) -> Letter:
    want, code, more = one_type(at)
    text = at.choice([f"上次订的{zh_rooms(at, {code: more})}很满意，这次要{zh_rooms(at, want.rooms)}", f"之前预订了{zh_rooms(at, {code: more})}，现需{zh_rooms(at, want.rooms)}", f"去年用房{zh_rooms(at, {code: more})}。今年{zh_rooms(at, want.rooms)}"])
    return Letter(f"{text}，{zh_span(at, want)}", want.truth("rooms"))


@trap
def nothing_there(at: Random) -> Letter:
    text = at.choice(["请报价。", "您好，请问有房吗？", "Hello, do you have rooms?", "标双", "2 rooms please", "要5间房", "附件是名单", "见附件"])
    return Letter(text, {"arrival": "unsure", "departure": "unsure", "rooms": "unsure", "client": "unsure"})


@trap
def two_clients(at: Random) -> Letter:
    one, two = at.sample(CLIENTS + EN_CLIENTS, 2)
    want, _code, _more = one_type(at)
    return Letter(f"订房单位：{one}\n公司：{two}\n联系人：许经理/潘小姐\n{zh_span(at, want)} {zh_rooms(at, want.rooms)}", {"client": "unsure", "contact": "unsure"} | want.truth(*STAY))


@trap
def payments(at: Random) -> Letter:
    want, _code, _more = one_type(at)
    text = at.choice(["不挂账，现付", "房费挂账，餐费现付", "挂账或现付", "付款方式：待定", "现金或转账", "付款方式：□现付 □挂账", "付款方式：☑现付 ☑挂账"])
    return Letter(f"{zh_span(at, want)}，{zh_rooms(at, want.rooms)}。\n{text}", {"payment": "unsure"} | want.truth("rooms"))


@trap
def escort_rooms_within(at: Random) -> Letter:
    want, _code, _more = one_type(at)
    want.rooms = {"TWN": 16}
    return Letter(f"{zh_span(at, want)}，标双16间（含司陪1间）", {"rooms": "unsure"})


def trap_letters(number: int, seed: int) -> Iterator[Letter]:
    """Letters with traps, each kind in turn; `trap` names the kind."""
    at = Random(seed)
    for place in range(number):
        make = TRAPS[place % len(TRAPS)]
        letter = make(at)
        letter.trap = make.__name__
        yield letter
