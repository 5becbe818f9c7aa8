"""The trade's words for what clauses compare, need and give: attribute or value -> (Chinese, English)."""

from __future__ import annotations

from guiju.duties.saying import english

ATTRIBUTES = {
    "about": ("关于", "about"), "accept": ("同意", "accepted"), "agreement": ("有协议", "agreement"), "amount": ("金额", "amount"),
    "archive": ("存档联", "archive copy"), "arrival_at": ("抵店时间", "time of arrival"), "arrival_by": ("抵店交通", "arrives by"),
    "arrival_on": ("抵店日期", "day of arrival"), "arrivals": ("到店团数", "groups arriving"), "changed": ("改动条款数", "clauses changed"),
    "channel": ("渠道", "channel"), "clauses": ("条款", "clauses"), "unread": ("待阅条款数", "clauses to read"), "client": ("客户", "client"),
    "collection": ("代收", "collection on behalf"), "complete": ("完整", "complete"), "contact": ("订房人", "booked by"),
    "damaged": ("有损坏", "damaged"), "borrowed": ("有借用", "borrowed"), "department": ("部门", "department"),
    "departure_at": ("离店时间", "time of departure"), "departure_by": ("离店交通", "leaves by"), "departure_on": ("离店日期", "day of departure"),
    "different": ("有出入", "differs"), "dropped": ("已取消", "dropped"), "duty_person": ("值班人", "duty person"), "edition": ("版次", "edition"),
    "escorts": ("陪同", "escorts"), "fields": ("改动项", "changed fields"), "guaranteed": ("已担保", "guaranteed"), "guests": ("名单", "guests"),
    "handler": ("经办人", "handler"), "hold_until": ("留房到", "held until"), "how": ("方式", "how"), "important": ("重要", "important"),
    "in_time": ("及时", "in time"), "kind": ("种类", "kind"), "leader_room": ("领队房", "leader's room"), "liaison": ("联系人", "liaison"),
    "limit": ("额度", "limit"),
    "meals": ("用餐", "meals"), "meal_time_fixed": ("餐时已定", "meal time fixed"), "must_sign": ("须签收", "must be signed"),
    "lead_days": ("提前天数", "days ahead"), "rooming_list_on": ("名单到期日", "names due"), "cut_off_on": ("截房日", "cut-off"),
    "outcome": ("结果", "outcome"), "agents": ("代理人团队", "agents' group"), "overdue": ("已过期", "overdue"),
    "name": ("名称", "name"), "needed_at": ("用时", "needed at"), "number": ("编号", "number"), "opinions": ("意见", "opinions"),
    "on_time": ("准时", "on time"), "paper": ("单据", "paper"), "payer_split": ("谁付什么", "who pays what"), "payment": ("付款方式", "payment"),
    "person": ("人", "person"), "persons": ("人数", "persons"), "rate": ("价格", "rate"), "reader": ("本人", "reader"), "reason": ("原因", "reason"),
    "reply": ("答复种类", "kind of reply"), "revision": ("版本", "revision"), "rooms": ("间数", "rooms"),
    "same_day_arrival": ("当日抵店", "arrives the same day"),
    "service": ("项目", "service"), "text": ("内容", "what"), "written": ("书面", "written"), "count": ("份数", "count"), "value": ("数值", "value"),
    "figure": ("指标", "figure"), "active": ("在营", "active"), "voided": ("作废", "voided"), "approved_by": ("批准人", "approved by"),
    "proposed_by": ("提出人", "proposed by"), "effective_at": ("生效时间", "effective from"), "first": ("初版", "first edition"),
    "purpose": ("用途", "purpose"), "phone": ("电话", "telephone"), "address": ("地址", "address"), "region": ("地区", "region"),
    "person_in_charge": ("负责人", "person in charge"), "job": ("工单", "job"), "photo": ("照片", "photo"), "paid_on": ("赔付日期", "paid on"),
    "consent_by": ("同意人", "consent by"), "done_on": ("日期", "done on"), "work": ("内容", "work done"), "signed_by": ("签字", "signed by"),
    "visitor": ("来访者", "kind of visitor"), "rank": ("最高身份", "highest rank"), "grade": ("规格", "grade"), "scope": ("参观范围", "scope"),
    "host": ("主陪", "host"), "deviates": ("与条款不同", "other than the table"), "instruction": ("有政府指示", "government instruction"),
    "drawn_by_head": ("负责人自拟", "drawn by the head"), "emergency": ("紧急", "emergency"), "matter": ("事由", "matter"),
    "afterwards": ("事后", "afterwards"), "as_planned": ("照计划", "as planned"), "cost": ("费用", "cost"), "programme": ("日程", "programme"),
    "participants": ("参加人员", "participants"), "meeting_point": ("迎接地点", "meeting point"), "papers": ("资料", "papers"),
    "organisation": ("来访单位", "organisation"), "step": ("审批步骤", "step of approval"),
    "arrival_time": ("抵店时间", "arrival time"), "rooms_booked": ("房数", "rooms booked"), "nights": ("晚数", "nights"), "date": ("日期", "date"),
    "secured": ("要求安保", "security ordered"), "spaces": ("车位", "parking spaces"), "item": ("事项", "item"),
    "departed": ("已离店", "departed"), "preferences": ("喜好", "preferences"), "summary": ("接待经过", "how it went"), "diet": ("饮食习惯", "diet"),
    "standard": ("标准", "standard"), "place": ("地点", "place"), "time": ("时间", "time"),
    "last": ("最后一步", "last step"), "post": ("岗位", "post"), "clause": ("条款", "clause"),
    "amenities": ("房内布置", "amenities"), "greeted_by": ("迎接岗位", "greeted by"), "meal_at": ("用餐时间", "time of the meal"),
    "tables": ("桌数", "tables"), "large": ("大型活动", "large event"), "signs": ("有美工", "signs to make"),
    "days_ahead": ("提前天数", "days ahead"),
    "again_on": ("来年可能时间", "likely next time"), "state": ("状态", "state"), "on": ("日期", "day"), "scale": ("规模", "scale"),
    "menu": ("菜单", "menu"), "occasion": ("举办原因", "occasion"), "requests": ("特别要求", "special requests"), "percent": ("百分比", "percent"),
}
ATTRIBUTES |= {  # art orders
    "worded": ("有文字", "has a text"), "hangs": ("到时撤下", "comes down again"), "due_at": ("要求完成", "ready by"),
    "from_at": ("摆放自", "stands from"), "until_at": ("摆放至", "stands until"), "worker": ("制作人", "made by"), "good": ("质量好", "good"),
    "round": ("第几次小样", "proof"), "text_hash": ("认可的文字", "text approved"), "size": ("规格", "size"), "material": ("材质", "material"),
    "quantity": ("数量", "quantity"), "cost": ("费用", "cost"), "delivered": ("已送出", "handed over"),
    "option": ("意向", "option"), "option_until": ("意向留到", "option until"), "hall": ("厅", "hall"), "style": ("台型", "set-up style"),
}
VALUES = {
    "fit": ("散客", "individual"), "fit_cash": ("现付散客", "individual, cash"), "on_account": ("挂账", "on account"), "group": ("团队", "group"),
    "series": ("系列团", "series"), "longstay": ("长住", "long stay"), "function": ("宴会", "function"), "none": ("无", "none"),
    "reservation_form": ("预订单", "reservation form"), "group_schedule": ("团体食宿安排表", "group schedule"),
    "change_notice": ("更改/取消通知书", "change notice"), "confirmation_letter": ("确认书", "confirmation letter"),
    "as_agreed": ("照订单", "as agreed"), "changed": ("有变", "changed"), "no_answer": ("没人接", "no answer"),
    "rooms": ("房间", "rooms"), "meals": ("用餐", "meals"), "tickets": ("票务", "tickets"), "transfer": ("接送", "transfer"),
    "meal_time": ("餐时", "meal time"),
    "card": ("信用卡", "card"), "phone": ("电话", "telephone"), "visit": ("上门", "visit"), "mail": ("邮件", "e-mail"), "fax": ("传真", "fax"),
    "cash": ("现付", "cash"), "quotation": ("报价", "quotation"), "confirmation": ("确认", "confirmation"), "regret": ("婉拒", "regret"),
    "counter_offer": ("另荐", "counter-offer"), "satisfaction": ("客户满意率", "satisfaction of clients"), "on_time": ("按时率", "on-time rate"),
    "shipment_correct": ("发货相符率", "shipments that agree"),
    "booking": ("订单", "booking"), "service_line": ("代办项目", "service line"), "roster_day": ("值班日", "day of the roster"),
    "edition": ("版次", "edition"),
    "damage": ("损坏登记", "damage"),
    "government": ("政府机关", "government"), "press": ("新闻媒体", "press"), "peer": ("同行酒店", "other hotels"), "school": ("院校", "school"),
    "state": ("国家级", "state"), "ministry": ("省部级", "ministry"), "bureau": ("厅局级", "bureau"), "county": ("县处级", "county"),
    "executive": ("单位负责人", "head of a company"), "staff": ("一般人员", "staff"), "leaders": ("领导视察", "leaders' visit"),
    "inspection": ("检查", "inspection"), "study": ("参观考察", "study visit"), "venue": ("看房看场地", "site inspection"),
    "interview": ("采访拍摄", "interview"), "courtesy": ("礼节性拜访", "courtesy call"), "lobby": ("大堂与公共区域", "lobby"),
    "suite": ("总统套房", "presidential suite"), "dining": ("餐厅与宴会厅", "restaurants and halls"), "kitchen": ("厨房", "kitchens"),
    "back": ("后场与机房", "back of house"), "gm": ("总经理", "general manager"), "head": ("部门负责人", "head of the department"),
    "pr": ("公关部", "PR"), "visit_plan": ("接待计划", "reception plan"), "visit_change": ("计划更改", "change of the plan"),
    "reception_plan": ("接待计划表", "reception plan"), "protocol": ("接待纪律", "rules of reception"),
    "service_slip": ("服务回执单", "service slip"), "client": ("客户资料", "client file"),
    "vip_plan": ("重要客人接待计划表", "VIP reception plan"), "vip": ("贵宾接待计划", "VIP plan"), "vip_meal": ("贵宾用餐", "meal of a VIP"),
    "VVIP": ("VVIP", "VVIP"), "V1": ("一级", "V1"), "V2": ("二级", "V2"), "V3": ("三级", "V3"), "duty_manager": ("值班经理", "duty manager"),
    "security": ("保安部", "security"), "sales_manager": ("销售部经理", "sales manager"),
    "front_desk_head": ("前厅部经理", "front office manager"),
    "flowers_large": ("大型花艺两三处", "large flower arrangements in two or three places"),
    "flowers_two": ("花艺一两处", "one or two flower arrangements"),
    "flowers_small": ("小花篮", "small flower arrangement"), "flowers_stem": ("单枝鲜花", "a single stem"),
    "fruit_special": ("特制果篮五六种，每日换", "special fruit basket, five or six kinds, daily"), "fruit_four": ("水果四种", "four kinds of fruit"),
    "fruit_three": ("水果三种", "three kinds of fruit"), "fruit_two": ("水果两种", "two kinds of fruit"), "wine": ("红酒", "wine"),
    "cake": ("蛋糕或巧克力", "cake or chocolates"), "cookies": ("曲奇", "cookies"), "robe": ("浴袍", "bathrobe"),
    "newspapers": ("当日报纸", "daily papers"),
    "gift": ("夜床礼品", "turndown gift"), "drink": ("欢迎饮料", "welcome drink"), "red_carpet": ("红地毯", "red carpet"),
    "held_lift": ("专用候梯", "lift held"),
    "gm_letter": ("总经理致敬信", "general manager's letter"), "gm_card": ("总经理名片", "general manager's card"),
    "event_order": ("宴会/会议通知单", "event order"), "event_quotation": ("活动报价单", "quotation of an event"),
    "event": ("活动档案", "event file"),
    "held": ("已举行", "took place"), "filed": ("档案已交", "file handed in"), "archived": ("已归档", "archived"), "due_at": ("到期时间", "due time"),
}
VALUES |= {"art_order": ("美工单", "art order")}
STATUSES = {
    "met": ("按时", "on time"), "met_late": ("迟办", "done late"), "late": ("逾期", "overdue"), "missed": ("未办", "missed"),
    "open": ("在办", "running"), "soon": ("将到时", "due soon"), "planned": ("未到时", "not begun"), "waived": ("免办", "waived"),
    "superseded": ("不再要求", "no longer asked"),
}
VERDICTS = {
    "refused": ("不得办理", "refused"), "allowed": ("可以办理", "allowed"), "waived": ("破例放行", "waived"), "complete": ("齐全", "complete"),
    "gap": ("有缺项", "gap"), "not_applicable": ("不在此条", "not asked"), "above": ("达标", "above"), "below": ("未达标", "below"),
    "too_few": ("份数太少", "too few"),
}


