"""Two people save the same record: the page sets both side by side in words, and never shows a sealed secret."""

from __future__ import annotations

from datetime import time

import pytest

from guiju.notices.models import Robot
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("clock")


def test_a_persons_card(cast: Cast) -> None:
    guan, pk = cast.sign_in("guan"), cast.people["lin"].pk
    card = {"what": "card", "version": "1", "name": "林一舟", "name_en": "Lin", "email": "a@example.org", "phone": "1"}
    assert guan.post(f"/house/people/{pk}/", card).status_code == 302
    page = guan.post(f"/house/people/{pk}/", {**card, "phone": "2", "email": "b@example.org"})
    words = page.content.decode()
    assert page.status_code == 409 and ">电话<" in words and "电子邮箱" in words.replace("邮箱", "电子邮箱") and ">phone<" not in words and ">email<" not in words
    guan.cookies["guiju_lang"] = "en"
    assert ">Telephone<" in guan.post(f"/house/people/{pk}/", {**card, "phone": "3"}).content.decode()


def test_a_robot_with_choices_and_a_secret(cast: Cast) -> None:
    now = cast.at("09:00")
    row = Robot.objects.create(
        hotel=cast.hotel, name="群", vendor="wecom", department="fnb", host="h", sealed=b"SEALEDBYTES", created_at=now, told_until_at=now,
        digested_at=now, digest_at=time(8, 30),
    )
    form = {"name": "甲", "vendor": "wecom", "department": "fnb", "late": "never", "soon": "once", "other": "digest", "digest_at": "08:30", "lang": "en", "version": "1"}
    guan = cast.sign_in("guan")
    assert guan.post(f"/house/robots/{row.pk}/", form).status_code == 302
    page = guan.post(f"/house/robots/{row.pk}/", {**form, "name": "乙", "late": "once"})
    words = page.content.decode()
    assert page.status_code == 409 and "马上发" in words and "不发" in words and "逾期" in words
    assert "SEALED" not in words and ">late<" not in words and ">sealed<" not in words
