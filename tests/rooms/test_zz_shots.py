import pytest
from django.test import Client
from tests.cast import TODAY, build
from tests.inventory.wardrobe import day, hold, room_types
from tests.rates.wardrobe import Wardrobe
from tests.clients.test_records import add, on_account
from guiju.rooms import actions as A
pytestmark=pytest.mark.django_db(transaction=True)
def test_shots(live_server, settings):
    import os
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
    from playwright.sync_api import sync_playwright
    from guiju.clients import actions as C
    from guiju.rates import actions as R
    from guiju.rates.actions.agreements import RateGiven
    from decimal import Decimal
    from datetime import date, timedelta
    cast=build(); t=room_types(cast, TWN=120, KNG=88)
    now=cast.at("10:00")
    base=date.today()
    off=(base-TODAY).days
    hold(cast,t["TWN"],21,off+1,off+3,label="G-1016 沐野「江南秋色」",about=("s","1"))
    hold(cast,t["TWN"],60,off+8,off+11,label="恒序医疗 代理商会",about=("s","2"),until_at=cast.at("18:00", TODAY+timedelta(days=off+5)))
    hold(cast,t["KNG"],88,off+2,off+3,label="满房",about=("s","3"),until_at=cast.at("18:00"))
    A.sold_elsewhere(cast.hotel,source="out_of_order",reference="9层",lines=[A.Line(t["KNG"],day(off+4),day(off+7),6)],label="大床 9 层换地毯",by=cast.actor("fu"),now=now)
    c=add(cast,"东岬港务集团有限公司",tier="A",phone="0518-5550",seller=cast.people["lin"])
    C.add_contact(c,name="韩立",title="主任",phone="0518-5550 2201",by=cast.actor("lin"),now=now)
    on_account(cast,c,100000)
    C.mark_overdue(c,since_on=date(2026,10,1),amount=Decimal(18200),by=cast.actor("cai"),now=now)
    a=R.add_agreement(c,from_on=date(2026,1,1),until_on=date(2026,12,31),rates=[RateGiven(t["TWN"],Decimal(360),breakfasts=2),RateGiven(t["KNG"],Decimal(420),"group","high","45")],by=cast.actor("shen"),now=now)
    R.ask_deviation(cast.hotel,about=("agreement",str(a.pk)),room_type=t["TWN"],looked_up=Decimal(360),asked=Decimal(300),reason="连住七晚",by=cast.actor("lin"),now=now)
    b=cast.sign_in("shen")
    from axe_playwright_python.sync_playwright import Axe
    with sync_playwright() as p:
        br=p.chromium.launch(executable_path="/usr/bin/chromium",args=["--no-sandbox"])
        for w in (1440,390):
            ctx=br.new_context(viewport={"width":w,"height":900})
            ctx.add_cookies([{"name":settings.SESSION_COOKIE_NAME,"value":b.cookies[settings.SESSION_COOKIE_NAME].value,"url":live_server.url}])
            pg=ctx.new_page()
            msgs=[]
            pg.on("console",lambda m: msgs.append(m.text) if m.type=="error" else None)
            for name,url in {"matrix":f"/rooms/?cell=TWN@{day(off+8)}","matrix31":"/rooms/?days=31","client":f"/clients/{c.pk}","clients":"/clients/","agreement":f"/agreements/{a.pk}","rates":f"/agreements/{a.pk}/rates","agreements":"/agreements/?state=all","seasons":"/rates/seasons","rack":"/rates/rack","dev":"/rates/deviations","limits":"/rooms/limits","else":"/rooms/elsewhere","waiting":"/rooms/waiting","types":"/rooms/types","new":"/clients/new"}.items():
                r=pg.goto(live_server.url+url)
                pg.wait_for_timeout(150)
                over=pg.evaluate("document.documentElement.scrollWidth-document.documentElement.clientWidth")
                res=Axe().run(pg)
                v=[(x["id"],len(x["nodes"]),x["nodes"][0]["html"][:140]) for x in res.response["violations"]]
                print(w,name,r.status,"overflow",over,"axe",v,"console",msgs[:2]); msgs.clear()
                pg.screenshot(path=f"/tmp/pw/{name}-{w}.png",full_page=True)
        br.close()
