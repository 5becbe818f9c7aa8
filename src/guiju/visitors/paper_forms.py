"""The reception plan as a form (接待计划表): its fields with the departments they concern."""

from __future__ import annotations

from guiju.papers.forms.fields import ALL, Field, Form, Table
from guiju.papers.forms.words import WORDS
from guiju.visitors.words import GRADE_PAIRS, PURPOSE_PAIRS, RANK_PAIRS, SCOPE_PAIRS, VISITOR_PAIRS

COMING = ("front_desk", "security", "bell_desk", "pr", "gm_office", "fnb", "housekeeping")
DOOR = ("front_desk", "security", "bell_desk", "pr", "gm_office")
PLANNERS = ("pr", "gm_office")

RECEPTION_PLAN = Form(
    "接待计划表",
    "Reception plan",
    (
        (
            Field("visit", "接待编号", "Visit no."), Field("organisation", "来访单位", "Organisation"),
            Field("visitor", "来访者", "Visitors", COMING),
            Field("rank", "最高身份", "Highest rank", COMING), Field("purpose", "来访目的", "Purpose"), Field("persons", "人数", "Persons"),
            Field("arrival", "到达", "Arrives", COMING), Field("until", "结束", "Until", COMING), Field("grade", "接待规格", "Grade"),
            Field("scope", "参观范围", "Scope of the visit", ALL, True), Field("reason", "规格调整原因", "Why this grade", PLANNERS, True),
            Field("host", "主陪", "Host", COMING), Field("meeting_point", "迎接地点", "Met at", DOOR),
            Field("contact", "对方联系人", "Their contact", DOOR),
            Field("phone", "电话", "Telephone", DOOR), Field("vehicles", "车辆车牌", "Cars and plates", ("security", "bell_desk", "front_desk")),
            Field("language", "语言/翻译", "Language", DOOR), Field("photos", "摄影与标识", "Photos and signage", PLANNERS),
            Field("gifts", "礼品", "Gifts", PLANNERS),
        ),
        Table("guests", "来访人员", "Who comes", (Field("name", "姓名", "Name", DOOR), Field("title", "职务", "Title", DOOR)), ("name",), "", (4, 8)),
        Table(
            "programme", "日程", "Programme",
            (
                Field("at", "时间", "When", COMING), Field("place", "地点", "Where", COMING), Field("what", "内容", "What", COMING),
                Field("who", "负责/陪同", "By whom", COMING),
            ),
            ("at", "place"), "", (5, 5, 8, 4),
        ),
        Table(
            "parts", "我方参加人员", "Participants of the house",
            (Field("person", "姓名", "Name", PLANNERS), Field("role", "分工", "Task", PLANNERS)), ("person",), "", (4, 8),
        ),
        (Field("protocol", "接待须知", "What to mind", ALL, True), Field("remarks", "备注", "Remarks", ALL, True)),
    ),
    ("grade", ("A", "B", "C")),
)


def teach_words() -> None:
    """The codes of the plan get their words on paper."""
    WORDS.update(
        {"visitor": VISITOR_PAIRS, "rank": RANK_PAIRS, "purpose": PURPOSE_PAIRS, "grade": GRADE_PAIRS, "scope": SCOPE_PAIRS}
    )
