"""A reply on paper: the house with its numbers at the top, the subject as a line, signed in the language of the letter."""

from __future__ import annotations

from guiju.enquiries import actions
from guiju.enquiries.models import Reply
from guiju.house.models import Hotel, Person
from tests.enquiries.scene import Scene


def letter(scene: Scene, lang: str) -> str:
    Hotel.objects.update(address="海滨路 8 号", phone="0592-555", fax="0592-556", email="sales@tingtao.example")
    Person.objects.filter(username="lin").update(name_en="Lin Yizhou")
    row = scene.came_in(client=scene.client)
    draft = actions.draft_reply(row, kind="regret", lang=lang, reason="12 月 12 日满房", **scene.at("10:05"))
    reply = Reply.objects.create(
        hotel=scene.cast.hotel, enquiry=row, kind="regret", channel="letter", lang=lang, body=draft["body"], subject_line=draft["subject_line"],
        complete=True, by=scene.cast.people["lin"], created_at=scene.cast.at("10:06"),
    )
    return str(scene.cast.sign_in("lin").get(f"/enquiries/replies/{reply.pk}/print").content.decode())


def test_a_chinese_letter(scene: Scene) -> None:
    page = letter(scene, "zh-hans")
    assert "听涛饭店</p>" in page and "海滨路 8 号  电话 0592-555  传真 0592-556  sales@tingtao.example" in page
    assert "林一舟" in page.partition('<div class="letter">')[2]


def test_an_english_letter_for_a_reader_of_chinese_pages(scene: Scene) -> None:
    page = letter(scene, "en")
    body = page.partition('<div class="letter">')[2].partition("</article>")[0]
    assert "Tingtao Hotel</p>" in page and "Tel. 0592-555  Fax 0592-556" in page
    assert "Lin Yizhou" in body and "林一舟" not in body


def test_the_arrivals_on_paper_say_whose_they_are(scene: Scene) -> None:
    page = scene.cast.sign_in("fang").get("/arrivals/").content.decode()
    assert '<p class="print-only">听涛饭店</p>' in page
