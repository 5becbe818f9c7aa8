"""The people of the invented hotel, their posts, and what each of them will see."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.house.facts import POSTS


@dataclass(frozen=True, slots=True)
class Someone:
    """One demo person: sign-in name, names, posts, and what the first page says he will see."""

    username: str
    name: str
    name_en: str
    posts: tuple[str, ...]
    sees: str = ""
    sees_en: str = ""
    receives_for: str = ""  # the department whose copies he signs for

    @property
    def password(self) -> str:
        return f"wanglan-{self.username}-demo"


PEOPLE = (
    Someone("lin", "林一舟", "Lin Yizhou", ("business_sales_supervisor",), "值班销售：传真进来，三十分钟的香点着，核要点、查房、报价、答复", "The duty seller: faxes come in and the thirty minutes run; check the facts, look at rooms, price, reply"),
    Someone("shen", "沈若溪", "Shen Ruoxi", ("sales_manager",), "无协议团队等她拍板；全部门的今日与执行情况", "Groups without agreement wait for her word; the whole department's day and figures"),
    Someone("he", "何嘉木", "He Jiamu", ("group_sales_manager",), "团体食宿安排表：四联到七联，谁还没签", "Group schedules: four to seven copies, and who has not signed yet"),
    Someone("fang", "方前", "Fang Qian", ("front_desk",), "总台：待签收的单据，今日到店名单", "The front desk: papers to sign for, today's arrivals", "front_desk"),
    Someone("chen", "陈味", "Chen Wei", ("fnb",), "餐饮部：只看见与用餐有关的几行", "F&B: only the lines about meals", "fnb"),
    Someone("lu", "陆闻", "Lu Wen", ("gm",), "总经理：哪一条没按时，点开就是凭据", "The general manager: which clause ran late, down to the evidence"),
    Someone("tang", "唐小满", "Tang Xiaoman", ("group_sales_supervisor",), "团队联系人：迎接、行李、欢送", "Liaison of groups: meeting, luggage, seeing off"),
    Someone("wen", "闻静", "Wen Jing", ("sales_clerk",), "文员：单据登记、存档、值班表", "The clerk: register of papers, archive, roster", "sales"),
    Someone("ma", "马丽", "Ma Li", ("front_cashier",), "收银：挂账与代收的单据", "The cashier: papers on account and collection", "front_cashier"),
    Someone("qiao", "乔安", "Qiao An", ("pr_officer",), "公关部：来访接待，从登记、报批到报告；重要团队的表", "PR: visitors from the first call to the report; schedules of important groups", "pr"),
    Someone("an", "安保平", "An Baoping", ("security",), "保安部：重要团队的表", "Security: schedules of important groups", "security"),
    Someone("zong", "宗敏", "Zong Min", ("gm_office",), "总经理室：重要团队的表", "GM office: schedules of important groups", "gm_office"),
    Someone("zhi", "支夜", "Zhi Ye", ("duty_manager",), "值班经理：下班后的提醒到他这里", "The duty manager: reminders outside shifts come to him"),
    Someone("jin", "金衡", "Jin Heng", ("finance_head",), "财务：挂账额度与逾期", "Finance: credit and overdue accounts"),
    Someone("guan", "管理员", "Administrator", ("administrator",), "人员、部门、日历、设置", "People, departments, calendar, settings"),
    Someone("fu", "傅首", "Fu Shou", ("front_desk_head",)),
    Someone("bai", "白账", "Bai Zhang", ("front_cashier_head",)),
    Someone("can", "单厨", "Shan Chu", ("fnb_head",)),
    Someone("ke", "柯净", "Ke Jing", ("housekeeping",), receives_for="housekeeping"),
    Someone("ku", "库清", "Ku Qing", ("housekeeping_head",)),
    Someone("bao", "鲍防", "Bao Fang", ("security_head",)),
    Someone("li", "黎行", "Li Xing", ("bell_desk",), receives_for="bell_desk"),
    Someone("cai", "蔡正", "Cai Zheng", ("finance",), receives_for="finance"),
    Someone("gu", "顾晚", "Gu Wan", ("pr_manager",), "公关部经理：等她批的接待计划", "The PR manager: reception plans that wait for her approval"),
    Someone("hua", "华青", "Hua Qing", ("art_worker",), "美工：要做的欢迎牌、横幅、菜谱，按要的时间排", "The art worker: boards, banners and menus to make, by the time they are needed"),
    Someone("mei", "梅影", "Mei Ying", ("art_supervisor",)),
)


def sign_ins() -> list[dict[str, str]]:
    """The demo sign-ins with post and what that post will see, the ones to begin with first."""
    return [
        {
            "username": one.username, "password": one.password, "name": one.name, "name_en": one.name_en,
            "post": one.posts[0], "post_zh": POSTS[one.posts[0]][1], "post_en": POSTS[one.posts[0]][2],
            "sees": one.sees, "sees_en": one.sees_en,
        }
        for one in PEOPLE
    ]
