"""Letters written by hand in other hands than the grammar's, everyday ones and awkward ones, with what is true of them."""

from __future__ import annotations

from typing import Any

EVERYDAY: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "销售部您好：兹有我单位客人3人于2026年12月10日至12月12日到贵店住宿，请预留标间2间，费用由我单位承担。联系人李强，电话18859210011。\n东岬市文化局\n2026年11月26日",
        {"arrival": "2026-12-10", "departure": "2026-12-12", "rooms": {"TWN": 2}, "persons": 3},
    ),
    (
        "您好！帮我留一间大床，下月3号入住5号走，王先生 13605011234",
        {"arrival": "2026-12-03", "departure": "2026-12-05", "rooms": {"KNG": 1}},
    ),
    (
        "订房通知\n客户：临江生物科技有限公司\n客人：Dr. Peter Hahn\n入住：2026-12-14\n退房：2026-12-17\n房型：行政套房 1间\n结账：公司挂账\n接机：12月14日 CA1809 15:20",
        {"arrival": "2026-12-14", "departure": "2026-12-17", "rooms": {"SUI": 1}, "client": "临江生物科技有限公司"},
    ),
    (
        "今年年底我们要来团队，12月28日到12月30日，标间15间，大床2间，共32人，请报价。南屿假日 小陈",
        {"arrival": "2026-12-28", "departure": "2026-12-30", "rooms": {"TWN": 15, "KNG": 2}, "persons": 32},
    ),
    (
        "预订人：郑燕\n手机：13799998888\n到店：12/28 离店：12/30\n标间一间",
        {"arrival": "2026-12-28", "departure": "2026-12-30", "rooms": {"TWN": 1}, "contact": "郑燕", "phone": "13799998888"},
    ),
    (
        "请订标间5间，时间12月20日-12月23日（3晚），早餐10份/天，发票抬头：锦川置业有限公司。",
        {"arrival": "2026-12-20", "departure": "2026-12-23", "rooms": {"TWN": 5}},
    ),
    (
        "徐经理：按协议价给我订两个标间，12月8号住一晚，9号走。东岬机电 小林",
        {"arrival": "2026-12-08", "departure": "2026-12-09", "rooms": {"TWN": 2}},
    ),
    (
        "Please reserve a twin room for Mr. and Mrs. Okafor, arriving Thursday 10 December 2026 and leaving Saturday 12 December 2026.",
        {"arrival": "2026-12-10", "departure": "2026-12-12", "rooms": {"TWN": 1}},
    ),
    (
        "Good day,\n\nCould you please make the following reservation:\n\nName: Ms. Helen Zhao\nCheck in: Dec 15, 2026 (late arrival, 22:30)\nCheck out: Dec 18, 2026\nRoom: 1 King, non-smoking\nRate: corporate rate RMB 720 incl. breakfast\nBilling: company account\n\nThank you,\nJames Wu\nArdent Optics Inc\n+86 21 5555 0188",
        {"arrival": "2026-12-15", "departure": "2026-12-18", "rooms": {"KNG": 1}},
    ),
    (
        "Hi team, we need 12 twins and 3 kings for our group from 18 to 21 December 2026 (3 nights), 27 pax in total. Tour code: NS-1218. Regards, North Sea Tours",
        {"arrival": "2026-12-18", "departure": "2026-12-21", "rooms": {"TWN": 12, "KNG": 3}, "persons": 27},
    ),
    (
        "Reservation request - 4 x twin, 2 x king, IN 05JAN27 OUT 08JAN27, 10 PAX, pls confirm asap.",
        {"arrival": "2027-01-05", "departure": "2027-01-08", "rooms": {"TWN": 4, "KNG": 2}, "persons": 10},
    ),
    (
        "Please book one executive suite for Mr Tan for two nights from 6th January 2027, bed and breakfast. Payment by bank transfer.",
        {"arrival": "2027-01-06", "departure": "2027-01-08", "rooms": {"SUI": 1}, "payment": "transfer"},
    ),
    (
        "团名：金秋夕阳红\n人数：40人+1全陪\n用房：20间标间，1间司陪房\n日期：12月11日入住，12月13日离店\n餐：12月11日晚餐、12日早中晚三餐，餐标50元",
        {"arrival": "2026-12-11", "departure": "2026-12-13", "rooms": {"TWN": 20, "ESC": 1}},
    ),
    (
        "明晚要一间大床房，住一晚，客人赵磊，身份证号350203198807071234。",
        {"arrival": "2026-11-27", "departure": "2026-11-28", "rooms": {"KNG": 1}},
    ),
    (
        "收件人：酒店预订部\n发件人：海曙国旅 陈芳\n传真：0574-87651234\n内容：请代订以下住房\n入住时间 2026年12月19日\n离店时间 2026年12月21日\n标准双床房 6间\n大床 1间\n请书面确认，谢谢合作！",
        {"arrival": "2026-12-19", "departure": "2026-12-21", "rooms": {"TWN": 6, "KNG": 1}},
    ),
    (
        "公司名称：石桥云算有限公司；订房人：吴昊；电话：0571-88123456；入住：2026.12.24；离店：2026.12.26；房型及数量：大床2间；付款方式：现付；备注：高楼层，安静",
        {
            "arrival": "2026-12-24",
            "departure": "2026-12-26",
            "rooms": {"KNG": 2},
            "client": "石桥云算有限公司",
            "contact": "吴昊",
            "phone": "0571-88123456",
            "payment": "cash",
        },
    ),
    (
        "我们单位下周有两位专家来访，请安排大床2间，12月1日到12月4日，谢谢。外事办 刘",
        {"arrival": "2026-12-01", "departure": "2026-12-04", "rooms": {"KNG": 2}},
    ),
    (
        "TO: RESERVATIONS\nFM: HARBOUR LINE LTD\nPLS BOOK 2 TWN FOR CREW CHANGE\nARR 09 DEC 2026 / DEP 10 DEC 2026\nCREW: 4 PAX\nRGDS",
        {"arrival": "2026-12-09", "departure": "2026-12-10", "rooms": {"TWN": 2}, "persons": 4},
    ),
    (
        "Dear Ms Lin,\nFurther to our phone call, please confirm the booking of 3 king rooms for 11-13 December 2026.\nWith best wishes\nTom Baker",
        {"arrival": "2026-12-11", "departure": "2026-12-13", "rooms": {"KNG": 3}},
    ),
    (
        "您好，预订12月31日跨年夜大床房1间，1月1日退房，姓名：孙悦，电话：15959201234",
        {"arrival": "2026-12-31", "departure": "2027-01-01", "rooms": {"KNG": 1}},
    ),
    (
        "您好，我是青屏光学的小周，想预订12月15日入住、12月17日退房的标间3间，公司协议价，麻烦确认。电话 0592-6667788",
        {"arrival": "2026-12-15", "departure": "2026-12-17", "rooms": {"TWN": 3}},
    ),
    (
        "尊敬的酒店预订部：\n\u3000\u3000我公司将于2026年12月21日至23日在贵酒店接待客户，需用房如下：\n\u3000\u3000标准双床房：8间\n\u3000\u3000高级大床房：2间\n\u3000\u3000行政套房：1间\n\u3000\u3000费用：挂账。\n\u3000\u3000沧浪食品有限公司\n\u3000\u30002026年11月25日",
        {"arrival": "2026-12-21", "departure": "2026-12-23", "rooms": {"TWN": 8, "KNG": 2, "SUI": 1}, "payment": "on_account"},
    ),
    (
        "客人姓名：Lars Nyberg\n国籍：瑞典\n抵店：12月9日 CZ3301 18:40\n离店：12月11日\n房间：大床1间\n订房单位：芦洲船务\n订房人：何敏\nTEL:0592-2211334",
        {"arrival": "2026-12-09", "departure": "2026-12-11", "rooms": {"KNG": 1}, "client": "芦洲船务", "contact": "何敏"},
    ),
    (
        "预订房间：标间1间\n入住人：林晓\n入住日期：今天\n退房日期：明天",
        {"arrival": "2026-11-26", "departure": "2026-11-27", "rooms": {"TWN": 1}},
    ),
    (
        "帮忙订12.24平安夜大床一间，12.25退",
        {"rooms": {"KNG": 1}},
    ),
    (
        "团号 YX-261219，12月19日抵，12月20日离，20+1人，标间10间，全陪房1间。白鹭国旅",
        {"arrival": "2026-12-19", "departure": "2026-12-20"},
    ),
    (
        "您好，需要预订2026年12月30日-2027年1月2日（三晚）标间4间、套房1间，共10位客人，含早。",
        {"arrival": "2026-12-30", "departure": "2027-01-02", "rooms": {"TWN": 4, "SUI": 1}, "persons": 10},
    ),
    (
        "预订确认请发至 lin@yunqi.example\n单位：云栖纺织\n时间：12月7日——12月9日\n房型：双标\n间数：6间\n人数：12人",
        {"arrival": "2026-12-07", "departure": "2026-12-09", "rooms": {"TWN": 6}, "persons": 12, "client": "云栖纺织"},
    ),
    (
        "领导您好，明天上午10点我们3位同事到，要3间大床，住2晚。",
        {"arrival": "2026-11-27", "departure": "2026-11-29", "rooms": {"KNG": 3}, "persons": 3},
    ),
    (
        "宾客：陈思远 先生（董事长）\n抵达日期：2026-12-16\n离开日期：2026-12-18\n房型：行政套房×1\n陪同人员：标双×2",
        {"arrival": "2026-12-16", "departure": "2026-12-18", "rooms": {"SUI": 1, "TWN": 2}},
    ),
    (
        "Hello! Could I get a quote for 5 twin rooms and 1 suite, 14 - 17 January 2027? We are 11 people. Best, Anna (Nordic Trade AB)",
        {"arrival": "2027-01-14", "departure": "2027-01-17", "rooms": {"TWN": 5, "SUI": 1}, "persons": 11},
    ),
    (
        "Please book:\n- 2 twin rooms\n- 1 king room\nArrival: Wednesday, December 9, 2026\nDeparture: Friday, December 11, 2026\nGuests: 5\n\nSent from my iPhone",
        {"arrival": "2026-12-09", "departure": "2026-12-11", "rooms": {"TWN": 2, "KNG": 1}, "persons": 5},
    ),
    (
        "Dear Reservations Team,\n\nWe would appreciate it if you could book 1 king room for Mr. Arjun Mehta, 2 nights, from 20 December 2026 to 22 December 2026. He will arrive at about 23:00.\n\nYours sincerely,\nClaire Dubois",
        {"arrival": "2026-12-20", "departure": "2026-12-22", "rooms": {"KNG": 1}},
    ),
    (
        "Booking for Mr Chen: one twin, check-in 8th December 2026, check-out 9th December 2026, settlement by company (on account).",
        {"arrival": "2026-12-08", "departure": "2026-12-09", "rooms": {"TWN": 1}, "payment": "on_account"},
    ),
    (
        "RESERVATION FORM\nCompany: Ardent Optics Inc\nContact person: Tom Baker\nPhone: +86 592 5551234\nArrival date: 2026/12/14\nDeparture date: 2026/12/16\nRoom type: King\nNo. of rooms: 2\nNo. of guests: 2\nPayment: cash\nRemarks: high floor please",
        {
            "arrival": "2026-12-14",
            "departure": "2026-12-16",
            "rooms": {"KNG": 2},
            "persons": 2,
            "client": "Ardent Optics Inc",
            "contact": "Tom Baker",
            "payment": "cash",
        },
    ),
    (
        "We are a group of 30 and need 15 twins from the 11th to the 13th of December 2026.",
        {"arrival": "2026-12-11", "departure": "2026-12-13", "rooms": {"TWN": 15}, "persons": 30},
    ),
    (
        "预订：12月18日-12月20日 标双4间 大床1间 半山医药 王主任 13959212345",
        {"arrival": "2026-12-18", "departure": "2026-12-20", "rooms": {"TWN": 4, "KNG": 1}},
    ),
    (
        "我社有一团队12月22日入住、24日离店，需标间18间，司陪房1间，36人，餐饮另议。松涛旅行社",
        {"arrival": "2026-12-22", "departure": "2026-12-24", "rooms": {"TWN": 18, "ESC": 1}, "persons": 36},
    ),
    (
        "请协助预订如下房间：标准双床房3间，入住时间为2026年12月8日，退房时间为2026年12月11日。谢谢支持！",
        {"arrival": "2026-12-08", "departure": "2026-12-11", "rooms": {"TWN": 3}},
    ),
    (
        "麻烦预留明天的大床房两间，住一晚，谢谢！",
        {"arrival": "2026-11-27", "departure": "2026-11-28", "rooms": {"KNG": 2}},
    ),
    (
        "Pls reserve 3 twins, check-in 12 Dec., check-out 14 Dec. 2026. Thx, Mia",
        {"arrival": "2026-12-12", "departure": "2026-12-14", "rooms": {"TWN": 3}},
    ),
    (
        "Dear Sirs, we wish to reserve two king rooms from 4 January until 7 January 2027 on account of Harbour Line Ltd.",
        {"arrival": "2027-01-04", "departure": "2027-01-07", "rooms": {"KNG": 2}},
    ),
    (
        "Kindly book 10 twin rooms for the conference group, 20 Dec 2026 - 23 Dec 2026, 20 persons, breakfast included.",
        {"arrival": "2026-12-20", "departure": "2026-12-23", "rooms": {"TWN": 10}, "persons": 20},
    ),
    (
        "订标间1间，今晚入住，明早退房，客人刘洋",
        {"arrival": "2026-11-26", "departure": "2026-11-27", "rooms": {"TWN": 1}},
    ),
)