# long-stay guests: where another room has the same word, its meaning stands
ATTRIBUTES = {
    "birthday": ("生日", "birthday"), "contact_phone": ("联系电话", "contact's telephone"), "guest": ("住客", "guest"),
    "terms_told": ("付款规定已说明", "payment rules explained"), "terms_acknowledged": ("对方知悉", "took note of them"),
    "asked": ("已报批", "put up"),
    "card_printed": ("长住卡", "long-stay card"), "reservation_form": ("预订表", "reservation form"), "signed": ("合约成立", "contract in force"),
    "in_force": ("执行中", "in force"), "lunar": ("过农历", "by the lunar calendar"), "unit": ("租作", "let as"), "occasion": ("事由", "occasion"),
    "what": ("什么", "what"), "unpaid_since": ("欠自", "unpaid since"), "until_on": ("止租", "until"),
    "from_on": ("起租", "from"), "rent": ("月租", "rent"), "month": ("月份", "month"), "standing": ("信誉", "standing"),
    "seller": ("负责销售", "seller"),
    "credit_checked": ("信誉已查", "credit checked"), "rent_agreed": ("租金已议定", "rent agreed"), "period": ("起止日期", "period"),
    "room_number": ("房号", "room number"), "prepayment": ("预付金额", "prepayment"),
} | ATTRIBUTES
VALUES = {
    "longstay_contract": ("长住合约", "long-stay contract"), "longstay_notice": ("长住客通知单", "long-stay notice"),
    "longstay_billing": ("长住客付款资料", "long-stay billing sheet"), "longstay_reservation": ("长住预订表", "long-stay reservation form"),
    "longstay_card": ("长住卡", "long-stay card"), "longstay_list": ("长住户名单", "list of long-stay guests"),
    "apartment": ("公寓", "apartment"), "suite": ("套房", "suite"), "room": ("客房", "room"), "flowers": ("鲜花", "flowers"),
    "fruit": ("水果", "fruit"),
    "move_in": ("入住", "moving in"), "birthday": ("生日", "birthday"), "guest_order": ("花果单", "flower or fruit order"),
    "watch": ("保密备注", "confidential note"),
} | VALUES


def _in(table: dict[str, tuple[str, str]], key: str) -> str | None:
    found = table.get(key)
    return found[1 if english() else 0] if found else None


def attribute(key: str) -> str:
    """An attribute or field in the reader's language; one nobody has named, spelt out."""
    return _in(ATTRIBUTES, key) or key.replace("_", " ")


def value(key: str) -> str:
    """A value that a clause compares or gives."""
    return _in(VALUES, key) or key.replace("_", " ")


def status(key: str) -> str:
    """How a duty stands."""
    return _in(STATUSES, key) or key


def verdict(key: str) -> str:
    """What a gate, a record or a figure comes to."""
    return _in(VERDICTS, key) or key
