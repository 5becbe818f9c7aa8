"""The VIP reception plan as a form: which fields it has and whom each concerns (F4)."""

from __future__ import annotations

from guiju.papers.forms.fields import COMING, MEALS, MONEY, ROOMS, Field, Form, Table

STAY = ("front_desk", "housekeeping", "bell_desk", "security", "gm_office")
DOOR = ("security", "bell_desk", "gm_office", "front_desk")

VIP_PLAN = Form(
    "重要客人接待计划表",
    "VIP reception plan",
    (
        (
            Field("plan", "计划号", "Plan no.", ("gm_office",)),
            Field("guest", "贵宾", "VIP"),
            Field("grade", "等级", "Grade"),
            Field("position", "职务", "Position"),
            Field("organisation", "单位", "Organisation"),
            Field("nationality", "国籍", "Nationality", ("front_desk", "security", "fnb", "gm_office")),
            Field("grade_reason", "定级理由", "Why this grade", ("gm_office",)),
            Field("visits", "来店次数", "Visits", ("gm_office", "front_desk")),
            Field("party", "随行", "Party", COMING, True),
            Field("host", "接待单位", "Host", ("gm_office", "front_cashier")),
            Field("host_contact", "联系人", "Contact", ("gm_office", "front_desk")),
            Field("purpose", "来意", "Purpose", ("gm_office", "security")),
        ),
        (
            Field("arrival", "抵店", "Arrival", COMING),
            Field("departure", "离店", "Departure", (*COMING, "front_cashier")),
            Field("arrival_by", "交通工具", "Arrives by", COMING),
            Field("departure_by", "离店交通", "Leaves by", COMING),
            Field("pickup", "接送车", "Met with a car", ("bell_desk", "security")),
            Field("room", "房号", "Room no.", (*STAY, "fnb", "front_cashier")),
            Field("room_type", "房型", "Room", ("front_desk", "housekeeping")),
            Field("party_rooms", "随行房", "Rooms of the party", STAY),
            Field("rate", "房价", "Rate", ("front_desk", *MONEY)),
            Field("register", "登记", "Registers", ("front_desk",)),
            Field("amenities", "房内布置", "In the room", ("housekeeping", "fnb"), True),
            Field("preferences", "喜好", "Preferences", (*ROOMS, "fnb"), True),
            Field("diet", "饮食习惯", "Diet", MEALS, True),
        ),
        Table(
            "meals",
            "用餐",
            "Meals",
            (
                Field("on", "日期", "Day", MEALS),
                Field("meal", "餐", "Meal", MEALS),
                Field("time", "时间", "Time", MEALS),
                Field("place", "地点", "Place", MEALS),
                Field("persons", "人数", "Persons", MEALS),
                Field("standard", "标准", "Standard", ("fnb", *MONEY)),
                Field("diet", "禁忌", "Diet", MEALS),
                Field("host", "主陪", "Host", ("fnb", "gm_office")),
            ),
            ("on", "meal"),
            "meal",
            (6, 3, 3, 5, 2, 5, 6, 4),
        ),
        (
            Field("greeters", "迎送人员", "Who greets", ("gm_office", "front_desk"), True),
            Field("greet_at", "迎接地点", "Where", DOOR),
            Field("parking", "车位", "Parking", ("security",)),
            Field("luggage", "行李", "Luggage", ("bell_desk",)),
            Field("lift", "电梯", "Lift", ("security", "bell_desk")),
            Field("security", "安全保卫", "Security", ("security", "gm_office"), True),
            Field("signage", "欢迎牌、横幅", "Welcome board, banner", ("gm_office",)),
            Field("photos", "摄影", "Photographs", ("gm_office",)),
            Field("programme", "活动日程", "Programme", ("gm_office", "security", "fnb"), True),
            Field("payment", "结算", "Settlement", MONEY),
            Field("remarks", "备注", "Remarks", (*COMING, "front_cashier"), True),
        ),
        (
            Field("approved", "批准", "Approved", ("gm_office",)),
            Field("provisional", "事后补批", "Approval afterwards", ("gm_office",)),
        ),
    ),
)
