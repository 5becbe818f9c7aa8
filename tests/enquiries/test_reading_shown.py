"""What was read from a letter as the desk shows it: each unsure point with its reason and the words that raised it."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from guiju.enquiries import actions, points
from guiju.enquiries.actions import take_in
from guiju.enquiries.models import Enquiry
from guiju.reading.doubt import MESSAGES
from guiju.reading.text import FORMS
from guiju.shelf.actor import the_clock
from guiju.shelf.errors import Invalid
from tests.enquiries.scene import Scene

pytestmark = pytest.mark.django_db
HEAD = "订房单位：东岬港务集团有限公司\n"


def asked(scene: Scene, words: str, **more: Any) -> Enquiry:
    by = the_clock(scene.cast.hotel.pk, via="cli")
    (found,) = take_in(scene.cast.hotel, data=words.encode(), filename="fax.txt", by=by, now=scene.now, **more)
    return Enquiry.objects.get(number=found["enquiry"])


def shown(scene: Scene, row: Enquiry, lang: str = "") -> str:
    browser = scene.cast.sign_in("lin")
    if lang:
        browser.cookies["guiju_lang"] = lang
    return html.unescape(browser.get(reverse("enquiries:enquiry", args=[row.pk])).content.decode())


def test_the_desk_shows_reason_and_words_in_both_languages(scene: Scene) -> None:
    row = asked(scene, f"{HEAD}12月6日至8日，标准双人间2间共4间\n人数40+2")
    page = shown(scene, row)
    assert "合计与分项不符：“" in page and "共4间" in page
    assert "后一个数算不算在内？：“40+2”" in page
    english = shown(scene, row, "en")
    assert "the total is not the sum of its parts: “" in english and "40+2" in english


def test_nothing_unsure_is_booked(scene: Scene) -> None:
    row = asked(scene, f"{HEAD}12月6日至8日，不要标准双人间2间，改大床间1间")
    with pytest.raises(Invalid) as wrong:
        actions.book(row, **scene.at("10:05"))
    assert "rooms" in wrong.value.errors and "kind" in wrong.value.errors


def test_a_cancellation_in_plain_words_is_told_and_asks_for_a_person(scene: Scene) -> None:
    row = asked(scene, f"{HEAD}请取消12月6日至8日的标准双人间2间")
    assert row.form == "cancellation" and row.message is not None and row.message.form == "cancellation"
    assert points.unsettled(row) and "kind" in points.unsettled(row)
    page = shown(scene, row)
    assert "取消" in page and "是更改或取消，请对照原订单" in page
    assert asked(scene, f"{HEAD}原定12月6日入住改为12月7日入住，标准双人间2间").form == "modification"


def test_the_subject_of_a_mail_counts(scene: Scene) -> None:
    body = f"{HEAD}12月6日至8日，标准双人间2间".encode()
    head = "From: zhao@dongjia.example\nTo: s@h.example\nSubject: CANCELLATION\nMessage-ID: <s1@x>\nContent-Type: text/plain; charset=utf-8\n\n"
    by = the_clock(scene.cast.hotel.pk, via="cli")
    (found,) = take_in(scene.cast.hotel, data=head.encode() + body, filename="m.eml", by=by, now=scene.now)
    assert found["kind"] == "cancellation" and {"kind", "arrival", "rooms"} <= set(found["unsure"])


def test_a_client_told_by_the_address_is_sure(scene: Scene) -> None:
    row = asked(scene, "12月6日至8日，标准双人间2间", sender="zhao@dongjia.example", channel="mail")
    assert row.client == scene.client and row.fields["client"]["sure"] and points.unsettled(row) == []


def test_every_reason_has_its_chinese() -> None:
    with translation.override("zh-hans"):
        said = {text: translation.gettext(text) for text in (*MESSAGES.values(), *FORMS.values())}
    assert [text for text, chinese in said.items() if text == chinese or not any("\u4e00" <= sign <= "\u9fff" for sign in chinese)] == []