AWKWARD: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "标间2间，12月10日入住，11日退房；如满房则大床1间",
        {"rooms": "unsure"},
    ),
    (
        "我们有5个人，要两间标间再加一张床，12月10-12日",
        {"arrival": "2026-12-10", "departure": "2026-12-12", "rooms": {"TWN": 2}, "persons": 5},
    ),
    (
        "除了上次说的3间标间，还要2间大床，12月10日至12日",
        {"rooms": "unsure"},
    ),
    (
        "12月10日至12日标间3间，其中一间换大床",
        {"rooms": "unsure"},
    ),
    (
        "标间不要了，给我大床吧，2间，12月10日至12日",
        {"rooms": {"KNG": 2}},
    ),
    (
        "12月10日3间标间，11日只要2间，12日退房",
        {"rooms": "unsure"},
    ),
    (
        "把12月10号的标间减掉一间，剩两间",
        {"rooms": "unsure"},
    ),
    (
        "12月10日-12日，标间2间（客户临时增加到4间）",
        {"rooms": "unsure"},
    ),
    (
        "入住日期：12月10日/11日待定，标间2间住1晚",
        {"arrival": "unsure"},
    ),
    (
        "12月10日（如航班延误则11日）入住，标间2间，住1晚",
        {"arrival": "unsure"},
    ),
    (
        "大床或标间都可以，2间，12月10日至12日",
        {"rooms": "unsure"},
    ),
    (
        "标间2间 12月10日入住 12月10日退房",
        {"departure": "unsure"},
    ),
    (
        "2间标间（4人）+1间大床（王总）12月10日至12日",
        {"rooms": {"TWN": 2, "KNG": 1}},
    ),
    (
        "共计房间数 3 间，标间 2 间，12月10日至12日",
        {"rooms": "unsure"},
    ),
    (
        "2 twins, 10-12 Dec; on second thought make it 3",
        {"rooms": "unsure"},
    ),
    (
        "10-12 Dec: twin x2. Sorry, I meant king.",
        {"rooms": "unsure"},
    ),
    (
        "Change of plan: the guests come a day later. 2 twins, 10-12 Dec.",
        {"arrival": "unsure"},
    ),
    (
        "Our guest will not be arriving on 10 Dec but on 11 Dec, 1 twin, 2 nights",
        {"arrival": "2026-12-11"},
    ),
    (
        "Book 2 twins 10-12 Dec except the night of 11th",
        {"departure": "unsure"},
    ),
    (
        "2 twins 10 Dec to 12 Dec, 1 twin until 13 Dec",
        {"departure": "unsure", "rooms": "unsure"},
    ),
    (
        "Twin for 3 adults from 10 December, 2 nights",
        {"rooms": "unsure", "persons": 3},
    ),
    (
        "Please hold 2 or 3 twins 10-12 Dec",
        {"rooms": "unsure"},
    ),
    (
        "We expect between 20 and 25 guests, 12 twins, 10-12 Dec",
        {"persons": "unsure"},
    ),
    (
        "20 guests (of which 2 are children), 10 twins, 10-12 Dec",
        {"persons": "unsure"},
    ),
    (
        "arrival 10.12., departure 12.12., 2 twins",
        {"arrival": "2026-12-10", "departure": "2026-12-12"},
    ),
    (
        "订单：标间2间，入住12月10日，离店12月12日。——撤回，以新单为准",
        {"rooms": "unsure"},
    ),
    (
        "房间：标间贰间大床壹间，日期：十二月十日至十二日，人数：伍人",
        {"rooms": {"TWN": 2, "KNG": 1}, "arrival": "2026-12-10", "departure": "2026-12-12", "persons": 5},
    ),
    (
        "12月10日至12日两标一大",
        {"rooms": "unsure"},
    ),
    (
        "12月10日至12日，双标两间、单标一间",
        {"rooms": "unsure"},
    ),
    (
        "12月10日至12日，标间（2间）、（大床）1间",
        {"rooms": {"TWN": 2, "KNG": 1}},
    ),
    (
        "入住12月10日晚，住到周六，标间2间",
        {"departure": "unsure"},
    ),
    (
        "12月10日至12日标间2间。客人改签，晚到一天。",
        {"arrival": "unsure"},
    ),
    (
        "客人8人分住标间4间，12月10日至12日，另有1人住大床",
        {"persons": "unsure"},
    ),
    (
        "12月10日至12日，每天标间数：2、3",
        {"rooms": "unsure"},
    ),
    (
        "Attached is the rooming list. 10 Dec - 12 Dec 2026. TWN 5 SGL 2",
        {"rooms": "unsure"},
    ),
    (
        "DBL 2 TWN 3, 10-12 Dec 2026",
        {"rooms": "unsure"},
    ),
    (
        "3 tpl, 2 twn, 10-12 Dec 2026",
        {"rooms": "unsure"},
    ),
    (
        "单2双3，12月10日至12日",
        {"rooms": "unsure"},
    ),
    (
        "人数：10人，其中司机1人，标间5间，12月10日至12日",
        {"persons": "unsure"},
    ),
    (
        "付款：定金转账，余款现付。标间2间，12月10日至12日",
        {"payment": "unsure"},
    ),
    (
        "标间3间12月10日-12日。更正一下，是4间。",
        {"rooms": "unsure"},
    ),
    (
        "标间3间，12月10日-12日。PS：多留一间备用",
        {"rooms": "unsure"},
    ),
    (
        "标间三间，12月10日-12日，最后一晚退一间",
        {"rooms": "unsure"},
    ),
    (
        "客人10日到，12日走，标间2间",
        {"arrival": "unsure", "departure": "unsure"},
    ),
    (
        "本周六入住，下周一退房，大床1间",
        {"arrival": "unsure", "departure": "unsure"},
    ),
    (
        "12月10日-12日，标间按人数安排，共7人",
        {"rooms": "unsure"},
    ),
    (
        "12月10日-12日要套房，没有就大床2间",
        {"rooms": "unsure"},
    ),
    (
        "上一份传真作废：12月10日-12日标间3间",
        {"rooms": "unsure", "arrival": "unsure"},
    ),
    (
        "12月10日-12日标间3间（原5间）",
        {"rooms": "unsure"},
    ),
    (
        "12月10日-12日标间5间减2间",
        {"rooms": "unsure"},
    ),
    (
        "12月10日-12日，标间3间，张总说可能要再多2间",
        {"rooms": "unsure"},
    ),
    (
        "12月10日-12日标间3×2间",
        {"rooms": "unsure"},
    ),
    (
        "12月10、11日标间3间",
        {"departure": "unsure"},
    ),
    (
        "12月10日起标间3间，退房日待定",
        {"departure": "unsure"},
    ),
    (
        "12月10日到12月12日，10日晚2间，11日晚3间，标间",
        {"rooms": "unsure"},
    ),
    (
        "Twin rooms 10-12 Dec: Smith/Jones, Brown/White",
        {"rooms": "unsure"},
    ),
    (
        "10-12 Dec, 3 twins. Actually we only need 2.",
        {"rooms": "unsure"},
    ),
    (
        "3 twins 10-12 Dec, of these one king if possible",
        {"rooms": "unsure"},
    ),
    (
        "3 twins 10-12 Dec. Mr Li leaves on 11 Dec already.",
        {"departure": "unsure"},
    ),
    (
        "3 twins 10-12 Dec, extend one to 14 Dec",
        {"departure": "unsure", "rooms": "unsure"},
    ),
    (
        "3 twins, 10 Dec, unknown number of nights",
        {"departure": "unsure"},
    ),
    (
        "No kings please, 3 twins, 10-12 Dec",
        {"rooms": {"TWN": 3}},
    ),
    (
        "3 twins on hold until 5 Dec for 10-12 Dec",
        {"arrival": "2026-12-10", "departure": "2026-12-12", "rooms": {"TWN": 3}},
    ),
    (
        "12/10/2026 - 12/12/2026 3 twins",
        {"arrival": "unsure"},
    ),
    (
        "2026-13-05 to 2026-13-07, 3 twins",
        {"arrival": "unsure", "departure": "unsure"},
    ),
    (
        "10-12 Dec 3 twins (2 adults + 1 child each)",
        {"persons": "unsure"},
    ),
    (
        "三十人左右，标间15间，12月10日-12日",
        {"persons": "unsure"},
    ),
    (
        "12月10日-12日，标间2间，3月份还要来",
        {"arrival": "unsure"},
    ),
    (
        "入住12月10日 退房12月12日 客人A 标间；客人B 大床",
        {"rooms": "unsure"},
    ),
    (
        "12月10日-12日，大床房（双人）2间",
        {"arrival": "2026-12-10", "departure": "2026-12-12", "rooms": {"KNG": 2}},
    ),
    (
        "参会人员50人左右，需标间25间，12月10日报到，12日下午散会离店",
        {"persons": "unsure", "arrival": "2026-12-10", "departure": "2026-12-12"},
    ),
    (
        "12月10日-12日标间2间。以上作废。",
        {"rooms": "unsure"},
    ),
    (
        "请把E26-0012改成标间3间",
        {"rooms": "unsure"},
    ),
    (
        "确认12月10日-12日的标间2间不变，大床由1间改2间",
        {"rooms": "unsure"},
    ),
    (
        "联系人：许经理 标双2间 12月6日至8日",
        {"contact": "unsure", "rooms": "unsure", "arrival": "2026-12-06"},
    ),
    (
        "标双□ 大床☑ 2间，12月6日至8日",
        {"rooms": {"KNG": 2}},
    ),
    (
        "付款：现付 □ 挂账 ☑",
        {"payment": "unsure"},
    ),
    (
        "我司不现付。标双1间，12月6日至8日",
        {"payment": "unsure"},
    ),
    (
        "3间房给司机，标双给客人，12月6日至8日",
        {"rooms": "unsure"},
    ),
    (
        "12月6日前入住，住2晚，标双1间",
        {"arrival": "unsure"},
    ),
    (
        "标双2间12月6日入住1晚，大床1间12月7日入住1晚",
        {"rooms": "unsure", "arrival": "unsure", "departure": "unsure"},
    ),
    (
        "标双2间12月6日至8日，不够的话再开一间",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日标双2间，优先大床",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日标双2间，有大床换大床",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日标双2间（若有变动电话通知）",
        {"arrival": "2026-12-06", "rooms": {"TWN": 2}},
    ),
    (
        "客人12月6日先到一人，8日其余到，标双2间，10日离店",
        {"arrival": "unsure"},
    ),
    (
        "12月6日至8日，男宾标双3间，女宾标双2间",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日标双2间，第三间待定",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日标双2间，跟上回一样",
        {"rooms": "unsure"},
    ),
    (
        "我司12月6日至8日标双2间已另行安排，不必保留",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日用房减半，标双4间",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日原订标双4间，减为2间",
        {"rooms": "unsure"},
    ),
    (
        "推迟一周：12月6日至8日标双2间",
        {"arrival": "unsure"},
    ),
    (
        "12月6日至8日标双2间，暂缓",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日标双2间，请先不要确认",
        {"rooms": "unsure"},
    ),
    (
        "Two twins 6-8 Dec. Scratch that, three.",
        {"rooms": "unsure"},
    ),
    (
        "Two twins 6-8 Dec, third one to follow",
        {"rooms": "unsure"},
    ),
    (
        "Please ignore my previous mail. 2 twins 6-8 Dec",
        {"rooms": {"TWN": 2}},
    ),
    (
        "Please disregard this booking: 2 twins 6-8 Dec",
        {"rooms": "unsure"},
    ),
    (
        "Please release 2 twins 6-8 Dec",
        {"rooms": "unsure"},
    ),
    (
        "We are down to 2 twins for 6-8 Dec",
        {"rooms": {"TWN": 2}},
    ),
    (
        "2 twins fewer for 6-8 Dec please",
        {"rooms": "unsure"},
    ),
    (
        "Add 2 twins to our booking 6-8 Dec",
        {"rooms": "unsure"},
    ),
    (
        "The guests prefer 7-9 Dec over 6-8 Dec, 2 twins",
        {"arrival": "unsure"},
    ),
    (
        "6-8 Dec is full? Then 13-15 Dec. 2 twins",
        {"arrival": "unsure"},
    ),
    (
        "2 twins 6-8 Dec, early check-in 5 Dec night charged",
        {"arrival": "unsure"},
    ),
    (
        "12月6日至8日标双2间，12月5日晚先留一间",
        {"arrival": "unsure"},
    ),
    (
        "12月6日下午或晚上到，8日走，标双2间",
        {"departure": "2026-12-08"},
    ),
    (
        "入住人数待定，约20人，标双10间，12月6日至8日",
        {"persons": "unsure"},
    ),
    (
        "标双2间（12月6-7日）、大床1间（12月7-8日）",
        {"rooms": "unsure"},
    ),
    (
        "原来的标双都换成大床，12月6日至8日",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日标双2间，名额让给王总那边了",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日标双2间可以退还给酒店",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日标双2间，比上周少1间",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日，标双2间合并成1间套房",
        {"rooms": "unsure"},
    ),
    (
        "客人行程有变，12月6日至8日标双2间先放着",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日每家公司标双2间，共3家",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日标双翻倍，现为2间",
        {"rooms": "unsure"},
    ),
    (
        "12月6日到8日早班离开，标双2间",
        {"departure": "2026-12-08", "rooms": {"TWN": 2}},
    ),
    (
        "标双2间住到12月8日，6日到的",
        {"arrival": "2026-12-06"},
    ),
    (
        "12月6日至8日2间标双外加一张加床",
        {"rooms": {"TWN": 2}},
    ),
    (
        "12月6日至8日标双2间，麻烦分开两层",
        {"rooms": {"TWN": 2}},
    ),
    (
        "2 twins 6-8 Dec, but the guests stay only one night",
        {"departure": "unsure"},
    ),
    (
        "2 twins 6-8 Dec, double the number please",
        {"rooms": "unsure"},
    ),
    (
        "2 twins 6-8 Dec plus the usual king",
        {"rooms": "unsure"},
    ),
    (
        "2 twins 6-8 Dec as well as the king we talked about",
        {"rooms": "unsure"},
    ),
    (
        "6-8 Dec 2 twins, upgrade one to suite",
        {"rooms": "unsure"},
    ),
    (
        "6-8 Dec 2 twins, same again 13-15 Dec",
        {"arrival": "unsure"},
    ),
    (
        "6-8 Dec 2 twins, same the week after",
        {"arrival": "unsure"},
    ),
    (
        "6-8 Dec: 2 twins or similar",
        {"rooms": "unsure"},
    ),
    (
        "6-8 Dec: Mr A twin, Mr B twin",
        {"rooms": "unsure"},
    ),
    (
        "6-8 Dec: triple the twins, so 6",
        {"rooms": "unsure"},
    ),
    (
        "We had 2 twins 6-8 Dec; make that kings",
        {"rooms": "unsure"},
    ),
    (
        "Guests: Li (twin), Wang (twin), 6-8 Dec",
        {"rooms": "unsure"},
    ),
    (
        "12月6日至8日标双2间转到李总名下",
        {"rooms": {"TWN": 2}},
    ),
    (
        "12月6日至8日标双2间升级套房",
        {"rooms": "unsure"},
    ),
)
